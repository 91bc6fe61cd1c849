"""Spelling with the dictionaries of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.checks.run import check_edition
from report.checks.spelling import Speller
from report.problems import Level
from tests.editions import edit, make_edition, place_of


@pytest.mark.parametrize(
    ("locale", "known", "unknown"),
    [
        ("nl_BE", ["dreigingsanalyseorgaan", "EU-lidstaten", "km/u", "wapens", "'s"],
         ["dreigingsanalyseorgan", "bruhg", "wapenen-s"]),
        ("fr", ["l'étranger", "visas", "a-t-elle", "qu'exécutées"], ["exportassion", "visass"]),
    ],
)  # fmt: skip
def test_dictionaries_of_the_project(locale: str, known: list[str], unknown: list[str]) -> None:
    """Compounds, elisions and plurals are known, slips are not."""
    speller = Speller.of(locale)
    assert speller
    assert speller.misspelt(known + unknown) == set(unknown)


def test_a_language_without_dictionary_is_told(tmp_path: Path) -> None:
    """A note says that its words are not spelt; the other language's still are."""
    edition = make_edition(tmp_path)
    edit(edition, "nl/labels.yaml", "locale: nl_BE", "locale: de_DE")
    edit(edition, "nl/measures/bridge.yaml", "De brug is open.", "De bruhg is open.")
    edit(edition, "fr/measures/bridge.yaml", "Le pont est ouvert.", "Le ponnt est ouvert.")
    found = {f for f in check_edition(edition).findings if f.code in ("no-dictionary", "spelling")}
    assert {(f.code, f.level, f.words) for f in found} == {
        ("no-dictionary", Level.NOTE, "de_DE"),
        ("spelling", Level.WARNING, "ponnt"),
    }
    (note,) = (f for f in found if f.code == "no-dictionary")
    line, column = place_of(edition, "nl/labels.yaml", "de_DE")
    assert (note.place.file, note.place.line, note.place.column) == (
        "nl/labels.yaml",
        line,
        column,
    )
