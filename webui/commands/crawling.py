"""Collecting: crawl, sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import click

from corpus.errors import NianbaoError, UsageError
from corpus.model import Region
from crawler.crawl import CrawlOutcome, crawl, rehearsal
from crawler.due import due
from crawler.outcomes import SourceOutcome, outcomes
from crawler.plan import Budget, Progress
from crawler.source import Source, add_sources, choose, from_addresses, sources
from webui.commands.crawl_progress import crawl_progress
from webui.commands.opening import to_write
from webui.commands.options import option, options
from webui.commands.output import put, say
from webui.crawl_shapes import account_of, came_of
from webui.settings import Settings

_private = click.option("--allow-private", is_flag=True, help="Allow this machine and private networks.")


@click.command("crawl")
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--from", "start", multiple=True, metavar="URL", help="An address outside the registry.")
@click.option("--region", default="", help="The code of the place where those addresses stand.")
@click.option("--due", "only_due", is_flag=True, help="Of the sources, those whose time has come.")
@click.option("--night", nargs=2, type=click.IntRange(0, 24), help="Crawl only between these hours in China.")
@option("pages")
@click.option("--render", is_flag=True, help="Let Chromium show the lists that only a script fills.")
@click.option("--verbose", is_flag=True, help="Tell of each request, instead of counting them.")
@options("delay", "contact")
@_private
@click.pass_obj
def crawl_command(  # noqa: PLR0913 - one parameter an option
    settings: Settings,
    /,
    *,
    names: tuple[str, ...],
    start: tuple[str, ...],
    region: str,
    only_due: bool,
    night: tuple[int, int] | None,
    pages: int,
    render: bool,
    verbose: bool,
    delay: float,
    contact: str,
    allow_private: bool,
) -> None:
    """Fetch what may be reports from sources of the registry, or from addresses, into the archive."""
    with to_write(settings) as store:
        if region and store.registry().get(region) is None:
            raise UsageError(f"No region has the code {region}: give six digits of GB/T 2260.", "region")
        chosen = choose(store, names) if names else ()
        if only_due:
            chosen = due(store, chosen or sources(store), datetime.now(UTC))
            if not chosen:
                say("nothing is due.")
                return
        with crawl_progress(len(chosen) + len(from_addresses(start))) as counted:
            done = crawl(
                store,
                chosen,
                start=start,
                region=region,
                delay=delay,
                allow_private=allow_private,
                contact=contact,
                night=night,
                budget=replace(Budget(), pages=pages),
                render=render,
                progress=_tell if verbose else counted.request,
                done=counted.done,
            )
        _sum_up(done)
        for url, why in done.unreachable.items():
            raise NianbaoError(f"{url} gave no answer ({why}): check the address and whether the site is up.")


@click.command("sources")
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--add", "start", multiple=True, metavar="URL", help="Add the site of this address to the registry.")
@click.option(
    "--from", "checked", multiple=True, metavar="URL", help="With --dry-run: an address outside the registry."
)
@click.option("--region", default="", help="The code of the place where it stands.")
@click.option("--agency", default="", help="The body whose site it is.")
@click.option("--json", "accounts", is_flag=True, help="What came of each source, with the accounts of its lists.")
@click.option("--dry-run", is_flag=True, help="Show what would be fetched and which reports found; store nothing.")
@options("delay", "contact")
@_private
@click.pass_obj
def sources_command(  # noqa: PLR0913 - one parameter an option
    settings: Settings,
    /,
    *,
    names: tuple[str, ...],
    start: tuple[str, ...],
    checked: tuple[str, ...],
    region: str,
    agency: str,
    accounts: bool,
    dry_run: bool,
    delay: float,
    contact: str,
    allow_private: bool,
) -> None:
    """List the sources, add to them, or check them without storing anything."""
    with to_write(settings) as store:
        added = tuple(replace(source, agency=agency or source.agency) for source in from_addresses(start, region))
        if checked and not dry_run:
            raise UsageError("--from goes with --dry-run; to add a source, give its address with --add.", "from")
        if dry_run:
            _rehearse(
                (*added, *from_addresses(checked, region), *(choose(store, names) if names else ())),
                settings,
                delay,
                contact,
                allow_private=allow_private,
                regions=[region for region in store.registry() if region.fictional],
            )
            return
        add_sources(store, added)
        for source in added:
            say(f"added {source.id}")
        shown = choose(store, names) if names else added or sources(store)
        for came in outcomes(store, shown, datetime.now(UTC).date()):
            put(account_of(came) if accounts else _source_line(came))


def _tell(event: Progress) -> None:
    say(f"{event.outcome:<10} {event.status or '-'} {event.url}")


def _sum_up(done: CrawlOutcome) -> None:
    say(f"{done.requests} requests, {done.stored} stored, {done.unchanged} unchanged, {done.bytes:,} bytes")
    for source in done.unfinished:
        say(f"unfinished: {source}; crawl it again and it goes on")
    if done.requests and done.outcomes.keys() <= {"failed", "retry"}:
        raise NianbaoError("Nobody answered where the crawl began: check the addresses, or crawl again another day.")


def _rehearse(  # noqa: PLR0913 - the command's options
    chosen: tuple[Source, ...],
    settings: Settings,
    delay: float,
    contact: str,
    *,
    allow_private: bool,
    regions: list[Region],
) -> None:
    """Crawl into a store that is thrown away, extract there, print the reports found."""
    from corpus.extraction.derivation import Means  # noqa: PLC0415 - a crawl does not wait for what it does not use
    from corpus.extraction.stage import extract  # noqa: PLC0415

    with rehearsal(chosen, regions=regions, delay=delay, contact=contact, allow_private=allow_private) as (store, seen):
        for event in seen:
            _tell(event)
        extract(store, means=Means(settings.limits))
        for stored in store.reports():
            put({"id": stored.id, "title": stored.report.title, "year": stored.report.year, "url": stored.snapshot.url})


def _source_line(came: SourceOutcome) -> dict[str, object]:
    return {
        "id": came.source.id,
        "agency": came.source.agency,
        "region": came.source.region,
        "starts": list(came.source.starts),
        "verified": came.source.verified,
        "expected": came.source.expected,
        **came_of(came),
        "queued": came.queued,
        "last": came.last.isoformat() if came.last else None,
    }
