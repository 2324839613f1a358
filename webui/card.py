"""The card above the hits: what a query names outright or asks, with its addresses, figures and newest report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from flask_babel import gettext

from corpus.doubts import Language
from corpus.model import agency_of
from indexer.bodies import Body
from indexer.request import MetricRange, SearchRequest, where
from indexer.result import Hit
from indexer.subject import Subject, articles
from webui.addresses import beside_address, comparison_address, report_address, search_address
from webui.catalog import Catalog
from webui.ranking import Place, ranking
from webui.search_answers import CardShape, ValueShape
from webui.series import points
from webui.shapes import number

STATUTE = "https://www.gov.cn/zhengce/content/2019-04/15/content_5382991.htm"
"""Order 711 of the State Council as published."""
RANKED = 5
_ROW = re.compile(r"^(?:\d+\.|（[一二三四五六七]）|[一二三四]、)(?:属于|危及)?")
SERIES = 30


@dataclass(frozen=True, slots=True)
class Value:
    """A figure on a card: whose it is, of which year, in which report."""

    agency: str
    region: str
    year: int
    value: Decimal
    report: str


@dataclass(frozen=True, slots=True)
class Card:
    """``kind`` and ``id`` as in Subject; ``links`` are words with addresses, the page of the thing first.

    ``sure`` is False where the query says more than was understood: then the card is an offer.
    """

    kind: str
    id: str
    name: str
    note: str
    sure: bool
    links: tuple[tuple[str, str], ...]
    newest: Hit | None = None
    series: tuple[Value, ...] = ()
    ranking: tuple[Value, ...] = ()

    @property
    def address(self) -> str:
        """The page of the thing."""
        return self.links[0][1]


def card_of(shelf: Catalog, subject: Subject | None, text: str, language: Language) -> Card | None:
    """The card of a subject; None where there is nothing to show."""
    if subject is None:
        return None
    if subject.kind in ("metric", "figure", "article"):
        return (_article if subject.kind == "article" else _metric)(shelf, subject, language)
    if subject.kind == "comparison":
        return _comparison(shelf, subject, language)
    if subject.body is not None:
        return _body(subject.body, text)
    if subject.kind == "region":
        return _region(shelf, subject, text)
    return _agency(shelf, subject) if subject.kind == "agency" else _report(shelf, subject)


def card_shape(card: Card | None) -> CardShape | None:
    """A card as JSON."""
    if card is None:
        return None
    newest = card.newest
    return {
        "kind": card.kind,
        "id": card.id,
        "name": card.name,
        "note": card.note,
        "sure": card.sure,
        "address": card.address,
        "links": [{"label": label, "address": address} for label, address in card.links],
        "newest": {"id": newest.id, "title": newest.title, "year": newest.year, "url": newest.url} if newest else None,
        "series": [_value_shape(value) for value in card.series],
        "ranking": [_value_shape(value) for value in card.ranking],
    }


def _value_shape(value: Value) -> ValueShape:
    return {
        "agency": value.agency,
        "region": value.region,
        "year": value.year,
        "value": number(value.value),
        "report": value.report,
    }


def _metric(shelf: Catalog, subject: Subject, language: Language) -> Card:
    """Of a place its own figures by year, else who has the most, or the least, in the newest year that has values."""
    id_ = subject.id
    metric = shelf.metrics[id_]
    sought = replace(
        where(**{name: value for name, value in _beside(subject).items() if value}),
        metrics=(MetricRange(id_),),
        facet_metrics=(id_,),
        sort=subject.sort or f"-{id_}",
        size=RANKED,
        apart=True,
        bare=True,
    )
    if not subject.years:
        newest = ranking(shelf, metric, replace(sought, sort="-year"), metric.least, 1)
        sought = sought.choosing(year=(str(newest[0].hit.year),)) if newest else sought
    answered = replace(sought, size=SearchRequest().size, apart=False, bare=False, metrics=(MetricRange(id_),))
    links = [
        (shelf.metric_name(id_, language), search_address(SearchRequest(), path=f"/metrics/{id_}")),
        (gettext("All reports in this order"), search_address(answered)),
    ]
    series: tuple[Value, ...] = ()
    if subject.region and not subject.order:
        own = replace(where(region=subject.region, kind="government"), sort="year")
        found = points(shelf.engine, own, id_, SERIES * 20)
        series = tuple(
            Value(each.agency, each.region, each.year, each.value, each.report)
            for each in found
            if each.region == subject.region
        )[-SERIES:]
        links.append(
            (_place(shelf, subject.region), search_address(SearchRequest(), path=f"/regions/{subject.region}"))
        )
    first = () if series else ranking(shelf, metric, sought, metric.least, RANKED)
    ranked = tuple(_value(place) for place in first)
    note = metric.caveat_zh if language == "zh-CN" else metric.caveat_en
    name = shelf.metric_name(id_, language)
    if subject.kind == "figure":  # its whole label is the path through the table
        name = _ROW.sub("", name.partition(" 申请人情况")[0].rpartition(" | " if language == "zh-CN" else ": ")[2])
    return Card(subject.kind, id_, name, note, subject.whole, tuple(links), None, series, ranked)


def _beside(subject: Subject) -> dict[str, str]:
    return {"region": subject.region, "year": subject.years, "level": subject.level or "", "kind": subject.bearer or ""}


def _value(place: Place) -> Value:
    hit = place.hit
    return Value(hit.agency, hit.region, hit.year, place.value, hit.id)


def _region(shelf: Catalog, subject: Subject, text: str) -> Card:
    place = subject.id
    links = [(_place(shelf, place), search_address(SearchRequest(), path=f"/regions/{place}"))]
    links.append((gettext("All its reports"), search_address(where(region=place))))
    links += [
        ("".join(shelf.registry.path(code)), search_address(SearchRequest(), path=f"/regions/{code}"))
        for code in subject.others
    ]
    own = [hit for hit in _newest(shelf, where(region=place, kind="government"), subject) if hit.region == place]
    newest = (own or _newest(shelf, where(region=place), subject))[:1]
    region = shelf.registry.get(place)
    if own and region and region.parent:
        links.append((gettext("Compare with its neighbours"), beside_address(agency_of(own[0].id))))
    note = "" if _place(shelf, place) in text else " › ".join(shelf.registry.path(place))
    return Card("region", place, _place(shelf, place), note, True, tuple(links), newest[0] if newest else None)  # noqa: FBT003 - sure


def _comparison(shelf: Catalog, subject: Subject, language: Language) -> Card | None:
    """The newest figure of each place's government, and the page on which their years stand side by side."""
    id_, places = subject.id, subject.others
    governments = [
        next((hit for hit in _newest(shelf, _measured(place, id_), subject) if hit.region == place), None)
        for place in places
    ]
    values = [
        Value(hit.agency, hit.region, hit.year, Decimal(hit.metrics[id_]), hit.id)
        for hit in governments
        if hit is not None
    ]
    if len(values) < 2:
        return None
    name = " · ".join(_place(shelf, place) for place in places)
    links = [(name, comparison_address([agency_of(value.report) for value in values], (id_,), subject.years))]
    links += [(_place(shelf, place), search_address(SearchRequest(), path=f"/regions/{place}")) for place in places]
    links.append((shelf.metric_name(id_, language), search_address(SearchRequest(), path=f"/metrics/{id_}")))
    return Card("comparison", id_, name, shelf.metric_name(id_, language), True, tuple(links), ranking=tuple(values))  # noqa: FBT003 - sure


