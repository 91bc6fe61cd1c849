"""How title and tiles of the cover are set, by how much there is of them."""

from __future__ import annotations

import pytest

from report.pages.cover import Kind, Level, Numbers, Tiles, room_for_score, tiles, title_step

ROOM = 95.0


@pytest.mark.parametrize(
    ("title", "step"),
    [
        ("", 0),
        ("Bericht", 0),
        ("Bericht Radwege", 0),
        ("Drei Wörter in drei Zeilen", 1),
        ("Verkehrspläne", 1),
        ("Entwicklungspläne", 2),
        ("Zusammenarbeitsverträge", 3),
        ("Was die Regierung versprach, was sie tat und was bis heute fehlt", 2),
        ("Zusammenarbeitsvereinbarungen", 3),
        ("Wort " * 40, 3),
    ],
)
def test_a_longer_title_is_set_smaller(title: str, step: int) -> None:
    """Neither its words nor its lines go over what the cover has room for."""
    assert title_step(title) == step


def _levels(*numbers: int, title: str = "Ein Weg am Fluss") -> list[Level]:
    return [Level("Stadt", [title] * number, 2) for number in numbers]


def _tiles(levels: list[Level]) -> Tiles:
    set_tiles = tiles(levels, ROOM)
    assert set_tiles is not None
    return set_tiles


@pytest.mark.parametrize(
    ("figures", "levels", "numbers"),
    [(1, 1, Numbers.LARGE), (2, 2, Numbers.LARGE), (3, 1, Numbers.ROWS), (2, 3, Numbers.ROWS),
     (4, 3, Numbers.SMALL)],
)  # fmt: skip
def test_numbers_are_as_large_as_their_height_allows(
    figures: int, levels: int, numbers: Numbers
) -> None:
    """Those of the first level give way to many statuses and many levels."""
    assert _tiles([Level("Stadt", ["Weg"], figures)] * levels).numbers is numbers


def test_a_cover_that_cannot_hold_its_numbers_is_known() -> None:
    """It has none, rather than some that lie over its words."""
    assert tiles(_levels(*[5] * 12), ROOM) is None


@pytest.mark.parametrize(
    ("levels", "kind"),
    [
        (_levels(1), Kind.TITLED),
        (_levels(14, 1), Kind.TITLED),
        (_levels(18), Kind.TITLED),
        (_levels(40), Kind.NUMBERED),
        (_levels(12, 11, 11), Kind.PATTERN),
        (_levels(15, title="Ein Titel, der sehr viele Zeilen braucht " * 3), Kind.NUMBERED),
        (_levels(200), Kind.PATTERN),
        (_levels(70, 65, 65), Kind.PATTERN),
        (_levels(1000), Kind.NONE),
        (_levels(*[25] * 5), Kind.PATTERN),
    ],
)
def test_tiles_tell_as_much_as_their_height_allows(levels: list[Level], kind: Kind) -> None:
    """With titles, with numbers alone, as a pattern, or not at all."""
    assert _tiles(levels).kind is kind


def test_every_tile_of_a_row_has_the_height_of_its_longest_title() -> None:
    """The rows of a level stand below each other without holes."""
    level = Level("Stadt", ["Weg", "Ein Weg mit einem Namen von vielen Zeilen", "Weg", "Weg"], 1)
    (heights,) = _tiles([level]).heights
    assert heights[0] == heights[1] == heights[2] > heights[3]


def test_words_take_their_room_from_the_tiles() -> None:
    """A longer title, subtitle or message leaves less."""
    short, long = "Bericht", "Was die Regierung versprach, was sie tat und was bis heute fehlt"
    room = room_for_score(short, short, short)
    for words in ((long, short, short), (short, long * 2, short), (short, short, long)):
        assert room_for_score(*words) < room
