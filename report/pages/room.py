"""How things are set, by how much of them an edition brings.

The stylesheet draws each way; that nothing overprints is seen when the pages are inspected.
Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from textwrap import wrap

_WIDTH = 166.0
"""Of the type area."""
_TAB, _EDGE = 35.0, 600.0
"""Of the thumb index, in points: from one tab to the next, and the edge they are spread over."""
_HEADING, _SHORT, _MOST_LINES = 44, 3, 4
"""Characters that surely fit on a line of a measure's heading, and of a word that ends none; lines
of the longest heading whose every parting is weighed.
"""
MINISTER_COLUMN, MARGIN_COLUMN = 30, 21
"""Characters that surely fit on a line of the overview, and of the margin beside a measure."""


def balanced(heading: str) -> list[str]:
    """The lines of ``heading``, about as long as each other; one if it fits or cannot be parted.

    No line but the last ends with a short word, as far as there is another place to part it.
    """
    words = heading.split(" ")
    number = len(wrap(heading, _HEADING, break_long_words=False, break_on_hyphens=False))
    if not 1 < number <= _MOST_LINES:
        return [heading]
    parted = [
        [" ".join(words[start:end]) for start, end in pairwise((0, *breaks, len(words)))]
        for breaks in combinations(range(1, len(words)), number - 1)
    ]
    fitting = [lines for lines in parted if max(map(len, lines)) <= _HEADING]
    return min(fitting, key=_unevenness, default=[heading])


def _unevenness(lines: Sequence[str]) -> tuple[int, int]:
    short = sum(len(line.rpartition(" ")[2]) <= _SHORT for line in lines[:-1])
    return short, sum(len(line) ** 2 for line in lines)


def thumb_offset(number: int, measures: int) -> float:
    """How far down the edge of the page the tab of measure ``number`` stands, in points."""
    return (number - 1) * min(_TAB, _EDGE / measures)


def segments(numbers: Iterable[tuple[str, int]], most: int) -> list[tuple[str, float]]:
    """The segments of a bar (status, width), one for each number that is not 0.

    ``most`` is the number that fills the width, so that bars of several levels compare.
    """
    return [(status, _WIDTH * number / most) for status, number in numbers if number]
