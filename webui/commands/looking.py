"""Looking at what is there: show, export, status. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from corpus.doubts import recalled, said
from corpus.errors import SearchIndexError, StoreError, UsageError, WithheldError
from corpus.extraction.extractor import extractor
from corpus.store import Store
from webui.commands.opening import existing
from webui.commands.output import put
from webui.crawl_shapes import came_of, crawled
from webui.engines import is_made, opened
from webui.export import FORMATS, LICENCE
from webui.settings import Settings
from webui.shapes import report_shape
from webui.stored_shapes import parts_shape
from webui.tables import TABLES, What, exported

_TEXTS = ("ndjson", "csv")


@click.command()
@click.argument("report_id", metavar="ID")
@click.pass_obj
def show(settings: Settings, report_id: str) -> None:
    """Print one report as JSON, with its source."""
    with existing(settings) as store:
        present = store.resolve(report_id)
        stored = store.get(present) if present else None
        if stored is None and (order := store.withheld_report(present or report_id)) is not None:
            raise WithheldError(f"The report {report_id} is withheld since {order.since:%Y-%m-%d}: {order.why}")
        if stored is None:
            raise StoreError(f"No report {report_id} is here: look for its id with `nianbao search`.")
        source = {
            "id": stored.id,
            "url": stored.snapshot.url,
            "sha256": stored.snapshot.digest,
            "captured": stored.snapshot.captured.isoformat(),
            "vanished": stored.vanished.isoformat() if stored.vanished else None,
            **parts_shape(store, stored),
        }
        put({**source, **report_shape(stored.report, store.registry())})


@click.command()
@click.argument("what", type=click.Choice(list(TABLES)))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="ndjson",
              show_default=True)  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else stdout.")
@click.pass_obj
def export(settings: Settings, /, *, what: What, form: str, output: Path | None) -> None:
    """Print every current report, or all their figures or metrics, as a table."""
    if output is None and form not in _TEXTS:
        raise UsageError(f"{form} is no text: name the file with --output.", "output")
    with existing(settings) as store:
        pieces = FORMATS[form].pieces(TABLES[what], exported(store.reports(), store.registry()), {"licence": LICENCE})
        if output is None:
            for piece in pieces:
                click.echo(piece, nl=False)
            return
        with output.open("wb") as file:
            file.writelines(pieces)


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
            "withheld": {
                each.digest: {"report": each.id or None, "why": each.why, "since": each.since.isoformat()}
                for each in store.withheld()
            },
            "to_extract": store.stale_count(extractor()),
            "unreadable": dict(counts.rejected),
            "by_year": {str(year): number for year, number in counts.by_year.items()},
            "by_form": dict(counts.by_form),
            "by_level": dict(counts.by_level),
            "index": _index_facts(settings, store),
            "sources": {came.source.id: came_of(came) for came in crawled(store)},
        }
    if as_json:
        put(facts)
        return
    facts["unreadable"] = {said(recalled(code)): number for code, number in counts.rejected.items()}
    for line in _lines(facts):
        click.echo(line)


def _index_facts(settings: Settings, store: Store) -> Mapping[str, object]:
    if not is_made(settings):
        return {"reports": 0, "stale": store.revision() > 0}
    engine = opened(settings, store.registry())
    try:
        held = engine.status()
    except SearchIndexError as error:  # the store can be told of all the same, and what mends the index
        return {"reports": 0, "stale": store.revision() > 0, "fault": str(error)}
    finally:
        engine.close()
    return {"reports": held.documents, "generation": held.generation, "stale": held.revision != store.revision()}


def _lines(facts: Mapping[str, object], indent: str = "") -> Iterator[str]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}:" + ("" if value else " none")
            yield from _lines(value, indent + "  ")
        else:
            shown = (" ".join(map(str, value)) or "none") if isinstance(value, list) else value
            yield f"{indent}{name}: {shown}"
