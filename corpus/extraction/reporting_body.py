"""Who reports, where the title does not say: every place where a body is named is weighed (``clues.toml``).

A name that one source gives with its place (渠县教育局) and another without (教育局) is one body; the sources add up.
An office that only compiled, signed or answers questions for its government is not who reports (docs/field.md), unless
the text speaks as an office (我办).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from corpus.extraction.agency import Body, complete, ministry, read_body
from corpus.extraction.running_names import body_at, government_at
from corpus.extraction.self_description import SelfDescription
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.weights import weights
from corpus.model import Kind
from corpus.regions import Mention, Registry
from corpus.text import compact
from corpus.titles import read_title, titles_within

_FOR_ANOTHER = frozenset(
    ("compiled", "covered", "contact", "address", "byline", "signature", "publisher", "imprint", "mentioned")
)
_OF_WHOM = ("acting", "covered")
"""What names whom the text is about: bodies without a place may be others."""
_TAGS = ("contentsource", "author", "source")
_LONGEST_SIGNATURE = 30
_MOST_BYLINES = 2
_LONGEST_LINE = 1200
_VERB = re.compile(
    r"^.*(?:公布|发布|公开|现将|现就|(?<!机构)编制了?|形成了?|完成了?|[将把])(?:了|出|我们|的|本(?!溪))?"
)
# Words of an office that speaks of itself, of a government that sums up, of any other body.
_OFFICE_SPEAKS = re.compile(r"我办|本办公室|我办公室|办公室本级")
_GOVERNMENT_SPEAKS = re.compile(r"我[省市州盟县区旗]|全[省市州盟县区旗]|汇总|各部门|各乡镇|各镇街|各街道|各级行政机关")
_SPEAKS = re.compile(r"[我本](局|厅|委|中心|院|站|队|署|社|会|馆|场|镇|乡|街道|街|苏木)")
OURS = re.compile(r"我|本(?!溪)|该")
"""How words begin that stand for a name: 我局, 本镇."""
_OFFICE = re.compile(r"(?<=会)办公室$")
# A part of a body that compiles or answers for it: 财政局办公室, 镇党政办, 市政府办公室信息公开中心, 乡为民服务中心,
# 开发区综合办公室.
_PART = re.compile(
    r"(?<=[区园])(?:党政|综合|政务|行政)*办公室$|(?<=[局厅委署部镇乡街道木府处室场])(?:党政|综合|政务|政府|信息|公开|工作|服务|便民|为民|群众|党群|领导小组|宣传|文秘|秘书|与|和)*"
    r"(?:办公[室厅]|办|中心|站|科|处|股)$"
)
# The unit in charge (条例 art. 4): it compiles and answers for its government whatever it is called.
_IN_CHARGE = re.compile(r"公开(?:工作|管理|服务|领导小组)*(?:办公室|办|中心)$")
_OWN_SITE = re.compile(r"(?:门户|政务|官方|政府)?(?:信息公开)?网站$")
_TOWNS = ("镇", "乡", "街道", "街", "苏木")
_NOT_ITSELF = re.compile(
    r"(?:门户|政务|官方)?(?:信息公开)?网(?:[站页址]|$)|要求|部署|领导|印发|的?统一|下发|关于|负责|组织编|牵头"
)


@dataclass(frozen=True, slots=True)
class _Clue:
    source: str
    where: str
    pattern: re.Pattern[str]
    behind: re.Pattern[str]


@dataclass(slots=True)
class _Group:
    """One body under the names that sources give it, and what they weigh together."""

    weight: float = 0.0
    names: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    bodies: dict[str, Body] = field(default_factory=dict)

    def add(self, body: Body, weight: float) -> None:
        self.weight += weight
        self.names[body.printed] += weight
        self.bodies.setdefault(body.printed, body)

    def best(self) -> Body:
        """The name that most speaks for; of equal ones that with its place."""
        return max(self.bodies.values(), key=lambda body: (self.names[body.printed], body.scope != "missing"))


def reporting_body(document: SelfDescription, registry: Registry, year: int | None) -> Body | None:
    """The body that the document itself most speaks for; None where too little does."""
    weight = weights()["body"]
    groups: dict[tuple[str, Kind], _Group] = defaultdict(_Group)
    office_speaks = bool(_OFFICE_SPEAKS.search(document.lead))
    for source, named in _named(document, registry, year):
        body = _whole(named, registry, year) if source in _FOR_ANOTHER else named
        share = weight[source]
        office = body.kind == "office" or _IN_CHARGE.search(body.printed)
        for_government = office and source in _FOR_ANOTHER and not office_speaks
        if for_government and (principal := _principal(body, registry, year)) is not None:
            passed = 1.0 if principal.kind == "zone" else weight["office_for_government"]
            groups[_key(principal)].add(principal, share * passed)
            share *= 1 - passed
        if not OURS.match(body.printed):
            groups[_key(body)].add(body, share)
    _hear_who_speaks(groups, document)
    best = max(groups.values(), key=lambda group: group.weight, default=None)
    return _in_full(best.best(), groups.values()) if best is not None and best.weight >= weight["least"] else None


def _in_full(body: Body, groups: Iterable[_Group]) -> Body:
    """The name that the document writes out where the one found stands for it: 市市场监管局, 广元市市场监督管理局."""
    names = (name for group in groups for name in group.bodies.values())
    return max((name for name in names if _shortens(body, name)), key=lambda name: len(name.rest), default=body)


def _shortens(short: Body, full: Body) -> bool:
    """Whether a name without its place is short for another, of the same place as far as it tells."""
    if short.place or short.kind != full.kind or not (full.place or full.generic).endswith(short.generic):
        return False
    letters = iter(full.rest)
    within = full.rest[:1] == short.rest[:1] and all(letter in letters for letter in short.rest)
    # 公安分局, 公安局交通警察支队 are other bodies than 公安局.
    return within and len(full.rest) > len(short.rest) + 1 and not full.rest.startswith(short.rest)


def _principal(body: Body, registry: Registry, year: int | None) -> Body | None:
    """For whom an office works: the zone's committee that its name begins with, else its place's government."""
    committee = read_body(_OFFICE.sub("", body.printed), registry, year)
    if committee is not None and committee.kind == "zone":
        return committee
    return read_body(body.place, registry, year) if body.place else None


def _whole(body: Body, registry: Registry, year: int | None) -> Body:
    """The body of which one is only a part: 渠县财政局办公室 for 渠县财政局. A government's office is a body."""
    part = _PART.search(body.printed)
    whole = read_body(body.printed[: part.start()], registry, year) if part else None
    is_body = whole is not None and whole.kind != "government" and whole.rest not in vocabulary().party
    return whole if whole is not None and is_body else body


