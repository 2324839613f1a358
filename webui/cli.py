"""The one command. Data goes to stdout, progress and logs to stderr (docs/contract.md, "The command line").

A command's module is imported when it is run: the list of all of them waits for none (``make bench-start``).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import TracebackType

import click

from corpus.errors import FULL, NianbaoError, UsageError
from corpus.readers.limits import Limits
from corpus.readers.pictures import with_pictures
from webui.commands.options import check_variables, from_file, options
from webui.settings import Settings

COMMANDS: Mapping[str, tuple[str, str]] = {
    "add": ("stages:add", "Keep the reports among files and folders."),
    "backup": ("keeping:backup", "Copy originals and database, while everything runs."),
    "correct": ("correcting:correct", "Say what cells of a scan hold; list it, take it back."),
    "crawl": ("crawling:crawl_command", "Fetch what may be reports into the archive."),
    "demo": ("demo:demo", "Make a fictional province; crawl, extract, index, serve it."),
    "doctor": ("keeping:doctor", "Check originals, database and index; say what mends each."),
    "export": ("looking:export", "Print every current report, their figures or metrics."),
    "extract": ("stages:extract", "Read, parse and audit what is new or stale."),
    "index": ("stages:index", "Bring the search index up to date."),
    "inspect": ("reading:inspect", "Print what files say; store nothing."),
    "lives": ("lives:lives", "Say which bodies were others before; list it, take it back."),
    "move": ("moving:move_originals", "Move archive files to a bucket that speaks S3."),
    "restore": ("keeping:restore", "Make the data folder of a backup."),
    "search": ("searching:search", 'Find reports by words, "phrases" and filters.'),
    "serve": ("stages:serve", "Serve the site."),
    "show": ("looking:show", "Print one report as JSON, with its source."),
    "sources": ("crawling:sources_command", "List, add to or check the sites to crawl."),
    "status": ("looking:status", "Say what is here, what is stale, what is unreadable."),
    "update": ("stages:update", "Run what is stale: extract, then index."),
    "withhold": ("withholding:withhold", "Give a report or an original to nobody, and say why."),
}
"""Command → where in ``webui.commands`` it is, and what it does, for the list of them."""


def find(name: str) -> click.Command:
    """Import a command. Raises KeyError for a name that is none."""
    module, _, attribute = COMMANDS[name][0].partition(":")
    command: click.Command = getattr(import_module(f"webui.commands.{module}"), attribute)
    return command


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them; None for a name that is none."""
        del ctx
        return find(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _configured(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    check_variables()
    if path is not None:
        context.default_map = from_file(path, COMMANDS)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), envvar="NIANBAO_CONFIG", show_envvar=True, is_eager=True,
              expose_value=False, callback=_configured, help="A TOML file with the settings of all commands.",
              metavar="FILE")  # fmt: skip
@options("data", "store", "engine", "wait", "max-size", "max-tags", "ocr")
@click.option("--debug", is_flag=True, help="Show a traceback with an error.")
@click.version_option(package_name="nianbao")
@click.pass_context
def nianbao(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    /,
    *,
    data: Path,
    store: str,
    engine: str,
    wait: float,
    max_size: int,
    max_tags: int,
    ocr: str,
    debug: bool,
) -> None:
    """Search over the yearly reports on open-government work (政府信息公开工作年度报告)."""
    limits = Limits(size=max_size, tags=max_tags)
    if ocr == "yes":
        limits = with_pictures(limits)
    context.obj = Settings(data=data, store_url=store or None, engine_url=engine, wait=wait, limits=limits)
    del debug  # `main` has looked at it before anything else could fail


def main() -> None:
    """Run the command: exit 0 done, 1 a NianbaoError in one line, 2 usage."""
    if "--debug" not in sys.argv:
        sys.excepthook = _in_one_line
    try:
        nianbao(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        click.echo("nianbao: stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        click.echo(f"nianbao: {error}", err=True)
        sys.exit(2)


def _in_one_line(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """What leaves the command as an exception ends it with 1; the traceback is for ``--debug`` only."""
    if issubclass(kind, NianbaoError):
        click.echo(f"nianbao: {error}", err=True)
    elif isinstance(error, OSError) and error.errno in FULL:
        click.echo(
            f"nianbao: The disk cannot take more ({error.strerror}): make room and run this again; what was stored "
            "before stands.",
            err=True,
        )
    else:
        click.echo(
            f"nianbao: a fault of ours, {kind.__name__}: {error}. Run it again with --debug and report it.", err=True
        )
