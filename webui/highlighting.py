"""Text → HTML with marked words: escape first, mark after, so that nothing in a report can become markup."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """Escape ``text`` and put ``<mark>`` around the (start, end) offsets, which count code points.

    Marks may come in any order, overlap, or reach beyond the text.

    >>> str(marked("a<b", [(1, 2)]))
    'a<mark>&lt;</mark>b'
    """
    pieces: list[str] = []
    done = 0
    safe = str if len(escape(text)) == len(text) else escape  # most passages have nothing to be escaped
    for start, end in sorted(marks):
        begin, finish = max(start, done), min(end, len(text))
        if begin >= finish:
            continue
        pieces.append(f"{safe(text[done:begin])}<mark>{safe(text[begin:finish])}</mark>")
        done = finish
    pieces.append(safe(text[done:]))
    return Markup("".join(pieces))  # noqa: S704 - every piece has been escaped
