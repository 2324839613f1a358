"""Which reader a payload gets, and what is refused with which sentence."""

from __future__ import annotations

import gzip
import json
from html import escape

import pytest

from corpus.blocks import Grid, Heading, Paragraph
from corpus.errors import NoTextError, TooLargeError, UnreadableError, UnsupportedError
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from tests.accuracy.formats.archives import zipped

PAGE = (
    "<html><head><title>云溪县2024年报告</title></head><body><h1>云溪县2024年报告</h1><p>一、总体情况</p>"
    "<p>本县全年公开各类信息，办理申请，回应关切。</p>"
    "<table><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>&nbsp;</td></tr></table></body></html>"
)


def compound(stream: str, sector: bytes = b"") -> bytes:
    """The beginning of a compound file that has a stream of this name."""
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return magic.ljust(512, b"\1") + sector.ljust(512, b"\1") + stream.encode("utf-16-le") + bytes(64)


def texts(payload: bytes, name: str = "") -> list[str]:
    return [block.text for block in read(payload, name=name).blocks if not isinstance(block, Grid)]


def grids(payload: bytes, name: str = "") -> list[list[list[str]]]:
    blocks = read(payload, name=name).blocks
    return [[[cell.raw for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)]


@pytest.mark.parametrize("name", ["report.html", "report.doc", "report.xls", ""])
def test_a_page_is_a_page_whatever_its_name(name: str) -> None:
    assert read(PAGE.encode(), name=name).blocks[0] == Heading("云溪县2024年报告", 1)
    assert grids(PAGE.encode(), name) == [[["规章", "3"], ["规范性文件", "\xa0"]]]


@pytest.mark.parametrize(
    ("payload", "error", "words"),
    [
        (b" \n ", UnreadableError, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), NoTextError, "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), NoTextError, "picture"),
        (zipped({"OFD.xml": b"<ofd/>"}), UnsupportedError, "OFD"),
        (zipped({"ppt/presentation.xml": b"<p/>"}), UnsupportedError, "PowerPoint"),
        (b"MZ\x90\x00" + bytes(50), UnsupportedError, "program"),
        (b"\0\0\0\x20ftypmp42" + bytes(50), UnsupportedError, "film"),
        (compound("PowerPoint Document"), UnsupportedError, "PowerPoint"),
        (compound("__properties_version1.0"), UnsupportedError, "Outlook"),
        (compound("EncryptedPackage"), UnreadableError, "password"),
        (compound("WordDocument", b"\xec\xa5" + bytes(8) + b"\x00\x01"), UnreadableError, "password"),
        (compound("Workbook"), UnreadableError, "damaged"),
        (b"\x1f\x8b\x08\x00 no gzip", UnreadableError, "damaged"),
        (b"BZh9 no bzip2", UnreadableError, "damaged"),
        (gzip.compress(bytes(70 * 1024 * 1024)), TooLargeError, "unpacks"),
        (b"<pkg:package xmlns:pkg='p'><pkg:part", UnreadableError, "damaged"),
        (b"PK\x03\x04 no archive at all", UnreadableError, "damaged"),
        (b"%PDF-1.7\nno document at all", UnreadableError, "damaged"),
        (bytes(range(256)) * 40, UnreadableError, "no text"),
        (b"x" * (9 * 1024 * 1024), TooLargeError, "limit"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    payload: bytes, error: type[UnreadableError], words: str
) -> None:
    with pytest.raises(error, match=words) as refused:
        read(payload)
    assert "\n" not in str(refused.value)


def test_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(TooLargeError, match="tags"):
        read(b"<p>" * 50 + b"x", name="a.html", limits=Limits(tags=49))


def test_elements_nested_too_deep_are_refused() -> None:
    with pytest.raises(TooLargeError, match="nests"):
        read(b"<html><body>" + b"<div>" * 5_000 + b"x", name="a.html")


def test_elements_left_open_are_read() -> None:
    page = "<html><body>" + "<font>" * 400 + "<p>一、总体情况</p>" + "<table><tr><td>规章<td>3</table>"
    assert texts(page.encode()) == ["一、总体情况"]
    assert grids(page.encode()) == [[["规章", "3"]]]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", ""])
def test_a_page_is_decoded_before_it_is_parsed(declared: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("县", "镕县")
    assert "云溪镕县2024年报告" in texts(page.encode("gb18030"))


@pytest.mark.parametrize("ascii_only", [True, False])
def test_an_article_in_json_is_a_page(ascii_only: bool) -> None:  # noqa: FBT001 - a parameter of the test
    content = PAGE.partition("<body>")[2] + "<p>为测试而写的一段话。</p>" * 20
    answer = {"code": 0, "data": [{"title": "云溪县2024年报告", "publishedTime": "2025-01-20", "content": content}]}
    read_answer = read(json.dumps(answer, ensure_ascii=ascii_only).encode())
    assert read_answer.metadata["articletitle"] == "云溪县2024年报告"
    assert read_answer.metadata["pubdate"] == "2025-01-20"
    assert any(isinstance(block, Grid) for block in read_answer.blocks)


@pytest.mark.parametrize("handed", ["{}", "show({});", "jQuery1_2.back( {} )", "var page = {};"])
def test_an_answer_handed_to_a_script_is_read_as_one(handed: str) -> None:
    content = PAGE.partition("<body>")[2] + "<p>为测试而写的一段话。</p>" * 20
    answer = json.dumps({"title": "云溪县2024年报告", "content": content}, ensure_ascii=False)
    assert read(handed.replace("{}", answer).encode()).metadata["articletitle"] == "云溪县2024年报告"


def test_a_script_alone_gives_its_article_and_nothing_of_itself() -> None:
    article = PAGE.partition("<body>")[2].partition("</body>")[0] + "<p>为测试而写的一段话。</p>" * 20
    script = f'// 字典\nlet menu = [{{"id": "1", "name": "云溪县"}}]\nlet content = {json.dumps(article)}\n'
    blocks = read(script.encode(), name="detail.js").blocks
    assert blocks[-1] == Paragraph("为测试而写的一段话。")
    assert Paragraph("一、总体情况") in blocks


CARRIERS = {
    "loose": "<script>var a = {loose}; show(a)</script>",
    "string": "<script>var a = {json}; show(a)</script>",
    "handed": "<script>window.page={{'x': 1, html: {json}}};</script>",
    "written": "<script>document.write({json});</script>",
    "data": "<script type='application/json'>{{\"content\": {json}}}</script>",
    "part": "<script type='text/html'>{article}</script>",
    "template": "<template id='a'>{article}</template>",
    "noscript": "<noscript>{article}</noscript>",
    "textarea": "<textarea style='display:none'>{quoted}</textarea>",
    "field": '<input type="hidden" value="{quoted}">',
    "attribute": "<div data-html='{quoted}'></div>",
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_an_article_that_a_page_only_carries_stands_where_it_is_carried(carrier: str) -> None:
    article = PAGE.partition("<body>")[2].partition("</body>")[0] + '<p class="text">为测试而写的一段话。</p>' * 40
    carried = CARRIERS[carrier].format(
        loose=json.dumps(article),
        json=json.dumps(article).replace("</", "<\\/"),
        article=article,
        quoted=escape(article),
    )
    page = f"<html><head><title>年报</title></head><body><h1>云溪县</h1>{carried}<div>版权所有</div></body></html>"
    content = read(page.encode())
    blocks = content.blocks
    assert content.title == "年报"
    assert blocks.index(Heading("云溪县", 1)) < blocks.index(Paragraph("一、总体情况"))
    assert sum(isinstance(block, Grid) for block in blocks) == 1


def test_a_page_that_shows_its_table_shows_all_that_it_means_to() -> None:
    rows = "".join(f"<tr><td>第{at}项</td><td>{at}</td></tr>" for at in range(60))
    carried = f"<template><p>{'为测试而写的一段话。' * 40}</p><table>{rows.replace('项', '样')}</table></template>"
    [grid] = read(f"<html><body>{carried}<table>{rows}</table></body></html>".encode()).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[1][0].raw == "第1项"


@pytest.mark.parametrize("opened", ["", " open"])
def test_what_a_page_folds_away_is_read_but_for_a_remark_in_a_cell(opened: str) -> None:
    cell = f"5<details{opened}><summary></summary>7</details>"
    page = f"<details{opened}><summary>表格</summary><table><tr><td>规章</td><td>{cell}</td></tr></table></details>"
    [name, grid] = read(f"<html><body>{page}</body></html>".encode()).blocks
    assert name == Paragraph("表格")
    assert isinstance(grid, Grid)
    assert ("7" in grid.rows[0][1].raw) == bool(opened)


@pytest.mark.parametrize("quoted", [True, False])
def test_a_record_in_xml_is_a_page(quoted: bool) -> None:  # noqa: FBT001 - a parameter of the test
    article = PAGE.partition("<body>")[2].partition("</body>")[0] + "<p>为测试而写的一段话。</p>" * 20
    held = escape(article) if quoted else f"<![CDATA[{article}]]>"
    feed = (
        '<?xml version="1.0" encoding="gb2312"?><rss><channel><title>云溪县</title>'
        "<item><title>云溪县2024年报告</title>"
        f"<dc:author>云溪县财政局</dc:author><description>{held}</description><l:/></item></channel></rss>"
    )
    content = read(feed.encode("gb18030"))
    assert content.metadata["articletitle"] == "云溪县2024年报告"
    assert content.metadata["contentsource"] == "云溪县财政局"
    assert Paragraph("一、总体情况") in content.blocks


def test_a_picture_in_a_heading_says_what_stands_for_it() -> None:
    page = "<h1><img src='a.png' alt='云溪县2024年报告'></h1><h2>总体<img alt='图标'></h2><p>平稳。</p>"
    assert read(page.encode()).blocks[:2] == (Heading("云溪县2024年报告", 1), Heading("总体", 2))


def test_script_and_style_are_no_text_of_a_cell() -> None:
    page = "<table><tr><td>规章<style>p{}</style></td><td><script>var a = 5</script>3<!-- 4 --></td></tr></table>"
    assert grids(page.encode()) == [[["规章", "3"]]]
