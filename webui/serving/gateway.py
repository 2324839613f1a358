"""RSGI in, WSGI out: a few threads that only ever make answers, and what bounds what one visitor can ask of them.

A thread is taken when a request has arrived whole, and given back before its answer is sent: heads, bodies and what a
slow reader has not yet read wait in Granian's own loop. So idle connections, slow heads and unread downloads hold
nobody up. An answer that comes in pieces (an export) is made piece by piece in threads of its own, a piece when the one
before it was taken: however many there are, pages never wait for them.
"""

from __future__ import annotations

import asyncio
import contextvars
import math
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask
from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]  # exported for just this

from webui.serving import refusals
from webui.serving.memory import give_back_now_and_then
from webui.serving.outgoing import unsent
from webui.serving.rate_limit import RateLimit
from webui.serving.record import CUT, KEPT, PAGE, REQUEST_ID, Record, request_id
from webui.serving.refusals import RefusedError
from webui.serving.request_log import current_request, tell
from webui.serving.visitor import household, is_trusted, visitor
from webui.serving.wsgi import Answer, call, environ_of, peer_of
from webui.settings import Network

BODY_SECONDS = 10
BODY_BYTES = 64 << 10
"""No page takes a body; a program that sends one hears so in the application's own words."""
WRITE_SECONDS = 60
"""A reader who takes no piece of an answer for so long has gone."""
AHEAD = 64 << 10
"""Bytes of an answer that may wait to be sent before the next piece is made."""
_LOOK_AGAIN = 2.0
"""Seconds between two looks, at most: a look takes some milliseconds where there are many connections."""
EXPORTS = 2
"""Threads of a worker that make answers in pieces."""
OPEN_EXPORTS = 100
"""Answers in pieces that a worker has under way at once."""
WAITING = 200
"""Requests a worker lets wait for a thread; more hear at once that it is busy."""
GRACE = 2.0
"""Seconds beyond its budget after which an answer is given up that did not ask for the time in between."""
UNLIMITED = ("/static/", "/healthz", "/readyz", "/-/")
"""What no limit of a visitor counts: what pages bring along, and who watches."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms requests are answered: by whom they may be forwarded, how often, and in how many seconds."""

    threads: int
    trusted_proxies: tuple[Network, ...] = ()
    limit: RateLimit | None = None
    seconds: float = 0


