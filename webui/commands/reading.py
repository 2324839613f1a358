"""``inspect``: what files say, stored nowhere."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.doubts import LANGUAGES, Language
from corpus.regions import Registry
from webui.commands.output import put
from webui.inspection import inspect_file
from webui.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh-CN", show_default=True,
              help="The language of messages.")  # fmt: skip
@click.pass_obj
def inspect(settings: Settings, files: tuple[Path, ...], language: Language) -> None:
    """Print what each file says, a JSON object a line; store nothing."""
    registry = Registry.load()
    for file in files:
        put(inspect_file(file, registry, settings.limits, language))
