"""How things are set, by how much there is of them."""

from __future__ import annotations

import pytest

from report.pages.room import balanced, fits_one_page, tiles, title_step


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("", [""]),
        ("Radwege", ["Radwege"]),
        ("Ein Satz, der gerade noch auf eine Zeile geht",
         ["Ein Satz, der gerade", "noch auf eine Zeile geht"]),
        ("Ein Verbot der Einfuhr von Waren aus den neuen Vierteln",
         ["Ein Verbot der Einfuhr", "von Waren aus den neuen Vierteln"]),
        ("Weniger Fahrten über die Brücke (Verkehrsamt)",
         ["Weniger Fahrten über", "die Brücke (Verkehrsamt)"]),
        ("Strafverfolgung von Bürgern der Stadt, die an Verstößen gegen das Recht der Völker"
         " beteiligt waren",
         ["Strafverfolgung von Bürgern", "der Stadt, die an Verstößen gegen",
          "das Recht der Völker beteiligt waren"]),
        ("Zusammenarbeitsvereinbarungsgenehmigungsverfahren der Stadt",
         ["Zusammenarbeitsvereinbarungsgenehmigungsverfahren der Stadt"]),
        ("Weg " * 60 + "Weg", ["Weg " * 60 + "Weg"]),
    ],
)  # fmt: skip
def test_lines_of_a_heading_are_about_as_long_as_each_other(
    heading: str, lines: list[str]
) -> None:
    """They part the heading where no short word is left at the end of a line, if they can."""
    assert balanced(heading) == lines


@pytest.mark.parametrize(
    ("title", "step"),
    [
        ("", 0),
        ("Bericht", 0),
        ("Bericht Radwege", 0),
        ("Drei Wörter in drei Zeilen", 1),
        ("Entwicklungspläne", 1),
        ("Zusammenarbeitsverträge", 2),
        ("Was die Regierung versprach, was sie tat und was bis heute fehlt", 2),
        ("Zusammenarbeitsvereinbarungen", 3),
        ("Wort " * 40, 3),
    ],
)
def test_a_longer_title_is_set_smaller(title: str, step: int) -> None:
    """Neither its words nor its lines go over what the cover has room for."""
    assert title_step(title) == step


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("Stadt", 15)], "large"),
        ([("België", 14), ("EU", 1)], "large"),
        ([("Stadt", 30)], "large"),
        ([("Stadt", 31)], "dense"),
        ([("Stadt", 12), ("Land", 11), ("Bund", 11)], "dense"),
        ([("Stadt", 15), ("Land", 15), ("Bund", 15), ("EU", 15)], "dense"),
        ([("Stadt", 0), ("Land", 5)], "large"),
        ([("Ein langer Name", 1)] * 4, "large"),
        ([("Ein Name, der breiter ist als die Kacheln der Ebene", 1)] * 4, "dense"),
        ([("Stadt", 110)], "dense"),
        ([("Stadt", 111)], "none"),
    ],
)
def test_tiles_are_as_large_as_their_rows_allow(
    levels: list[tuple[str, int]], expected: str
) -> None:
    """Two rows are set large, five densely, and what is more is left to the overview."""
    assert tiles(levels) == expected


@pytest.mark.parametrize(
    ("rows", "ministers", "fits"), [(1, 1, True), (15, 2, True), (15, 5, False), (30, 1, False)]
)
def test_an_overview_of_more_than_a_page_is_known(rows: int, ministers: int, fits: bool) -> None:
    """Its height follows from the lines of its rows."""
    title = "Ein Titel, der zwei Zeilen der Spalte braucht, oder etwas mehr"
    assert fits_one_page([(title, ["Müller (GL)"] * ministers)] * rows, 6) is fits
