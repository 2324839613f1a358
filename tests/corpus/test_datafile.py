"""A table of ours that does not say what it must is refused with its file and its key."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from corpus.datafile import decoded
from corpus.errors import DataFileError
from corpus.form import FormFile
from corpus.metrics import MetricsFile

FORM = (files("corpus") / "forms" / "2021.toml").read_text(encoding="utf-8")
METRICS = (files("corpus") / "metrics.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("shape", "text", "was", "becomes", "named"),
    [
        (MetricsFile, METRICS, 'unit = "件"', "", r"`unit` - at `\$\.metrics\[0\]`"),
        (MetricsFile, METRICS, 'unit = "件"', "unit = 1", r"\$\.metrics\[0\]\.unit"),
        (MetricsFile, METRICS, 'unit = "件"', 'unit = "件"\nunits = 1', "units"),
        (FormFile, FORM, 'label = "规章"', 'lable = "规章"', "lable"),
        (FormFile, FORM, 'kind = "overview"', 'kind = "summary"', r"\$\.sections\[0\]\.kind"),
        (FormFile, FORM, "first_year = 2021", 'first_year = "2021"', r"\$\.first_year"),
        (FormFile, FORM, "first_year = 2021", "first_year = ", "line|Invalid"),
    ],
)
def test_a_wrong_key_is_named(shape: type[object], text: str, was: str, becomes: str, named: str) -> None:
    assert was in text
    with pytest.raises(DataFileError) as caught:
        decoded(text.replace(was, becomes, 1).encode(), "table.toml", shape)
    assert str(caught.value).startswith("table.toml: ")
    assert re.search(named, str(caught.value)), str(caught.value)
