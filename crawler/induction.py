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
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from corpus.text import fold
from crawler.address import key, shape, trap
from crawler.anchors import Link
from crawler.links import PRIORITIES, Judgement, extension, is_onward, is_other, vocabulary

PROBES = 2
"""Links of a list that nothing speaks for are tried so many at once."""

MOST_LISTS = 4
"""Lists of one page that are tried so."""

OPAQUE = 12
"""Characters; a longer text says itself what it leads to, and was believed."""


def with_siblings(
    judged: list[Judgement], links: Iterable[Link], origin: str, *, strong: bool, weak: int
) -> tuple[Judgement, ...]:
    """The judgements with the lists that they stand in, and with those siblings that their words left out."""
    chosen = {(one.link.url, one.link.form): one for one in judged}
    lists: dict[str, list[Link]] = {}
    own = key(origin)
    for link in links:
        if link.place and not link.form:
            lists.setdefault(_place(link, origin), []).append(link)
    found = [
        replace(one, place=_place(one.link, origin)) if one.link.place and one.kind != "next" else one for one in judged
    ]
    bears = any(one.kind in {"report", "list"} and (one.strong or weak) and not one.link.navigation for one in judged)
    untold = []
    for place, members in lists.items():
        silent = [one for one in members if (one.url, one.form) not in chosen and key(one.url) != own and _may_be(one)]
        if any((one.url, one.form) in chosen for one in members):
            speaks = any(
                chosen.get((one.url, one.form)) is not None and _in_list(chosen[one.url, one.form]) for one in members
            )
            if speaks and strong:
                found += [_as_record(one, place, held=True, strong=strong, weak=weak) for one in silent]
        elif silent and not bears and _worth_trying(silent, strong=strong, weak=weak):
            untold.append((place, silent))
    for place, members in sorted(untold, key=lambda pair: -len(pair[1]))[:MOST_LISTS]:
        for number, one in enumerate(members):
            found.append(_as_record(one, place, held=number >= PROBES, strong=strong, weak=weak))
    return tuple(found)


def _worth_trying(members: list[Link], *, strong: bool, weak: int) -> bool:
    """In the column whatever is no navigation, and on a way that ends; from elsewhere only names of bodies."""
    if strong or weak:
        return not all(one.navigation for one in members)
    bodies = [one for one in members if vocabulary().body.search(fold(one.text))]
    return len(bodies) >= 2 and 2 * len(bodies) > len(members)


def _in_list(judgement: Judgement) -> bool:
    return judgement.kind in {"report", "list", "file"} and judgement.strong


def _may_be(link: Link) -> bool:
    """Whether a link that words left out may still be a record: it says little, and nothing else."""
    text = fold(link.text)
    if len(text) > OPAQUE and not vocabulary().body.search(text):
        return False
    assets = vocabulary().assets
    other = is_other(text) and not vocabulary().called.match(text)
    return not (other or is_onward(text) or extension(link.url) in assets or trap(link.url))


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


def _place(link: Link, origin: str) -> str:
    return sha256(f"{key(origin)} {link.place} {shape(link.url)}".encode()).hexdigest()[:16]
