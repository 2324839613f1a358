"""Boilerplate: which sentences of a report stood in earlier reports, of its own body or of others.

Earlier means of an earlier year: within a year nobody can say who wrote first. Every report is compared sentence by
sentence (wording.py, likeness.py); what was found is kept (corpus/store/wordings.py), so that a new report costs what
it is long, and one of long ago renews only those whose sentences it turns out to have had first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.analysis.likeness import ALIKE, likeness, sketches
from corpus.analysis.wording import Place, Sentence, key, printed, sentences
from corpus.regions import Registry
from corpus.store import Store, Stored
from corpus.store.narrations import Narrated
from corpus.store.wordings import FULL, First, Line, Told, Use, Wordings

COMPARISON = 2
"""The version of folding and matching: raise it whenever the same texts may be compared otherwise."""
MOST = 16
"""Candidates that are aligned with a new wording, those with the most of its sketch first."""
_BATCH = 200

Progress = Callable[[int, int], None]
"""Told how many reports are compared, and of how many."""


def find_repetitions(store: Store, progress: Progress | None = None) -> int:
    """Compare every report that is new, changed or gone since this was last done. Returns how many there were."""
    kept = store.wordings
    if kept.version() != COMPARISON:
        with store.batch(_ALL):
            kept.clear(COMPARISON)
    registry = store.registry()
    seen = store.revision()
    ids = kept.unread()
    stale: set[str] = set()
    for done in range(0, len(ids), _BATCH):
        with store.batch(_ALL):
            stale |= _compare(store, registry, ids[done : done + _BATCH])
        if progress is not None:
            progress(min(done + _BATCH, len(ids)), len(ids))
    noted = _renew_shares(store, stale)
    store.settle(seen, noted)
    return len(ids)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a sentence stood before.

    ``own`` are the body's earlier reports that have it, by year; ``other`` is the earliest report of another body, if
    that is of an earlier year.
    """

    sentence: Place
    family: int
    own: tuple[Told, ...]
    other: Use | None

    @property
    def times(self) -> int:
        """For how many years the body has said this, the report's own included."""
        return len({told.year for told in self.own}) + 1


def traces(store: Store, stored: Stored) -> tuple[Trace, ...]:
    """Every compared sentence of a report, in order; none where it has not been compared as it stands."""
    siblings = store.wordings.of_agency(stored.report.agency.id)
    mine = next((told for told in siblings if told.id == stored.id and told.revision == stored.revision), None)
    if mine is None:
        return ()
    earlier = [(told, told.families) for told in siblings if told.year < mine.year]
    firsts = store.wordings.firsts_of(mine.families)
    found = []
    for line in mine.sentences:
        family = line[1]
        other = firsts[family].of_another(mine.agency_id)
        own = tuple(told for told, families in earlier if family in families)
        found.append(Trace(_place(line), family, own, other if other and other.year < mine.year else None))
    return tuple(found)


def in_sources(store: Store, ids: Collection[str]) -> Mapping[str, tuple[Narrated, Mapping[int, str]]]:
    """Reports by id, with their sentences by family: what stands there of each, the first where one stands twice."""
    told = store.wordings.told_of(ids)
    return {id_: (source, _by_family(source, told.get(id_))) for id_, source in store.narrated(ids).items()}


def _by_family(source: Narrated, told: Told | None) -> Mapping[int, str]:
    texts: dict[int, str] = {}
    if told is not None and told.revision == source.revision:
        for line in told.sentences:
            texts.setdefault(line[1], printed(source.sections, _place(line)))
    return texts


def _place(line: Line) -> Place:
    kind, _, _, length, paragraph, start = line
    return Place(kind, paragraph, start, start + length)


_ALL = 1 << 62
"""Writes before a commit: what is written together stands or falls together."""


def _compare(store: Store, registry: Registry, ids: Sequence[str]) -> set[str]:
    """Bring what some reports tell up to date. Returns the bodies whose shares are to be worked out anew."""
    kept = store.wordings
    before = kept.told_of(ids)
    present = {id_: stored for id_ in ids if (stored := store.get(id_)) is not None}
    changed = {
        id_: stored for id_, stored in present.items() if id_ not in before or before[id_].revision != stored.revision
    }
    gone = [told for id_, told in before.items() if id_ not in present or id_ in changed]
    had = kept.firsts_of(frozenset().union(*(told.families for told in gone)))
    for told in gone:
        kept.drop_told(told)
    new = [kept.put_told(told) for told in _read(kept, registry, list(changed.values()))]
    return {told.agency_id for told in (*gone, *new)} | _renew_firsts(kept, gone, had, new)


