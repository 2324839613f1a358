"""Pages that only a script fills, rendered in Debian's Chromium: an extra, off unless asked for.

What the browser makes of a page serves to find links and nothing else; the archive never sees it. Only pages that
were answered with 200 and are empty are rendered: a refusal, or a check to be passed first, stays one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from corpus.errors import UsageError
from corpus.text import decode

PATIENCE = 20
"""Seconds after which the browser ends by itself; after half as many more it is ended."""

_SCRIPTS = 10
"""Seconds of the page's own clock that its scripts get. They pass faster than ours while nothing is loading."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--disable-breakpad",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    "--blink-settings=imagesEnabled=false",
    # As the crawler: county sites have certificates that nobody vouches for, and what is read here proves nothing.
    "--ignore-certificate-errors",
    f"--virtual-time-budget={_SCRIPTS * 1000}",
    f"--timeout={PATIENCE * 1000}",
)


def find_browser() -> str:
    """The path of Chromium. Raises UsageError where there is none."""
    found = shutil.which("chromium")
    if found is None:
        raise UsageError("Rendering needs Chromium: install the package chromium, or crawl without --render.", "render")
    return found


def render(browser: str, url: str, *, agent: str, hosts: tuple[str, ...]) -> str:
    """The page at an address as the browser's scripts left it, as HTML; ``""`` where that failed or took too long.

    The browser introduces itself as ``agent``, starts without a past and reaches the ``hosts`` only. Blocks until
    it is done.
    """
    with TemporaryDirectory(prefix="nianbao-browser-", ignore_cleanup_errors=True) as profile:
        command = [
            *_bound_to_us(),
            browser,
            *_FLAGS,
            # The sandbox cannot be set up by root, who should not crawl anyway.
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            f"--user-data-dir={profile}",
            f"--user-agent={agent}",
            f"--host-resolver-rules={reachable(hosts, url)}",
            "--dump-dom",
            url,
        ]
        try:
            done = subprocess.run(  # noqa: S603 (our own flags; the address is one that was just fetched)
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE * 1.5,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
    return decode(done.stdout) if done.returncode == 0 and done.stdout else ""


def reachable(hosts: tuple[str, ...], url: str) -> str:
    """Chromium's rules by which the hosts of a source, and of the page itself, have addresses and no others."""
    names = dict.fromkeys([urlsplit(url).netloc, *hosts])
    rules: list[str] = []
    for name in names:
        plain = name.removeprefix("www.")
        if name.startswith("."):
            rules += [f"EXCLUDE *{name}", f"EXCLUDE {name[1:]}"]
        else:
            # A rule that maps to the same, for unlike EXCLUDE it knows ports.
            rules += [f"MAP {plain} {plain}", f"MAP www.{plain} www.{plain}"]
    return ", ".join([*rules, "MAP * ~NOTFOUND"])


def _bound_to_us() -> list[str]:
    """What makes the browser end with this process, however that ends (Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
