"""The true numbers of an agency, year by year: every identity holds, and what is carried over is carried over."""

from __future__ import annotations

import random
import tomllib
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from corpus.form import Form, load_form
from corpus.model import FormId
from corpus.sample.agencies import Career

APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")
_SUMMED = {"applications.received", "applications.carried_in", "applications.handled", "applications.carried_out"}
_FEW = 60  # up to so many things fall one by one, more by shares
_SERVICES = ("licensing", "other_services", "penalties", "coercion", "fees")

Value = int | Decimal


@cache
def magnitudes() -> Mapping[str, Any]:
    """The data file of magnitudes."""
    return tomllib.loads((files("corpus.sample") / "magnitudes.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Numbers:
    """One year: ``cells`` are the figures of the form, ``facts`` what only the narrative tells."""

    cells: dict[str, Value]
    facts: dict[str, int]


@dataclass(slots=True)
class Ledger:
    """The books of one agency. ``advance`` closes a year; years must follow each other, missing ones too."""

    career: Career
    chance: random.Random
    _pending: list[int] = field(default_factory=lambda: [0] * len(APPLICANTS))
    _in_force: dict[str, int] = field(default_factory=dict)
    _services: dict[str, int] = field(default_factory=dict)
    _scale: dict[str, float] = field(default_factory=dict)
    _growth: float = 1.0

    def __post_init__(self) -> None:
        agency = self.career.agency
        for what in ("applications", "published", "documents", "decisions"):
            low, high = magnitudes()[what][agency.kind][agency.level]
            # Small agencies are commoner than large ones: the square leans to the low end.
            self._scale[what] = low + (high - low) * self.chance.random() ** 2
        self._growth = self.chance.uniform(*magnitudes()["growth"]["yearly"])
        ruling = agency.kind == "government" and agency.level in {"province", "prefecture"}
        self._in_force = {
            "rules": self.chance.randint(3, 60) if ruling else 0,
            "normative_documents": int(self._scale["documents"] * self.chance.uniform(4, 8)),
        }
        size = self._scale["decisions"]
        self._services = {name: int(size**0.5 * self.chance.uniform(0.3, 1.6)) if size else 0 for name in _SERVICES}

    def advance(self, year: int, form: FormId | None) -> Numbers:
        """The numbers of the next year in this form; before 2014, without a form, facts alone."""
        facts = self._facts(year)
        documents = self._documents()
        if form is None or form == "2014":
            cells = self._statistics(facts, documents) if form else {}
            facts["received"] = facts["applications"]
            return Numbers(cells, facts)
        cells = self._disclosure(form, documents)
        cells.update(self._applications(load_form(form), facts["applications"]))
        cells.update(self._remedies(facts["applications"]))
        return Numbers(cells, facts)

    def _volume(self, what: str, year: int) -> int:
        noise = self.chance.lognormvariate(0, magnitudes()["growth"]["noise"])
        return int(self._scale[what] * self._growth ** (year - 2014) * noise + self.chance.random())

    def _facts(self, year: int) -> dict[str, int]:
        """What the narrative counts. The channels do not add up to the total: one item goes by several."""
        uniform, some = self.chance.uniform, self.chance.randint
        items = self._volume("published", year) + 5
        young = max(0.0, min(1.0, (year - 2011) / 6))  # new media grow from 2012 to 2017
        size = items**0.5
        return {
            "applications": self._volume("applications", year),
            "items": items,
            "gazette": int(items * 0.02 * uniform(0.5, 1.5)),
            "website": int(items * uniform(0.55, 0.95)),
            "weibo": int(items * 0.15 * young * uniform(0.4, 1.4)),
            "wechat": int(items * 0.25 * young * uniform(0.4, 1.4)),
            "other_channels": int(items * 0.1 * uniform(0.2, 1.2)),
            "explanations": int(size * uniform(0.2, 0.7)) + 1,
            "conferences": int(size * uniform(0.0, 0.09)),
            "interviews": int(size * uniform(0.0, 0.08)),
            "responses": int(size * uniform(0.02, 0.3)),
            "letters": int(size * uniform(1.0, 6.0)) + 3,
            "calls": int(items * uniform(0.3, 1.8)) + 20,
            "meetings": some(1, 6),
            "courses": some(1, 8),
            "trainees": int(size * uniform(0.6, 2.5)) + 12,
            "accounts": int(size**0.7 * uniform(0.8, 1.6)) + 1,
            "columns": some(3, 24),
            "points": int(size**0.6) + some(1, 4),
            "offices": int(size**0.4) + 1,
            "staff_full": int(size**0.5 * uniform(0.3, 1.2)) + 1,
            "staff_part": int(size**0.6 * uniform(0.8, 2.2)) + 1,
            "checks": some(2, 12),
            "visits": items * some(18, 90),
        }

    def _documents(self) -> dict[str, tuple[int, int, int]]:
        """Issued, repealed, in force at the end of the year."""
        result = {}
        for kind, weight in (("rules", 0.06), ("normative_documents", 1.0)):
            stock = self._in_force[kind]
            if kind == "rules" and not stock:
                result[kind] = (0, 0, 0)
                continue
            issued = int(self._scale["documents"] * weight * self.chance.uniform(0.5, 1.4) + self.chance.random() * 0.6)
            repealed = min(stock, int(stock * self.chance.uniform(0.0, 0.2)))
            self._in_force[kind] = stock + issued - repealed
            result[kind] = (issued, repealed, self._in_force[kind])
        return result

    def _disclosure(self, form: FormId, documents: Mapping[str, tuple[int, int, int]]) -> dict[str, Value]:
        cells: dict[str, Value] = {}
        for kind, (issued, repealed, in_force) in documents.items():
            columns = ("issued", "repealed", "in_force") if form == "2021" else ("made", "published", "public_total")
            printed = (issued, repealed, in_force) if form == "2021" else (issued, issued, in_force)
            cells.update({f"disclosure.{kind}.{column}": n for column, n in zip(columns, printed, strict=True)})
        size, uniform = self._scale["decisions"], self.chance.uniform
        shares = {"licensing": 0.6, "other_services": 0.3, "penalties": 0.25, "coercion": 0.02}
        for name in _SERVICES:
            last = self._services[name]
            change = max(-last, round(last * uniform(-0.06, 0.08)))
            self._services[name] = last + change
            decisions = int(size * shares.get(name, 0) * uniform(0.6, 1.4))
            if form == "2019":
                cells[f"disclosure.{name}.items_last_year"] = last
                cells[f"disclosure.{name}.change"] = change
            if name != "fees" and (form == "2019" or name != "other_services"):
                cells[f"disclosure.{name}.decisions"] = decisions
        places = self.chance.choice((0, 2, 2, 4))
        if form == "2019":
            count = int(size**0.5 * uniform(0.05, 0.6))
            cells["disclosure.procurement.items"] = count
            cells["disclosure.procurement.amount"] = _amount(count * uniform(20, 130), places)
        else:
            cells["disclosure.fees.amount"] = _amount(size * uniform(0.02, 0.4), places)
        return cells

    def _applications(self, form: Form, volume: int) -> dict[str, Value]:
        table = next(table for table in form.tables if table.id == "applications")
        leaves = [row.key for row in table.rows if row.key not in _SUMMED]
        weights = _cumulative("results", tuple(leaves))
        received = _spread(volume, _cumulative("applicants", APPLICANTS), self.chance)
        cells: dict[str, Value] = {f"{row.key}.{c}": 0 for row in table.rows for c in (*APPLICANTS, "total")}

        def put(row: str, applicant: str, number: int) -> None:
            if number:
                cells[f"{row}.{applicant}"] = number
                cells[f"{row}.total"] += number

        for index, applicant in enumerate(APPLICANTS):
            carried_in = self._pending[index]
            at_hand = received[index] + carried_in
            carried_out = min(at_hand, int(at_hand * self.chance.uniform(0.0, 0.09) + self.chance.random() * 0.3))
            handled = at_hand - carried_out
            put("applications.received", applicant, received[index])
            put("applications.carried_in", applicant, carried_in)
            put("applications.handled", applicant, handled)
            put("applications.carried_out", applicant, carried_out)
            for leaf, number in zip(leaves, _spread(handled, weights, self.chance), strict=True):
                put(leaf, applicant, number)
            self._pending[index] = carried_out
        return cells

    def _remedies(self, volume: int) -> dict[str, Value]:
        cells: dict[str, Value] = {}
        for kind, low, high in (
            ("review", 0.01, 0.12),
            ("litigation_direct", 0.0, 0.06),
            ("litigation_after_review", 0.0, 0.03),
        ):
            number = int(volume * self.chance.uniform(low, high) + self.chance.random() * 0.5)
            outcomes = ("upheld", "corrected", "other", "pending")
            for outcome, count in zip(
                outcomes, _spread(number, _cumulative("outcomes", outcomes), self.chance), strict=True
            ):
                cells[f"{kind}.{outcome}"] = count
            cells[f"{kind}.total"] = number
        return cells

    def _statistics(self, facts: Mapping[str, int], documents: Mapping[str, tuple[int, int, int]]) -> dict[str, Value]:
        """The statistics table of 2014–2018."""
        chance = self.chance
        volume = facts["applications"]
        issued = documents["normative_documents"][0]
        closed = volume - int(volume * chance.uniform(0, 0.04))
        extended = int(closed * chance.uniform(0, 0.08))
        cells: dict[str, Value] = {
            "disclosed.total": facts["items"],
            "disclosed.normative_documents": min(issued, facts["items"]),
            "disclosed.normative_documents_issued": issued,
            **{
                f"disclosed.{name}": facts[name] for name in ("gazette", "website", "weibo", "wechat", "other_channels")
            },
            "responses.total": facts["responses"],
            "responses.press_conferences": facts["conferences"],
            "responses.press_conferences_by_leaders": chance.randint(0, facts["conferences"]),
            "responses.online_interviews": facts["interviews"],
            "responses.online_interviews_by_leaders": chance.randint(0, facts["interviews"]),
            "responses.policy_explanations": facts["explanations"],
            "responses.weibo_wechat": int(facts["responses"] * chance.uniform(0.2, 0.8)),
            "responses.other": int(facts["responses"] * chance.uniform(0.0, 0.5)),
            "applications.received": volume,
            "applications.closed": closed,
            "applications.closed_on_time": closed - extended,
            "applications.closed_extended": extended,
            "applications.replies": closed,
            "complaints.total": int(volume * chance.uniform(0, 0.05)),
            "charges.amount": _amount(volume * chance.uniform(0, 0.004), 2),
            "resources.offices": facts["offices"],
            "resources.reading_points": facts["points"],
            "resources.staff": facts["staff_full"] + facts["staff_part"],
            "resources.staff_full_time": facts["staff_full"],
            "resources.staff_part_time": facts["staff_part"],
            "resources.budget": _amount(facts["staff_full"] * chance.uniform(0.5, 6), 1),
            "training.meetings": facts["meetings"],
            "training.courses": facts["courses"],
            "training.trainees": facts["trainees"],
        }
        for weights, total in (("channels", volume), ("replies", closed)):
            _split(cells, "applications", weights, total, chance)
        refused = cells["applications.refused"]
        _split(cells, "applications", "refusals", int(refused), chance)
        for kind, share in (("review", 0.07), ("litigation", 0.04)):
            number = int(volume * chance.uniform(0, share) + chance.random() * 0.5)
            outcomes = ("upheld", "corrected", "other")
            for outcome, count in zip(
                outcomes, _spread(number, _cumulative("outcomes", outcomes), chance), strict=True
            ):
                cells[f"{kind}.{outcome}"] = count
            cells[f"{kind}.total"] = number
        return {f"statistics.{name}": value for name, value in cells.items()}


def _split(cells: dict[str, Value], prefix: str, weights: str, total: int, chance: random.Random) -> None:
    keys = tuple(magnitudes()[weights])
    for key, count in zip(keys, _spread(total, _cumulative(weights, keys), chance), strict=True):
        cells[f"{prefix}.{key}"] = count


@cache
def _cumulative(bank: str, keys: tuple[str, ...]) -> tuple[float, ...]:
    """The running shares of these keys, up to 1."""
    weights = [magnitudes()[bank][key] for key in keys]
    whole = sum(weights)
    return tuple(weight / whole for weight in accumulate(weights))


def _spread(number: int, cumulative: Sequence[float], chance: random.Random) -> list[int]:
    """A number of things over shares: one by one while they are few, else by the shares with some play."""
    counts = [0] * len(cumulative)
    if number <= _FEW:
        last = len(cumulative) - 1
        for _ in range(number):
            counts[min(bisect(cumulative, chance.random()), last)] += 1
        return counts
    left, before = number, 0.0
    for index, upto in enumerate(cumulative):
        count = min(left, int(number * (upto - before) * (0.7 + 0.6 * chance.random()) + chance.random()))
        counts[index] = count
        left -= count
        before = upto
    counts[0] += left
    return counts


def _amount(value: float, places: int) -> Decimal:
    """An amount in 万元 with so many decimals, without trailing zeros."""
    text = f"{value:.{places}f}"
    return Decimal(text.rstrip("0").rstrip(".") if places else text)
