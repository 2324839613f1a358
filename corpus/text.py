"""Bytes to text, and text to the two forms in which it is used. Settled here, once.

``decode`` turns a payload into text; ``clean`` gives what is stored and shown; ``fold`` gives what is matched
and indexed, never shown. Raw text of cells is kept beside them, as printed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, wraps
from typing import TypeVar

from corpus.errors import UnreadableError

_BOMS = (
    # Before UTF-16, whose mark begins as that of UTF-32 does.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Tried where bytes are no UTF-8. In none of them is a byte of these, between which pieces stand, a part of a character.
_ENCODINGS = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_PIECES = re.compile(rb"(?<=[<>\n])")
_PADDING = b"\0" * 4
_CHINESE = 0.8
_SAMPLE = 20_000
_PROPERTY_ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030", "latin-1")

# NFKC maps the Kangxi radicals (U+2F00…) but not the CJK Radicals Supplement, which PDF fonts produce as
# readily. Pairs as in Unicode's EquivalentUnifiedIdeograph.txt: radical, then the ideograph it stands for.
_RADICAL_PAIRS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺶羊⺸羋⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹"
    "⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
    # Not as Unicode has them (戶, nothing): fonts for the mainland draw 户 and 彐 with the glyphs of these radicals.
    "⼾户⺕彐"
)


def _translation() -> dict[int, str]:
    table: dict[int, str] = {}
    compatibility = (
        (0x2F00, 0x2FD5),  # Kangxi radicals
        (0xF900, 0xFAFF),  # CJK compatibility ideographs
        (0x2F800, 0x2FA1F),  # and their supplement
        (0xFF10, 0xFF19),  # full-width digits
        (0xFF21, 0xFF3A),  # full-width capitals
        (0xFF41, 0xFF5A),  # full-width small letters
    )
    for first, last in compatibility:
        for point in range(first, last + 1):
            table[point] = unicodedata.normalize("NFKC", chr(point))
    pairs = zip(_RADICAL_PAIRS[::2], _RADICAL_PAIRS[1::2], strict=True)
    table.update((ord(radical), ideograph) for radical, ideograph in pairs)
    for space in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000":
        table[ord(space)] = " "
    invisible = (
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
        "\u20e3\ufe0e\ufe0f\ufeff\ufffc"
    )
    controls = [point for point in (*range(0x20), *range(0x7F, 0xA0)) if chr(point) not in "\t\n\r"]
    return table | dict.fromkeys(map(ord, invisible), "") | dict.fromkeys(controls, "")


_CLEAN = _translation()
_SPACES = re.compile(r"[ \t\r\f\v]+")
# From right to left, up to where it ends (Unicode Standard Annex 9, 2.2): what a reader sees is the other way round.
_TURNED = re.compile("\u202e([^\u202c]*)\u202c?")
_LABEL = 60
"""Characters; the longest statutory label has about 40."""
_ROW = 120
"""Characters of a link or a row about which judgements are remembered."""

T = TypeVar("T")


def decode(payload: bytes, declared: str = "") -> str:
    """Decode a payload: byte order mark, strict UTF-8, then what reads most like Chinese: GB18030, Big5, UTF-16.

    Declared encodings lie (docs/field.md, "Web pages"): ``declared`` is tried only when everything else fails. A page
    put together from others may be in two encodings: then each piece between its tags and lines is decoded alone.
    Raises UnreadableError for bytes that are no text in any of these.
    """
    if payload.endswith(_PADDING):
        payload = payload.rstrip(b"\0")
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(encoding, errors="replace")
    if (text := _strict(payload, "utf-8")) is not None:
        return text
    found = {encoding: text for encoding in _ENCODINGS if (text := _strict(payload, encoding)) is not None}
    best = max(found.values(), key=_commonness, default="")
    if _commonness(best) >= _CHINESE:
        return best
    # One broken byte, or a zero here and there, must not cost a page: what loses little is read.
    few_zeros = payload.replace(b"\0", b"") if payload.count(0) * 100 <= len(payload) else payload
    pieces = "".join(map(_piece, _PIECES.split(few_zeros)))
    if "\0" not in pieces and _lost(pieces) * 100 <= len(pieces) and _commonness(pieces) >= _CHINESE:
        return pieces
    # No Chinese, or hardly any.
    for text in (found.get("gb18030"), _strict(payload, declared) if declared else None):
        if text is not None:
            return text
    raise UnreadableError("encoding_unknown")


def _strict(payload: bytes, encoding: str) -> str | None:
    """The text of bytes that are wholly in an encoding; none that holds a zero, which no text does."""
    try:
        text = payload.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if "\x00" in text else text


def _piece(piece: bytes) -> str:
    """A piece in UTF-8 or GB18030, whichever reads more like Chinese."""
    if piece.isascii():
        return piece.decode("ascii")
    return max((piece.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")), key=_commonness)


def _commonness(text: str) -> float:
    """The share of the characters beyond ASCII that Chinese is usually written with, in either script."""
    beyond = [character for character in text[:_SAMPLE] if not character.isascii()]
    return sum(map(_common().__contains__, beyond)) / len(beyond) if beyond else 0.0


@cache
def _common() -> frozenset[str]:
    """The 3,755 most frequent ideographs of GB 2312, those of Big5's first level, and the punctuation of both."""
    levels = (
        ("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)),
        ("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF)),
        ("big5", range(0xA1, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    )
    return frozenset(
        "".join(
            bytes((lead, trail)).decode(encoding, errors="ignore")
            for encoding, leads, trails in levels
            for lead in leads
            for trail in trails
        )
    ) | {"\u00a0", "·", "—"}


def decode_property(payload: bytes) -> str:
    """The text of a file's property (a PDF's Title): marks first, else the encoding that makes most of it Chinese.

    The standard knows UTF-16 in big-endian order, UTF-8 with its mark and an 8-bit alphabet (ISO 32000-2, 7.9.2.2);
    programs write UTF-16 in little-endian order and GBK as well, with and without a mark.
    """
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(encoding, errors="replace").rstrip("\0")
    if payload.isascii() and b"\0" not in payload:
        return payload.decode("ascii")
    read = [payload.decode(encoding, errors="replace") for encoding in _PROPERTY_ENCODINGS]
    return max(read, key=_chinese_share).rstrip("\0")


def _chinese_share(text: str) -> float:
    return sum(_is_chinese(character) - (character == "\ufffd") for character in text) / max(len(text), 1)


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character in "（）“”《》、，年" or "0" <= character <= "9"


def _lost(text: str) -> int:
    return text.count("\ufffd")


def clean(text: str) -> str:
    """Text as it is stored and shown: one form for each character, ordinary spaces, Chinese punctuation kept.

    Idempotent. Line breaks stay; runs of other white space become one space.
    """
    if "\u202e" in text:
        text = _TURNED.sub(lambda turned: turned[1][::-1], text)
    return _cleaned(text) if len(text) <= _LABEL else _SPACES.sub(" ", text.translate(_CLEAN))


@lru_cache(maxsize=20_000)
def _cleaned(text: str) -> str:
    """Labels and cells, of which reports have the same ones again and again."""
    return _SPACES.sub(" ", text.translate(_CLEAN))


def remembered(judge: Callable[[str], T]) -> Callable[[str], T]:
    """A judgement that is remembered of short texts: the pages of a site have the same menus again and again."""
    known = lru_cache(maxsize=20_000)(judge)

    @wraps(judge)
    def judged(text: str) -> T:
        return known(text) if len(text) <= _ROW else judge(text)

    return judged


def compact(text: str) -> str:
    """Cleaned text without any white space: how labels, names and titles are compared."""
    return "".join(clean(text).split())


class _Fold(dict[int, str]):
    """Code point → its folded form, worked out when first seen. ``uneven`` holds those of another length than one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = unicodedata.normalize("NFKC", character.translate(_CLEAN)).casefold()
        if len(folded) != 1:
            self.uneven.add(character)
        self[point] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """Text as it is matched and indexed: cleaned characters, NFKC, no case. Never shown."""
    return text.translate(_FOLD)


def folds_in_place(text: str) -> bool:
    """Whether every character of the text folds to one character. The text must have been folded before."""
    return _FOLD.uneven.isdisjoint(text)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """``fold``, and for each character of it the offset in ``text`` it came from (one more for the end)."""
    folded = fold(text)
    if folds_in_place(text):
        return folded, range(len(text) + 1)
    offsets = [offset for offset, character in enumerate(text) for _ in _FOLD[ord(character)]]
    return folded, [*offsets, len(text)]
