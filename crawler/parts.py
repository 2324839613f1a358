"""Reports that a site prints over several of its pages: which links of an article lead to its own other pages.

::

    /t20230118_17.html      the article           1 [2] [3] 下一页
    /t20230118_17_1.html    its second page       its address begins with the article's
    /t20230118_17/2.html    or lies in a folder called as it is
    /show.jsp?id=5&page=2   or differs from it in the page's number only
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from corpus.text import fold
from crawler.counting import names
from crawler.links import is_onward
from crawler.page import Page
from crawler.pagers import pagers

MOST_PARTS = 60


def parts_of(page: Page, first: str) -> dict[str, int]:
    """The addresses of an article's other pages, with their numbers; ``first`` is the article's own address."""
    found: dict[str, int] = {}
    for link in page.links:
        text = fold(link.text)
        if not link.form and (link.onward or is_onward(text)) and (number := part_number(first, link.url)) is not None:
            found[link.url] = number
    for following in pagers(page):
        number = part_number(first, following.url)
        if number is not None and not following.form:
            found[following.url] = number
    return dict(sorted(found.items(), key=lambda pair: pair[1])[:MOST_PARTS])


def part_number(first: str, url: str) -> int | None:
    """Which page of an article an address is, by what its address adds to the article's; None for another article."""
    one, other = urlsplit(first), urlsplit(url)
    if one.netloc != other.netloc:
        return None
    stem, _, ending = one.path.rpartition(".")
    if stem and one.query == other.query and other.path.endswith(f".{ending}"):
        added = other.path.removesuffix(f".{ending}").removeprefix(stem)
        match = re.fullmatch(r"[_\-/](\d{1,2})", added)
        return int(match.group(1)) if match else None
    return _number_in_query(one.query, other.query) if one.path == other.path else None


def _number_in_query(first: str, query: str) -> int | None:
    """The page that a query asks for; None for the article's own, and where more than the page tells the two apart."""
    base, shown = _without_page(first)
    rest, numbers = _without_page(query)
    number = next(filter(str.isdigit, numbers), "1")
    return int(number) if rest == base and number not in {*shown[:1], "1", "0"} else None


def _without_page(query: str) -> tuple[dict[str, str], list[str]]:
    """The fields of a query without those that name its page, and what these say."""
    fields = dict(parse_qsl(query))
    pages = [name for name in fields if names().page.match(name)]
    return {name: value for name, value in fields.items() if name not in pages}, [fields[name] for name in pages]
