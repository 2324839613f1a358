"""What the runs of a Word paragraph show: not what is hidden or struck out, by itself or by its style, or deleted.

Properties of a run go before those of its style, these before those of the paragraph's style, each style taking over
what the one it is based on says (ECMA-376 part 1, 17.7.2). What both styles strike out or hide is shown: the one
switches back what the other switched on (17.7.3). Of a field its result is shown, whatever stands in its instruction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.readers.marks import set_off
from corpus.readers.symbols import is_pictorial, moved_back

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
LEFT_OUT = frozenset(
    f"{W}{name}" for name in ("moveFrom", "del", "pPr", "rPr", "txbxContent", "rt", "footnote", "endnote", "styles")
) | {f"{W}lists", f"{W}docPr", f"{W}fonts"}
"""Elements with text in them that is not printed where they stand."""

# Not w:webHidden: it hides in one view of Word, not on the page.
_HIDING = ("vanish", "strike", "dstrike")
_TOGGLES = ("vanish", "strike")
_OFF = ("0", "false", "off", "none")
# Where a field begins, its instruction ends and it ends, in characters that no XML text can hold.
_BEGIN, _SEPARATE, _END = "\x02", "\x1e", "\x03"
_FIELD_MARKS = {"begin": _BEGIN, "separate": _SEPARATE, "end": _END}
_FIELD = re.compile("\x02(?:[^\x02\x1e\x03]*\x1e)?([^\x02\x1e\x03]*)\x03")
_NO_MARKS = dict.fromkeys(map(ord, _FIELD_MARKS.values()))
_DEEPEST_FIELD = 20
# What is no character of a font's own.
_WRITTEN = range(0x20, 0xD800)
# A lightness that nobody tells from paper.
_WHITE = re.compile(r"white|(?:f[a-f]){3}")
_PAPER = ("background1", "light1")
_PAPER_NAMES = ("bg1", "lt1")
_EDGED = ("emboss", "imprint", "outline", "shadow")
"""What draws the edges of letters, whatever colour fills them (ECMA-376 part 1, 17.3.2)."""
_CLEAR = 95_000
"""Of 100,000: what shows through letters."""
_TINY, _RAISED = 2.0, 2.0
_MARKERS = {
    "black": "000000", "white": "ffffff", "red": "ff0000", "blue": "0000ff", "green": "00ff00", "cyan": "00ffff",
    "magenta": "ff00ff", "yellow": "ffff00",
}  # fmt: skip
"""The colours of markers (ECMA-376 part 1, 17.18.40) as letters name theirs."""
_ANNOTATIONS = ("Word.Deletion", "Word.Comment")


def value(element: etree._Element | None) -> str:
    """The w:val of an element, "" for none."""
    return "" if element is None else element.get(f"{W}val", "")


def is_on(element: etree._Element | None) -> bool:
    """Whether a property that is either on or off is on."""
    return element is not None and value(element) not in _OFF


@dataclass(frozen=True, slots=True)
class _Look:
    """What properties say of how text looks: whether each that may hide it is on, and where it stands."""

    hiding: Mapping[str, bool] = field(default_factory=dict)
    place: str | None = None

    def over(self, other: _Look) -> _Look:
        """These properties, and the other's where these say nothing."""
        return _Look({**other.hiding, **self.hiding}, other.place if self.place is None else self.place)

    def toggled_over(self, other: _Look) -> _Look:
        """The same for a style of characters over one of paragraphs: what both switch on is off."""
        both = {name for name in _TOGGLES if self.hiding.get(name) and other.hiding.get(name)}
        return replace(self.over(other), hiding={**other.hiding, **self.hiding, **dict.fromkeys(both, False)})

    @property
    def is_hidden(self) -> bool:
        return any(self.hiding.values())


