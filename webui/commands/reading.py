"""``inspect``: what files say, stored nowhere."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.doubts import LANGUAGES, Language
from corpus.readers.pictures import with_pictures
from corpus.regions import Registry
from webui.commands.origin import check_origin
from webui.commands.output import put
from webui.inspection import Origin, inspect_file
from webui.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh-CN", show_default=True,
              help="The language of messages.")  # fmt: skip
@click.option("--url", default="", help="The address the files came from: weak evidence of place and year.")
@click.option("--region", default="", help="The code of the place where their site stands, a hint.")
@click.option("--ocr", is_flag=True, help="Read pictures of pages, too; as the setting ocr does always.")
@click.pass_obj
def inspect(  # noqa: PLR0913 - one parameter an option
    settings: Settings, /, *, files: tuple[Path, ...], language: Language, url: str, region: str, ocr: bool
) -> None:
    """Print what each file says, a JSON object a line; store nothing."""
    registry = Registry.load()
    check_origin(url, region, registry)
    origin = Origin(url, region)
    limits = with_pictures(settings.limits) if ocr else settings.limits
    for file in files:
        put(inspect_file(file, registry, limits, language, origin))
