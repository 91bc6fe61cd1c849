"""Figures: drawn from the numbers, read out as tables, and refused where they cannot be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html  # type: ignore[import-untyped]

from report.build import Options, build
from report.edition.load import load_edition
from report.pages.data import as_json
from tests.conftest import TinyEdition
from tests.real_edition import plain
from tests.typeset.test_tagging import Node, Tagged

STREET = "de/measures/fahrradstrasse.yaml"
ABOVE = "  Drei Punkte stehen fest:\n"
FACTS = """\
kosten:
  kind: parts
  unit: mio
  total: 12.5
  values: {bruecke: 4.5, weg: 2, rest: 6}
  sources: [zeitung]
dauer:
  kind: comparison
  unit: days
  values:
    hafen: 15
    stadt: {since: agreement}
  sources: [plenum_3]
neben:
  kind: beside
  values:
    geld: {amount: 320000, unit: mio}
    last: {amount: 109.5, unit: days}
  sources: [plenum_3]
"""
WORDS = """\
units:
  mio: {one: "{number} Million", other: "{number} Millionen"}
  days: {one: "{number} Tag", other: "{number} Tage"}
figures:
  kosten:
    caption: Die Kosten.
    alternative: >-
      Von {{ figures.kosten.total }} Millionen gehen {{ figures.kosten.weg }} an den Weg.
    labels: {total: Summe, bruecke: Brücke, weg: Weg, rest: Übriges}
  dauer:
    caption: Die Dauer.[@plenum_3, S. 2]
    alternative: Der Hafen war schneller.
    labels: {hafen: Hafen, stadt: Stadt}
    details: {stadt: "seit dem {{ dates.agreement }}"}
  neben:
    caption: Geld und Last.
    alternative: Beides.
    labels: {geld: Geld, last: Last}
