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
from functools import partial
from pathlib import Path

from corpus.doubts import Doubt, said
from corpus.errors import NoTextError, UnreadableError
from corpus.extraction.derivation import Candidate, Derived, Means, bundles, derive_all
from corpus.extraction.extractor import extractor
from corpus.extraction.year_comparison import compare_years
from corpus.media import may_hold_report
from corpus.model import Report, Snapshot
from corpus.readers.limits import Limits
from corpus.store import Store

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class IntakeOutcome:
    """What came of it: files taken in; files of a folder passed over, with the reason; files named that failed."""

    taken: int = 0
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def refuse(self, path: Path, reason: str, *, named: bool) -> None:
        """Note why a file was not taken: of one that was named outright that is a failure."""
        (self.failed if named else self.skipped)[str(path)] = reason


def take_in(  # noqa: PLR0913 (what files are taken in with, each by name)
    store: Store,
    paths: Sequence[Path],
    *,
    url: str = "",
    hint: str = "",
    means: Means | None = None,
    progress: Progress | None = None,
) -> IntakeOutcome:
    """Keep and extract every report among ``paths``; a folder is searched to its depths.

    A scan or picture is kept and counted as unreadable; anything else without a report is not kept. ``hint`` is the
    code of the region where the files come from, for names without a place (docs/contract.md, ``--region``).
    """
    means = means or Means()
    outcome = IntakeOutcome()
    files = list(enumerate((found for path in paths for found in _files(path)), 1))
    done = 0

    def go_on() -> None:
        nonlocal done
        opened = _opened(files[done:], url, hint, means.limits, outcome)
        for some in bundles(derive_all(opened, store.registry(), means)):
            outcome.taken += _keep(store, some, outcome)
            done = some[-1][0].number
            if progress is not None:
                progress(done, len(files))

    store.lasting(go_on)
    store.lasting(partial(compare_years, store))
    return outcome


def _keep(store: Store, some: Sequence[tuple[_File, Derived]], outcome: IntakeOutcome) -> int:
    """Store a bundle; how many of it were taken in."""
    taken = 0
    with store.batch():
        for file, derived in some:
            if isinstance(derived, Report):
                snapshot = file.kept_in(store)
                store.accept(snapshot, derived, extractor())
                if store.withheld_payload(snapshot.digest) is None:
                    taken += 1
                else:
                    outcome.refuse(file.path, "withheld", named=file.named)
            else:
                if isinstance(derived, NoTextError):
                    store.reject(file.kept_in(store), derived.doubt, extractor())
                outcome.refuse(file.path, str(derived), named=file.named)
    return taken


def _files(path: Path) -> Iterator[tuple[Path, bool]]:
    """The files of a path, each with whether it was named outright; sidecars belong to their files."""
    if not path.is_dir():
        yield path, True
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not (file.suffix == ".json" and file.with_suffix("").is_file()):
            yield file, False


@dataclass(frozen=True, slots=True)
class _File:
    """A file that could be read; ``number`` counts all files from 1."""

    number: int
    path: Path
    named: bool
    candidate: Candidate
    captured: datetime

    def kept_in(self, store: Store) -> Snapshot:
        """The evidence, archived."""
        candidate = self.candidate
        return store.keep(
            candidate.payload,
            url=candidate.url,
            source=candidate.name,
            media_type=candidate.media_type,
            captured=self.captured,
            hint=candidate.hint,
        )


def _opened(
    files: Sequence[tuple[int, tuple[Path, bool]]], url: str, hint: str, limits: Limits, outcome: IntakeOutcome
) -> Iterator[tuple[_File, Candidate]]:
    """The bytes of every file that may be a report; the others are refused."""
    for number, (path, named) in files:
        if not named and not may_hold_report(path.name):
            outcome.refuse(path, "another type of file", named=named)
            continue
        try:
            limits.check_size(path.stat().st_size)
            stated, captured = _sidecar(path)
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            candidate = Candidate(path.read_bytes(), path.name, media_type, stated or url, hint)
        except UnreadableError as error:
            outcome.refuse(path, str(error), named=named)
        except OSError as error:
            reason = said(Doubt("file_closed", {"error": error.strerror or ""}))
            outcome.refuse(path, reason, named=named)
        else:
            yield _File(number, path, named, candidate, captured), candidate


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
        raise UnreadableError("sidecar_wrong", name=sidecar.name) from error
    if url and not url.startswith(("http://", "https://")):
        raise UnreadableError("sidecar_wrong", name=sidecar.name)
    return url, captured if captured.tzinfo else captured.replace(tzinfo=UTC)
