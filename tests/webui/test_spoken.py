"""Templates compiled for a language say what the plain phrase says, and look up nothing that is constant."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import DictLoader

from corpus.doubts import LANGUAGES, Language
from webui.language import install_language, load_labels
from webui.spoken import Spoken

TEMPLATES = {
    "page.html": "{% from 'part.html' import said with context %}{{ _('Search') }} {{ said() }}"
    "{% if language == 'en' %}, in English{% endif %}",
    "part.html": "{% macro said() %}{{ label('level', 'county') }} {{ level|label('level') }} "
    "{{ _('%(count)s reports', count=level) }}{% endmacro %}",
}
LEVELS = load_labels()["level"]


class Site(Flask):
    """An application over the templates above; ``asked`` is what had to be named, in order."""

    jinja_environment = Spoken  # type: ignore[assignment]  # narrower, as Flask advises
    jinja_env: Spoken

    def __init__(self) -> None:
        super().__init__(__name__)
        self.asked: list[str] = []
        self.jinja_loader = DictLoader(TEMPLATES)
        self.jinja_env.speak(install_language(self), self.label)

    def label(self, vocabulary: str, value: str, language: Language) -> str:
        assert vocabulary == "level"
        self.asked.append(value)
        return LEVELS[value][language] if value in LEVELS else value

    def page(self, level: str, language: Language) -> str:
        """What the page says of a level."""
        with self.test_request_context(f"/?lang={language}"):
            return self.jinja_env.get_template("page.html").render(level=level)


@pytest.mark.parametrize("language", LANGUAGES)
def test_constants_are_named_once_and_values_each_time(language: Language) -> None:
    app = Site()
    for level in ("province", "township"):
        said = app.page(level, language)
        assert LEVELS["county"][language] in said
        assert LEVELS[level][language] in said
    assert app.asked == ["county", "province", "township"]


def test_each_language_has_its_own_words_and_branches() -> None:
    app = Site()
    chinese, english = (app.page("province", language) for language in LANGUAGES)
    assert english == "Search County Province province reports, in English"
    assert "English" not in chinese
    assert "Search" not in chinese


def test_what_is_put_in_is_escaped() -> None:
    assert Site().page("<b>", "en") == "Search County &lt;b&gt; &lt;b&gt; reports, in English"
