"""Areas on which links can be hit."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.typeset.areas import LEAST_HEIGHT, LEAST_WIDTH, Rectangle, link_areas


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1e-6 and up > 1e-6


def test_a_large_link_keeps_the_area_of_its_words() -> None:
    """Nothing is added where nothing is lacking."""
    assert link_areas([(10, 10, 60, 20)]) == [(10, 10, 60, 20)]


def test_a_small_link_grows_to_all_sides() -> None:
    """What is lacking is added on both sides alike."""
    assert link_areas([(10, 10, 14, 12)]) == [(6, 7, 18, 15)]


def test_a_link_without_height_gets_one() -> None:
    """Words of no height have their area around their line."""
    ((left, bottom, right, top),) = link_areas([(100, 50, 103, 50)])
    assert (right - left, top - bottom) == (LEAST_WIDTH, LEAST_HEIGHT)
    assert (left + right) / 2 == 101.5
    assert (bottom + top) / 2 == 50


def test_two_small_links_side_by_side_share_the_gap() -> None:
    """Each covers its words, and grows where the other leaves room."""
    one, other = link_areas([(10, 10, 13, 18), (14, 10, 17, 18)])
    assert one[2] <= other[0]
    assert one[2] >= 13
    assert other[0] <= 14
    assert one[2] - one[0] == other[2] - other[0] == LEAST_WIDTH


def test_a_small_link_takes_nothing_of_the_words_beside_it() -> None:
    """It grows to the other side instead."""
    assert link_areas([(0, 0, 50, 14), (50, 6, 53, 14)]) == [(0, 0, 50, 14), (50, 6, 62, 14)]


def test_links_whose_words_cover_each_other_meet_in_the_middle() -> None:
    """Each keeps a part that is its own."""
    assert link_areas([(0, 0, 50, 14), (0, 12, 50, 26)]) == [(0, 0, 50, 13), (0, 13, 50, 26)]


_SIDE = st.integers(0, 200)
_LENGTH = st.integers(1, 60)


@given(st.lists(st.tuples(_SIDE, _SIDE, _LENGTH, _LENGTH), max_size=12, unique=True))
def test_no_area_covers_another(boxes: list[tuple[int, int, int, int]]) -> None:
    """However words lie, every link has an area and shares it with none."""
    areas = link_areas([(x, y, x + width, y + height) for x, y, width, height in boxes])
    assert all(left < right and bottom < top for left, bottom, right, top in areas)
    assert not any(_overlap(*pair) for pair in combinations(areas, 2))


def test_words_apart_are_covered_whole() -> None:
    """Links that do not touch keep all of their words."""
    texts = [(10.0 * n, 30.0, 10.0 * n + 4, 33.0) for n in range(5)]
    for text, area in zip(texts, link_areas(texts), strict=True):
        assert area[0] <= text[0]
        assert area[2] >= text[2]
        assert area[3] - area[1] == pytest.approx(LEAST_HEIGHT)
