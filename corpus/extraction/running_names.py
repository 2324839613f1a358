"""The name of a body with which a piece of running text begins, where nothing but grammar tells its end.

番禺区人民政府办公室照《条例》办理 → 番禺区人民政府办公室
中江县人民政府办公室组织编制     → 中江县人民政府办公室, for 组织 is no part that a name goes on with
"""

from __future__ import annotations

import re

from corpus.extraction.agency import Body, place_end, read_body
from corpus.extraction.vocabulary import vocabulary
from corpus.regions import Registry

_RUN = re.compile(r"[\u4e00-\u9fff()（）]+")
_LONGEST = 40
_LEAST_NAME = 2


def body_at(text: str, registry: Registry, year: int | None = None) -> Body | None:
    """The body whose name stands at the beginning of the text; None if none does.

    >>> body_at("云县财政局按要求公开", Registry.load()).printed
    '云县财政局'
    """
    words = vocabulary()
    match = _RUN.match(text)
    run = match[0][:_LONGEST] if match else ""
    if (ministry := _ministry(run)) and (body := read_body(ministry, registry, year)) is not None:
        return _gone_on(body, run, registry, year)
    placed = place_end(run, registry, year)
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
            return _gone_on(body, run, registry, year)
    return None


def _ministry(run: str) -> str:
    """The ministry's name with which a run begins, ``""`` if it begins with none."""
    words = vocabulary()
    bare = run
    for prefix in words.national_prefixes:
        bare = bare.removeprefix(prefix)
    name = next((body for body in words.national_bodies if run.startswith(body) or bare.startswith(body)), "")
    return run[: run.index(name) + len(name)] if name else ""


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
