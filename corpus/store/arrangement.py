"""Which of the payloads under one id is shown, and what the others are to it: pure, from what was captured.

A changed text from the same address is a new version. The same text from another address is a copy: only its
address is added. A different text from another address is a variant, shown as a conflict. The first captured is
shown; among captures of one day the address decides, because which host answered first is chance. So the outcome
does not depend on the order in which payloads were extracted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """A payload seen at an address: its digest, the digest of the text that it says, and what else is known."""

    address: str
    captured: datetime
    digest: str
    text: str
    url: str = ""
    source: str = ""
    media_type: str = ""


@dataclass(slots=True)
class Lane:
    """One text and its later versions, oldest first, and every address that gave it. Lane 0 is shown."""

    versions: list[Sighting]
    addresses: list[str] = field(default_factory=list)
    last_text: dict[str, str] = field(default_factory=dict)


def arrange(sightings: Iterable[Sighting], alike: Callable[[Sighting, Sighting], bool]) -> list[Lane]:
    """Lay the sightings of one id out in lanes. ``alike`` says whether two different texts are near-identical."""
    lanes: list[Lane] = []
    home: dict[str, Lane] = {}
    for sighting in sorted(sightings, key=lambda s: (s.captured.date(), s.address, s.captured, s.digest)):
        lane = home.get(sighting.address)
        if lane is None:
            lane = next((other for other in lanes if _says(other, sighting, alike)), None)
            if lane is None:
                lane = Lane([sighting])
                lanes.append(lane)
            lane.addresses.append(sighting.address)
            home[sighting.address] = lane
        elif _is_new(lane, sighting, alike):
            lane.versions.append(sighting)
        lane.last_text[sighting.address] = sighting.text
    return lanes


def _says(lane: Lane, sighting: Sighting, alike: Callable[[Sighting, Sighting], bool]) -> bool:
    return any(version.text == sighting.text or alike(version, sighting) for version in reversed(lane.versions))


def _is_new(lane: Lane, sighting: Sighting, alike: Callable[[Sighting, Sighting], bool]) -> bool:
    """A text that its own address did not give last time, unless a copy only catches up with the lane."""
    newest = lane.versions[-1]
    if sighting.text in (newest.text, lane.last_text[sighting.address]):
        return False
    if sighting.address == lane.addresses[0]:
        return True
    return not _says(lane, sighting, alike)
