"""Which segments a commit joins: the small ones that single commits leave, never those of a whole build.

A logarithmic policy (Büttcher, Clarke, Cormack: Information Retrieval, 2010, section 7.2): segments of about one size
are joined once there are many of them, so that each document is written again a few times only. Whoosh's own joins
every segment as soon as a large build has some thirty of equal size: minutes of work for a commit of one report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from whoosh.reading import SegmentReader

TOGETHER = 10
"""Segments of about one size that are joined."""
LARGE = 1000
"""Documents from which a segment stays as it is, until the index is built anew."""


def join(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Write the documents of small segments again, as one; gives the segments that stay. Whoosh calls it."""
    sizes: defaultdict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        sizes[len(str(segment.doc_count_all()))].append(segment)
    joined = [
        segment
        for size, alike in sizes.items()
        if size < len(str(LARGE)) and len(alike) >= TOGETHER
        for segment in alike
    ]
    for segment in joined:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in joined]


def keep(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Join nothing."""
    return list(segments)
