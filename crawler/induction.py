"""Lists told by their shape: links that stand alike in a page and have addresses made alike are records of one list.

::

    <ul>                                     judged by its words   its siblings
      <a href="/dw/1/index.html">县财政局</a>   a body: asked for
      <a href="/dw/2/index.html">县残联</a>     says nothing          held
      <a href="/dw/3/index.html">县疾控</a>     says nothing          held
    </ul>
    <ul> <a>第3次会议</a> … </ul>              another list          left alone

What is held is asked for as soon as, and as far as, others of its list turn out to be reports or to lead to some
(Frontier.learn). Where nothing in the column says anything, two links of each list are tried.
On the way only what speaks of bodies is held: 街镇之窗 in one row with 部门信息公开, not 财政预决算.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urlsplit

from corpus.text import fold
from crawler.address import key, list_folder, shape, trap
from crawler.anchors import Link
from crawler.counting import stands_beside
from crawler.links import PRIORITIES, Judgement, extension, is_onward, is_other
from crawler.vocabulary import vocabulary

PROBES = 2
"""Links of a list that nothing speaks for are tried so many at once."""

MOST_LISTS = 4
"""Lists of one page that are tried so."""

STRAY = 2
"""So few links that may lead on, and no report, do not speak for a page with a longer list: 融媒体中心."""

OPAQUE = 12
"""Characters; a longer text says itself what it leads to, and was believed."""


_CUT = re.compile(r"(…|\.{3})$|(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _List:
    """Links that stand alike: what was ``judged`` of them by its words, and what they left out that may be a record.

    ``wordy`` are those that say much.
    """

    place: str
    judged: list[Judgement]
    silent: list[Link]
    wordy: list[Link]


@dataclass(frozen=True, slots=True)
class _Places:
    """How the lists of a page are named. Where links name ``bodies``, each may have a first folder of its own."""

    origin: str
    bodies: frozenset[str]

    def name(self, link: Link) -> str:
        """The name of the list that a link stands in."""
        made = shape(link.url, rooted=link.place not in self.bodies)
        return sha256(f"{key(self.origin)} {link.place} {made}".encode()).hexdigest()[:16]


def with_siblings(
    judged: list[Judgement], links: Iterable[Link], origin: str, *, strong: bool, weak: int
) -> tuple[Judgement, ...]:
    """The judgements with the lists that they stand in, and with those siblings that their words left out."""
    links = tuple(links)
    places = _Places(origin, _of_bodies(links))
    lists = _lists(judged, links, places)
    told = [_heard(one) for one in lists if any(map(_in_list, one.judged))] if strong else _on_the_way(lists)
    bearing = [judgement for judgement in judged if _bears(judgement, weak)]
    untold = _untold(lists, cut=strong and not bearing, strong=strong, weak=weak)
    if bearing:
        stray = len(bearing) <= STRAY and all(judgement.kind == "list" for judgement in bearing)
        heard = [one for one in untold if _kin(one.silent, origin, told) or (stray and len(one.silent) > len(bearing))]
        untold = heard if strong else [one for one in untold if _are_bodies(one.silent)]
    untold = sorted(untold, key=lambda one: -len(one.silent))[:MOST_LISTS]
    return (
        *(_placed(one, places) for one in judged),
        *_tried(told, 0, strong=strong, weak=weak),
        *_tried(untold, PROBES, strong=strong, weak=weak),
    )


def passed_over(judgements: Iterable[Judgement], links: Iterable[Link], origin: str) -> set[str]:
    """The rows among a list's records that words tell to be something else: a notice, 图解. They were seen."""
    records = {judgement.place for judgement in judgements if judgement.kind in {"report", "file"}}
    links = tuple(links)
    places = _Places(origin, _of_bodies(links))
    others = (link for link in links if link.place and not link.navigation and is_other(fold(link.text)))
    return {link.url for link in others if places.name(link) in records}


def _untold(lists: list[_List], *, cut: bool, strong: bool, weak: int) -> list[_List]:
    """The lists of which words say nothing, and that are worth a trial; with titles that are ``cut`` if so."""
    silent = [one for one in lists if not one.judged]
    if cut:
        silent = [replace(one, silent=[*one.silent, *filter(_is_cut, one.wordy)]) for one in silent]
    return [one for one in silent if _worth_trying(one.silent, strong=strong, weak=weak)]


def _heard(one: _List) -> _List:
    """A list with what says much beside its records, too, where most of it are reports: 县财政局上年度公开情况."""
    reports = sum(judgement.kind in {"report", "file"} for judgement in one.judged)
    return replace(one, silent=[*one.silent, *one.wordy]) if reports > len(one.wordy) else one


def _on_the_way(lists: Iterable[_List]) -> list[_List]:
    """The lists outside the column of which words tell some links, with those others that speak of bodies."""
    return [replace(one, silent=list(filter(_speaks_of_bodies, one.silent))) for one in lists if one.judged]


