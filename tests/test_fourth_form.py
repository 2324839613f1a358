"""A fourth statutory form is data, the form and its labels in English: the whole line takes it up, without any code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT

FORM = """
id = "2025"
authority = "invented for this test"
first_year = 2025
signed = []

[due]
others = "02-14"

[[sections]]
kind = "overview"
heading = "年度概况"
variants = []

[[sections]]
kind = "applications"
heading = "来件办理概况"
variants = []

[[tables]]
id = "applications"
section = "applications"
stub = "来件事项"
columns = [
    { key = "paper", label = "纸质来件", unit = "件" },
    { key = "online", label = "网上来件", unit = "件" },
    { key = "total", label = "全部来件", unit = "件" },
]
rows = [
    { key = "letters.new", label = "甲项 年内新到来件" },
    { key = "letters.kept", label = "乙项 留待来年来件" },
    { key = "letters.done", label = "丙项 年内办完来件" },
]

[[identities]]
rule = "I3"
each = "row"
table = "applications"
statement = "纸质 + 网上 = 全部"
left = ["{row}.paper", "{row}.online"]
right = ["{row}.total"]

[[across_years]]
rule = "X1"
after = ["2025"]
each = "column"
table = "applications"
statement = "年内新到与上年留待之和"
left = ["letters.done.{column}", "letters.kept.{column}"]
before = ["letters.kept.{column}"]
right = ["letters.new.{column}"]
"""

CELLS = {
    2025: {"letters.new": (7, 30, 37), "letters.kept": (1, 4, 5), "letters.done": (6, 26, 33)},
    2026: {"letters.new": (5, 20, 25), "letters.kept": (0, 2, 2), "letters.done": (6, 22, 28)},
}
LABELS = {
    "letters.new": "甲项 年内新到来件",
    "letters.kept": "乙项 留待来年来件",
    "letters.done": "丙项 年内办完来件",
}
ENGLISH = {
    "来件事项": "Letters",
    "纸质来件": "On paper",
    "网上来件": "Online",
    "全部来件": "All",
    LABELS["letters.new"]: "New",
    LABELS["letters.kept"]: "Kept",
    LABELS["letters.done"]: "Done",
}


def page(year: int) -> str:
    rows = "".join(
        f"<tr><td>{LABELS[row]}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        for row, cells in CELLS[year].items()
    )
    return f"""<html><head><title>平顶山市人民政府{year}年政府信息公开工作年度报告</title></head><body>
<h1>平顶山市人民政府{year}年政府信息公开工作年度报告</h1>
<h2>一、年度概况</h2><p>本年度按新样表填报，各项来件均有登记。</p>
<h2>二、来件办理概况</h2><p>来件情况见下表。</p>
<table><tr><th>来件事项</th><th>纸质来件</th><th>网上来件</th><th>全部来件</th></tr>{rows}</table>
</body></html>"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages as they are, and one more data file."""
    house = tmp_path_factory.mktemp("house")
    for package in ("corpus", "crawler", "indexer", "webui"):
        shutil.copytree(ROOT / package, house / package, ignore=shutil.ignore_patterns("__pycache__"))
    (house / "corpus" / "forms" / "2025.toml").write_text(FORM, encoding="utf-8")
    with (house / "corpus" / "labels_english.toml").open("a", encoding="utf-8") as english:
        english.writelines(f'"{label}" = "{translated}"\n' for label, translated in ENGLISH.items())
    (house / "pages").mkdir()
    for year in CELLS:
        (house / "pages" / f"{year}.html").write_text(page(year), encoding="utf-8")
    return house


def nianbao(house: Path, *words: str) -> list[Any]:
    """Run a command of the copied packages; the JSON that it printed, a line each."""
    done = subprocess.run(
        [sys.executable, "-c", "from webui.cli import main; main()", "--data", "data", *words],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_its_cells_identities_and_chapters_are_read(house: Path) -> None:
    answer = nianbao(house, "inspect", "pages/2025.html")[0]
    assert (answer["report"], answer["form"], answer["year"]) == (True, "2025", 2025)
    assert [section["kind"] for section in answer["sections"]] == ["overview", "applications"]
    figures = {id_: figure["value"] for id_, figure in answer["figures"].items()}
    assert figures == {
        f"{row}.{column}": value
        for row, cells in CELLS[2025].items()
        for column, value in zip(("paper", "online", "total"), cells, strict=True)
    }
    verdicts = {f["figures"][0]: f["verdict"] for f in answer["findings"] if f["rule"] == "I3"}
    assert verdicts == {"letters.new.paper": "holds", "letters.kept.paper": "holds", "letters.done.paper": "broken"}


def test_it_is_stored_compared_across_years_and_found(house: Path) -> None:
    nianbao(house, "add", "pages")
    nianbao(house, "update")
    answer = nianbao(house, "search", "来件", "--json")[0]
    assert answer["total"] == 2
    assert [facet["value"] for facet in answer["facets"]["form"] if facet["count"]] == ["2025"]
    later = next(hit["id"] for hit in answer["hits"] if hit["year"] == 2026)
    assert nianbao(house, "search", "勾稽:X1", "--json")[0]["total"] == 1, later
