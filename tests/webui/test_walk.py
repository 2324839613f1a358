"""A walk over the demo, link by link, from home and from what is planted: no figure that is broken is without its mark.

What is wrong is told by the sample's manifest, not by our checks. Every page about a planted report, and about each of
its broken cells, is looked at; of every other kind of page some.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.routing import MapAdapter

from webui.app import create_app
from webui.settings import Settings

NIANBAO = Path(sys.executable).with_name("nianbao")
REPORTS = 600 if os.environ.get("NIANBAO_WHOLE") else 40
OF_A_KIND = 1
"""Pages looked at of one view with the same parameters."""
PARAMETERS = 2
"""A page that is asked with more of them is a page asked with fewer, narrowed."""
NUMBER = re.compile(r"\d\s*(%|\S)?\s*$")
"""What a link to a value ends with: the value, its unit."""
TOLD = {"passport", "findings", "checks", "lone"}
"""Where a number is part of the reason itself, or the reasons stand beneath it."""
Planted = Mapping[str, frozenset[str]]


@dataclass
class Walk:
    """The pages of a site, breadth first; ``looked`` counts them by view."""

    client: FlaskClient
    adapter: MapAdapter
    planted: Planted
    looked: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Iterator[tuple[str, html.HtmlElement]]:
        """(address, page), each address once."""
        # Of many bodies the links lead only to some by way of one page of each kind.
        waiting, kinds = (
            deque(["/", *(f"/reports/{id_}" for id_ in self.planted)]),
            Counter[tuple[str, frozenset[str]]](),
        )
        known = set(waiting)
        while waiting:
            address = waiting.popleft()
            answer = self.client.get(address, buffered=True)
            assert answer.status_code == 200, address
            page = html.fromstring(answer.data)
            self.looked[self.adapter.match(urlsplit(address).path)[0]] += 1
            yield address, page
            for link in page.iter("a"):
                leads = urldefrag(link.get("href", "")).url
                if leads in known or not self._is_page(leads):
                    continue
                view, arguments = self.adapter.match(urlsplit(leads).path)
                kind = (view, frozenset(name for name, _ in parse_qsl(urlsplit(leads).query)))
                if (self._is_planted(arguments) and not kind[1]) or kinds[kind] < OF_A_KIND:
                    kinds[kind] += 1
                    known.add(leads)
                    waiting.append(leads)

    def _is_page(self, address: str) -> bool:
        parts = urlsplit(address)
        if not address.startswith("/") or len({name for name, _ in parse_qsl(parts.query)}) > PARAMETERS:
            return False
        view, _ = self.adapter.match(parts.path)
        rule = next(self.adapter.map.iter_rules(view)).rule
        return "." not in rule and not view.startswith("original.")

    def _is_planted(self, arguments: Mapping[str, str]) -> bool:
        cells = self.planted.get(arguments.get("id_", ""), frozenset())
        return bool(cells) and arguments.get("figure", next(iter(cells))) in cells


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Planted]]:
    """The demo as the command makes it, and which cells of which reports are broken in it."""
    room = tmp_path_factory.mktemp("demo")
    size = ["--reports", str(REPORTS), "--web-port", "0", "--no-scans"]
    subprocess.run(
        [NIANBAO, "--data", "data", "demo", "--no-serve", "--manifest", "said.jsonl", *size], cwd=room, check=True
    )
    lines = map(json.loads, (room / "said.jsonl").read_text(encoding="utf-8").splitlines())
    planted = {
        line["id"]: frozenset(cell for broken in line["broken"] for cell in broken["figures"])
        for line in lines
        if line.get("broken")
    }
    assert planted
    app = create_app(Settings(data=room / "data"))
    yield app, planted
    app.extensions["nianbao"].close()


def shown(address: str, page: html.HtmlElement, planted: Planted) -> Iterator[tuple[tuple[str, str], bool]]:
    """((report, cell), whether a mark stands beside it) for every number that leads to a broken cell."""
    for link in page.iter("a"):
        leads, cell = urldefrag(link.get("href", ""))
        report = urlsplit(leads or address).path.rpartition("/")[2]
        if cell not in planted.get(report, ()) or not NUMBER.search(link.text_content()):
            continue
        if any(TOLD.intersection(above.get("class", "").split()) for above in link.iterancestors()):
            continue
        sign = link.getnext()
        marked = sign is not None and (sign.tag == "sup" or "flaw" in sign.get("class", "").split())
        yield (report, cell), marked


def test_no_page_shows_a_broken_figure_without_its_mark(demo: tuple[Flask, Planted]) -> None:
    app, planted = demo
    walk = Walk(app.test_client(), app.url_map.bind("localhost"), planted)
    bare, marked = [], set()
    for address, page in walk.pages():
        for cell, is_marked in shown(address, page, planted):
            if is_marked:
                marked.add(cell)
            else:
                bare.append((address, cell))
    assert bare == []
    assert marked == {(report, cell) for report, cells in planted.items() for cell in cells}
    assert walk.looked["figure.cell"] >= len(marked), walk.looked
    assert len(walk.looked) >= 20, walk.looked


def test_no_file_holds_a_broken_figure_without_its_mark(demo: tuple[Flask, Planted]) -> None:
    app, planted = demo
    answer = app.test_client().get("/search.csv?what=figures", buffered=True)
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    flagged = {(row["id"], row["figure"]) for row in rows if row["flagged"] == "true"}
    assert {(report, cell) for report, cells in planted.items() for cell in cells} <= flagged
