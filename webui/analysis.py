"""One shape for the page of an analysis: what it was asked for, how much there is, and the way to the rest of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, url_for

from webui.asked import asked_page, asked_region, asked_year, digits_of


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a list that a page shows, from the ``first`` (0-based) on, ``size`` at most."""

    number: int
    size: int

    @property
    def first(self) -> int:
        """How many come before it."""
        return (self.number - 1) * self.size


def asked_part(size: int) -> Part:
    """The part that ``page`` asks for."""
    return Part(asked_page(), size)


def asked_where() -> tuple[str, int | None]:
    """The digits that the codes inside the place asked for share, and the year."""
    return digits_of(asked_region()), asked_year()


def analysis(total: int, part: Part | None = None, **asked: object) -> Mapping[str, object]:
    """What the template ``analysis.html`` needs; ``asked`` are the parameters of this page besides place and year."""
    region, year = asked_region(), asked_year()
    place = {"region": region.code if region else None, "year": year}
    whole = {**place, **asked}
    endpoint = request.endpoint or ""

    def here(**changed: object) -> str:
        return url_for(endpoint, **{**whole, **changed})  # type: ignore[arg-type]

    return {
        "asked": whole,
        "place": region,
        "year": year,
        "total": total,
        "number": part.number if part else 1,
        "start": part.first + 1 if part else 1,
        "last": max(1, -(-total // part.size)) if part else 1,
        "here": here,
        **asked,
    }
