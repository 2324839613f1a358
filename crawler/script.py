"""The interfaces that a page's script would ask: addresses put together from strings and plain variables.

No script is run. An address whose parts are not all plain is left alone.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

_STRING = r"""(?:"[^"\n]*"|'[^'\n]*'|`[^`]*`)"""
_SUM = re.compile(rf"{_STRING}(?:\s*\+\s*(?:{_STRING}|[\w.$]+))*")
_PIECE = re.compile(rf"{_STRING}|[\w.$]+")
_VARIABLE = re.compile(r"""(?<![\w.$])([\w$]+)["']?\s*[:=]\s*(?:"([\w\-]+)"|'([\w\-]+)'|(\d+)\b)""")
_CALL = re.compile(
    rf"""(?s)(?:url["']?\s*:\s*|\b(?:get|post|getJSON|fetch|axios|request)\s*\(\s*)(?P<url>{_SUM.pattern})"""
    r"""\s*,(?:\s*\{?[^{}]{0,200}?(?:data|params|body)["']?\s*:\s*)?\s*\{(?P<data>[^{}]{0,400})\}"""
)
_PLAIN_CALL = re.compile(
    rf"\b(?:get|getJSON|fetch|axios|load\w*|ajax|open)\s*\(\s*(?:['\"](?:GET|get)['\"]\s*,\s*)?({_SUM.pattern})"
)
_FIELD = re.compile(r"""["']?([\w$]+)["']?\s*:\s*("[^"]*"|'[^']*'|[\w.$\-]+)""")
_INTERFACE = re.compile(
    r"""(?i)(?:/api/|/interface|/rest/|/openapi|query\w*list|list\w*query|getlist|articlelist|listdata|datalist|datastore|/data/|"""
    r"""getarticle|channel|\.json|\.xml|\.do\b|\.ashx|\.jsonp|list\.jsp|list\.php|ajax)"""
)
_PAGE_NAMES = re.compile(
    r"(?i)^(page|pageno|pagenum|pageindex|currentpage|currpage|curpage|p|pn|i|n|num|current|index)$"
)
_SIZE_NAMES = re.compile(r"(?i)^(size|pagesize|rows|limit|perpage|per)$")


def interfaces(script: str) -> tuple[str, ...]:
    """The addresses, as written, that look like a list's interface; a page number not yet known is 1."""
    variables = {name: one or other or number for name, one, other, number in _VARIABLE.findall(script)}
    found: dict[str, None] = {}
    asked: set[str] = set()
    for call in _CALL.finditer(script):
        address = _value(call.group("url").strip(), variables)
        fields = [(name, _value(value, variables, name)) for name, value in _FIELD.findall(call.group("data"))]
        plain = [(name, value) for name, value in fields if value is not None]
        if address and plain:
            asked.add(address)
            found[address + ("&" if "?" in address else "?") + urlencode(plain)] = None
    for match in _PLAIN_CALL.finditer(script):
        address = _value(match.group(1), variables)
        if address and address not in asked:
            found[address] = None
    for match in _SUM.finditer(script):
        address = _value(match.group(), variables)
        if (
            address
            and address not in asked
            and _INTERFACE.search(address)
            and re.match(r"(?:https?:|\.{0,2}/|[\w\-]+[./])", address)
        ):
            found[address] = None
    return tuple(found)


def _value(expression: str, variables: dict[str, str], name: str = "") -> str | None:
    """What a sum of strings and variables comes to; None where a part is not plain."""
    result = ""
    for piece in _PIECE.findall(expression):
        if piece[0] in "\"'":
            result += piece[1:-1]
        elif piece[0] == "`":
            filled = re.sub(
                r"\$\{\s*([\w.$]+)\s*\}", lambda match: _known(match.group(1), variables) or "\0", piece[1:-1]
            )
            result += filled
        else:
            value = _known(piece, variables, name)
            if value is None:
                return None
            result += value
    return None if "\0" in result or re.search(r"\s", result) else result


def _known(name: str, variables: dict[str, str], field: str = "") -> str | None:
    last = name.rpartition(".")[2]
    if name.isdecimal():
        return name
    if _PAGE_NAMES.match(last) or _PAGE_NAMES.match(field):
        return "1"
    if last in variables:
        return variables[last]
    return "20" if _SIZE_NAMES.match(last) or _SIZE_NAMES.match(field) else None
