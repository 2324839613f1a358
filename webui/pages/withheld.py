"""What is withheld: why nothing is shown at an address (410), and the list of all of it."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from corpus.store.withholding import Withheld
from webui.catalog import catalog
from webui.params import N_
from webui.respond import View, page, respond
from webui.shapes import Json, error_shape

blueprint = Blueprint("withheld", __name__)

_SENTENCE = N_("This is withheld: it is kept, and shown to nobody.")


@page(blueprint, "/withheld")
def withheld() -> View:
    """Everything that is withheld: which, why, since when."""
    found = catalog().store.withheld()
    body = {"ok": True, "total": len(found), "withheld": [_shape(each) for each in found]}
    return View("withheld.html", body, {"found": found}, index=False)


def refuse_withheld() -> ResponseReturnValue | None:
    """Answer for a report or an original that is withheld, before its page is asked; None for all others."""
    named = request.view_args or {}
    store = catalog().store
    found = None
    if "digest" in named:
        found = store.withheld_payload(named["digest"])
    elif "id_" in named:
        found = store.withheld_report(named["id_"])
    return None if found is None else _gone(found)


def _gone(found: Withheld) -> ResponseReturnValue:
    body = {**error_shape("withheld", gettext(_SENTENCE)), "withheld": _shape(found)}
    context = {"message": gettext(_SENTENCE), "found": found, "failed": True}
    return respond(View("gone.html", body, context, status=410, index=False))


def _shape(each: Withheld) -> Json:
    return {"sha256": each.digest, "report": each.id or None, "why": each.why, "since": each.since.isoformat()}
