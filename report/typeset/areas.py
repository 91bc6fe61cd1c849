"""Where the links of a page can be hit: room for a finger, and none over another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

LEAST_WIDTH = 12.0
LEAST_HEIGHT = 8.0


def link_areas(texts: Sequence[Rectangle]) -> list[Rectangle]:
    """The areas of links whose words take up ``texts``, in the same order.

    Each covers its words and is at least LEAST_WIDTH by LEAST_HEIGHT, as far as the others
    leave room; where words themselves cover each other, their areas meet in the middle.
    """
    areas = [list(text) for text in texts]
    for one, other in combinations(areas, 2):
        _part(one, other)
    for axis, least in ((0, LEAST_WIDTH), (1, LEAST_HEIGHT)):
        for area in areas:
            _grow(area, areas, axis, least)
    return [(left, bottom, right, top) for left, bottom, right, top in areas]


def _part(one: list[float], other: list[float]) -> None:
    """Let two areas that overlap meet in the middle of what they share, at its short side."""
    shared = [_shared(one, other, axis) for axis in (0, 1)]
    if min(shared) <= 0:
        return
    axis = shared.index(min(shared))
    first, second = sorted((one, other), key=lambda area: area[axis] + area[axis + 2])
    first[axis + 2] = second[axis] = (
        max(first[axis], second[axis]) + min(first[axis + 2], second[axis + 2])
    ) / 2


def _shared(one: Sequence[float], other: Sequence[float], axis: int) -> float:
    """Length that two areas share along ``axis`` (0 across, 1 upwards); negative if apart."""
    return min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])


def _grow(area: list[float], areas: list[list[float]], axis: int, least: float) -> None:
    """Widen ``area`` along ``axis`` to ``least``, to both sides alike where both have room."""
    start, end = axis, axis + 2
    lacking = least - (area[end] - area[start])
    if lacking <= 0:
        return
    beside = [other for other in areas if other is not area and _shared(area, other, 1 - axis) > 0]
    before = min((area[start] - o[end] for o in beside if o[end] <= area[start]), default=lacking)
    after = min((o[start] - area[end] for o in beside if o[start] >= area[end]), default=lacking)
    half = lacking / 2
    area[start] -= min(before, max(half, lacking - after))
    area[end] += min(after, max(half, lacking - before))
