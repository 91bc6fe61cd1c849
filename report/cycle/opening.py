"""``edition new``: opens the next edition where the last one was closed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..edition.closed import record_name
from ..edition.edition import EDITION, REVIEW_FILE
from ..edition.load import load_edition
from ..problems import RequestError
from .insert import read, replaced, write_all
from .review import review_text

_FACTS = "edition.yaml"


def open_edition(folder: Path, day: date) -> list[str]:
    """Give the content in ``folder`` the date ``day``; returns the texts that are to be reviewed.

    Nothing else in an editor's file changes. Raises RequestError when the edition before is not
    closed or not before ``day``, and ContentError when it cannot be loaded.
    """
    edition = load_edition(folder)
    last = edition.facts.date
    if not (folder / record_name(last)).is_file():
        message = f"the edition of {last} is still open; edition close ends it first"
        raise RequestError(message)
    if day <= last:
        raise RequestError(f"{day} is not after the last edition, of {last}; give a later day")
    units = [EDITION, *(measure.id for measure in edition.measures)]
    facts = replaced(read(folder / _FACTS), "date", str(day))
    write_all(folder, {_FACTS: facts, REVIEW_FILE: review_text(units)})
    return units