"""


@pytest.fixture
def drawn(tiny: TinyEdition) -> TinyEdition:
    """The tiny edition with a figure of each kind in one text."""
    tiny.write("figures.yaml", FACTS).write("de/figures.yaml", WORDS)
    placed = "".join(f"  ![](#{key})\n\n" for key in ("kosten", "dauer", "neben"))
    return tiny.change(STREET, ABOVE, placed + ABOVE)


@pytest.fixture
def file(drawn: TinyEdition, tmp_path: Path) -> Path:
    """Its PDF for the screen."""
    (made,) = build(Options(drawn.folder, tmp_path / "out", only=("screen",), draft=True)).made
    return made.path


def _read(cell: Node) -> str:
    """The text of a cell, a space between its blocks."""
    pieces = (
        x if isinstance(x, str) else f" {x.text}" * (x.role == "P") or x.text for x in cell.pieces
    )
    return plain("".join(pieces))


def _tables(path: Path) -> dict[str, tuple[list[list[str]], str]]:
    """Rows and summary of each table that has one, by its caption without the number of a note."""
    found = {}
    for node in Tagged(path.read_bytes()).tree.all("Table"):
        if summary := str(node.entries.get("/A", {}).get("/Summary", "")):
            caption = node.one("Caption")
            rows = [[_read(cell) for cell in row.nodes] for row in node.all("TR")]
            found[re.split(r"\d", plain(caption.text))[0]] = rows, plain(summary)
    return found


def test_a_figure_is_read_out_as_a_table_of_its_numbers(file: Path) -> None:
    """Each has its caption, what it says in words, and a row or column for each number."""
    assert _tables(file) == {
        "Die Kosten.": (
            [["Summe: 12,5 Millionen"], ["Brücke", "Weg", "Übriges"], ["4,5", "2", "6"]],
            "Von 12,5 Millionen gehen 2 an den Weg.",
        ),
        "Die Dauer.": (
            [["Hafen", "15 Tage"], ["Stadt", "183 Tage seit dem 1. November 2029"]],
            "Der Hafen war schneller.",
        ),
        "Geld und Last.": (
            [["Geld", "Last"], ["320.000 Millionen", "109,5 Tage"]],
            "Beides.",
        ),
    }


def _millimetres(element: object, name: str) -> float:
    style = str(element.get("style"))  # type: ignore[attr-defined]
    (length,) = re.findall(rf"(?:^|; ){name}: ([\d.]+)mm", style)
    return float(length)


def _page(drawn: TinyEdition) -> object:
    return lxml_html.fromstring(drawn.page().html)


def test_parts_are_as_long_as_their_share(drawn: TinyEdition) -> None:
    """They fill the width of the text between them, each begins where the last ends."""
    segments = _page(drawn).find_class("segment")  # type: ignore[attr-defined]
    widths = [_millimetres(segment, "width") for segment in segments]
    assert widths == pytest.approx([43.2, 19.2, 57.6])
    assert [_millimetres(x, "left") for x in segments] == pytest.approx([0, 43.2, 62.4])


def test_bars_begin_at_zero_and_one_that_grows_is_open(drawn: TinyEdition) -> None:
    """Lengths are in proportion; only what is counted until the edition goes on."""
    (table,) = _page(drawn).find_class("comparison")  # type: ignore[attr-defined]
    short, long = [_millimetres(bar, "width") for bar in table.find_class("stretch")]
    assert short / long == pytest.approx(15 / 183, abs=0.001)
    open_ends = [len(row.find_class("going-on")) for row in table.iter("tr")]
    assert open_ends == [0, 3]


def test_the_caption_cites_the_sources_that_it_does_not_cite_itself(drawn: TinyEdition) -> None:
    """A figure without a source is never printed, nor one source twice."""
    notes = drawn.page().notes
    at = notes.index("ausschuss_12")
    placed = [note for note in notes if note in ("zeitung", "plenum_3")]
    assert placed[:3] == ["zeitung", "plenum_3", "plenum_3"], notes[at:]


def test_the_numbers_stand_among_the_data(drawn: TinyEdition) -> None:
    """JSON has every number with its unit, what is counted from a day included."""
    edition = load_edition(drawn.folder)
    figures = json.loads(as_json(edition, edition.languages["de"]))["figures"]
    assert figures["kosten"]["total"] == 12.5
    assert figures["dauer"]["values"]["stadt"] == {"amount": 183, "unit": "days"}
    assert figures["neben"]["sources"] == ["plenum_3"]


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("figures.yaml", "rest: 6}", "rest: 7}",
         "figures.yaml:4: the parts add up to 13.5, not 12.5; correct one of them"),
        ("figures.yaml", "  total: 12.5\n", "",
         'figures.yaml:2: key "total" is missing: the sum of the parts'),
        ("figures.yaml", "kind: parts", "kind: pie",
         'no kind of figure is called "pie"; there are: parts, comparison, beside'),
        ("figures.yaml", "since: agreement", "since: nowhere",
         'figures.yaml:12: no day is called "nowhere"; write agreement, questionnaire or a source'
         " that has a day"),
        ("figures.yaml", "[zeitung]", "[zeitun]", 'unknown source "zeitun"'),
        ("figures.yaml", "amount: 109.5, unit: days", "amount: 109.5",
         'the "unit" of this value is missing'),
        ("de/figures.yaml", ", weg: Weg", "", '"labels" lacks the key "weg"'),
        ("de/figures.yaml", "hafen: Hafen", "haven: Hafen", 'unknown value "haven"'),
        ("de/figures.yaml", '"{number} Tage"', '"Tage"', "words with {number} in them"),
        ("de/figures.yaml", "  mio: {one: \"{number} Million\", other: \"{number} Millionen\"}\n",
         "", '"units" lacks the key "mio"'),
        (STREET, "![](#dauer)", "![](#dauern)", 'unknown figure "dauern"; did you mean "dauer"?'),
        (STREET, "![](#dauer)", "Siehe ![Dauer](dauer.png).",
         "a picture or plot is described in figures.yaml"),
        (STREET, "![](#dauer)", "- ![](#dauer)", "a figure stands between paragraphs"),
    ],
)  # fmt: skip
def test_refused(drawn: TinyEdition, name: str, old: str, new: str, problem: str) -> None:
    """What does not fit is told with its place and what to do."""
    problems = drawn.change(name, old, new).problems()
    assert any(line.startswith(name) and problem in line for line in problems), problems


def test_without_its_words_no_figure_is_printed(drawn: TinyEdition) -> None:
    """A language that lacks the file is told of it."""
    (drawn.folder / "de/figures.yaml").unlink()
    assert any("this file is missing" in line for line in drawn.problems())
