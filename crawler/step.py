"""What the answer to a crawl request means, as data: the outcome, what to keep, what to ask for next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.store.crawl_queue import CrawlRequest
from crawler.address import key
from crawler.links import Judgement

VIEWER = "its script shows what a reader sees"
"""The detail of a page that came to ``viewer``."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a page of a list shows: the list's name, its ``declared`` count, the records here, why more must exist."""

    list: str
    declared: int | None
    seen: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """That a page is a further one of a report: the address of the first, and its number (2, 3 …, or 1, 2 …)."""

    first: str
    number: int


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer means.

    ``outcome``: kept, picture, listed, unchanged, moved, retry, gone, blocked, gate, refused, shell, other or failed;
    ``detail`` puts it into words. ``keep`` is the media type under which the body is to be archived, ``""`` if it is
    not. ``leads`` are to be asked for, ``onward`` too if this list showed something new, ``guesses`` where nothing
    better is known. ``shape`` names a list by what it links to. ``fertile``: a report, or led to one (None: no word on
    that). ``suspect``: a link called this a report, and it is neither one nor a list. ``comparable``: whether ETag and
    Last-Modified say anything about what we look for. ``about``: the page of which a loss is to be told.
    """

    outcome: str
    detail: str = ""
    keep: str = ""
    leads: tuple[CrawlRequest, ...] = ()
    onward: tuple[CrawlRequest, ...] = ()
    guesses: tuple[CrawlRequest, ...] = ()
    shape: str = ""
    fertile: bool | None = None
    comparable: bool = True
    account: Account | None = None
    part: Part | None = None
    suspect: bool = False
    about: str = ""


def listing(
    request: CrawlRequest, judgements: Iterable[Judgement], leads: list[CrawlRequest], outcome: str, keep: str = ""
) -> Step:
    """The step of a page or an answer with links: a list, or a report with something beside it."""
    judgements = tuple(judgements)
    return Step(
        outcome,
        keep=keep,
        leads=tuple(lead for lead in leads if lead.kind != "next"),
        onward=tuple(lead for lead in leads if lead.kind == "next") if _goes_on(request, judgements) else (),
        shape=_shape(judgements),
        fertile=outcome != "listed" or bears(judgements),
    )


def together(step: Step, lead: CrawlRequest, said: Step) -> Step:
    """A step with what one of its ``leads`` was said to mean, without asking for it."""
    accounts = [one for one in (step.account, said.account) if one is not None]
    account = accounts[-1] if accounts else None
    if account is not None and len(accounts) > 1:
        account = replace(account, declared=accounts[0].declared, seen=accounts[0].seen + account.seen)
    lost = said.outcome != "listed"
    return replace(
        step,
        outcome=said.outcome if lost else step.outcome,
        detail=said.detail if lost else step.detail,
        leads=(*(one for one in step.leads if one is not lead), *said.leads),
        onward=(*step.onward, *said.onward),
        fertile=step.fertile or said.fertile,
        account=account,
    )


def spoken(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that rest on something."""
    return [judgement for judgement in judgements if not judgement.probe]


def _goes_on(request: CrawlRequest, judgements: tuple[Judgement, ...]) -> bool:
    """Whether a list's way on is one: a further part that shows nothing else is behind the last."""
    beside = any(judgement.kind != "next" for judgement in judgements)
    return bool(spoken(judgements)) and (beside or request.kind != "next")


def bears(judgements: Iterable[Judgement]) -> bool:
    """Whether there are reports among them."""
    return any(judgement.kind in {"report", "file"} for judgement in judgements)


def records_of(judgements: Iterable[Judgement]) -> set[str]:
    """The addresses of a list's records: reports and files, and what stands in one list with them."""
    judgements = tuple(judgements)
    places = {judgement.place for judgement in judgements if judgement.kind in {"report", "file"}}
    return {
        judgement.link.url
        for judgement in judgements
        if judgement.kind in {"report", "file"} or (judgement.kind == "list" and judgement.place in places)
    }


def _shape(judgements: Iterable[Judgement]) -> str:
    """One name for a list by what it links to, whatever stands around."""
    keys = sorted(key(judgement.link.url) for judgement in judgements if judgement.kind != "next")
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16] if keys else ""
