"""By when a yearly report must be public (《政府信息公开条例》 of 2008, art. 31; of 2019, art. 50)."""

from __future__ import annotations

from datetime import date

from corpus.model import Kind

_REGULATIONS_OF_2019 = 2019


def due(kind: Kind, year: int) -> date:
    """The last day on which the report about a year is in time, in the year after it.

    31 January for a department, 31 March for every other body, and for departments too before the reports of 2019.
    """
    early = kind == "department" and year >= _REGULATIONS_OF_2019
    return date(year + 1, 1, 31) if early else date(year + 1, 3, 31)
