from __future__ import annotations

import re

from bs4 import Tag
from flask.testing import FlaskClient

from corpus.form import english_labels, load_form
from corpus.metrics import load_metrics
from corpus.model import FORMS
from tests.webui.pages import soup
from tests.webui.shelf import Shelf

CJK = re.compile("[\u4e00-\u9fff]")


def test_every_label_of_every_form_has_a_translation_and_every_translation_a_label() -> None:
    printed = set()
    for form in map(load_form, FORMS):
        for table in form.tables:
            printed |= {table.caption, table.stub, table.unit_column}
            for row in table.rows:
                printed |= {row.label, *row.path}
            for column in table.columns:
                printed |= {column.label, *column.path}
    assert printed - {""} == set(english_labels())
    assert not [words for words in english_labels().values() if CJK.search(words) or not words.strip()]


def test_metrics_of_totals_are_named_by_the_labels() -> None:
    names = {id_: metric.name_en for id_, metric in load_metrics().items() if id_.endswith(".total")}
    assert names["applications.refused.state_secret.total"] == ("Outcomes this year: Refused: State secret")
    assert not [name for name in names.values() if CJK.search(name)]
    assert len(set(names.values())) == len(names)


def test_the_english_page_has_both_labels_and_the_chinese_one_has_only_its_own(
    client: FlaskClient, shelf: Shelf
) -> None:
    page = soup(client, f"/reports/{shelf.broken}?lang=en")
    for note in page.select(".why"):
        note.decompose()
    heads = [cell for cell in page.select(".sheet th, .sheet caption") if CJK.search(cell.get_text())]
    assert heads
    for cell in heads:
        english = cell.select_one(".english[lang=en]")
        assert isinstance(english, Tag)
        assert english_labels()[cell.get_text().removesuffix(english.get_text())] == english.get_text()
    assert not soup(client, f"/reports/{shelf.broken}?lang=zh-CN").select(".english")
