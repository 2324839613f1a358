"""Help by examples, and what this is: method, limits, licence, the rule for personal data."""

from __future__ import annotations

from flask import Blueprint

from corpus.form import load_form
from corpus.model import FORMS
from indexer.request import SearchRequest
from webui.addresses import search_address
from webui.catalog import catalog
from webui.export import LICENCE
from webui.params import N_
from webui.respond import View, page

blueprint = Blueprint("about", __name__)

EXAMPLES = (
    ("政务新媒体 讨薪", N_("both words, anywhere in one report")),
    ("“政策解读”", N_("exactly these words, as they stand")),
    ("学区 OR 划片", N_("one or the other; 或 does the same")),
    ("营商环境 -企业", N_("the first without the second; NOT and 非 do the same")),
    ("(讨薪 OR 欠薪) 12345", N_("parentheses keep together")),
    ("章节:问题 队伍", N_("only in the section on problems")),
    ("标题:更正", N_("only in the title")),
    ("地区:河南 年份:2019..2022", N_("place and years, written into the search")),
    ("不予公开>100", N_("reports with more than 100 refusals")),
    ("公开率>=80% 听证", N_("a rate together with a word")),
    ("“听证 意见”~5", N_("near each other, five words apart at most")),
    ("政务*", N_("words that begin so")),
    ("地区:河南 年份:2022 NOT 听证", N_("the reports of a place and year that are silent on it")),
)
"""The query language by examples: what to type, and what it means."""


@page(blueprint, "/about")
def about() -> View:
    """What this is and how to ask it."""
    forms = [load_form(form) for form in FORMS]
    body = {
        "ok": True,
        "licence": LICENCE,
        "examples": [{"query": words, "meaning": meaning} for words, meaning in EXAMPLES],
        "forms": [
            {"id": form.id, "authority": form.authority, "first_year": form.first_year, "last_year": form.last_year}
            for form in forms
        ],
        "contact": catalog().settings.contact,
    }
    context = {
        "examples": [(words, meaning, search_address(SearchRequest(text=words))) for words, meaning in EXAMPLES],
        "forms": forms,
        "licence": LICENCE,
    }
    return View("about.html", body, context, version="about")
