"""The stores that faults begin with, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.rooms import Room
from tests.faults.stages import Beginnings, beginnings


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beginnings]:
    with Room.made(tmp_path_factory.mktemp("faults"), sites=False) as room:
        yield beginnings(room)
