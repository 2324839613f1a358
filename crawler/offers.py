"""What a page names to its reader and gives no way to: the other side of a list's account.

Links, clicks and choices are what was understood. A list names years and reports in words; whatever it is built of,
each of them is said by a link, or stands beside one. What is named and led to by nothing was seen and not understood::

    <x-tab key="4">2021年</x-tab>  <x-tab key="5">2020年</x-tab>      no link says 2021, none 2020
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from corpus.text import compact, fold
from corpus.titles import is_report_title
from crawler.anchors import AROUND, Clicks, Link, text_of
from crawler.vocabulary import vocabulary

LONGEST_BUTTON = 8

_NAMING = 60
"""Characters of a report's name."""

_ROW = 3
"""Elements around a name in which its link may stand."""

_SAID_ELSEWHERE = frozenset({"title", "script", "style", "noscript", "textarea", "h1", "h2", "h3"})
"""What names the page itself, or is not shown."""

_CLICKED = frozenset({"a", "button"})
_LOOKS = frozenset({"class", "style", "id", "title", "align", "width", "height", "disabled"})
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def idle(tree: HtmlElement, clicks: Clicks) -> Iterator[str]:
    """What is to be clicked, and does nothing that could be seen: a pager whose script stands elsewhere.

    Links and buttons are to be clicked; so is what has a tag or an attribute of somebody's own.
    """
    for tag in tree.iter():
        if not isinstance(tag.tag, str) or tag in clicks or not _invites(tag):
            continue
        href, text = str(tag.get("href", "")).strip().lower(), compact(text_of(tag))
        off = "disabled" in f"{tag.get('class', '')} {tag.attrib.keys()}"
        nowhere = not href.strip("#") or href.startswith("javascript:")
        if not off and len(text) <= LONGEST_BUTTON and nowhere:
            yield text


def _invites(tag: HtmlElement) -> bool:
    if tag.tag in _CLICKED:
        return True
    own = (
        "-" in str(tag.tag) or any(str(name) not in _LOOKS for name in tag.attrib) or "pointer" in tag.get("style", "")
    )
    # A box is not what stands in it.
    return own and len(tag) == 0


def unled(tree: HtmlElement, clicks: Clicks, links: Iterable[Link]) -> tuple[str, ...]:
    """The years and reports that a page names, each in an element of its own, and that no link of it says."""
    said = fold(" ".join(f"{link.text} {link.around} {link.form} {link.url}" for link in links))
    unsaid = [(tag, name) for tag, name in _names(tree) if (_is_year(name) or name) not in said]
    return tuple(dict.fromkeys(name for tag, name in unsaid if not _beside_a_way(tag, clicks)))


def _names(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """What names a year, or a report of one, and nothing else but what is to be clicked beside it."""
    for tag in tree.iter():
        said = tag.text or ""
        if not _DIGIT.search(said) or not isinstance(tag.tag, str) or tag.tag in _SAID_ELSEWHERE:
            continue
        if all(child.tag in _CLICKED for child in tag):
            name = fold(compact(said))
            short = len(name) <= _NAMING and _YEAR.search(name) is not None
            if short and (_is_year(name) or is_report_title(name)):
                yield tag, name


def _is_year(name: str) -> str:
    """The year that is all that a name says; ``""`` for one that says more."""
    year = _YEAR.search(name)
    return year.group() if year and vocabulary().year.match(name) else ""


def _beside_a_way(tag: HtmlElement, clicks: Clicks) -> bool:
    """Whether an element, or the row in which it stands, leads somewhere. A row has one name."""
    for around in (tag, *islice(tag.iterancestors(), _ROW)):
        if around is not tag and (len(compact(text_of(around))) > AROUND or len(list(islice(_names(around), 2))) > 1):
            return False
        if any(_leads(one, clicks) for one in around.iter()) or _leads(around, clicks):
            return True
    return False


def _leads(tag: HtmlElement, clicks: Clicks) -> bool:
    href = str(tag.get("href", "")).strip().lower()
    return bool(clicks.get(tag)) or (bool(href.strip("#")) and not href.startswith("javascript:"))
