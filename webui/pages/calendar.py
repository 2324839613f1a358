"""Missing and late: which body owed which year's report, and what came of it; as a page, a file and a feed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from flask import Blueprint, Response, current_app, render_template, url_for

from corpus.model import Region
from corpus.regions import valid
from corpus.store.duties import STATUSES, Duty, Status
from webui.addresses import absolute
from webui.analysis import analysis, asked_part
from webui.asked import asked_page, asked_region, asked_word, asked_year, digits_of
from webui.catalog import Catalog, catalog
from webui.pages.coverage import LEVELS
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, region_shape

blueprint = Blueprint("calendar", __name__)

SIZE = 100
FEED = 200
What = Literal[Status, "awaited", "unseen"]
WHATS: tuple[What, ...] = (
    "missing", "late", "silent", "awaited", "succeeded", "undated", "in_time", "without_day", "unseen",
)  # fmt: skip
_GAPS: tuple[Status, ...] = ("missing", "silent")
_AWAITED: tuple[Status, ...] = ("late", "missing", "silent")
"""What was not there on the last day in time."""
_COLUMNS = (
    "agency_id",
    "agency",
    "region",
    "level",
    "kind",
    "year",
    "status",
    "due",
    "published",
    "days_late",
    "report",
)


@page(blueprint, "/calendar")
def calendar() -> View:
    """The years, the provinces of one, and the bodies of one status."""
    shelf, today = catalog(), _today()
    region, year, what, part = asked_region(), asked_year(), asked_word("what", WHATS), asked_part(SIZE)
    digits = digits_of(region)
    years = shelf.store.duties.years(digits, today)
    unseen = _unseen(shelf, year, region) if year else ()
    total, found = len(unseen), tuple[Duty, ...]()
    if what != "unseen":
        statuses = _AWAITED if what == "awaited" else (what,)
        total = _total(years, statuses, year)
        found = shelf.store.duties.listed(
            statuses, region=digits, year=year, today=today, first=part.first, most=part.size
        )
    shown = unseen[part.first : part.first + part.size] if what == "unseen" else ()
    provinces = shelf.store.duties.provinces(year, today) if year and not region else {}
    body = {
        "ok": True,
        "what": what,
        "total": total,
        "years": [{"year": at, **_counted(counts)} for at, counts in years.items()],
        "provinces": [{"region": _province(shelf, code), **_counted(counts)} for code, counts in provinces.items()],
        "bodies": [*(_shape(each, shelf) for each in found), *(_unseen_shape(each, year, shelf) for each in shown)],
    }
    context = {
        **analysis(total, part, what=what),
        "whats": WHATS if year else WHATS[:-1],
        "statuses": ("in_time", "late", "undated", "missing", "silent", "succeeded", "without_day"),
        "years": years,
        "provinces": [(f"{code}0000", _province(shelf, code), counts) for code, counts in provinces.items()],
        "found": found,
        "unseen": shown,
    }
    return View("calendar.html", body, context, version=f"{shelf.holdings.revision}.{today}")


@blueprint.get("/calendar.csv")
def as_csv() -> Response:
    """Every body and year that is due, or those of one year or place."""
    found = catalog().store.duties.listed(
        STATUSES, region=digits_of(asked_region()), year=asked_year(), today=_today(), most=None
    )
    return rows_file("calendar", _COLUMNS, map(_row, found))


@blueprint.get("/calendar.atom")
def as_atom() -> Response:
    """The gaps as a feed, the newest first: a body becomes one on the day after its last day in time."""
    shelf, region, number, today = catalog(), asked_region(), asked_page(), _today()
    digits = digits_of(region)
    total = _total(shelf.store.duties.years(digits, today), _GAPS, None)
    found = shelf.store.duties.listed(
        _GAPS, region=digits, year=None, today=today, first=(number - 1) * FEED, most=FEED
    )

    def feed(at: int) -> str:
        code = region.code if region else None
        return absolute(url_for("calendar.as_atom", region=code, page=at if at > 1 else None), shelf.settings)

    text = render_template(
        "calendar.atom.xml",
        entries=[(each, _since(each)) for each in found],
        place=region,
        present=feed(number),
        first=feed(1),
        following=feed(number + 1) if number * FEED < total else None,
        page=absolute(url_for("calendar.calendar", region=region.code if region else None), shelf.settings),
    )
    return current_app.response_class(text, mimetype="application/atom+xml")


def _today() -> date:
    return datetime.now(UTC).date()


def _total(years: Mapping[int, Mapping[str, int]], statuses: Collection[Status], year: int | None) -> int:
    """How many of some statuses there are, in a year or in all."""
    return sum(counts.get(status, 0) for at, counts in years.items() if year in (None, at) for status in statuses)


def _since(duty: Duty) -> datetime:
    """When a gap became one."""
    day = duty.due + timedelta(days=1) if duty.due else date(duty.year + 2, 1, 1)
    return datetime.combine(day, time(), UTC)


def _unseen(shelf: Catalog, year: int | None, region: Region | None) -> tuple[Region, ...]:
    """Governments of a year, by the registry, none of whose reports is here, where others of the province report."""
    if year is None:
        return ()
    known = shelf.store.duties.governments(year, digits_of(region))
    provinces = {code[:2] for code in known}
    inside = digits_of(region)
    return tuple(
        sorted(
            (
                each
                for each in shelf.registry
                if each.level in LEVELS
                and each.code[:2] in provinces
                and each.code.startswith(inside)
                and each.code not in known
                and valid(each, year)
            ),
            key=lambda each: each.code,
        )
    )


def _counted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {status: counts.get(status, 0) for status in STATUSES}


def _province(shelf: Catalog, code: str) -> Json:
    return region_shape(f"{code}0000", shelf.registry)


def _shape(each: Duty, shelf: Catalog) -> Json:
    return {
        "agency_id": each.agency_id,
        "agency": each.agency,
        "region": region_shape(each.region, shelf.registry),
        "level": each.level,
        "kind": each.kind,
        "year": each.year,
        "status": each.status,
        "due": each.due.isoformat() if each.due else None,
        "published": each.published.isoformat() if each.published else None,
        "days_late": each.days_late,
        "report": each.id or None,
    }


def _unseen_shape(each: Region, year: int | None, shelf: Catalog) -> Json:
    return {"agency_id": None, "region": region_shape(each.code, shelf.registry), "year": year, "status": "unseen"}


def _row(each: Duty) -> tuple[str | int | None, ...]:
    due, published = (day.isoformat() if day else None for day in (each.due, each.published))
    place = (each.agency_id, each.agency, each.region, each.level, each.kind, each.year)
    return (*place, each.status, due, published, each.days_late, each.id or None)
