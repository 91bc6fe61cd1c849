"""How much of an edition the two pages of the summary can show, and how.

Heights are in lines of the text's grid, widths in characters that surely fit on a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from textwrap import wrap

from ..edition.counts import counts
from ..edition.edition import Edition

_PAGE = 51
_MASTHEAD, _HEADS, _FOOT = 6, 5, 10
_HEADLINE, _LONG, _TEXT, _REASON, _MINISTER = 40, 58, 68, 58, 30
_DEMAND, _LARGE_DEMAND = (52, 1.25), (40, 1.5)
"""Characters on a line of a demand, and its height, as it is set small and large."""
_WHO = 36
_SLACK = 4
"""What rows that are not broken may leave empty at the foot of the first page."""
_LONG_HEADLINE = 190
_TITLE, _TITLE_LINES = 22, 2
BAR = 120.0
"""Length in millimetres of the longest bar."""
BOX_GAP = 0.8
"""Millimetres between its boxes."""
MOST_SILENT_ROWS = 6
"""Up to so many ministers who did not answer have a row each."""
MOST_BOXES = 40
"""Up to so many measures, a bar has a box for each."""


class Listing(StrEnum):
    """What the summary tells of the measures that are not carried out."""

    REASONS = "reasons"
    """Each, with its reason and ministers."""
    TITLES = "titles"
    """Each, with its ministers."""
    MINISTERS = "ministers"
    """How many each minister has."""
    PARTIES = "parties"
    """How many each party has."""


@dataclass(frozen=True)
class Segment:
    """The part of a bar that one status has."""

    status: str
    number: int


def segments(edition: Edition, level: str) -> list[Segment]:
    """What the bar of ``level`` is made of, in the order of statuses."""
    number = counts(edition)[level]
    return [Segment(status, number[status]) for status in edition.statuses if number[status]]


@dataclass(frozen=True)
class Row:
    """A measure as the summary lists it, in words."""

    title: str
    reason: str
    ministers: Sequence[str]


@dataclass(frozen=True)
class Extent:
    """What the summary must hold beside its list, in words."""

    headline: str
    figures: Sequence[int]
    """How many numbers stand above the bar of each level."""
    silent: Sequence[Sequence[str]]
    """The names of those with each outcome."""
    demands: Sequence[str]

    @property
    def before(self) -> int:
        """Lines that stand before the rows."""
        bars = sum(2 * ceil(number / 2) + 2 for number in self.figures)
        return _MASTHEAD + headline_lines(self.headline) + bars + _HEADS

    def after(self, demand: tuple[int, float] = _DEMAND) -> float:
        """Lines that stand after them."""
        rows = sum(map(len, self.silent)) <= MOST_SILENT_ROWS
        silent = sum(
            max(3, 2.5 * len(names) if rows else _lines(", ".join(names), _TEXT)) + 1
            for names in self.silent
        )
        width, height = demand
        demands = sum(height * _lines(text, width) + 1 for text in self.demands)
        heads = 3 * (bool(self.silent) + bool(self.demands))
        return heads + silent + demands + _FOOT


@dataclass(frozen=True)
class Layout:
    """How the two pages are set."""

    listing: Listing
    turned: bool
    """Whether what follows the list begins the second page."""
    large_demands: bool
    """Whether that page has room for what the publishers ask in large type."""


def title_is_long(title: str) -> bool:
    """Whether the report's title takes the whole width, so that the subtitle has no room."""
    return _lines(title, _TITLE) > _TITLE_LINES


def headline_is_long(headline: str) -> bool:
    """Whether ``headline`` is set a step smaller."""
    return len(headline) > _LONG_HEADLINE


def headline_lines(headline: str) -> int:
    """Lines of the grid that ``headline`` takes."""
    if headline_is_long(headline):
        return 2 * _lines(headline, _LONG)
    return 2 * _lines(headline, _HEADLINE)


def layout(rows: Sequence[Row], ministers: Iterable[str], extent: Extent) -> Layout:
    """The fullest way to tell of ``rows``, or else of ``ministers`` who are competent for them,
    that the two pages hold."""
    heights = {
        Listing.REASONS: sum(map(_with_reason, rows)),
        Listing.TITLES: sum(map(_with_ministers, rows)),
        Listing.MINISTERS: sum(_lines(name, _WHO) + 0.5 for name in ministers) + 2,
        Listing.PARTIES: 0,
    }
    after = extent.after()
    room = 2 * _PAGE - _SLACK - extent.before - after
    chosen = next(way for way, height in heights.items() if height <= room or not height)
    turned = extent.before + heights[chosen] <= _PAGE and after <= _PAGE
    return Layout(chosen, turned, turned and extent.after(_LARGE_DEMAND) <= _PAGE)


def _with_reason(row: Row) -> float:
    told = _lines(row.title, _REASON) + _lines(row.reason, _REASON)
    return max(told, _stacked(row.ministers)) + 0.5


def _with_ministers(row: Row) -> float:
    return max(_lines(row.title, _REASON), _stacked(row.ministers)) + 0.5


def _stacked(names: Iterable[str]) -> int:
    return sum(_lines(name, _MINISTER) for name in names)


def _lines(text: str, width: int) -> int:
    return len(wrap(text, width))
