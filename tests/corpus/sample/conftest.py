"""The default sample, made once."""

from __future__ import annotations

import pytest

from corpus.sample.generate import generate
from corpus.sample.model import SampleReport


@pytest.fixture(scope="session")
def sample() -> tuple[SampleReport, ...]:
    """The sample of the demonstration: 600 reports."""
    return tuple(generate())
