"""Reports that an article shows as pictures: found, read in place, told where they may not be read, and shown again."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import docx
import pytest
from PIL import Image

from corpus.errors import NoTextError
from corpus.extraction.correction import accept
from corpus.extraction.derivation import Means
from corpus.extraction.interpret import interpret
from corpus.extraction.stage import extract
from corpus.model import Correction
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.readers.pictures import can_be_read, with_pictures
from corpus.sample.places import sample_regions
from corpus.store import Store
from tests.accuracy.formats.print import pdf
from tests.accuracy.formats.scanned import LOOKS, seen_pages
from tests.accuracy.harness import papers, sample_registry
from webui.app import create_app
from webui.settings import Settings

TITLE = "云岚县水利局2024年政府信息公开工作年度报告"
MONDAY = datetime(2025, 3, 3, tzinfo=UTC)


def jpeg(page: Image.Image) -> bytes:
    written = io.BytesIO()
    page.save(written, "JPEG", quality=85)
    return written.getvalue()


PAGE, ORNAMENT = jpeg(Image.new("RGB", (600, 800), "white")), jpeg(Image.new("RGB", (300, 60), "red"))
PICTURES = (ORNAMENT, PAGE, PAGE)


def carried(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"


def article(*addresses: str, text: str = "") -> bytes:
    images = "".join(f'<p><img src="{address}"></p>' for address in addresses)
    return f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{text}{images}<p>上一篇：通知</p></body></html>".encode()


def word(*pictures: bytes) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def web_archive(*pictures: bytes) -> bytes:
    whole = MIMEMultipart("related")
    addresses = [f"http://a.example/{number}.jpg" for number, _ in enumerate(pictures)]
    whole.attach(MIMEText(article(*addresses).decode(), "html", "utf-8"))
    for address, picture in zip(addresses, pictures, strict=True):
        part = MIMEImage(picture, "jpeg")
        part["Content-Location"] = address
        whole.attach(part)
    return whole.as_bytes()


@pytest.mark.parametrize(
    "payload",
    [
        article(carried(ORNAMENT), carried(PAGE), carried(PAGE)),
        word(ORNAMENT, PAGE, PAGE),
        web_archive(ORNAMENT, PAGE, PAGE),
    ],
    ids=["page", "word", "archive"],
)
def test_pictures_that_may_be_pages_are_found_and_a_report_of_them_is_refused_as_such(payload: bytes) -> None:
    content = read(payload)
    assert content.pictures == (PAGE, PAGE)
    with pytest.raises(NoTextError, match=r"2 pictures.*--ocr"):
        interpret(content, sample_registry(600))


def test_a_picture_is_found_by_the_address_from_which_it_is_loaded_late() -> None:
    late = article("/grey.gif").replace(b"<img ", b'<img data-original="/1.jpg" ')
    assert read(late, held={"/1.jpg": PAGE}.get).pictures == (PAGE,)
    laid = article("/1.jpg").replace(b"<p><img", b"<table><tr><td><img").replace(b"</p><p>", b"</td></tr></table><p>")
    assert read(laid, held={"/1.jpg": PAGE}.get).pictures == (PAGE,)


def test_beside_tables_of_text_pictures_are_none_of_the_report() -> None:
    row = f"<tr>{'<td>7</td>' * 10}</tr>"
    assert read(article(carried(PAGE), text=f"<table>{row * 3}</table>")).pictures == ()


def test_a_damaged_picture_and_one_beyond_the_limit_are_told() -> None:
    pytest.importorskip("cv2", exc_type=ImportError)
    cut = article(carried(PAGE[: len(PAGE) // 2]), carried(PAGE))
    limits = replace(with_pictures(Limits()), pictures=1)
    (warning,) = read(cut, limits=limits).warnings
    assert (warning.code, warning.values) == ("pictures_unread", {"count": 2})


@pytest.mark.slow
@pytest.mark.skipif(not can_be_read(), reason="the extra ocr is not installed")
def test_pictures_fetched_with_their_page_are_one_report_with_cut_outs_and_corrections(tmp_path: Path) -> None:
    paper = papers(1, seed=4)[-1]
    paper.blocks = [block for block in paper.blocks if isinstance(block, list) or len(block) < 40]
    pages = [jpeg(page) for page in seen_pages(pdf(paper), LOOKS["clean_150"], 1)]
    assert len(pages) > 1
    url, addresses = "http://a.example/nb/2024.html", [f"/nb/{number}.jpg" for number, _ in enumerate(pages, 1)]
    means = Means(with_pictures(Limits()), processes=1)
    with Store.open(tmp_path) as store:
        store.add_regions(sample_regions(1, 600))
        page = article(*addresses).replace(TITLE.encode(), paper.title.encode())
        first = store.keep(page, url=url, source=url, media_type="text/html", captured=MONDAY)
        for number, (address, picture) in enumerate(zip(addresses, pages, strict=True), 1):
            at = f"http://a.example{address}"
            store.keep(picture, url=at, source=at, media_type="image/jpeg", captured=MONDAY)
            store.note_part(at, url, number)
        assert extract(store, means=Means(processes=1)).accepted == 0
        assert store.counts().rejected["pictures_in_page"] == 1
        assert extract(store, means=means).accepted == 1
        (stored,) = store.reports()
        figures = stored.report.figures
        assert {id_ for id_, value in paper.values.items() if figures[id_].value != value} == set()
        assert {figure.place.page for figure in figures.values() if figure.place} == set(range(1, len(pages) + 1))

        id_, figure = next(
            (id_, one) for id_, one in figures.items() if one.cutout and one.place and one.place.page == 2
        )
        client = create_app(Settings(data=tmp_path)).test_client()
        assert client.get(f"/reports/{stored.id}/cells/{id_}/picture").content_type == "image/png"
        shown = Image.open(io.BytesIO(client.get(f"/reports/{stored.id}/pages/2").data))
        assert shown.size == Image.open(io.BytesIO(pages[1])).size
        assert client.get(f"/reports/{stored.id}/pages/{len(pages) + 1}").status_code == 404

        said = Correction(figure.value, "云岚", "", MONDAY + timedelta(days=1))
        store.correct(first.digest, id_, said)
        assert accept(store, first, stored.report, "1").figures[id_].corrected == said
        other, at = pages[0] + b"\0", f"http://a.example{addresses[0]}"
        store.keep(other, url=at, source=at, media_type="image/jpeg", captured=MONDAY + timedelta(days=2))
        assert accept(store, first, stored.report, "1").figures[id_].corrected is None
