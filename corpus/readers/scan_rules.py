"""Rules of a page that is a picture: what is long, straight and thin, and what is less long but ends at such rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

from corpus.readers.origin import POINTS
from corpus.readers.page_rules import straight_edge
from corpus.readers.picture import Picture

# In inches: what is longer and straight is a rule if it ends at others, and what is this long in any case; how thick a
# rule is at most; how far its pieces may be apart, and those of a level one. Strokes of a title's letters stand side by
# side as near, but never as near as the first of these, nor in so long a row.
_RULE = 0.2
_LONG_RULE = 0.8
_THICK = 0.035
_BROKEN = 0.04
_BROKEN_LEVEL = 0.08
_SPECK = 0.015
_NO_LETTERS = 4.0
# What bends at less than this, in inches, is a part of a seal's ring; the rules of a bent sheet bend far less.
_RING = 2.5
# Two rules closer than this are one that was drawn double.
_DOUBLE = 0.05
# So many upright rules make a table.
_TABLE = 3
# Darker is ink.
_INK = 165
# In dots: a smaller rise is the stairs of a rule that is not quite level.
_LEAST_RISE = 1.0
_LENGTH = {True: cv2.CC_STAT_WIDTH, False: cv2.CC_STAT_HEIGHT}


def rule_masks(grey: Picture, resolution: float) -> tuple[Picture, Picture]:
    """Where level and upright rules are: what is long and thin, and what is less long but ends at such rules."""
    ink = (grey < _INK).astype(np.uint8)
    level, upright = (straight(ink, resolution, across=across) for across in (True, False))
    long_level = _unlike_letters(level, ink, resolution)
    long_upright = _longer(upright, _LONG_RULE * resolution)
    least = _RULE * resolution
    # A row that the end of a page cuts has a rule on one side alone: its short rules end together on the other.
    closing = long_level | ends_of(_touching(upright, long_level), resolution)
    return _held(level, long_level, long_upright, least), _held(upright, long_upright, closing, least)


def straight(ink: Picture, resolution: float, *, across: bool) -> Picture:
    """What runs straight for the length of a rule, small gaps in it closed."""

    def line(inches: float) -> Picture:
        dots = max(3, round(inches * resolution) | 1)
        return np.ones((1, dots) if across else (dots, 1), np.uint8)

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, line(_RULE / 2))
    whole = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, line(_BROKEN_LEVEL if across else _BROKEN))
    mask = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, line(_RULE)), np.uint8)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    # Ink by length: a rule that the scanner set aslant is no thicker for it.
    thick = boxes[:, cv2.CC_STAT_AREA] > max(4.0, _THICK * resolution) * boxes[:, _LENGTH[across]]
    bent = _bent(labels, boxes, _RING * resolution, across=across)
    return np.asarray(np.where((thick | bent)[labels], 0, mask), np.uint8)


def _bent(labels: Any, boxes: Any, radius: float, *, across: bool) -> Any:
    """Which pieces of a mask are arcs: an edge of theirs stands off the line between its ends as that of a ring does.

    One edge is enough: of the top of a ring, what runs straight is a lens whose lower edge is flat.
    """
    bent = np.zeros(len(boxes), np.bool_)
    for number, (x, y, width, height, _) in enumerate(boxes[1:].tolist(), start=1):
        within = labels[y : y + height, x : x + width] == number
        inked = within if across else within.T
        edges = np.stack([inked.argmax(axis=0), inked[::-1].argmax(axis=0)], axis=1)
        along = np.arange(len(edges)) - len(edges) / 2
        rise = np.abs(np.polyfit(along, edges, 2)[0]).max() * float(along[0]) ** 2
        bent[number] = rise >= max(_LEAST_RISE, float(along[0]) ** 2 / (2 * radius))
    return bent


def _longer(mask: Picture, least: float) -> Picture:
    """The pieces of a mask that are as long as that."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    long = boxes[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1) >= least
    long[0] = False
    return np.asarray(long[labels], np.uint8)


def _unlike_letters(level: Picture, ink: Picture, resolution: float) -> Picture:
    """The level pieces that are long without the gaps that were closed in them, or longer than strokes make a row."""
    gap = np.ones((1, max(3, round(_SPECK * resolution) | 1)), np.uint8)
    unbroken = np.asarray(cv2.morphologyEx(level & ink, cv2.MORPH_CLOSE, gap), np.uint8)
    _, labels = cv2.connectedComponents(level, connectivity=8)
    whole = np.unique(labels[_longer(unbroken, _LONG_RULE * resolution) > 0])
    long = np.isin(labels, whole[whole > 0]).astype(np.uint8)
    return np.asarray(long | _longer(level, _NO_LETTERS * resolution), np.uint8)


def _touching(mask: Picture, across: Picture) -> Picture:
    """The pieces of a mask that meet a rule across."""
    _, labels = cv2.connectedComponents(mask, connectivity=8)
    met = np.unique(labels[_near(across) > 0])
    return np.asarray(np.isin(labels, met[met > 0]), np.uint8)


def _near(rules: Picture) -> Picture:
    return np.asarray(cv2.dilate(rules, np.ones((7, 7), np.uint8)), np.uint8)


def _held(mask: Picture, long: Picture, across: Picture, least: float) -> Picture:
    """The long rules of a mask, and short ones from one long rule across to another: no strokes of letters.

    A stroke that stands right above a table is one with the rule below it: what reaches beyond the last is left out.
    """
    near = _near(across)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = np.zeros_like(mask)
    for number, (x, y, width, height, _) in enumerate(boxes[1:].tolist(), start=1):
        place = slice(y, y + height), slice(x, x + width)
        labelled = labels[place] == number
        if not long[place][labelled].any():
            met = np.flatnonzero(near[place].any(axis=0 if width > height else 1))
            if not met.size or met[-1] - met[0] < least:
                continue
            between = slice(met[0], met[-1] + 1)
            within = np.zeros_like(labelled)
            within[(slice(None), between) if width > height else between] = True
            labelled &= within
        kept[place][labelled] = 1
    return kept


def ends_of(upright: Picture, resolution: float) -> Picture:
    """Where several upright rules begin or end at one height: there the end of a page cuts a table in two."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    ends = np.zeros_like(upright)
    spans = [(x + width // 2, y, y + height - 1) for x, y, width, height, _ in boxes[1:].tolist()]
    for side in (1, 2):
        together: list[list[tuple[int, int, int]]] = []
        for span in sorted(spans, key=lambda span: span[side]):
            if together and span[side] - together[-1][-1][side] <= _BROKEN * resolution:
                together[-1].append(span)
            else:
                together.append([span])
        for some in together:
            if len(some) >= _TABLE:
                # From end to end: on a sheet that is bent they stand a little above each other.
                corners = np.array([(span[0], span[side]) for span in sorted(some)], np.int32)
                cv2.polylines(ends, [corners], isClosed=False, color=1)
    return ends


def edges_of(mask: Picture, scale: float, *, flat: bool) -> Iterator[dict[str, Any]]:
    """The rules of a mask, as pdfplumber describes edges, in points; double rules as one."""
    apart = max(3, round(_DOUBLE * POINTS / scale) | 1)
    whole = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((apart, 1) if flat else (1, apart), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    for x, y, width, height, _ in boxes[1:].tolist():
        x0, top, x1, bottom = (value * scale for value in (x, y, x + width, y + height))
        if flat:
            yield straight_edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        else:
            yield straight_edge((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
