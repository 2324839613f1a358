"""Every code that is raised has words in both languages, and every code with words is raised."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator

import pytest

from corpus.doubts import LANGUAGES, Doubt, catalogue, recalled, said
from corpus.errors import DoubtError, TooLargeError
from tests.checkout import ROOT

CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
VALUE = re.compile(r"%\((\w+)\)s")
ERRORS = {"UnreadableError", "TooLargeError", "UnsupportedError", "NoTextError", "NotAReportError"}


def raised() -> Iterator[tuple[str, str]]:
    """(where, code) of every code that stands literally where a doubt or an error with one is made."""
    for path in (*sorted((ROOT / "corpus").rglob("*.py")), *sorted((ROOT / "webui").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*ERRORS, "Doubt"} and node.args:
                found = [each for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                yield from ((f"{path.name}:{node.lineno}", str(each.value)) for each in found)


def test_every_code_that_is_raised_has_words() -> None:
    found = list(raised())
    assert len(found) > 50
    assert [(where, code) for where, code in found if code not in catalogue()] == []


def test_no_code_has_words_that_nothing_says() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "corpus").rglob("*.py")))
    assert [code for code in catalogue() if f'"{code}"' not in source] == []


@pytest.mark.parametrize("code", catalogue())
def test_a_code_has_words_in_both_languages_with_the_same_values(code: str) -> None:
    words = catalogue()[code]
    assert CODE.fullmatch(code)
    assert set(words) == set(LANGUAGES)
    assert set(VALUE.findall(words["en"])) == set(VALUE.findall(words["zh-CN"]))
    if code != "as_said":
        assert re.search("[\u4e00-\u9fff]", words["zh-CN"])
        assert not re.search("[\u4e00-\u9fff]", words["en"])


def test_a_value_is_never_cut_nor_read_as_a_format() -> None:
    assert said(Doubt("number_in_words", {"raw": "1；2%(x)s%"}), "zh-CN").endswith("“1；2%(x)s%”。")


def test_what_was_kept_as_a_sentence_stays_one() -> None:
    assert said(recalled("标题为2023年；统计期限为2022年。")) == "标题为2023年；统计期限为2022年。"
    assert recalled("traditional") == Doubt("traditional")


def test_an_error_crosses_processes_with_its_values() -> None:
    error = pickle.loads(pickle.dumps(TooLargeError("many_tags", found=7, limit=5)))  # noqa: S301 - made here
    assert isinstance(error, DoubtError)
    assert error.doubt == Doubt("many_tags", {"found": 7, "limit": 5})
    assert str(error).startswith("The page has 7 tags, the limit is 5: ")
