"""Articles that a page does not show but carries: in a record of data, a script's string, a field or an attribute.

docs/sites.md, § 1: an interface answers with {title, publishedTime, content}, content being HTML, or the same in XML;
some pages fill the article from a string in a script, a hidden field or a closed textarea. It is put where it stands,
so that the page's own title, date and publisher stay around it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from corpus.errors import UnreadableError
from corpus.text import decode
from corpus.xml_name import local_name

_CONTENT = ("content", "html", "body", "articlecontent", "doccontent", "text", "description", "encoded")
_TITLES = ("title", "articletitle", "subtitle", "name")
_DATES = ("pubdate", "publishedtime", "publishtime", "createtime")
_PUBLISHERS = ("source", "contentsource", "author", "publisher")
_LEAST = 300
_ENOUGH = 2_000
_MOST = 0.8
_MOST_NUMBERS = 50
"""In the calendar of a page."""
_LEVELS = 12
_HANDED = re.compile(r"\s*(?:(?:(?:var|let|const)\s+)?[\w$.]+\s*[(=]\s*)?(?=[{\[])")
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_CLOSED = re.compile(r"<(template|noscript|noframes|textarea)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
"""Elements that show nothing of what they hold, or not as a page."""
_ATTRIBUTE = re.compile(rf"""=\s*(?:"([^"]{{{_LEAST},}})"|'([^']{{{_LEAST},}})')[^<>]*>""")
_HTML = re.compile(r"<html\b", re.IGNORECASE)
_PROLOGUE = 4096
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`', re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_DATA = re.compile(r"data:text/html(?:;charset=[\w-]+)?(;base64)?,", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"\s*data:image/[\w.+-]+(?:;[\w.=-]+)*;base64,", re.IGNORECASE)
_PACKED = re.compile(rf"[A-Za-z\d+/]{{{_LEAST},}}={{0,2}}")
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "\n": ""}


def article_of_data(text: str) -> str | None:
    """The page that a record of JSON or XML carries, its title and date as a page would state them; None without one.

    JSON may be handed to a function, or to a variable, as interfaces answer to a script.
    """
    if text.lstrip().startswith("<"):
        return None if _HTML.search(text, 0, _PROLOGUE) else _page(_xml_records(text))
    handed = _HANDED.match(text)
    if handed is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, handed.end())
    except (ValueError, RecursionError):
        return None
    return _page(_records(value, 0))


def article_of_script(script: str) -> str | None:
    """The longest HTML that stands in a string of a script; None where none is long enough to be an article."""
    if len(script) < _LEAST:
        return None
    if script.lstrip().startswith("<") and _is_article(script):
        return script  # of a type that no browser runs: a part of the page for a script to show
    if (article := article_of_data(script)) is not None:
        return article
    strings = [_unescaped(match[1:-1]) for match in _STRING.findall(script)]
    longest = max(strings, key=len, default="")
    if len(longest) < _MOST * sum(map(len, strings)):
        longest = "".join(strings)  # A script may put an article together from many strings.
    elif _is_article(longest):
        # Beside one that is all of it, as in a row of a database, others say its title and date.
        longest = "".join(string if string is longest else f"<p>{escape(string)}</p>" for string in strings)
    return longest if _is_article(longest) else None


def with_its_article(page: str) -> str:
    """A page that shows little, with the longest article that it carries in the place of what carries it."""
    if not _is_shell(page):
        return page
    start, end, article = max(_carried(page), key=lambda found: len(found[2]), default=(0, 0, ""))
    body = _BODY.search(page)
    if body is not None and start < body.start():
        start = end = page.lower().rfind("</body")  # what stands in the head has no place of its own
    return page[:start] + article + page[end:]


def _carried(page: str) -> Iterator[tuple[int, int, str]]:
    """The articles that scripts, closed elements and attributes of a page carry, and where these stand."""
    for script in _SCRIPT.finditer(page):
        if (article := article_of_script(script[1])) is not None:
            yield *script.span(), article
    for holder in _CLOSED.finditer(page):
        if _is_article(value := holder[2] if "<" in holder[2] else unescape(holder[2])):
            yield *holder.span(), value
    # Strings in a script look like attributes, too.
    for holder in _ATTRIBUTE.finditer(_CLOSED.sub(_blank, _SCRIPT.sub(_blank, page))):
        if _is_article(value := unescape(holder[1] or holder[2])):
            yield holder.end(), holder.end(), value


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


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


def _is_shell(page: str) -> bool:
    """Whether a page shows so little text, and no table of numbers, that its article must stand elsewhere."""
    words = _TAGS.sub(" ", _ATTRIBUTE.sub(">", _CLOSED.sub(" ", _SCRIPT.sub(" ", page)))).split()
    return len("".join(words)) < _ENOUGH and sum(map(str.isdigit, words)) <= _MOST_NUMBERS


def _page(records: Iterator[dict[str, object]]) -> str | None:
    best: tuple[int, str] | None = None
    for record in records:
        members = {name.lower(): member for name, member in record.items() if isinstance(member, str)}
        content = max((members.get(name, "") for name in _CONTENT), key=len)
        if _is_article(content) and (best is None or len(content) > best[0]):
            title, date, publisher = (
                next((members[name].strip() for name in names if members.get(name)), "")
                for names in (_TITLES, _DATES, _PUBLISHERS)
            )
            best = len(content), _whole(_html(title, date, publisher, content))
    return best[1] if best else None


def _xml_records(text: str) -> Iterator[dict[str, object]]:
    """The elements of an XML text that hold others, as records of these."""
    if "<![CDATA[" not in text and "&lt;" not in text:
        return  # whatever holds mark-up as text
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    root: etree._Element | None = etree.fromstring(text.strip().encode(errors="replace"), parser)
    for element in root.iter(etree.Element) if root is not None else ():
        if parts := list(element.iterchildren(etree.Element)):
            yield {local_name(part.tag): "".join(part.itertext()) for part in parts}


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
    elif isinstance(value, str) and len(value) >= _LEAST and value[0] in "{[":
        try:
            yield from _records(json.loads(value), level + 1)
        except (ValueError, RecursionError):
            return  # a text in brackets


def _html(title: str, date: str, publisher: str, content: str) -> str:
    stated = f'<meta name="PubDate" content="{date}">' if re.fullmatch(r"[\d :./T-]{8,25}", date) else ""
    return (
        f'<html><head><title>{escape(title)}</title><meta name="ArticleTitle" content="{escape(title)}">{stated}'
        f'<meta name="ContentSource" content="{escape(publisher)}"></head>'
        f"<body><h1>{escape(title)}</h1><div>{content}</div></body></html>"
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
