"""The pictures of a report that was read from pictures: its pages, and what stands around a cell."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, make_response, request

from corpus.errors import UnreadableError
from corpus.extraction.derivation import contents
from corpus.extraction.stage import candidate_of
from corpus.readers.page_view import cut_out, has_pages, jpeg, page_picture, png
from corpus.store import Stored
from webui.catalog import catalog

blueprint = Blueprint("scan", __name__)


@blueprint.get("/reports/<id_>/cells/<figure>/picture")
def cell(id_: str, figure: str) -> Response:
    """The part of the page from which a cell was read, the cell framed, as PNG."""
    stored = _of_pictures(id_)
    printed = stored.report.figures.get(figure)
    if printed is None or printed.cutout is None or printed.place is None:
        abort(404)
    try:
        picture = cut_out(*_page(stored, printed.place.page or 1), printed.cutout, catalog().settings.limits)
    except UnreadableError:
        abort(404)
    return _picture(png(picture), "image/png", f"{stored.snapshot.digest}/{figure}/{stored.extractor}")


@blueprint.get("/reports/<id_>/pages/<int:number>")
def whole(id_: str, number: int) -> Response:
    """A page, counted from 1, as JPEG."""
    stored = _of_pictures(id_)
    if number < 1:
        abort(404)
    try:
        picture = page_picture(*_page(stored, number), catalog().settings.limits)
    except UnreadableError:
        abort(404)
    return _picture(jpeg(picture), "image/jpeg", f"{stored.snapshot.digest}/{number}")


def _page(stored: Stored, number: int) -> tuple[bytes, int]:
    """The file that holds a page of a report, and which of its pages that is: of an article's pictures the first."""
    store, limits = catalog().store, catalog().settings.limits
    payload = store.payload(stored.snapshot.digest)
    if has_pages(payload):
        return payload, number
    pictures = contents(candidate_of(store, stored.snapshot), replace(limits, pictures=0)).pictures
    if number > len(pictures):
        abort(404)
    return pictures[number - 1], 1


def _of_pictures(id_: str) -> Stored:
    """The report; 404 for one that was not read from pictures: it has no pages of ours to draw."""
    stored = catalog().store.get(id_)
    if stored is None or all(figure.confidence is None for figure in stored.report.figures.values()):
        abort(404)
    return stored


def _picture(content: bytes, kind: str, tag: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_control.max_age = 3600
    response.set_etag(tag)
    response.make_conditional(request)
    return response
