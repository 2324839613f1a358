"""``nianbao search`` tells how it read the words, and why nothing was found."""

from __future__ import annotations

from click.testing import CliRunner

from tests.webui.shelf import Shelf
from webui.cli import nianbao


def told(shelf: Shelf, query: str) -> str:
    done = CliRunner().invoke(nianbao, ["--data", str(shelf.data), "search", query])
    assert done.exception is None
    return done.stderr


def test_what_was_read_otherwise_is_told(shelf: Shelf) -> None:
    assert "read as: 讨薪 -学区划分\n" in told(shelf, "讨薪 不含 学区划分")
    assert "whole years" in told(shelf, "讨薪 上半年")


def test_no_zero_is_silent(shelf: Shelf) -> None:
    assert "perhaps: 讨薪\n0 reports\n" in told(shelf, "讨新")
    assert "with less of this" in told(shelf, "讨薪 灯塔")
    assert told(shelf, "讨薪").endswith(" reports\n")
