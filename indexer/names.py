"""The names that a query may use: fields, their values, metrics, places."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.metrics import Metric
from corpus.model import VERDICTS
from corpus.regions import Registry
from indexer.normal import normalise

_SUFFIXES = ("省", "市", "县", "区", "自治区", "自治州", "自治县", "地区", "盟", "旗", "新区", "")


class Names:
    """Looks names up as people type them; every look-up gives None or nothing for what it does not know."""

    def __init__(self, registry: Registry, metrics: Mapping[str, Metric]) -> None:
        self.registry = registry
        self._fields = _spellings(_data()["fields"])
        self._values = {field: _spellings(values) for field, values in _data()["values"].items()}
        self._metrics: dict[str, Metric] = {}
        for metric in metrics.values():
            for name in (metric.id, metric.name_zh, metric.name_en, metric.name_en.replace(" ", "")):
                self._metrics.setdefault(normalise(name), metric)

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
        """The metric of this id or name, in either language."""
        return self._metrics.get(normalise(name).strip())

    def places(self, name: str) -> tuple[str, ...]:
        """The codes of all regions of this name, with or without 省市县区, former names too."""
        name = normalise(name).strip()
        if self.registry.get(name):
            return (name,)
        for suffix in ("", *_SUFFIXES):
            if found := self.registry.named(name + suffix):
                return tuple(region.code for region in found)
        return ()


def _spellings(names: Mapping[str, list[str]]) -> dict[str, str]:
    return {normalise(spelling): value for value, others in names.items() for spelling in (value, *others)}


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("indexer") / "names.toml").read_text(encoding="utf-8"))
