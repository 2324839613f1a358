"""A figure in doubt is marked wherever it is shown: where every cell is named by a broken check, no number is bare."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.doubts import Doubt
from corpus.model import Agency, Finding, Report
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import WhooshEngine
from tests.webui.pages import soup, twin
from tests.webui.shelf import REGIONS, Shelf, made, take
from webui.app import create_app
from webui.marks import flagged, flaws, mark
from webui.settings import Settings

PLACES = (("990000", "云岚省", "province"), ("990100", "青汀市", "prefecture"), ("990200", "石梁市", "prefecture"))
AGENCIES = tuple(Agency(f"{name}人民政府", code, level, "government") for code, name, level in PLACES)  # type: ignore[arg-type] # levels
YEARS = (2020, 2021, 2022)
COUNTY = AGENCIES[1].id
ADDRESSES = (
    f"/reports/990100-2022-{AGENCIES[1].fingerprint}",
    f"/reports/990100-2022-{AGENCIES[1].fingerprint}/changes",
    f"/agencies/{COUNTY}",
    "/regions/990000",
    "/regions/990000?metric=refusal_rate",
    "/metrics/refusal_rate",
    "/metrics/applications.granted.total?year=2021",
    f"/compare?agency={COUNTY}&agency={AGENCIES[2].id}&metric=disclosure_rate&metric=reviews",
    "/search?facet_metric=refused&sort=-refused",
)
TOLD = ["passport", "findings", "checks", "strip"]
"""Where a number stands with its reason."""


def doubted(report: Report, *, all_cells: bool) -> Report:
    cells = tuple(report.figures) if all_cells else ()
    doubt = Doubt("sides_differ", {"statement": "各类申请人之和 = 总计", "left": "13", "right": "0"})
    return replace(report, findings=(Finding("I3", "broken", cells, Decimal(13), Decimal(0), doubt),) if cells else ())


def site(data: Path, *, all_cells: bool) -> Iterator[FlaskClient]:
    chance = random.Random(3)  # noqa: S311 - figures, not secrets
    with Store.open(data) as store:
        store.add_regions(REGIONS)
        for agency in AGENCIES:
            for year in YEARS:
                take(store, doubted(made(agency, year, chance), all_cells=all_cells))
        engine = WhooshEngine(data / "index", store.registry())
        update_index(store, engine)
        engine.close()
    app = create_app(Settings(data=data))
    yield app.test_client()
    app.extensions["nianbao"].close()


@pytest.fixture(scope="module")
def all_doubted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from site(tmp_path_factory.mktemp("doubted"), all_cells=True)


@pytest.fixture(scope="module")
def none_doubted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from site(tmp_path_factory.mktemp("trusted"), all_cells=False)


def bare(client: FlaskClient, address: str) -> tuple[int, list[str]]:
    """How many numbers lead to a cell, and those of them that no mark stands beside."""
    page = soup(client, address)
    cells = 0
    unmarked = []
    signs = page.select("a + a.flaw, a + sup")
    for link in page.select('main a[href*="#"]'):
        cell = str(link["href"]).partition("#")[2]
        if "." not in cell or not any(character.isdigit() for character in link.get_text()):
            continue  # no id of a cell, or a cell whose words are no number
        if link.find_parent(class_=TOLD) or link.find_parent("svg"):
            continue  # a picture says it in words of its own
        cells += 1
        if not any(link.find_next_sibling() is sign for sign in signs):
            unmarked.append(str(link)[:160])
    return cells, unmarked


@pytest.mark.parametrize("address", ADDRESSES)
def test_where_every_cell_is_in_doubt_no_number_is_bare(all_doubted: FlaskClient, address: str) -> None:
    cells, unmarked = bare(all_doubted, address)
    assert cells
    assert unmarked == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_where_nothing_is_in_doubt_nothing_is_marked(none_doubted: FlaskClient, address: str) -> None:
    page = soup(none_doubted, address)
    assert page.select(".flaw, .strip, .sheet sup, .doubted") == []


def test_a_mark_leads_to_its_reason_and_says_it(client: FlaskClient, shelf: Shelf) -> None:
    agency = shelf.reports[shelf.broken].agency.id
    mark = soup(client, f"/agencies/{agency}").select_one(f'.flaw[href="/reports/{shelf.broken}#finding-1"]')
    assert mark
    assert "13 ≠ 0" in str(mark["title"])
    reason = soup(client, f"/reports/{shelf.broken}").select_one("#finding-1")
    assert reason
    assert "13 ≠ 0" in reason.get_text()


def test_the_top_of_a_report_says_what_is_broken(client: FlaskClient, shelf: Shelf) -> None:
    strip = soup(client, f"/reports/{shelf.broken}").select_one(".strip")
    assert strip
    assert " ".join(strip.get_text().split()) == "1 项勾稽关系不成立：13 ≠ 0 1 处读取存疑"


def test_a_check_as_filter_shows_the_broken_equation_of_each_hit(client: FlaskClient, shelf: Shelf) -> None:
    hit = soup(client, "/search?finding=I3:broken").select_one(".hit")
    assert hit
    assert "13 ≠ 0" in hit.get_text()
    assert hit.select_one(f'a[href="/reports/{shelf.broken}#finding-1"]')


def test_programs_are_told_as_well(all_doubted: FlaskClient, none_doubted: FlaskClient) -> None:
    for client, answer in ((all_doubted, True), (none_doubted, False)):
        ranking = twin(client, "/metrics/reviews.json")["ranking"]
        lines = twin(client, f"/compare.json?agency={COUNTY}")["series"]
        compared = twin(client, "/regions/990000.json")["compared"]["values"]
        told = [*ranking, *compared, *(value for line in lines for value in line["values"])]
        assert {each["flagged"] for each in told} == {answer}


def test_a_broken_check_goes_before_a_doubt_and_a_metric_has_the_marks_of_its_cells() -> None:
    doubt = Finding("reading", "undecidable", ("a.b.total",), None, None, Doubt("row_out_of_place"))
    holds = Finding("I1", "holds", ("a.b.total",), Decimal(1), Decimal(1), Doubt("row_out_of_place"))
    broken = Finding("I3", "broken", ("a.b.total", "a.c.total"), Decimal(1), Decimal(2), Doubt("row_out_of_place"))
    found = flaws((doubt, holds, broken))
    assert [at for at, _ in found] == [1, 3]
    assert mark("x", found, ("a.b.total",)).at == 3  # type: ignore[union-attr] # there is one
    assert mark("x", found, ("a.d.total",)) is None
    assert flagged((doubt, holds, broken)) == {"a.b.total": (0, 2), "a.c.total": (2,)}
