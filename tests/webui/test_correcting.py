"""``nianbao correct`` and the pages that show what a person said beside the picture of the cell."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from corpus.errors import NianbaoError
from corpus.extraction.correction import accept
from corpus.model import Cutout
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import WhooshEngine
from tests.corpus.reports import MONDAY, made
from tests.webui.shelf import REGIONS
from webui.app import create_app
from webui.cli import nianbao
from webui.settings import Settings

CELL = "applications.received.total"
OLD = "requests.new.total"
ID = made().id
NAME = f"{ID}#{CELL}"
PAGE = (400, 600)
WHERE = Cutout(0.5, 0.25, 0.6, 0.3)


@pytest.fixture(name="data")
def scanned(tmp_path: Path) -> Path:
    """A store with one report from a picture of two pages, and one that was printed as text."""
    data = tmp_path / "data"
    pages = [Image.new("RGB", PAGE, "white") for _ in range(2)]
    ImageDraw.Draw(pages[1]).rectangle((205, 155, 235, 175), fill="black")
    written = io.BytesIO()
    pages[0].save(written, "PDF", resolution=72, save_all=True, append_images=pages[1:])
    with Store.open(data) as store:
        store.add_regions(REGIONS)
        report = made()
        printed = replace(report.figures[OLD], id=CELL)
        figures = {
            id_: replace(figure, confidence=0.61, cutout=WHERE, place=figure.place and replace(figure.place, page=2))
            for id_, figure in {CELL: printed}.items()
        }
        here = "http://a.example/2025.pdf"
        snapshot = store.keep(written.getvalue(), url=here, source=here, media_type="application/pdf", captured=MONDAY)
        accept(store, snapshot, replace(report, figures=figures), "1")
        there = "http://a.example/2024.html"
        other = store.keep(b"<html>", url=there, source=there, media_type="text/html", captured=MONDAY)
        accept(store, other, replace(made(year=2024), figures={CELL: printed}), "1")
        engine = WhooshEngine(data / "index", store.registry())
        update_index(store, engine)
        engine.close()
    return data


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(nianbao, ["--data", str(data), *words])


def table(folder: Path, *rows: str) -> str:
    file = folder / "said.csv"
    file.write_text("\ufeffcell,value,who,why\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(file)


def value(client: FlaskClient) -> object:
    return client.get(f"/reports/{ID}.json").get_json()["figures"][CELL]["value"]


def test_a_run_that_may_not_read_pictures_leaves_what_was_read_of_them(data: Path) -> None:
    done = run(data, "extract", "--all")
    assert "1 scans keep what was read of them" in done.stderr
    assert value(create_app(Settings(data=data)).test_client()) == 13


def test_a_cell_is_corrected_shown_exported_found_and_taken_back(data: Path) -> None:
    client = create_app(Settings(data=data)).test_client()
    assert value(client) == 13
    done = run(data, "correct", table(data, f"http://s.example/reports/{ID}?lang=en#{CELL},7,云岚,原件为七"))
    assert (done.exit_code, done.exception) == (0, None)
    figure = client.get(f"/reports/{ID}.json").get_json()["figures"][CELL]
    assert (figure["value"], figure["raw"], figure["from"], figure["confidence"]) == (7, " 13", "picture", 0.61)
    assert {name: figure["corrected"][name] for name in ("value", "who", "why")} == {
        "value": 7, "who": "云岚", "why": "原件为七"
    }  # fmt: skip
    for language, word in (("zh-CN", "云岚 于"), ("en", "云岚 looked at the picture")):
        page = client.get(f"/reports/{ID}/cells/{CELL}?lang={language}").get_data(as_text=True)
        assert word in page
        assert "原件为七" in page
        assert "✎" in client.get(f"/reports/{ID}?lang={language}").get_data(as_text=True)
    (row,) = (
        row
        for row in csv.DictReader(io.StringIO(run(data, "export", "figures", "--format", "csv").stdout))
        if row["corrected"]
    )
    assert (row["figure"], row["value"], row["corrected_by"], row["corrected_why"]) == (CELL, "7", "云岚", "原件为七")
    assert client.get("/search.json?metric=applications_received:7..7").get_json()["total"] == 1
    listed = list(csv.DictReader(io.StringIO(run(data, "correct").stdout)))
    assert [(row["cell"], row["value"], row["who"]) for row in listed] == [(NAME, "7", "云岚")]
    assert run(data, "correct", "--undo", ID).exit_code == 0
    assert value(client) == 13
    assert "corrected" not in client.get(f"/reports/{ID}.json").get_json()["figures"][CELL]
    assert run(data, "correct").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"{NAME},sieben,y,", "Row 3 of"),
        (f"{NAME},7,,", "does not say who"),
        (f"{ID}#applications.none,7,y,", "has no cell"),
        ("990101-2001-00000000#applications.received.total,7,y,", "There is no report"),
        (f"{made(year=2024).id}#{CELL},7,y,", "was not read from a picture"),
        ("松陂区,7,y,", "names no cell"),
        (f"{NAME},1e99,y,", "is no number"),
    ],
)
def test_one_bad_row_changes_nothing(data: Path, row: str, words: str) -> None:
    done = run(data, "correct", table(data, f"{NAME},7,云岚,", row))
    assert isinstance(done.exception, NianbaoError)
    assert words in str(done.exception)
    with Store.look(data) as store:
        assert store.corrected() == ()


def test_a_file_without_the_columns_and_a_name_without_a_correction_say_so(data: Path) -> None:
    file = data / "bare.csv"
    file.write_text("cell,number\n", encoding="utf-8")
    assert "has no column value, who, why" in str(run(data, "correct", str(file)).exception)
    assert "Nothing is corrected under the name" in str(run(data, "correct", "--undo", NAME).exception)


def test_the_cell_is_cut_out_of_its_page_and_framed(data: Path) -> None:
    client = create_app(Settings(data=data)).test_client()
    answer = client.get(f"/reports/{ID}/cells/{CELL}/picture")
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    cut = Image.open(io.BytesIO(answer.data)).convert("RGB")
    black = [at for at in range(cut.width * cut.height) if max(cut.getpixel((at % cut.width, at // cut.width))) < 60]  # type: ignore[arg-type]
    assert black, "the ink of the cell is in the picture"
    assert len(black) < cut.width * cut.height / 4, "with paper around it"
    assert any(cut.getpixel((x, y)) == (176, 36, 24) for x in range(cut.width) for y in range(cut.height))
    again = client.get(f"/reports/{ID}/cells/{CELL}/picture", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    page = client.get(f"/reports/{ID}/pages/2")
    assert (page.status_code, page.content_type) == (200, "image/jpeg")
    for address in ("/pages/0", "/pages/3", "/cells/no.such/picture"):
        assert client.get(f"/reports/{ID}{address}").status_code == 404
    assert client.get(f"/reports/{made(year=2024).id}/pages/1").status_code == 404


def test_what_is_withheld_shows_no_picture(data: Path) -> None:
    client = create_app(Settings(data=data)).test_client()
    assert run(data, "withhold", ID, "--why", "x").exit_code == 0
    for address in (f"/cells/{CELL}/picture", "/pages/1"):
        assert client.get(f"/reports/{ID}{address}").status_code == 410
