"""The overview as data, for those who count: CSV and JSON beside the report."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ..edition.edition import Edition, Language
from ..edition.model import Measure
from ..edition.selection import EVERYTHING, Selection
from .typography import capital


def overview(
    edition: Edition, language: Language, selection: Selection = EVERYTHING
) -> list[dict[str, Any]]:
    """One row per measure, in the words of ``language``; keys and status are neutral."""
    return [_row(edition, language, measure) for measure in selection.measures(edition)]


def _row(edition: Edition, language: Language, measure: Measure) -> dict[str, Any]:
    return {
        "number": edition.number(measure.id),
        "id": measure.id,
        "level": language.names.levels[measure.level],
        "title": language.measures[measure.id].title,
        "ministers": [edition.people[key].full_name for key in measure.ministers],
        "status": measure.status,
        "status_label": capital(language.labels.statuses[measure.status]),
        "carried_out": edition.statuses[measure.status].carried_out.value,
        "replies": {
            edition.people[key].full_name: edition.outcome(key).value for key in measure.ministers
        },
    }


def as_json(edition: Edition, language: Language, selection: Selection = EVERYTHING) -> bytes:
    """The overview with the edition's title and date."""
    document = {
        "title": language.edition.title,
        "date": edition.facts.date.isoformat(),
        "language": language.labels.language,
        "measures": overview(edition, language, selection),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes, at the start of a cell, for a formula to compute."""


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(edition: Edition, language: Language, selection: Selection = EVERYTHING) -> bytes:
    """The overview, comma-separated (RFC 4180), with a byte order mark for spreadsheets.

    An apostrophe stands before what a spreadsheet would compute; it shows the rest as text.
    """
    output = io.StringIO()
    rows = overview(edition, language, selection)
    writer = csv.DictWriter(output, list(rows[0]))
    writer.writeheader()
    for row in rows:
        replies = "; ".join(f"{name}: {outcome}" for name, outcome in row["replies"].items())
        cells = {**row, "ministers": "; ".join(row["ministers"]), "replies": replies}
        writer.writerow({key: _cell(value) for key, value in cells.items()})
    return ("\ufeff" + output.getvalue()).encode()
