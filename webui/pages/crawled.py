"""What came of each crawled site: whole, or what was not read and why. A silence of ours is told from a body's."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint

from crawler.outcomes import SourceOutcome
from webui.catalog import catalog
from webui.crawl_shapes import account_of, came_of, crawled
from webui.params import N_
from webui.respond import View, page

blueprint = Blueprint("crawled", __name__)

OUTCOMES = {
    "unfinished": N_("read in part"),
    "interrupted": N_("under way"),
    "empty": N_("read in full; no report was in it"),
    "whole": N_("read in full"),
}
"""In the order in which a reader should doubt."""

REASONS = {
    "records": N_("a list says that it has more than it showed"),
    "pages": N_("some pages of a list were not read"),
    "interface": N_("what fills a list is unknown"),
    "gate": N_("a cookie set by a script is asked for"),
    "blocked": N_("the site turns programs away"),
    "shell": N_("only a browser fills a page"),
    "viewer": N_("a viewer shows what could not be read"),
    "hollow": N_("pages called reports show none"),
    "column": N_("the column of the reports gave none"),
    "refused": N_("an interface refused to answer"),
    "circle": N_("pages redirect in a circle"),
    "robots": N_("robots.txt forbids it, or did not answer"),
    "failed": N_("requests failed"),
    "picture": N_("pictures of text"),
    "gone": N_("dead links"),
}
"""Why something is missing, and what else was not read."""


@page(blueprint, "/coverage/sources")
def sources() -> View:
    """Every site that was crawled, those first of which something is missing."""
    came = sorted(crawled(catalog().store), key=lambda one: (list(OUTCOMES).index(one.verdict), one.source.id))
    body = {
        "ok": True,
        "total": len(came),
        "outcomes": Counter(one.verdict for one in came),
        "sources": [_shape(one) for one in came],
    }
    return View("crawled.html", body, {"came": came, "outcomes": OUTCOMES, "reasons": REASONS}, index=False)


def _shape(came: SourceOutcome) -> dict[str, object]:
    last = came.last.isoformat() if came.last else None
    return {**account_of(came), **came_of(came), "reason": came.reason or None, "last": last}
