"""How the table of ministers and measures is set, by how much there is of them.

Lengths are in millimetres. A few measures have a column each; more of them stand in a list beside
each minister, which goes on to as many lines as it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

_ROOM = 68.0
"""For the columns of measures."""
_NARROWEST, _WIDEST = 4.2, 7.5
"""Columns that still hold a number, and that still tie the signs of a row together."""
_LETTER = 1.6
"""Of a level's name."""


def column_width(levels: Sequence[tuple[str, int]]) -> float | None:
    """The width of a measure's column below the levels (name, number of measures).

    None where the columns do not hold, and lists serve better.
    """
    measures = sum(number for _, number in levels)
    width = min(_WIDEST, _ROOM / measures)
    heads_fit = all(len(name) * _LETTER <= number * width for name, number in levels)
    return width if width >= _NARROWEST and heads_fit else None
