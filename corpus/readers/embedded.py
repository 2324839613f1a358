"""Articles that a page does not show but carries: in JSON (an interface's answer) or in a script's string.

docs/sites.md, § 1: an interface answers with {title, publishedTime, content}, content being HTML; some pages fill the
article from a string in a script.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_to_bytes

from corpus.errors import UnreadableError
from corpus.text import decode

_CONTENT = ("content", "html", "body", "articlecontent", "doccontent", "text")
_TITLES = ("title", "articletitle", "subtitle", "name")
_DATES = ("pubdate", "publishedtime", "publishtime", "createtime")
_LEAST = 300
_ENOUGH = 2_000
_LEVELS = 12
_HANDED = re.compile(r"\s*(?:(?:(?:var|let|const)\s+)?[\w$.]+\s*[(=]\s*)?(?=[{\[])")
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`', re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_DATA = re.compile(r"data:text/html(?:;charset=[\w-]+)?(;base64)?,", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"\s*data:image/[\w.+-]+(?:;[\w.=-]+)*;base64,", re.IGNORECASE)
_PACKED = re.compile(rf"[A-Za-z\d+/]{{{_LEAST},}}={{0,2}}")
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "\n": ""}


def article_of_json(text: str) -> str | None:
    """The page that a JSON text carries, its title and date as a page would state them; None where it has none.

    The text may be handed to a function, or to a variable, as interfaces answer to a script.
    """
    handed = _HANDED.match(text)
    if handed is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, handed.end())
    except (ValueError, RecursionError):
        return None
    return _page(value)


def article_of_script(page: str) -> str | None:
    """The longest HTML that stands in a string of a script; None where none is long enough to be an article."""
    found: list[str] = []
    for script in _SCRIPT.findall(page):
        if len(script) < _LEAST:
            continue
        if (article := article_of_json(script)) is not None:
            found.append(article)
            continue
        strings = [_unescaped(match[1:-1]) for match in _STRING.findall(script)]
        # A script may put an article together from many strings.
        found.extend(filter(_is_article, (*strings, "".join(strings))))
    return max(found, key=len, default=None)


def page_of_address(address: str) -> str:
    """The page that a data address holds (RFC 2397); "" for any other address."""
    match = _DATA.match(address)
    if match is None:
        return ""
    data = unquote_to_bytes(address[match.end() :])
    return decode(_from_base64(data) or b" ") if match[1] else decode(data or b" ")


def picture_of_address(address: str) -> bytes | None:
    """The picture that a data address holds; None for any other address."""
    match = _DATA_PICTURE.match(address)
    return _from_base64(unquote_to_bytes(address[match.end() :])) if match else None


def is_shell(page: str) -> bool:
    """Whether a page shows so little text that its article must stand elsewhere."""
    return len("".join(_TAGS.sub(" ", _SCRIPT.sub(" ", page)).split())) < _ENOUGH


def _page(value: object) -> str | None:
    best: tuple[int, str] | None = None
    for record in _records(value, 0):
        members = {name.lower(): member for name, member in record.items() if isinstance(member, str)}
        content = max((members.get(name, "") for name in _CONTENT), key=len)
        if _is_article(content) and (best is None or len(content) > best[0]):
            title = next((members[name] for name in _TITLES if members.get(name)), "")
            date = next((members[name] for name in _DATES if members.get(name)), "")
            best = len(content), _whole(_html(title, date, content))
    return best[1] if best else None


def _records(value: object, level: int) -> Iterator[dict[str, object]]:
    if level > _LEVELS:
        return
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from _records(member, level + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _records(item, level + 1)


def _html(title: str, date: str, content: str) -> str:
    quoted = title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    stated = f'<meta name="PubDate" content="{date}">' if re.fullmatch(r"[\d :./T-]{8,25}", date) else ""
    return (
        f'<html><head><title>{quoted}</title><meta name="ArticleTitle" content="{quoted}">{stated}</head>'
        f"<body><h1>{quoted}</h1><div>{content}</div></body></html>"
    )


def _is_article(text: str) -> bool:
    return len(text) >= _LEAST and "<" in text and text.count(">") > 3


def _from_base64(data: bytes) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        return b""


def _unescaped(string: str) -> str:
    if _PACKED.fullmatch(string):
        try:
            return decode(_from_base64(string.encode()) or b" ")
        except UnreadableError:
            return string  # a picture
    if "<" not in string and "%3c" in string.lower():
        # What escape() and encodeURIComponent() write (ECMA-262, B.2.1.1 and 19.2.6.4).
        string = unquote(_UNICODE.sub(lambda code: chr(int(code[1], 16)), string))
    return _whole(_ESCAPE.sub(_character, string))


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])


def _whole(text: str) -> str:
    """Text with its surrogates joined; half of a pair is no character."""
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
