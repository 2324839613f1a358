"""What pages say by their scripts: pagers, interfaces, records, clicks, jumps; one small page for each manner."""

from __future__ import annotations

import json
import resource
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler import script_process
from crawler.answer import Answer
from crawler.page import read_page
from crawler.requests import request_for
from crawler.step import Step
from crawler.take_step import take_step
from tests.web.pages import bodies, title

SITE = "http://yunxi.gov.cn"
COLUMN = request_for(f"{SITE}/zwgk/nb/index.html", "list", strong=True, depth=2)
BODY = bodies()[1]
ROWS = "".join(f"<li><a href='/c/{year}.html'>{title(BODY, year)}</a></li>" for year in (2023, 2022))
T2021 = title(BODY, 2021)


def _step(content: str, head: str = "政府信息公开年报") -> Step:
    html = f"<html><head><title>{head}</title></head><body><h2>{head}</h2>{content}</body></html>"
    return take_step(COLUMN, Answer(COLUMN.url, 200, {"content-type": "text/html"}, html.encode()), 2026)


def _leads(step: Step) -> set[str]:
    return {
        (lead.url + (f" {lead.form}" if lead.form else "")).removeprefix(SITE) for lead in step.leads if not lead.held
    }


def _onward(step: Step) -> set[str]:
    return {(lead.url + (f" {lead.form}" if lead.form else "")).removeprefix(SITE) for lead in step.onward}


MANNERS = tomllib.loads((Path(__file__).parent / "manners.toml").read_text(encoding="utf-8"))


def _manners(kind: str) -> list[Any]:
    return [pytest.param(case["page"], set(case["leads"]), id=case["manner"]) for case in MANNERS[kind]]


@pytest.mark.parametrize(("content", "expected"), _manners("pager"))
def test_a_list_goes_on(content: str, expected: set[str]) -> None:
    assert _onward(_step(f"<ul>{ROWS}</ul>{content}")) == expected


@pytest.mark.parametrize(("content", "expected"), _manners("interface"))
def test_an_interface_is_named(content: str, expected: set[str]) -> None:
    assert _leads(_step(f"<ul id='list'></ul>{content}")) == expected


@pytest.mark.parametrize(("content", "expected"), [*_manners("record"), *_manners("click")])
def test_records_in_scripts_and_what_a_click_opens(content: str, expected: set[str]) -> None:
    assert expected <= _leads(_step(content.replace("{title}", T2021)))


@pytest.mark.parametrize(("content", "expected"), _manners("jump"))
def test_a_page_that_sends_on(content: str, expected: set[str]) -> None:
    step = take_step(COLUMN, Answer(COLUMN.url, 200, {}, f"<html><title>x</title>{content}</html>".encode()), 2026)
    assert step.outcome == "moved"
    assert _leads(step) == expected


def test_the_page_says_what_its_records_lead_to() -> None:
    script = (
        "<script>$.getJSON('/api/list?page=1', function (d) { var h = ''; $.each(d.rows, function (i, o) {"
        " h += '<li><a href=\"/detail/' + o.id + '.html\">' + o.name + '</a></li>' }); $('#l').html(h) })</script>"
    )
    asked = _step(f"<ul id='l'></ul>{script}").leads
    assert [lead.kind for lead in asked] == ["api"]
    rows = [{"id": year, "name": title(BODY, year)} for year in (2021, 2022)]
    body = json.dumps({"total": 5, "rows": rows}).encode()
    step = take_step(asked[0], Answer(asked[0].url, 200, {"content-type": "application/json"}, body), 2026)
    assert _leads(step) == {"/detail/2021.html", "/detail/2022.html"}
    assert _onward(step) == {"/api/list?page=2"}
    assert step.account is not None
    assert (step.account.declared, step.account.seen) == (5, 2)


