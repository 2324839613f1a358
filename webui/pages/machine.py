"""What only machines ask for: health, rules for robots."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webui.library import library

blueprint = Blueprint("machine", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Whether store and index answer, and what they hold."""
    shelf = library()
    status = shelf.engine.status()
    body = {
        "ok": True,
        "documents": status.documents,
        "generation": status.generation,
        "revision": status.revision,
        "store_revision": shelf.store.revision(),
    }
    return jsonify(body)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Reports are for everybody; searches are endless, so robots stay out of them."""
    lines = [
        "User-agent: *",
        "Disallow: /search?",
        "Disallow: /search.json",
        "Disallow: /search.csv",
        "Disallow: /search.atom",
        "Disallow: /compare?",
        "Disallow: /snapshots/",
        "Disallow: /reports/*/original",
    ]
    return Response("\n".join([*lines, ""]), mimetype="text/plain")
