"""How things are set, by how much there is of them."""

from __future__ import annotations

import pytest

from report.pages.room import balanced, fits_one_page


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
    ("rows", "ministers", "fits"), [(1, 1, True), (15, 2, True), (15, 5, False), (30, 1, False)]
)
def test_an_overview_of_more_than_a_page_is_known(rows: int, ministers: int, fits: bool) -> None:
    """Its height follows from the lines of its rows."""
    title = "Ein Titel, der zwei Zeilen der Spalte braucht, oder etwas mehr"
    assert fits_one_page([(title, ["Müller (GL)"] * ministers)] * rows, 6) is fits
