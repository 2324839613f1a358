"""Archives: the report they hold, bombs refused, other programs missing."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest

from corpus.blocks import Grid
from corpus.errors import TooLargeError, UnreadableError, UnsupportedError
from corpus.extraction.archive import report_among
from corpus.readers.formats import read
from corpus.readers.libreoffice import converter
from corpus.readers.limits import Limits
from tests.accuracy.formats.archives import stored_rar, zip_file, zipped
from tests.accuracy.formats.office import converted, docx_file
from tests.accuracy.harness import papers

PAGE = "<html><body><h1>云溪县2024年度报告</h1><p>一、总体情况</p><p>全年公开信息。</p></body></html>".encode()


def test_a_narrative_and_a_table_apart_are_one_report() -> None:
    content = report_among(read(zip_file(papers(1)[-1])))
    assert any(isinstance(block, Grid) and len(block.rows) > 20 for block in content.blocks)
    assert any(not isinstance(block, Grid) and "年" in block.text for block in content.blocks)
    assert not content.warnings


def test_a_table_keeps_its_rows_of_blanks() -> None:
    rows = [
        "信息内容,件数",
        "规章,1",
        "行政许可,",
        "行政处罚,3",
        "",
        "行政强制",
        "",
        "行政征收,4",
        "行政给付,5",
        "行政确认,6",
    ]
    words = "云溪县2024年度报告\n一、总体情况\n全年公开信息三百条，按时答复申请。\n" * 3
    content = report_among(read(zipped({"年度报告.txt": words.encode(), "附表.csv": "\n".join(rows).encode()})))
    cells = [cell.raw for block in content.blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    assert [raw for raw in cells if raw.startswith("行政")] == [
        row.split(",")[0] for row in rows if row.startswith("行政")
    ]
    assert "行政强制" not in [block.text for block in content.blocks if not isinstance(block, Grid)]


def test_the_report_is_found_among_other_files_and_the_others_are_named() -> None:
    members = {"__MACOSX/._a": b"x", "说明.txt": b"short", "2024年度报告.html": PAGE, "a.png": b"\x89PNG"}
    content = report_among(read(zipped(members)))
    assert next(block.text for block in content.blocks if not isinstance(block, Grid)) == "云溪县2024年度报告"
    assert "说明.txt" in str(content.warnings[0].values["files"])


def test_names_in_gb18030_are_shown_as_written() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        info = zipfile.ZipInfo("x" * 12)
        archive.writestr(info, b"\x89PNG")
    payload = output.getvalue().replace(b"x" * 12, "年报.png".encode("gb18030").ljust(12, b"_"))
    with pytest.raises(UnreadableError, match=r"年报\.png"):
        read(payload)


def test_a_bomb_is_refused() -> None:
    with pytest.raises(TooLargeError, match="unpacks"):
        read(zipped({"a.txt": bytes(80 * 1024 * 1024)}))


def test_too_many_files_are_refused() -> None:
    with pytest.raises(TooLargeError, match="files"):
        read(zipped({f"{number}.txt": b"x" for number in range(20)}), limits=Limits(members=19))


def test_archives_inside_archives_are_refused_beyond_two() -> None:
    payload = zipped({"a.html": PAGE})
    assert report_among(read(zipped({"a.zip": payload}))).blocks
    with pytest.raises(TooLargeError, match="inside archives"):
        read(zipped({"c.zip": zipped({"b.zip": payload})}))


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    payload = bytearray(zipped({"a.html": PAGE * 50}))
    central = payload.rfind(b"PK\x01\x02")
    payload[central + 24 : central + 28] = (len(PAGE)).to_bytes(4, "little")
    with pytest.raises(UnreadableError, match="damaged"):
        read(bytes(payload))


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="bsdtar is not installed here")
def test_a_rar_is_read_through_bsdtar() -> None:
    assert report_among(read(stored_rar({"2024年度报告.html": PAGE}))).blocks == read(PAGE).blocks
    with pytest.raises(UnreadableError, match="damaged"):
        read(b"Rar!\x1a\x07\x00 no archive at all")
    with pytest.raises(TooLargeError, match="unpacks"):
        read(stored_rar({"a.html": PAGE}), limits=Limits(unpacked=500))


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="bsdtar is not installed here")
def test_a_word_file_stored_in_a_rar_is_not_taken_for_the_archive() -> None:
    original = docx_file(papers(1)[-1])
    assert report_among(read(stored_rar({"年度报告.docx": original}))).blocks == read(original).blocks


def test_without_the_other_program_the_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnsupportedError, match="bsdtar"):
        read(stored_rar({"a.html": PAGE}))
    with pytest.raises(UnsupportedError, match=r"\.wps file .* LibreOffice"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), name="年报.wps")


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed here")
def test_a_binary_word_file_is_read_through_libreoffice() -> None:
    original = docx_file(papers(1)[-1])
    (payload,) = converted([original], "doc")
    assert _raws(payload, "年报.wps") == _raws(original, "年报.docx")


def _raws(payload: bytes, name: str) -> list[str]:
    grids = [block for block in read(payload, name=name).blocks if isinstance(block, Grid)]
    return [cell.raw for grid in grids for row in grid.rows for cell in row if cell.raw]
