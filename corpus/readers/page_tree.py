"""The text of a web page → its tree.

A sound page is read by lxml itself: a tree of BeautifulSoup's over it takes longer to build than all the rest.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from lxml import etree

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
MARKUP = re.compile(rf"{_COMMENT.pattern}|<[^>]*>", re.DOTALL)
_CELL = re.compile(r"<td\b", re.IGNORECASE)
# For lxml what follows belongs to the name; by the HTML Standard ("named character references") it ends it.
_OPEN_SPACE = re.compile(r"&nbsp(?=[\d.:_-])")
_MARKED_SECTION = re.compile(r"<!\[[^>]*>?")


def tree_of(text: str) -> etree._Element | None:
    """The tree of a page, mended where it must be; None for a page without an element."""
    text = _OPEN_SPACE.sub("&nbsp;", text)
    root = parsed(text)
    seen = _COMMENT.sub("", text)
    if _lost_much(root, seen):
        # Markup that stops lxml early does not stop BeautifulSoup over Python's own parser: it mends, lxml reads.
        root = max(root, parsed(_mended(seen)), key=_held)
    return root


def parsed(text: str) -> etree._Element | None:
    """The tree of a page as lxml reads it."""
    # Text is given as UTF-8 whatever the page declares: it has been decoded already.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    payload = text.replace("\x00", "").encode(errors="replace")
    root: etree._Element | None = etree.fromstring(payload, parser) if payload.strip() else None
    if root is not None:
        _part_rows(root)
    return root


def _part_rows(root: etree._Element) -> None:
    """Put rows that an open element of a cell keeps inside that cell behind its row, as browsers do."""
    behind: dict[etree._Element, etree._Element] = {}
    for row in root.xpath("//td//tr[not(parent::table or parent::tbody or parent::thead or parent::tfoot)]"):
        above = next(row.iterancestors("tr", "table"), None)
        if above is not None and above.tag == "tr":
            while above in behind:
                above = behind[above]
            behind[above] = row
            above.addnext(row)


def _mended(text: str) -> str:
    """The page without the frame of elements whose early end makes lxml stop; it puts one around by itself."""
    # <![…> is a comment up to its first > (HTML Standard, "incorrectly-opened-comment"); Python's parser refuses some.
    soup = BeautifulSoup(_MARKED_SECTION.sub("", text), "html.parser")
    for tag in soup.find_all(["html", "body", "frameset"]):
        tag.unwrap()
    return str(soup)


def _lost_much(root: etree._Element | None, text: str) -> bool:
    """Whether a tree holds less than half of its page's cells, or of the characters between its page's tags."""
    if root is None:
        return True
    there = sum(len(piece) for piece in MARKUP.split(text))
    cells = len(_CELL.findall(text))
    return _held(root) * 2 < there or sum(1 for _ in root.iter("td")) * 2 < cells


def _held(root: etree._Element | None) -> int:
    """The characters of a tree."""
    return 0 if root is None else sum(map(len, root.itertext()))
