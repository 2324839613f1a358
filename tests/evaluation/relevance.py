"""How well questions are answered, beside two rivals: ``make relevance``.

Prints nDCG@10, recall@100 and success@1 for each kind of question, and fails below the floors of floors.toml, which
are only ever raised.
"""

from __future__ import annotations

import math
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from corpus.model import Figure, Report, Snapshot
from corpus.regions import Registry
from corpus.sample.generate import SampleReport, generate, sample_regions
from corpus.store import Stored
from indexer.document import Document, document_of
from tests.evaluation.engines import DEPTH, Answerer, Ours
from tests.evaluation.questions import KINDS, Asked, questions

REPORTS = 600


@dataclass(frozen=True, slots=True)
class Marks:
    """Means over questions, each 0 … 1."""

    ndcg: float
    recall: float
    success: float


def mark(found: Sequence[str], answers: frozenset[str]) -> Marks:
    """The marks of one question. An ideal answer fills the first ten places with reports that answer it."""
    gains = [1 / math.log2(place + 2) for place, id_ in enumerate(found[:10]) if id_ in answers]
    ideal = [1 / math.log2(place + 2) for place in range(min(10, len(answers)))]
    reachable = min(len(answers), DEPTH)
    recall = len(answers.intersection(found[:DEPTH])) / reachable
    return Marks(sum(gains) / sum(ideal), recall, float(bool(found) and found[0] in answers))


def evaluate(engine: Answerer, asked: Sequence[Asked]) -> Mapping[str, Marks]:
    """The marks by kind of question, and of all under ``all``."""
    marks = {question: mark(engine.ask(question.text), question.answers) for question in asked}
    groups: dict[str, list[Marks]] = {
        kind: [found for question, found in marks.items() if question.kind == kind] for kind in KINDS
    }
    groups["all"] = list(marks.values())
    return {
        kind: Marks(*(fmean(getattr(entry, name) for entry in entries) for name in ("ndcg", "recall", "success")))
        for kind, entries in groups.items()
        if entries
    }


def corpus(count: int = REPORTS) -> tuple[list[SampleReport], dict[str, Document], Registry]:
    """The sample as documents, without the detour over pages."""
    reports = list(generate(reports=count))
    registry = Registry.load().with_regions(sample_regions(1, count))
    return reports, {report.id: _document(report, registry) for report in reports}, registry


def floors() -> Mapping[str, float]:
    """The nDCG@10 on the held-out half that each kind must reach."""
    text = Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
    found: Mapping[str, float] = tomllib.loads(text)["ndcg"]
    return found


def main() -> int:
    """Print the table; 1 where a floor is not reached."""
    # Here, because jieba.analyse leaves a file open as it is imported, which tests take for a fault of theirs.
    from tests.evaluation.rivals import StockWhoosh, Trigrams  # noqa: PLC0415

    reports, documents, registry = corpus()
    asked = questions(reports, documents)
    below: list[str] = []
    with tempfile.TemporaryDirectory() as room:
        engines: list[Answerer] = [
            Ours(Path(room, "ours"), documents.values(), registry),
            StockWhoosh(Path(room, "stock"), documents.values()),
            Trigrams(documents.values()),
        ]
        for half in ("tuning", "held out"):
            chosen = [question for question in asked if question.held_out == (half == "held out")]
            say(f"\n{half}: {len(chosen)} questions over {len(reports)} reports")
            say(f"{'':39}  nDCG@10  recall@{DEPTH}  success@1")
            for engine in engines:
                for kind, found in evaluate(engine, chosen).items():
                    say(f"{engine.name:24} {kind:14} {found.ndcg:8.3f} {found.recall:10.3f} {found.success:10.3f}")
                    if engine is engines[0] and half == "held out" and found.ndcg < floors()[kind]:
                        below.append(f"{kind} {found.ndcg:.3f} < {floors()[kind]}")
    below += _judged(reports, documents, registry)
    say("\nbelow the floor: " + ", ".join(below) if below else "\nevery floor reached")
    return int(bool(below))


def _judged(reports: Sequence[SampleReport], documents: Mapping[str, Document], registry: Registry) -> list[str]:
    """The judged queries: a table, and what stays below its floor."""
    # Here, because that module takes ``mark`` from this one.
    from tests.evaluation.judged import below, judged  # noqa: PLC0415
    from tests.evaluation.judged import evaluate as evaluate_judged  # noqa: PLC0415

    queries = judged(reports)
    with tempfile.TemporaryDirectory() as room:
        search = Ours(Path(room), documents.values(), registry).engine.search
        for half in ("tuning", "held out"):
            chosen = [query for query in queries if query.held_out == (half == "held out")]
            say(f"\njudged, {half}: {len(chosen)} queries\n{'':14}  success@1  nDCG@10  dead ends")
            for kind, marks in evaluate_judged(search, chosen).items():
                say(f"{kind:14} {marks.success:10.3f} {marks.ndcg:8.3f} {len(marks.dead_ends):10}")
        return below(evaluate_judged(search, queries))


def say(line: str) -> None:
    """A line of the table."""
    sys.stdout.write(f"{line}\n")


def _document(report: SampleReport, registry: Registry) -> Document:
    figures = {
        id_: Figure(id_, value, report.figures[id_], "blank" if value is None else "number", None)
        for id_, value in report.values.items()
    }
    read = Report(report.agency, report.year, report.title, report.form, report.sections, figures, ())
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    snapshot = Snapshot("", report.url, report.url, "text/html", moment)
    return document_of(Stored(report.id, read, snapshot, 1, "1", moment, 1), registry)


if __name__ == "__main__":
    sys.exit(main())
