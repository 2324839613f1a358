"""Rows of a table as programs print them to people: a list of strings a line.

['规章', '5', '0', None]      ["规章", "5", "0", null],      ('规章', 5, 0, nan)      become three cells and a blank
"""

from __future__ import annotations

import re

_STRING = r"""[uf]?'((?:[^'\\\n]|\\.)*)'|[uf]?"((?:[^"\\\n]|\\.)*)\""""
_ITEM = re.compile(rf"\s*(?:{_STRING}|(?:None|null|nan|NaN)|([+-]?\d[\d.]*))\s*(?:,|(?=[\])]))")
_ROW = re.compile(rf"\s*[\[(]+(?:{_ITEM.pattern})+\s*[\])]+[,;]?\s*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_WHITE = re.compile(r"\s+")
_LEAST_ROWS = 4


def unlisted(text: str) -> str:
    """A text whose lists of strings and numbers, a line each, are cells with tabs between them, if it has several.

    A break inside a string stays white space: it may part two numbers.
    """
    lines = text.split("\n")
    rows = {at for at, line in enumerate(lines) if line.lstrip()[:1] in ("[", "(") and _ROW.fullmatch(line)}
    if len(rows) < _LEAST_ROWS:
        return text
    return "\n".join("\t".join(_cells(line)) if at in rows else line for at, line in enumerate(lines))


def _cells(row: str) -> list[str]:
    return [
        _WHITE.sub(" ", _ESCAPE.sub(_character, item[1] or item[2] or item[3] or ""))
        for item in _ITEM.finditer(row.strip().lstrip("[("))
    ]


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else {"n": "\n", "t": "\t", "r": ""}.get(escape[2], escape[2])
