"""Every error → one shape: a page that says what to do, or ``{"ok": false, "error": …}`` with the same status."""

from __future__ import annotations

import logging

from flask import Flask, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from corpus.errors import AwayError, NianbaoError, OverBudgetError, SearchIndexError, StoreError, UsageError
from webui.catalog import catalog
from webui.messages import filled
from webui.params import N_, BadParameterError
from webui.respond import View, respond
from webui.serving.record import CUT
from webui.shapes import error_shape

log = logging.getLogger(__name__)

_SENTENCES = {
    400: ("bad_request", N_("This request cannot be understood.")),
    404: ("not_found", N_("There is nothing at this address. It may be mistyped; a search may find what you want.")),
    405: ("method_not_allowed", N_("This address can only be read.")),
    413: ("too_large", N_("The request is too large.")),
    414: ("too_large", N_("The address is too long.")),
    500: ("internal", N_("Something broke on our side. It has been logged.")),
    503: ("unavailable", N_("The index is not ready yet: the operator runs “nianbao update”.")),
}
_UNREAD = N_("What is stored cannot be read at the moment; it has been logged. Try again in a minute.")
_AWAY = N_("The search cannot be reached at the moment; it has been logged. Try again in a minute.")
_TOO_LONG = N_("This took longer than it may and was cut: ask for less at once.")


def install_errors(app: Flask) -> None:
    """Give the application its one way to fail."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(UsageError, _usage)
    app.register_error_handler(OverBudgetError, _cut)
    app.register_error_handler(SearchIndexError, _unavailable)
    app.register_error_handler(AwayError, _away)
    app.register_error_handler(StoreError, _unread)
    app.register_error_handler(NianbaoError, _unavailable)


def _usage(error: UsageError) -> ResponseReturnValue:
    if isinstance(error, BadParameterError):
        sentence = gettext(error.sentence)
        return _error(400, "bad_parameter", sentence % error.values, error.parameter, filled(sentence, error.values))
    return _error(400, "bad_parameter", gettext(str(error)), error.parameter)


def _unavailable(error: NianbaoError, sentence: str = _SENTENCES[503][1]) -> ResponseReturnValue:
    log.error("%s: %s", request.path, error)
    return _error(503, "unavailable", gettext(sentence))


def _away(error: AwayError) -> ResponseReturnValue:
    """The cluster that searches is not there, or too slow: it comes back by itself."""
    answer = make_response(_unavailable(error, _AWAY))
    answer.headers["Retry-After"] = "60"
    return answer


def _unread(error: StoreError) -> ResponseReturnValue:
    """The store is locked, damaged, or its disk has no room: no fault of the index."""
    log.error("%s: %s", request.path, error)
    catalog().hold_on()
    answer = make_response(_error(503, "unavailable", gettext(_UNREAD)))
    answer.headers["Retry-After"] = "60"
    return answer


def _cut(error: OverBudgetError) -> ResponseReturnValue:
    log.warning("%s: %s", request.full_path, error)
    request.environ[CUT] = True
    answer = make_response(_error(503, "over_budget", gettext(_TOO_LONG)))
    answer.headers["Retry-After"] = "60"
    return answer


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect, say
        return error.response
    status = error.code or 500
    code, sentence = _SENTENCES.get(status, ("error", error.name))
    answer = make_response(_error(status, code, gettext(sentence)))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _error(
    status: int, code: str, message: str, parameter: str | None = None, shown: Markup | None = None
) -> ResponseReturnValue:
    """``shown`` is the message as a page has it, where it holds words of the asker's."""
    body = error_shape(code, message, parameter)
    context = {"message": shown or message, "absent": status == 404}
    return respond(View("error.html", body, context, status=status, index=False))
