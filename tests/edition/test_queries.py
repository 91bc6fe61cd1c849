"""Editors' questions that are still open."""

from __future__ import annotations

import shutil

from report.edition.load import load_edition
from report.edition.queries import open_queries
from tests.conftest import TinyEdition


def _second_language(tiny: TinyEdition) -> None:
    shutil.copytree(tiny.folder / "de", tiny.folder / "nds")
    tiny.change("nds/labels.yaml", "language: de-DE", "language: nds-DE")
    tiny.change("nds/labels.yaml", "language_name: Deutsch", "language_name: Plattdüütsch")


def test_a_question_of_all_languages_is_listed_once(tiny: TinyEdition) -> None:
    """A translation adds no question; it adds its place, and its words stay in its draft."""
    alone = open_queries(load_edition(tiny.folder))
    _second_language(tiny)
    path = tiny.folder / "nds/edition.yaml"
    (asked,) = (q.words for q in alone if q.places[0].file == "de/edition.yaml")
    text = path.read_text(encoding="utf-8")
    assert text.count(asked) == 1
    path.write_text(text.replace(asked, "Stimmt dat?"), encoding="utf-8")
    edition = load_edition(tiny.folder)
    together = open_queries(edition)
    assert [query.words for query in together] == [query.words for query in alone]
    assert {place.file for place in together[0].places} == {"de/edition.yaml", "nds/edition.yaml"}
    assert "de/edition.yaml:" in str(together[0])
    assert "nds/edition.yaml:" in str(together[0])
    assert edition.languages["nds"].edition.queries == ["Stimmt dat?"]


def test_a_question_of_one_language_alone_is_listed_too(tiny: TinyEdition) -> None:
    """What only translators ask stands with the questions of its file."""
    before = open_queries(load_edition(tiny.folder))
    _second_language(tiny)
    text = (tiny.folder / "nds/edition.yaml").read_text(encoding="utf-8")
    tiny.write("nds/edition.yaml", text.rstrip() + "\n  - Welk Woort is beter?\n")
    after = open_queries(load_edition(tiny.folder))
    assert len(after) == len(before) + 1
    (added,) = (query for query in after if query.words == "Welk Woort is beter?")
    assert [place.file for place in added.places] == ["nds/edition.yaml"]
    assert after.index(added) == 1
