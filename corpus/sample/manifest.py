"""What a written sample holds, told line by line: every report, every cell, every fault, every missing year."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TextIO

from corpus.model import Agency, FormId, Region
from corpus.sample.agencies import Career
from corpus.sample.living import Planted
from corpus.sample.model import Broken, Fault, Mention, Retelling, SampleReport
from corpus.sample.render.html import render_html
from corpus.sample.render.text import render_text
from corpus.sample.revising import Revised

Format = Literal["html", "text"]

_SUFFIX: Mapping[Format, str] = {"html": ".html", "text": ".txt"}
_REGION_COLUMNS = ("code", "name", "level", "parent", "aliases", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of the manifest. ``figures``: id → (as printed, value). ``files``: format → path in the folder."""

    id: str
    agency: Agency
    year: int
    form: FormId | None
    title: str
    url: str
    published: str
    figures: Mapping[str, tuple[str, Decimal | None]]
    faults: tuple[Fault, ...]
    broken: tuple[Broken, ...]
    topics: tuple[Mention, ...]
    files: Mapping[Format, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a written sample: ``manifest.jsonl`` in its folder, read as it is asked for."""

    directory: Path

    def entries(self) -> Iterator[Entry]:
        """The reports, in the order of writing."""
        return (_entry(line) for line in self._lines() if line["what"] == "report")

    def missing(self) -> Iterator[tuple[Agency, int]]:
        """The agencies and years whose report was left out."""
        return ((Agency(**line["agency"]), line["year"]) for line in self._lines() if line["what"] == "missing")

    def _lines(self) -> Iterator[dict[str, Any]]:
        with (self.directory / "manifest.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


class Writer:
    """Writes a sample into a folder; a context manager. Memory does not grow with the number of reports."""

    def __init__(self, directory: Path, formats: Sequence[Format]) -> None:
        self._directory = directory
        self._formats = formats
        self._stack = ExitStack()
        self._manifest: TextIO

    def __enter__(self) -> Self:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._manifest = self._stack.enter_context((self._directory / "manifest.jsonl").open("w", encoding="utf-8"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def regions(self, regions: Iterable[Region]) -> None:
        """Write regions.csv, in the columns of the registry's own list."""
        with (self._directory / "regions.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(_REGION_COLUMNS)
            for region in regions:
                aliases = "|".join(region.aliases)
                writer.writerow((region.code, region.name, region.level, region.parent, aliases, "", ""))

    def missing(self, career: Career) -> None:
        """Record the years for which an agency's report is missing."""
        for line in missing(career):
            self._line(line)

    def report(self, report: SampleReport) -> None:
        """Write one report in every format, with its sidecars, and its line of the manifest."""
        captured = datetime.combine(report.published, time(2), UTC)
        sidecar = json.dumps({"url": report.url, "captured": captured.isoformat()}, ensure_ascii=False)
        files = {}
        for name in self._formats:
            payload = render_html(report) if name == "html" else render_text(report)
            region = report.agency.region
            path = Path(name, region[:2] + "0000", region, f"{report.id}{_SUFFIX[name]}")
            target = self._directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(payload)
            target.with_name(target.name + ".json").write_text(sidecar, encoding="utf-8")
            files[name] = path.as_posix()
        self._line(record(report) | {"files": files})

    def _line(self, record: Mapping[str, Any]) -> None:
        self._manifest.write(json.dumps(record, ensure_ascii=False) + "\n")


def life(passage: Planted) -> dict[str, Any]:
    """A line of the manifest for a body that became another: both ids, the first year of the new one, how."""
    return {"what": "life", **asdict(passage)}


def contradictions(report: SampleReport) -> list[dict[str, str]]:
    """The contradictions that must be told of a report: by sort and rule, each once."""
    rules = sorted({broken.rule for broken in report.broken} - {"I5"})
    found = [{"sort": "carried" if rule.startswith("X") else "table", "rule": rule} for rule in rules]
    return found + [{"sort": "text", "rule": "T"} for fault in report.faults if fault.kind == "narrative"][:1]


def revision(change: Revised) -> dict[str, Any]:
    """A line of the manifest for a report that was changed after publication."""
    told = {"how": change.how, "figures": change.figures, "came": change.came, "went": change.went}
    return {"what": "revision", "id": change.report.id, **told}


def missing(career: Career) -> Iterator[dict[str, Any]]:
    """A line of the manifest for every year for which an agency's report is missing."""
    for year in career.missing:
        yield {"what": "missing", "agency": _agency(career.agency), "year": year}


def _agency(agency: Agency) -> dict[str, str]:
    return {"name": agency.name, "region": agency.region, "level": agency.level, "kind": agency.kind}


def record(report: SampleReport) -> dict[str, Any]:
    """A report as a line of the manifest: what it says, and what is planted in it."""
    return {
        "what": "report",
        "id": report.id,
        "agency": _agency(report.agency),
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "url": report.url,
        "published": report.published.isoformat(),
        "late": report.late,
        "figures": {
            figure: [raw, None if (value := report.values[figure]) is None else str(value)]
            for figure, raw in report.figures.items()
        },
        "faults": [
            {"kind": fault.kind, "figures": fault.figures, "section": fault.section, "note": fault.note}
            for fault in report.faults
        ],
        "broken": [{"rule": broken.rule, "figures": broken.figures} for broken in report.broken],
        "topics": [
            {"topic": mention.topic, "phrase": mention.phrase, "section": mention.section} for mention in report.topics
        ],
        "contradictions": contradictions(report),
        "retold": _retold(report.retold),
        "promised": list(report.promised),
        "followed": [asdict(each) for each in report.followed],
    }


def _retold(retold: Retelling | None) -> dict[str, object] | None:
    if retold is None:
        return None
    return {
        "text": retold.text,
        "template": retold.template,
        "source": retold.source,
        "source_text": retold.source_text,
        "degree": retold.degree,
    }


def _entry(line: Mapping[str, Any]) -> Entry:
    return Entry(
        id=line["id"],
        agency=Agency(**line["agency"]),
        year=line["year"],
        form=line["form"],
        title=line["title"],
        url=line["url"],
        published=line["published"],
        figures={
            figure: (raw, None if value is None else Decimal(value)) for figure, (raw, value) in line["figures"].items()
        },
        faults=tuple(
            Fault(fault["kind"], tuple(fault["figures"]), fault["section"], fault["note"]) for fault in line["faults"]
        ),
        broken=tuple(Broken(broken["rule"], tuple(broken["figures"])) for broken in line["broken"]),
        topics=tuple(Mention(**mention) for mention in line["topics"]),
        files=line["files"],
    )
