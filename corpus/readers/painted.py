"""Which looks of an element leave nothing of it to be seen: away from the page, not painted, of the ground's colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from corpus.readers.style_sheet import Look

_SIDES = ("left", "top", "right", "bottom")
_FAR = re.compile(r"-\d{3,}")
_VERY_FAR = re.compile(r"-\d{4,}")
_NOTHING = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%|cm|mm|in)?|0?\.\d+p[xt]|1p[xt]")
_FLAT = re.compile(r"rotate[xy]\(\s*-?(?:90|270)deg|scale(?:x|y|3d)?\(\s*(?:[\d.]+\s*,\s*)?(?:0(?:\.0*)?|\.0+)\s*[,)]")
_MOVED = re.compile(r"translate(?:x|y|3d)?\([^)]*-\d{4,}")
_CUT_AWAY = re.compile(r"inset\((?:50|100)%\)|circle\(0.*|polygon\(0 0(?:,\s*0 0)*\)")
_MASKS = ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image")
_MASKED = re.compile(r"linear-gradient\((?:[^,()]*deg,)?\s*(?:transparent[\s\d%]*,?\s*)+\)")
# Text that begins where its box ends.
_BEYOND = re.compile(r"\d{3,}%")
# Of a lightness that nobody tells from paper, in the notations of CSS Color 4.
WHITE = re.compile(
    r"white|snow|#fff|#(?:f[a-f]){3}(?:[\da-f]{2})?"
    r"|rgba?\(\s*(?:25[0-5]|100%)(?:[\s,]+(?:25[0-5]|100%)){2}\s*(?:[,/][^)]*)?\)|hsla?\([^)]*\b100%\s*(?:[,/][^)]*)?\)"
)
_RELATIVE = re.compile(r"[\d.]+(?:em|%)|larger|smaller")
_HEIGHT = re.compile(r"(\d*\.?\d+)(em|rem|px|pt)")
_PER_LINE = {"em": 1.2, "rem": 1.2, "px": 19.2, "pt": 14.4}
_ONE_LINE = 1.5
_SHARE = re.compile(r"(\d+\.?\d*|\.\d+)(%?)")
_HARDLY = 0.05
_CLEAR = re.compile(
    r"transparent|(?:rgb|hsl)a?\((?:[^,/)]*,){3}\s*0(?:\.0+)?%?\s*\)|[a-z]+\([^)]*/\s*0(?:\.0+)?%?\s*\)"
    r"|#[\da-f]{3}0|#[\da-f]{6}00"
)
_TABLE_PARTS = ("table", "td", "th", "tr", "tbody", "thead", "tfoot")
_INLINE = ("a", "b", "em", "font", "i", "label", "small", "span", "strong", "u")
_BOXED = ("block", "inline-block", "flex", "inline-flex")


def is_away(look: Look) -> bool:
    """Whether an element stands beside the page, or is cut off where it stands without taking up place."""
    return look.get("position") in ("absolute", "fixed") and (
        any(map(_FAR.match, (*look.get("inset", "").split(), *(look.get(side, "") for side in _SIDES))))
        or look.get("clip", "").startswith(("rect(0", "rect(1px"))
    )


def is_unpainted(element: etree._Element, look: Look) -> bool:
    """Whether nothing of an element and of all in it is painted."""
    return _is_moved_away(look) or _is_cut(element, look) or _is_faded(element, look)


def _is_moved_away(look: Look) -> bool:
    """Whether an element is filtered, scaled, cut or moved out of sight, wherever it stands."""
    return (
        "opacity(0" in look.get("filter", "").replace(" ", "")
        or _FLAT.search(look.get("transform", "")) is not None
        or _MOVED.search(look.get("transform", "")) is not None
        or _VERY_FAR.search(look.get("translate", "")) is not None
        or _is_nought(look.get("scale", ""))
        or look.get("content-visibility") == "hidden"
        or _CUT_AWAY.fullmatch(look.get("clip-path", "")) is not None
        or _FAR.match(look.get("text-indent", "")) is not None
        or any(_MASKED.fullmatch(look.get(name, "")) for name in _MASKS)
        # Moved from its place, which stays empty; columns of a layout are moved by their widths, not by screens.
        or (look.get("position") == "relative" and _VERY_FAR.match(look.get("left", "")) is not None)
    )


def _is_cut(element: etree._Element, look: Look) -> bool:
    """Whether an element is cut to nothing; parts of tables grow with what they hold, and what runs in a line too."""
    is_box = element.tag not in (*_INLINE, *_TABLE_PARTS) or look.get("display") in _BOXED or "position" in look
    return (
        is_box
        and look.get("overflow") in ("hidden", "clip")
        and (
            any(_NOTHING.fullmatch(look.get(size, "")) for size in ("width", "height", "max-width", "max-height"))
            or _BEYOND.match(look.get("text-indent", "")) is not None
        )
    )


def is_window(look: Look) -> bool:
    """Whether an element is one line high and shows nothing beyond: a wheel of digits, of which one is seen."""
    height = _HEIGHT.fullmatch(look.get("height", ""))
    lines = float(height[1]) / _PER_LINE[height[2]] if height else 0.0
    return look.get("overflow") in ("hidden", "clip") and 0 < lines <= _ONE_LINE


def _is_faded(element: etree._Element, look: Look) -> bool:
    """Whether an element is of no opacity, and no table that a script fades in as it is scrolled to."""
    return _is_nought(look.get("opacity", "")) and next(element.iter("table", *_TABLE_PARTS), None) is None


def _is_nought(number: str) -> bool:
    """Whether a share is nought, or so small that nobody sees the difference."""
    share = _SHARE.fullmatch(number)
    return share is not None and float(share[1]) / (100 if share[2] else 1) < _HARDLY


def _is_clear(look: Look) -> bool:
    """Whether letters are of no colour, or of that of the ground that their element states."""
    if "text" in (look.get("background-clip"), look.get("-webkit-background-clip")):
        # Letters are cut out of their ground.
        return False
    color = look.get("color", "")
    return _CLEAR.fullmatch(color) is not None or _is_white(look) or (color != "" and color == _ground(look))


def _is_white(look: Look) -> bool:
    return WHITE.fullmatch(look.get("color", "")) is not None


def is_relative(name: str, look: Look) -> bool:
    """Whether a property is a multiple of what it was around an element: of nothing it is nothing."""
    return name == "font-size" and _RELATIVE.fullmatch(look.get(name, "")) is not None


INHERITED: Mapping[str, Callable[[Look], bool]] = {
    "visibility": lambda look: look.get("visibility") in ("hidden", "collapse"),
    "font-size": lambda look: _NOTHING.fullmatch(look.get("font-size", "")) is not None,
    "color": _is_clear,
    "-webkit-text-fill-color": lambda look: _is_clear({**look, "color": look.get("-webkit-text-fill-color", "")}),
}
"""Properties that hide an element and all in it that does not state another value for itself."""


def shows_white(element: etree._Element, look: Look, stated: Mapping[etree._Element, Look]) -> bool:
    """Whether an element's letters are white on a ground that is not."""
    return _is_white(look) and not WHITE.fullmatch(_ground(look)) and _has_background(element, stated)


def _ground(look: Look) -> str:
    ground = look.get("background-color") or look.get("background", "")
    return look.get("color", "") if ground == "currentcolor" else ground


def _has_background(element: etree._Element, stated: Mapping[etree._Element, Look]) -> bool:
    """Whether white letters may show: on a background that the page states, or that a sheet elsewhere may give it."""
    if any("stylesheet" in link.get("rel", "").lower() for link in element.getroottree().iter("link")):
        return True
    return any(
        "background" in stated.get(holder, ())
        or "background-color" in stated.get(holder, ())
        or "background" in holder.get("style", "").lower()
        or holder.get("bgcolor") is not None
        or holder.get("background") is not None
        for holder in (element, *element.iterancestors())
    )
