"""The scene of a page's scripts: what they can name, what listens for clicks, and what is to be filled (scripts.py)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from corpus.text import compact

LARGEST = 120_000
"""Characters of a scene that is carried to the answer of an interface."""

MOST_ELEMENTS = 3000
MOST_TEMPLATES = 20
LONGEST_TEMPLATE = 4000
_CARRIERS = frozenset({"script", "textarea", "xmp"})
"""What carries a piece of HTML for a script to fill."""

_CLICKED = ("onclick", "onmousedown", "ondblclick")
_SHOWN = frozenset(
    {"a", "li", "tr", "td", "th", "dd", "dt", "p", "div", "span", "i", "b", "em", "strong", "label", "button", "input"}
    | {"img", "area", "option", "section", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
)

_LISTENS = re.compile(r"\.(click|on|bind|live|delegate|onclick)\s*[(=]|addEventListener")
_SELECTED = re.compile(r"""[$(]\s*(["'`])([^"'`\n]{1,120})\1""")
"""What scripts name elements by: $('.pages'), querySelectorAll(".pages"), getElementsByClassName("pages")."""

_LOOKS = frozenset({"class", "style", "id", "title", "align", "width", "height", "href", "target", "src", "alt"})
"""Attributes that tell a script nothing of its own."""

_ATTRIBUTE = re.compile(
    r"""(?i)\s(:href|v-bind:href|:to|v-bind:to|@click[.\w]*|v-on:click|lay-event|ng-click|ng-href|href|onclick)=(?:"([^"]*)"|'([^']*)')"""
)
_HOLE = re.compile(r"\{\{[^}#]+\}\}|<%[=\-]|\$\{")


@dataclass(frozen=True, slots=True)
class Scene:
    """What scripts run in.

    ``url`` is where the page stands, ``base`` what its addresses are relative to (HTML, "document base URL").
    ``scripts`` are a page's in order, ``files`` the addresses of those that stand in files of their own, whose text is
    ``""`` until it is asked for; ``elements`` are what a script can name, ``handlers`` what runs on a click.
    ``templates`` are attributes with holes for a record's fields, by name. The first ``carried`` elements are all that
    the answer of an interface needs; the others only listen for clicks.
    """

    url: str
    base: str
    scripts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    elements: tuple[Mapping[str, Any], ...] = ()
    handlers: tuple[Mapping[str, Any], ...] = ()
    templates: tuple[tuple[str, str], ...] = ()
    carried: int = MOST_ELEMENTS

    def to_json(self) -> str:
        """As one line; ``""`` where it is too large to be carried around."""
        text = json.dumps(asdict(replace(self, elements=self.elements[: self.carried])), ensure_ascii=False)
        return text if len(text) <= LARGEST else ""

    def carrying(self, numbers: Iterable[int]) -> Scene:
        """The scene with some more elements that are carried: those whose clicks ask for what is to be answered."""
        chosen = {number for number in numbers if number >= self.carried}
        others = [one for number, one in enumerate(self.elements) if number >= self.carried and number not in chosen]
        carried = (*self.elements[: self.carried], *(self.elements[number] for number in sorted(chosen)))
        return replace(self, elements=(*carried, *others), carried=len(carried))

    @classmethod
    def from_json(cls, text: str) -> Scene:
        """Back from text."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            url=data["url"],
            base=data.get("base") or data["url"],
            scripts=tuple(data["scripts"]),
            files=tuple(data["files"]),
            elements=tuple(data["elements"]),
            handlers=tuple(data["handlers"]),
            templates=tuple((name, value) for name, value in data.get("templates", ())),
        )


def scene_of(
    tree: HtmlElement,
    url: str,
    base: str,
    sources: Iterable[tuple[str, str]],
    templates: Iterable[tuple[str, str]] = (),
) -> tuple[Scene, dict[int, HtmlElement]]:
    """The scene of a page, and its elements by their numbers; ``sources`` are (address, text) of its scripts."""
    sources = list(sources)
    code = "\n".join(text for _, text in sources)
    named, others = _nodes(tree, _classes_in(code), listening=_LISTENS.search(code) is not None)
    nodes = [*named, *others][:MOST_ELEMENTS]
    numbers = {node: number for number, node in enumerate(nodes)}
    elements = [_described(node, numbers) for node in nodes]
    handlers = [handler for node, number in numbers.items() for handler in _handlers(node, number)]
    scene = Scene(
        url=url,
        base=base,
        scripts=tuple(text for _, text in sources),
        files=tuple(address for address, _ in sources),
        elements=tuple(elements),
        handlers=tuple(handlers),
        templates=tuple(dict.fromkeys(templates))[:MOST_TEMPLATES],
        carried=len(named),
    )
    return scene, dict(enumerate(nodes))


def _classes_in(code: str) -> frozenset[str]:
    """The words by which scripts select elements, classes among them."""
    return frozenset(word for _, said in _SELECTED.findall(code) for word in re.findall(r"[\w-]+", said))


def _nodes(
    tree: HtmlElement, classes: frozenset[str], *, listening: bool
) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The elements that a script can name, and, where one is ``listening`` for clicks, the others that are shown."""
    every = [node for node in tree.iter() if isinstance(node.tag, str)]
    named = [node for node in every if _counts(node) or _tells(node, classes)][:MOST_ELEMENTS]
    known = set(named)
    return named, [node for node in every if node.tag in _SHOWN and node not in known] if listening else []


def _described(node: HtmlElement, numbers: Mapping[HtmlElement, int]) -> dict[str, Any]:
    """An element as the sandbox makes it again; ``form`` is the number of the form that it stands in."""
    described: dict[str, Any] = {
        "tag": node.tag,
        "attrs": {str(name).lower(): str(value) for name, value in node.attrib.items()},
        "text": compact("".join(node.itertext()))[:80] if node.tag not in {"form", "body"} else "",
        "value": str(node.get("value") or ""),
    }
    if node.tag in _CARRIERS and not node.get("src"):
        described["html"] = "".join(node.itertext())[:LONGEST_TEMPLATE]
    form = next((numbers[parent] for parent in node.iterancestors("form") if parent in numbers), None)
    if form is not None:
        described["form"] = form
    return described | _offered(node) if node.tag == "select" else described


def _offered(select: HtmlElement) -> dict[str, Any]:
    options = list(select.iter("option"))
    labels = [compact("".join(option.itertext())) for option in options]
    values = [option.get("value", label) for option, label in zip(options, labels, strict=True)]
    shown = next((value for value, option in zip(values, options, strict=True) if "selected" in option.attrib), None)
    return {"options": values, "labels": labels, "value": shown if shown is not None else next(iter(values), "")}


def templates_in(html: str) -> Iterator[tuple[str, str]]:
    """The attributes of a page, and of the templates in its scripts, whose value is to be made from a record.

    One that is ``bound`` is code as a whole, :href="'/show/' + item.id"; of any other only what stands in its holes is.
    """
    for name, one, other in _ATTRIBUTE.findall(html):
        value = unescape(one or other)
        if name.lower().startswith((":", "v-bind:")):
            yield "bound", value
        elif name.startswith(("v-", "@", "ng-click", "lay-")) or _HOLE.search(value):
            yield name.lower(), value


def _tells(node: HtmlElement, classes: frozenset[str]) -> bool:
    """Whether an element that scripts select by its class says something to them: <div class=pages pagecount=3>."""
    own = any(str(name) not in _LOOKS for name in node.attrib)
    return own and not classes.isdisjoint(str(node.get("class", "")).split())


def _counts(node: HtmlElement) -> bool:
    if node.tag in {"form", "input", "select", "textarea", "meta", "body"} or "-" in str(node.tag):
        return True  # With a hyphen it is an element of the site's own: what it does, a script elsewhere knows.
    attributes = node.attrib
    return bool(attributes) and (
        "id" in attributes
        or any(name in attributes for name in _CLICKED)
        or str(attributes.get("href", "")).strip().lower().startswith("javascript:")
        or (
            node.tag in {"a", "div", "span", "ul", "li", "table", "th"}
            and any(str(name).startswith("data-") for name in attributes)
        )
    )


def _handlers(node: HtmlElement, number: int) -> Iterable[dict[str, Any]]:
    if node.tag == "body" and node.get("onload"):
        yield {"element": number, "code": node.get("onload"), "load": True}
    if node.tag == "select" and node.get("onchange"):
        values = [option.get("value", compact("".join(option.itertext()))) for option in node.iter("option")][:60]
        yield {"element": number, "code": node.get("onchange"), "values": values}
    href = str(node.get("href", "")).strip()
    codes = [str(node.get(name)) for name in _CLICKED if node.get(name)]
    if href.lower().startswith("javascript:"):
        codes.append(href)
    for code in codes:
        bare = re.sub(r"(?i)^\s*javascript:", "", code)
        if bare.strip(" ;") not in {"", "void(0)", "void 0", "return false"}:
            yield {"element": number, "code": bare}
