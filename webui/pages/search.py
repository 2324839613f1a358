"""The search page and its twin: hits with marked snippets, facets, chips, sort orders, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import cast

from flask import Blueprint, abort, redirect, request
from flask_babel import gettext

from corpus.doubts import Language
from indexer.rank import sort_metric
from indexer.request import MAX_PAGE, SearchRequest
from indexer.result import Hit, SearchResult, Snippet
from webui.addresses import SearchAddresses, report_addresses, search_address
from webui.card import card_of, card_shape
from webui.cases import base_of, cases
from webui.catalog import Catalog, catalog
from webui.facet_choices import Chip, Facets, chips, range_label
from webui.language import chosen_language
from webui.params import NAMES, address_arguments, metric_range, parse, shortened
from webui.passage import ANCHOR, passage_of
from webui.ranges import PARAMETERS, Boxes, boxes, ranged
from webui.respond import View, page, wants_page
from webui.result_numbers import adding, numbers_of
from webui.search_shapes import search_shape

blueprint = Blueprint("search", __name__)

_UNKNOWN = 20
"""Parameters that mean nothing, as many as are named."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words with an address; ``current`` marks where the reader is."""

    label: str
    address: str
    current: bool = False


@page(blueprint, "/search")
def search() -> View:
    """Answer a search."""
    shelf = catalog()
    query = parse(request.args, shelf.holdings.vocabulary)
    chosen = ranged(request.args, query, shelf.holdings.vocabulary)
    if chosen is not None:
        abort(redirect(search_address(chosen, "" if wants_page() else ".json")))
    # The contract's list names every report; only the page folds those that are almost the same.
    result = shelf.engine.search(query if wants_page() else replace(query, apart=True))
    language = chosen_language()
    name = namer(shelf, language)
    shown = replace(query, sort=str(result.understood["sort"]))  # a question brings its own order
    unknown = [str(shortened(name)) for name in sorted(set(request.args) - NAMES - set(PARAMETERS))[:_UNKNOWN]]
    addresses = SearchAddresses(query)
    if _shown_metrics(shown):
        shelf.look_up_flaws([hit.id for hit in result.hits])
    context = {
        "query": query,
        "result": result,
        "groups": Facets(addresses, shelf.registry, name).groups(result),
        "chips": chips(query, name),
        "pieces": _pieces(addresses, result),
        "offered": _offered(addresses, result),
        "card": card_of(shelf, result.subject, query.text, language),
        "cleared": search_address(SearchRequest(text=query.text, like=query.like, sort=query.sort)),
        "sorts": _sorts(addresses, shown.sort, name),
        "grouped": addresses.at(group="agency"),
        "numbers": numbers_of(query, result, name),
        "summing": adding(query, query.facet_metrics),
        "undistributed": {each: addresses.at(facet_metric=_others(query, each)) for each in query.facet_metrics},
        "pages": _pages(query, result),
        "metric_options": partial(shelf.metric_options, language),
        "boxes": _boxes(shelf, query),
        "held": [(key, value) for key, value in address_arguments(query) if key not in ("q", "page")],
        "unknown": unknown,
        "indexable": query == SearchRequest(),
        "first_page": addresses.at(),
        "feed": addresses.at("/search.atom"),
        "download": addresses.at("/download"),
        "takeaways": _takeaways(addresses),
        "synonyms": result.understood.get("synonyms") or {},
        "trend": addresses.at("/trend"),
        "silent": _silent(addresses, result),
        "unlike": addresses.at(like=""),
        "nothing_known": bool(query.like) and result.understood.get("clause") == {"is": "everything"},
        "verbatim": _verbatim(shelf, query, result),
        "as_typed": addresses.at(plain="1"),
        "meant": _meant(addresses, result),
        "one_by_one": search_address(replace(query, apart=True)),
        "name": name,
        "led": partial(_led, report_addresses()),
        "few": _few(shelf, shown, result),
        "hit_metrics": [(metric, name("metric_name", metric)) for metric in _shown_metrics(shown)],
    }
    body = partial(search_body, shelf, query, result, language, unknown)
    return View("search.html", body, context, index=query == SearchRequest(), version=result.generation)


