"""How the timeline is set: marks on lanes, and the days as a list.

Marks of one lane that would touch are drawn as one, so that none lies on another. Lengths are in
millimetres.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..edition.edition import Edition, Language
from ..edition.model import Lane
from ..edition.timeline import Event, events
from .prose import Parser, note_citations

_LENGTH, MARK = 117.0, 2.2
"""From the first day to the last, and the width of a mark."""
_APART = 0.5
"""Between two marks."""
_LABEL = 18.0
"""Room that the name of a month needs."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one named month to the next."""


@dataclass(frozen=True)
class Mark:
    """A mark on a lane, and how wide it is."""

    left: float
    width: float


@dataclass(frozen=True)
class Tick:
    """Where a month begins that is named."""

    left: float
    day: date
    by_year: bool
    named: bool
    """Whether there is room for its name before the end of the line."""


@dataclass(frozen=True)
class Timeline:
    """The events of an edition, placed."""

    days: list[tuple[date, list[Event]]]
    lanes: dict[Lane, list[Mark]]
    ticks: list[Tick]


def timeline(edition: Edition, language: Language, parser: Parser) -> Timeline:
    """The timeline of ``edition``, with the measures that ``language`` tells of each event in."""
    happened = events(edition, _cited(edition, language, parser))
    scale = _Scale(edition.facts.agreement.date, edition.facts.date)
    days = [(day, list(group)) for day, group in groupby(happened, key=lambda e: e.day)]
    places = {
        lane: [scale.place(event.day) for event in happened if event.lane is lane] for lane in Lane
    }
    lanes = {lane: list(marks(found)) for lane, found in places.items() if found}
    return Timeline(days, lanes, list(scale.ticks()))


def marks(places: Iterable[float]) -> Iterator[Mark]:
    """A mark for each of the ascending ``places``; those that would touch are one."""
    mark: Mark | None = None
    for place in places:
        if mark and place < mark.left + mark.width + _APART:
            mark = Mark(mark.left, max(mark.width, place + MARK - mark.left))
            continue
        if mark:
            yield mark
        mark = Mark(place, MARK)
    if mark:
        yield mark


def _cited(edition: Edition, language: Language, parser: Parser) -> dict[str, list[str]]:
    """The measures whose texts cite each source."""
    cited: dict[str, list[str]] = defaultdict(list)
    for measure in edition.measures:
        words = language.measures[measure.id]
        file = f"{language.tag}/measures/{measure.id}.yaml"
        texts = {key: getattr(words, key) for key in ("reason", "analysis", "conclusions")}
        parsed = [parser.parse(language.prose(file, t, key)) for key, t in texts.items() if t]
        notes = (token for prose in parsed for token in prose.walk() if token.type == "note")
        for key in dict.fromkeys(c.key for note in notes for c in note_citations(note)):
            cited[key].append(measure.id)
    return cited


class _Scale:
    """The days of the timeline along its line."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.day = _LENGTH / max(1, (last - first).days)

    def place(self, day: date) -> float:
        return round((day - self.first).days * self.day, 2)

    def ticks(self) -> Iterator[Tick]:
        """The months that are named: as many as there is room for."""
        month = self.day * 365.25 / 12
        step = next((s for s in _STEPS if s * month >= _LABEL), _STEPS[-1])
        for day in _firsts(self.first, self.last, step):
            left = self.place(day)
            yield Tick(left, day, step >= 12, left + _LABEL <= _LENGTH)


def _firsts(first: date, last: date, step: int) -> Sequence[date]:
    """The first days of every ``step``-th month between two days."""
    numbers = range(first.year * 12, last.year * 12 + 12)
    days = [date(n // 12, n % 12 + 1, 1) for n in numbers if n % step == 0]
    return [day for day in days if first < day <= last]
