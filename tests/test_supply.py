"""What we build on may be built on, and an audit that asked nobody is none."""

from __future__ import annotations

import doctest
from importlib.metadata import distributions

import pytest

from tests import licences
from tests.audit import verdict
from tests.licences import may_be_used, report


def test_no_package_is_under_a_licence_that_binds_us() -> None:
    lines = report(distributions())
    assert len(lines) > 50
    assert [(name, licence) for name, _, licence, _ in lines if not may_be_used(licence)] == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "GPLv3", "GNU General Public License v2 (GPLv2)", "AGPL-3.0", "MIT AND GPL-2.0-only", "",
     "GNU Affero General Public License v3"],
)  # fmt: skip
def test_the_rule_finds_what_binds(licence: str) -> None:
    assert not may_be_used(licence)


@pytest.mark.parametrize(
    "licence", ["LGPL-2.1", "GNU Lesser General Public License v3", "MPL-2.0", "MIT OR GPL-2.0-only", "ZPL-2.1"]
)
def test_the_rule_lets_others_be(licence: str) -> None:
    assert may_be_used(licence)


def test_the_examples_hold() -> None:
    assert doctest.testmod(licences).failed == 0


def test_who_was_not_known_was_not_audited() -> None:
    skipped = {"name": "a", "skip_reason": "not found"}
    sound = {"name": "b", "version": "1", "vulns": []}
    ill = {"name": "c", "version": "1", "vulns": [{"id": "X-1", "fix_versions": []}]}
    assert verdict(None) == verdict([skipped]) == ([], 0)
    assert verdict([skipped, sound]) == ([], 1)
    assert verdict([sound, ill]) == (["c 1: X-1, mended in none yet"], 2)
