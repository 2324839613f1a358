"""``move``: archive files go up to a bucket that all machines of a store reach."""

from __future__ import annotations

import click

from corpus.store.bucket import Bucket
from corpus.store.moving import move
from webui.commands.opening import existing, to_write
from webui.commands.output import say
from webui.settings import Settings


@click.command("move")
@click.argument("address", metavar="[s3://BUCKET[/PREFIX]]", required=False)
@click.pass_obj
def move_originals(settings: Settings, address: str | None) -> None:
    """Move archive files that nobody writes to any more into a bucket; without one: print what is where.

    Everything reads them there as it did here. The variables AWS_… say who may, and where the bucket's server is.
    """
    if address is None:
        with existing(settings) as store:
            for name, (there, size) in store.moved.every().items():
                click.echo(f"{name}\t{size}\t{there}")
        return
    bucket = Bucket(address)
    with to_write(settings) as store:
        sizes = [size for _, size in move(store, bucket)]
    say(f"moved: {len(sizes)} archive files, {sum(sizes):,} bytes")
