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
