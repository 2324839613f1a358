"""Which reports are almost the same: a sketch of the text, small enough for a column.

MinHash (Broder, On the resemblance and containment of documents, 1997): the share of equal places of two sketches
estimates the share of equal shingles of the two texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.fields import ORDINAL, FieldText

PLACES = 24
SHINGLE = 5
"""Characters in a row that count as one thing."""
ALIKE = 21
"""Equal places from which two reports are almost the same: seven eighths of the text."""

# Multipliers of a universal family of hashes; fixed, because sketches are kept.
_ODD = (np.arange(1, PLACES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)

Sketch = NDArray[np.uint32]


def sketch(fields: Iterable[FieldText]) -> Sketch:
    """The sketch of a document's sections; digits do not count, because only they differ in many copies."""
    title = ORDINAL["title"], ORDINAL["agency"]
    text = "".join(text for field, text in fields if field not in title)
    points = np.frombuffer(text.encode("utf-32-le"), "<u4")
    points = points[(points < ord("0")) | (points > ord("9"))].astype(np.uint64)
    if points.size < SHINGLE:
        return np.zeros(PLACES, np.uint32)
    shingles = points[: points.size - SHINGLE + 1].copy()
    for offset in range(1, SHINGLE):
        shingles = shingles * np.uint64(0x100000001B3) ^ points[offset : points.size - SHINGLE + 1 + offset]
    # The least of the high halves is the high half of the least.
    least = np.array([(shingles * odd).min() for odd in _ODD])
    return np.asarray((least >> np.uint64(32)).astype(np.uint32))


def groups(documents: Sequence[int], sketches: NDArray[np.uint32]) -> list[tuple[int, list[int]]]:
    """The documents in order, each with the later ones that are almost the same. An empty text is like no other."""
    own = sketches[list(documents)]
    written = own.any(axis=1)
    alike = (np.count_nonzero(own[:, None] == own[None], axis=2) >= ALIKE) & written
    if np.count_nonzero(alike) == np.count_nonzero(written):  # each is like itself alone
        return [(document, []) for document in documents]
    found: dict[int, list[int]] = {}
    for place in range(len(documents)):
        head = next((each for each in found if alike[each, place]), None)
        if head is None:
            found[place] = []
        else:
            found[head].append(documents[place])
    return [(documents[place], others) for place, others in found.items()]