def _key(body: Body) -> tuple[str, Kind]:
    """What makes two names one body: all but the place."""
    return complete(body.rest, body.kind) or "人民政府", body.kind


def _hear_who_speaks(groups: dict[tuple[str, Kind], _Group], document: SelfDescription) -> None:
    """我局, 我镇, 全县: what a text calls itself speaks for bodies of that name."""
    weight = weights()["body"]
    said = {match[1] for match in _SPEAKS.finditer(document.text)}
    for (name, kind), group in groups.items():
        stem = re.sub(r"(?:人民政府|办事处|办公室|(?<=委)员会)$", "", name)
        if any(stem.endswith(word) for word in said) or (kind == "township" and said.intersection(_TOWNS)):
            group.weight += weight["speaks"]
        if kind == "government" and not said and _GOVERNMENT_SPEAKS.search(document.lead):
            group.weight += weight["speaks"]
        if kind == "office" and _OFFICE_SPEAKS.search(document.lead):
            group.weight += weight["speaks"]


def _named(document: SelfDescription, registry: Registry, year: int | None) -> Iterator[tuple[str, Body]]:
    """Every body that a source names."""
    for source, name in _names(document, registry):
        if (body := read_body(name, registry, year)) is not None:
            yield source, body
    for clue in _clues():
        for body in _behind(clue, document, registry, year):
            placed = body.scope != "missing" or body.generic or body.kind == "township"
            yield clue.source if placed or clue.source not in _OF_WHOM else "acting_somewhere", body
    yield from (("byline", body) for body in _bylines(document, registry, year))
    yield from (("mentioned", body) for body in _mentioned(document, registry, year))


