"""``edition round`` and ``edition reply``: record questions to cabinets and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..declared import Id
from ..edition.edition import Edition
from ..edition.load import load_edition
from ..edition.model import Outcome
from ..problems import RequestError, UnknownNameError
from .insert import added, appended, read, write_all

_FACTS, _SOURCES = "edition.yaml", "sources.yaml"
_KEY: TypeAdapter[str] = TypeAdapter(Id)
_DATED = (Outcome.ANSWERED, Outcome.REFUSED)


def open_round(
    folder: Path, key: str, sent: date, deadline: date | None = None, to: Sequence[str] = ()
) -> None:
    """Record a questionnaire ``key``, which went to the people ``to`` if they are named.

    Raises RequestError when it contradicts what is recorded, and UnknownNameError for a person
    who is not in people.yaml.
    """
    edition = load_edition(folder)
    try:
        _KEY.validate_python(key)
    except ValidationError:
        message = f'"{key}" cannot be a key; write small letters and digits, with - or _: 2026-06'
        raise RequestError(message) from None
    if key in edition.rounds:
        raise RequestError(f'a questionnaire is called "{key}" already; give another name')
    if deadline and deadline < sent:
        raise RequestError(f"the deadline, {deadline}, is before the day it was sent, {sent}")
    if sent > edition.facts.date:
        raise RequestError(f"{sent} is after the edition, of {edition.facts.date}")
    for person in to:
        _known(edition, person)
    value: dict[str, Any] = {"sent": sent}
    if deadline:
        value["deadline"] = deadline
    if to:
        value["to"] = list(to)
    text = added(read(folder / _FACTS), "questionnaires", key, value)
    write_all(folder, {_FACTS: text})


def record_reply(
    folder: Path, minister: str, outcome: Outcome, day: date | None = None, key: str = ""
) -> str:
    """Record what came of a questionnaire, or of the last, at a cabinet; returns the new source.

    Raises RequestError when it contradicts the questionnaire or what is recorded of it.
    """
    edition = load_edition(folder)
    _known(edition, minister)
    round_ = key or edition.round
    if not round_:
        raise RequestError("no questionnaire is recorded; edition round records one")
    if round_ not in edition.rounds:
        raise UnknownNameError("questionnaire", round_, edition.rounds)
    sent = edition.rounds[round_].sent
    if outcome is Outcome.NOT_ASKED or not edition.asked(minister, round_):
        raise RequestError(
            f"{minister} was not asked in the questionnaire {round_}, sent on {sent}; correct"
            ' "to" or the days of the office first'
        )
    if day and outcome not in _DATED:
        raise RequestError(f'"{outcome.value}" has no date; leave --date out')
    if day and day < sent:
        raise RequestError(f"{day} is before the questionnaire was sent, on {sent}")
    if day and day > edition.facts.date:
        raise RequestError(f"{day} is after the edition, of {edition.facts.date}")
    for source, known in edition.sources.items():
        if known.outcome and known.round == round_ and minister in known.author:
            place = edition.files[_SOURCES].place((source,))
            raise RequestError(
                f'the reply of {minister} stands in sources.yaml already, as "{source}", at line'
                f" {place.line}; change it there"
            )
    source = _free_key(edition, minister, round_)
    value = {"type": "personal_communication", "author": minister}
    if day:
        value["issued"] = str(day)
    value |= {"round": round_, "outcome": outcome.value}
    write_all(folder, {_SOURCES: appended(read(folder / _SOURCES), source, value)})
    return source


def _known(edition: Edition, person: str) -> None:
    if person not in edition.people:
        raise UnknownNameError("person", person, edition.people)


def _free_key(edition: Edition, minister: str, round_: str) -> str:
    first = f"reply_{minister}"
    numbered = (f"{first}_{round_}-{number}" for number in count(2))
    keys = chain([first, f"{first}_{round_}"], numbered)
    return next(key for key in keys if key not in edition.sources)