def test_a_script_that_never_ends_or_breaks_has_said_what_it_said() -> None:
    page = read_page(
        f"<script>var l = [{{title: '{T2021}', url: '/c/1.html'}}]; while (true) {{}}</script>", COLUMN.url
    )
    assert [link.url for link in page.links] == [f"{SITE}/c/1.html"]
    page = read_page(
        f"<script>broken(</script><script>document.write('<a href=\"/c/1.html\">{T2021}</a>')</script>", COLUMN.url
    )
    assert [link.url for link in page.links] == [f"{SITE}/c/1.html"]
    assert read_page("<script>var a = []; while (true) a.push('x'.repeat(1e6))</script>", COLUMN.url).links == ()


@pytest.mark.parametrize(
    "script",
    [
        "while (true) {}",
        "var a = []; while (true) a.push('x'.repeat(1e6))",
        "function f() { return f() + 1 } f()",
        "/^(a+)+$/.test('a'.repeat(40) + 'b')",
        "new Array(4294967295).indexOf(3)",
        "Array(2 ** 28).join('xx')",
        "new ArrayBuffer(4e9); new Uint8Array(3e9)",
    ],
    ids=["endless", "hungry", "deep", "expression", "inside a built-in", "long inside a built-in", "one piece"],
)
def test_a_script_costs_its_own_page_only(script: str) -> None:
    # What ran the scripts of former pages counts as soon as it ends: not among what this one costs.
    script_process.stop()
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    read_page(f"<script>{script}</script>", COLUMN.url)
    page = read_page(f"<script>document.write('<a href=\"/c/1.html\">{T2021}</a>')</script>", COLUMN.url)
    assert [link.url for link in page.links] == [f"{SITE}/c/1.html"]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 4, "processor time, of a process that ended"


def test_a_list_whose_scripts_came_to_no_end_says_so() -> None:
    step = _step(f"<ul>{ROWS}</ul><script>new Array(4294967295).indexOf(3)</script>")
    assert _leads(step) == {"/c/2023.html", "/c/2022.html"}
    assert step.account is not None
    assert step.account.reason == "pages"


def test_an_answer_that_is_too_large_to_be_carried_on_is_told() -> None:
    asks = "$.get('/rows/a', function (d) { $.get('/rows/' + d.then, function () {}); });"
    asked = next(lead for lead in _step(f"<script>{asks}</script>").leads if lead.kind == "api")
    said = {"then": "b", "rows": [{"title": T2021, "url": "/c/2021.html"}], "more": "x" * 1_000_000}
    step = take_step(
        asked, Answer(asked.url, 200, {"content-type": "application/json"}, json.dumps(said).encode()), 2026
    )
    assert "/rows/b" not in _leads(step)
    assert step.account is not None
    assert step.account.reason == "pages"


def test_a_page_may_call_its_own_as_the_sandbox_calls_its_parts() -> None:
    names = ("request", "element", "called", "anything", "run", "tell", "told", "note", "write", "grid", "hollow")
    own = "".join(f"function {name}() {{ return 1 }} " for name in names) + "var phase = 3, elements = 4, answers = 5; "
    script = f"{own} $.get('/rows?page=1', run); document.write('<a href=\"/c/1.html\">{T2021}</a>')"
    page = read_page(f"<ul id='l'></ul><script>{script}</script>", COLUMN.url)
    assert [link.url for link in page.links] == [f"{SITE}/c/1.html"]
    assert [one.url for one in page.asked] == [f"{SITE}/rows?page=1"]


def test_a_cookie_that_a_script_would_set_is_a_gate() -> None:
    content = "<script>document.cookie = 'k=' + 1; location.reload()</script>"
    step = take_step(COLUMN, Answer(COLUMN.url, 200, {}, f"<html>{content}</html>".encode()), 2026)
    assert step.outcome == "gate"
    assert step.account is not None
    assert step.account.reason == "gate"