def _names(document: SelfDescription, registry: Registry) -> Iterator[tuple[str, str]]:
    """Names that stand by themselves: in titles that sentences name, in the file's name, in the page's tags."""
    for title in titles_within(document.lead):
        if not title.near_miss:
            yield "announced", _from_its_place(title.body, registry)
    read = read_title(document.name)
    if read is not None and not read.near_miss:
        yield "file_name", read.body
    for tag in _TAGS:
        yield "tag", compact(document.metadata.get(tag, ""))


def _from_its_place(words: str, registry: Registry) -> str:
    """Words from the first whole place or ministry on, 特制作渠县教育局 being 渠县教育局; else behind the verb."""
    begins = (start for start in range(len(words)) if ministry(words[start:]) or _is_place(registry.at(words, start)))
    start = next(begins, None)
    return _VERB.sub("", words) if start is None else words[start:]


def _is_place(mention: Mention | None) -> bool:
    return mention is not None and mention.full


def _behind(clue: _Clue, document: SelfDescription, registry: Registry, year: int | None) -> Iterator[Body]:
    lines = {
        "head": document.head,
        "lead": document.lead.split("\n"),
        "tail": document.tail,
        "imprint": document.imprint.split("\n"),
    }[clue.where]
    seen: set[str] = set()
    for line in lines:
        if clue.where == "tail" and len(line) > _LONGEST_SIGNATURE:
            continue
        text = compact(line[:_LONGEST_LINE])
        if clue.source == "acting" and read_title(text) is not None:
            continue  # what a title says has been asked for
        for match in clue.pattern.finditer(text):
            body = _body(clue, text[match.end() :], registry, year)
            if body is not None and body.printed not in seen:
                seen.add(body.printed)
                yield body


def _body(clue: _Clue, text: str, registry: Registry, year: int | None) -> Body | None:
    if clue.where == "tail":
        text = re.sub(r"[(（](?:公章|盖章)[)）]$|\d{4}年.*$", "", text)
        return read_body(text, registry, year)
    body = body_at(text, registry, year)
    if clue.source == "acting":
        body = body or government_at(text, registry, year)
        if body is None:
            return None
        # A line that is the name alone is a signature; who is told to do something does not act.
        behind = text[len(body.printed) :]
        return body if behind and not _NOT_ITSELF.match(behind) else None
    return body if body is not None and clue.behind.match(text, len(body.printed)) else None


def _bylines(document: SelfDescription, registry: Registry, year: int | None) -> tuple[Body, ...]:
    """Bodies whose name and place are a whole line above the text; of many such lines, a menu, none."""
    lines = [compact(line).strip("()（）") for line in document.head if len(line) <= _LONGEST_SIGNATURE]
    read = {line: body for line in lines if (body := read_body(line, registry, year)) is not None and body.place}
    # A bureau's own site says whose it is; a government's carries what all its bureaus report.
    sites = (read_body(name, registry, year) for line in lines if (name := _OWN_SITE.sub("", line)) != line)
    read.update((body.printed, body) for body in sites if body is not None and body.place and body.kind == "department")
    return tuple(read.values()) if len(read) <= _MOST_BYLINES else ()


def _mentioned(document: SelfDescription, registry: Registry, year: int | None) -> Iterator[Body]:
    """Bodies that the text names with their place, wherever it does; each at most so often as weights allow."""
    seen: set[str] = set()
    text = compact(document.text[:8000])
    for mention in registry.find(text):
        if not mention.full:
            continue
        body = body_at(text[mention.start : mention.start + 40], registry, year)
        if body is None or not body.rest or body.printed in seen:
            continue
        if not _NOT_ITSELF.match(text, mention.start + len(body.printed)):
            seen.add(body.printed)
            yield body


@cache
def _clues() -> tuple[_Clue, ...]:
    data = tomllib.loads((files("corpus.extraction") / "clues.toml").read_text(encoding="utf-8"))
    return tuple(
        _Clue(clue["source"], clue["where"], re.compile(clue["pattern"]), re.compile(clue.get("behind", "")))
        for clue in data["clues"]
    )
