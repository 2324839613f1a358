"""``correct``: people say what cells of a picture hold, kept beside the reading, taken back by name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from corpus.errors import NianbaoError
from corpus.extraction.correction import correct_again
from corpus.extraction.year_comparison import compare_years
from corpus.model import Correction
from corpus.store import Store, Stored
from corpus.text import decode
from webui.commands.opening import existing, to_write
from webui.commands.output import say
from webui.commands.stages import bring_up_to_date_index
from webui.settings import Settings

COLUMNS = ("cell", "value", "who", "why")
# As the address of the cell on its report's page ends, or that of the page of the cell by itself.
_CELL = re.compile(r"(?:.*/)?(?P<report>\d{6,12}-\d{4}-[0-9a-f]{8})(?:\?[^#]*)?(?:#|/cells/)(?P<figure>[\w.]+)")
_LONGEST = 500
_ALL = 1 << 62
"""Writes before a commit: what is written together stands or falls together."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A cell that a person names, where it is: the payload that it was read from."""

    stored: Stored
    figure: str


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--undo", "undone", multiple=True, metavar="CELL|ID", help="Take back what was said of a cell or a report."
)
@click.pass_obj
def correct(settings: Settings, *, file: Path | None, undone: tuple[str, ...]) -> None:
    """Correct or confirm cells that were read from pictures: a CSV with the columns cell, value, who, why.

    A cell is named ID#FIGURE. An empty value is a blank cell. Without a file and --undo: print what is corrected.
    """
    if file is None and not undone:
        with existing(settings) as store:
            _print(store)
        return
    with to_write(settings) as store:
        said = () if file is None else tuple(words(store, decode(file.read_bytes()), str(file)))
        taken = tuple(pair for name in undone for pair in _meant(store, name))
        keep(store, said, taken)
        bring_up_to_date_index(store, settings)
    say(f"corrected: {len(said)}, taken back: {len(taken)}")


def words(store: Store, text: str, name: str) -> Iterator[tuple[str, str, Correction]]:
    """(digest, figure, correction) of each row of a CSV called ``name``. Raises NianbaoError for a bad row."""
    for number, cell, one in _rows(text, name):
        named = _picture_cell(store, cell, f"row {number}")
        yield named.stored.snapshot.digest, named.figure, one


def keep(store: Store, said: Sequence[tuple[str, str, Correction]], taken: Sequence[tuple[str, str]] = ()) -> None:
    """Keep corrections and take others back, (digest, figure) each; all of it or nothing."""
    with store.batch(_ALL):
        for digest, figure in taken:
            store.take_back(digest, figure)
        for digest, figure, one in said:
            store.correct(digest, figure, one)
        for digest in dict.fromkeys([*(digest for digest, _ in taken), *(digest for digest, _, _ in said)]):
            correct_again(store, digest)
    compare_years(store)


def _print(store: Store) -> None:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow((*COLUMNS, "when", "sha256"))
    for each in store.corrected():
        said = each.correction
        value = "" if said.value is None else f"{said.value:f}"
        cell = f"{each.report}#{each.figure}"
        writer.writerow((cell, value, said.who, said.why, said.when.isoformat(), each.digest))
    click.echo(written.getvalue(), nl=False)


def _rows(text: str, file: str) -> Iterator[tuple[int, str, Correction]]:
    """(row, cell, correction) of each row. Raises NianbaoError for a file without the columns and for a bad row."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise NianbaoError(f"{file} has no column {', '.join(missing)}: its first line must name {', '.join(COLUMNS)}.")
    now = datetime.now(UTC)
    for number, row in enumerate(reader, start=2):
        cell, value, who, why = ((row[name] or "").strip() for name in COLUMNS)
        if not who:
            raise NianbaoError(f"Row {number} of {file} does not say who corrects the cell: fill in the column who.")
        if len(who) > _LONGEST or len(why) > _LONGEST:
            raise NianbaoError(
                f"Row {number} of {file} has more than {_LONGEST} characters in who or why: say it shorter."
            )
        yield number, cell, Correction(_value(value, number, file), who, why, now)


def _value(text: str, number: int, file: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) >= 10**15:
        raise NianbaoError(f"Row {number} of {file}: {text!r} is no number; write digits, or nothing for a blank cell.")
    return value


def _picture_cell(store: Store, name: str, where: str) -> _Named:
    """The cell of this name. Raises NianbaoError for one that is not there or was not read from a picture."""
    report, figure = _parted(name, where)
    stored = store.get(store.resolve(report) or report)
    if stored is None:
        raise NianbaoError(f"There is no report {report} ({where}): `nianbao search` finds its id.")
    printed = stored.report.figures.get(figure)
    if printed is None:
        raise NianbaoError(f"The report {report} has no cell {figure} ({where}): its page shows the ids of its cells.")
    if printed.confidence is None:
        raise NianbaoError(
            f"The cell {name} was not read from a picture ({where}): what a source prints is never repaired here."
        )
    return _Named(stored, figure)


def _meant(store: Store, name: str) -> Sequence[tuple[str, str]]:
    """(digest, figure) of the corrections of a cell or of a report. Raises NianbaoError where there are none."""
    report, _, figure = name.partition("#")
    if figure or "/cells/" in name:
        report, figure = _parted(name, "--undo")
    report = store.resolve(report) or report
    found = [
        (each.digest, each.figure)
        for each in store.corrected()
        if each.report == report and figure in {"", each.figure}
    ]
    if not found:
        raise NianbaoError(f"Nothing is corrected under the name {name}: `nianbao correct` lists what is.")
    return found


def _parted(name: str, where: str) -> tuple[str, str]:
    parts = _CELL.fullmatch(name)
    if parts is None:
        raise NianbaoError(f"{name!r} names no cell ({where}): write the report's id, # and the figure's id.")
    return parts["report"], parts["figure"]
