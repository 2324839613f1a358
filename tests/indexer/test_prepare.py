"""Documents made ready in processes of their own come out as they do here, in order, and no more of them are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indexer import prepare
from indexer.document import Document
from indexer.segment import Segmenter, region_words
from tests.indexer.province import REGISTRY, documents


def test_processes_change_nothing(tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "WORTH", 20)
    given = documents(200)
    made = list(prepare.prepare_all(given, sorted(set(region_words(REGISTRY))), tmp_path, lambda: segmenter))
    assert [document for document, _ in made] == given
    for document, prepared in made:
        (here,) = prepare.prepare([document], segmenter)
        assert _terms(prepared) == _terms(here)
        assert (prepared.lengths, prepared.even) == (here.lengths, here.even)
        assert np.array_equal(prepared.words.positions, here.words.positions)
        assert np.array_equal(prepared.pairs.terms, here.pairs.terms)
        assert np.array_equal(prepared.sketch, here.sketch)


def _terms(prepared: prepare.Prepared) -> list[str]:
    return [prepared.words.names[term] for term in prepared.words.terms]


def test_a_fault_among_the_documents_is_the_fault_that_is_seen(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "WORTH", 20)

    def given() -> Iterator[Document]:
        yield from documents(50)
        raise LookupError("the store is gone")

    with pytest.raises(LookupError, match="the store is gone"):
        list(prepare.prepare_all(given(), (), tmp_path, lambda: segmenter))