def _tried(lists: Iterable[_List], first: int, *, strong: bool, weak: int) -> Iterator[Judgement]:
    """What lists' words left out: of each the ``first`` few are tried at once, the others held."""
    for one in lists:
        for number, link in enumerate(one.silent):
            yield _as_record(link, one.place, held=number >= first, strong=strong, weak=weak)


def _lists(judged: list[Judgement], links: Iterable[Link], places: _Places) -> list[_List]:
    """The lists of a page, in its order."""
    chosen = {(one.link.url, one.link.form): one for one in judged}
    own = key(places.origin)
    lists: dict[str, _List] = {}
    for link in links:
        if not link.place or link.form:
            continue
        place = places.name(link)
        one = lists.setdefault(place, _List(place, [], [], []))
        judgement = chosen.get((link.url, link.form))
        if judgement is not None:
            one.judged.append(judgement)
        elif key(link.url) != own and _may_be(link):
            (one.wordy if _says_much(link) else one.silent).append(link)
    return list(lists.values())


def _placed(judgement: Judgement, places: _Places) -> Judgement:
    stands = judgement.link.place and judgement.kind != "next"
    return replace(judgement, place=places.name(judgement.link)) if stands else judgement


def _bears(judgement: Judgement, weak: int) -> bool:
    """Whether something in the column, or on the way to it, leads on."""
    return judgement.kind in {"report", "list"} and bool(judgement.strong or weak) and not judgement.link.navigation


def _worth_trying(members: list[Link], *, strong: bool, weak: int) -> bool:
    """In the column whatever is no navigation, and on a way that ends; from elsewhere only names of bodies."""
    return not all(one.navigation for one in members) if strong or weak else _are_bodies(members)


def _are_bodies(members: list[Link]) -> bool:
    """Whether most links of a list name bodies: each may have its own reports, though the column stands beside it."""
    bodies = [one for one in members if vocabulary().body.search(fold(one.text))]
    return len(bodies) >= 2 and 2 * len(bodies) > len(members)


def _of_bodies(links: Iterable[Link]) -> frozenset[str]:
    """The places of a page in which bodies are named: most links there name one, or one does and all stand apart."""
    members: dict[str, list[Link]] = {}
    for link in links:
        members.setdefault(link.place, []).append(link)
    return frozenset(place for place, some in members.items() if place and (_are_bodies(some) or _stand_apart(some)))


def _stand_apart(members: list[Link]) -> bool:
    """Whether no two links of a list share their first folder, and a body is named: 县残联 beside 县财政局."""
    folders = {urlsplit(one.url).path.split("/")[1] for one in members}
    named = any(vocabulary().body.search(fold(one.text)) for one in members)
    return named and len(folders) == len(members) > 1


def _kin(members: list[Link], origin: str, told: list[_List]) -> bool:
    """Whether links lead into folders under that of their page, or are addressed as the records elsewhere in it.

    Beside records that speak, no others are worth a trial, but what its number makes a part of their list: 往前翻看.
    """
    if len(members) < 2:
        return all(stands_beside(one.url, origin) for one in members)
    folder = list_folder(origin)
    shapes = {shape(judgement.link.url) for one in told for judgement in one.judged if _in_list(judgement)}
    below = all(list_folder(one.url).startswith(folder) and list_folder(one.url) != folder for one in members)
    return below or all(shape(one.url) in shapes and urlsplit(one.url).path.count("/") > 2 for one in members)


def _in_list(judgement: Judgement) -> bool:
    return judgement.kind in {"report", "list", "file"} and judgement.strong


def _speaks_of_bodies(link: Link) -> bool:
    text, words = fold(link.text), vocabulary()
    return words.body.search(text) is not None or words.bodies.search(text) is not None


def _may_be(link: Link) -> bool:
    """Whether a link that words left out may still be a record: they tell it to be nothing else."""
    text, assets = fold(link.text), vocabulary().assets
    other = is_other(text) and not vocabulary().called.match(text)
    return not (other or is_onward(text) or extension(link.url) in assets or trap(link.url))


def _says_much(link: Link) -> bool:
    text = fold(link.text)
    return len(text) > OPAQUE and not vocabulary().body.search(text)


def _is_cut(link: Link) -> bool:
    """Whether a link that says much says not all, or a year."""
    return _CUT.search(fold(link.text)) is not None


def _as_record(link: Link, place: str, *, held: bool, strong: bool, weak: int) -> Judgement:
    priority = PRIORITIES["list"] - 20 if strong else 5
    return Judgement(
        link,
        "list",
        strong=strong,
        weak=weak if strong else weak + 1,
        priority=priority,
        place=place,
        probe=True,
        held=held,
    )
