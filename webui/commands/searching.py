"""``search``: the answer of the site, made by the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

import click
from werkzeug.datastructures import MultiDict

from indexer.facets import FACETS
from webui.catalog import Catalog
from webui.commands.opening import existing
from webui.commands.output import put, say
from webui.language import load_labels
from webui.pages.search import search_body
from webui.params import parse
from webui.settings import Settings


def _facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each facet, in their order."""
    for facet in reversed(FACETS):
        words = f"{', '.join(facet.values)}: {facet.meaning}" if facet.values else facet.meaning
        command = click.option(f"--{facet.name}", multiple=True, help=f"{words[0].upper()}{words[1:]}.")(command)
    return command


@click.command()
@click.argument("query", default="")
@_facet_options
@click.option("--metric", multiple=True, help="<id>:<min>..<max>, as in refused:10..")
@click.option("--facet-metric", multiple=True, help="Count the hits by the values of a metric.")
@click.option("--stats", multiple=True, help="Sum up a metric over the result.")
@click.option("--since", help="Captured on that day or later, as 2024-03-31.")
@click.option("--group", help="agency: of each agency only the first hit.")
@click.option("--sort", help="relevance, year, captured, published or a metric; -year and so on for the other way.")
@click.option("--page", help="20 hits a page.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of /search.json.")
@click.pass_obj
def search(settings: Settings, /, query: str, *, as_json: bool, **options: str | tuple[str, ...] | None) -> None:
    """Find reports by words, "phrases" and filters."""
    arguments = MultiDict([("q", query)])
    for name, value in options.items():
        arguments.setlist(name, list(value) if isinstance(value, tuple) else [value or ""])
    existing(settings).close()
    with closing(Catalog(settings)) as shelf:
        asked = parse(arguments, shelf.holdings.vocabulary)
        body: dict[str, Any] = search_body(shelf, asked, shelf.engine.search(replace(asked, apart=True)), "zh-CN")
    if as_json:
        put(body)
        return
    for hit in body["hits"]:
        click.echo(f"{hit['id']}  {hit['title']}  {''.join(hit['region']['path'])}")
        for snippet in hit["snippets"]:
            click.echo(f"    {snippet['section']}: {_marked(snippet['text'], snippet['marks'])}")
    for words in _told(body["query"]):
        say(words)
    say(f"{body['total']} reports")


def _told(query: Mapping[str, Any]) -> Iterator[str]:
    """How the words were read and what was left out, line by line: no zero without a word."""
    if query["read_as"]:
        yield f"read as: {query['read_as']}"
    reasons = load_labels()["ignored"]
    yield from (f"{each['text']}: {reasons[each['reason']]['en']}" for each in query["ignored"])
    if offered := [each["text"] for name in ("did_you_mean", "suggestions") for each in query.get(name, ())]:
        yield f"perhaps: {', '.join(offered)}"
    if query["relaxed"]:
        found = ", ".join(f"{each['text']} ({each['found']})" for each in query["relaxed"])
        yield f"with less of this there are reports (relaxed_hits of --json): {found}"


def _marked(text: str, marks: list[list[int]]) -> str:
    """The passage with the matched words between brackets, a terminal's way of marking."""
    pieces: list[str] = []
    at = 0
    for start, end in marks:
        pieces += [text[at:start], "【", text[start:end], "】"]
        at = end
    return "".join([*pieces, text[at:]])
