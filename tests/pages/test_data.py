"""The overview as data."""

from __future__ import annotations

import csv
import io
import json

import pytest

from report.edition.load import load_edition
from report.pages.data import as_csv, as_json
from tests.conftest import TinyEdition


@pytest.mark.parametrize("words", ["=1+1", "+32 Ampeln", "-1 Ampel", "@SUM(A1)"])
def test_a_spreadsheet_computes_no_title(tiny: TinyEdition, words: str) -> None:
    """An apostrophe keeps a cell from being a formula; JSON holds the words as they are."""
    text = (tiny.folder / "de/measures/ampeln.yaml").read_text(encoding="utf-8")
    title = text.splitlines()[0]
    tiny.change("de/measures/ampeln.yaml", f"{title}\n", f"title: '{words}'\n")
    edition = load_edition(tiny.folder)
    language = edition.languages["de"]
    rows = list(csv.DictReader(io.StringIO(as_csv(edition, language).decode("utf-8-sig"))))
    assert rows[1]["title"] == f"'{words}"
    assert not rows[0]["title"].startswith("'")
    assert json.loads(as_json(edition, language))["measures"][1]["title"] == words


def test_a_reply_stands_only_where_the_minister_was_asked(tiny: TinyEdition) -> None:
    """A refusal of the questionnaire is none of a measure about which nobody was asked."""
    edition = load_edition(tiny.folder)
    language = edition.languages["de"]
    asked = [measure.questions for measure in edition.measures]
    assert [bool(questions) for questions in asked] == [False, True]
    assert all("gross_wellmann" in measure.ministers for measure in edition.measures)
    rows = list(csv.DictReader(io.StringIO(as_csv(edition, language).decode("utf-8-sig"))))
    column = "replies_of_ministers_asked"
    assert [row[column] for row in rows] == ["", "Anna-Lena Groß-Wellmann: lehnte ab"]
    measures = json.loads(as_json(edition, language))["measures"]
    assert [item[column] for item in measures] == [{}, {"Anna-Lena Groß-Wellmann": "lehnte ab"}]
    assert b"refused" not in as_csv(edition, language) + as_json(edition, language)
