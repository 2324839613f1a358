"""Where words stand in the reports of one page: what is marked there needs no other occurrence.

A word of every report stands in millions of places, and a page shows twenty reports.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from indexer.postings import Keys
from indexer.view import Numbers
from indexer.whoosh_engine.stretch import Stretch, Stretches, inside
from indexer.whoosh_engine.view import WhooshView


class PagePostings(Stretches):
    """The postings of some documents of a view, in order."""

    def __init__(self, view: WhooshView, documents: Numbers) -> None:
        self._view = view
        self._documents = documents

    def read(self, stretch: Stretch) -> Keys:
        """Where terms stand in the documents."""
        return self._view.within(stretch, self._documents)

    def kept_keys(self, leaf: Hashable, make: Callable[[], Keys]) -> Keys:
        """What the view keeps of a leaf, in the documents; else made of what stands in them, and not kept."""
        known = self._view.known_keys(leaf)
        return make() if known is None else inside(known, self._documents)
