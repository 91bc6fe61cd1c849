"""How the tiles of the cover are set, by how many measures an edition has.

Lengths are in millimetres, widths of words in characters that surely fit on a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from textwrap import wrap

_TOP, _BOTTOM = 58.0, 272.0
"""Of what stands on the dark part of the cover."""
_TITLE_STEPS = ((11, 2, 23.5), (15, 3, 17.0), (20, 4, 13.5), (28, 5, 10.5))
"""For each step of the title's size: characters on a line, most lines, height of one."""
_SUBTITLE, _SUBTITLE_LINE = 56, 6.2
_HEADLINE, _HEADLINE_LINE = 40, 7.5
_BETWEEN = 22.0
"""What sets title, subtitle, headline and score apart, together."""
_LEVEL_GAP, _TILE_GAP = 5.0, 1.2
_TILE_WORDS, _TILE_LINE, _TILE_MARGIN = 22, 3.71, 4.0
_MOST_LINES = 4
_NAME, _NAME_LINE = 24, 5.0


class Kind(StrEnum):
    """What a tile shows of its measure beside the status."""

    TITLED = "titled"
    """Number, sign and short title."""
    NUMBERED = "numbered"
    """Number and sign."""
    PATTERN = "pattern"
    """Nothing: a pattern of many."""
    NONE = "none"
    """There are too many to show."""


_IN_A_ROW = {Kind.TITLED: 3, Kind.NUMBERED: 10, Kind.PATTERN: 24}
_HEIGHT = {Kind.NUMBERED: 13.2, Kind.PATTERN: 3.8}


@dataclass(frozen=True)
class Level:
    """A level of government, as the cover shows it."""

    name: str
    titles: Sequence[str]
    """Short titles of its measures."""
    figures: int
    """How many numbers are told of it."""


class Numbers(StrEnum):
    """How large the numbers of the first level are."""

    LARGE = "large"
    ROWS = "rows"
    """Each beside its words."""
    SMALL = "small"
    """As those of the other levels."""


_OF_FIRST = {Numbers.LARGE: 34.0, Numbers.ROWS: 15.0, Numbers.SMALL: _NAME_LINE}
_MOST_LARGE = 2


@dataclass(frozen=True)
class Tiles:
    """How numbers and tiles of all levels are set."""

    numbers: Numbers
    kind: Kind
    heights: Sequence[Sequence[float]] = ()
    """Of the tiles of each level."""


def title_step(title: str) -> int:
    """The step of size for ``title``, from 0, the largest."""
    for step, (width, lines, _) in enumerate(_TITLE_STEPS):
        wrapped = wrap(title, width, break_long_words=False)
        if len(wrapped) <= lines and max(map(len, wrapped), default=0) <= width:
            return step
    return len(_TITLE_STEPS) - 1


def room_for_score(title: str, subtitle: str, headline: str) -> float:
    """The height that the words above leave for numbers and tiles."""
    width, _, line = _TITLE_STEPS[title_step(title)]
    words = (
        _lines(title, width) * line
        + _lines(subtitle, _SUBTITLE) * _SUBTITLE_LINE
        + _lines(headline, _HEADLINE) * _HEADLINE_LINE
    )
    return _BOTTOM - _TOP - _BETWEEN - words


def tiles(levels: Sequence[Level], room: float) -> Tiles | None:
    """The fullest way to set the tiles of ``levels`` in a height of ``room``; None if even their
    numbers do not fit."""
    for numbers in Numbers:
        if numbers is Numbers.LARGE and levels[0].figures > _MOST_LARGE:
            continue
        beside = [_beside(level, numbers if i == 0 else None) for i, level in enumerate(levels)]
        for kind in _IN_A_ROW:
            heights = [_heights(kind, level) for level in levels]
            blocks = map(max, beside, map(_stacked, heights))
            if sum(blocks) + _LEVEL_GAP * (len(levels) - 1) <= room:
                return Tiles(
                    numbers,
                    kind,
                    [_of_each(h, kind, level) for h, level in zip(heights, levels, strict=True)],
                )
    if sum(beside) + _LEVEL_GAP * (len(levels) - 1) <= room:
        return Tiles(Numbers.SMALL, Kind.NONE)
    return None


def _heights(kind: Kind, level: Level) -> list[float]:
    """The height of each row of the level's tiles."""
    in_a_row = _IN_A_ROW[kind]
    starts = range(0, len(level.titles), in_a_row)
    return [_height(kind, level.titles[start : start + in_a_row]) for start in starts]


def _stacked(heights: Sequence[float]) -> float:
    return sum(heights) + _TILE_GAP * (len(heights) - 1)


def _of_each(heights: Sequence[float], kind: Kind, level: Level) -> list[float]:
    return [heights[index // _IN_A_ROW[kind]] for index in range(len(level.titles))]


def _height(kind: Kind, titles: Sequence[str]) -> float:
    """Height of a row of tiles; words set it where there are any, and too many fit none."""
    if kind in _HEIGHT:
        return _HEIGHT[kind]
    lines = max(_lines(title, _TILE_WORDS) for title in titles)
    if lines > _MOST_LINES:
        return inf
    return max(2, lines) * _TILE_LINE + _TILE_MARGIN


def _beside(level: Level, numbers: Numbers | None) -> float:
    """Height of what stands beside the tiles of a level: its name and numbers."""
    number = _OF_FIRST[numbers] if numbers else _NAME_LINE
    return _lines(level.name, _NAME) * _NAME_LINE + level.figures * number


def _lines(text: str, width: int) -> int:
    return len(wrap(text, width))
