"""Words set large in the margin: who is said to have spoken, and where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from report.build import build
from report.edition.load import load_edition
from report.options import Options
from report.pages.render import render_page
from report.typeset.engine import layout
from report.typeset.inspection import inspect_layout
from tests.conftest import TinyEdition
from tests.pages.boxes import area, outermost, overlap, paragraphs_of
from tests.real_edition import plain
from tests.typeset.test_tagging import Tagged

LIGHTS = "de/measures/ampeln.yaml"
WORDS = "wohl \"rot und 'rot'\""
LONG = f'{"Verkehrssicherheitsüberwachungsmaßnahmen " * 3}sind "rot"'


def quoted(tiny: TinyEdition, quote: str, words: str) -> TinyEdition:
    """The edition with ``words`` in the margin of its measure on traffic lights."""
    tiny.change("measures.yaml", "  questions:\n", f"  quote: {quote}\n  questions:\n")
    return tiny.change(LIGHTS, "\nconclusions:", f"\nquote: >-\n  {words}\nconclusions:")


def quotes_of(document: Any) -> list[tuple[Any, Any]]:
    """The quotes with their pages."""
    pages = document.pages
    return [(page, box) for page in pages for box in outermost(page, "aside", "quote")]


@pytest.mark.parametrize(
    ("quote", "attribution"),
    [
        ("{source: zeitung, speaker: tagblatt}", ["Tagblatt", "Tagblatt", "20. April 2030"]),
        ("{source: plenum_3, speaker: abgeordnete}",
         ["Rosa Lind", "Rat der Stadt", "14. Februar 2030"]),
        ("{source: antwort_mueller}", ["Amt Müller", "Antwort", "1. April 2030"]),
        ("{source: antwort_von_thal}", ["Amt von Thal", "Antwort", "ohne Datum"]),
        ("{source: antrag_9, speaker: mueller}", ["Jörg Müller", "Rat der Stadt"]),
    ],
)  # fmt: skip
def test_speaker_source_and_day_are_those_of_the_registry(
    tiny: TinyEdition, quote: str, attribution: list[str]
) -> None:
    """None of them is typed; a cabinet speaks through its reply."""
    ((_, box),) = quotes_of(layout(quoted(tiny, quote, WORDS).page().html))
    assert paragraphs_of(box) == ["wohl „rot und ‚rot‘“", *attribution]


@pytest.mark.parametrize("words", [WORDS, LONG])
@pytest.mark.parametrize("lines", range(0, 60, 6))
def test_quote_stands_whole_and_alone_in_the_margin(
    tiny: TinyEdition, words: str, lines: int
) -> None:
    """However far down the page its text begins, it keeps clear of what else is there."""
    quoted(tiny, "{source: antwort_mueller}", words)
    agreed = "    Das Land stellt die Ampeln um.\n"
    tiny.change(LIGHTS, agreed, "".join(f"    - Ampel {n}\n" for n in range(1, lines + 2)))
    page = tiny.page()
    document = layout(page.html)
    found = inspect_layout(document, "de", len(page.notes))
    assert [str(finding) for finding in found if finding.level == "error"] == []
    ((page, box),) = quotes_of(document)
    left, _, right, bottom = area(box)
    assert left >= 22 / 25.4 * 96 - 1
    assert right <= 62 / 25.4 * 96 + 1
    assert bottom <= page.height - 20 / 25.4 * 96
    assert not [facts for facts in outermost(page, "div", "facts") if overlap(facts, box)]


def test_who_listens_hears_the_words_once(tiny: TinyEdition, tmp_path: Path) -> None:
    """In the margin they are decoration; the text beside it holds them."""
    quoted(tiny, "{source: absage_gross_wellmann}", '"eine Antwort ab"')
    tiny.change(LIGHTS, "lehnte eine Antwort ab.", 'lehnte "eine Antwort ab".')
    made = build(Options(tiny.folder, tmp_path / "out", draft=True, only=("screen",))).made
    (path,) = (item.path for item in made if item.kind == "screen")
    shown = "".join(page.extract_text() for page in PdfReader(path).pages)
    heard = Tagged(path.read_bytes()).tree.text
    assert [plain(text).count("„eine Antwort ab“") for text in (shown, heard)] == [2, 1]


def test_measures_without_one_have_none(tiny: TinyEdition) -> None:
    """Nothing stands in for what is not there."""
    edition = load_edition(tiny.folder)
    assert quotes_of(layout(render_page(edition, edition.languages["de"]).html)) == []
