"""editions/<day>/edition.yaml: what a closed edition published, written once by ``edition close``.

It is read instead of the old content, so that what was published stays known whatever becomes of
texts, names and the shape of the content files.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field, TypeAdapter

from ..declared import Declared, Id, Line
from .dates import Day
from .model import Outcome

EDITIONS_FOLDER = "editions"
"""Holds a folder for every closed edition, called after its day."""
RECORD_FILE = "edition.yaml"


class ClosedMinister(Declared):
    """A competent minister as an edition named them."""

    person: Id
    """Key of people.yaml."""
    party: Id | None = None
    """Key of the party."""
    offices: list[Id] = Field(default_factory=list)
    """Offices by which the minister was competent."""


class ClosedMeasure(Declared):
    """A measure as an edition published it."""

    id: Id
    """Key."""
    number: int = Field(ge=1)
    """Printed number."""
    level: Id
    """Level of government."""
    status: Id
    """Key of the status."""
    ministers: list[ClosedMinister]
    """Competent ministers, in the order printed."""
    titles: dict[Line, Line]
    """Title by language folder."""
    reasons: dict[Line, Line]
    """Reason of the status by language folder, as plain text."""


class ClosedEdition(Declared):
    """What an edition published."""

    edition: Day
    """Day of the edition."""
    measures: list[ClosedMeasure] = Field(min_length=1)
    """Its measures in their order."""
    replies: dict[Id, dict[Id, Outcome]] = Field(default_factory=dict)
    """What came of each questionnaire: by its key and the key of the minister."""
    files: dict[Line, Line] = Field(default_factory=dict)
    """SHA-256 of each file published, by name, in hexadecimal."""

    def measure(self, key: str) -> ClosedMeasure | None:
        """The measure with this key."""
        return next((measure for measure in self.measures if measure.id == key), None)


CLOSED_EDITION = TypeAdapter(ClosedEdition)


def record_name(day: date) -> str:
    """The record of the edition of ``day``, from the content folder."""
    return f"{EDITIONS_FOLDER}/{day}/{RECORD_FILE}"
