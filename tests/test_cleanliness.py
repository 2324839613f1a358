"""What no tracked file may hold, and what the documents must keep saying."""

from __future__ import annotations

import re

import pytest

from tests.checkout import ROOT, pins, project, tracked_texts
from webui.cli import COMMANDS

FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.~:/])/(?:home|root|work|Users)/\w",
    "the address of a package registry": (
        r"pypi[.]org|python[h]osted|npm[j]s|crates[.]io|(?<!\w)--(?:extra-)?index-url|(?<!\w)--find[-]links|/simple/?\s*$"
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = {name: pattern.search(text) for name, text in tracked_texts().items()}
    assert {name: match[0] for name, match in found.items() if match} == {}


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """The commands shown: fenced blocks and indented lines, without what only explains them."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in fenced for line in block.splitlines()]
    return [line for line in lines if line]


def test_both_readmes_have_the_same_headings_and_show_the_same_commands() -> None:
    english, chinese = document("README.md"), document("README.zh-CN.md")
    depths = [
        re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
        for text in (english, chinese)
    ]
    assert depths[0] == depths[1]
    assert blocks(english) == blocks(chinese)


def test_the_readme_begins_with_the_two_commands() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        assert blocks(document(name))[:2] == ["make demo", "make test"]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command(name: str) -> None:
    text = document(name)
    assert [command for command in COMMANDS if f"nianbao {command}" not in text] == []


def test_architecture_says_why_each_dependency_earns_its_place() -> None:
    text = document("ARCHITECTURE.md")
    direct = pins(project()["project"]["dependencies"]) | pins(project()["dependency-groups"]["dev"])
    assert [name for name in direct if f"`{name}`" not in text] == []


def test_contributing_names_every_target() -> None:
    targets = re.findall(r"^\.PHONY: (\S+)$", document("Makefile"), re.MULTILINE)
    text = document("CONTRIBUTING.md") + document("README.md")
    assert targets
    assert [target for target in targets if f"make {target}" not in text and target != "help"] == []


def test_links_between_documents_lead_somewhere() -> None:
    for name, text in tracked_texts().items():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\((?!\w+:)([^)#\s]+)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name} links to {target}"
