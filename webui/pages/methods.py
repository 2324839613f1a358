"""How the analyses are made, what they are worth and where they end: for readers, in both languages."""

from __future__ import annotations

from flask import Blueprint

from corpus.analysis.chance import EXTREME, UNUSUAL
from corpus.analysis.likeness import ALIKE
from corpus.analysis.wording import SHORTEST
from webui.peers import ENOUGH
from webui.respond import View, page
from webui.slices import MOST

blueprint = Blueprint("methods", __name__)


@page(blueprint, "/methods")
def methods() -> View:
    """All of them on one page."""
    compared = {"alike": round(100 * ALIKE), "shortest": SHORTEST}
    peers = {"enough": ENOUGH, "unusual": UNUSUAL, "extreme": EXTREME}
    return View(
        "methods.html", {"ok": True, "boilerplate": compared, "peers": peers}, {**compared, **peers, "most": MOST}
    )
