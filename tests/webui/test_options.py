"""Settings: an option goes before its variable, that before the file, that before the default; wrong ones are named."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from crawler.crawl import LEAST_DELAY
from crawler.plan import Budget
from indexer.whoosh_engine import MEMORY
from webui.cli import COMMANDS, nianbao
from webui.commands.options import SETTINGS, from_file, option, variable
from webui.settings import Settings


def run(*words: str, **variables: str) -> Result:
    return CliRunner(env=variables).invoke(nianbao, words)


@click.command()
@option("port")
def told(port: int) -> None:
    """Say which port was given."""
    click.echo(port)


@pytest.mark.parametrize(
    ("words", "variables", "file", "port"),
    [
        (["--port", "1"], {"NIANBAO_PORT": "2"}, {"port": 3}, 1),
        ([], {"NIANBAO_PORT": "2"}, {"port": 3}, 2),
        ([], {}, {"port": 3}, 3),
        ([], {}, {}, 8000),
    ],
)
def test_the_nearer_place_wins(words: list[str], variables: dict[str, str], file: dict[str, int], port: int) -> None:
    assert CliRunner(env=variables).invoke(told, words, default_map=file).output == f"{port}\n"


def test_a_file_sets_options_of_all_commands(tmp_path: Path) -> None:
    file = tmp_path / "nianbao.toml"
    file.write_text(f'data = "{tmp_path / "nowhere"}"\nsite-url = "https://nb.example/"\nmax_size = 7\n', "utf-8")
    found = from_file(file, ["serve"])
    assert found["data"] == tmp_path / "nowhere"
    assert found["serve"] == {"data": tmp_path / "nowhere", "site_url": "https://nb.example", "max_size": 7}
    said = run("--config", str(file), "status")
    assert isinstance(said.exception, Exception)
    assert str(tmp_path / "nowhere") in str(said.exception)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("prot = 8000", "prot is no setting; did you mean port?"),
        ('port = "many"', "port: "),
        ("port = 70000", "port: "),
        ('site-url = "nb.example"', "site-url: 'nb.example' is no address"),
        ("port = [1]", "port must be a text or a number"),
        ("port = true", "port must be a text or a number"),
        ("[serve]\nport = 1", "serve is no setting"),
        ("port", "is no TOML"),
    ],
)
def test_a_wrong_file_is_told_at_the_start_by_name(tmp_path: Path, line: str, named: str) -> None:
    file = tmp_path / "nianbao.toml"
    file.write_text(line, "utf-8")
    said = run("--config", str(file), "status")
    assert (said.exit_code, named in said.stderr, str(file) in said.stderr) == (2, True, True), said.stderr


@pytest.mark.parametrize(("name", "value"), [("port", "x"), ("memory", "1"), ("site-url", "ftp://a"), ("delay", "-1")])
def test_a_wrong_variable_is_told_whichever_command_is_run(name: str, value: str) -> None:
    said = run("status", **{variable(name): value})
    assert (said.exit_code, f"{variable(name)}: " in said.stderr) == (2, True)


@given(st.dictionaries(st.text("abc-_", min_size=1), st.integers() | st.text(max_size=9) | st.booleans(), max_size=3))
def test_a_file_with_anything_in_it_is_taken_or_refused_by_name(given: dict[str, object]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "some.toml"
        lines = [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in given.items()]
        file.write_text("\n".join(lines), "utf-8")
        if given:
            with pytest.raises(click.UsageError, match=r"some\.toml"):
                from_file(file, COMMANDS)
        else:
            assert from_file(file, ["serve"]) == {"serve": {}}


def test_defaults_are_those_of_the_code() -> None:
    here = {name: setting.default for name, setting in SETTINGS.items()}
    assert (here["delay"], here["pages"], here["memory"] << 20) == (LEAST_DELAY, Budget().pages, MEMORY)
    assert (here["data"], here["page-memory"] << 20) == (Settings().data, Settings().page_room)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_and_has_its_help(name: str) -> None:
    said = run(name, "--help")
    assert (said.exit_code, said.exception) == (0, None)
    context = click.Context(nianbao)
    command = nianbao.get_command(context, name)
    assert command is not None
    assert command.name == name
    configured = {each.name for each in command.params if isinstance(each, click.Option) and each.envvar}
    assert {each.replace("_", "-") for each in configured if each} <= set(SETTINGS)


def test_no_command_is_an_error_of_usage() -> None:
    assert run("nothing").exit_code == 2
