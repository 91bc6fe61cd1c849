"""What happened from the agreement to the edition, day by day, as far as its sources tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .edition import Edition
from .model import Lane, Outcome

_OF_OUTCOME = {Outcome.ANSWERED: Lane.ANSWERED, Outcome.REFUSED: Lane.REFUSED}
_PARLIAMENT = "hearing"
AGREED, SENT, PUBLISHED = "agreed", "sent", "published"
"""The steps, which no source needs to tell."""


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; ``key`` is that of its source, or names a step."""

    day: date
    lane: Lane
    key: str
    measures: tuple[str, ...] = ()
    """The measures whose texts tell of it."""


def events(edition: Edition, cited: Mapping[str, Sequence[str]]) -> list[Event]:
    """Every event in order; ``cited`` has the measures that cite a source."""
    facts = edition.facts
    steps = [(AGREED, facts.agreement.date), (PUBLISHED, facts.date)]
    steps += [(SENT, questionnaire.sent) for questionnaire in edition.rounds.values()]
    told = [Event(day, Lane.STEPS, step) for step, day in steps] + list(_told(edition, cited))
    found = [event for event in told if facts.agreement.date <= event.day <= facts.date]
    lanes = list(Lane)
    return sorted(found, key=lambda event: (event.day, lanes.index(event.lane)))


def undated(edition: Edition) -> list[str]:
    """The ministers whose cabinets reacted on a day that is not known."""
    replies = {key: edition.reply(key) for key in edition.competent_ministers()}
    return [
        key
        for key, reply in replies.items()
        if reply and reply.outcome in _OF_OUTCOME and not (reply.issued and reply.issued.day)
    ]


def _told(edition: Edition, cited: Mapping[str, Sequence[str]]) -> Iterator[Event]:
    for key, source in edition.sources.items():
        lane = Lane.PARLIAMENT if source.type == _PARLIAMENT else Lane.OTHERS
        if source.outcome:
            lane = _OF_OUTCOME.get(source.outcome, Lane.OTHERS)
        known = source.issued and source.issued.day
        if source.issued and known and source.timeline and (cited.get(key) or source.outcome):
            yield Event(source.issued.first, lane, key, tuple(cited.get(key, ())))
