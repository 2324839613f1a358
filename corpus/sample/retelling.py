"""Paragraphs that an office takes over from an earlier report, its own or a neighbour's, and touches up.

How much is changed is drawn: from nothing but years, numbers and names to a fifth of the characters. What was taken
from where is told, so that whoever looks for boilerplate can be held to it.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.sample.model import Retelling

FRESH, OWN, OTHERS = 0.12, 0.6, 0.2
"""The shares of reports with such a paragraph: of their own making; taken over, where there is one to take."""
MOST_CHANGED = 0.2
"""Of the characters of a paragraph, beside its numbers and names."""

_CLAUSE = re.compile(r"(?<=，)(?=[^{])")
_SENTENCES = 2


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((files("corpus.sample") / "retelling.toml").read_text(encoding="utf-8"))


def retell(
    report: str, place: str, own: Sequence[Retelling], others: Sequence[Retelling], chance: random.Random
) -> Retelling | None:
    """What a report takes over, or says for the first time; None where it does neither.

    ``own`` and ``others`` are what earlier reports of the body itself and of a neighbour say so, the latest last.
    """
    draw = chance.random()
    source = own[-1] if own and draw < OWN else others[-1] if others and draw > 1 - OTHERS else None
    if source is None:
        if chance.random() > FRESH:
            return None
        template, degree = "".join(_fresh(chance) for _ in range(_SENTENCES)), 0.0
    else:
        wanted = chance.choice((0.0, chance.random() * MOST_CHANGED))
        template, degree = _touched_up(source.template, wanted, chance)
    text = template.format(place=place, year=report.split("-")[1], number=2 + int(chance.random() * 97))
    return Retelling(report, text, template, source.report if source else "", source.text if source else "", degree)


def _fresh(chance: random.Random) -> str:
    words = _words()
    clauses = chance.sample(words["clauses"], 3 + int(chance.random() * 2))
    first = chance.choice(words["openings"]) + "，" + chance.choice(words["occasions"]) + clauses[0]
    return "，".join((first, *clauses[1:], chance.choice(words["scales"]), chance.choice(words["closings"]))) + "。"


def _touched_up(template: str, wanted: float, chance: random.Random) -> tuple[str, float]:
    """A text of which at most such a share is changed, and the share that was."""
    words = _words()
    room = int(wanted * len(template))
    changed = 0
    touches = [*words["synonyms"].items(), *(("", filler) for filler in words["fillers"])]
    for old, new in chance.sample(touches, len(touches)):
        cost = max(len(old), len(new))
        if changed + cost > room:
            continue
        if old and old in template:
            template = template.replace(old, new, 1)
            changed += cost
        elif not old:
            place = chance.choice([match.start() for match in _CLAUSE.finditer(template)])
            template = template[:place] + new + template[place:]
            changed += cost
    return template, round(changed / len(template), 3)
