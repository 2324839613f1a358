"""The places are fictional, and a small sample's are a large one's."""

from __future__ import annotations

import pytest

from corpus.errors import UsageError
from corpus.regions import Registry
from corpus.sample.places import sample_places, sample_regions


def test_no_name_or_code_is_a_real_places() -> None:
    real = Registry.load()
    for region in sample_regions(10, 54_000):
        assert real.get(region.code) is None
        assert [name for name in (region.name, *region.aliases) if real.named(name)] == []


def test_codes_names_and_hosts_are_unique_and_reserved() -> None:
    places = sample_places(10, 54_000)
    assert len({place.region.code for place in places}) == len({place.host for place in places}) == len(places)
    assert len({place.region.name for place in places}) == len(places)
    assert 2_900 < len(places) < 3_100
    for place in places:
        assert place.region.fictional
        assert "900000" <= place.region.code <= "999999"
        assert place.host.endswith(".example")


def test_every_region_lies_in_one_that_comes_before() -> None:
    seen = {""}
    for region in sample_regions(3, 20_000):
        assert region.parent in seen
        seen.add(region.code)


def test_a_small_sample_is_part_of_a_large_one() -> None:
    assert set(sample_regions(2, 600)) < set(sample_regions(10, 54_000))


def test_the_default_is_one_province_of_three_or_four_counties_a_city() -> None:
    regions = sample_regions()
    counties = [
        sum(other.parent == region.code for other in regions) for region in regions if region.level == "prefecture"
    ]
    assert len(counties) == 4
    assert set(counties) == {3, 4}


@pytest.mark.parametrize("provinces", [0, 11, -1])
def test_there_are_one_to_ten_provinces(provinces: int) -> None:
    with pytest.raises(UsageError, match="1 to 10"):
        sample_regions(provinces)
