"""Which addresses are one, and where a crawl may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import absolute, allowed, house, key, private, trap

SAME = (
    ("http://www.yunxi.gov.cn/zwgk/index.html", "https://yunxi.gov.cn/zwgk/"),
    ("http://yunxi.gov.cn/a.jsp;jsessionid=1F?b=2&a=1", "http://yunxi.gov.cn/a.jsp?a=1&b=2&sort=date"),
    ("http://yunxi.gov.cn/a/./b/../c.html", "http://yunxi.gov.cn/a/c.html"),
    ("http://yunxi.gov.cn:80/x?_=173", "https://yunxi.gov.cn/x"),
)
OTHER = (
    ("http://yunxi.gov.cn/a/index_1.html", "http://yunxi.gov.cn/a/"),
    ("http://yunxi.gov.cn/a?year=2021", "http://yunxi.gov.cn/a?year=2022"),
    ("http://yunxi.gov.cn:8080/", "http://yunxi.gov.cn/"),
    ("http://yunxi.gov.cn/nb", "http://yunxi.gov.cn/nb/"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_page_has_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_an_address_is_asked_for_as_it_is_written() -> None:
    assert absolute("x.do?m=show&id=18&", "http://yunxi.gov.cn/a/") == "http://yunxi.gov.cn/a/x.do?m=show&id=18&"
    assert absolute("x.do?id=18&jsessionid=1F", "http://yunxi.gov.cn/a/") == "http://yunxi.gov.cn/a/x.do?id=18"


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_pages_have_two(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_path_behind_the_mark_is_a_page_and_another_mark_a_place_in_one() -> None:
    home = "http://yunxi.gov.cn/"
    one, other = absolute("#/list/7", home), absolute("/#/list/8", home)
    assert one == "http://yunxi.gov.cn/#/list/7"
    assert other is not None
    assert len({key(home), key(one), key(other)}) == 3
    assert key(home) == key("http://yunxi.gov.cn/#/") == key("http://yunxi.gov.cn/#top")
    assert absolute("#top", home) is None


def test_a_postback_that_sends_only_a_state_is_a_page_of_its_own() -> None:
    onward = "__EVENTTARGET=ctl00%24next&__VIEWSTATE="
    assert key("http://yunxi.gov.cn/l.aspx", onward + "a") != key("http://yunxi.gov.cn/l.aspx", onward + "b")
    second = "__EVENTTARGET=pager&__EVENTARGUMENT=2&__VIEWSTATE="
    assert key("http://yunxi.gov.cn/l.aspx", second + "a") == key("http://yunxi.gov.cn/l.aspx", second + "b")


@given(st.text(max_size=60))
def test_any_text_in_a_link_is_an_address_or_none(text: str) -> None:
    found = absolute(text, "http://www.yunxi.gov.cn/a/b.html")
    if found is not None:
        assert found.startswith(("http://", "https://"))
        assert absolute(found, "http://other/") == found
        assert key(found)


@pytest.mark.parametrize("text", ["javascript:void(0)", "mailto:a@b.cn", "#top", "", "http://[", "tel:110"])
def test_what_is_no_address(text: str) -> None:
    assert absolute(text, "http://www.yunxi.gov.cn/") is None


def test_a_crawl_stays_on_its_hosts() -> None:
    hosts = ("yunxi.gov.cn", ".shili.gov.cn", "10.1.2.3:8080")
    for url in (
        "https://www.yunxi.gov.cn/x",
        "http://yunxi.gov.cn/",
        "http://czj.shili.gov.cn/",
        "http://10.1.2.3:8080/",
    ):
        assert allowed(url, hosts)
    for url in (
        "http://czj.yunxi.gov.cn/",
        "http://yunxi.gov.cn.bet.cc/",
        "http://evilshili.gov.cn/",
        "http://10.1.2.3:9/",
    ):
        assert not allowed(url, hosts)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "10.0.0.8", "192.168.1.1", "[::1]", "169.254.1.1", "intranet", "2130706433"],
)
def test_private_hosts(host: str) -> None:
    assert private(host)


@pytest.mark.parametrize("host", ["www.yunxi.gov.cn", "122.137.242.24"])
def test_public_hosts(host: str) -> None:
    assert not private(host)


def test_houses_and_traps() -> None:
    assert house("https://www.yunxi.gov.cn:443/a") == house("http://yunxi.gov.cn/b") == "yunxi.gov.cn"
    assert trap("http://yunxi.gov.cn/nb/nb/nb/nb/")
    assert trap("http://yunxi.gov.cn/nb?y=2020&y=2021&y=2022&y=2023")
    assert not trap("http://yunxi.gov.cn/xxgk/nb/2021n/bm/1.html")