def _measured(place: str, metric: str) -> SearchRequest:
    return replace(
        where(region=place, kind="government"), metrics=(MetricRange(metric),), facet_metrics=(metric,), size=100
    )


def _agency(shelf: Catalog, subject: Subject) -> Card | None:
    hits = _newest(shelf, where(agency=subject.id), subject)
    if not hits:
        return None
    newest = hits[0]
    links = (
        (newest.agency, search_address(SearchRequest(), path=f"/agencies/{subject.id}")),
        (gettext("All its reports"), search_address(replace(where(agency=subject.id), sort="-year"))),
    )
    return Card("agency", subject.id, newest.agency, "", True, links, newest)  # noqa: FBT003 - sure


def _newest(shelf: Catalog, sought: SearchRequest, subject: Subject) -> list[Hit]:
    """Its reports, the newest first; of the year that is asked for where it has one."""
    asked = replace(sought, sort="-year", apart=True, bare=True)
    if subject.years and (found := shelf.engine.search(asked.choosing(year=(subject.years,))).hits):
        return list(found)
    return list(shelf.engine.search(asked).hits)


def _article(shelf: Catalog, subject: Subject, language: Language) -> Card:
    entry = articles()[subject.id]
    name = (
        f"《政府信息公开条例》第{subject.id}条" if language == "zh-CN" else f"Article {subject.id} of the Regulations"
    )
    links = [(gettext("The statute as published"), STATUTE)]
    links += [
        (shelf.metric_name(id_, language), search_address(SearchRequest(), path=f"/metrics/{id_}"))
        for id_ in entry.metrics
    ]
    note = entry.zh if language == "zh-CN" else entry.en
    return Card("article", subject.id, name, note, subject.whole, tuple(links))


def _body(body: Body, text: str) -> Card:
    """What a short or former name stands for now."""
    ended = next((f"{former} → {body.name} ({year})" for former, year in body.former.items() if former in text), "")
    others = " = ".join(body.names)
    sought = SearchRequest(text=f"机关:{body.name}")
    return Card("body", body.name, body.name, ended or others, True, ((body.name, search_address(sought)),))  # noqa: FBT003 - sure


def _report(shelf: Catalog, subject: Subject) -> Card | None:
    stored = shelf.store.get(shelf.store.resolve(subject.id) or "")
    if stored is None:
        return None
    links = ((stored.report.title, report_address(stored.id)), (gettext("Original"), stored.snapshot.url))
    return Card("report", stored.id, stored.report.title, "", True, links)  # noqa: FBT003 - sure


def _place(shelf: Catalog, code: str) -> str:
    region = shelf.registry.get(code)
    return region.name if region else code
