from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from flask.testing import FlaskClient

from tests.checkout import ROOT
from tests.webui.kinds import KINDS, address_of
from tests.webui.pages import links, soup
from tests.webui.shelf import HOSTILE, Shelf
from webui.language import load_labels

CJK = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{3,}")
NAMES = re.compile(
    r"(?<![A-Za-z])(JSON|CSV|ZIP|SVG|XLSX|NDJSON|PARQUET|Parquet|Excel|datapackage\.json|nianbao|Atom|SHA-256|BibTeX|UTC|CC-BY-4\.0"
    r"|OR|AND|NOT|https?://\S+|\.json|[a-z_]+(?:\.[a-z_]+)+|whatever)(?![A-Za-z])"
)
"""Names that are the same in both languages."""


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "", "zh-CN"),
        ("/", "zh-CN,zh;q=0.9", "zh-CN"),
        ("/", "en-US,en;q=0.9", "en"),
        ("/", "fr", "zh-CN"),
        ("/", "zh-TW,en;q=0.5", "zh-CN"),
        ("/?lang=zh-CN", "en", "zh-CN"),
        ("/?lang=en", "zh", "en"),
    ],
)
def test_the_address_decides_then_the_browser_then_chinese(
    client: FlaskClient, address: str, accepted: str, language: str
) -> None:
    page = soup(client, address, accept=accepted)
    assert page.html["lang"] == language  # type: ignore[index]
    assert {tag["hreflang"] for tag in page.select("link[rel=alternate][hreflang]")} == {"zh-CN", "en", "x-default"}


def test_a_language_once_chosen_stays_in_every_link(client: FlaskClient, shelf: Shelf) -> None:
    pages = (
        "/?",
        "/search?q=讨薪&year=2019..2022&",
        f"/reports/{shelf.broken}?",
        "/search?page=3&",
        "/search?q=无此词&",
    )
    for address in pages:
        page = soup(client, f"{address}lang=en")
        kept = [link for link in links(page) if "lang=en" not in link]
        assert [link for link in kept if "lang=zh-CN" not in link] == []
        assert len(kept) == 1  # the way to the other language
        for form in page.find_all("form"):
            assert form.find("input", {"name": "lang", "value": "en"})
        assert all("lang=" not in link for link in links(soup(client, address)) if "lang=en" not in link)


def test_the_answer_varies_with_the_browser_only_where_the_address_says_nothing(client: FlaskClient) -> None:
    assert "Accept-Language" in client.get("/").headers["Vary"]
    assert "Accept-Language" not in client.get("/?lang=en").headers.get("Vary", "")


def test_every_word_of_the_site_has_a_translation() -> None:
    source = files("webui").joinpath("translations/zh_CN/LC_MESSAGES/messages.po").read_bytes()
    catalogue = read_po(io.BytesIO(source), locale="zh_CN")
    mapping = [("**.py", "python"), ("**.html", "jinja2")]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
    asked = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(str(ROOT / "webui"), mapping, keywords=keywords)
    }
    translated = {str(m.id if isinstance(m.id, str) else m.id[0]) for m in catalogue if m.id and m.string}
    assert asked - translated == set()
    assert translated - asked == set()
    for message in catalogue:
        if message.id:
            assert not list(message.check(catalogue))


def test_every_value_is_named_in_both_languages() -> None:
    for vocabulary, entries in load_labels().items():
        for value, words in entries.items():
            assert set(words) == {"zh-CN", "en"}, (vocabulary, value)
            assert CJK.search(words["zh-CN"])


@pytest.mark.parametrize("kind", KINDS)
def test_an_english_page_marks_what_is_chinese(client: FlaskClient, shelf: Shelf, kind: str) -> None:
    address = address_of(kind, shelf)
    page = soup(client, f"{address}{'&' if '?' in address else '?'}lang=en")
    assert [words for words, language in spoken(page) if CJK.search(words) and language != "zh-CN"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_chinese_page_marks_what_is_english(client: FlaskClient, shelf: Shelf, kind: str) -> None:
    address = address_of(kind, shelf)
    page = soup(client, f"{address}{'&' if '?' in address else '?'}lang=zh-CN")
    for tag in page.select("code, pre, .citation, a[rel~=external], script"):
        tag.decompose()
    said = [NAMES.sub("", words) for words, language in spoken(page) if language != "en" and HOSTILE not in words]
    assert [words for words in said if LATIN.search(words)] == []


def spoken(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Every text and every spoken attribute of a page with the language that it is said to be in."""
    for tag in page.select("*"):
        if tag.name in ("script", "meta", "link") or (tag.name == "input" and tag.get("type") == "hidden"):
            continue
        around = tag if tag.get("lang") else tag.find_parent(lang=True)
        language = str(around["lang"])  # type: ignore[index]
        for name in ("aria-label", "title", "placeholder", "alt", "value"):
            if tag.get(name) and not (name == "value" and tag.name == "option"):
                yield str(tag[name]), language
        for text in tag.find_all(string=True, recursive=False):
            if type(text) is NavigableString and text.strip():
                yield text.strip(), language
