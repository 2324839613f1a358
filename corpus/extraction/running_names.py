"""The name of a body with which a piece of running text begins, where nothing but grammar tells its end.

番禺区人民政府办公室照《条例》办理 → 番禺区人民政府办公室
中江县人民政府办公室组织编制     → 中江县人民政府办公室, for 组织 is no part that a name goes on with
"""

from __future__ import annotations

import re

from corpus.extraction.agency import Body, ministry, read_body
from corpus.extraction.place_in_name import read_place
from corpus.extraction.vocabulary import vocabulary
from corpus.regions import Registry

_RUN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff()（）]*")
_LONGEST = 40
_LEAST_NAME = 2


def body_at(text: str, registry: Registry, year: int | None = None) -> Body | None:
    """The body whose name stands at the beginning of the text; None if none does.

    >>> body_at("云县财政局按要求公开", Registry.load()).printed
    '云县财政局'
    """
    match = _RUN.match(text)
    run = match[0][:_LONGEST] if match else ""
    if head := ministry(run):
        placed = read_place(run[len(head) :], registry, year)[0]
        branch = _ended(run, len(head) + placed, registry, year) if placed else None
        body = branch or read_body(head, registry, year)
    else:
        body = _ended(run, read_place(run, registry, year)[0], registry, year)
    return _gone_on(body, run, registry, year) if body is not None else None


def _ended(run: str, placed: int, registry: Registry, year: int | None) -> Body | None:
    """The body whose name ends with the first word that may end one, behind the place that it begins with."""
    words = vocabulary()
    for end in words.name_ends.finditer(run):
        if words.not_within.search(run, placed, end.end()):
            return None
        if end.end() <= max(placed, _LEAST_NAME):
            continue
        body = read_body(run[: end.end()], registry, year)
        if body is not None and not body.place and body.scope == "region" and body.kind != "zone":
            # 参加云溪县财政局: a sentence, not a name, has a place in its middle.
            return None
        if body is not None and body.rest not in words.party:
            return body
    return None


def government_at(text: str, registry: Registry, year: int | None = None) -> Body | None:
    """The government of the place whose whole name begins the text: 云溪县按要求公开."""
    mention = registry.at(text)
    if mention is None or not mention.full:
        return None
    return read_body(text[: mention.end], registry, year)


def _gone_on(body: Body, run: str, registry: Registry, year: int | None) -> Body:
    """The body with what its name goes on with: 人民政府 + 办公室, 公安局 + 交通警察支队."""
    words = vocabulary()
    end = len(body.printed)
    while (more := words.name_goes_on.match(run, end)) is not None and not words.not_within.search(more[0]):
        longer = read_body(run[: more.end()], registry, year)
        if longer is None:
            break
        body, end = longer, more.end()
    return body
