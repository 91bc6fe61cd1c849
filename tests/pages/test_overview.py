"""The overview by level, and the table of ministers and measures, read back out of the file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.build import build
from report.options import Options
from tests.conftest import TINY, TinyEdition
from tests.editions import edit
from tests.real_edition import plain
from tests.typeset.test_tagging import Node, Tagged


@pytest.fixture(scope="module")
def tables() -> Iterator[list[Node]]:
    """Those of the screen copy: one of each level, then that of the ministers.

    The names of the levels are as short as columns of one measure need.
    """
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(TINY, folder / "content")
    edit(folder / "content", "de/names.yaml", "stadt: Stadt", "stadt: Ort")
    edit(folder / "content", "de/names.yaml", "land: Land", "land: Amt")
    yield _tables(folder / "content", folder)
    shutil.rmtree(folder)


def _tables(content: Path, out: Path) -> list[Node]:
    made = build(Options(content, out, only=("screen",))).made
    (path,) = (file.path for file in made if file.kind == "screen")
    (*_, first, second, matrix) = Tagged(path.read_bytes()).tree.all("Table")
    return [first, second, matrix]


def _said(node: Node) -> str:
    """What is read out: the text, and the alternative text of pictures in its place."""
    parts = [part if isinstance(part, str) else _said(part) for part in node.pieces]
    alternative = str(node.entries.get("/Alt", ""))
    return plain(" ".join([alternative, *parts]))


def _rows(table: Node, part: str = "TBody") -> list[list[str]]:
    return [
        [_said(cell) for cell in row.nodes] for body in table.all(part) for row in body.all("TR")
    ]


def _heads(table: Node, cell: Node) -> list[str]:
    """The heads that a cell names as its own."""
    named = {str(head.entries["/ID"]): head for head in table.all("TH") if "/ID" in head.entries}
    return [_said(named[str(head)]) for head in cell.attributes["/Headers"]]


def test_each_level_is_a_table_under_its_totals(tables: list[Node]) -> None:
    """The totals are the first of its heads, which pages that it goes on to repeat."""
    heads = [_rows(table, "THead") for table in tables[:2]]
    columns = ["Maßnahme", "Stand und Zuständige", "S."]
    assert heads == [
        [["Ort (1): 1 vorläufig umgesetzt"], columns],
        [["Amt (1): 1 nicht umgesetzt"], columns],
    ]


def test_a_row_of_the_overview_says_all_of_a_measure(tables: list[Node]) -> None:
    """Number, title, reason in brief, status, the one before, ministers with reply, and page."""
    ((number, title, status, page),) = _rows(tables[0])
    assert number == "1"
    assert title == (
        "Eine Fahrradstraße durch die ganze Stadt, vom Nordbahnhof bis zum Hafen"
        " Gebaut wird seit dem 1. November 2029, vorläufig ohne „Brücken“."
    )
    words, ministers = status.split("“", 1)
    assert words == "Vorläufig umgesetzt war „nicht umgesetzt"
    names = "Müller (Mitte & Land) Groß-Wellmann (GL) von Thal (Mitte & Land)"
    replies = "antwortete lehnte ab antwortete"
    assert sorted(ministers.split()) == sorted(f"{names} {replies}".split())
    assert page == "7"


def test_ministers_stand_by_party_with_reply_and_what_is_not_done(tables: list[Node]) -> None:
    """Each with their offices, the date of the reply, and a sign for each of their measures."""
    done, undone = "Vorläufig umgesetzt", "Nicht umgesetzt"
    assert _rows(tables[2]) == [
        ["Mitte & Land"],
        ["Jörg Müller Stadtrat für Verkehr", "Antwortete 1. April 2030", done, "", "0 von 1"],
        ["Karl von Thal Stadtrat für Ordnung", "Antwortete ohne Datum", done, "", "0 von 1"],
        ["Grüne Liste"],
        [
            "Anna-Lena Groß-Wellmann Stadträtin für Bau, Stadträtin für Finanzen",
            "Lehnte ab 10. April 2030", done, undone, "1 von 2",
        ],
    ]  # fmt: skip


def test_a_sign_has_its_minister_party_measure_and_level_as_heads(tables: list[Node]) -> None:
    """So that a screen reader says whose it is and of what."""
    (*_, row) = tables[2].all("TR")
    heads = _heads(tables[2], row.nodes[3])
    assert heads[:3] == ["Amt", "2", "Grüne Liste"]
    assert heads[3].startswith("Anna-Lena Groß-Wellmann")


def test_where_columns_have_no_room_measures_stand_in_a_list(tiny: TinyEdition) -> None:
    """By level, each number with its sign; nothing else of the table is another."""
    (*_, table) = _tables(tiny.folder, tiny.folder.parent / "out")
    assert _rows(table, "THead") == [["Zuständig", "Antwort", "Maßnahmen", "Nicht umgesetzt"]]
    rows = _rows(table)
    assert rows[1][2] == "Stadt 1 Vorläufig umgesetzt"
    assert rows[-1][1:] == [
        "Lehnte ab 10. April 2030",
        "Stadt 1 Vorläufig umgesetzt Land 2 Nicht umgesetzt",
        "1 von 2",
    ]


def test_a_minister_of_no_party_comes_last(tiny: TinyEdition) -> None:
    """Under a heading of its own."""
    tiny.change("people.yaml", "family: Müller, party: mitte,", "family: Müller,")
    (*_, table) = _tables(tiny.folder, tiny.folder.parent / "out")
    assert [row[0].split(" Stadt")[0] for row in _rows(table)][-2:] == [
        "Ohne Partei",
        "Jörg Müller",
    ]


@pytest.mark.parametrize(
    ("outcome", "said"), [("none", "Schwieg"), ("refused", "Lehnte ab ohne Datum")]
)
def test_only_a_reply_that_came_is_undated(tiny: TinyEdition, outcome: str, said: str) -> None:
    """Of silence there is no date to miss."""
    tiny.change("de/measures/ampeln.yaml", "[@absage_gross_wellmann]", "")
    tiny.change(
        "sources.yaml",
        "issued: 2030-04-10\n  round: fruehjahr\n  outcome: refused",
        f"round: fruehjahr\n  outcome: {outcome}",
    )
    (*_, table) = _tables(tiny.folder, tiny.folder.parent / "out")
    assert _rows(table)[-1][1] == said


def test_what_is_done_in_part_is_seen_and_not_counted_as_not_done(tiny: TinyEdition) -> None:
    """Nor is what cannot be assessed."""
    tiny.change("measures.yaml", "status: provisionally_executed", "status: partly_executed")
    old, new = "status: not_executed\n  questions", "status: not_assessable\n  questions"
    tiny.change("measures.yaml", old, new)
    (*_, table) = _tables(tiny.folder, tiny.folder.parent / "out")
    signs = "Stadt 1 Teilweise umgesetzt Land 2 Nicht zu beurteilen"
    assert _rows(table)[-1][2:] == [signs, "0 von 2"]
