"""What the pages of the analyses are asked for: a year, a place, a page, one of some words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from flask import request

from corpus.model import NATION, Region
from webui.catalog import catalog
from webui.params import N_, BadParameterError

_YEAR = re.compile(r"(19|20|21)[0-9]{2}")
MOST_PAGES = 9999
Word = TypeVar("Word", bound=str)


def asked_year() -> int | None:
    """``year``; None where none is asked for."""
    value = request.args.get("year", "")
    if value and not _YEAR.fullmatch(value):
        raise BadParameterError("year", N_("A year is four digits: %(value)s is none."), value=value)
    return int(value) if value else None


def asked_region() -> Region | None:
    """``region``, a code; None where none is asked for."""
    value = request.args.get("region", "")
    region = catalog().registry.get(value) if value else None
    if value and region is None:
        raise BadParameterError("region", N_("No region has the code %(value)s."), value=value)
    return region


def digits_of(region: Region | None) -> str:
    """What the codes inside a region begin with: pairs of digits without the zeros at the end."""
    if region is None:
        return ""
    return NATION if region.code == NATION else re.sub(r"(00)+$", "", region.code)


def asked_page() -> int:
    """``page``, from 1."""
    value = request.args.get("page") or "1"
    if value.isascii() and value.isdigit() and len(value) <= 4 and int(value) >= 1:
        return int(value)
    raise BadParameterError("page", N_("A page is a number from 1 to %(choices)s."), choices=MOST_PAGES)


def asked_word(name: str, words: Sequence[Word]) -> Word:
    """One of some words; the first where none is asked for."""
    value = request.args.get(name) or words[0]
    for word in words:
        if word == value:
            return word
    raise BadParameterError(name, N_("%(parameter)s is one of: %(choices)s."), choices=", ".join(words))


def asked_choice(name: str, words: Sequence[Word]) -> Word | None:
    """One of some words; None where none is asked for."""
    return asked_word(name, words) if request.args.get(name) else None
