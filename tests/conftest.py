"""What holds for every test: none fails for the time it takes. ``--quick`` runs what needs nothing but a processor.

A quick test starts no process and opens no connection: the moment it would, it is skipped, so that nobody keeps a list
of which do. Laws are tried on fewer examples.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.load_profile("unhurried")

pytest_plugins = ["tests.cluster.clusters", "tests.cluster.databases", "tests.processes"]

_OUTSIDE = (
    "socket.connect",
    "socket.bind",
    "subprocess.Popen",
    "os.fork",
    "os.posix_spawn",
    "os.exec",
    "os.system",
    "multiprocessing",
)
_start = BaseProcess.start
_under_guard = False


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--quick``."""
    parser.addoption("--quick", action="store_true", help="only tests without browser, network and processes")


def pytest_configure(config: pytest.Config) -> None:
    """Fewer examples, and the guard, which Python can add but not take away."""
    if config.getoption("--quick"):
        settings.load_profile("quick")
        sys.addaudithook(_guard)
        BaseProcess.start = _started  # type: ignore[assignment,method-assign] # spawning has no audit event of its own
        # What a test that is left out in its middle had opened is nobody's fault.
        config.addinivalue_line("filterwarnings", "ignore::pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is known to be slow or to need a browser."""
    if config.getoption("--quick"):
        long = [item for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The guard is up while a test runs, its fixtures included."""
    global _under_guard  # noqa: PLW0603 - an audit hook knows of nothing but the process
    _under_guard = bool(item.config.getoption("--quick"))
    try:
        return (yield)
    finally:
        _under_guard = False


def _started(process: BaseProcess) -> None:
    _guard("multiprocessing", process)
    _start(process)


def _guard(event: str, _arguments: object) -> None:
    if _under_guard and event in _OUTSIDE:
        pytest.skip(f"not quick: {event}")
