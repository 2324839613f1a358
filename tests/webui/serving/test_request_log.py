from __future__ import annotations

import json
import logging
import shlex

from hypothesis import given
from hypothesis import strategies as st

from webui.serving.request_log import Formatter, current_request


def line(fields: dict[str, object], *, as_json: bool) -> str:
    record = logging.LogRecord("a.room", logging.INFO, "", 0, "request", None, None)
    record.fields = fields
    return Formatter(as_json=as_json).format(record)


_VALUES = st.text(max_size=20) | st.integers() | st.booleans()


@given(st.dictionaries(st.sampled_from(("path", "query", "status")), _VALUES))
def test_whatever_was_asked_is_one_line(fields: dict[str, object]) -> None:
    for as_json in (True, False):
        said = line(fields, as_json=as_json)
        assert "\n" not in said
        assert "\x1b" not in said, "nobody writes to the terminal of whoever reads the log"
    assert json.loads(line(fields, as_json=True)).items() >= fields.items()


def test_a_value_with_spaces_is_quoted() -> None:
    pairs = dict(each.split("=", 1) for each in shlex.split(line({"path": "/a b", "kept": True}, as_json=False)))
    assert (pairs["path"], pairs["kept"], pairs["event"]) == ("/a b", "true", "request")


def test_an_event_carries_the_id_of_its_request_and_its_traceback() -> None:
    token = current_request.set("abcdef0123456789")
    try:
        try:
            raise ValueError("why")  # noqa: TRY301 - for its traceback
        except ValueError as error:
            record = logging.LogRecord("x", logging.ERROR, "", 0, "broke", None, (type(error), error, None))
        said = json.loads(Formatter(as_json=True).format(record))
    finally:
        current_request.reset(token)
    assert said["request"] == "abcdef0123456789"
    assert "ValueError: why" in said["traceback"]
