"""What an analysis of several reports keeps in a store, and up to where it has read (marks.py)."""

from __future__ import annotations

from typing import ClassVar

from corpus.store import marks
from corpus.store.database import Database


class Analysis:
    """The tables of one analysis; ``mark`` names how far it has read."""

    mark: ClassVar[str]

    def __init__(self, database: Database) -> None:
        self._database = database

    def behind(self) -> list[str]:
        """The ids of reports that changed, came or went since this was brought up to date."""
        with self._database.reading() as connection:
            return marks.behind(connection, self.mark)

    def reached(self, revision: int) -> None:
        """Keep that everything up to a revision of the store has been worked out."""
        with self._database.writing() as connection:
            marks.move(connection, self.mark, revision)
