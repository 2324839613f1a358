from __future__ import annotations

from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import SECTION_KINDS, SectionKind
from indexer.result import Snippet
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.params import BadParameterError
from webui.passage import LONGEST, Passage, passage_of, pieces, read_passage

PASSAGE = "依托政务新媒体发布政策图解，回应群众关切。"


@given(st.sampled_from(SECTION_KINDS), st.integers(0, 10**7), st.integers(1, LONGEST))
def test_what_is_spelled_is_read(section: str, start: int, length: int) -> None:
    passage = Passage(section, start, start + length)
    assert read_passage(str(passage)) == passage


@given(
    st.lists(st.tuples(st.sampled_from(("overview", "problems")), st.lists(st.text("甲乙丙", max_size=5))), max_size=5),
    st.integers(0, 30),
    st.integers(1, 30),
)
def test_the_pieces_are_the_passage_of_the_text_as_the_index_joins_it(
    drawn: list[tuple[str, list[str]]], start: int, length: int
) -> None:
    sections = [(f"s{at}", cast("SectionKind", kind), tuple(texts)) for at, (kind, texts) in enumerate(drawn)]
    texts = ["\n".join(paragraphs) for _, kind, paragraphs in sections if kind == "problems"]
    whole = "\n".join(filter(None, texts))
    paragraphs = {f"{anchor}-{at}": text for anchor, _, several in sections for at, text in enumerate(several, 1)}
    found = pieces(Passage("problems", start, start + length), sections)
    marked = "".join(paragraphs[id_][first:last] for id_, (first, last) in found.items())
    assert marked == whole[start : start + length].replace("\n", "")


@pytest.mark.parametrize(
    "value", ["problems", "problems:5-5", "problems:9-3", "title:0-4", f"problems:0-{LONGEST + 1}", "problems:-1-3"]
)
def test_what_names_no_passage_is_refused_in_one_sentence(client: FlaskClient, shelf: Shelf, value: str) -> None:
    with pytest.raises(BadParameterError):
        read_passage(value)
    body = twin(client, f"/reports/{shelf.broken}.json?mark={value}", 400)
    assert body["error"]["parameter"] == "mark"


def test_a_snippet_of_no_section_has_no_passage() -> None:
    assert passage_of(Snippet("title", "标题", ())) is None


def test_every_snippet_leads_to_its_sentence_marked_without_any_script(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪&apart=1&year=2019..")
    snippets = page.select(".snippet")
    assert len(snippets) > 20
    for snippet in snippets[:12]:
        address = urlsplit(str(snippet.a["href"]))  # type: ignore[index]
        assert address.fragment == "mark"
        there = soup(client, f"{address.path}?{address.query}")
        marks = there.select(".prose mark")
        assert "".join(mark.get_text() for mark in marks) == snippet.span.get_text()  # type: ignore[union-attr]
        assert len(there.select("#mark")) == 1
        assert marks[0]["id"] == "mark"
        section = parse_qs(address.query)["mark"][0].partition(":")[0]
        assert there.select_one(f"#{section} #mark") is not None


def test_the_mark_is_no_page_of_its_own(client: FlaskClient, shelf: Shelf) -> None:
    plain, marked = f"/reports/{shelf.broken}", f"/reports/{shelf.broken}?mark=overview:0-5"

    def canonical(page: BeautifulSoup) -> str:
        return str(page.select_one("link[rel=canonical]")["href"])  # type: ignore[index]

    assert canonical(soup(client, marked)) == canonical(soup(client, plain))
    assert client.get(marked).headers["ETag"] != client.get(plain).headers["ETag"]
    assert "noindex" in client.get(marked).headers["X-Robots-Tag"]
    assert "X-Robots-Tag" not in client.get(plain).headers
    assert not soup(client, plain).select(".prose mark")
    assert not soup(client, f"{plain}?mark=overview:9000000-9000010").select(".prose mark")


def test_what_is_marked_stays_text(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.hostile}?mark=overview:2-60")
    assert "<script>" in "".join(mark.get_text() for mark in page.select(".prose mark"))
    assert not page.find("img")


def test_each_paragraph_leads_to_passages_like_it_elsewhere(client: FlaskClient, shelf: Shelf) -> None:
    id_ = next(id_ for id_, each in shelf.reports.items() if any(PASSAGE in part.paragraphs for part in each.sections))
    report = soup(client, f"/reports/{id_}")
    paragraph = next(p for p in report.select(".prose p") if PASSAGE in p.get_text())
    address = str(paragraph.select_one("a[rel=nofollow]")["href"])  # type: ignore[index]
    page = soup(client, f"{address}&apart=1")
    assert page.select_one(".notice q").get_text() == PASSAGE  # type: ignore[union-attr]
    hits = page.select(".hit")
    assert len(hits) > 3
    for hit in hits:
        assert len(hit.select(".snippet")) == 1
        assert hit.select_one(".snippet span[lang]").get_text() == PASSAGE  # type: ignore[union-attr]
        assert "原文一致" in hit.h2.get_text()  # type: ignore[union-attr]
    body = twin(client, address.replace("?", ".json?"))
    assert body["query"]["like"] == PASSAGE
    assert body["total"] == sum(
        any(PASSAGE in section.text for section in each.sections) for each in shelf.reports.values()
    )
    assert len({hit["region"]["code"] for hit in body["hits"]}) > 1
    assert len({hit["year"] for hit in body["hits"]}) > 1


def test_a_passage_of_unknown_words_says_so_and_a_long_one_is_refused(client: FlaskClient) -> None:
    assert "未作比较" in soup(client, "/search?like=zzzz").select_one(".notice").get_text()  # type: ignore[union-attr]
    assert twin(client, f"/search.json?like={'字' * 501}", 400)["error"]["parameter"] == "like"


def test_the_search_leads_to_the_reports_that_do_not_mention_it(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, "/search?q=“讨薪”&region=990100&year=2022")
    link = next(a for a in page.find_all("a") if a.get_text() == "没有提到的报告")
    body = client.get(str(link["href"]).replace("?", ".json?")).get_json()
    silent = {
        id_
        for id_, report in shelf.reports.items()
        if report.year == 2022
        and report.agency.region in ("990100", "990101", "990122")
        and not any("讨薪" in section.text for section in report.sections)
    }
    assert {hit["id"] for hit in body["hits"]} == silent != set()
    for conditioned in ("讨薪 年份:2022", "不予公开>1", "NOT 讨薪", ""):
        other = soup(client, f"/search?q={conditioned}")
        assert not [a for a in other.find_all("a") if a.get_text() == "没有提到的报告"]


def test_help_shows_how_to_ask_for_silence(client: FlaskClient) -> None:
    assert any("NOT" in each["query"] for each in twin(client, "/about.json")["examples"])
