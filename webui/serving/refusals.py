"""What is said before the application is asked, in one line, Chinese first: too much, too slow, too many."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from webui.shapes import Json

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status, its code in JSON, and its sentence in both languages; ``{}``: in how many seconds to ask again."""

    status: int
    code: str
    chinese: str
    english: str


class RefusedError(Exception):
    """A request is not answered; ``after`` is in how many seconds it may be."""

    def __init__(self, refusal: Refusal, after: float = 1) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.after = after


LATE = Refusal(408, "late", "请求未能及时送达。", "The request did not arrive in time.")
LARGE = Refusal(413, "too_large", "请求过大。", "The request is too large.")
OFTEN = Refusal(429, "too_often", "请求过于频繁，请于 {} 秒后再试。", "You ask too often: ask again in {} seconds.")
BUSY = Refusal(503, "busy", "网站繁忙，请于 {} 秒后再试。", "The site is busy: ask again in {} seconds.")
CUT = Refusal(
    503,
    "over_budget",
    "此项查询超出时限，已中止；请缩小查询范围。",
    "This took longer than it may and was cut: ask for less at once.",
)


def said(refusal: Refusal, path: str, after: float) -> tuple[int, Headers, bytes]:
    """Status, headers and body; programs get the one shape of errors (docs/contract.md)."""
    seconds = max(1, math.ceil(after))
    chinese, english = (words.format(seconds) for words in (refusal.chinese, refusal.english))
    headers = [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
    if refusal.status in {429, 503}:
        headers.append(("retry-after", str(seconds)))
    if path.endswith(".json"):
        shape: Json = {"ok": False, "error": {"code": refusal.code, "message": english, "parameter": None}}
        body = json.dumps(shape) + "\n"
        headers += [("content-type", "application/json"), ("access-control-allow-origin", "*")]
    else:
        body = f"{chinese} {english}\n"
        headers.append(("content-type", "text/plain; charset=utf-8"))
    return refusal.status, headers, body.encode()
