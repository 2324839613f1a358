from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.settings import Settings


def test_every_example_of_the_help_finds_something_in_the_corpus_at_hand(client: FlaskClient) -> None:
    examples = twin(client, "/about.json")["examples"]
    assert len(examples) >= 8
    for each in examples:
        found = twin(client, f"/search.json?q={each['query']}&size=1")
        assert found["total"] > 0, each


def test_help_names_the_operator_or_says_that_there_is_no_address(client: FlaskClient, shelf: Shelf) -> None:
    named = soup(client, "/about?lang=en").select_one("#operator a")
    assert named is not None
    assert named["href"] == "mailto:corrections@nianbao.example"
    nameless = create_app(Settings(data=shelf.data))
    try:
        said = soup(nameless.test_client(), "/about?lang=en").select_one("#operator")
        assert said is not None
        assert "no address" in said.text
    finally:
        nameless.extensions["nianbao"].close()
