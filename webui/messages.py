"""What extraction says (``corpus.doubts``) and what readers wrote, for a page in one of the two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from corpus.doubts import Doubt, Told, catalogue, recalled
from webui.language import chosen_language

_RUN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”0-9]"
_CHINESE = re.compile(f"[\u4e00-\u9fff](?:{_RUN}*[\u4e00-\u9fff])?")


def message(doubt: Doubt) -> Markup:
    """A doubt in the language of the page, what is Chinese in an English sentence marked as such."""
    return filled(catalogue()[doubt.code][chosen_language()], doubt.values)


def reason(code: str) -> Markup:
    """Why documents are no reports, told of all that share the reason: their values are left out."""
    return message(recalled(code))


def filled(words: str, values: Mapping[str, object]) -> Markup:
    """A sentence of ours with values that may be in another language."""
    return escape(words) % Told({name: foreign(value) for name, value in values.items()})


def foreign(words: object) -> Markup:
    """Words that may be of a report: on an English page, Chinese ones say that they are Chinese."""
    text = escape(words)
    if chosen_language() != "en":
        return text
    return Markup(_CHINESE.sub(lambda run: f'<span lang="zh-CN">{run[0]}</span>', text))  # noqa: S704 - escaped above
