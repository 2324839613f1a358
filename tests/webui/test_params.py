from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from corpus.metrics import load_metrics
from indexer.facets import FACETS, spelled_years
from indexer.request import MetricRange, SearchRequest
from webui.addresses import SearchAddresses, search_address
from webui.params import BadParameterError, Vocabulary, address_arguments, parse, spelled, without

REGIONS = ("110000", "410400", "410422", "990101")
VOCABULARY = Vocabulary(REGIONS, load_metrics().keys())


def read(*pairs: tuple[str, str]) -> SearchRequest:
    return parse(MultiDict(pairs), VOCABULARY)


bound = st.none() | st.decimals(min_value=-1000, max_value=10**9, places=2)


@st.composite
def ranges(draw: st.DrawFn) -> MetricRange:
    ends = [draw(bound), draw(bound)]
    if None not in ends:
        ends.sort()
    return MetricRange(draw(st.sampled_from(sorted(VOCABULARY.metrics))), ends[0], ends[1])


def several(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=4, unique=True).map(tuple)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, min_size=1, max_size=4, unique=True).map(tuple)


queries = st.builds(
    SearchRequest,
    text=st.text(max_size=200).map(str.strip),
    like=st.text(max_size=200).map(str.strip),
    filters=st.fixed_dictionaries(
        {},
        optional={
            "region": some(st.sampled_from(REGIONS)),
            "year": some(st.builds(spelled_years, st.integers(1900, 2050), st.integers(2050, 2198))),
            "agency": some(st.just("410400-0123abcd")),
            "finding": some(st.sampled_from(("I1", "I3:broken", "X2:holds", "reading"))),
            **{facet.name: some(st.sampled_from(facet.values)) for facet in FACETS if facet.values},
        },
    ),
    metrics=several(ranges()),
    facet_metrics=several(st.sampled_from(sorted(VOCABULARY.metrics))),
    sort=st.sampled_from(("relevance", "year", "-year", "refused", "-refusal_rate")),
    page=st.integers(1, 500),
)


@given(queries)
def test_an_address_says_all_of_a_query(query: SearchRequest) -> None:
    assert read(*address_arguments(query)) == query


@given(queries)
def test_what_is_added_can_be_taken_away(query: SearchRequest) -> None:
    counties = SearchAddresses(query).around("level")
    more = asked(counties.of((*counties.held, "county")))
    assert more == replace(query, page=1).choosing(level=tuple(dict.fromkeys((*query.chosen("level"), "county"))))
    assert "county" not in without(more, "level", "county").chosen("level")
    for name in ("year", "metric", "region"):
        addresses = SearchAddresses(query).around(name)
        assert asked(addresses.of(addresses.held)) == replace(query, page=1)
        for value in addresses.held:
            assert value not in spelled(without(query, name, value), name)


@given(queries, queries, st.sampled_from(("/search", "/search.csv", "/trend")))
def test_an_address_differs_in_just_what_is_given(query: SearchRequest, other: SearchRequest, path: str) -> None:
    addresses, first = SearchAddresses(query), replace(query, page=1)
    assert addresses.at(path) == search_address(first, path=path)
    for changed, wanted in (
        ({"q": other.text}, replace(first, text=other.text)),
        ({"like": other.like}, replace(first, like=other.like)),
        ({"facet_metric": other.facet_metrics}, replace(first, facet_metrics=other.facet_metrics)),
        ({"sort": "" if other.sort == "relevance" else other.sort}, replace(first, sort=other.sort)),
        ({"group": "agency", "plain": "1"}, replace(first, group="agency", plain=True)),
    ):
        assert addresses.at(path, **changed) == search_address(wanted, path=path)


def asked(address: str) -> SearchRequest:
    """The search that an address asks for."""
    return read(*parse_qsl(urlsplit(address).query))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "501"),
        ("page", "-1"),
        ("page", "1.5"),
        ("page", "²"),
        ("page", "x"),
        ("year", "19"),
        ("year", "二〇一九"),
        ("level", "city"),
        ("kind", "court"),
        ("form", "2020"),
        ("section", "summary"),
        ("region", "123456"),
        ("agency", "410400"),
        ("finding", "Z9"),
        ("finding", "I1:wrong"),
        ("metric", "refused"),
        ("metric", "nothing:1..2"),
        ("metric", "refused:a..b"),
        ("facet_metric", "nothing"),
        ("original", "stone"),
        ("sort", "-relevance"),
        ("sort", "nothing"),
        ("q", "字" * 501),
        ("like", "字" * 501),
    ],
)
def test_what_means_nothing_is_named(name: str, value: str) -> None:
    with pytest.raises(BadParameterError) as caught:
        read((name, value))
    assert caught.value.parameter == name
    assert str(caught.value).endswith(".")


def test_an_empty_parameter_is_as_good_as_none() -> None:
    assert read(("q", " "), ("year", ""), ("sort", ""), ("page", ""), ("metric", "")) == SearchRequest()


def test_bounds_may_be_open_or_percentages() -> None:
    assert read(("metric", "refusal_rate:10%..")).metrics == (MetricRange("refusal_rate", Decimal(10)),)
    assert read(("metric", "refused:..99")).metrics == (MetricRange("refused", None, Decimal(99)),)
    assert read(("year", "2019.."), ("year", "2016")).years == ((2019, 2199), (2016, 2016))
    assert read(("year", "2022..2019"), ("metric", "refused:9..1")) == read(
        ("year", "2019..2022"), ("metric", "refused:1..9")
    )


def test_only_so_many_values() -> None:
    with pytest.raises(BadParameterError, match="50 times"):
        read(*(("year", str(1950 + at)) for at in range(51)))
    with pytest.raises(BadParameterError, match="only once"):
        read(("page", "1"), ("page", "2"))
