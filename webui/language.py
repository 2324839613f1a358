"""Which of the two languages a request speaks, and where its words come from.

The words of the site stand in English in code and templates; ``translations/`` holds the Chinese. Catalogues are
read as .po at start, so that no compiled file can fall behind its source. ``labels.toml`` names the values.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel.core import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain

from corpus.doubts import LANGUAGES, Language

_LOCALES: Mapping[Language, str] = {"zh-CN": "zh_CN", "en": "en"}

Labels = Mapping[str, Mapping[str, Mapping[Language, str]]]
"""Vocabulary → value → language → words for a person."""


def explicit_language() -> str | None:
    """The language that the address names, None where it names none or there is no address."""
    if not has_request_context():
        return None
    named: str | None = g.get("nianbao_explicit")
    if named is None:  # every link of a page asks
        named = g.nianbao_explicit = request.args.get("lang", "")
    return named or None


def chosen_language() -> Language:
    """The language of the answer: that of the address, else the browser's, else Chinese."""
    if not has_request_context():
        return "zh-CN"
    known: Language | None = g.get("nianbao_language")
    if known is None:
        known = g.nianbao_language = _negotiated()
    return known


def _negotiated() -> Language:
    named = explicit_language()
    for language in LANGUAGES:
        if named == language:
            return language
    for preferred in request.accept_languages.values():
        if preferred.lower().startswith(("zh", "en")):
            return "en" if preferred.lower().startswith("en") else "zh-CN"
    return "zh-CN"


@cache
def load_labels() -> Labels:
    """Read the names of all values (levels, kinds, forms, sections, states, verdicts, rules)."""
    return tomllib.loads(files("webui").joinpath("labels.toml").read_text("utf-8"))


def install_language(app: Flask) -> Mapping[Language, Translations]:
    """Give the application its languages, and give back what they say."""
    locales = {language: Locale.parse(name) for language, name in _LOCALES.items()}
    catalogues = {language: _catalogue(name) for language, name in _LOCALES.items()}
    babel = Babel(app, default_locale="zh_CN", locale_selector=lambda: locales[chosen_language()])
    babel.domain_instance = _Said(catalogues)
    # What stands alone is put in when a template is compiled (spoken.py); these are phrases with something in them.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's i18n extension
        lambda words: catalogues[chosen_language()].ugettext(words),  # noqa: PLW0108 - asked anew for each request
        lambda one, many, count: catalogues[chosen_language()].ungettext(one, many, count),  # noqa: PLW0108 - likewise
        newstyle=True,
    )
    return catalogues


class _Said(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """The words of the request's language, found at once: code says twenty phrases a page."""

    def __init__(self, catalogues: Mapping[Language, Translations]) -> None:
        super().__init__()
        self._catalogues = catalogues

    def get_translations(self) -> Translations:
        """The catalogue of the language that the request speaks."""
        return self._catalogues[chosen_language()]


def _catalogue(locale: str) -> Translations:
    source = files("webui").joinpath("translations", locale, "LC_MESSAGES", "messages.po")
    compiled = io.BytesIO()
    if source.is_file():  # English is the language of the code: it needs no catalogue
        write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=locale))
        compiled.seek(0)
        return Translations(compiled)
    return Translations()
