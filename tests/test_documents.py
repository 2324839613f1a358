"""Whoever reads the documents from the top finds every path, command and heading that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import ROOT, tracked, tracked_texts
from webui.cli import COMMANDS

DOCUMENTS = [name for name in tracked() if name.endswith(".md") and name != "CHANGELOG.md"]
_FILE = re.compile(r"[\w.*<>-]+(?:/[\w.*<>-]+)*\.(?:py|toml|csv|md|txt|html|css|svg|json)")
_FOLDER = re.compile(r"(?:\.?\w+/)+")
# What a running installation makes, what a reader names herself, and what stands for any file of a kind.
_ELSEWHERE = re.compile(r"^(?:data|dist|build|index|archive|reports)/|[<>*]|^page\.|\.json$|^(?:list|viewer|search)")


def named(document: str) -> Iterator[str]:
    """The files and folders that a document names in backticks."""
    for word in re.findall(r"`([^`\n]+)`", (ROOT / document).read_text(encoding="utf-8")):
        if (_FILE.fullmatch(word) or _FOLDER.fullmatch(word)) and not _ELSEWHERE.search(word):
            yield word


# The paths in docs/sites.md are other people's.
@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name != "docs/sites.md"])
def test_every_path_that_a_document_names_exists(document: str) -> None:
    files = set(tracked())
    folders = {str(folder) + "/" for name in files for folder in Path(name).parents}
    ends = {"/".join(name.split("/")[-depth:]) for name in files for depth in (1, 2, 3)}
    assert [name for name in named(document) if name not in files | folders | ends] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = " ".join(re.findall(r"`[^`\n]+`|^ {4}[^#\n]*|^```.*?^```", text, re.MULTILINE | re.DOTALL))
    assert {name for name in re.findall(r"\bmake ([a-z-]+)\b", code) if name not in targets} == set()
    assert {name for name in re.findall(r"\bnianbao ([a-z]+)\b", code) if name not in COMMANDS} == set()


def test_every_heading_that_the_code_cites_exists() -> None:
    """``docs/field.md, "Identities"`` and ``docs/sites.md § 3``: the page has such a heading, or term in bold."""
    missing = []
    for name, text in tracked_texts().items():
        for page, quoted, number in re.findall(r'(docs/\w+\.md)(?:, "([^"]+)"| § (\d+))?', text):
            if not (ROOT / page).is_file():
                missing.append(f"{name}: {page}")
                continue
            cited = (ROOT / page).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.+)$|\*\*(.+?)\*\*", cited, re.MULTILINE)
            wanted = quoted or (f"{number}." if number else "")
            if wanted and not any(re.sub("`", "", heading or term).startswith(wanted) for heading, term in headings):
                missing.append(f"{name}: {page}, {wanted}")
    assert missing == []


def test_every_attack_that_is_listed_names_its_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    attacks = [row for row in rows if row[-1] != "test"]
    assert len(attacks) >= 30
    assert [row[0] for row in attacks if not re.search(r"`tests/[\w/]*test_\w+\.py`", row[-1])] == []
