"""What is shipped about lives follows from the lists of codes; a row of an operator that is wrong is told so."""

from __future__ import annotations

import pytest

from corpus.errors import UsageError
from corpus.lives import is_code, joined, read_successions, shipped
from corpus.model import Region
from corpus.regions import Registry

HEAD = "who,was,from,source\n"


def test_a_place_follows_one_of_its_province_and_level_whose_code_had_ended() -> None:
    registry = Registry.load()
    places = [row for row in shipped() if is_code(row.was)]
    assert len(places) > 250
    assert len({row.was for row in places}) == len(places)  # codes alone never prove a split
    for row in places:
        who, was = registry.get(row.who), registry.get(row.was)
        assert who is not None
        assert was is not None
        assert who.level == was.level
        assert who.code[:2] == was.code[:2]
        assert who.name[0] == was.name[0]
        assert was.valid_to is not None
        assert who.valid_from is not None
        assert was.valid_to <= who.valid_from <= was.valid_to + 1
        assert row.since == max(who.valid_from, was.valid_to + 1)


def test_all_lives_of_a_place_are_found_from_each_of_them() -> None:
    regions = [Region(code, name, "county", "990100", fictional=True) for code, name in
               (("990121", "甲县"), ("990122", "乙县"), ("990103", "甲乙区"), ("990104", "丙区"))]  # fmt: skip
    rows = read_successions(f"{HEAD}990103,990121,2015,甲\n990103,990122,2015,甲\n990104,990103,2020,乙\n", "a.csv")
    registry = Registry(regions, rows)
    assert registry.other_lives("990121") == ("990103", "990104")
    assert set(registry.other_lives("990104")) == {"990103", "990121", "990122"}
    assert registry.other_lives("990199") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("who,was,source\n", "no column from"),
        (f"{HEAD}甲局,,2019,告示\n", "fill in who and was"),
        (f"{HEAD}甲局,甲局,2019,告示\n", "name the one before"),
        (f"{HEAD}甲局,乙局,十九,告示\n", "as four digits"),
        (f"{HEAD}甲局,乙局,2019,\n", "who says so"),
        (f"{HEAD}甲局,乙局,2019,{'告' * 301}\n", "say it shorter"),
    ],
)
def test_a_row_that_says_too_little_is_told(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        tuple(read_successions(text, "a.csv"))


def test_rows_are_printed_as_they_are_taken() -> None:
    assert tuple(read_successions(joined(shipped()), "a.csv")) == shipped()
