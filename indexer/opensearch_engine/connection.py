"""The connection to a node, on which an answer is whole within the time given, or given up.

urllib3's timeout bounds each reading from a socket by itself: an answer that comes drop by drop never ends.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any

from opensearchpy import Urllib3HttpConnection, exceptions

_JSON = "json"
Answer = tuple[int, Any, str]


class BoundedConnection(Urllib3HttpConnection):
    """A node of whose answers nobody waits for more than ``timeout`` seconds in all."""

    def perform_request(  # noqa: PLR0913, PLR0917 - as the client calls it
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """As the client asks. Raises its ConnectionTimeout, and ConnectionError for what is no answer of a node."""
        asked = partial(super().perform_request, method, url, params, body, timeout, ignore, headers)
        outcome: Future[Answer] = Future()
        # A thread that is waited for no more ends with the connection, and keeps no process from ending.
        threading.Thread(target=_settle, args=(outcome, asked), daemon=True).start()
        try:
            status, told, answer = outcome.result(timeout or self.timeout)
        except TimeoutError as error:
            raise exceptions.ConnectionTimeout("TIMEOUT", "the answer comes too slowly", error) from None
        if answer and _JSON not in told.get("content-type", ""):
            raise exceptions.ConnectionError("N/A", "what answers is no node", ValueError(answer[:100]))
        return status, told, answer


def _settle(outcome: Future[Answer], asked: partial[Answer]) -> None:
    try:
        outcome.set_result(asked())
    except BaseException as error:  # noqa: BLE001 - handed on to whoever waits, as it is
        outcome.set_exception(error)
