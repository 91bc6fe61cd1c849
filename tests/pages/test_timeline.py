"""The timeline: which days it has, what it says of them, and where its marks lie."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from report.typeset.engine import layout
from report.typeset.inspection import inspect_layout
from tests.conftest import TinyEdition
from tests.pages.boxes import area, boxes, outermost, overlap, text_of

LIGHTS = "de/measures/ampeln.yaml"


def days_of(document: Any) -> list[str]:
    """What each day of the list says."""
    (box,) = (box for page in document.pages for box in outermost(page, "ol", "days"))
    items: dict[Any, Any] = {}
    for part in boxes(box):
        if part.element_tag == "li":
            items.setdefault(part.element, part)
    return [" ".join(text_of(item).split()) for item in items.values()]


def happening(tiny: TinyEdition, days: list[str]) -> TinyEdition:
    """The edition with a session of the council on each of ``days``, cited by a measure."""
    sources = "".join(
        f"sitzung_{n}:\n  type: hearing\n  genre: plenary\n  number: {n + 50}\n"
        f"  publisher: stadtrat\n  issued: {day}\n"
        for n, day in enumerate(days)
    )
    tiny.write("sources.yaml", (tiny.folder / "sources.yaml").read_text("utf-8") + sources)
    cited = "; ".join(f"@sitzung_{n}" for n in range(len(days)))
    return tiny.change(LIGHTS, "lehnte eine Antwort ab.", f"lehnte eine Antwort ab.[{cited}]")


def test_days_are_those_of_steps_replies_and_cited_sources(tiny: TinyEdition) -> None:
    """None is typed twice, and each leads to the measures that tell of it."""
    days = days_of(layout(tiny.page().html))
    assert days[0].endswith("Vertrag")
    assert days[-1] == "3. Mai 2030Dieser Bericht"
    assert any("Amt Müller: antwortete" in day for day in days)


def test_source_that_no_measure_cites_or_that_is_left_out_is_not_there(tiny: TinyEdition) -> None:
    """What is told of nowhere or matters little has no day."""
    happening(tiny, ["2030-04-11", "2030-04-12"])
    told = [
        day for day in days_of(layout(tiny.page().html)) if "April 2030Sitzung des Rats" in day
    ]
    assert [day.partition(".")[0] for day in told] == ["11", "12"]
    tiny.change("sources.yaml", "issued: 2030-04-11\n", "issued: 2030-04-11\n  timeline: false\n")
    tiny.change(LIGHTS, "; @sitzung_1", "")
    assert not any(day.startswith(("11. April", "12. April"))
                   for day in days_of(layout(tiny.page().html)))  # fmt: skip


@pytest.mark.parametrize(
    "days",
    [
        [f"2030-04-{n + 1:02}" for n in range(10)],
        [f"2030-{n % 3 + 2:02}-{n % 28 + 1:02}" for n in range(80)],
        ["2030-04-11"] * 80,
    ],
    ids=["ten", "eighty", "eighty on a day"],
)
def test_nothing_lies_on_anything_else(tiny: TinyEdition, days: list[str]) -> None:
    """However many there are, marks and words keep apart and within the page."""
    page = happening(tiny, days).page()
    document = layout(page.html)
    found = inspect_layout(document, "de", len(page.notes))
    assert [str(finding) for finding in found if finding.level == "error"] == []
    for laid in document.pages:
        marks = outermost(laid, "span", "happened")
        assert not [pair for pair in combinations(marks, 2) if overlap(*pair)]
        edges = [place / 96 * 25.4 for mark in marks for place in area(mark)[::2]]
        assert min(edges, default=22) >= 21.9
        assert max(edges, default=188) <= 188.1


def test_kind_that_no_note_has(tiny: TinyEdition) -> None:
    """A word that would never be printed is told."""
    tiny.change("de/labels.yaml", "    plenary: Sitzung", "    plenum: Sitzung")
    assert tiny.problems() == [
        'de/labels.yaml:131: unknown form of note "plenum"; did you mean "plenary"?'
    ]
