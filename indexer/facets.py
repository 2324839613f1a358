"""Every facet, declared once: what it is called, which values it has, how they are kept, what they mean.

The parameters of a search, its masks and counts, the columns and tags of the index and its fingerprint, the fields of
the query language, the options of the command line, the OpenAPI description and the filters of the page all read
FACETS. A further one is an entry here, its words in two languages (webui/labels.toml, indexer/names.toml) and a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.model import FORMS, KINDS, LEVELS, SECTION_KINDS, VERDICTS
from corpus.store import Stored

Nature = Literal["region", "year", "choice", "section", "tag"]
"""How a facet is kept and counted.

``region``: a place in the tree of regions. ``year``: a year, asked for by spans. ``choice``: one of a few values or
none, a small whole number a report. ``section``: where the words of the query stand. ``tag``: any number of names.
"""


def _nothing(_stored: Stored) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of reports by which they are filtered and counted.

    ``name`` is the parameter of an address, the key in an answer and the vocabulary of its words. ``meaning`` is for
    programmers. ``values`` are all that there are, none where nobody can list them; ``pattern`` is what one looks
    like then. ``of`` gives a report's values, for choices and tags. One that is not ``counted`` only filters.
    """

    name: str
    nature: Nature
    meaning: str
    values: tuple[str, ...] = ()
    pattern: str = ""
    of: Callable[[Stored], Iterable[str]] = _nothing
    counted: bool = True


def _form(stored: Stored) -> Iterable[str]:
    return filter(None, (stored.report.form,))


def _original(stored: Stored) -> Iterable[str]:
    """What was captured: pictures of pages, a page of a site, any other file. Media type and figures tell."""
    media_type = stored.snapshot.media_type.partition(";")[0].strip().lower()
    machine = any(figure.confidence is not None for figure in stored.report.figures.values())
    if machine or media_type.startswith("image/"):
        yield "scan"
    else:
        yield "page" if media_type in _PAGES else "file"


def _findings(stored: Stored) -> Iterable[str]:
    """Each rule that says something about the report, alone and with its verdict."""
    return sorted({tag for each in stored.report.findings for tag in (each.rule, f"{each.rule}:{each.verdict}")})


def _copied(stored: Stored) -> Iterable[str]:
    """The fifth of a hundred that the share copied lies in; nothing where the report was not compared."""
    if stored.copied is not None:
        yield COPIED[min(int(stored.copied) // 20, len(COPIED) - 1)]


COPIED = ("0-20", "20-40", "40-60", "60-80", "80-100")
_PAGES = frozenset({"text/html", "application/xhtml+xml", "multipart/related", "message/rfc822"})
YEARS = r"(19|20|21)[0-9]{2}(\.\.((19|20|21)[0-9]{2})?)?"

FACETS: tuple[Facet, ...] = (
    Facet("region", "region", "a code of GB/T 2260; what lies in it is included", pattern="[0-9]{6}"),
    Facet("year", "year", "2019, 2019..2022 or 2019..", pattern=YEARS),
    Facet("level", "choice", "where the agency's government stands", LEVELS, of=lambda it: (it.report.agency.level,)),
    Facet("kind", "choice", "what sort of body the agency is", KINDS, of=lambda it: (it.report.agency.kind,)),
    Facet("form", "choice", "the statutory form", FORMS, of=_form),
    Facet("original", "choice", "what the original is", ("page", "file", "scan"), of=_original),
    Facet("copied", "choice", "per cent of the text that stood in earlier reports", COPIED, of=_copied),
    Facet(
        "agency",
        "tag",
        "an agency's id",
        pattern="[0-9]{6}-[0-9a-f]{8}",
        of=lambda it: (it.report.agency.id,),
        counted=False,
    ),
    Facet("section", "section", "words must occur there", SECTION_KINDS),
    Facet(
        "finding",
        "tag",
        "a rule, or rule:verdict, as in I1:broken",
        pattern=f"([IXST][0-9]{{1,2}}|reading)(:({'|'.join(VERDICTS)}))?",
        of=_findings,
    ),
)
"""In the order of an address, of an answer and of the page."""
BY_NAME: Mapping[str, Facet] = {facet.name: facet for facet in FACETS}
CHOICES = tuple(facet for facet in FACETS if facet.nature == "choice")
TAGS = tuple(facet for facet in FACETS if facet.nature == "tag")


def values_of(stored: Stored) -> Mapping[str, tuple[str, ...]]:
    """The values of a report in every facet of choices and tags."""
    return {facet.name: tuple(facet.of(stored)) for facet in (*CHOICES, *TAGS)}


def identity() -> str:
    """What an index has kept of the facets: another one makes it stale."""
    return "\n".join(f"{facet.name} {facet.nature} {' '.join(facet.values)}" for facet in FACETS)


FIRST_YEAR, LAST_YEAR = 1900, 2199


def year_span(value: str) -> tuple[int, int]:
    """The first and the last year of 2019, 2019..2022 or 2019.. as an address has them; both ends are included.

    >>> year_span("2019"), year_span("2019..2022"), year_span("2019..")
    ((2019, 2019), (2019, 2022), (2019, 2199))
    """
    first, separator, last = value.partition("..")
    return int(first), int(last) if last else LAST_YEAR if separator else int(first)


def spelled_years(first: int, last: int) -> str:
    """A span of years as an address has it.

    >>> spelled_years(2019, 2019), spelled_years(2019, 2022), spelled_years(2019, 2199)
    ('2019', '2019..2022', '2019..')
    """
    if first == last:
        return str(first)
    return f"{first}.." if last == LAST_YEAR else f"{first}..{last}"
