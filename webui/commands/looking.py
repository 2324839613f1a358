"""Looking at what is there: inspect, search, show, export, status. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import click
from werkzeug.datastructures import MultiDict

from corpus.errors import NianbaoError, StoreError, UsageError
from corpus.extraction.stage import EXTRACTOR
from corpus.regions import Registry
from corpus.store import Store
from crawler.outcomes import SourceOutcome, outcome
from crawler.source import sources
from indexer.whoosh_engine import WhooshEngine
from webui.app import create_app
from webui.export import LICENCE, TABLES, What, csv_lines, ndjson_lines, write_parquet, write_xlsx
from webui.inspection import inspect_file
from webui.settings import Settings
from webui.shapes import Json, report_shape

_BINARY = {"xlsx": write_xlsx, "parquet": write_parquet}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def inspect(settings: Settings, files: tuple[Path, ...]) -> None:
    """Print what each file says, a JSON object a line; store nothing."""
    registry = Registry.load()
    for file in files:
        put(inspect_file(file, registry, settings.limits))


@click.command()
@click.argument("query", default="")
@click.option("--region", multiple=True, help="A code; what lies in it is included.")
@click.option("--year", multiple=True, help="2019 or 2019..2022.")
@click.option("--level", multiple=True)
@click.option("--kind", multiple=True)
@click.option("--form", multiple=True)
@click.option("--agency", multiple=True, help="An agency's id.")
@click.option("--section", multiple=True, help="The words must occur in a section of this kind.")
@click.option("--finding", multiple=True, help="A rule or rule:verdict, as in I1:broken.")
@click.option("--metric", multiple=True, help="<id>:<min>..<max>, as in refused:10..")
@click.option("--facet-metric", help="Count the hits by the values of a metric.")
@click.option("--sort", help="relevance, year, -year, a metric or -metric.")
@click.option("--page", help="20 hits a page.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of /search.json.")
@click.pass_obj
def search(settings: Settings, /, query: str, *, as_json: bool, **options: str | tuple[str, ...] | None) -> None:
    """Find reports by words, "phrases" and filters."""
    arguments: MultiDict[str, str] = MultiDict([("q", query)])
    for name, value in options.items():
        given = value if isinstance(value, tuple) else (value,) if value else ()
        arguments.setlist(name, [each for each in given if each])
    body = _asked_of_the_site(settings, "/search.json", arguments)
    if as_json:
        put(body)
        return
    for hit in body["hits"]:
        click.echo(f"{hit['id']}  {hit['title']}  {''.join(hit['region']['path'])}")
        for snippet in hit["snippets"]:
            click.echo(f"    {snippet['section']}: {_marked(snippet['text'], snippet['marks'])}")
    click.echo(f"{body['total']} reports", err=True)


def _asked_of_the_site(settings: Settings, path: str, arguments: MultiDict[str, str]) -> dict[str, Any]:
    """What the site answers: the two cannot say different things. Raises what the site calls an error."""
    existing(settings).close()
    client = create_app(settings).test_client()
    answer = client.get(path, query_string=arguments)
    body: dict[str, Any] = answer.get_json()
    if not body["ok"]:
        # What this command says is English, what it prints is the site's.
        error = client.get(path, query_string=arguments, headers={"Accept-Language": "en"}).get_json()["error"]
        if answer.status_code == HTTPStatus.BAD_REQUEST:
            raise UsageError(error["message"], error["parameter"])
        raise NianbaoError(error["message"])
    return body


@click.command()
@click.argument("report_id", metavar="ID")
@click.pass_obj
def show(settings: Settings, report_id: str) -> None:
    """Print one report as JSON, with its source."""
    with existing(settings) as store:
        present = store.resolve(report_id)
        stored = store.get(present) if present else None
        if stored is None:
            raise StoreError(f"No report {report_id} is here: look for its id with `nianbao search`.")
        source = {
            "id": stored.id,
            "url": stored.snapshot.url,
            "sha256": stored.snapshot.digest,
            "captured": stored.snapshot.captured.isoformat(),
        }
        put({**source, **report_shape(stored.report, store.registry())})


@click.command()
@click.argument("what", type=click.Choice(list(TABLES)))
@click.option("--format", "form", type=click.Choice(["ndjson", "csv", "xlsx", "parquet"]), default="ndjson",
              show_default=True)  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else stdout.")
@click.pass_obj
def export(settings: Settings, /, *, what: What, form: str, output: Path | None) -> None:
    """Print every current report, or all their figures or metrics, as a table."""
    table = TABLES[what]
    with existing(settings) as store:
        if form in _BINARY:
            if output is None:
                raise UsageError(f"{form} is no text: name the file with --output.", "output")
            _BINARY[form](table, store.reports(), output, {"licence": LICENCE})
            return
        lines = csv_lines(table, store.reports()) if form == "csv" else ndjson_lines(table, store.reports())
        if output is None:
            for line in lines:
                click.echo(line, nl=False)
            return
        with output.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(settings: Settings, /, *, as_json: bool) -> None:
    """Say what is here, what is stale, and what could not be read and why."""
    with existing(settings) as store:
        counts = store.counts()
        facts: dict[str, object] = {
            "snapshots": counts.snapshots,
            "reports": counts.reports,
            "former_versions": counts.former,
            "variants": counts.variants,
            "to_extract": store.stale_count(EXTRACTOR),
            "unreadable": dict(counts.rejected),
            "by_year": {str(year): number for year, number in counts.by_year.items()},
            "by_form": dict(counts.by_form),
            "by_level": dict(counts.by_level),
            "index": _index_facts(settings, store),
            "sources": _source_facts(store),
        }
    if as_json:
        put(facts)
        return
    for line in _lines(facts):
        click.echo(line)


def existing(settings: Settings) -> Store:
    """The store of the data folder, which must be there: looking makes nothing."""
    if settings.store_url is None and not settings.data.is_dir():
        raise StoreError(f"There is no data folder {settings.data}: add reports first, or name another with --data.")
    return Store.open(settings.data, settings.store_url)


def came_of(came: SourceOutcome) -> dict[str, object]:
    """What a source gave: reports by year, the years that lack one, and what could not be read by the reason."""
    return {
        "found": {str(year): number for year, number in came.found.items()},
        "missing": list(came.missing),
        "unread": {kind: number for kind, number in came.counts.items() if number},
        "outcome": came.verdict,
        "reason": came.reason,
    }


def _source_facts(store: Store) -> Mapping[str, object]:
    """What came of each source that was ever crawled."""
    crawled, today = set(store.crawl_runs.origins()), datetime.now(UTC).date()
    return {source.id: came_of(outcome(store, source, today)) for source in sources(store) if source.id in crawled}


def _index_facts(settings: Settings, store: Store) -> Mapping[str, object]:
    if not settings.index.is_dir():
        return {"reports": 0, "stale": store.revision() > 0}
    engine = WhooshEngine(settings.index, store.registry())
    try:
        held = engine.status()
    finally:
        engine.close()
    return {"reports": held.documents, "generation": held.generation, "stale": held.revision != store.revision()}


def _marked(text: str, marks: list[list[int]]) -> str:
    """The passage with the matched words between brackets, a terminal's way of marking."""
    pieces: list[str] = []
    at = 0
    for start, end in marks:
        pieces += [text[at:start], "【", text[start:end], "】"]
        at = end
    return "".join([*pieces, text[at:]])


def _lines(facts: Mapping[str, object], indent: str = "") -> Iterator[str]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}:" + ("" if value else " none")
            yield from _lines(value, indent + "  ")
        else:
            shown = (" ".join(map(str, value)) or "none") if isinstance(value, list) else value
            yield f"{indent}{name}: {shown}"


def put(body: Json) -> None:
    """A JSON object on a line of stdout."""
    click.echo(json.dumps(body, ensure_ascii=False))


COMMANDS = (inspect, search, show, export, status)
