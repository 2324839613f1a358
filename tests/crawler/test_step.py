"""The crawl step without a network: an answer to a request gives an outcome, what to keep and what to ask for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from crawler.answer import Answer
from crawler.requests import probe_request, request_for
from crawler.take_step import take_step
from tests.web.pages import bodies, list_page, report_page, title

SITE = "http://yunxi.gov.cn"
LIST = request_for(f"{SITE}/zwgk/nb/", "list", strong=True, depth=2)
YEAR = 2026


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (304, "unchanged"),
        (404, "gone"),
        (410, "gone"),
        (403, "blocked"),
        (412, "blocked"),
        (503, "retry"),
        (418, "blocked"),
    ],
)
def test_a_status_alone_says_much(status: int, outcome: str) -> None:
    step = take_step(LIST, Answer(LIST.url, status), YEAR)
    assert step.outcome == outcome
    assert not step.leads
    assert not step.keep


def test_a_report_is_kept_and_its_list_guessed() -> None:
    url = f"{SITE}/zfxxgk/zfxxgknb/202301/t20230118_17.shtml"
    body = report_page(bodies()[1], 2022).encode()
    step = take_step(request_for(url, "list", depth=0), Answer(url, 200, {"content-type": "text/html"}, body), YEAR)
    assert (step.outcome, step.keep, step.fertile) == ("kept", "text/html", True)
    assert [guess.url for guess in step.guesses] == [f"{SITE}/zfxxgk/zfxxgknb/"]


def test_a_list_leads_to_its_reports_and_onward() -> None:
    rows = [(f"{year}.html", title(bodies()[1], year)) for year in (2021, 2022)]
    html = list_page("政府信息公开年报", rows, after="<a href='index_1.html'>下一页</a>")
    step = take_step(LIST, Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert step.outcome == "listed"
    assert {lead.url for lead in step.leads} == {f"{LIST.url}2021.html", f"{LIST.url}2022.html"}
    assert [(lead.url, lead.depth) for lead in step.onward] == [(f"{LIST.url}index_1.html", LIST.depth)]
    assert step.fertile
    assert all(lead.referrer == LIST.url for lead in step.leads)


def test_an_index_of_site_maps_leads_to_its_maps_though_it_shows_nothing_else() -> None:
    maps = [f"{SITE}/sm{number}.xml.gz" for number in (1, 2)]
    places = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in maps)
    text = f"<?xml version='1.0'?><sitemapindex>{places}</sitemapindex>"
    asked = request_for(f"{SITE}/sitemap_index.xml", "list", depth=1)
    step = take_step(asked, Answer(asked.url, 200, {"content-type": "text/xml"}, text.encode()), YEAR)
    assert [lead.url for lead in (*step.leads, *step.onward)] == maps


def test_a_list_goes_on_though_its_first_part_shows_nothing_and_ends_behind_its_last() -> None:
    html = list_page("政府信息公开年报", [], after="<a href='index_1.html'>下一页</a>")
    answer = Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode())
    assert take_step(LIST, answer, YEAR).onward
    assert not take_step(replace(LIST, kind="next"), answer, YEAR).onward


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ("<p>第1/3页 <a onclick='unknown(this)'>后面</a></p>", "pages"),
        ("<p>共 3 页</p>", "pages"),
        ("<p>第1/1页 共1页</p>", ""),
        ("<p>第1/3页 <a href='index_1.html'>下一页</a></p>", ""),
        ("<p><a href='javascript:;' class='go'>下一页</a></p>", "pages"),
        ("<p><button type='button'>加载更多</button></p>", "pages"),
        ("<p><a href='#' class='go disabled'>下一页</a></p>", ""),
    ],
)
def test_a_list_that_names_pages_which_nothing_leads_to_is_unfinished(after: str, reason: str) -> None:
    rows = [(f"{year}.html", title(bodies()[1], year)) for year in (2021, 2022)]
    html = list_page("政府信息公开年报", rows, after=after)
    step = take_step(LIST, Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert step.account is not None
    assert step.account.reason == reason


@pytest.mark.parametrize("said", ["total='9' size='2'", "data-total-count='9' data-page-size='2'"])
def test_a_pager_of_the_sites_own_says_how_much_there_is(said: str) -> None:
    rows = [(f"{year}.html", title(bodies()[1], year)) for year in (2021, 2022)]
    html = list_page("政府信息公开年报", rows, after=f"<our-pager {said}></our-pager><p total='9'>9</p>")
    step = take_step(LIST, Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert step.account is not None
    assert (step.account.declared, step.account.seen) == (9, 2)


@pytest.mark.parametrize("said", ["共9条", "已显示 2 条，全部 9 条"])
def test_a_list_is_held_to_its_own_word_on_its_length(said: str) -> None:
    rows = [(f"{year}.html", title(bodies()[1], year)) for year in (2021, 2022)]
    html = list_page("政府信息公开年报", rows, after=f"<p>{said}</p>")
    step = take_step(LIST, Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert step.account is not None
    assert (step.account.declared, step.account.seen) == (9, 2)


def test_a_report_shown_for_a_choice_leads_to_what_other_choices_show() -> None:
    url = f"{SITE}/report.jsp?area=17"
    menu = [(f"?area={17 + n}&year=2022", body) for n, body in enumerate(bodies()[:2])]
    menu += [("?area=17&year=2021", "2021年"), ("?print=1", "2020年"), ("/other.jsp?area=17", "2019年")]
    links = "".join(f"<li><a href='{address}'>{text}</a></li>" for address, text in menu)
    html = report_page(bodies()[0], 2022).replace("</body>", f"<ul class='left-menu'>{links}</ul></body>")
    step = take_step(request_for(url, "list"), Answer(url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert step.outcome == "kept"
    led = {lead.url.rpartition("/")[2] for lead in step.leads if "area=" in lead.url or "print" in lead.url}
    assert led == {f"report.jsp{address}" for address, _ in menu[:3]}


def test_an_answers_addresses_are_those_of_the_page_that_asked() -> None:
    scene = {"url": LIST.url, "scripts": [], "files": [], "elements": [], "handlers": []}
    url, context = f"{SITE}/api/v1/list", json.dumps({"scene": scene, "ask": "list"})
    answer = json.dumps([{"title": title(bodies()[1], 2021), "url": "./c/2021.html"}]).encode()
    request = replace(request_for(url, "api", strong=True), context=context)
    step = take_step(request, Answer(url, 200, {"content-type": "application/json"}, answer), YEAR)
    assert [lead.url for lead in step.leads] == [f"{LIST.url}c/2021.html"]


def test_a_page_that_only_sends_on_gives_its_place_to_another() -> None:
    html = "<html><head><meta http-equiv='refresh' content='0; url=/new/'></head></html>"
    step = take_step(LIST, Answer(LIST.url, 200, {}, html.encode()), YEAR)
    assert step.outcome == "moved"
    assert [(lead.url, lead.strong) for lead in step.leads] == [(f"{SITE}/new/", True)]


@pytest.mark.parametrize("said", ["对不起，您访问的信息已不存在！", "该文章已经不存在", "抱歉，栏目不存在。"])
def test_a_page_that_says_that_it_is_not_there_is_gone_whatever_it_calls_itself(said: str) -> None:
    html = f"<html><title>提示</title><body><center>{said}</center></body></html>"
    assert take_step(LIST, Answer(LIST.url, 200, {}, html.encode()), YEAR).outcome == "gone"


def test_a_page_that_is_neither_report_nor_list_is_held_against_one_that_is_nowhere() -> None:
    asked = request_for(f"{SITE}/zwgk/nb/2016.html", "report", strong=True, depth=3, hint=title(bodies()[1], 2016))
    nowhere = "<html><title>提示</title><body><p>您来晚了，它搬走了 %s</p><a href='/'>回首页</a></body></html>"
    one = take_step(asked, Answer(asked.url, 200, {}, (nowhere % 11).encode()), YEAR)
    probe = take_step(probe_request(asked), Answer(probe_request(asked).url, 200, {}, (nowhere % 12).encode()), YEAR)
    assert (one.outcome, one.suspect, probe.outcome) == ("hollow", True, "probe")
    assert one.shape == probe.shape
    assert probe_request(asked).url.startswith(f"{SITE}/nianbao-")


def test_a_few_reports_with_their_first_lines_are_a_list_though_it_is_called_as_one() -> None:
    cards = "".join(
        f"<article><h2><a href='/?p={year}'>{title(bodies()[1], year)}</a></h2><p>根据条例和上级机关关于编制的要求，"
        "现将本机关这一年的情况向社会公布，所列数据的统计期限自一月一日起至十二月三十一日止……</p></article>"
        for year in (2021, 2022, 2023)
    )
    html = f"<html><title>乡镇信息公开年报</title><body><h1>乡镇信息公开年报</h1>{cards}</body></html>"
    step = take_step(LIST, Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert (step.outcome, len(step.leads)) == ("listed", 3)


def test_a_column_under_a_logo_is_no_picture_and_asks_the_files_of_its_scripts() -> None:
    logo = "<div id='top'><a href='/'><img src='/images/top.png' alt='云溪县人民政府'></a></div>"
    body = f"{logo}<ul id='l'></ul><script src='/js/own.js'></script>"
    html = f"<html><title>政府信息公开年报</title><body>{body}</body></html>"
    column = replace(LIST, hint="政府信息公开年报")
    step = take_step(column, Answer(LIST.url, 200, {"content-type": "text/html"}, html.encode()), YEAR)
    assert [(lead.kind, lead.url) for lead in step.leads] == [("script", f"{SITE}/js/own.js")]
