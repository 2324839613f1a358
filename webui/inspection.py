"""``nianbao inspect``: what a file says, stored nowhere (docs/contract.md, "nianbao inspect FILE…")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.doubts import Doubt, Language, said
from corpus.errors import NotAReportError, UnreadableError
from corpus.extraction.interpret import interpret
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.regions import Registry
from webui.shapes import Json, report_shape


@dataclass(frozen=True, slots=True)
class Origin:
    """Where files come from, as far as a person says: an address, the code of the place where its site stands."""

    url: str = ""
    region: str = ""


def inspect_file(
    path: Path,
    registry: Registry,
    limits: Limits | None = None,
    language: Language = "zh-CN",
    origin: Origin | None = None,
) -> Json:
    """One JSON-ready object for a file, readable or not."""
    limits, origin = limits or Limits(), origin or Origin()
    try:
        limits.check_size(path.stat().st_size)
        content = read(path.read_bytes(), name=path.name, limits=limits)
        report = interpret(content, registry, url=origin.url, hint=origin.region, name=path.name)
    except OSError as error:
        return _refusal(path, Doubt("file_closed", {"error": error.strerror or ""}), language)
    except (UnreadableError, NotAReportError) as error:
        return _refusal(path, error.doubt, language)
    return {"source": str(path), "report": True, "reason": None, **report_shape(report, registry, language)}


def _refusal(path: Path, doubt: Doubt, language: Language) -> Json:
    """The same keys as for a report, with nothing in them, and why: in words, and as a code with values."""
    return {
        "source": str(path),
        "report": False,
        "reason": said(doubt, language),
        "reason_code": doubt.code,
        "reason_values": dict(doubt.values),
        "title": None,
        "agency": None,
        "region": None,
        "level": None,
        "kind": None,
        "year": None,
        "form": None,
        "sections": [],
        "figures": {},
        "findings": [],
        "warnings": [],
    }
