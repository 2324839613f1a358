"""Rows of a table as programs print them to people: a list of strings a line, or a list in a list (YAML 1.2, § 8.2.1).

['规章', '5', '0', None]      ["规章", "5", "0", null],      ('规章', 5, 0, nan)      become three cells and a blank;
- - 规章
  - 5
  - 0
  -                           as well
"""

from __future__ import annotations

import re

_STRING = r"""[uf]?'((?:[^'\\\n]|\\.)*)'|[uf]?"((?:[^"\\\n]|\\.)*)\""""
_ITEM = re.compile(rf"\s*(?:{_STRING}|(?:None|null|nan|NaN)|([+-]?\d[\d.]*))\s*(?:,|(?=[\])]))")
_ROW = re.compile(rf"\s*[\[(]+(?:{_ITEM.pattern})+\s*[\])]+[,;]?\s*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_WHITE = re.compile(r"\s+")
_NESTED = re.compile(r"(?m)^[ ]*- -(?=[ \n]).*(?:\n[ ]+-(?!\S| -\s).*)+$")
_FIRST_DASHES = "- -"
_QUOTED = re.compile(r"""(['"])(.*)\1|null|~""")
_LEAST_ROWS = 4


def unlisted(text: str) -> str:
    """A text whose lists of strings and numbers, a line each, are cells with tabs between them, if it has several.

    A break inside a string stays white space: it may part two numbers.
    """
    if len(_NESTED.findall(text)) >= _LEAST_ROWS:
        return _NESTED.sub(_row_of, text)
    lines = text.split("\n")
    rows = {at for at, line in enumerate(lines) if line.lstrip()[:1] in ("[", "(") and _ROW.fullmatch(line)}
    if len(rows) < _LEAST_ROWS:
        return text
    return "\n".join("\t".join(_cells(line)) if at in rows else line for at, line in enumerate(lines))


def _row_of(nested: re.Match[str]) -> str:
    lines = nested[0].replace(_FIRST_DASHES, "-", 1).split("\n")
    cells = (line.lstrip().removeprefix("-").strip() for line in lines)
    return "\t".join(
        _QUOTED.sub(lambda match: match[2] or "", cell) if _QUOTED.fullmatch(cell) else cell for cell in cells
    )


def _cells(row: str) -> list[str]:
    return [
        _WHITE.sub(" ", _ESCAPE.sub(_character, item[1] or item[2] or item[3] or ""))
        for item in _ITEM.finditer(row.strip().lstrip("[("))
    ]


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else {"n": "\n", "t": "\t", "r": ""}.get(escape[2], escape[2])
