"""Every setting, declared once: an option, a variable, a key of the configuration file, one type and one default.

An option goes before a variable, a variable before the file, the file before the default. All are converted by the same
type, so a wrong value is told by its name wherever it was written. ``--config`` (or ``NIANBAO_CONFIG``) names a TOML
file with the options' names as keys::

    data = "/srv/nianbao"
    site-url = "https://nianbao.example.org"
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from corpus.readers.limits import Limits
from webui.host_check import host_name
from webui.settings import LogFormat, Network, Rate, Settings

F = TypeVar("F", bound=Callable[..., Any])

_DEFAULT = Settings()


class Web(click.ParamType[str]):
    """An address of the web, without a final slash; empty where there is none."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check and shorten it."""
        if not isinstance(value, str) or (value and not value.startswith(("http://", "https://"))):
            self.fail(f"{value!r} is no address that begins with http:// or https://.", param, ctx)
        return value.rstrip("/")


class Names(click.ParamType[tuple[str, ...]]):
    """Names of hosts, parted by commas."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Check each of them."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip().lower() for name in str(value).split(",") if name.strip())
        for name in names:
            if host_name(name.removeprefix(".")) != name.removeprefix("."):
                self.fail(f"{name!r} is no name of a host.", param, ctx)
        return names


class Rates(click.ParamType[Rate | None]):
    """How often, as 120/minute; empty: as often as they like."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Rate | None:
        """Read it."""
        if isinstance(value, Rate) or not value:
            return value or None
        try:
            return Rate.read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Networks(click.ParamType[tuple[Network, ...]]):
    """Addresses or networks (CIDR), parted by commas."""

    name = "networks"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Network, ...]:
        """Read each of them."""
        if isinstance(value, tuple):
            return value
        try:
            return tuple(ip_network(each.strip()) for each in str(value).split(",") if each.strip())
        except ValueError as error:
            self.fail(f"{error}: name addresses or networks such as 127.0.0.1, 10.0.0.0/8.", param, ctx)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an operator can set. ``default`` is shown unless it is empty."""

    type: click.ParamType[Any]
    default: Any
    help: str
    metavar: str | None = None


SETTINGS: Mapping[str, Setting] = {
    "data": Setting(click.Path(path_type=Path), _DEFAULT.data, "The data folder.", "DIR"),
    "store": Setting(click.STRING, "", "A database in place of the SQLite file in the data folder.", "URL"),
    "engine": Setting(click.STRING, "", "A search cluster in place of the index in the data folder.", "URL"),
    "max-size": Setting(click.IntRange(1), Limits().size, "Bytes that a file may have."),
    "max-tags": Setting(click.IntRange(1), Limits().tags, "Tags that a page may have."),
    "ocr": Setting(click.Choice(["no", "yes"]), "no", "Whether pictures of pages are read: takes the extra ocr."),
    "wait": Setting(click.FloatRange(min=0), _DEFAULT.wait, "Seconds to wait for another command that writes.", "S"),
    "processes": Setting(click.IntRange(1), None, "Processes that read files; one a processor unless given.", "N"),
    "memory": Setting(click.IntRange(16), 64, "Megabytes that a whole build may take for postings.", "MB"),
    "contact": Setting(click.STRING, "", "Where you are reached: by keepers of sites crawled, by readers of the site."),
    "delay": Setting(click.FloatRange(min=0), 2.0, "Seconds between two requests to a host.", "S"),
    "pages": Setting(click.IntRange(1), 20_000, "Pages of a host that a crawl fetches at most.", "N"),
    "host": Setting(click.STRING, "127.0.0.1", "The address to listen at."),
    "port": Setting(click.IntRange(0, 65535), 8000, "The port to listen at; 0: any that is free."),
    "workers": Setting(click.IntRange(1, 64), 1, "Processes that serve the site.", "N"),
    "threads": Setting(click.IntRange(1, 64), 4, "Threads of each of them that make pages.", "N"),
    "site-url": Setting(Web(), "", "The public address of the site, for feeds and sitemaps.", "URL"),
    "boundaries": Setting(
        click.Path(dir_okay=False, path_type=Path), None, "GeoJSON with the shapes of places, for maps.", "FILE"
    ),
    "trusted-hosts": Setting(Names(), "", "Names that the site answers to, parted by commas; .name: all below it."),
    "hsts": Setting(click.IntRange(0), 0, "Seconds for which browsers shall come back by https only.", "S"),
    "rate-limit": Setting(Rates(), "", "How often one visitor may ask, as 120/minute; as they like unless given."),
    "trusted-proxies": Setting(
        Networks(), "", "Proxies whose X-Forwarded-For is believed: addresses, networks, commas."
    ),
    "time-budget": Setting(click.FloatRange(min=0), _DEFAULT.seconds, "Seconds an answer may take; 0: any time.", "S"),
    "log": Setting(click.Choice(get_args(LogFormat)), "text", "A line a request on stderr, as key=value or JSON."),
    "log-addresses": Setting(click.Choice(["no", "yes"]), "no", "Whether visitors' addresses are in it."),
    "max-words": Setting(click.IntRange(1), _DEFAULT.max_words, "Characters that a search may have."),
    "max-values": Setting(click.IntRange(1), _DEFAULT.max_values, "Times that a parameter may be repeated."),
    "page-memory": Setting(click.IntRange(0), _DEFAULT.page_room >> 20, "Megabytes of answers kept to be given again."),
    "word-memory": Setting(
        click.IntRange(1), _DEFAULT.word_room >> 20, "Megabytes of words kept as the index has them."
    ),
}


def variable(name: str) -> str:
    """The environment variable of a setting: ``NIANBAO_SITE_URL`` for ``site-url``."""
    return "NIANBAO_" + name.upper().replace("-", "_")


def option(name: str) -> Callable[[F], F]:
    """The option of a setting, for one command."""
    setting = SETTINGS[name]
    return click.option(
        f"--{name}",
        type=setting.type,
        default=setting.default,
        envvar=variable(name),
        show_envvar=True,
        show_default=bool(setting.default),
        metavar=setting.metavar,
        help=setting.help,
    )


def options(*names: str) -> Callable[[F], F]:
    """The options of several settings, in this order."""

    def decorate(command: F) -> F:
        for name in reversed(names):
            command = option(name)(command)
        return command

    return decorate


def from_file(path: Path, commands: Collection[str]) -> dict[str, object]:
    """What a configuration file sets, for every command at once, as click's ``default_map``.

    Raises click.UsageError naming the file and the key for one that is no setting and for a value that it cannot have.
    """
    import tomllib  # noqa: PLC0415 - only who has such a file waits for it

    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read ({error.strerror}): name another file with --config.") from error
    except ValueError as error:  # TOML or UTF-8 that is none
        raise click.UsageError(f"{path} is no TOML: {error}.") from error
    values = {key.replace("-", "_"): _checked(path, key, value) for key, value in given.items()}
    return {**values, **dict.fromkeys(commands, values)}


def check_variables() -> None:
    """Raise click.UsageError for a variable of a setting whose value it cannot have, whichever command is run."""
    for name in SETTINGS:
        if value := os.environ.get(variable(name)):
            _converted(name, value, variable(name))


def _checked(path: Path, key: str, value: object) -> object:
    name = key.replace("_", "-")
    if name not in SETTINGS:
        near = difflib.get_close_matches(name, SETTINGS, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(SETTINGS)}."
        raise click.UsageError(f"{path}: {key} is no setting; {hint}")
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise click.UsageError(f"{path}: {key} must be a text or a number.")
    return _converted(name, value, f"{path}: {key}")


def _converted(name: str, value: object, where: str) -> object:
    try:
        return SETTINGS[name].type.convert(value, None, None)
    except click.BadParameter as error:
        raise click.UsageError(f"{where}: {error.message}") from error
