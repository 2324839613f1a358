"""A text without the marks that are not printed: Markdown and the HTML inside it, colours.

What is struck out goes, marks of notes are raised.
"""

from __future__ import annotations

import re

from corpus.readers.marks import set_off

# How terminals are told to change colours (ECMA-48, 8.3.117).
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
# Headings of wikis, AsciiDoc and TeX, with what these write to be linked to; the drawers of Org mode.
_HEADING = re.compile(
    r"^(?:(={1,6})[ \t]+(.*?)(?:[ \t]+\1)?|h[1-6]\.[ \t]+(.*)|\\(?:(?:sub)*section|chapter|title)\*?\{([^{}\n]*)\}.*)$",
    re.MULTILINE,
)
_ANCHOR = re.compile(
    r"^(?:\\hypertarget\{[^{}\n]*\}\{%?|[ \t]*:[A-Z_]+:(?:[ \t].*)?|<span id=[^<>\n]*></span>)$", re.MULTILINE
)
# Of TeX's commands for cells and rules the last argument is shown, of some none.
_TEX = re.compile(r"\\(?:begin\{|[hc]line|multi(?:row|column))")
_LAST = re.compile(r"\\multi(?:row|column)(?:\{[^{}\n]*\}){2}\{([^{}\n]*)\}")
_RULES = re.compile(r"\\(?:hline|cline\{[^{}\n]*\}|(?:begin|end)\{[^{}\n]*\}(?:\{[^{}\n]*\})?)")
_TABLE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
# Words set in bold: nobody else writes so. Not every writer rules off a table's header.
_BOLD = re.compile(r"\*\*(?=\S)[^*|\n]+(?<=\S)\*\*")
_LEAST_BOLD = 3
_UNSEEN = re.compile(
    r"<!--.{0,999}?-->|!\[[^\]\n]{0,999}\]\([^)\n]{0,999}\)|\{--.{0,999}?--\}|~~(?=\S)[^\n]{0,999}?\S~~"
    r"|<(del|s|strike)\b[^<>]*>[^\n]{0,999}?</\1>",
    re.DOTALL,
)
"""What is between two marks is bounded everywhere: of marks without an end, each would look through the whole text."""
_RAISED = re.compile(r"<(su[pb])>([^<>\n]*)</\1>|(?<=\d)\^([^\^\s|]+)\^")
_NOTE = re.compile(r"\[\^([^\]\s]{1,99})\]")
_BREAK = re.compile(r"<br\s*/?>")
_INLINE = re.compile(r"</?(?:a|b|code|em|font|i|ins|mark|p|small|span|strong|u)\b[^<>\n]*>|`+")
# Links, what CriticMarkup adds, marked words, formulas of a number, characters that stand for themselves.
_SHOWN = (
    (re.compile(r"\[([^\]\n^]{1,999})\]\([^)\n]{0,999}\)"), r"\1"), (re.compile(r"\{\+\+(.{0,999}?)\+\+\}"), r"\1"),
    (re.compile(r"==(?=\S)([^=\n]+)=="), r"\1"), (re.compile(r"\$(\d[\d,.]*)\$"), r"\1"),
    (re.compile(r"\\([*_^~$#\[\]().+-])"), r"\1"),
)  # fmt: skip
_EMPHASISED = re.compile(
    r"(?<!\w)(_{1,2})(?=\S)([^_\n]+)\1(?!\w)|(\*{2,3})(?=\S)([^*|\n]+)(?<=\S)\3|(?<![\w*])(\*)(?=\S)([^*|\n]+)(?<=\S)\5(?![\w*])"
)


def printed(text: str) -> str:
    """A text as it is printed. Tables stay as they are written: bars and their rule part cells and rows.

    >>> printed("|a|b|" + chr(10) + "|---|---|" + chr(10) + "|~~9~~ 12[^1]|`3`|").splitlines()[-1]
    '| 12⁽¹⁾|3|'
    """
    text = _HEADING.sub(r"\2\3\4", _ANCHOR.sub("", _COLOUR.sub("", text)))
    if _TEX.search(text):
        text = _RULES.sub("", _LAST.sub(r"\1", text))
    if not _TABLE.search(text) and len(_BOLD.findall(text)) < _LEAST_BOLD:
        return text
    text = _RAISED.sub(lambda match: set_off(match[2] or match[3], match[1] or "sup"), _UNSEEN.sub("", text))
    text = _NOTE.sub(lambda match: set_off(f"[{match[1]}]", "sup"), text)
    for marks, shown in _SHOWN:
        text = marks.sub(shown, text)
    return _EMPHASISED.sub(r"\2\4\6", _INLINE.sub("", _BREAK.sub(" ", text)))
