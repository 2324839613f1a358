"""``make sample-scans``: the two scanned reports of the demo, made anew: corpus/sample/scans/.

Reports of the generator under bodies that it never makes, printed and laid on a scanner by simulation. What
they say stands beside them, in the form of the manifest, with the cell that the demo has a person confirm.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
from PIL import Image

from corpus.model import Section
from corpus.sample.generate import generate
from corpus.sample.manifest import record
from corpus.sample.model import SampleReport
from corpus.sample.scans import FOLDER, TOLD
from tests.accuracy.formats.print import pdf
from tests.accuracy.formats.scanned import Look, seen_pages
from tests.accuracy.paper import paper

_BODIES = ("气象局", "地震局")
"""Departments of the province that corpus/sample/names.toml does not have."""
# As a fax machine does, black or white; and as an office does, in colour, under a seal.
_LOOKS = ((Look(200, turned=0.4), "1"), (Look(110, stamped=True), "RGB"))
_SEED = 77
_QUALITY = 35


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for former in FOLDER.glob("*.pdf"):
        former.unlink()
    lines = []
    for number, report in enumerate(_reports()):
        printed = pdf(paper(report))
        look, mode = _LOOKS[number]
        pages = [page.convert(mode, dither=Image.Dither.NONE) for page in seen_pages(printed, look, _SEED + number)]
        (FOLDER / f"{report.id}.pdf").write_bytes(_bound(pages, look.dots))
        lines.append(record(report) | {"what": "scan", "file": f"{report.id}.pdf"})
    TOLD.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")


def _reports() -> Iterator[SampleReport]:
    """A report without faults for each body."""
    bodies = iter(_BODIES)
    last = ""
    for report in generate(seed=_SEED, reports=600, from_year=2024, to_year=2025):
        fits = report.agency.level == "province" and report.agency.kind == "department" and not report.faults
        if not fits or report.form != "2021" or report.agency.name == last:
            continue
        body = next(bodies, None)
        if body is None:
            return
        last = report.agency.name
        yield _renamed(report, f"{report.place}{body}")


def _renamed(report: SampleReport, name: str) -> SampleReport:
    was = report.agency.name
    short, new = was.removeprefix(report.place), name.removeprefix(report.place)

    def told(text: str) -> str:
        return text.replace(was, name).replace(short, new)

    agency = replace(report.agency, name=name)
    sections = tuple(Section(each.kind, each.heading, tuple(map(told, each.paragraphs))) for each in report.sections)
    made = replace(report, agency=agency, title=told(report.title), sections=sections, retold=None)
    return replace(made, url=f"http://{new_host(made)}/zfxxgk/{made.id}.pdf")


def new_host(report: SampleReport) -> str:
    """A host of the fictional province that nobody serves."""
    return f"{report.agency.fingerprint}.yunze.example"


def _bound(pages: list[Image.Image], dots: int) -> bytes:
    bound = io.BytesIO()
    how = {} if pages[0].mode == "1" else {"quality": _QUALITY}
    pages[0].save(bound, "PDF", resolution=dots, save_all=True, append_images=pages[1:], **how)
    payload = bound.getvalue()
    assert len(pypdfium2.PdfDocument(payload)) == len(pages)
    return payload


if __name__ == "__main__":
    main()
