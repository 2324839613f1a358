"""Help by examples, and what this is: method, limits, licence, the rule for personal data."""

from __future__ import annotations

from itertools import islice, permutations

from flask import Blueprint

from corpus.form import load_form
from corpus.model import FORMS
from indexer.engine import Engine
from indexer.request import SearchRequest
from webui.addresses import search_address
from webui.catalog import catalog
from webui.export import LICENCE
from webui.params import N_
from webui.respond import View, page

blueprint = Blueprint("about", __name__)

WORDS = ("讨薪", "政策解读", "营商环境", "行政复议", "听证", "政务新媒体", "学区", "公开", "申请", "工作")
"""Words for the examples; those that the corpus has are taken, in this order."""
_TRIES = 12
"""Fillings of an example that are tried before it is left out."""
EXAMPLES = (
    ("{one} {two}", N_("both words, anywhere in one report")),
    ("“{one}”", N_("exactly these words, as they stand")),
    ("{one} OR {two}", N_("one or the other; 或 does the same")),
    ("{one} -{two}", N_("the first without the second; NOT and 非 do the same")),
    ("({one} OR {two}) {three}", N_("parentheses keep together")),
    ("章节:问题 {one}", N_("only in the section on problems")),
    ("标题:年度报告", N_("only in the title")),
    ("地区:{place} 年份:{first}..{last}", N_("place and years, written into the search")),
    ("不予公开>1", N_("reports with more than one refusal")),
    ("公开率>=10% {one}", N_("a rate together with a word")),
    ("“{one} {two}”~50", N_("near each other, fifty words apart at most")),
    ("{start}*", N_("words that begin so")),
    ("地区:{place} 年份:{last} NOT {one}", N_("the reports of a place and year that are silent on it")),
)
"""The query language by examples: what to type, and what it means; filled from the corpus at hand."""


def examples(engine: Engine) -> list[tuple[str, str]]:
    """The examples with words, places and years of the corpus at hand, those alone that find something in it."""
    everything = engine.search(SearchRequest(size=0)).facets
    places = [value.label for value in everything.get("region", ()) if value.count] or [""]
    years = sorted(value.value for value in everything.get("year", ()) if value.count) or [""]
    known = [word for word in WORDS if _finds(engine, word)]
    fillings = [
        {
            "one": one, "two": two, "three": three, "start": one[:2],
            "place": place, "first": years[0], "last": years[-1],
        }
        for place in places[:2]
        for one, two, three in islice(permutations(known, 3), _TRIES)
    ]  # fmt: skip
    filled = (
        next((words for each in fillings if _finds(engine, words := query.format(**each))), None)
        for query, _ in EXAMPLES
    )
    return [(words, meaning) for words, (_, meaning) in zip(filled, EXAMPLES, strict=True) if words is not None]


def _finds(engine: Engine, words: str) -> bool:
    result = engine.search(SearchRequest(text=words, size=0))
    return bool(result.total) and not result.understood.get("ignored")


@page(blueprint, "/about")
def about() -> View:
    """What this is and how to ask it."""
    shelf = catalog()
    offered = examples(shelf.engine)
    forms = [load_form(form) for form in FORMS]
    body = {
        "ok": True,
        "licence": LICENCE,
        "examples": [{"query": words, "meaning": meaning} for words, meaning in offered],
        "forms": [
            {"id": form.id, "authority": form.authority, "first_year": form.first_year, "last_year": form.last_year}
            for form in forms
        ],
        "contact": shelf.settings.contact,
    }
    context = {
        "examples": [(words, meaning, search_address(SearchRequest(text=words))) for words, meaning in offered],
        "forms": forms,
        "licence": LICENCE,
    }
    return View(
        "about.html", body, context, version=f"about-{shelf.engine.status().generation}-{shelf.holdings.revision}"
    )
