"""What a list names and gives no way to is told, whatever it is built of: the crawler is made blind on purpose."""

from __future__ import annotations

import pytest

from crawler.answer import Answer
from crawler.requests import request_for
from crawler.take_step import take_step

URL = "http://yunxi.gov.cn/nb/"
NAME = "云溪县{}年政府信息公开工作年度报告"
SHOWN = 3
ROWS = "".join(f"<li><a href='/nb/{year}.html'>{NAME.format(year)}</a></li>" for year in (2022, 2023, 2024))

UNREAD = {
    "tabs of an element of its own": "<x-tabs><x-tab k=4>2021年</x-tab><x-tab k=5>2020年</x-tab></x-tabs>",
    "tabs by an attribute of its own": "<div><span zz-k=4>2021年</span><span zz-k=5>2020年</span></div>",
    "options": "<select name=q zz-change=turn><option>2021<option>2020</select>",
    "rows by an attribute of its own": f"<p zz-id=4>{NAME.format(2021)}</p><p zz-id=5>{NAME.format(2020)}</p>",
    "rows whose function is elsewhere": f"<table><tr><td>{NAME.format(2021)}<td><a onclick='qq(4)'>查看</a></tr>"
    f"<tr><td>{NAME.format(2020)}<td><a onclick='qq(5)'>查看</a></tr></table>",
    "names in an element of its own": f"<x-row><b>{NAME.format(2021)}</b></x-row>"
    f"<x-row><b>{NAME.format(2020)}</b></x-row>",
    "a pager's element": "<x-pager><x-next to=2>下一页</x-next></x-pager>",
    "a pager's attribute": "<span zz-turn=2>下一页</span>",
    "a pager's cursor": "<span style='cursor:pointer'>加载更多</span>",
    "a pager's fields": "<script>var told = {totalPage: 3, currentPage: 1}</script>",
    "a pager's fields one by one": "<script>var p = new Own(); p.setPageCount(3); p.setCurrentPage(1)</script>",
    "a pager's link": "<a href='javascript:' zz-turn=2>下一页</a>",
}

WHOLE = {
    "nothing more": "",
    "a pager of one page": "<span>上一页</span><span class=cur>1</span><span>下一页</span>",
    "a pager's fields, of one page": "<script>var told = {totalPage: 1, currentPage: 1}</script>",
    "a listener for all": "<script>document.addEventListener('click', () => { location.href = '/login' })</script>",
    "the year that is shown": "<span class=on>2024年</span>",
    "years that links say": "<select name=y><option>2024<option>2023<option>2022</select>",
    "dates and a footer": "<span>2021-01-05</span><span>2020-01-05</span><p>版权所有 2019</p>",
    "rows with a way beside their names": f"<div><div>{NAME.format(2021)}</div><a href='/d?i=4'>查看</a></div>"
    f"<div><div>{NAME.format(2020)}</div><a href='/d?i=5'>查看</a></div>",
}


def reason(more: str) -> str:
    """Why a list of three reports with this below them is not all."""
    html = f"<title>政府信息公开年报</title><h1>政府信息公开年报</h1><ul>{ROWS}</ul>{more}"
    step = take_step(
        request_for(URL, "list", strong=True, depth=2),
        Answer(URL, 200, {"content-type": "text/html"}, html.encode()),
        2026,
    )
    assert step.account is not None
    assert step.account.seen >= SHOWN
    return step.account.reason


@pytest.mark.parametrize("more", UNREAD.values(), ids=UNREAD)
def test_what_is_offered_and_not_understood_is_told(more: str) -> None:
    assert reason(more) == "pages"


@pytest.mark.parametrize("more", WHOLE.values(), ids=WHOLE)
def test_a_whole_list_owes_nothing(more: str) -> None:
    assert reason(more) == ""


def test_an_empty_frame_owes_nothing_where_no_script_could_fill_it() -> None:
    html = "<html><body><p>请在左侧选择栏目。</p></body></html>"
    step = take_step(
        request_for(URL, "list", depth=2), Answer(URL, 200, {"content-type": "text/html"}, html.encode()), 2026
    )
    assert (step.outcome, step.account) == ("shell", None)
