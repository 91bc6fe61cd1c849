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
)  # fmt: skip
SIZES = {
    "one measure": Size(measures=1, levels=1, people=1, ministers=1),
    "three levels": Size(measures=34, levels=3, people=14, changed=3),
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
    inner = document.pages[1:-1]
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
def test_every_level_is_named_beside_or_above_its_measures(name: str) -> None:
    """The name stands on the page of the level's first measure."""
    document, _ = _laid_out(name)
    levels = [
        (number, _text(cell))
        for number, page in enumerate(document.pages)
        for cell in _of(page, "th", "level")
        if cell.element.get("scope") == "rowgroup" and _text(cell)
    ]
    assert len(levels) == SIZES[name].levels
    for number, _ in levels:
        assert _of(document.pages[number], "td", "measure")


@pytest.mark.parametrize("name", SIZES)
def test_the_legend_stays_with_the_table(name: str) -> None:
    """It shares its page with rows, and what changed may run on."""
    document, _ = _laid_out(name)
    pages = [page for page in document.pages if _of(page, "div", "legend")]
    assert _of(pages[0], "td", "measure")
    changes = {box.element for page in pages for box in _of(page, "div", "changed")}
    assert len(changes) == bool(SIZES[name].changed)


@pytest.mark.parametrize("name", SIZES)
def test_who_is_responsible_follows_its_heading(name: str) -> None:
    """The table begins on the page of its heading, and there is none without rows."""
    document, _ = _laid_out(name)
    pages = [page for page in document.pages if _of(page, "table", "responsibility")]
    assert bool(pages) == (SIZES[name].measures > 1)
    for page in pages[:1]:
        assert "Wer zuständig ist" in [
            _text(b) for b in _boxes(page._page_box) if b.element_tag == "h2"
        ]
