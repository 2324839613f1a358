"""``withhold``: what may not be shown is kept and given to nobody, until it is lifted."""

from __future__ import annotations

import click

from corpus.errors import UsageError
from corpus.extraction.derivation import Means
from corpus.extraction.extractor import extractor
from corpus.extraction.stage import extract
from corpus.store import Store
from webui.commands.opening import to_write
from webui.commands.output import say
from webui.commands.stages import bring_up_to_date_index
from webui.settings import Settings


@click.command()
@click.argument("name", metavar="ID|SHA256")
@click.option("--why", default="", help="The reason, which is shown: an order's number, personal data.")
@click.option("--lift", "lifted", is_flag=True, help="Give it free again.")
@click.pass_obj
def withhold(settings: Settings, *, name: str, why: str, lifted: bool) -> None:
    """Give a report, with all its texts, or one stored original to nobody."""
    if not why.strip() and not lifted:
        raise UsageError("Say --why: the reason is shown where the document stood.", "why")
    with to_write(settings) as store:
        before = _stale(store)
        for each in store.lift(name) if lifted else store.withhold(name, why.strip()):
            say(f"{'lifted' if lifted else 'withheld'}: {each.digest} {each.id}".rstrip())
        # What was lifted is read again, and a report without a page that it had; what else is stale is no matter here.
        extract(store, among=_stale(store) - before, means=Means(settings.limits))
        bring_up_to_date_index(store, settings)


def _stale(store: Store) -> frozenset[str]:
    return frozenset(snapshot.digest for snapshot in store.stale(extractor()))
