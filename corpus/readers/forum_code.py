"""The code of forums (BBCode), in which boards and message systems keep what is pasted: brackets for a page's tags."""

from __future__ import annotations

import re
from html import escape

_OF_A_TABLE = [
    re.compile(tag, re.IGNORECASE) for tag in (r"\[table[\]= ]", r"\[tr[\]= ]", r"\[t[dh][\]= ]", r"\[/t[dh]\]")
]
_KEPT = "table|tr|td|th|p|h[1-6]|b|i|u|s|strike|del|sup|sub|ul|ol|li"
_TAG = re.compile(
    rf"\[(?P<end>/?)(?:(?P<kept>{_KEPT})|(?:align|backcolor|center|color|font|float|indent|left|list|quote|right"
    r"|size|url|email|tbody|thead|tfoot|hr|\*))(?:[= ](?P<value>[^\[\]\n]*))?\]",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\[img[^\[\]\n]*\][^\[]*\[/img\]", re.IGNORECASE)
_SPANS = re.compile(r"(\d+),(\d+)(?:,|$)")
"""What Discuz writes of a merged cell: columns, rows, width."""

_BETWEEN_LINES = re.compile(r"(?<!>)\n|\n(?!\s{0,8}</?t)")
"""A line's end outside the tags of a table."""


def page_of_forum_code(text: str) -> str | None:
    """The page that a text in the code of forums stands for; None where no table is in such code."""
    if not all(tag.search(text) for tag in _OF_A_TABLE):
        return None
    page = _TAG.sub(_tag, _PICTURE.sub("", escape(text, quote=False)))
    return f"<html><body>{_BETWEEN_LINES.sub('<br>', page)}</body></html>"


def _tag(found: re.Match[str]) -> str:
    if not (name := found["kept"]):
        return ""
    spans = _SPANS.match(found["value"] or "") if name.lower() in ("td", "th") else None
    merged = f' colspan="{spans[1]}" rowspan="{spans[2]}"' if spans else ""
    return f"<{found['end']}{name.lower()}{merged}>"
