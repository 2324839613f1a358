from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from webui.highlighting import marked

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(st.text(max_size=50), spans)
def test_marking_changes_nothing_but_the_marks(text: str, marks: list[tuple[int, int]]) -> None:
    rendered = str(marked(text, marks))
    assert html.unescape(re.sub("</?mark>", "", rendered)) == text
    assert set(re.findall("<[^>]*>", rendered)) <= {"<mark>", "</mark>"}


@given(st.text(max_size=50), spans)
def test_exactly_the_named_characters_are_marked(text: str, marks: list[tuple[int, int]]) -> None:
    pieces = re.split("<mark>(.*?)</mark>", str(marked(text, marks)), flags=re.DOTALL)
    flags = [at % 2 == 1 for at, piece in enumerate(pieces) for _ in html.unescape(piece)]
    assert flags == [any(start <= at < end for start, end in marks) for at in range(len(text))]
