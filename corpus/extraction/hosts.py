"""Which places an address can mean: a host spells a place in full, by initials, or behind its superior's letters.

Nothing is listed but what no rule gives (``corpus/domains.csv``: hlj, harbin); all else is spelt (``spellings.py``).
The less a label spells out and the more places it fits, the less it says:

    www . kmwh . gov.cn     km = 昆明, wh = 五华: superior + initials
    tyj . henan . gov.cn    henan spelt out; tyj is no place below it, so it is a department
    /glqrmzf/xxgkzl/…       a folder: gl = 鼓楼, q = 区, rmzf = 人民政府
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.extraction.self_description import split_address
from corpus.extraction.spellings import sound, spelt
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.weights import weights
from corpus.model import LEVELS
from corpus.regions import Registry

_NOT_A_PLACE = frozenset(("www", "gov", "cn", "com", "org", "net", "wap", "zwgk", "xxgk", "public", "zfxxgk", "xxgknb"))
_FOLDERS = 2
_LEAST_LETTERS, _MOST_LETTERS = 2, 24


def hosted(url: str, registry: Registry) -> dict[str, float]:
    """The regions that an address can mean, each with its share of belief; the address may be empty.

    Labels are read from the right; one further left, or a folder, counts only for what lies below what was found.
    """
    parts = split_address(url)
    labels = (parts.hostname or "").removesuffix(".gov.cn").split(".")
    shares: dict[str, float] = {}
    # gz.gov.cn is 广州's, though gz is 贵州 under a ministry's domain: whole domains go first.
    whole = _meant(f"{labels[-1]}.gov.cn", registry)
    for label in reversed(labels[:-1] if whole else labels):
        shares = _narrowed(shares or whole, _meant(label, registry), registry)
    shares = shares or whole
    at_home = (parts.hostname or "").endswith(".gov.cn")
    for folder in parts.path.split("/")[1 : 1 + _FOLDERS]:
        if shares or not at_home:
            below = _meant(folder.lower(), registry)
            factor = weights()["host"]["folder"]
            shares = _narrowed(shares, {code: share * factor for code, share in below.items()}, registry)
    return shares


def _narrowed(shares: dict[str, float], more: Mapping[str, float], registry: Registry) -> dict[str, float]:
    """What was found, and of what another label means that which lies below it, with its superior's belief."""
    if not shares:
        return dict(more)
    inside = {
        code: share * max(shares[above] for above in registry.ancestors(code)[:-1] if above in shares)
        for code, share in more.items()
        if any(above in shares for above in registry.ancestors(code)[:-1])
    }
    return shares | {code: share + max(shares.values()) * bool(inside) for code, share in inside.items()}


def _meant(label: str, registry: Registry) -> dict[str, float]:
    """The places that one label of a host, or one folder, can mean. The highest of them has the plain name."""
    full = weights()["host"]["full"]
    found = {code: full for code in vocabulary().domains.get(label, ()) if registry.get(code) is not None}
    if not found and _LEAST_LETTERS <= len(label) <= _MOST_LETTERS and label.isascii() and label not in _NOT_A_PLACE:
        letters = re.sub(r"[\d_-]", "", label)
        found = {code: share for code, share in spelt(letters) if registry.get(code) is not None}
    return _shared_out(_unless_renamed(found, registry), registry)


def _unless_renamed(found: Mapping[str, float], registry: Registry) -> dict[str, float]:
    """Without former places whose successors are meant as well (黔西县, 黔西市): of one province and one sound."""
    present = {_home(code) for code in found if _is_present(code, registry)}
    return {code: share for code, share in found.items() if _is_present(code, registry) or _home(code) not in present}


def _shared_out(found: Mapping[str, float], registry: Registry) -> dict[str, float]:
    """Each place's share, the less the more places a label fits, and the less for places below the highest."""
    best = max(found.values(), default=0.0)
    highest = min((_rank(code, registry) for code, share in found.items() if share == best), default=0)
    weight = weights()["host"]
    equal = sum(share == best for share in found.values())
    crowd = 1.0 if best >= weight["full"] else max(1.0, equal / 2)
    return {
        code: share / crowd * (1.0 if _rank(code, registry) == highest else weight["lower"])
        for code, share in found.items()
    }


def _rank(code: str, registry: Registry) -> int:
    region = registry.get(code)
    return LEVELS.index(region.level) if region is not None else len(LEVELS)


def _is_present(code: str, registry: Registry) -> bool:
    region = registry.get(code)
    return region is not None and region.valid_to is None


def _home(code: str) -> tuple[str, str]:
    return code[:2], sound(code)
