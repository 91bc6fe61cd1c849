"""How things are set, by how much there is of them."""

from __future__ import annotations

import pytest

from report.pages.matrix import column_width
from report.pages.room import balanced, segments


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


def test_a_bar_fills_the_width_for_the_level_with_most_measures() -> None:
    """A measure is as wide in the bar of every level, and a status without any has no segment."""
    assert segments([("yes", 6), ("part", 0), ("no", 4)], 10) == [
        ("yes", pytest.approx(99.6)),
        ("no", pytest.approx(66.4)),
    ]
    assert segments([("yes", 0), ("part", 0), ("no", 1)], 10) == [("no", pytest.approx(16.6))]


@pytest.mark.parametrize(
    ("levels", "width"),
    [
        ([("EU", 1)], 7.5),
        ([("België", 14), ("EU", 1)], 4.533),
        ([("Stadt", 16)], 4.25),
        ([("Stadt", 17)], None),
        ([("Stadt und Umgebung", 3)], None),
        ([("Stadt", 8), ("Umgebung", 1)], None),
    ],
)
def test_measures_have_columns_while_numbers_and_names_of_levels_fit(
    levels: list[tuple[str, int]], width: float | None
) -> None:
    """Otherwise they stand in lists."""
    assert column_width(levels) == (width and pytest.approx(width, abs=0.001))
