"""A request as one state of the index understands it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from indexer.clauses import Clause, Query
from indexer.evaluate import Evaluation
from indexer.facet_counts import Matches
from indexer.masks import Mask, masks
from indexer.reading import Held, Reader
from indexer.relax import Part, conjuncts, part
from indexer.request import SearchRequest
from indexer.subject import Subject
from indexer.view import Numbers
from indexer.whoosh_engine.view import WhooshView

FEW = 2
"""Reports found up to which another spelling is offered."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What was asked, in the order that its words ask for, and what it means and matches in ``view``."""

    request: SearchRequest
    query: Query
    subject: Subject | None
    view: WhooshView
    evaluation: Evaluation
    matches: Matches

    @property
    def documents(self) -> Numbers:
        """The reports that were found."""
        return self.matches.whole[1]

    @property
    def groups(self) -> int | None:
        """How many groups they fold into; None where they are not folded."""
        return int(np.unique(self.view.agency_of[self.documents]).size) if self.request.group else None

    @property
    def is_doubtful(self) -> bool:
        """Whether another spelling may be what was meant."""
        if not self.request.size or self.request.plain:
            return False
        if any(part.reason == "read_as_parts" for part in self.query.ignored):
            return True
        # Who names an item finds few reports and means just these.
        named = self.documents.size and self.subject is not None and self.subject.whole
        return self.documents.size <= FEW and not named

    @property
    def is_in_vain(self) -> bool:
        """Whether nothing was found where something was to be shown."""
        return bool(not self.documents.size and self.request.size and not self.request.like)

    def parts(self) -> list[Part]:
        """What must all be met, each part with what meets it alone: the clauses and the filters."""
        section = self.request.chosen("section")
        plain = replace(self.request, filters={"section": section} if section else {})

        def met(clause: Clause) -> Mask:
            return Matches(self.view, plain, self.evaluation.bits(clause), {}).reports()

        clauses = [part(text, clause, met) for text, clause in conjuncts(self.query.clause)]
        filters = masks(self.view, self.request).items()
        return clauses + [Part(name, found & self.view.columns.live) for name, found in filters]


def understand(request: SearchRequest, view: WhooshView, reader: Reader) -> Asked:
    """Read a request by what the index holds, and evaluate it."""
    evaluation = Evaluation(view)
    held = _held(view, evaluation)
    said = reader.read(request, held)
    subject = reader.subject(request, said, held)
    query = reader.query(request, said, held, subject)
    request = _ordered(request, query, subject)
    return Asked(request, query, subject, view, evaluation, _matches(request, query, evaluation))


def count(request: SearchRequest, view: WhooshView, reader: Reader) -> int:
    """How many reports a request finds by its words alone, whatever they name outright."""
    evaluation = Evaluation(view)
    held = _held(view, evaluation)
    query = reader.query(request, reader.read(request, held), held)
    return _matches(request, query, evaluation).whole[1].size


def _ordered(request: SearchRequest, query: Query, subject: Subject | None) -> SearchRequest:
    """The request in the order that its words ask for, where it asks for none itself."""
    if request.sort != "relevance":
        return request
    if subject is not None and subject.whole and subject.sort:
        return replace(request, sort=subject.sort)
    if any(piece.kind == "order" for piece in query.pieces):
        return replace(request, sort="-year")
    return request


def _matches(request: SearchRequest, query: Query, evaluation: Evaluation) -> Matches:
    return Matches(evaluation.view, request, evaluation.bits(query.clause), masks(evaluation.view, request))


def _held(view: WhooshView, evaluation: Evaluation) -> Held:
    return Held(view.agency_ids, view.agencies, evaluation.is_met, lambda term: view.word(term).size)
