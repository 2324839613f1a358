"""The application: everything is put together here, nothing happens before ``create_app`` is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from flask import Flask, Response, abort, current_app, has_request_context, request, url_for

from corpus.budget import budget
from corpus.doubts import LANGUAGES
from webui import addresses, filters
from webui.catalog import Catalog, catalog
from webui.charts import chart_cited, chart_file, chart_page
from webui.compression import compressed
from webui.error_pages import install_errors
from webui.holdings_metrics import HeldMetrics
from webui.host_check import HostCheck
from webui.language import chosen_language, explicit_language, install_language
from webui.messages import foreign
from webui.pages import (
    about,
    agency,
    boilerplate,
    calendar,
    changes,
    chart,
    compare,
    contradictions,
    coverage,
    crawled,
    download,
    figure,
    home,
    listing,
    lives,
    machine,
    methods,
    metric,
    original,
    peers,
    promises,
    refusals,
    region,
    report,
    revisions,
    scan,
    search,
    search_files,
    slices,
    source,
    trend,
    versions,
    watching,
    withheld,
)
from webui.params import N_, BadParameterError
from webui.romanised import romanised_code
from webui.serving.metrics import Metrics
from webui.serving.record import PAGE
from webui.settings import Settings
from webui.spoken import Spoken

PAGES = (
    home,
    search,
    trend,
    report,
    figure,
    scan,
    changes,
    boilerplate,
    original,
    source,
    versions,
    region,
    agency,
    metric,
    chart,
    compare,
    coverage,
    calendar,
    revisions,
    contradictions,
    refusals,
    peers,
    promises,
    lives,
    crawled,
    listing,
    about,
    search_files,
    slices,
    methods,
    download,
    machine,
    watching,
    withheld,
)

_HEAD = ("home.home", "search.search", "metric.metrics", "compare.compare", "coverage.coverage", "about.about")
"""What the head of every page leads to."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from anywhere else, nothing inline: what a report says can never become a script."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
"""None of what a browser could lend a page is asked for."""

ADDRESS_BYTES = 16_000
"""Twice what every server must take (RFC 9110, § 4.1): two passages of 500 characters, each of nine bytes."""


def create_app(settings: Settings) -> Flask:
    """Make the application over the data directory of the settings."""
    app = Site("webui")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["nianbao"] = Catalog(settings)
    app.extensions["nianbao_build"] = _build()
    catalogues = install_language(app)
    install_errors(app)
    filters.install(app)
    app.jinja_env.filters["metric_title"] = lambda id_: catalog().metric_name(id_, chosen_language())
    for module in PAGES:
        app.register_blueprint(module.blueprint)
    app.before_request(_tell_page)
    app.before_request(_check_length)
    app.before_request(_check_language)
    app.before_request(withheld.refuse_withheld)
    app.after_request(compressed)  # the last of them: Flask takes them backwards
    app.after_request(_guard)
    app.jinja_env.speak(catalogues, app.extensions["nianbao"].label)
    app.url_defaults(_keep_language)
    app.context_processor(_everywhere)
    app.extensions["nianbao_metrics"] = Metrics(HeldMetrics(app.extensions["nianbao"]))
    inner = Budget(app.wsgi_app, settings.seconds)
    app.wsgi_app = HostCheck(inner, settings.trusted_hosts)  # type: ignore[method-assign] # as Flask advises
    return app


def _build() -> str:
    """One name for code, templates, styles and words together: caches see a change of any."""
    digest = hashlib.sha256()
    for folder in (".", "pages", "static", "templates", "translations/zh_CN/LC_MESSAGES"):
        room = files("webui").joinpath(folder)
        for file in sorted(room.iterdir(), key=lambda each: each.name) if room.is_dir() else ():
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class Site(Flask):
    """Flask, with templates in two languages."""

    jinja_environment = Spoken  # type: ignore[assignment]  # narrower, as Flask advises
    jinja_env: Spoken


class Budget:
    """Stands before an application: an answer has so many seconds to be begun (corpus/budget.py)."""

    def __init__(self, app: Callable[..., Iterable[bytes]], seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request on. What is streamed afterwards has all the time that its reader takes."""
        environ["QUERY_STRING"] = addresses.in_ascii(environ.get("QUERY_STRING", ""))
        with budget(self._seconds):
            return self._app(environ, start_response)


def _tell_page() -> None:
    """Name the page that answers, for log and counters."""
    request.environ[PAGE] = request.endpoint or "none"


def _check_length() -> None:
    if len(request.query_string) + len(request.path) > ADDRESS_BYTES:
        abort(414)


def _check_language() -> None:
    named = explicit_language()
    if named is not None and named not in LANGUAGES:
        raise BadParameterError("lang", N_("%(parameter)s is one of: %(choices)s."), choices=", ".join(LANGUAGES))


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    """``?lang=`` stays in every link once the address has it."""
    named = explicit_language() if has_request_context() else None
    if named in LANGUAGES and endpoint != "static":
        values.setdefault("lang", named)


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = PERMISSIONS
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    # What is for programs may be taken from anywhere.
    shared = "Access-Control-Allow-Origin" in response.headers
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
    if seconds := catalog().settings.hsts:
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
    return response


def _everywhere() -> dict[str, object]:
    """What every template may use."""
    shelf = catalog()
    registry = shelf.registry
    language = chosen_language()
    return {
        "language": language,
        "in_language": addresses.in_language,
        "languages": LANGUAGES,
        "twin_address": addresses.twin_address,
        "present_path": addresses.present_path,
        "present_address": addresses.present_address,
        "report_address": addresses.report_addresses(),
        "absolute": lambda address: addresses.absolute(address, shelf.settings),
        "label": lambda vocabulary, value: shelf.label(vocabulary, value, language),
        "metric_name": lambda id_: shelf.metric_name(id_, language),
        "fictions": foreign("、".join(shelf.holdings.fictions)),
        "is_fictional": lambda code: bool((region := registry.get(code)) and region.fictional),
        "region_path": registry.path,
        "in_latin": lambda code: romanised_code(code, registry) if language == "en" else "",
        "fixed": _fixed(request.script_root, explicit_language(), current_app.extensions["nianbao_build"]),
        "explicit_language": explicit_language(),
        "search_path": f"{request.script_root}/search",
        "hit_quantity": shelf.quantity,
        "chart_file": chart_file,
        "chart_page": chart_page,
        "chart_cited": lambda chart, title: chart_cited(shelf, chart, title, filters.today()),
        "chart_unit": lambda metric: shelf.metrics[metric].unit,
        "today": filters.today().isoformat(),
        "mark_of": shelf.marker(),
        "flaws_of": shelf.flaws,
        "cell_address": lambda report, metric, form: addresses.report_address(report, shelf.first_cell(metric, form)),
        "base_cell": shelf.base_cell,
        "base_address": lambda report, metric, form: addresses.report_address(report, shelf.base_cell(metric, form)),
        "rule_words": lambda rule: (
            shelf.label("rule", rule, language)
            if rule in shelf.labels["rule"]
            else shelf.label("rule", rule[:1], language)
        ),
        "contact": shelf.settings.contact,
    }


@lru_cache(64)
def _fixed(root: str, language: str | None, build: str) -> Mapping[str, str]:  # noqa: ARG001 - what the request says of them
    """The addresses that every page has, put together once for each place and language that they are asked for in."""
    files = {"css": "site.css", "icon": "icon.svg", "script": "site.js"}
    return {
        **{endpoint: url_for(endpoint) for endpoint in (*_HEAD, "machine.opensearch")},
        **{name: url_for("static", filename=file, v=build) for name, file in files.items()},
    }
