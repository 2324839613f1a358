"""A facet is declared once, in indexer/facets.py: every surface that must know it does, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.doubts import LANGUAGES
from indexer.facets import FACETS, Facet
from tests.webui.pages import soup, twin
from webui.cli import nianbao
from webui.facet_choices import range_label
from webui.language import load_labels

COUNTED = tuple(facet for facet in FACETS if facet.counted)


def by_name(facet: Facet) -> str:
    return facet.name


@pytest.mark.parametrize("facet", FACETS, ids=by_name)
def test_words_in_both_languages(facet: Facet) -> None:
    labels = load_labels()
    for words in (labels["facet"][facet.name], *(labels[facet.name][value] for value in facet.values)):
        assert set(words) >= set(LANGUAGES)


@pytest.mark.parametrize("facet", FACETS, ids=by_name)
def test_the_description_and_the_command_have_it(facet: Facet, client: FlaskClient) -> None:
    parameters = twin(client, "/openapi.json")["paths"]["/search.json"]["get"]["parameters"]
    assert facet.name in {parameter["name"] for parameter in parameters}
    assert f"--{facet.name} " in CliRunner().invoke(nianbao, ["search", "--help"]).output


@pytest.mark.parametrize("facet", COUNTED, ids=by_name)
def test_a_value_finds_what_it_counts(facet: Facet, client: FlaskClient) -> None:
    for value in twin(client, "/search.json")["facets"][facet.name]:
        chosen = twin(client, f"/search.json?{facet.name}={value['value']}")
        if facet.nature != "section":  # without words every section is met in every report
            assert chosen["total"] == value["count"]
        assert value["value"] in {each["value"] for each in chosen["facets"][facet.name] if each["selected"]}


def test_the_page_offers_the_originals(client: FlaskClient) -> None:
    for language, words in (("zh-CN", "原件"), ("en", "Original")):
        assert words in [str(tag.string) for tag in soup(client, f"/search?lang={language}").select("#facets h2")]


def test_several_metrics_are_counted_at_once(client: FlaskClient) -> None:
    both = twin(client, "/search.json?facet_metric=refused&facet_metric=applications_received")["facets"]
    assert both["metric"] == twin(client, "/search.json?facet_metric=refused")["facets"]["metric"]
    other = twin(client, "/search.json?facet_metric=applications_received")["facets"]["metric"]
    assert both["metric:applications_received"] == other
    page = soup(client, "/search?facet_metric=refused&facet_metric=applications_received&lang=en")
    assert len(page.select("#facets h3")) == 2


def test_a_bin_of_a_rate_ends_where_the_next_one_begins() -> None:
    bounds = [("0", "9.9999"), ("10", "19.9999"), ("90", "100"), ("12.5", "19.5")]
    labels = [range_label(Decimal(low), Decimal(high), rate=True) for low, high in bounds]
    assert labels == ["0–<10%", "10–<20%", "90%–100%", "12.5%–19.5%"]
    assert range_label(Decimal(10), Decimal(99), rate=False) == "10–99"
    beyond = Decimal("100.0001")  # what the bin up to 100 leaves
    assert [range_label(beyond, high, rate=True) for high in (Decimal(250), None)] == [">100%–250%", ">100%"]
