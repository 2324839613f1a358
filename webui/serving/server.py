"""The site behind Granian: workers that share a socket, each with an application over the one store and index."""

from __future__ import annotations

import gc
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.synchronize import Event
from typing import Any, cast

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from corpus.errors import NianbaoError
from corpus.store import Store
from webui.app import create_app
from webui.serving.gateway import Gateway, Terms
from webui.serving.metrics import counted_together
from webui.serving.rate_limit import RateLimit
from webui.serving.request_log import install_log
from webui.settings import Binding, Settings

HEAD_SECONDS = 10
"""A head that takes longer than this to arrive is nobody's."""
DRAIN_SECONDS = 20
"""What is under way when the site is told to stop has so long to end."""

RELIEF_SECONDS = 15
"""A worker that takes another's place has so long to load and listen before that one goes: Granian asks neither, and on
a busy machine its 3.5 s are over while the new one still imports, so that readers are refused."""

_MALLOC = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 18),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""Each thread of glibc's malloc would keep room of its own that others cannot use (mallopt(3)), and Arrow a pool beside
malloc; and since the arrays of one state of the index are given back while those of the next stand already, malloc
would soon take them for what comes and goes, put them among everything else, and keep the gaps: workers would grow by
a tenth in a day without holding anything more. What is larger than this many bytes is mapped, and goes as a whole."""

_TURN = 0.0005
"""Seconds after which a thread gives way to another (5 ms elsewhere): a page gives way a dozen times, at each file and
each array, and a new state of the index read beside it would hold it up so much each time."""
_NOWHERE = "龘龘龘"
"""Words that no report has: whoever finds nothing is told what sounds alike, which has to be prepared."""

# stdout is for data.
_STDERR = {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}


def serve(settings: Settings, binding: Binding, ready: Callable[[str], None]) -> None:
    """Serve until interrupted or told to stop; ``ready`` is given the address once it answers.

    Raises NianbaoError where the address cannot be had, or the store cannot be read.
    """
    Store.look(settings.data, settings.store_url).close()
    for name, value in _MALLOC.items():
        os.environ.setdefault(name, value)
    binding = replace(binding, port=_free(binding))
    # Fresh processes: a reload takes up new code, and none inherits what another thread held at that moment.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "webui.serving",
        binding.host,
        binding.port,
        interface=Interfaces.RSGI,
        workers=binding.workers,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig={"handlers": dict.fromkeys(("console", "access"), _STDERR)},
        respawn_failed_workers=True,
        respawn_interval=RELIEF_SECONDS,
        workers_kill_timeout=DRAIN_SECONDS,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000),
    )
    warm = multiprocessing.Event()
    threading.Thread(target=_announce, args=(warm, binding, ready), daemon=True).start()
    limit = RateLimit(binding.rate_limit) if binding.rate_limit else None
    load = cast("Callable[..., Callable[..., Any]]", partial(_load, settings, binding, limit, warm, os.getpid()))
    with counted_together():
        server.serve(target_loader=load, wrap_loader=False)


def _free(binding: Binding) -> int:
    """The port, or one that is free for 0; Granian's own error would come from a worker, as a traceback."""
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((binding.host, binding.port))
        except OSError as error:
            raise NianbaoError(
                f"Port {binding.port} of {binding.host} cannot be used ({error.strerror}): give another "
                "--host or --port."
            ) from error
        port: int = trial.getsockname()[1]
        return port


def _announce(warm: Event, binding: Binding, ready: Callable[[str], None]) -> None:
    """Say the address once a worker is warm and listens: nobody should wait for dictionary and index."""
    warm.wait()
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(binding.host, binding.host)  # noqa: S104 - asked, not bound
    while True:
        with suppress(ConnectionRefusedError), socket.create_connection((asked, binding.port)):
            break
        time.sleep(0.02)
    ready(
        f"http://[{binding.host}]:{binding.port}/" if ":" in binding.host else f"http://{binding.host}:{binding.port}/"
    )


def _load(settings: Settings, binding: Binding, limit: RateLimit | None, warm: Event, parent: int, *_: Any) -> Gateway:
    """What a worker serves: an application of its own, asked for what takes long the first time.

    What is there by then stays: the collector of garbage, which stops all readers, need not walk through it again.
    """
    install_log(binding.log, addresses=binding.log_addresses)
    app = create_app(replace(settings, ahead=True))
    for path in ("/search", f"/search?q={_NOWHERE}"):
        with app.test_request_context(path):
            app.full_dispatch_request()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_TURN)
    terms = Terms(binding.threads, binding.trusted_proxies, limit, settings.seconds)
    return Gateway(app, terms, app.extensions["nianbao_metrics"].note, warm.set, parent)
