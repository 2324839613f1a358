"""Heads made by rule (head_manners.py): what a reader would say, the extraction says."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.extraction.hosts import hosted
from corpus.extraction.metadata import parse_metadata
from corpus.regions import Registry
from tests.corpus.extraction.head_manners import Head, heads, wrong

REGISTRY = Registry.load()


def test_heads_in_all_manners_are_read_as_a_reader_would() -> None:
    """99 of 100 of a quick sample; `make heads` measures thousands (docs/heads.md)."""
    read = ((head, parse_metadata(head.content, REGISTRY, url=head.url, hint=head.hint)) for head in heads(7, 800))
    found = [(head, wrong(head, metadata)) for head, metadata in read]
    failed = [(head.manner, faults) for head, faults in found if faults]
    assert len(failed) <= 8, failed
    assert Counter(fault for _, faults in failed for fault in faults)["region"] <= 2


@pytest.mark.parametrize("manner", sorted({head.manner.split("+")[0] for head in heads(7, 200)}))
def test_every_manner_is_there_and_every_kind(manner: str) -> None:
    some = [head for head in heads(8, 600) if head.manner.startswith(manner)]
    assert {"government", "department"} & {head.kind for head in some}


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("www.xncz.gov.cn", "630103"),
        ("www.kmwh.gov.cn", "530102"),
        ("www.hljwch.gov.cn", "230184"),
        ("www.xjjsx.gov.cn", "653129"),
        ("www.cqstl.gov.cn", "500151"),
        ("www.bjchy.gov.cn", "110105"),
        ("www.ejnq.gov.cn", "152923"),
        ("www.gnzrmzf.gov.cn", "623000"),
        ("tyj.henan.gov.cn", "410000"),
        ("mlxxxgk.harbin.gov.cn", "230127"),
        ("hqt.baoding.gov.cn", "130600"),
        ("qionghai.hainan.gov.cn", "469002"),
        ("www.szzj.gov.cn", "330683"),
        ("www.tsgxq.gov.cn", "130200"),
    ],
)
def test_a_host_is_spelt_by_rule(host: str, region: str) -> None:
    shares = hosted(f"https://{host}/zwgk/index.html", REGISTRY)
    assert max(shares, key=lambda code: shares[code]) == region


def test_an_address_that_spells_no_place_says_nothing() -> None:
    for url in (
        "",
        "http://[::1",
        "https://www.example.com/a.html",
        "http://122.137.242.24:8080/x",
        "https://www.gov.cn/",
    ):
        assert hosted(url, REGISTRY) == {}


def test_heads_are_the_same_for_the_same_seed() -> None:
    def told(head: Head) -> tuple[object, ...]:
        return head.region, head.year, head.title, head.content.blocks

    assert list(map(told, heads(3, 20))) == list(map(told, heads(3, 20)))
