"""Files and folders → the store: reports that lie on a disk, with the address they came from where one is known.

A file's address stands in a sidecar beside it, ``<file>.json`` with the keys ``url`` and ``captured`` (ISO 8601),
or is given by the caller.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import NotAReportError, NoTextError, UnreadableError
from corpus.extract import EXTRACTOR, compare_years, interpret
from corpus.readers.formats import SUFFIXES, read
from corpus.readers.limits import Limits
from corpus.regions import Registry
from corpus.store import Store

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class IntakeOutcome:
    """What came of it: files taken in; files of a folder passed over, with the reason; files named that failed."""

    taken: int = 0
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def take_in(
    store: Store,
    paths: Sequence[Path],
    *,
    url: str = "",
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> IntakeOutcome:
    """Keep and extract every report among ``paths``; a folder is searched to its depths.

    A scan or picture is kept and counted as unreadable; anything else without a report is not kept.
    """
    intake = _Intake(store, store.registry(), url, limits or Limits())
    files = [(path, named) for path in paths for path, named in _files(path)]
    with store.batch():
        for done, (path, named) in enumerate(files, 1):
            intake.take(path, named=named)
            if progress is not None:
                progress(done, len(files))
        compare_years(store, intake.agencies)
    return intake.outcome


def _files(path: Path) -> Iterator[tuple[Path, bool]]:
    """The files of a path, each with whether it was named outright; sidecars belong to their files."""
    if not path.is_dir():
        yield path, True
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not (file.suffix == ".json" and file.with_suffix("").is_file()):
            yield file, False


@dataclass(slots=True)
class _Intake:
    store: Store
    registry: Registry
    url: str
    limits: Limits
    outcome: IntakeOutcome = field(default_factory=IntakeOutcome)
    agencies: set[str] = field(default_factory=set)

    def take(self, path: Path, *, named: bool) -> None:
        """Take one file in, or say why not: of a file named outright that is a failure."""
        refused = self.outcome.failed if named else self.outcome.skipped
        if not named and path.suffix.lower() not in SUFFIXES:
            refused[str(path)] = "another type of file"
            return
        try:
            self._take(path)
        except (UnreadableError, NotAReportError) as error:
            refused[str(path)] = str(error)
        except OSError as error:
            refused[str(path)] = f"The file cannot be read ({error.strerror}): check its name and its permissions."

    def _take(self, path: Path) -> None:
        self.limits.check_size(path.stat().st_size)
        payload = path.read_bytes()
        url, captured = _sidecar(path)
        url = url or self.url
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"

        try:
            content = read(payload, name=path.name, media_type=media_type, limits=self.limits)
            report = interpret(content, self.registry, url=url)
        except NoTextError as error:
            snapshot = self.store.keep(payload, url=url, source=path.name, media_type=media_type, captured=captured)
            self.store.reject(snapshot, str(error), EXTRACTOR)
            raise
        snapshot = self.store.keep(payload, url=url, source=path.name, media_type=media_type, captured=captured)
        self.store.accept(snapshot, report, EXTRACTOR)
        self.agencies.add(report.agency.id)
        self.outcome.taken += 1


def _sidecar(path: Path) -> tuple[str, datetime]:
    """The address and the time of capture that a file's sidecar states; else no address and the file's own time."""
    sidecar = path.with_name(path.name + ".json")
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if not sidecar.is_file():
        return "", modified
    try:
        stated = json.loads(sidecar.read_text(encoding="utf-8"))
        captured = datetime.fromisoformat(stated["captured"]) if "captured" in stated else modified
        url = str(stated.get("url", ""))
    except (ValueError, TypeError, AttributeError) as error:
        message = f"The sidecar {sidecar.name} must be a JSON object with “url” and, in ISO 8601, “captured”."
        raise UnreadableError(message) from error
    return url, captured if captured.tzinfo else captured.replace(tzinfo=UTC)
