"""Papers → files → reports, and how many cells came back right, flagged and silent (docs/contract.md)."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.errors import NianbaoError
from corpus.extraction.interpret import interpret
from corpus.model import Report
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.sample.generate import generate
from corpus.sample.places import sample_regions
from tests.accuracy.faults import faults_of, settle
from tests.accuracy.formats import flattened, pdf_text
from tests.accuracy.formats.archives import rar_file, zip_file
from tests.accuracy.formats.office import converted, docx_file, xls_file, xlsx_file
from tests.accuracy.formats.page import html
from tests.accuracy.formats.print import pdf, pdf_unruled
from tests.accuracy.formats.printed import pdf_chromium, pdf_chromium_unruled, pdf_office, pdf_office_unruled
from tests.accuracy.formats.text import (
    csv_file,
    text_apart,
    text_bar_lines,
    text_bars,
    text_broken_lines,
    text_closed_up,
    text_commas,
    text_ladder,
    text_lines,
    text_markdown,
    text_one_line,
    text_packed,
    text_rows,
    text_stream,
)
from tests.accuracy.paper import Paper, copied, paper

FORMATS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "html": (".html", html),
    "text_rows": (".txt", text_rows),
    "text_packed": (".txt", text_packed),
    "text_ladder": (".txt", text_ladder),
    "text_lines": (".txt", text_lines),
    "text_bars": (".txt", text_bars),
    "text_stream": (".txt", text_stream),
    "text_markdown": (".txt", text_markdown),
    "text_closed_up": (".txt", text_closed_up),
    "text_bar_lines": (".txt", text_bar_lines),
    "text_apart": (".txt", text_apart),
    "text_broken_lines": (".txt", text_broken_lines),
    "text_commas": (".txt", text_commas),
    "text_one_line": (".txt", text_one_line),
    "text_open_bars": (".txt", flattened.text_open_bars),
    "text_leading_bars": (".txt", flattened.text_leading_bars),
    "text_open_stream": (".txt", flattened.text_open_stream),
    "text_row_bars": (".txt", flattened.text_row_bars),
    "text_bar_before": (".txt", flattened.text_bar_before),
    "text_closed_up_stream": (".txt", flattened.text_closed_up_stream),
    "text_pieces_apart": (".txt", flattened.text_pieces_apart),
    "text_blank_paragraphs": (".txt", flattened.text_blank_paragraphs),
    "text_typeset": (".txt", flattened.text_typeset),
    "text_raw": (".txt", pdf_text.text_raw),
    "text_halves": (".txt", pdf_text.text_halves),
    "text_layout": (".txt", pdf_text.text_layout),
    "csv": (".csv", csv_file),
    "xlsx": (".xlsx", xlsx_file),
    "xls": (".xls", xls_file),
    "docx": (".docx", docx_file),
    "pdf": (".pdf", pdf),
    "pdf_unruled": (".pdf", pdf_unruled),
    "zip": (".zip", zip_file),
    "rar": (".rar", rar_file),
}
LOSSY: dict[str, tuple[str, Callable[[Paper], bytes]]] = {"text_said_once": (".txt", flattened.text_said_once)}
"""Formats that lose numbers themselves: no cell is expected of them, but that what is left is told."""

PADDING = frozenset(
    (
        "text_rows",
        "text_packed",
        "text_bars",
        "text_stream",
        "text_markdown",
        "text_closed_up",
        "text_closed_up_stream",
        "text_leading_bars",
        "text_commas",
        "csv",
        "xlsx",
        "xls",
        "docx",
        "pdf",
        "pdf_unruled",
        "pdf_office",
        "pdf_office_unruled",
        "zip",
        "rar",
        "doc",
        "wps",
    )
)
"""Formats whose writers fill up short rows."""

TRACELESS = frozenset(
    ("text_one_line", "text_typeset", "text_blank_paragraphs", "text_raw", "text_halves", "text_layout")
)
"""Formats in which a blank cell leaves nothing behind."""

OFFICE = ("doc", "wps")
"""Formats that LibreOffice reads, and here also writes."""

PRINTED: Mapping[str, Callable[[Sequence[Paper]], list[bytes]]] = {
    "pdf_office": pdf_office,
    "pdf_office_unruled": pdf_office_unruled,
    "pdf_chromium": pdf_chromium,
    "pdf_chromium_unruled": pdf_chromium_unruled,
}
"""PDFs that LibreOffice and Chromium print: slow, and measured only when they are named."""


@dataclass(slots=True)
class Score:
    """Cells of some reports; ``alarms`` are `reading` findings on clean ones, ``failures`` name the reports."""

    right: int = 0
    flagged: int = 0
    silent: int = 0
    alarms: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.right += other.right
        self.flagged += other.flagged
        self.silent += other.silent
        self.alarms += other.alarms
        self.failures += other.failures

    @property
    def accuracy(self) -> float:
        cells = self.right + self.flagged + self.silent
        return self.right / cells if cells else 1.0


def sample_registry(reports: int) -> Registry:
    """The bundled regions and the fictional ones of the sample."""
    return Registry([*Registry.load(), *sample_regions(1, reports)])


def papers(each: int, *, seed: int = 1) -> list[Paper]:
    """``each`` reports of every form, over the whole sample, as laid out by their authors."""
    found: dict[str, list[Paper]] = {}
    for report in generate(seed=seed, reports=600):
        if report.form is not None:
            found.setdefault(report.form, []).append(paper(report))
    return [some[int(index * len(some) / each)] for some in found.values() for index in range(each)]


def damaged(original: Paper, names: Sequence[str], format_: str, seed: int) -> Paper:
    """A copy with some faults."""
    made = copied(original)
    made.pads, made.traceless = format_ in PADDING, format_.endswith("_unruled") or format_ in TRACELESS
    for name in names:
        chance = random.Random(f"{seed}/{name}/{original.name}")  # noqa: S311 - a test, no secret
        faults_of(format_)[name](made, chance)
    settle(made)
    return made


def score(made: Paper, payload: bytes, suffix: str, registry: Registry, *, is_clean: bool = False) -> Score:
    """Extract one file and compare it with its paper."""
    result = Score()
    try:
        report = interpret(read(payload, name=f"report{suffix}"), registry)
    except NianbaoError as error:
        result.flagged = len(made.values)
        result.failures.append(f"{made.name}: {error}")
        return result
    flags = flagged(report)
    for figure in dict.fromkeys((*made.values, *report.figures)):
        if _is_right(figure, made, report, flags):
            result.right += 1
            continue
        found = report.figures.get(figure)
        shown = f"{made.name} {figure}: {found.raw if found else 'absent'!r} for {made.values.get(figure, 'absent')}"
        if figure in flags:
            result.flagged += 1
        else:
            result.silent += 1
        result.failures.append(shown + ("" if figure in flags else " SILENT"))
    if is_clean:
        alarms = [finding for finding in report.findings if finding.rule == "reading"]
        result.alarms = len(alarms)
        result.failures += [f"{made.name} ALARM {alarm.doubt.code} {alarm.figures[:2]}" for alarm in alarms]
    return result


def flagged(report: Report) -> set[str]:
    """The figures that a broken finding or a doubt of ours names."""
    return {
        figure
        for finding in report.findings
        if finding.verdict == "broken" or finding.rule == "reading"
        for figure in finding.figures
    }


def _is_right(figure: str, made: Paper, report: Report, flags: set[str]) -> bool:
    found = report.figures.get(figure)
    if figure not in made.values:
        return found is None
    if found is None:
        # Without rules a blank leaves nothing on the page that a reader could find.
        return (made.traceless or figure in made.vanished) and made.values[figure] is None
    owned = found.value is None and figure in flags
    if figure in made.destroyed:
        return owned
    return found.value == made.values[figure] or (figure in made.doubtful and owned)


def run(format_: str, some: Iterable[Paper], names: Sequence[str], registry: Registry, seed: int = 1) -> Score:
    """The score of some papers in one format with some faults."""
    total = Score()
    made = [damaged(original, names, format_, seed) for original in some]
    for one, payload, suffix in written(format_, made):
        total.add(score(one, payload, suffix, registry, is_clean=not names or names == ["clean"]))
    return total


def written(format_: str, made: Sequence[Paper]) -> Iterator[tuple[Paper, bytes, str]]:
    """The papers as files."""
    if format_ in OFFICE:
        for one, payload in zip(made, converted([docx_file(one) for one in made], "doc"), strict=True):
            yield one, payload, f".{format_}"
        return
    if format_ in PRINTED:
        for one, payload in zip(made, PRINTED[format_](made), strict=True):
            yield one, payload, ".pdf"
        return
    suffix, write = (FORMATS | LOSSY)[format_]
    for one in made:
        yield one, write(one), suffix


def available() -> list[str]:
    """The formats that this machine can write and read."""
    rar = shutil.which("bsdtar") is not None
    return [name for name in FORMATS if name != "rar" or rar] + (list(OFFICE) if shutil.which("soffice") else [])
