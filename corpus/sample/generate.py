"""Reports of fictional agencies, one after the other, from a seed; and the folder that holds them as files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import UsageError
from corpus.sample.agencies import careers
from corpus.sample.living import living, sample_lives
from corpus.sample.manifest import Format, Manifest, Writer, life, missing, record, revision
from corpus.sample.model import Retelling, SampleReport
from corpus.sample.narrative import Chapter
from corpus.sample.office import Office
from corpus.sample.places import names, sample_places, sample_regions
from corpus.sample.promising import promising
from corpus.sample.revising import later_state
from corpus.sample.scans import scans

__all__ = ["SampleReport", "generate", "sample_regions", "write_corpus"]


def generate(
    *, seed: int = 1, provinces: int = 1, reports: int = 600, from_year: int = 2014, to_year: int = 2025
) -> Iterator[SampleReport]:
    """Exactly ``reports`` reports, agency by agency and year by year, each made when it is asked for.

    Deterministic: the same arguments give the same reports. Before 2014 reports are narrative alone. Raises
    UsageError for more provinces than there are, or more reports than their agencies could write.
    """
    below = _below(provinces, reports)
    neighbour: dict[int, Chapter] = {}
    others: list[Retelling] = []
    for career in careers(seed=seed, provinces=provinces, reports=reports, from_year=from_year, to_year=to_year):
        office = Office(seed, career, below[career.place.region.code], {})
        yield from office.reports(neighbour, others)
        neighbour, others = office.copyable, office.retellings


def write_corpus(  # noqa: PLR0913 - generate's arguments, and where and how to write
    directory: Path,
    *,
    seed: int = 1,
    provinces: int = 1,
    reports: int = 600,
    from_year: int = 2014,
    to_year: int = 2025,
    formats: Sequence[Format] = ("html", "text"),
) -> Manifest:
    """Write the reports as files below ``directory``, each with a sidecar, and manifest.jsonl and regions.csv.

    Each format has a folder of its own, so that one can be taken in without the other.
    """
    span = {"seed": seed, "provinces": provinces, "reports": reports, "from_year": from_year, "to_year": to_year}
    with Writer(directory, formats) as writer:
        writer.regions(sample_regions(provinces, reports))
        for career in careers(**span):
            writer.missing(career)
        for report in generate(**span):
            writer.report(report)
    return Manifest(directory)


def write_manifest(file: Path, *, seed: int = 1, provinces: int = 1, reports: int = 600) -> None:
    """Write the manifest alone, as ``write_corpus`` does: what the reports say, what is planted, what is missing.

    Raises UsageError where the file cannot be written.
    """
    span = {"seed": seed, "provinces": provinces, "reports": reports, "from_year": 2014, "to_year": 2025}
    plan = sample_lives(seed, provinces, reports)
    try:
        with file.open("w", encoding="utf-8") as out:
            out.writelines(f"{json.dumps(life(each), ensure_ascii=False)}\n" for each in plan.passages)
            for career in careers(**span):
                out.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in missing(career))
            for report in living(promising(generate(**span), seed), plan):
                if change := later_state(report, seed):
                    out.write(f"{json.dumps(revision(change), ensure_ascii=False)}\n")
                out.write(f"{json.dumps(record(change.report if change else report), ensure_ascii=False)}\n")
            out.writelines(f"{json.dumps(scan, ensure_ascii=False)}\n" for scan in scans())
    except OSError as error:
        raise UsageError(
            f"The manifest {file} cannot be written ({error.strerror}): give another --manifest."
        ) from error


def _below(provinces: int, reports: int) -> dict[str, tuple[str, ...]]:
    """The names of what lies in each region: its cities, its counties, or else townships."""
    inside: dict[str, list[str]] = {}
    places = sample_places(provinces, reports)
    for place in places:
        inside.setdefault(place.region.parent, []).append(place.region.name)
    townships = [entry.split()[0] for entry in names()["townships"]["names"]]
    return {place.region.code: tuple(inside.get(place.region.code, townships)) for place in places}