def search_body(
    shelf: Catalog, query: SearchRequest, result: SearchResult, language: Language, unknown: Sequence[str] = ()
) -> dict[str, object]:
    """The JSON twin, with every region that there is: thousands, of which the page shows a few."""
    listed = result.total if result.groups is None else result.groups
    following = query.page * query.size < listed and query.page < MAX_PAGE
    address = search_address(replace(query, page=query.page + 1), ".json") if following else None
    said = {"like": query.like, "unknown_parameters": unknown}
    understood = {**result.understood, **{key: value for key, value in said.items() if value}}
    card = card_shape(card_of(shelf, result.subject, query.text, language))
    return {**search_shape(result, shelf.registry, address, namer(shelf, language), card), "query": understood}


def _offered(addresses: SearchAddresses, result: SearchResult) -> list[Link]:
    """What begins like the words that found nothing."""
    offered = cast("Sequence[Mapping[str, str]]", result.understood.get("suggestions") or ())
    return [Link(each["text"], addresses.at(q=each["text"])) for each in offered]


def _pieces(addresses: SearchAddresses, result: SearchResult) -> list[Chip]:
    """What the words were taken for, each removable; words themselves need no explanation."""
    pieces = cast("Sequence[Mapping[str, str]]", result.understood.get("pieces") or ())
    return [
        Chip(
            piece["kind"],
            piece["text"] if piece["value"] in ("", piece["text"]) else f"{piece['text']} = {piece['value']}",
            addresses.at(q=piece["without"]),
        )
        for piece in pieces
        if piece["kind"] not in ("word", "quotation")
    ]


def _rate(shelf: Catalog, metric: str) -> bool:
    return metric in shelf.metrics and shelf.metrics[metric].unit == "%"


def _boxes(shelf: Catalog, query: SearchRequest) -> Boxes | None:
    """The form for the range of the metric that is looked at, if one is."""
    metric = next(iter(query.facet_metrics), None) or next((each.metric for each in query.metrics), None)
    return boxes(query, metric, rate=_rate(shelf, metric)) if metric else None


def namer(shelf: Catalog, language: Language) -> Callable[[str, str], str]:
    """A function from (parameter, value) to words in the language of the page."""

    def name(parameter: str, value: str) -> str:
        if parameter == "region":
            region = shelf.registry.get(value)
            return region.name if region else value
        if parameter == "metric_name":
            return shelf.metric_name(value, language)
        if parameter in ("metric", "bucket"):
            return _metric_words(shelf, value, language, with_name=parameter == "metric")
        if parameter == "finding":
            rule, _, verdict = value.partition(":")
            rule = shelf.label("rule", rule, language) if rule == "reading" else rule
            return " ".join(filter(None, (rule, verdict and shelf.label("verdict", verdict, language))))
        return shelf.label(parameter, value, language)

    return name


def _metric_words(shelf: Catalog, value: str, language: Language, *, with_name: bool) -> str:
    if ":" not in value:  # the JSON twin's buckets carry the engine's own label
        return ""
    bounds = metric_range(value, shelf.metrics.keys())
    rate = shelf.metrics[bounds.metric].unit == "%"
    words = range_label(bounds.minimum, bounds.maximum, rate=rate)
    return f"{shelf.metric_name(bounds.metric, language)} {words}" if with_name else words


def _shown_metrics(query: SearchRequest) -> list[str]:
    named = [metric] if (metric := sort_metric(query.sort)) else []
    named += query.facet_metrics
    return list(dict.fromkeys([*named, *(each.metric for each in query.metrics)]))


def _few(shelf: Catalog, query: SearchRequest, result: SearchResult) -> Mapping[tuple[str, str], Decimal]:
    """(report, metric) → cases, for each rate on the page that is over too few cases to be compared."""
    few: dict[tuple[str, str], Decimal] = {}
    for metric in _shown_metrics(query):
        least = shelf.metrics[metric].least
        if not least:
            continue
        base = base_of(shelf, shelf.metrics[metric])
        if base:
            weighed = shelf.engine.search(replace(query, facet_metrics=(base,), bare=True)).hits
            over = {hit.id: Decimal(hit.metrics[base]) for hit in weighed if base in hit.metrics}
        else:
            over = dict(cases(shelf, metric, (hit.id for hit in result.hits), query))
        few |= {(id_, metric): value for id_, value in over.items() if value < least}
    return few


