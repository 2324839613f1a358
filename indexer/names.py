"""The names that a query may use: fields, their values, metrics, places, bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from corpus.datafile import Entry, read_table
from corpus.metrics import Metric
from corpus.model import VERDICTS
from corpus.regions import Registry
from indexer.bodies import Body, bodies, former_bodies, own_bodies
from indexer.normal import normalise, normalise_all
from indexer.pinyin import syllable

Named = TypeVar("Named")
MOST_PLACES = 3
"""A name that more regions share is a word, not a place: 城关镇, 新区."""
_SUFFIXES = ("省", "市", "县", "区", "自治区", "自治州", "自治县", "地区", "盟", "旗", "新区", "")
_SHORTEST_PINYIN = 4
_ENDINGS = ("局", "委员会", "办事处", "人民政府", "管理委员会")


class Names:
    """Looks names up as people type them; every look-up gives None or nothing for what it does not know.

    ``own`` is an operator's file beside bodies.toml. Raises UsageError where it cannot be read.
    """

    def __init__(self, registry: Registry, metrics: Mapping[str, Metric], own: Path | None = None) -> None:
        self.registry = registry
        # A run of characters asks for every stretch of its words, over and over; the next question has others.
        self._places = lru_cache(1 << 11)(self._find_places)
        self._fields = _spellings(_table().fields)
        self._values = {kind: _spellings(values) for kind, values in _table().values.items()}
        self._metrics: dict[str, Metric] = {}
        names = [
            (name, metric)
            for metric in metrics.values()
            for name in (metric.id, metric.name_zh, metric.name_en, metric.name_en.replace(" ", ""))
        ]
        for name, metric in _normalised(names):
            self._metrics.setdefault(name, metric)
        spoken = read_table("indexer", "metric_names.toml", dict[str, list[str]])
        self._spoken = dict(
            _normalised([(name, metrics[id_]) for id_ in spoken if id_ in metrics for name in spoken[id_]])
        )
        self._spoken |= {name: metric for name, metric in self._metrics.items() if "." not in metric.id}
        self._bodies: dict[str, list[Body]] = {}
        known = (*bodies(), *(own_bodies(own) if own is not None else ()), *former_bodies(registry.successions))
        for name, body in _normalised([(name, each) for each in known for name in each.names]):
            self._bodies.setdefault(name, []).append(body)

    def field(self, name: str) -> str | None:
        """The field that a name before a colon means."""
        return self._fields.get(normalise(name))

    def is_field(self, id_: str) -> bool:
        """Whether this is the id of a field."""
        return id_ in self._fields.values()

    def is_name(self, name: str) -> bool:
        """Whether this may stand before a colon."""
        return self.field(name) is not None or self.metric(name) is not None

    def comparable(self, name: str) -> bool:
        """Whether this may stand before a comparison: a year, a metric."""
        return self.field(name) == "year" or self.metric(name) is not None

    def value(self, field: str, name: str) -> str | None:
        """The value that a name after a field's colon means."""
        if field == "finding":
            rule, _, verdict = name.partition(":")
            known = rule[:1].isalpha() and rule.isascii() and (not verdict or verdict.lower() in VERDICTS)
            rule = rule.upper() if rule.lower() != "reading" else "reading"
            return ":".join(filter(None, (rule, verdict.lower()))) if known else None
        return self._values.get(field, {}).get(normalise(name))

    def metric(self, name: str) -> Metric | None:
        """The metric of this id or name, in either language, or that people call so."""
        name = normalise(name).strip()
        return self._metrics.get(name) or self._spoken.get(name)

    def spoken_metric(self, name: str) -> Metric | None:
        """The metric or row that people call so: 拒绝率, 国家秘密, lawsuits."""
        return self._spoken.get(normalise(name).strip())

    def spoken_alone(self, metric: str, text: str) -> bool:
        """Whether one of the words of a text is a name of the metric."""
        return any((found := self.spoken_metric(word)) is not None and found.id == metric for word in text.split())

    def metrics_with(self, word: str) -> Iterator[tuple[str, str]]:
        """Names of metrics that hold a normalised word, the shortest first, each with the metric's id."""
        for name in reversed(self.metric_names):
            if word in name:
                yield name, self._spoken[name].id

    @cached_property
    def metric_names(self) -> tuple[str, ...]:
        """All that metrics are called, the longest first."""
        return tuple(sorted(self._spoken, key=len, reverse=True))

    def places(self, name: str) -> tuple[str, ...]:
        """The codes of all regions of this name, with or without 省市县区, former names too; pinyin as well.

        Behind them those of what these regions became, and were.
        """
        codes = self._places(name)
        return tuple(dict.fromkeys((*codes, *(each for code in codes for each in self.registry.other_lives(code)))))

    def is_one_place(self, name: str) -> bool:
        """Whether one region alone is called so, or one and what it became."""
        codes = self._places(name)
        return bool(codes) and set(codes[1:]) <= set(self.registry.other_lives(codes[0]))

    def _find_places(self, name: str) -> tuple[str, ...]:
        name = normalise(name).strip()
        if self.registry.get(name):
            return (name,)
        for suffix in ("", *_SUFFIXES):
            if found := self.registry.named(name + suffix):
                return tuple(region.code for region in found)
        if name.isascii() and name.isalpha() and len(name) >= _SHORTEST_PINYIN:
            return self._by_pinyin.get(name, ())
        return ()

    def is_place(self, text: str) -> bool:
        """Whether a word is read as a place: few regions are called so."""
        return len(text) > 1 and not text.isdigit() and 0 < len(self._places(text)) <= MOST_PLACES

    def is_unit(self, text: str) -> bool:
        """Whether this is a name that stands for itself within a run of characters."""
        return text in self._bodies or (not text.isascii() and self.is_place(text))

    def bodies(self, name: str) -> Sequence[Body]:
        """The bodies that are, or were, called so."""
        return self._bodies.get(normalise(name), ())

    @property
    def body_names(self) -> Iterable[str]:
        """All that bodies are, or were, called."""
        return self._bodies

    def other_bodies(self, name: str) -> tuple[str, ...]:
        """What else the bodies of this name are called."""
        return tuple(other for body in self.bodies(name) for other in body.names if normalise(other) != name)

    def agencies(self, text: str) -> Iterator[str]:
        """The full names that 松屿县政府, 松屿政府办 or 鹭桥市交通局 may stand for, as typed first; normalised."""
        text = normalise(text)
        yield text
        place = self.registry.at(text)
        if place is None or place.end == len(text):
            return
        rest = text[place.end :]
        places = (text[: place.end], *(normalise(region.name) for region in place.regions[:MOST_PLACES]))
        for name in dict.fromkeys(places):
            yield name + rest
            others = [
                rest[:-n] + normalise(body) for n in range(len(rest), 1, -1) for body in self.other_bodies(rest[-n:])
            ]
            yield from (name + other for other in others)
            # 澄屿水利, 雁矶永和街道: what every body of the kind ends in is left out.
            if len(rest) > 1:
                yield from (name + other + ending for other in (rest, *others) for ending in _ENDINGS)

    @cached_property
    def _by_pinyin(self) -> Mapping[str, tuple[str, ...]]:
        """Regions by how their names sound, with and without the last syllable (Pinglan, Pinglanshi).

        Of several that sound alike the highest are meant: Henan is the province, not the county.
        """
        found: dict[str, list[str]] = {}
        for region in self.registry:
            if region.valid_to is None:
                for name in {region.name, *region.aliases}:
                    found.setdefault("".join(map(syllable, name)), []).append(region.code)
                    if len(name) == 3 and name[-1] in "省市县区州盟旗":
                        found.setdefault("".join(map(syllable, name[:-1])), []).append(region.code)
        depth = {code: len(self.registry.ancestors(code)) for codes in found.values() for code in codes}
        return {
            sound: tuple(dict.fromkeys(code for code in codes if depth[code] == min(depth[each] for each in codes)))
            for sound, codes in found.items()
        }


def _spellings(names: Mapping[str, list[str]]) -> dict[str, str]:
    return dict(_normalised([(name, value) for value, others in names.items() for name in (value, *others)]))


def _normalised(named: Sequence[tuple[str, Named]]) -> Iterable[tuple[str, Named]]:
    """Names, each with what it names, normalised all in one go: there are a thousand whenever an index is opened."""
    return zip(normalise_all([name for name, _ in named]), [each for _, each in named], strict=True)


class _Table(Entry, frozen=True):
    """names.toml: what fields are called, and their values."""

    fields: dict[str, list[str]]
    values: dict[str, dict[str, list[str]]]


@cache
def _table() -> _Table:
    return read_table("indexer", "names.toml", _Table)
