"""What is logged: a line a request and a line an event, as key=value or as JSON, each with the request's id.

Visitors' addresses are left out unless an operator asks for them: a search may tell what troubles somebody.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

from webui.serving.record import Record
from webui.settings import LogFormat

current_request: ContextVar[str] = ContextVar("request_id", default="")

_requests = logging.getLogger("nianbao.requests")
_with_addresses = False


def install_log(form: LogFormat, *, addresses: bool = False) -> None:
    """Log to stderr in that form; ``none`` keeps warnings and errors, as text."""
    global _with_addresses  # noqa: PLW0603 - a process has one log
    _with_addresses = addresses
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(as_json=form == "json"))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    _requests.setLevel(logging.WARNING if form == "none" else logging.INFO)


def tell(record: Record) -> None:
    """Log one request."""
    if not _requests.isEnabledFor(logging.INFO):
        return
    fields: dict[str, object] = {
        "request": record.id,
        "method": record.method,
        "path": record.path,
        "query": record.query,
        "page": record.page,
        "status": record.status,
        "ms": round(record.seconds * 1000, 1),
        "queued_ms": round(record.queued * 1000, 1),
        "bytes": record.sent,
        "kept": record.kept,
    }
    if record.cut:
        fields["cut"] = True
    if _with_addresses:
        fields["address"] = record.address
    _requests.info("request", extra={"fields": fields})


class Formatter(logging.Formatter):
    """A record as one line: its time, level, logger and words, the request's id, and the fields that it brings."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line; a traceback is a field of it."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request := current_request.get():
            fields["request"] = request
        fields |= getattr(record, "fields", {})
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False) if self._as_json else _pairs(fields)


def _pairs(fields: Mapping[str, object]) -> str:
    return " ".join(f"{name}={_written(value)}" for name, value in fields.items())


def _written(value: object) -> str:
    """A value without a space or a quotation mark stands as it is (logfmt); any other is quoted as JSON quotes."""
    words = str(value).lower() if isinstance(value, bool) else str(value)
    plain = words and words.isprintable() and not any(sign in words for sign in ' "=\\')
    return words if plain else json.dumps(words, ensure_ascii=False)
