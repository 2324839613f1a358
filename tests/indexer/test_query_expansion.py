"""What means the same is found too, and said."""

from __future__ import annotations

from indexer.clauses import And, Expanded, Filter, Literal, Query, Term, Word
from indexer.names import Names
from indexer.parse import parse
from indexer.query_expansion import expand
from indexer.segment import Segmenter


def widened(text: str, names: Names, segmenter: Segmenter) -> Query:
    return expand(parse(text, names, segmenter), names, segmenter)


def test_the_field_s_synonyms_join(names: Names, segmenter: Segmenter) -> None:
    clause = widened("依申请公开", names, segmenter).clause
    assert isinstance(clause, Expanded)
    assert clause.clause == Word("依申请公开", (Term("依申请公开"),))
    assert clause.added == ("依申请", "申请公开")
    assert Term("依申请") in clause.alternatives


def test_a_place_brings_its_names_and_its_reports(names: Names, segmenter: Segmenter) -> None:
    for name in ("石溪", "石溪市"):
        clause = widened(name, names, segmenter).clause
        assert isinstance(clause, Expanded)
        assert Filter("region", ("900100",)) in clause.alternatives
        assert "石溪市" in clause.added


def test_a_place_and_a_topic_in_one_word_part(names: Names, segmenter: Segmenter) -> None:
    clause = widened("石溪市停车位", names, segmenter).clause
    assert isinstance(clause, And)
    assert [type(part) for part in clause.clauses] == [Expanded, Expanded]


def test_quotation_marks_mean_what_they_say(names: Names, segmenter: Segmenter) -> None:
    assert widened("“依申请公开”", names, segmenter).clause == Literal("依申请公开", quoted=True)
