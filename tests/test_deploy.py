"""What we give operators to start from is understood by the programs that read it, and names what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.checkout import ROOT
from tests.webui.shelf import build
from webui.cli import COMMANDS
from webui.commands.options import SETTINGS, variable

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*"))


def test_every_command_that_is_started_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*UNITS, DEPLOY / "compose.yaml"]]
    pattern = r"\bnianbao (\w+)(?=[\n;])|command: \[(\w+)"
    started = {name for text in texts for match in re.findall(pattern, text) for name in match if name}
    assert started == {"serve", "crawl", "update"}
    assert started <= set(COMMANDS)


def test_every_setting_that_is_named_exists() -> None:
    assert set(tomllib.loads((DEPLOY / "nianbao.toml").read_text(encoding="utf-8"))) <= set(SETTINGS)
    known = {variable(name) for name in SETTINGS} | {"NIANBAO_CONFIG"}
    for path in [*UNITS, DEPLOY / "compose.yaml", DEPLOY / "Containerfile"]:
        assert set(re.findall(r"NIANBAO_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known, path.name


def test_locks_that_an_image_is_made_with_exist() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    named = {*re.findall(r"LOCK(?::-|=)(\w+)", compose), *re.findall(r"LOCK=(\w+)", image)}
    assert named == {"runtime", "cluster"}
    assert all((ROOT / "requirements" / f"{lock}.txt").is_file() for lock in named)


def test_servers_of_a_cluster_are_started_only_when_their_profile_is_asked_for() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    services = dict(re.findall(r"^  (\w+):\n((?: {4}.*\n)+)", compose, re.MULTILINE))
    profiles = {name: re.findall(r"profiles: \[(.*)\]", said) for name, said in services.items()}
    assert profiles == {"site": [], "collect": [], "store": ["one"], "search": ["one"], "node": ["node"]}
    assert [name for name, said in services.items() if "ports:" in said] == ["site"]


def command(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    verify = command("systemd-analyze")
    program = tmp_path / "nianbao"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    for unit in UNITS:
        said = unit.read_text(encoding="utf-8").replace("/opt/nianbao/bin/nianbao", str(program))
        (tmp_path / unit.name).write_text(said, encoding="utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "nianbao" in line] == []


def test_the_site_runs_where_its_unit_closes_the_data_folder(tmp_path: Path) -> None:
    unshare = command("unshare")
    if subprocess.run([unshare, "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    data = tmp_path / "data"
    build(data)
    for left in data.glob("nianbao.sqlite-*"):  # as after a crawl that ended
        left.unlink()
    unit = (DEPLOY / "systemd" / "nianbao.service").read_text(encoding="utf-8")
    (closed,) = re.findall(r"^ReadOnlyPaths=(.*)$", unit, re.MULTILINE)
    folders = [each.removeprefix("-").replace("/var/lib/nianbao", str(data)) for each in closed.split()]
    mounts = [f"mount --bind {each} {each} && mount -o remount,bind,ro {each}" for each in folders]
    program = Path(sys.executable).with_name("nianbao")
    serve = f"exec {program} --data {data} serve --port 0 --log none"
    inside = [unshare, "--mount", "sh", "-ec", "\n".join([*mounts, serve])]
    with subprocess.Popen(inside, stdout=subprocess.PIPE, text=True) as site:
        try:
            assert site.stdout is not None
            address = site.stdout.readline().strip()
            with urlopen(f"{address}readyz", timeout=60) as answer:  # noqa: S310 - loopback
                assert answer.status == 200
        finally:
            site.terminate()


def test_nginx_understands_its_example(tmp_path: Path) -> None:
    nginx = command("nginx")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; include {DEPLOY}/nginx.conf; }}",
        encoding="utf-8",
    )
    done = subprocess.run([nginx, "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_caddy_understands_its_example() -> None:
    caddy = command("caddy")
    validate = [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(validate, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
