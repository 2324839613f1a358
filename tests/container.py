"""``make container``: the image of deploy/Containerfile, built and run: it makes the demo, serves it, and stops.

The base is an argument of the image. Where no registry of images is reached, or no base is named, a root of Debian is
made by mmdebstrap from the sources of packages that this machine uses. buildah builds and runs without a daemon (chroot
isolation, the vfs driver), so that root in a container is enough.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.checkout import ROOT

_FOLDER = ROOT / "build" / "container"
_IMAGE, _BASE = "localhost/nianbao", "localhost/nianbao-base"
# A folder of its own, so that nothing else on the machine is touched.
_PROGRAM = ("buildah", "--root", f"{_FOLDER}/store", "--runroot", f"{_FOLDER}/run", "--storage-driver", "vfs")
_PORT = 18999
_INCLUDED = "python3,python3-venv,ca-certificates"
_STARTING_SECONDS = 60


def main(arguments: Sequence[str]) -> int:
    """Build, run, print what each step said, and return 1 where one failed."""
    parser = argparse.ArgumentParser(prog="make container")
    parser.add_argument("--base", help="an image with Python 3.11 or newer; without it a root of Debian is made")
    options = parser.parse_args(arguments)
    missing = [name for name in ("buildah", *(() if options.base else ("mmdebstrap",))) if shutil.which(name) is None]
    if missing:
        print(f"container: install {' and '.join(missing)} first", file=sys.stderr)  # noqa: T201 - a command
        return 2
    _FOLDER.mkdir(parents=True, exist_ok=True)
    _build(options.base or _made_base())
    container = _buildah("from", _IMAGE)
    try:
        print(_buildah("run", container, "--", "nianbao", "--version"))  # noqa: T201 - a command
        print(_buildah("run", container, "--", "nianbao", "demo", "--no-serve", "--reports", "60"))  # noqa: T201
        print(f"/search found {_served(container)} reports")  # noqa: T201 - a command
    finally:
        _buildah("rm", container)
    return 0


def _buildah(*words: str) -> str:
    """What a command of buildah printed."""
    done = subprocess.run([*_PROGRAM, *words], env=_environment(), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


def _environment() -> dict[str, str]:
    return {**os.environ, "BUILDAH_ISOLATION": "chroot"}


def _made_base() -> str:
    if _BASE in _buildah("images", "--format", "{{.Name}}").split():
        return _BASE
    root = _FOLDER / "base.tar"
    suite = _os_release()["VERSION_CODENAME"]
    sources = sorted(str(path) for path in Path("/etc/apt/sources.list.d").glob("debian.sources"))
    subprocess.run(
        ["mmdebstrap", "--variant=minbase", f"--include={_INCLUDED}", suite, str(root), *sources], check=True
    )
    container = _buildah("from", "scratch")
    _buildah("add", container, str(root), "/")
    _buildah("commit", container, _BASE)
    _buildah("rm", container)
    return _BASE


def _os_release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}


def _build(base: str) -> None:
    """Build the image. The certificates that pip trusts here are lent to the build, and are not in the image."""
    lent = []
    if certificates := os.environ.get("PIP_CERT"):
        settings = _FOLDER / "pip.conf"
        settings.write_text("[global]\ncert = /etc/lent.crt\n", encoding="utf-8")
        lent = ["--volume", f"{settings}:/etc/pip.conf:ro", "--volume", f"{certificates}:/etc/lent.crt:ro"]
    build = ["build", "--format", "docker", "--build-arg", f"BASE={base}", *lent]
    _buildah(*build, "--file", str(ROOT / "deploy" / "Containerfile"), "--tag", _IMAGE, str(ROOT))


def _served(container: str) -> int:
    """How many reports the site in the container finds; it is told to stop and does."""
    serve = ["run", container, "--", "nianbao", "serve", "--port", str(_PORT)]
    with subprocess.Popen([*_PROGRAM, *serve], env=_environment(), start_new_session=True) as site:
        try:
            _until_alive(f"http://127.0.0.1:{_PORT}/healthz")
            with urlopen(f"http://127.0.0.1:{_PORT}/search.json", timeout=20) as answer:
                return int(json.load(answer)["total"])
        finally:
            os.killpg(site.pid, signal.SIGTERM)


def _until_alive(address: str) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    while True:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 - loopback
                answer.read()
                return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
