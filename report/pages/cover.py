"""How large the cover is set: as large as what an edition brings leaves room for.

The stylesheet draws each step; that nothing overprints is seen when the pages are inspected.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from textwrap import wrap

_TITLE_STEPS = ((13, 2), (18, 3), (23, 4), (30, 5))
"""Characters that surely fit on a line, and lines, for each step of the title's size."""
_WIDTH = 166.0
"""Of the row of tiles; lengths are in millimetres."""
_TILE, _DENSE_TILE = 10.2, 6.6
_TILE_GAP, _LEVEL_GAP = 0.7, 3.0
_LETTER = 1.6
"""Of a level's name."""
_MOST_ROWS, _MOST_DENSE_ROWS = 2, 5


def title_step(title: str) -> int:
    """The step of size for ``title``, from 0, the largest."""
    for step, (width, lines) in enumerate(_TITLE_STEPS):
        wrapped = wrap(title, width, break_long_words=False)
        if len(wrapped) <= lines and max(map(len, wrapped), default=0) <= width:
            return step
    return len(_TITLE_STEPS) - 1


def tiles(levels: Iterable[tuple[str, int]]) -> str:
    """How the tiles of levels (name, number of measures) are set: large, dense or none."""
    levels = [level for level in levels if level[1]]
    if _rows(levels, _TILE) <= _MOST_ROWS:
        return "large"
    return "dense" if _rows(levels, _DENSE_TILE) <= _MOST_DENSE_ROWS else "none"


def _rows(levels: Iterable[tuple[str, int]], tile: float) -> int:
    """Rows that the levels' tiles fill; levels share one where they fit beside each other."""
    rows, used = 0, _WIDTH
    for name, number in levels:
        width = max(number * (tile + _TILE_GAP) - _TILE_GAP, len(name) * _LETTER)
        if used + _LEVEL_GAP + width <= _WIDTH:
            used += _LEVEL_GAP + width
        else:
            rows += ceil(width / (_WIDTH + _TILE_GAP))
            used = min(width, _WIDTH)
    return rows
