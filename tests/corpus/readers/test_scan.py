"""Pages that are pictures, printed and scanned by simulation: what is read, what is refused, and how sure."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from corpus.errors import NianbaoError, NoTextError, TooLargeError, UnreadableError
from corpus.extraction.interpret import interpret
from corpus.readers import pictures
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.readers.pictures import with_pictures
from tests.accuracy.formats.print import pdf
from tests.accuracy.formats.scanned import LOOKS, scanned
from tests.accuracy.harness import papers, sample_registry
from tests.accuracy.paper import Paper

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)
_LIMITS = replace(with_pictures(Limits()), size=1 << 26)


def _short() -> Paper:
    """A report without most of its words: its tables are what takes time enough."""
    paper = papers(1, seed=4)[-1]
    paper.blocks = [block for block in paper.blocks if isinstance(block, list) or len(block) < 40]
    return paper


@pytest.mark.slow
def test_a_noisy_scan_is_read_cell_by_cell() -> None:
    paper = _short()
    report = interpret(read(scanned(pdf(paper), LOOKS["noisy_150"], 1), limits=_LIMITS), sample_registry(600))
    doubted = {id_ for finding in report.findings if finding.verdict != "holds" for id_ in finding.figures}
    wrong = {id_ for id_, value in paper.values.items() if report.figures[id_].value != value}
    assert wrong <= doubted
    # A seal lies over twenty cells of each page: what it covers may be unread, and is told.
    assert len(wrong) <= len(paper.values) // 10
    assert all(figure.confidence is not None for figure in report.figures.values() if figure.state == "number")


def test_a_scan_is_refused_unless_pictures_are_asked_for() -> None:
    payload = scanned(pdf(_short()), LOOKS["clean_100"], 1)
    with pytest.raises(NoTextError, match="--ocr"):
        read(payload)


def test_a_picture_of_nothing_and_a_damaged_one_say_so() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(blank, "PNG")
    with pytest.raises(NoTextError, match="hardly any text"):
        read(blank.getvalue(), limits=_LIMITS)
    with pytest.raises(UnreadableError, match="damaged"):
        read(blank.getvalue()[:60], limits=_LIMITS)


def test_a_picture_beyond_the_limit_is_refused_by_its_head() -> None:
    huge = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(huge, "PNG")
    with pytest.raises(UnreadableError, match="dots"):
        read(huge.getvalue(), limits=_LIMITS)


def test_a_picture_full_of_marks_is_refused_before_any_is_read() -> None:
    marks = Image.new("L", (1240, 1754), 255)
    drawn = ImageDraw.Draw(marks)
    for top in range(4, 1740, 9):
        for left in range(4, 1230, 22):
            drawn.rectangle((left, top, left + 3, top + 5), fill=0)
    packed = io.BytesIO()
    marks.save(packed, "PNG")
    with pytest.raises(TooLargeError, match="room for"):
        read(packed.getvalue(), limits=_LIMITS)


def test_a_picture_of_pages_without_end_is_refused() -> None:
    page, packed = Image.new("1", (40, 60)), io.BytesIO()
    page.save(packed, "TIFF", save_all=True, append_images=[page] * 12, compression="group4")
    with pytest.raises(TooLargeError, match="pages"):
        read(packed.getvalue(), limits=replace(_LIMITS, pages=10))


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_NEEDED", ("no_such_package_is_installed",))
    with pytest.raises(NianbaoError, match=r"nianbao\[ocr\]"):
        with_pictures(Limits())
