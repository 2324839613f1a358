"""By when a yearly report must be public: the day is data of the form in force (``corpus/forms``)."""

from __future__ import annotations

from datetime import date

from corpus.form import form_in_force
from corpus.model import Kind


def due(kind: Kind, year: int) -> date:
    """The last day on which the report about a year is in time, in the year after it."""
    days = form_in_force(year).due
    return date(year + 1, *(days.get(kind) or days[""]))
