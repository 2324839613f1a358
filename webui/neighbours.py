"""Bodies worth comparing with one another: of the same level and kind, under the same parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Agency, agency_of
from indexer.request import where
from webui.catalog import Catalog
from webui.series import hits

MOST = 10
"""With two metrics, as many lines as a comparison has."""


def neighbours(shelf: Catalog, agency: Agency) -> tuple[str, ...]:
    """The agency's id and those of its neighbours, ``MOST`` at most.

    A government's are those of the places beside its own; any other body's are of its kind in the same place.
    """
    place = shelf.registry.get(agency.region)
    if place is None:
        return (agency.id,)
    if agency.kind == "government":
        beside = [each.code for each in shelf.registry.children(place.parent)] if place.parent else []
        return _chosen(agency.id, governments(shelf, place.parent, agency.level, set(beside)))
    query = replace(where(region=agency.region, level=agency.level, kind=agency.kind), sort="-year")
    found = [agency_of(hit.id) for hit in hits(shelf.engine, query, 500) if hit.region == agency.region]
    return _chosen(agency.id, found)


def governments(shelf: Catalog, parent: str, level: str, among: set[str]) -> list[str]:
    """The governments of the places ``among`` those of a parent, those with the newest reports first."""
    if not among:
        return []
    query = replace(where(region=parent, level=level, kind="government"), sort="-year")
    return [agency_of(hit.id) for hit in hits(shelf.engine, query, 1000) if hit.region in among]


def _chosen(own: str, found: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((own, *found)))[:MOST]
