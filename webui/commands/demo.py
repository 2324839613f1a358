"""``nianbao demo``: the whole line on a fictional province, from its government sites to the page in a browser."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.errors import NianbaoError, StoreError
from corpus.extraction.derivation import Means
from corpus.extraction.file_import import take_in
from corpus.extraction.stage import extract
from corpus.readers.pictures import can_be_read, with_pictures
from corpus.sample import scans as scanned
from corpus.sample.generate import generate, sample_regions, write_manifest
from corpus.sample.living import living, sample_lives
from corpus.sample.model import SampleReport
from corpus.sample.promising import promising
from corpus.sample.render.html import render_html
from corpus.sample.revising import Revised, later_state
from corpus.sample.web import SampleWeb, path_of, sample_web, serving
from corpus.store import Store
from crawler.crawl import crawl
from webui.commands.correcting import keep, words
from webui.commands.opening import to_write
from webui.commands.options import options
from webui.commands.output import say
from webui.commands.progress import progress
from webui.commands.stages import bring_up_to_date, serve_site
from webui.settings import Binding, Settings


@click.command()
@click.option("--reports", default=600, show_default=True, type=click.IntRange(1, 200_000))
@click.option("--provinces", default=1, show_default=True, type=click.IntRange(1, 10))
@click.option("--seed", default=1, show_default=True)
@options("host", "port")
@click.option("--web-port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Of the sample's web.")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write into this file, a JSON object a line, what the sample says and what is planted in it.",
)
@click.option(
    "--scans/--no-scans",
    default=None,
    help="Two reports that are scans: half a minute, where ocr is installed.",
)
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the site at the end.")
@click.pass_obj
def demo(  # noqa: PLR0913 - one parameter an option
    settings: Settings,
    /,
    *,
    reports: int,
    provinces: int,
    seed: int,
    host: str,
    port: int,
    web_port: int,
    manifest: Path | None,
    scans: bool | None,
    serve: bool,
) -> None:
    """Make a fictional province with its web, crawl it, extract, index and serve."""
    say("A fictional province: no place, agency or figure in it is real.")
    if manifest is not None:
        write_manifest(manifest, seed=seed, provinces=provinces, reports=reports)
    lives = sample_lives(seed, provinces, reports)
    changes: list[Revised] = []
    made = living(promising(generate(seed=seed, provinces=provinces, reports=reports), seed), lives)
    web = sample_web(_watched(made, seed, changes))
    try:
        with serving(web, web_port) as address:
            with to_write(settings) as store:
                _refuse_real_reports(store)
                store.add_regions((*sample_regions(provinces, reports), *lives.regions))
                store.lives.give(lives.successions)
                _crawl(store, address, web)
                _see_again(store, address, changes)
                if can_be_read() if scans is None else scans:
                    take_scans(store, settings)
                bring_up_to_date(store, settings)
            if serve:
                serve_site(settings, Binding(host, port))
    except OSError as error:
        raise NianbaoError(
            f"Port {web_port} for the sample's web cannot be used ({error.strerror}): give another --web-port."
        ) from error


def _crawl(store: Store, address: str, web: SampleWeb) -> None:
    """Find the reports from the first page of the sample's web on, without waiting: it is on this machine."""
    done = 0

    def tell(_event: object) -> None:
        nonlocal done
        done += 1
        bar(done, len(web.pages))

    with progress("crawl") as bar:
        starts = [address.rstrip("/") + home for home in web.homes]
        outcome = crawl(store, start=starts, delay=0, allow_private=True, progress=tell)
    say(f"crawled {address}: {outcome.requests} requests, {outcome.stored} stored, {outcome.unchanged} unchanged")


def _watched(reports: Iterable[SampleReport], seed: int, changes: list[Revised]) -> Iterator[SampleReport]:
    """The reports as they go by, what is changed of them later being noted."""
    for report in reports:
        if change := later_state(report, seed):
            changes.append(change)
        yield report


def _see_again(store: Store, address: str, changes: Sequence[Revised]) -> None:
    """Keep what a later crawl would find where reports were changed after publication."""
    for change in changes:
        url = address.rstrip("/") + path_of(change.report)
        payload = render_html(change.report)
        store.keep(payload, url=url, source=url, media_type="text/html", captured=datetime.now(UTC))


def take_scans(store: Store, settings: Settings) -> None:
    """Read the sample's scans, and have a person confirm a cell of one."""
    means = Means(with_pictures(settings.limits))
    for scan in scanned.scans():
        take_in(store, [scanned.FOLDER / scan["file"]], url=scan["url"], means=means)
    extract(store, means=means)
    word = io.StringIO()
    scanned.write_word(word)
    keep(store, tuple(words(store, word.getvalue(), "the demo's word")))


def _refuse_real_reports(store: Store) -> None:
    """Fiction and fact never share a store."""
    registry = store.registry()
    for stored in store.reports():
        region = registry.get(stored.report.agency.region)
        if region is None or not region.fictional:
            raise StoreError(f"{store.data} holds real reports: give the demo a folder of its own with --data.")
