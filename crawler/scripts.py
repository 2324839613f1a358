"""What a page's scripts tell: they run in QuickJS, in a browser made of paper (sandbox/), and are listened to.

Nothing is fetched, shown or kept by a script, and none runs for long or in much room (script_process.py). So data
in scripts, addresses put together from parts, pagers and click handlers need no patterns of ours: the page's own code
says what a reader's browser would ask for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Any

from lxml.html import HtmlElement

from corpus.text import compact
from crawler.script_process import run

PARTS = ("notes", "anything", "xml", "requests", "document", "jquery", "widgets", "window", "globals", "run")
"""The files of the sandbox, in their order."""

LARGEST = 120_000
"""Characters of a scene that is carried to the answer of an interface."""

MOST_ELEMENTS = 3000
MOST_TEMPLATES = 20

_CLICKED = ("onclick", "onmousedown", "ondblclick")
_SHOWN = frozenset(
    {"a", "li", "tr", "td", "th", "dd", "dt", "p", "div", "span", "i", "b", "em", "strong", "label", "button", "input"}
    | {"img", "area", "option", "section", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
)

_LISTENS = re.compile(r"\.(click|on|bind|live|delegate|onclick)\s*[(=]|addEventListener")
_ATTRIBUTE = re.compile(
    r"""(?i)\s(:href|v-bind:href|@click[.\w]*|v-on:click|lay-event|ng-click|ng-href|href|onclick)=(?:"([^"]*)"|'([^']*)')"""
)
_HOLE = re.compile(r"\{\{[^}#]+\}\}|<%[=\-]|\$\{")

Click = tuple[str, str, int | str | None]
"""What a click leads to: address, body, and the number of the option that was chosen, or what choices are called."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What scripts run in.

    ``scripts`` are a page's in order, ``files`` the addresses of those that stand in files of their own, whose text is
    ``""`` until it is asked for; ``elements`` are what a script can name, ``handlers`` what runs on a click.
    ``templates`` are attributes with holes for a record's fields, by name. The first ``carried`` elements are all that
    the answer of an interface needs; the others only listen for clicks.
    """

    url: str
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

    @classmethod
    def from_json(cls, text: str) -> Scene:
        """Back from text."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            url=data["url"],
            scripts=tuple(data["scripts"]),
            files=tuple(data["files"]),
            elements=tuple(data["elements"]),
            handlers=tuple(data["handlers"]),
            templates=tuple((name, value) for name, value in data.get("templates", ())),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a script would make: as written, with its body. ``ask`` names it among a scene's answers."""

    url: str
    body: str
    ask: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What came out of a run.

    ``asked`` and ``opened`` are what the scripts ask for and go to while loading, ``turned`` the same when a pager's
    callback is given a later page, ``clicked`` by the number of the element that was clicked: (address, body, label).
    ``later`` is all that they ask for once loaded, by a pager or a click; ``sent`` are the forms sent while loading.
    ``written`` are pieces of HTML, ``calls`` are (function, arguments) of what nobody defined, ``data`` the variables.
    ``broken``: they ended their process, and told nothing.
    """

    asked: tuple[Asked, ...] = ()
    opened: tuple[str, ...] = ()
    turned: tuple[Asked, ...] = ()
    later: tuple[Asked, ...] = ()
    sent: tuple[Asked, ...] = ()
    clicked: Mapping[int, tuple[Click, ...]] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    calls: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    gate: bool = False
    broken: bool = False


def scene_of(
    tree: HtmlElement, url: str, sources: Iterable[tuple[str, str]], templates: Iterable[tuple[str, str]] = ()
) -> tuple[Scene, dict[int, HtmlElement]]:
    """The scene of a page, and its elements by their numbers; ``sources`` are (address, text) of its scripts."""
    sources = list(sources)
    named, others = _nodes(tree, listening=any(_LISTENS.search(text) for _, text in sources))
    nodes = [*named, *others][:MOST_ELEMENTS]
    numbers = {node: number for number, node in enumerate(nodes)}
    elements = [_described(node, numbers) for node in nodes]
    handlers = [handler for node, number in numbers.items() for handler in _handlers(node, number)]
    scene = Scene(
        url=url,
        scripts=tuple(text for _, text in sources),
        files=tuple(address for address, _ in sources),
        elements=tuple(elements),
        handlers=tuple(handlers),
        templates=tuple(dict.fromkeys(templates))[:MOST_TEMPLATES],
        carried=len(named),
    )
    return scene, dict(enumerate(nodes))


def _nodes(tree: HtmlElement, *, listening: bool) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The elements that a script can name, and, where one is ``listening`` for clicks, the others that are shown."""
    every = [node for node in tree.iter() if isinstance(node.tag, str)]
    named = [node for node in every if _counts(node)][:MOST_ELEMENTS]
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
    form = next((numbers[parent] for parent in node.iterancestors("form") if parent in numbers), None)
    if form is not None:
        described["form"] = form
    if node.tag == "select":
        options = list(node.iter("option"))
        described["options"] = [option.get("value", compact("".join(option.itertext()))) for option in options]
        described["labels"] = [compact("".join(option.itertext())) for option in options]
        shown = next((place for place, option in enumerate(options) if "selected" in option.attrib), 0)
        described["value"] = described["options"][shown] if options else ""
    return described


