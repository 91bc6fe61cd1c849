"""The overview as data, for those who count: CSV and JSON beside the report.

JSON also holds the numbers of the figures.

Words are those of the file's language. ``id``, ``status`` and ``carried_out`` are the keys of
measures.yaml and statuses.yaml, the same in every language, so that files can be joined.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ..edition.edition import Edition, Language, Measure
from ..edition.figures import Plot
from ..edition.selection import EVERYTHING, Selection
from .typography import capital

ASKED = "replies_of_ministers_asked"
"""The column of what those replied who were asked about a measure."""


def overview(
    edition: Edition, language: Language, selection: Selection = EVERYTHING
) -> list[dict[str, Any]]:
    """One row per measure.

    The reply to the questionnaire is that of a cabinet as a whole: it stands only at the measures
    about which that minister was asked.
    """
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
        ASKED: {
            edition.people[key].full_name: language.labels.outcomes[edition.outcome(key)]
            for key in (measure.questions.to if measure.questions else [])
        },
    }


def _figure(edition: Edition, plot: Plot) -> dict[str, Any]:
    """The numbers of a figure, each with the key of its unit."""
    return {
        "values": {
            name: {"amount": edition.amount(value), "unit": plot.unit_of(name)}
            for name, value in plot.values.items()
        },
        "total": plot.total,
        "sources": plot.sources,
    }


def as_json(edition: Edition, language: Language, selection: Selection = EVERYTHING) -> bytes:
    """The overview with the edition's title and date."""
    document = {
        "title": language.edition.title,
        "date": edition.facts.date.isoformat(),
        "language": language.labels.language,
        "measures": overview(edition, language, selection),
        "figures": {key: _figure(edition, plot) for key, plot in edition.figures.items()},
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
        replies = "; ".join(f"{name}: {outcome}" for name, outcome in row[ASKED].items())
        cells = {**row, "ministers": "; ".join(row["ministers"]), ASKED: replies}
        writer.writerow({key: _cell(value) for key, value in cells.items()})
    return ("\ufeff" + output.getvalue()).encode()
