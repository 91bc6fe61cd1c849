"""Cover, contents, overview and replies of editions of any size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from report.edition.load import load_edition
from report.pages.render import render_page
from report.typeset.engine import layout
from report.typeset.inspection import inspect_layout
from tests.sized import Size, sized_edition

LONG = Size(
    measures=60, levels=4, people=20, ministers=4, changed=40, title=120, short_title=120,
    name=40, role=90, level=30, report_title=120, slogan=60,
    headline=220, demands=6,
)  # fmt: skip
SIZES = {
    "one measure": Size(measures=1, levels=1, people=1, ministers=1),
    "three levels": Size(measures=34, levels=3, people=14, changed=3),
    "forty measures": Size(measures=40, levels=2, people=14, headline=150, demands=4),
    "two hundred measures": Size(measures=200, levels=3, people=24, short_title=40),
    "all of it long": LONG,
}


@cache
def _laid_out(name: str) -> tuple[Any, int]:
    """The pages of an edition of that size, and how many notes they hold."""
    with tempfile.TemporaryDirectory() as folder:
        edition = load_edition(sized_edition(Path(folder) / "content", SIZES[name]))
        page = render_page(edition, edition.languages["de"])
        return layout(page.html), len(page.notes)


def _boxes(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _of(page: Any, tag: str, name: str) -> list[Any]:
    """The outermost box on a page of each element with this tag and class."""
    found: dict[Any, Any] = {}
    for box in _boxes(page._page_box):
        if box.element_tag == tag and name in (box.element.get("class") or "").split():
            found.setdefault(box.element, box)
    return list(found.values())


def _text(box: Any) -> str:
    return "".join(getattr(part, "text", "") for part in _boxes(box)).strip()


@pytest.mark.parametrize("name", SIZES)
def test_nothing_is_printed_over_or_beside_its_place(name: str) -> None:
    """Inspection has no objection to any page."""
    document, notes = _laid_out(name)
    found = inspect_layout(document, "de", notes)
    assert [str(finding) for finding in found if finding.level == "error"] == []


@pytest.mark.parametrize("name", SIZES)
def test_every_running_head_names_its_chapter(name: str) -> None:
    """Beside the report's title, on the second page of a chapter as on its first."""
    document, _ = _laid_out(name)
    inner = [page for page in document.pages[1:-1] if not _of(page, "section", "summary")]
    heads = [
        {
            _text(box)
            for box in page._page_box.children
            if getattr(box, "at_keyword", "").startswith("@top-") and _text(box)
        }
        for page in inner
    ]
    assert [len(words) for words in heads] == [2] * len(inner)
    for title, *_ in (sorted(words, key=_is_report_title, reverse=True) for words in heads):
        assert _is_report_title(title)
    assert not [head for words in heads for head in words if head.endswith("·")]


def _is_report_title(head: str) -> bool:
    return head.startswith("Bericht über")


@pytest.mark.parametrize("name", SIZES)
def test_a_title_that_wraps_in_the_contents_keeps_clear_of_its_number(name: str) -> None:
    """Its second line begins below the first word of its first."""
    document, _ = _laid_out(name)
    for page in document.pages:
        for entry in _of(page, "li", "measure-entry"):
            (title, *more) = [box for box in _boxes(entry) if _is_title(box)]
            start = next(b.position_x for b in _boxes(title) if hasattr(b, "pango_layout"))
            for line in more:
                assert line.position_x == pytest.approx(start, abs=2)


def _is_title(box: Any) -> bool:
    return box.element_tag == "span" and box.element.get("class") == "entry-title"


@pytest.mark.parametrize("name", SIZES)
def test_every_page_of_the_overview_names_the_level_of_its_first_row(name: str) -> None:
    """The heads of its table stand above it, with the totals, however far the table goes on."""
    document, _ = _laid_out(name)
    pages = [page for page in document.pages if _of(page, "section", "overview")]
    rows = 0
    for page in pages:
        heads = _of(page, "tr", "level")
        measures = [b for b in _of(page, "th", "measure") if b.element.get("scope") == "row"]
        rows += len(measures)
        assert not measures or heads[0].position_y < measures[0].position_y
    assert rows == SIZES[name].measures


@pytest.mark.parametrize("name", SIZES)
def test_the_legend_stays_with_the_table(name: str) -> None:
    """It shares its page with rows, and what changed may run on."""
    document, _ = _laid_out(name)
    pages = [page for page in document.pages if _of(page, "div", "legend")]
    assert _of(pages[0], "td", "status-cell")
    changes = {box.element for page in document.pages for box in _of(page, "div", "changed")}
    assert len(changes) == bool(SIZES[name].changed)


@pytest.mark.parametrize("name", SIZES)
def test_the_key_to_the_matrix_stays_with_its_rows(name: str) -> None:
    """And every party has a minister below it."""
    document, _ = _laid_out(name)
    pages = [page for page in document.pages if _of(page, "table", "matrix")]
    assert [bool(_of(page, "div", "key")) for page in pages] == [False] * (len(pages) - 1) + [True]
    for page in pages:
        parties = [box.position_y for box in _of(page, "tr", "party")]
        ministers = [box.position_y for box in _of(page, "th", "minister")]
        assert not parties or max(parties) < max(ministers)


@pytest.mark.parametrize("name", SIZES)
def test_the_summary_fills_two_facing_pages(name: str) -> None:
    """They follow the cover, and nothing of the summary runs on behind them."""
    document, _ = _laid_out(name)
    pages = [number for number, page in enumerate(document.pages) if _summary(page)]
    assert pages == [1, 2]


@pytest.mark.parametrize("name", SIZES)
def test_the_summary_lists_what_its_pages_hold_and_else_counts_it(name: str) -> None:
    """Every measure that is not carried out has a row, or none has and the overview is named."""
    document, _ = _laid_out(name)
    tables = [table for page in document.pages for table in _of(page, "table", "unfinished")]
    rows = {b.element for t in tables for b in _boxes(t) if b.element_tag == "tr"}
    listed = [row for row in rows if row.find("td[@class='number']") is not None]
    pointers = [p for page in document.pages for p in _of(page, "p", "pointer")]
    unfinished = sum(i % 5 not in (0, 2) for i in range(SIZES[name].measures))
    assert len(listed) == (0 if pointers else unfinished)


@pytest.mark.parametrize("name", SIZES)
def test_the_cover_keeps_its_words_and_tiles_apart(name: str) -> None:
    """The numbers begin below the message, and end above the foot."""
    document, _ = _laid_out(name)
    cover = document.pages[0]
    words = [
        _of(cover, "p", name)[-1] for name in ("subtitle", "message") if _of(cover, "p", name)
    ]
    for score in _of(cover, "div", "score"):
        assert words[-1].position_y + words[-1].margin_height() < score.position_y
        tiles = _of(cover, "ul", "tiles")
        ends = [box.position_y + box.height for box in (score, *tiles)]
        assert max(ends) <= (297 - 20) * 96 / 25.4


def _summary(page: Any) -> bool:
    return bool(_of(page, "section", "summary"))
