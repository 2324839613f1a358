"""The one command. Data goes to stdout, progress and logs to stderr (CONTRACT.md, "Command line")."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

import click

from corpus.errors import NianbaoError, UsageError
from corpus.readers.limits import Limits
from webui.commands import crawling, demo, looking, stages
from webui.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), envvar="NIANBAO_DATA", default=Path("data"), show_default=True,
              help="The data folder.")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show a traceback with an error.")
@click.option("--max-size", type=click.IntRange(1), envvar="NIANBAO_MAX_SIZE", default=Limits().size, show_default=True,
              help="Bytes that a file may have.")  # fmt: skip
@click.option("--max-tags", type=click.IntRange(1), envvar="NIANBAO_MAX_TAGS", default=Limits().tags, show_default=True,
              help="Tags that a page may have.")  # fmt: skip
@click.version_option(package_name="nianbao")
@click.pass_context
def nianbao(context: click.Context, /, *, data: Path, debug: bool, max_size: int, max_tags: int) -> None:
    """Search over the yearly reports on open-government work (政府信息公开工作年度报告)."""
    context.obj = Settings(data=data, limits=Limits(size=max_size, tags=max_tags))
    del debug  # `main` has looked at it before anything else could fail


for command in (*stages.COMMANDS, *crawling.COMMANDS, *looking.COMMANDS, demo.demo):
    nianbao.add_command(command)


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
    else:
        click.echo(
            f"nianbao: a fault of ours, {kind.__name__}: {error}. Run it again with --debug and report it.", err=True
        )
