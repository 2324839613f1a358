"""Pages whose style sheets ask what a screen is like, move and scale by new properties, or write numbers themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.accuracy.formats.page import html
from tests.accuracy.paper import Paper
from tests.accuracy.traits.pages import Written
from tests.accuracy.traits.tokens import destroy, filled, tokened

_SHEET = """<style>
@media (width >= 400px) {.w {display: none}}  @media (hover: hover) and (pointer: fine) {.m {display: none}}
@scope (td) {.in {display: none}}  .only:only-of-type {display: none}
.away {translate: -9999px 0; display: inline-block}
.wheel {display: inline-block; height: 1em; overflow: hidden}  .wheel b {display: block}
.none {font-size: 0}  .none b {font-size: 2em}  .count::after {content: counter(n)}  .dots {-webkit-text-security: disc}
.cut {color: transparent; -webkit-background-clip: text; background-image: linear-gradient(#000, #222)}
</style>"""

_CELLS: Mapping[str, str] = {
    "by a range of widths": "<b class=w>91</b>{}",
    "where there is a mouse": "<b class=m>91</b>{}",
    "in a scope": "<b class=in>91</b>{}",
    "only of its type": "{}<u class=only>91</u>",
    "moved by a property of its own": "<b class=away>91</b>{}",
    "wheel of digits": "<span class=wheel><b>{}</b><b>91</b></span>",
    "a multiple of nothing": "<i class=none><b>91</b></i>{}",
    "letters cut out of their ground": "<b class=cut>{}</b>",
}
_UNTELLABLE: Mapping[str, str] = {
    "counted by a style sheet": '<b class=count style="counter-reset: n {}"></b>',
    "dots for digits": "<b class=dots>{}</b>",
}


def _decorated(decorate: Callable[[str], str], *, tellable: bool = True) -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        page = html(made).decode().replace("</head>", _SHEET + "</head>")
        if not tellable:
            destroy(made, boxes)
        return made, filled(page, boxes, decorate).encode(), ".html"

    return write


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    **{f"html: {name}": _decorated(pattern.format) for name, pattern in _CELLS.items()},
    **{f"html: {name}": _decorated(pattern.format, tellable=False) for name, pattern in _UNTELLABLE.items()},
    "html: digits as keys": _decorated(lambda text: "".join(f"{digit}\ufe0f\u20e3" for digit in text)),
}