@dataclass(frozen=True, slots=True)
class Runs:
    """Reads paragraphs; ``styles`` by their ids."""

    styles: Mapping[str, _Look]

    @classmethod
    def of(cls, styles: etree._Element | None) -> Runs:
        """With the styles of a document."""
        every = {} if styles is None else {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
        return cls({id_: _inherited(id_, every) for id_ in every})

    def text(self, paragraph: etree._Element) -> str:
        """The text of a paragraph, without that of text boxes in it."""
        style = self.styles.get(value(paragraph.find(f"{W}pPr/{W}pStyle")), _Look())
        return _results("".join(self._pieces(paragraph, style)))

    def _pieces(self, element: etree._Element, style: _Look) -> Iterator[str]:
        for child in element:
            tag = str(child.tag)
            if (printed := _PRINTED.get(tag)) is not None:
                yield printed(child)
            elif tag == f"{W}r":
                yield from self._run(child, style)
            elif tag == f"{_M}f":
                yield "/".join("".join(self._pieces(part, style)) for part in child if part.tag != f"{_M}fPr")
            elif tag in (f"{_M}sup", f"{_M}sub"):
                yield set_off("".join(self._pieces(child, style)), tag.removeprefix(_M))
            elif tag == f"{W}pPr":
                yield from (mark.get(f"{_WX}val", "") for mark in child.iterfind(f"{W}listPr/{_WX}t"))
            elif tag not in LEFT_OUT and not _is_placeholder(child) and not _is_annotation(child):
                yield from self._pieces(child, style)

    def _run(self, run: etree._Element, style: _Look) -> Iterator[str]:
        own = run.find(f"{W}rPr")
        look = style
        if own is not None:
            named = self.styles.get(value(own.find(f"{W}rStyle")), _Look())
            look = _look(own).over(named.toggled_over(style))
        if not look.is_hidden and not _is_unseen(run):
            yield set_off("".join(self._pieces(run, style)), look.place or "")


def _inherited(id_: str, every: Mapping[str, etree._Element]) -> _Look:
    look, seen = _Look(), set[str]()
    while id_ in every and id_ not in seen:
        seen.add(id_)
        properties = every[id_].find(f"{W}rPr")
        look = look if properties is None else look.over(_look(properties))
        id_ = value(every[id_].find(f"{W}basedOn"))
    return look


def _look(properties: etree._Element) -> _Look:
    hiding = {name: is_on(found) for name in _HIDING if (found := properties.find(f"{W}{name}")) is not None}
    place = properties.find(f"{W}vertAlign")
    size, raised = (_points(value(properties.find(f"{W}{name}"))) for name in ("sz", "position"))
    # Letters of a size of their own, raised by two points or more, are marks too.
    own = ("super" if raised > 0 else "sub") if size and abs(raised) >= _RAISED else None
    if size > 0:
        hiding["tiny"] = size <= _TINY
    return _Look(hiding, own if place is None else value(place))


def _points(half: str) -> float:
    """A measure in half-points."""
    try:
        return int(half) / 2
    except ValueError:
        return 0.0


def _is_unseen(run: etree._Element) -> bool:
    """Whether a run is of the colour of its ground, or white on what is not shaded: paragraph, cell or table."""
    if any(is_on(run.find(f"{W}rPr/{W}{name}")) for name in _EDGED):
        return False
    color, shade, filling = (run.find(f"{W}rPr/{name}") for name in (f"{W}color", f"{W}shd", f"{_W14}textFill"))
    if filling is not None:
        letters = _filled(filling)
    elif color is not None:
        letters = "white" if color.get(f"{W}themeColor") in _PAPER else value(color).lower()
    else:
        return False
    if not letters:
        return True
    marker = value(run.find(f"{W}rPr/{W}highlight")).lower()
    ground = _MARKERS.get(marker, marker) or _shade(shade)
    if ground and ground != "auto":
        return letters == ground or (_WHITE.fullmatch(letters) is not None and _WHITE.fullmatch(ground) is not None)
    if not _WHITE.fullmatch(letters):
        return False
    return not any(
        holder.find(f"{W}{part}") is not None
        for holder in run.iterancestors()
        for part in (f"pPr/{W}shd", f"tcPr/{W}shd", f"tblPr/{W}shd", f"tblPr/{W}tblStyle", "background")
    )


def _filled(filling: etree._Element) -> str:
    """The colour that letters are filled with instead of their own (MS-DOCX 2.6.1.5), none where nothing shows it."""
    solid = next(filling.iter(f"{_W14}srgbClr", f"{_W14}schemeClr"), None)
    clear = 0 if solid is None else _share(solid.find(f"{_W14}alpha"))
    if filling.find(f"{_W14}noFill") is not None or clear >= _CLEAR:
        return ""
    named = "" if solid is None else solid.get(f"{_W14}val", "")
    return "white" if named in _PAPER_NAMES else named.lower() or "gradient"


def _share(alpha: etree._Element | None) -> int:
    stated = "" if alpha is None else alpha.get(f"{_W14}val", "")
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _shade(shade: etree._Element | None) -> str:
    """The colour of a shading: its fill, its pattern's where that covers all, a word for one that covers a part."""
    if shade is None:
        return ""
    pattern = value(shade)
    if pattern in ("solid", "pct100"):
        return shade.get(f"{W}color", "").lower()
    return shade.get(f"{W}fill", "").lower() if pattern in ("", "clear", "nil") else "pattern"


def _symbol(element: etree._Element) -> str:
    """A character given by its number, in a font of symbols or in any; a pictogram says nothing."""
    font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    number = moved_back(number)
    return chr(number) if number in _WRITTEN and not is_pictorial(font) else ""


def _results(text: str) -> str:
    """A paragraph's text without what its fields hold before their results.

    Of a field that says no result, or begins or ends in another paragraph, all is kept.
    """
    for _ in range(_DEEPEST_FIELD):
        if _BEGIN not in text:
            break
        text = _FIELD.sub(r"\1", text)
    return text.translate(_NO_MARKS)


def _field_mark(element: etree._Element) -> str:
    return _chosen(element) + _FIELD_MARKS.get(element.get(f"{W}fldCharType", ""), "")


def _formula(instruction: etree._Element) -> str:
    """A sum that Word is told to calculate: seen where it never did, as no result stands for it."""
    text = (instruction.text or "").strip()
    return text if text.startswith("=") else ""


def _chosen(field: etree._Element) -> str:
    """What a drop-down field of a form shows: its other kinds show the text that follows them."""
    list_ = field.find(f"{W}ffData/{W}ddList")
    if list_ is None:
        return ""
    entries = [value(entry) for entry in list_.iterfind(f"{W}listEntry")]
    stated = value(list_.find(f"{W}result")) or value(list_.find(f"{W}default")) or "0"
    number = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 4 else 0
    return entries[number] if number < len(entries) else ""


def _is_placeholder(element: etree._Element) -> bool:
    """Whether a content control only shows the words that ask for an entry."""
    return element.tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))


def _is_annotation(element: etree._Element) -> bool:
    """Whether it is a deletion or a comment as Word 2003 writes them."""
    return element.tag == f"{_AML}annotation" and element.get(f"{W}type", "") in _ANNOTATIONS


_PRINTED: Mapping[str, Callable[[etree._Element], str]] = {
    f"{W}t": lambda element: element.text or "",
    f"{_M}t": lambda element: element.text or "",
    f"{W}tab": lambda _: "\t",
    f"{W}br": lambda _: "\n",
    f"{W}cr": lambda _: "\n",
    f"{W}noBreakHyphen": lambda _: "-",
    f"{W}sym": _symbol,
    f"{W}fldChar": _field_mark,
    f"{W}instrText": _formula,
}
"""What an element that holds no others prints."""
