"""The stored originals, as evidence: byte for byte, in a sandbox, never as pages of ours."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.wrappers import Response as BaseResponse

from corpus.model import Snapshot
from webui.catalog import catalog
from webui.former import stored_report

blueprint = Blueprint("original", __name__)

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHOWN = ("text/html", "text/plain", "application/xhtml+xml", "image/png", "image/jpeg", "image/gif")
"""What a browser shows inside a sandbox; everything else is a file to keep."""
_ENDINGS = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/zip": "zip",
    "text/csv": "csv",
}


@blueprint.get("/reports/<id_>/original")
def original(id_: str) -> BaseResponse:
    """The payload from which the current version of a report was read."""
    return _serve(stored_report(id_).snapshot)


@blueprint.get("/snapshots/<digest>")
def snapshot(digest: str) -> BaseResponse:
    """Any archived payload under its SHA-256."""
    found = catalog().store.snapshot(digest) if _DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    response = _serve(found)
    response.cache_control.max_age = 31_536_000
    response.cache_control.immutable = True
    return response


def shown(found: Snapshot) -> bool:
    """Whether a browser shows a payload of this kind inside a sandbox."""
    return _kind(found) in _SHOWN


def _kind(found: Snapshot) -> str:
    return found.media_type.partition(";")[0].strip().lower() or "application/octet-stream"


def _serve(found: Snapshot) -> Response:
    payload = catalog().store.payload(found.digest)
    kind = _kind(found)
    response = make_response(payload)
    response.headers["Content-Type"] = f"{kind}; charset={_charset(payload)}" if kind.startswith("text/") else kind
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Robots-Tag"] = "noindex"
    if kind not in _SHOWN:
        name = f"{found.digest[:12]}.{_ENDINGS.get(kind, 'bin')}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(found.digest)
    response.make_conditional(request, accept_ranges=True, complete_length=len(payload))
    return response


def _charset(payload: bytes) -> str:
    """The encoding in which the bytes are text: what they declare of themselves is often wrong (docs/field.md)."""
    for encoding in ("utf-8", "gb18030"):
        try:
            payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    # Neither fits to the last byte: the one that corpus.text takes, the one that loses less.
    lost = {encoding: payload.decode(encoding, "replace").count("\ufffd") for encoding in ("utf-8", "gb18030")}
    return min(lost, key=lambda encoding: lost[encoding])
