"""``nianbao demo``: the whole line on a fictional province."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from corpus.errors import StoreError
from corpus.intake import take_in
from corpus.sample.generate import sample_regions, write_corpus
from corpus.store import Store
from webui.commands.progress import progress
from webui.commands.stages import bring_up_to_date, say, serve_site
from webui.settings import Settings


@click.command()
@click.option("--reports", default=600, show_default=True, type=click.IntRange(1, 200_000))
@click.option("--provinces", default=1, show_default=True, type=click.IntRange(1, 10))
@click.option("--seed", default=1, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the site at the end.")
@click.pass_obj
def demo(  # noqa: PLR0913 - one parameter an option
    settings: Settings, /, *, reports: int, provinces: int, seed: int, host: str, port: int, serve: bool
) -> None:
    """Make a fictional province, take its reports in, index and serve them."""
    with Store.open(settings.data, settings.store_url) as store, tempfile.TemporaryDirectory() as directory:
        _refuse_real_reports(store)
        say("A fictional province: no place, agency or figure in it is real.")
        write_corpus(Path(directory), seed=seed, provinces=provinces, reports=reports, formats=("html",))
        store.add_regions(sample_regions(provinces))
        with progress("add") as tell:
            outcome = take_in(store, [Path(directory)], limits=settings.limits, progress=tell)
        say(f"taken in: {outcome.taken} files")
        bring_up_to_date(store, settings)
    if serve:
        serve_site(settings, host, port)


def _refuse_real_reports(store: Store) -> None:
    """Fiction and fact never share a store."""
    registry = store.registry()
    for stored in store.reports():
        region = registry.get(stored.report.agency.region)
        if region is None or not region.fictional:
            raise StoreError(f"{store.data} holds real reports: give the demo a folder of its own with --data.")
