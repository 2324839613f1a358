"""From a cell to what it says, where it stands in the original, how to cite it, whom to tell; what changed since."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.settings import Settings

CELL = "applications.granted.total"


def test_a_cells_card_says_row_and_column_in_words_and_where_to_complain(client: FlaskClient, shelf: Shelf) -> None:
    card = soup(client, f"/reports/{shelf.broken}").select_one(f'[id="{CELL}"] .passport')
    assert card
    assert "（一）予以公开 › 申请人情况 › 总计" in card.get_text()
    assert "13 ≠ 0" in card.get_text()
    links = {str(link["href"]): link.get_text() for link in card.select("a")}
    assert f"/reports/{shelf.broken}/cells/{CELL}" in links
    mail = next(address for address in links if address.startswith("mailto:"))
    assert unquote(mail) == f"mailto:corrections@nianbao.example?subject={shelf.broken}#{CELL} v1"


def test_a_contact_on_the_web_is_told_report_cell_and_version(shelf: Shelf) -> None:
    app = create_app(Settings(data=shelf.data, contact="https://errors.example/new?kind=report"))
    page = soup(app.test_client(), f"/reports/{shelf.broken}/cells/{CELL}")
    wanted = f"https://errors.example/new?kind=report&report={shelf.broken}&cell={CELL}&version=1"
    assert page.select_one(f'a.button[href="{wanted}"]')
    app.extensions["nianbao"].close()


def test_a_figure_can_be_cited_by_itself(client: FlaskClient, shelf: Shelf) -> None:
    report = shelf.reports[shelf.broken]
    page = soup(client, f"/reports/{shelf.broken}/cells/{CELL}")
    cited = page.select_one(".citation").get_text()  # type: ignore[union-attr]
    assert cited.startswith(f"{report.agency.name}. {report.title}: ")
    assert "总计 0[EB/OL]" in cited
    assert f"/reports/{shelf.broken}#{CELL}" in cited
    assert f"@misc{{nianbao-{shelf.broken}" in page.select_one("pre").get_text()  # type: ignore[union-attr]


def test_the_cells_twin_says_all_that_its_page_says(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/reports/{shelf.broken}/cells/{CELL}.json")
    assert (body["figure"], body["value"], body["raw"], body["state"], body["unit"]) == (CELL, 0, "0", "number", "件")
    assert body["place"] == {"table": 0, "row": 3, "column": 1, "page": None}
    assert [each["rule"] for each in body["findings"]] == ["I3"]


@pytest.mark.parametrize("figure", ["no.such.cell", "applications.granted"])
def test_a_cell_that_the_report_lacks_is_not_found(client: FlaskClient, shelf: Shelf, figure: str) -> None:
    twin(client, f"/reports/{shelf.broken}/cells/{figure}.json", 404)
    twin(client, f"/reports/{shelf.old}/cells/{CELL}.json", 404)


@pytest.mark.parametrize("rest", ["cells/applications.granted.total", "source", "versions/2"])
def test_a_former_id_leads_on(client: FlaskClient, shelf: Shelf, rest: str) -> None:
    for suffix in ("", ".json"):
        answer = client.get(f"/reports/{shelf.former}/{rest}{suffix}")
        assert answer.status_code == 301
        assert answer.headers["Location"].endswith(f"/reports/{shelf.renamed}/{rest}{suffix}")
        assert client.get(f"/reports/990101-2022-00000000/{rest}{suffix}").status_code == 404


def test_the_original_stands_in_a_frame_that_says_where_the_cell_is(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.broken}/source?cell={CELL}")
    frame = page.select_one("iframe")
    assert frame
    assert not frame["sandbox"]  # nothing is allowed
    body = twin(client, f"/reports/{shelf.broken}/source.json")
    assert frame["src"] == body["payload"] == f"/snapshots/{body['sha256']}"
    assert body["sha256"] in page.get_text()
    assert page.select_one(f'a[href="/reports/{shelf.broken}#{CELL}"]')
    assert "第 1 张表第 4 行第 2 格" in page.get_text()
    policy = client.get(f"/reports/{shelf.broken}/source").headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy


def test_a_changed_report_says_so_and_shows_what_changed(client: FlaskClient, shelf: Shelf) -> None:
    notice = soup(client, f"/reports/{shelf.changed}").select_one(".edited a")
    assert notice
    assert notice["href"] == f"/reports/{shelf.changed}/versions/2"
    assert soup(client, f"/reports/{shelf.broken}").select_one(".edited") is None
    body = twin(client, f"/reports/{shelf.changed}/versions/2.json")
    assert [each["version"] for each in body["versions"]] == [1, 2]
    before, after = (
        "".join(span["text"] for span in body["sections"][0]["changes"] if span["kind"] != kind)
        for kind in ("added", "removed")
    )
    assert "更正后的文本" in after
    assert "更正后的文本" not in before
    figures = shelf.reports[shelf.changed].figures
    for move in body["figures"]:
        assert move["after"] == figures[move["id"]].value
    assert body["figures"]
    page = soup(client, f"/reports/{shelf.changed}/versions/2")
    assert len(page.select(".moves tbody tr")) == len(body["figures"])
    beside = soup(client, f"/reports/{shelf.changed}/versions/2?view=beside").select(".beside .changes")
    assert [column.get_text() for column in beside[:2]] == [before, after]
    for version in ("1", "3", "0", "x", "²"):
        assert client.get(f"/reports/{shelf.changed}/versions/{version}").status_code == 404
    assert client.get(f"/reports/{shelf.changed}/versions/2?view=sideways").status_code == 400
