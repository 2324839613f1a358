"""One View → the form that the address asks for: a page, or its JSON twin at the same address + ``.json``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps

from flask import Blueprint, Response, current_app, make_response, render_template, request

from webui.catalog import catalog
from webui.language import chosen_language, explicit_language
from webui.serving.record import KEPT

_MACHINE = ("/healthz", "/readyz", ".json", ".csv", ".atom", ".xml", ".ndjson", ".xlsx", ".parquet")


@dataclass(frozen=True, slots=True)
class View:
    """What a page has to say: ``body`` is the JSON twin, or makes it; ``context`` is what only the page needs.

    ``version`` names the state of the data behind it: the same address with the same version is the same answer.
    """

    template: str
    body: Mapping[str, object] | Callable[[], Mapping[str, object]]
    context: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    index: bool = True
    version: str = ""


def page(blueprint: Blueprint, rule: str, twin: str = "") -> Callable[[Callable[..., View]], Callable[..., View]]:
    """Serve a view function at ``rule`` as a page and at ``twin`` (the rule + ``.json``) as JSON."""

    def decorate(view: Callable[..., View]) -> Callable[..., View]:
        @wraps(view)
        def serve(**arguments: str) -> Response:
            shelf, state = catalog(), catalog().state
            address = (request.host_url, request.script_root, request.full_path, chosen_language())
            known = shelf.pages.get(address, state) if state else None
            if known is not None:
                request.environ[KEPT] = True
                known.make_conditional(request)
                return known
            answer = view(**arguments)
            response = respond(answer)
            # What names no version follows from more than the state. Made while a newer one came, an answer may be of
            # either: it is kept under the older, which never comes back.
            if answer.version and response.status_code == 200 and state:
                shelf.pages.put(address, state, response)
            return response

        blueprint.add_url_rule(rule, view.__name__, serve)
        blueprint.add_url_rule(twin or f"{rule}.json", f"{view.__name__}_json", serve)
        return view

    return decorate


def wants_page() -> bool:
    """Whether the address asks for a page for people."""
    return not request.path.endswith(_MACHINE)


def respond(view: View) -> Response:
    """Make the response: HTML, or JSON with Chinese as it is written; nothing where the asker has it already."""
    tag = _tag(view) if view.version and view.status == 200 else ""
    if tag and request.if_none_match.contains_weak(tag):
        response = current_app.response_class(status=304)
    elif wants_page():
        body = {} if callable(view.body) else view.body
        response = make_response(render_template(view.template, body=body, **view.context), view.status)
    else:
        body = view.body() if callable(view.body) else view.body
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
        response = current_app.response_class(text + "\n", status=view.status, mimetype="application/json")
    if not wants_page():
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Access-Control-Allow-Origin"] = "*"
    elif not view.index:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = chosen_language()
    if not explicit_language():
        response.vary.add("Accept-Language")
    if tag:
        response.cache_control.no_cache = True
        response.set_etag(tag, weak=True)  # the same answer, however it is packed
    return response


def _tag(view: View) -> str:
    """What the answer depends on: address, language, our code and words, and the state of the data."""
    build = current_app.extensions["nianbao_build"]
    parts = (request.full_path, chosen_language(), build, view.version, request.host_url)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
