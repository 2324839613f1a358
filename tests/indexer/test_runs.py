"""However little room there is, a column is written as if there were enough."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.postings import FIELD_SHIFT, Occurrences, pair_code
from indexer.whoosh_engine import runs
from indexer.whoosh_engine.inversion import InvertedWriter
from indexer.whoosh_engine.runs import OCCURRENCE, Room

NAMES = ("政务", "公开", "年报", "政", "2021", "a", "申请人")
FIELDS = st.lists(st.tuples(st.integers(0, 63), st.lists(st.integers(0, len(NAMES) - 1), max_size=12)), max_size=4)
DOCUMENTS = st.lists(FIELDS, max_size=12)


def occurrences(document: list[tuple[int, list[int]]], *, text: bool) -> Occurrences:
    """A document of terms in fields, each field once."""
    fields = dict(document)
    terms = np.array([term for found in fields.values() for term in found], np.int64)
    if not text:
        terms = np.array([pair_code(NAMES[term][0], NAMES[term][-1]) for term in terms.tolist()], np.int64)
    places = [field << FIELD_SHIFT | 3 * at for field, found in fields.items() for at in range(len(found))]
    return Occurrences(terms, np.array(places, np.uint32), NAMES if text else ())


def written(documents: list[list[tuple[int, list[int]]]], room: Room, *, text: bool) -> bytes:
    """The column of the documents."""
    file = BytesIO()
    writer = InvertedWriter(file, text=text, room=room)
    for number, document in enumerate(documents):
        writer.add(number, occurrences(document, text=text))
    writer.finish(len(documents))
    return file.getvalue()


@given(DOCUMENTS, st.booleans(), st.integers(1, 40))
@settings(max_examples=60)
def test_a_column_is_the_same_in_any_room(documents: list[list[tuple[int, list[int]]]], text: bool, held: int) -> None:  # noqa: FBT001 - drawn
    assert written(documents, Room(held * OCCURRENCE), text=text) == written(documents, Room(), text=text)


def test_terms_are_put_together_in_any_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [[(0, [number % 7, 2, 2]), (5, [number % 3])] for number in range(50)]
    whole = written(documents, Room(), text=True)
    for window in (1, 7, 60):
        monkeypatch.setattr(runs, "_WINDOW", window)
        assert written(documents, Room(100, tmp_path), text=True) == whole
    assert not list(tmp_path.iterdir()), "what was spilled has no name"
