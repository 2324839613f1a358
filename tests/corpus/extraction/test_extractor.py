"""The digest of what reads: other code or other data make another, what nothing is read by does not."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.extraction.extractor import digest_of, extractor


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package as somebody else installed it, with what Python leaves beside it."""
    shutil.copytree(str(files("corpus")), tmp_path / "corpus")
    (tmp_path / "corpus" / "__pycache__").mkdir(exist_ok=True)
    (tmp_path / "corpus" / "__pycache__" / "form.cpython-313.pyc").write_bytes(b"compiled")
    return tmp_path / "corpus"


def test_the_same_code_is_the_same_reader_wherever_it_is_installed(copy: Path) -> None:
    assert digest_of(copy) == extractor()


@pytest.mark.parametrize(
    "part", ["readers/html.py", "extraction/weights.toml", "titles.toml", "regions.csv", "form.py"]
)
def test_what_reads_otherwise_is_another_reader(copy: Path, part: str) -> None:
    (copy / part).write_bytes((copy / part).read_bytes() + b"\n")
    assert digest_of(copy) != extractor()


def test_a_part_that_moves_is_another_reader(copy: Path) -> None:
    (copy / "readers" / "html.py").rename(copy / "readers" / "hypertext.py")
    assert digest_of(copy) != extractor()


def test_nothing_is_read_by_the_store(copy: Path) -> None:
    (copy / "store" / "store.py").write_text("changed", encoding="utf-8")
    assert digest_of(copy) == extractor()
