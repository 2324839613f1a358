"""What is read without a doubt is right: the short form of ``python -m tests.accuracy.doubts``."""

from __future__ import annotations

from tests.accuracy.doubts import counted


def test_no_cell_without_doubt_is_wrong_whatever_the_fault() -> None:
    count = counted(["text_rows"], seed=1, pairs=0, each=1)
    assert not count.wrong
    assert count.undoubted > 10_000
