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
    pieces: list[Markup] = []
    done = 0
    for start, end in sorted(marks):
        begin, finish = max(start, done), min(end, len(text))
        if begin >= finish:
            continue
        pieces.append(escape(text[done:begin]))
        pieces.append(Markup("<mark>{}</mark>").format(text[begin:finish]))
        done = finish
    pieces.append(escape(text[done:]))
    return Markup("").join(pieces)
