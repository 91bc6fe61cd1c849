"""The table of kinds of source: one row and its words make a kind."""

from __future__ import annotations

import re

import pytest

from report.edition import source_kinds
from report.edition.source_kinds import KINDS, SourceKind, forms
from tests import real_edition
from tests.conftest import TinyEdition

MAP = SourceKind("map", None, "map", ("number", "publisher"))

FORM = '    map: ["{publisher}", "Karte {number}", "{words}", "{locator}", "{date}"]\n'


@pytest.fixture
def atlas(tiny: TinyEdition, monkeypatch: pytest.MonkeyPatch) -> TinyEdition:
    """The tiny edition, which cites a map: a kind of which the table has a row more."""
    monkeypatch.setattr(source_kinds, "KINDS", (*KINDS, MAP))
    source = "radnetz: {type: map, number: 4, publisher: stadtrat, issued: 2030-01-09}\n"
    tiny.change("sources.yaml", "vertrag:\n", f"{source}vertrag:\n")
    tiny.change("de/labels.yaml", "  forms:\n", f"  forms:\n{FORM}")
    return tiny


def test_a_kind_is_a_row_and_its_words(atlas: TinyEdition) -> None:
    """With one row and its words a new kind of source is accepted, and its note printed."""
    atlas.change("de/measures/ampeln.yaml", "[@zeitung]", "[@radnetz, S. 2]")
    assert atlas.problems() == []
    html = atlas.page().html.replace("\u00a0", " ")
    assert ">Rat der Stadt, Karte 4, S. 2, 9. Januar 2030.</span>" in html


def test_what_a_kind_needs_is_asked_for(atlas: TinyEdition) -> None:
    """A source that lacks what its row needs is named with the key to write."""
    atlas.change("sources.yaml", "{type: map, number: 4, ", "{type: map, ")
    assert atlas.problems() == ['sources.yaml:1: "radnetz" lacks "number", which type map needs']


def test_words_of_a_kind_are_asked_for(atlas: TinyEdition) -> None:
    """A language without the form of a kind that a source has is told so."""
    atlas.change("de/labels.yaml", FORM, "")
    (problem,) = atlas.problems()
    assert re.fullmatch(r'de/labels.yaml:\d+: "forms" lacks the key "map"', problem)


def test_every_kind_has_its_words() -> None:
    """The project's languages can print a note about every kind of source in the table."""
    for language in real_edition.edition().languages.values():
        assert set(language.labels.notes.forms) == set(forms())