class Gateway:
    """The application behind the server's interface; ``noted`` hears of every request, ``begun`` once it is served.

    It watches over ``parent``, the process that started it, and ends with it.
    """

    def __init__(
        self, app: Flask, terms: Terms, noted: Callable[[Record], None], begun: Callable[[], object], parent: int
    ) -> None:
        self._app = app
        self._begun = begun
        self._terms = terms
        self._noted = noted
        self._parent = parent
        self._waiting = 0
        self._open_exports = 0
        self._pages = ThreadPoolExecutor(terms.threads, "page")
        self._exports = ThreadPoolExecutor(EXPORTS, "export")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to watch over the process that started this one; the loop runs once the server listens."""
        loop.call_soon(self._begun)
        loop.call_soon(give_back_now_and_then, loop, self._exports)
        _end_with(self._parent, loop)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request, and tell of it."""
        record = self._record(scope)
        try:
            await self._answer(scope, protocol, record)
        except RefusedError as refused:
            record.status, headers, body = refusals.said(refused.refusal, record.path, refused.after)
            record.sent = len(body)
            protocol.response_bytes(record.status, [*headers, ("x-request-id", record.id)], body)
        finally:
            self._noted(record)
            tell(record)

    def _record(self, scope: Scope) -> Record:
        peer, proxies = peer_of(scope), self._terms.trusted_proxies
        hops = scope.headers.get_all("x-forwarded-for")  # type: ignore[attr-defined]  # missing from its stub
        address = visitor(peer, ",".join(hops), proxies)
        given = scope.headers.get("x-request-id") if is_trusted(peer, proxies) else None
        return Record(scope.method, scope.path, scope.query_string, address, request_id(given))

    async def _answer(self, scope: Scope, protocol: HTTPProtocol, record: Record) -> None:
        """Send the answer. Raises RefusedError where there is none."""
        self._admit(record)
        environ = environ_of(scope, await _body(protocol, scope))
        environ |= {REQUEST_ID: record.id, "REMOTE_ADDR": record.address}
        context = contextvars.copy_context()
        context.run(current_request.set, record.id)
        answer = await self._made(partial(context.run, call, self._app, environ), record)
        record.page, record.kept, record.cut = environ.get(PAGE, "none"), KEPT in environ, CUT in environ
        record.status = answer.status
        answer.headers.append(("x-request-id", record.id))
        if answer.pieces is not None:
            await self._stream(protocol, answer, context, record, scope.client)
        else:
            record.sent = len(answer.body)
            protocol.response_bytes(answer.status, answer.headers, answer.body)

    def _admit(self, record: Record) -> None:
        """Let a visitor in who does not ask too often, while there is room to wait."""
        limit = self._terms.limit
        if limit is not None and not record.path.startswith(UNLIMITED):
            after = limit.wait(household(record.address))
            if after:
                raise RefusedError(refusals.OFTEN, after)
        if self._waiting >= WAITING:
            raise RefusedError(refusals.BUSY)

    async def _made(self, make: Callable[[], Answer], record: Record) -> Answer:
        """Have the answer made by a thread. Whoever waited too long for one, or for it, is told so."""
        budget = self._terms.seconds or math.inf
        taken: list[float] = []

        def begin() -> Answer | None:
            taken.append(record.seconds)
            return make() if taken[0] <= budget else None  # or else nobody waits for it any more

        self._waiting += 1
        made = asyncio.get_running_loop().run_in_executor(self._pages, begin)
        made.add_done_callback(self._done)
        try:
            answer = await asyncio.wait_for(asyncio.shield(made), budget + GRACE if budget < math.inf else None)
        except TimeoutError:
            made.add_done_callback(_let_go)
            answer = None
        record.queued = taken[0] if taken else record.seconds
        if answer is None:
            record.cut = bool(taken) and taken[0] <= budget
            raise RefusedError(refusals.CUT if record.cut else refusals.BUSY)
        return answer

    def _done(self, _: object) -> None:
        self._waiting -= 1

    async def _stream(
        self, protocol: HTTPProtocol, answer: Answer, context: contextvars.Context, record: Record, peer: str
    ) -> None:
        """Send an answer piece by piece, each made when the one before it was taken."""

        async def elsewhere(function: Callable[..., Any], *arguments: object) -> Any:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._exports, context.run, function, *arguments)

        self._open_exports += 1
        try:
            if self._open_exports > OPEN_EXPORTS:
                raise RefusedError(refusals.BUSY, after=10)
            transport, due = protocol.response_stream(answer.status, answer.headers), AHEAD
            while (piece := await elsewhere(next, answer.pieces, None)) is not None:
                if record.sent >= due:
                    await asyncio.wait_for(_taken(peer), WRITE_SECONDS)
                    due = record.sent + AHEAD
                await asyncio.wait_for(transport.send_bytes(piece), WRITE_SECONDS)
                record.sent += len(piece)
        except (ProtocolClosed, TimeoutError):
            return  # the reader went away, or takes nothing any more: there is nobody to tell
        finally:
            self._open_exports -= 1
            await elsewhere(answer.close)


async def _taken(peer: str) -> None:
    """Wait until the other end has taken most of what was sent before."""
    pause = 0.05
    while unsent(peer) > AHEAD:
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LOOK_AGAIN)


def _let_go(made: asyncio.Future[Answer | None]) -> None:
    """Close what was made too late; an error in it was logged where it happened."""
    if made.cancelled() or made.exception() is not None:
        return
    answer = made.result()
    if answer is not None:
        answer.close()


def _end_with(parent: int, loop: asyncio.AbstractEventLoop) -> None:
    """End when the parent has ended, however it did: a worker left alone would hold the port for ever."""
    if os.getppid() == parent:
        loop.call_later(1, _end_with, parent, loop)
    else:
        os.kill(os.getpid(), signal.SIGTERM)


async def _body(protocol: HTTPProtocol, scope: Scope) -> bytes:
    """The body. Raises RefusedError where it is larger than anybody needs, or does not come."""
    if scope.method in {"GET", "HEAD"} and "content-length" not in scope.headers:
        return b""
    body = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in protocol:
                body += piece
                if len(body) > BODY_BYTES:
                    raise RefusedError(refusals.LARGE)
    except TimeoutError as error:
        raise RefusedError(refusals.LATE) from error
    return body
