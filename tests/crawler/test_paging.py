"""Where lists go on: the page's number as the one changing part of an address, ranges, marks, numbers in paths."""

from __future__ import annotations

import pytest

from crawler.counting import follows
from crawler.paging import Next, advance

SITE = "http://yunxi.gov.cn"


@pytest.mark.parametrize(
    ("origin", "address", "expected"),
    [
        ("/nb/", "/nb/index_1.html", True),
        ("/nb/index_1.html", "/nb/index_2.html", True),
        ("/nb/list.shtml", "/nb/list_2.shtml", True),
        ("/nb/?page=1", "/nb/?page=2", True),
        ("/nb/?c=7&page=2", "/nb/?page=3&c=7", True),
        ("/nb/", "/nb/?page=5", False),
        ("/nb/index_1.html", "/nb/index_3.html", False),
        ("/nb/", "/nb/2023/", False),
        ("/c/12.html", "/c/13.html", False),
        ("/nb/?page=1", "/nb/?c=8&page=2", False),
        ("/search?c=7", "/search?page=2&c=7&perpage=4&outlinepage=10", True),
        ("/search?c=7", "/search?page=2&c=7&sort=4", False),
    ],
)
def test_what_follows_differs_in_the_number_of_its_page(origin: str, address: str, *, expected: bool) -> None:
    assert follows(SITE + address, SITE + origin) is expected


TOTAL = {"data": {"total": 9}}


@pytest.mark.parametrize(
    ("asked", "data", "found", "expected"),
    [
        ("/list/7/1/4", TOTAL, 4, "/list/7/2/4"),
        ("/list/7/2/4", TOTAL, 4, "/list/7/3/4"),
        ("/list/7/3/4", TOTAL, 1, None),
        ("/list?from=0&to=4", TOTAL, 4, "/list?from=4&to=8"),
        ("/list?from=4&to=8", TOTAL, 4, "/list?from=8&to=9"),
        ("/list?startrow=1&endrow=4", TOTAL, 4, "/list?startrow=5&endrow=8"),
        ("/list?cid=7", {"nextCursor": "k4"}, 4, "/list?cid=7&cursor=k4"),
        ("/list?cid=7&cursor=k4", {"nextCursor": "k8"}, 4, "/list?cid=7&cursor=k8"),
        ("/list?cid=7&cursor=k8", {"nextCursor": None}, 1, None),
        ("/list?pn=0&rn=4", TOTAL, 4, "/list?pn=4&rn=4"),
        ("/list?pn=8&rn=4", TOTAL, 1, None),
        ("/list?pn=1&size=4", TOTAL, 4, "/list?pn=2&size=4"),
        ("/list?$skip=0&$top=4", TOTAL, 4, "/list?%24skip=4&%24top=4"),
    ],
)
def test_an_interface_goes_on(asked: str, data: object, found: int, expected: str | None) -> None:
    assert advance(SITE + asked, "", data, found) == (None if expected is None else Next(SITE + expected))
