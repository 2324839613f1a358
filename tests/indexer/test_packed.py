from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.whoosh_engine.checksums import CheckedBytes
from indexer.whoosh_engine.packed import CHUNK, Packed, pack

NUMBERS = st.lists(st.integers(0, (1 << 32) - 1), max_size=300)


def reread(values: NDArray[Any], *, differences: bool) -> Packed:
    """The values packed in the midst of a file."""
    data = b"before" + pack(values, differences=differences) + b"behind"
    file = CheckedBytes(data, None, "a file")
    return Packed(file, 6, len(data) - 6, values.size, values.dtype, differences=differences)


@given(NUMBERS, st.booleans(), st.integers(0, 300), st.integers(0, 300))
def test_every_slice_is_what_was_packed(numbers: list[int], differences: bool, first: int, last: int) -> None:  # noqa: FBT001 - drawn
    values = np.array(numbers, np.uint32)
    first, last = min(first, values.size), min(last, values.size)
    packed = reread(values, differences=differences)
    assert packed.all().tolist() == numbers
    assert packed.slice(first, last).tolist() == numbers[first:last]


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5])
@pytest.mark.parametrize("differences", [False, True])
def test_a_slice_may_reach_over_chunks(size: int, differences: bool) -> None:  # noqa: FBT001 - a parameter
    # Runs that begin anew, as the occurrences of one term after the other do.
    values = (np.arange(size, dtype=np.uint32) * np.uint32(2_654_435) % np.uint32(1 << 31)).astype(np.uint32)
    packed = reread(values, differences=differences)
    for first, last in ((0, size), (size // 2, size), (size - 1, size), (max(0, CHUNK - 3), min(size, CHUNK + 3))):
        assert np.array_equal(packed.slice(first, last), values[first:last])


ANY = {
    "<i8": st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-1, 300),
    "<u4": st.integers(0, (1 << 32) - 1) | st.integers(4000, 4100),
    "S7": st.binary(max_size=7) | st.binary(max_size=2),
}


@given(st.data(), st.sampled_from(sorted(ANY)))
def test_values_of_any_type_come_back(data: st.DataObject, dtype: str) -> None:
    values = np.array(data.draw(st.lists(ANY[dtype], max_size=30)), dtype)
    assert reread(values, differences=False).all().tolist() == values.tolist()


def test_a_text_keeps_what_stands_behind_a_nul() -> None:
    values = np.array([b"a\0b", b"c"], "S7")
    assert reread(values, differences=False).all().tolist() == values.tolist()


def test_what_little_values_do_not_need_is_not_kept() -> None:
    years = 2008 + np.arange(5000, dtype="<i8") % 18
    assert len(pack(years)) < len(pack(years.astype(np.uint8))) + 20


def test_a_rising_run_takes_less_than_half_its_bytes() -> None:
    gaps = np.random.default_rng(5).geometric(1 / 300, 50_000)
    values = np.cumsum(gaps).astype(np.uint32)
    assert len(pack(values, differences=True)) < values.nbytes / 2


@given(
    st.integers(0, 10**6), st.integers(1, 3 * CHUNK), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 500)))
)
def test_what_lies_between_is_found_by_halves(seed: int, size: int, wanted: list[tuple[int, int]]) -> None:
    chance = np.random.default_rng(seed)
    values = np.concatenate([np.sort(chance.integers(0, 10**6, each)) for each in (100, size, 100)]).astype(np.uint32)
    spans = [(low, low + width) for low, width in sorted(wanted)]
    own = values[100 : 100 + size]
    found = reread(values, differences=True).between(100, 100 + size, spans)
    assert found.tolist() == [each for low, high in spans for each in own[(own >= low) & (own < high)].tolist()]