def _others(query: SearchRequest, metric: str) -> tuple[str, ...]:
    return tuple(each for each in query.facet_metrics if each != metric)


def _sorts(addresses: SearchAddresses, current: str, name: Callable[[str, str], str]) -> list[Link]:
    """The orders to choose from; ``current`` is the one that the hits stand in.

    Where a question brings its order there is no relevance to sort by.
    """
    query = addresses.query
    orders = [
        *([("relevance", gettext("Relevance"))] if query.sort != "relevance" or current == "relevance" else []),
        ("-year", gettext("Newest first")),
        ("year", gettext("Oldest first")),
        ("-captured", gettext("Last captured first")),
        ("-published", gettext("Last published first")),
    ]
    for metric in _shown_metrics(replace(query, sort=current)):
        orders.append((f"-{metric}", gettext("%(metric)s, highest first", metric=name("metric_name", metric))))
        orders.append((metric, gettext("%(metric)s, lowest first", metric=name("metric_name", metric))))
    return [
        Link(label, addresses.at(sort="" if order == "relevance" else order), current == order)
        for order, label in orders
    ]


def _takeaways(addresses: SearchAddresses) -> list[tuple[str, str]]:
    """What can be taken away, and where: each kind of row in each kind of file."""
    tables = ("reports", gettext("reports")), ("figures", gettext("figures")), ("metrics", gettext("metrics"))
    files = [(ending, addresses.at(f"/search{ending}")) for ending in (".csv", ".xlsx", ".ndjson")]
    return [
        (f"{words} {ending[1:].upper()}", f"{address}{'&' if '?' in address else '?'}what={table}")
        for table, words in tables
        for ending, address in files
    ]


def _pages(query: SearchRequest, result: SearchResult) -> list[Link | None]:
    """Links to pages around the present one; None stands for a gap."""
    listed = result.total if result.groups is None else result.groups
    last = min(MAX_PAGE, -(-listed // query.size))
    if last <= 1 and query.page == 1:
        return []
    wanted = sorted({1, last, *range(query.page - 2, query.page + 3)} & set(range(1, last + 1)))
    links: list[Link | None] = []
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number > before + 1:
            links.append(None)
        links.append(Link(str(number), search_address(replace(query, page=number)), number == query.page))
    return links


def _meant(addresses: SearchAddresses, result: SearchResult) -> list[Link]:
    """Other spellings that find more, as the engine offers them."""
    offered = cast("Sequence[Mapping[str, object]]", result.understood.get("did_you_mean") or ())
    return [Link(f"{each['text']} ({each['total']})", addresses.at(q=str(each["text"]))) for each in offered]


def _led(address: Callable[..., str], hit: Hit, most: int | None = None) -> Iterator[tuple[Snippet, str, bool]]:
    """The passages of a hit, each with where it leads, and whether it is of the same section as the one before."""
    before = ""
    for snippet in hit.snippets[:most]:
        passage = passage_of(snippet)
        where = address(hit.id, ANCHOR, str(passage)) if passage else address(hit.id)
        yield snippet, where, snippet.section == before
        before = snippet.section


def _silent(addresses: SearchAddresses, result: SearchResult) -> str:
    """The search for reports of the same selection that do not say it; empty where NOT would turn a condition too."""
    text = f"NOT ({addresses.query.text})"
    clause = result.understood.get("clause")
    if result.understood.get("ignored") or len(text) > catalog().settings.max_words or not _only_words(clause):
        return ""
    return addresses.at(q=text)


def _only_words(clause: object) -> bool:
    """Whether a question as understood asks for words and nothing else."""
    if isinstance(clause, Mapping):
        turned = ("everything", "filter", "condition", "not", "some")
        return clause.get("is") not in turned and all(map(_only_words, clause.values()))
    return not isinstance(clause, list) or all(map(_only_words, clause))


def _verbatim(shelf: Catalog, query: SearchRequest, result: SearchResult) -> set[str]:
    """The hits that hold the passage word for word, its own report among them."""
    if not query.like:
        return set()
    kept = {hit.id: shelf.store.get(hit.id) for hit in result.hits}
    return {
        id_
        for id_, stored in kept.items()
        if stored is not None and any(query.like in section.text for section in stored.report.sections)
    }