def _renew_firsts(kept: Wordings, gone: Sequence[Told], had: Mapping[int, First], new: Sequence[Told]) -> set[str]:
    """Bring the earliest uses of families up to date: looked for anew where one is gone, else joined by the new ones.

    ``had`` are those of the families of what is gone. Returns the bodies whose shares may be others now.
    """
    numbers = {told.number for told in gone}
    lost = {family for family, first in had.items() if not numbers.isdisjoint(first.numbers)}
    told_now = frozenset().union(*(told.families for told in new))
    before = {**had, **kept.firsts_of(told_now.difference(had))}
    after = {family: first for family, first in before.items() if family not in lost} | kept.find_firsts(lost)
    for told in new:
        use = Use(told.year, told.id, told.number, told.agency_id)
        for family in told.families.difference(lost):
            after[family] = after[family].joined(use) if family in after else First(use, None)
    moved = {family for family in before.keys() | after.keys() if before.get(family) != after.get(family)}
    kept.put_firsts(moved, after)
    return set().union(
        *(_affected(kept, family, before[family], after[family]) for family in moved & before.keys() & after.keys())
    )


def _affected(kept: Wordings, family: int, before: First, after: First) -> set[str]:
    """The bodies of which some report had a sentence after another body, or not, and now the other way round.

    That is so for whoever uses it between the years in which it began to be somebody's before and after; for the two
    that were first, or are, another body is the second.
    """
    bodies: set[str] = set()
    if before.first.year != after.first.year:
        early, late = sorted((before.first.year, after.first.year))
        bodies = kept.agencies_using(family, early + 1, late)
    began = [(first.first.agency_id, first.other.year if first.other else None) for first in (before, after)]
    return bodies if began[0] == began[1] else bodies.union(body for body, _ in began)


def _read(kept: Wordings, registry: Registry, reports: Sequence[Stored]) -> list[Told]:
    """What reports tell, their wordings found or made families of."""
    read = [(stored, list(sentences(stored.report, registry))) for stored in reports]
    wordings = {key(each.wording): each.wording for _, told in read for each in told}
    families = _families(kept, wordings)
    return [
        Told(
            0,
            stored.id,
            stored.revision,
            stored.report.agency.id,
            stored.report.year,
            tuple(_line(each, *families[key(each.wording)]) for each in told),
        )
        for stored, told in read
    ]


def _line(sentence: Sentence, number: int, family: int) -> Line:
    return sentence.kind, family, number, sentence.length, sentence.paragraph, sentence.start


def _families(kept: Wordings, wordings: Mapping[int, str]) -> dict[int, tuple[int, int]]:
    """The (number, family) of each wording, by its key; new ones are kept and join the family they are most like."""
    found = kept.known(wordings)
    new = {key_: text for key_, text in wordings.items() if key_ not in found}
    number = kept.last_number()
    drawn = sketches(list(new.values()))
    near = kept.sharing({value for sketch in drawn for value in sketch})
    texts = kept.texts({wording for sketch in drawn for wording in _candidates(near, sketch)})
    rows, values = [], []
    for (key_, text), sketch in zip(new.items(), drawn, strict=True):
        number += 1
        # Looked for again: those of this very batch have come to it meanwhile.
        candidates = [each for each in _candidates(near, sketch) if each in texts]
        likest = max(candidates, key=lambda each: (likeness(text, texts[each][1]), -each), default=0)
        is_one = candidates and likeness(text, texts[likest][1]) >= ALIKE
        family = texts[likest][0] if is_one else number
        found[key_] = number, family
        texts[number] = family, text
        rows.append((number, key_, family, text))
        for value in sketch:
            bucket = near.setdefault(value, [])
            if len(bucket) < FULL:
                bucket.append(number)
                values.append((value, number))
    kept.add(rows, values)
    return found


def _candidates(near: Mapping[int, Sequence[int]], sketch: Sequence[int]) -> list[int]:
    """The wordings that share the most of a sketch."""
    counts = Counter(wording for value in sketch for wording in near.get(value, ()))
    return [wording for wording, _ in counts.most_common(MOST)]


def _renew_shares(store: Store, agencies: set[str]) -> int:
    """Work out the shares of all reports of some bodies. Returns how many reports have others than before."""
    noted = 0
    every = iter(sorted(agencies))
    while some := list(islice(every, _BATCH)):
        with store.batch(_ALL):
            for agency in some:
                reports = store.wordings.of_agency(agency)
                firsts = store.wordings.firsts_of(frozenset().union(*(told.families for told in reports)))
                for told, shares in zip(reports, shares_of(reports, firsts), strict=True):
                    noted += store.wordings.put_shares(told, shares)
    return noted


def shares_of(reports: Sequence[Told], firsts: Mapping[int, First]) -> Iterator[tuple[float | None, ...]]:
    """(copied, own, others) of each of a body's reports, which come by year; None where nothing was compared."""
    told_before: dict[int, int] = {}
    for told in reports:
        whole = any_ = own = others = 0
        for _, family, _, length, *_ in told.sentences:
            first = firsts[family].of_another(told.agency_id)
            is_own = told_before.get(family, told.year) < told.year
            is_others = first is not None and first.year < told.year
            whole += length
            own += length * is_own
            others += length * is_others
            any_ += length * (is_own or is_others)
        yield tuple(round(100 * part / whole, 1) if whole else None for part in (any_, own, others))
        for family in told.families:
            told_before.setdefault(family, told.year)