def run_scene(scene: Scene, answers: Mapping[str, Any] | None = None) -> Told:
    """Run the scripts and handlers of a scene. What breaks, or takes too long, has told what it had told till then."""
    if not any(scene.scripts) and not scene.handlers and not any(_declares(one) for one in scene.elements):
        return Told()
    given = {name: getattr(scene, name) for name in ("url", "scripts", "elements", "handlers", "templates")}
    told = run(_sandbox(), json.dumps(given | {"answers": dict(answers or {})}))
    return _told(json.loads(told)) if told else Told(broken=True)


def _told(told: Mapping[str, Any]) -> Told:
    """The sandbox's account by its phases: 0 while loading, -1 and -2 a pager's later page, n + 1 a click on n."""
    requests, opened = told["requests"], told["opened"]
    return Told(
        asked=tuple(_asked(entry) for entry in _in_phases(requests, 0) if not entry.get("form")),
        sent=tuple(_asked(entry) for entry in _in_phases(requests, 0) if entry.get("form")),
        opened=tuple(entry["url"] for entry in _in_phases(opened, 0)),
        turned=(
            *(Asked(entry["url"], "", "") for entry in _in_phases(opened, -1)),
            *(_asked(entry) for entry in _in_phases(requests, -1, -2)),
        ),
        later=tuple(_asked(entry) for entry in requests if entry["phase"] != 0),
        clicked=_clicked(told),
        written=tuple(entry["html"] for entry in told["written"]),
        calls=tuple((entry["name"], tuple(entry["args"])) for entry in told["calls"] if entry["phase"] <= 0),
        data=told["data"],
        gate=bool(told["cookie"] and (told["reload"] or told["jumped"])),
    )


def _in_phases(entries: Iterable[Mapping[str, Any]], *phases: int) -> Iterator[Mapping[str, Any]]:
    return (entry for entry in entries if entry["phase"] in phases)


def _asked(entry: Mapping[str, Any]) -> Asked:
    method, url, body = entry["method"], entry["url"], entry["body"]
    ask = f"{method} {url} {body}"
    if method == "POST":
        return Asked(url, body, ask, post=True)
    return Asked(url + ("&" if "?" in url else "?") + body if body else url, "", ask)


def _clicked(told: Mapping[str, Any]) -> dict[int, tuple[Click, ...]]:
    """What each click led to: pages opened, then requests, then addresses given to functions that nobody defined."""
    leads: dict[int, list[Click]] = {}
    for kind, clicks_of in (("opened", _opened), ("requests", _requested), ("calls", _given)):
        for entry in told[kind]:
            if entry["phase"] > 0:
                leads.setdefault(entry["phase"] - 1, []).extend(clicks_of(entry))
    return {number: tuple(clicks) for number, clicks in leads.items()}


def _opened(entry: Mapping[str, Any]) -> list[Click]:
    return [(entry["url"], "", _label(entry))]


def _requested(entry: Mapping[str, Any]) -> list[Click]:
    one = _asked(entry)
    return [(one.url, one.body or ("&" if one.post else ""), _label(entry))]


def _label(entry: Mapping[str, Any]) -> int | str | None:
    chosen: int | str | None = entry.get("label") or entry.get("value")
    return chosen


def _given(entry: Mapping[str, Any]) -> list[Click]:
    return [(text, "", None) for text in entry["strings"] if is_address(text)]


def is_address(text: str) -> bool:
    """Whether a string in a script looks like an address rather than a word."""
    if len(text) > 400 or any(mark in text for mark in " <>\n{}"):
        return False
    head, _, _ = text.partition("?")
    last = head.rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    known = bool(dot) and bool(stem) and ending.isalnum() and ending[0].isalpha() and len(ending) <= 5
    return (text.startswith(("http://", "https://", "//", "/", "./", "../")) and len(text) > 1) or known


def _declares(element: Mapping[str, Any]) -> bool:
    """Whether an element is a grid that says where its rows are."""
    attributes = element["attrs"]
    return element["tag"] == "table" and ("data-url" in attributes or "url" in attributes.get("data-options", ""))


def templates_in(html: str) -> Iterator[tuple[str, str]]:
    """The attributes of a page, and of the templates in its scripts, whose value is to be made from a record."""
    for name, one, other in _ATTRIBUTE.findall(html):
        value = unescape(one or other)
        if name.startswith((":", "v-", "@", "ng-click", "lay-")) or _HOLE.search(value):
            yield name.lower().removeprefix("v-bind:").removeprefix(":"), value


def _counts(node: HtmlElement) -> bool:
    attributes = node.attrib
    return (
        node.tag in {"form", "input", "select", "textarea", "meta", "body"}
        or "id" in attributes
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
    if node.tag not in _SHOWN:
        return
    href = str(node.get("href", "")).strip()
    codes = [str(node.get(name)) for name in _CLICKED if node.get(name)]
    if href.lower().startswith("javascript:"):
        codes.append(href)
    for code in codes:
        bare = re.sub(r"(?i)^\s*javascript:", "", code)
        if bare.strip(" ;") not in {"", "void(0)", "void 0", "return false"}:
            yield {"element": number, "code": bare}


@cache
def _sandbox() -> str:
    """One function around all of it: a page's names and the sandbox's never meet."""
    parts = ((files("crawler") / "sandbox" / f"{name}.js").read_text(encoding="utf-8") for name in PARTS)
    return "\n".join(("(function () { 'use strict';", *parts, "})();"))
