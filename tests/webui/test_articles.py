from __future__ import annotations

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from corpus.doubts import Language
from corpus.form import articles, load_form
from tests.webui.pages import soup
from tests.webui.shelf import Shelf


def test_every_article_belongs_to_a_row_and_speaks_both_languages() -> None:
    rows = {row.key for _, row, _ in load_form("2021").cells()}
    assert articles().keys() <= rows
    for entry in articles().values():
        assert set(entry) == {"article", "article_en", "zh-CN", "en"}
        assert entry["article"].startswith("第")
        assert entry["article_en"].startswith("art. ")


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "《条例》第十四条"), ("en", "Regulations, art. 14")])
def test_a_row_tells_the_article_behind_it(client: FlaskClient, shelf: Shelf, language: Language, words: str) -> None:
    page = soup(client, f"/reports/{shelf.broken}?lang={language}")
    notes = page.select("details.why")
    assert len(notes) == len(articles())
    cell = page.find("td", id="applications.refused.state_secret.total")
    assert isinstance(cell, Tag)
    note = cell.parent.select_one("th[scope=row] details.why")  # type: ignore[union-attr]
    assert isinstance(note, Tag)
    assert note.get_text() == words + articles()["applications.refused.state_secret"][language]
    assert note["lang"] == language
