"""What a page's scripts tell: they run in QuickJS, in a browser made of paper (sandbox/), and are listened to.

Nothing is fetched, shown or kept by a script, and none runs for long or in much room (script_process.py). So data
in scripts, addresses put together from parts, pagers and click handlers need no patterns of ours: the page's own code
says what a reader's browser would ask for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from crawler.scene import Scene
from crawler.script_process import run

PARTS = (
    "notes",
    "anything",
    "xml",
    "requests",
    "document",
    "selects",
    "jquery",
    "widgets",
    "routes",
    "window",
    "globals",
    "run",
)
"""The files of the sandbox, in their order."""

Click = tuple[str, str, int | str | None]
"""What a click leads to: address, body, and the number of the option that was chosen, or what choices are called."""


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
    ``gate``: they set a cookie and want to be asked again; ``reloads``: they want to be asked again.
    ``lacking``: they make text of a setting that nobody defined.
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
    reloads: bool = False
    lacking: bool = False
    broken: bool = False


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
        reloads=bool(told["reload"]),
        lacking=told["lacking"],
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
    """The addresses in a call; a bare name beside one with a folder is what the file is to be called."""
    addresses = [text for text in entry["strings"] if is_address(text)]
    whole = [text for text in addresses if "/" in text]
    return [(text, "", None) for text in whole or addresses]


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


@cache
def _sandbox() -> str:
    """One function around all of it: a page's names and the sandbox's never meet."""
    parts = ((files("crawler") / "sandbox" / f"{name}.js").read_text(encoding="utf-8") for name in PARTS)
    return "\n".join(("(function () { 'use strict';", *parts, "})();"))
