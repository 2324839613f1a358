"""An agency at its desk: numbers, faults and words of its reports, year after year."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.form import form_in_force
from corpus.model import FormId
from corpus.sample.agencies import Career
from corpus.sample.faults import Printed, broken_between, broken_within, plant
from corpus.sample.figures import Ledger
from corpus.sample.handwriting import Hand
from corpus.sample.imprint import imprint
from corpus.sample.model import Broken, Fault, FaultKind, Retelling, SampleReport
from corpus.sample.narrative import Chapter, Story, compose
from corpus.sample.retelling import retell
from corpus.sample.topics import topics_of

OLD_FORM = 0.03
"""The share of reports for 2021 that still use the form of 2019."""
WORDS: Mapping[FaultKind, float] = {
    "copied_last_year": 0.025,
    "copied_neighbour": 0.025,
    "narrative": 0.025,
    "period": 0.015,
}
"""The shares of reports with a fault in the words; at most one each."""

_QUOTED = {
    "received": ("applications.received.total",),
    "carried_in": ("applications.carried_in.total",),
    "handled": ("applications.handled.total",),
    "carried_out": ("applications.carried_out.total",),
    "reviews": ("review.total",),
    "lawsuits": ("litigation_direct.total", "litigation_after_review.total"),
}
_QUOTED_2014 = {
    "received": ("statistics.applications.received",),
    "reviews": ("statistics.review.total",),
    "lawsuits": ("statistics.litigation.total",),
}


def form_of(year: int) -> FormId | None:
    """The form in force for the reports of a year; None before the first."""
    form = form_in_force(year)
    return form.id if form.first_year <= year else None


@dataclass(slots=True)
class Office:
    """Writes the reports of one agency in order. ``below`` are the names of what lies in its region.

    ``copyable`` holds, by year, the chapter that this agency or the next one may copy; ``retellings`` are the
    paragraphs that either may take over, in their order.
    """

    seed: int
    career: Career
    below: tuple[str, ...]
    copyable: dict[int, Chapter]
    retellings: list[Retelling] = field(default_factory=list)
    _last: Printed | None = None

    def reports(self, neighbour: Mapping[int, Chapter], others: Sequence[Retelling]) -> Iterator[SampleReport]:
        """All reports of the agency; ``neighbour`` is what the agency next door wrote, ``others`` what it retold."""
        years = self.career.years
        ledger = Ledger(self.career, self._chance("ledger"))
        for year in range(years[0], years[-1] + 1):
            chance = self._chance(str(year))
            old = year == 2021 and chance.random() < OLD_FORM
            form = "2019" if old else form_of(year)
            numbers = ledger.advance(year, form)
            if year not in years:
                continue
            # The agency's own manners, kept for some years.
            habit = self._chance(f"habit/{year // 5}")
            hand = Hand.draw(habit)
            draft = _Draft(year, form, *hand.write_all(numbers.cells), numbers.facts, self._retell(year, others))
            if old:
                draft.faults.append(Fault("old_form"))
            self._plant(draft, hand, chance)
            yield self._finish(draft, self._tell(draft, neighbour, chance, habit), chance, habit)

    def _chance(self, what: str) -> random.Random:
        agency = self.career.agency
        return random.Random(f"{self.seed}/{agency.region}/{agency.name}/{what}")  # noqa: S311 - a sample, not a secret

    def _plant(self, draft: _Draft, hand: Hand, chance: random.Random) -> None:
        """Plant a fault in the numbers, perhaps, and tell what it breaks: here, and against the year before."""
        if draft.form is None:
            return
        printed = Printed(draft.year, draft.form, draft.figures, draft.values)
        fault = plant(printed, self._last, hand, chance)
        if fault is not None:
            draft.faults.append(fault)
            if fault.kind == "identity":
                draft.broken.extend(broken_within(printed))
        if self._last is not None:
            draft.broken.extend(broken_between(self._last, printed))
        self._last = printed

    def _tell(
        self, draft: _Draft, neighbour: Mapping[int, Chapter], chance: random.Random, habit: random.Random
    ) -> tuple[Chapter, ...]:
        """The chapters, written from the numbers as printed; perhaps with a fault in the words."""
        year, faults = draft.year, draft.faults
        story = Story(
            career=self.career,
            year=year,
            period=year,
            form=draft.form,
            topics=tuple(topics_of(self.seed, self.career, year)),
            quoted=_quoted(draft),
            facts=draft.facts,
            below=self.below,
        )
        wanted = _wanted(chance)
        if wanted == "narrative" and story.quoted["received"] and draft.form is not None:
            story = replace(story, quoted={**story.quoted, "received": _slip(story.quoted, chance)})
            early = draft.form == "2014"
            (figure,) = (_QUOTED_2014 if early else _QUOTED)["received"]
            faults.append(Fault("narrative", (figure,), "applications" if early else "overview"))
        elif wanted == "period":
            story = replace(story, period=year - 1)
            faults.append(Fault("period", section="overview", note=str(year - 1)))
        chapters = [*compose(story, chance, habit)]
        own = next(index for index, chapter in enumerate(chapters) if chapter.section.kind == "problems")
        copied = self.copyable.get(year - 1) if wanted == "copied_last_year" else None
        copied = neighbour.get(year) if wanted == "copied_neighbour" else copied
        if copied is not None:
            heading = chapters[own].section.heading
            chapters[own] = replace(copied, section=replace(copied.section, heading=heading))
            kind: FaultKind = "copied_last_year" if wanted == "copied_last_year" else "copied_neighbour"
            faults.append(Fault(kind, section="problems"))
        elif draft.retold is not None:
            chapters[own] = _with(chapters[own], draft.retold.text)
            self.retellings.append(draft.retold)
        self.copyable[year] = chapters[own]
        return tuple(chapters)

    def _retell(self, year: int, others: Sequence[Retelling]) -> Retelling | None:
        """The paragraph that the report of a year takes over; drawn apart from all else that it says."""
        agency = self.career.agency
        earlier = [each for each in others if each.year < year]
        report = f"{agency.region}-{year}-{agency.fingerprint}"
        place = self.career.place.region.name
        return retell(report, place, self.retellings, earlier, self._chance(f"retelling/{year}"))

    def _finish(
        self, draft: _Draft, chapters: tuple[Chapter, ...], chance: random.Random, habit: random.Random
    ) -> SampleReport:
        mark = imprint(self.career, draft.year, chance, habit)
        return SampleReport(
            agency=self.career.agency,
            place=self.career.place.region.name,
            path=self.career.place.path,
            year=draft.year,
            form=draft.form,
            title=mark.title,
            url=mark.url,
            published=mark.published,
            late=mark.late,
            style=mark.style,
            sections=tuple(chapter.section for chapter in chapters),
            preamble=chapters[0].preamble,
            figures=draft.figures,
            values=draft.values,
            faults=tuple(draft.faults),
            broken=tuple(draft.broken),
            topics=tuple(mention for chapter in chapters for mention in chapter.mentions),
            retold=draft.retold if draft.retold in self.retellings else None,
        )


@dataclass(slots=True)
class _Draft:
    """A report in the making: its cells as printed and what they say, the facts, the faults so far."""

    year: int
    form: FormId | None
    figures: dict[str, str]
    values: dict[str, Decimal | None]
    facts: Mapping[str, int]
    retold: Retelling | None
    faults: list[Fault] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def _with(chapter: Chapter, paragraph: str) -> Chapter:
    """A chapter with one paragraph more."""
    section = chapter.section
    return replace(chapter, section=replace(section, paragraphs=(*section.paragraphs, paragraph)))


def _wanted(chance: random.Random) -> FaultKind | None:
    draw = chance.random()
    for kind, share in WORDS.items():
        if draw < share:
            return kind
        draw -= share
    return None


def _quoted(draft: _Draft) -> dict[str, int]:
    """What the narrative quotes from the tables, as they are printed: a blank reads as nothing."""
    if draft.form is None:
        return {"received": draft.facts["applications"], "reviews": 0, "lawsuits": 0}
    cells = _QUOTED_2014 if draft.form == "2014" else _QUOTED
    return {name: int(sum(draft.values[figure] or 0 for figure in figures)) for name, figures in cells.items()}


def _slip(quoted: Mapping[str, int], chance: random.Random) -> int:
    """A number for 新收 that no other reading of the table explains."""
    received = quoted["received"]
    explained = {received + quoted.get("carried_in", 0), quoted.get("handled", 0), received}
    return chance.choice([number for number in range(received + 1, received + 9) if number not in explained])
