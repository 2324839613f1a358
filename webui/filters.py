"""How numbers, rates and moments are written on a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from corpus.form import articles, english_labels
from webui.findings import told
from webui.highlighting import marked
from webui.messages import foreign, message, reason

_CHINA = timezone(timedelta(hours=8))
"""China Standard Time, all year round (GB/T 7408)."""


def figure(value: Decimal | int | None) -> str:
    """A number with thousands separators and exactly its own decimals; a dash where there is none.

    >>> figure(Decimal("4875.699")), figure(Decimal("1200")), figure(None)
    ('4,875.699', '1,200', '—')
    """
    if value is None:
        return "—"
    exact = Decimal(value)
    whole = exact == exact.to_integral_value()
    return f"{int(exact):,}" if whole else f"{exact.normalize():,f}"


def tally(value: int) -> str:
    """A number of reports, with thousands separators; the link around it leads to exactly them (a test holds it).

    >>> tally(54000)
    '54,000'
    """
    return f"{value:,}"


def quantity(value: Decimal | None, unit: str) -> str:
    """A metric in its unit: a rate, which is in per cent, with one decimal, anything else as it is.

    >>> quantity(Decimal("12.34"), "%"), quantity(Decimal("12"), "件")
    ('12.3%', '12')
    """
    if value is None:
        return "—"
    return f"{value:.1f}%" if unit == "%" else figure(value)


def share(part: float) -> str:
    """A part of a text as a percentage; no figure of a report.

    >>> share(0.369)
    '36.9%'
    """
    return f"{part:.1%}"


def moment(value: datetime) -> str:
    """A moment, to the minute, in the time of China, where the reports are.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    '2026-01-02 11:04 UTC+8'
    """
    return f"{value.astimezone(_CHINA):%Y-%m-%d %H:%M} UTC+8"


def today() -> date:
    """The day that it is in China."""
    return datetime.now(_CHINA).date()


def language_of(text: str) -> str:
    """The language that words from a report or about one are in, for readers aloud and for hyphenation.

    >>> language_of("石梁市"), language_of("Newest first")
    ('zh-CN', 'en')
    """
    return "zh-CN" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"


def in_english(label: str) -> str:
    """A statutory label in English; empty where it is no label of a form.

    >>> in_english("（三）不予公开")
    'Refused'
    """
    return english_labels().get(label, "")


_BAR = Markup(
    '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect width="{}" height="4"/></svg>'
)


@lru_cache(1 << 10)
def bar(share: float) -> Markup:
    """A bar of so many hundredths: a page has a hundred of them."""
    return _BAR.format(share)


def install(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(
        figure=figure,
        tally=tally,
        quantity=quantity,
        share=share,
        moment=moment,
        language_of=language_of,
        in_english=in_english,
        message=message,
        reason=reason,
        foreign=foreign,
        told=told,
        bar=bar,
        marked=marked,
    )
    app.jinja_env.globals["articles"] = articles()
