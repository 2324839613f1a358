"""How to cite a report: GB/T 7714—2015 (electronic resource, [EB/OL]) and BibTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.store import Stored


def gbt7714(stored: Stored, page: str, figure: str = "") -> str:
    """责任者. 题名: 其他题名信息[EB/OL]. (发布日期)[引用日期]. 获取路径. The date of access is that of the capture.

    ``figure`` is a cell in words; it is found at ``page``, which is then cited.
    """
    report, snapshot = stored.report, stored.snapshot
    published = f"({report.published.isoformat()})" if report.published else ""
    address = page if figure else snapshot.url or page
    title = f"{report.title}: {figure}" if figure else report.title
    return f"{report.agency.name}. {title}[EB/OL]. {published}[{snapshot.captured:%Y-%m-%d}]. {address}."


def bibtex(stored: Stored, page: str, figure: str = "") -> str:
    """An entry of type misc; the note carries the digest of the archived payload. ``figure`` is a cell in words."""
    report, snapshot = stored.report, stored.snapshot
    fields = {
        "author": f"{{{report.agency.name}}}",
        "title": f"{report.title}: {figure}" if figure else report.title,
        "year": str(report.year),
        "url": snapshot.url or page,
        "urldate": f"{snapshot.captured:%Y-%m-%d}",
        "note": f"Archived copy: {page}, SHA-256 {snapshot.digest}",
    }
    lines = "".join(f"  {name} = {{{_bare(words)}}},\n" for name, words in fields.items())
    return f"@misc{{nianbao-{stored.id},\n{lines}}}"


def picture(bodies: Sequence[str], title: str, years: tuple[int, int], seen: date, page: str) -> str:
    """A picture of several reports' figures, as GB/T 7714 cites a page: three bodies by name, then 等."""
    whose = ", ".join(bodies[:3]) + (", 等" if len(bodies) > 3 else "")
    span = f"{years[0]}—{years[1]}" if years[0] != years[1] else f"{years[0]}"
    return f"{whose}. {title}, {span}[EB/OL]. [{seen.isoformat()}]. {page}."


def schema_org(stored: Stored, page: str) -> Mapping[str, object]:
    """The report in the words of schema.org, for search engines."""
    report, snapshot = stored.report, stored.snapshot
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": report.title,
        "inLanguage": "zh-CN",
        "author": {"@type": "GovernmentOrganization", "name": report.agency.name},
        "temporalCoverage": str(report.year),
        "url": page,
        "sha256": snapshot.digest,
    }
    if snapshot.url:
        described["isBasedOn"] = snapshot.url
    if report.published:
        described["datePublished"] = report.published.isoformat()
    if report.document_number:
        described["reportNumber"] = report.document_number
    return described


def _bare(words: str) -> str:
    """Text that cannot end a BibTeX field early."""
    inner = words.replace("\\", "").replace("{", "").replace("}", "")
    return f"{{{inner}}}" if words.startswith("{") else inner