@pytest.mark.parametrize(
    "said",
    [
        "<b>共 30 条</b>",
        "<script>$('#p').pager({total: 30, pageSize: 10, pageIndex: 0})</script>",
        "<script>new Turner('#p', {count: '30', limit: '10'})</script>",
    ],
)
def test_a_list_that_is_longer_than_what_it_shows_owes_pages(said: str) -> None:
    step = _step(f"<ul>{ROWS}</ul>{said}")
    assert step.account is not None
    assert step.account.reason == "pages"
    asked = _step(f"<ul>{ROWS}</ul>{said}<script src='/js/own.js'></script>")
    assert [lead.url for lead in asked.leads if lead.kind == "script"] == [f"{SITE}/js/own.js"]


def test_a_file_is_read_for_each_page_that_needs_it() -> None:
    page = "<html><title>政府信息公开年报</title><ul id='l'></ul><script src='/js/fill.js'></script></html>".encode()
    columns = [request_for(f"{SITE}/{name}/", "list", strong=True) for name in "ab"]
    asked = [take_step(column, Answer(column.url, 200, {}, page), 2026).leads for column in columns]
    assert [[lead.url for lead in leads] for leads in asked] == 2 * [[f"{SITE}/js/fill.js"]]
    assert asked[0][0].key != asked[1][0].key


def test_a_file_that_calls_what_stands_elsewhere_asks_for_the_next() -> None:
    files = "<script src='/js/common.js'></script><script src='/js/list.js'></script>"
    first = next(lead for lead in _step(f"<ul id='l'></ul>{files}").leads if lead.kind == "script")
    assert first.url == f"{SITE}/js/list.js"
    step = take_step(first, Answer(first.url, 200, {}, b"$.getJSON('/rows?c=' + ours('c'), draw)"), 2026)
    assert [lead.url for lead in step.leads] == [f"{SITE}/js/common.js"]
    last = take_step(step.leads[0], Answer(step.leads[0].url, 200, {}, b"function ours() { return 7 }"), 2026)
    assert [(lead.kind, lead.url) for lead in last.leads] == [("api", f"{SITE}/rows?c=7")]


def test_a_report_without_its_text_asks_the_files_of_its_page_for_it() -> None:
    report = request_for(f"{SITE}/detail.html?doc=7", "report", hint=T2021, strong=True)
    page = "<html><title>详情</title><div id='d'></div><script src='/js/detail.js'></script></html>".encode()
    (asked,) = take_step(report, Answer(report.url, 200, {}, page), 2026).leads
    code = b"$.get('/data/' + location.search.slice(1) + '.json', function (r) { $('#d').html(r.text) })"
    step = take_step(asked, Answer(asked.url, 200, {}, code), 2026)
    assert [(lead.kind, lead.url, lead.hint) for lead in step.leads] == [("article", f"{SITE}/data/doc=7.json", T2021)]
    silent = take_step(asked, Answer(asked.url, 200, {}, b"var nothing = 1"), 2026)
    assert (silent.outcome, silent.suspect, silent.about) == ("shell", True, report.url)


def test_an_answer_that_names_the_column_and_no_way_to_it_is_told() -> None:
    asked = next(lead for lead in _step("<script>$.getJSON('/columns', draw)</script>").leads if lead.kind == "api")
    said = {"data": [{"columnId": 1, "columnName": "机构职能"}, {"columnId": 2, "columnName": "政府信息公开年报"}]}
    answer = Answer(asked.url, 200, {"content-type": "application/json"}, json.dumps(said).encode())
    account = take_step(asked, answer, 2026).account
    assert account is not None
    assert account.reason == "interface"


def test_a_grid_s_own_words_owe_no_records() -> None:
    grid = "{serverSide: true, ajax: {url: '/rows'}, language: {url: '/js/zh.json'}}"
    leads = _step(f"<table id='t'></table><script>$('#t').DataTable({grid})</script>").leads
    words = next(lead for lead in leads if lead.url.endswith("zh.json"))
    answer = Answer(words.url, 200, {"content-type": "application/json"}, b'{"paginate": {"next": "x"}}')
    assert take_step(words, answer, 2026).account is None
