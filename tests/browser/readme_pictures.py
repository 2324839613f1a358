"""``make readme-pictures``: what the README shows, made of the small store: two pages of the site and the terminal."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.webui.served import served
from tests.webui.shelf import Shelf, build

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1200, 800
MOST_BYTES = 150_000
QUERY = "讨薪"
LINES = 28
"""Of the terminal's answer."""
TERMINAL = """<body style="margin:0;background:#171816;color:#e5e2d9;font:16px/1.5 'DejaVu Sans Mono','Noto Sans CJK SC',monospace">
<pre style="padding:1.5rem;margin:0;font:inherit;white-space:pre-wrap">{words}</pre></body>"""  # noqa: E501


def main() -> None:
    """Write the pictures; raises ValueError where one weighs more than a README should ask of its readers."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shelf = build(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, taken in {**_site(browser, shelf), "terminal": _terminal(browser, shelf)}.items():
            _write(PICTURES / f"{name}.webp", taken)
        browser.close()


def _site(browser: Browser, shelf: Shelf) -> Mapping[str, bytes]:
    """A search and a report whose table does not add up, as a Chinese reader sees them on a desk."""
    addresses = {"search": f"/search?q={QUERY}&facet_metric=refused", "report": f"/reports/{shelf.broken}"}
    with served(shelf.data) as running:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        taken = {}
        for name, address in addresses.items():
            page.goto(running.address + address)
            taken[name] = page.screenshot()
        page.close()
    return taken


def _terminal(browser: Browser, shelf: Shelf) -> bytes:
    command = ["search", QUERY]
    ran = subprocess.run(
        [Path(sys.executable).with_name("nianbao"), "--data", str(shelf.data), *command],
        check=True, capture_output=True, text=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    shown = "\n".join(ran.stdout.splitlines()[:LINES])
    page = browser.new_page(viewport={"width": WIDTH, "height": 300})
    page.set_content(TERMINAL.format(words=html.escape(f"$ nianbao {' '.join(command)}\n{shown}")))
    taken = page.screenshot(full_page=True)
    page.close()
    return taken


def _write(path: Path, taken: bytes) -> None:
    Image.open(io.BytesIO(taken)).save(path, "WEBP", quality=80, method=6)
    if (weight := path.stat().st_size) > MOST_BYTES:
        raise ValueError(f"{path.name} weighs {weight} bytes: make the window smaller; {MOST_BYTES} is the most.")


if __name__ == "__main__":
    main()
