"""Inspects laid-out pages before anything is written.

The engine may move a note off the page of its call, let a line run out of its box or strand a
heading, and says nothing; here each becomes a finding, and errors stop the build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from ..problems import Finding, Level, Place

_CODE = "layout"
_HEADINGS = ("h1", "h2", "h3")
_TOLERANCE = 1.0
"""Pixels of CSS (1/96 inch) by which glyphs may hang over."""
_LEAST_FILL = 0.5
"""Share of the text area that a page must fill when its text goes on overleaf."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_LEAST_REST = 0.15
"""Share that the last page of a chapter must fill."""


def inspect_layout(document: Any, language: str, notes: int) -> list[Finding]:
    """Faults of a laid-out document that must hold ``notes`` notes; warnings are only unsightly.

    Each names its page.
    """
    findings: list[Finding] = []
    calls: Counter[str] = Counter()
    for number, page in enumerate(document.pages, 1):
        place = Place.on_page(language, number)
        boxes = list(_descendants(page._page_box))
        found = _note_ids(boxes, "::footnote-call")
        calls.update(found)
        messages = [
            *_stray_notes(found, _note_ids(boxes, "::footnote-marker")),
            *_overflows(page, boxes),
            *_overprints(page),
        ]
        findings += [Finding(place, message, _CODE) for message in messages]
        unsightly = [
            *_stranded_heading(page),
            *_half_empty(document, number),
            *_broken_word(document, number),
        ]
        findings += [Finding(place, message, _CODE, Level.WARNING) for message in unsightly]
    if len(calls) != notes or set(calls.values()) - {1}:
        message = f"{notes} notes are called in the text, {calls.total()} calls are laid out"
        findings.append(Finding(Place.on_page(language, None), message, _CODE))
    return findings


def _descendants(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _descendants(getattr(child, "_box", child))


def _note_ids(boxes: list[Any], pseudo_element: str) -> list[str]:
    ids = [
        box.element.get("id")
        for box in boxes
        if (box.element_tag or "").endswith(pseudo_element) and box.element is not None
    ]
    return list(dict.fromkeys(identifier for identifier in ids if identifier))


def _stray_notes(calls: list[str], notes: list[str]) -> Iterator[str]:
    for identifier in calls:
        if identifier not in notes:
            yield f"{identifier} is called here but printed on another page"
    for identifier in notes:
        if identifier not in calls:
            yield f"{identifier} is printed here but called on another page"


def _overflows(page: Any, boxes: list[Any]) -> Iterator[str]:
    for box in boxes:
        text = getattr(box, "text", "")
        if not text.strip() or not hasattr(box, "pango_layout"):
            continue
        left, right = box.position_x, box.position_x + box.width
        top, bottom = box.position_y, box.position_y + box.height
        outside = left < -_TOLERANCE or right > page.width + _TOLERANCE
        if outside or top < -_TOLERANCE or bottom > page.height + _TOLERANCE:
            yield f'"{text.strip()[:40]}" runs off the page'
    for box in boxes:
        yield from _wide_lines(box)


def _overprints(page: Any) -> Iterator[str]:
    """Lines that cover each other by more than ascenders and descenders."""
    lines = [(_core(line), line) for _, line, _ in _body_lines(page) if line.children]
    for (one, line), (other, second) in combinations(lines, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        if across > _TOLERANCE and down > _TOLERANCE:
            words = f'"{_words(line)[:40]}" and "{_words(second)[:40]}"'
            yield f"{words} are printed over each other; shorten one of them"


def _core(line: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is written on ``line``, without its outer quarters."""
    last = line.children[-1]
    quarter = line.height / 4
    return (
        line.children[0].position_x,
        line.position_y + quarter,
        last.position_x + last.margin_width(),
        line.position_y + line.height - quarter,
    )


def _words(line: Any) -> str:
    return "".join(getattr(part, "text", "") for part in _descendants(line)).strip()


def _wide_lines(box: Any) -> Iterator[str]:
    if type(box).__name__ not in ("BlockBox", "TableCellBox", "InlineBlockBox"):
        return
    for line in box.children:
        if type(line).__name__ != "LineBox" or not line.children:
            continue
        last = line.children[-1]
        room = box.content_box_x() + box.width
        words = _words(line)
        if last.position_x + last.margin_width() > room + _TOLERANCE and words:
            yield f'the line "{words[:40]}…" is wider than its box'


def _body_lines(page: Any) -> list[tuple[float, Any, tuple[str, ...]]]:
    """Lines of the page's own text: bottom edge, line and the tags around it, in order."""
    found: list[tuple[float, Any, tuple[str, ...]]] = []

    def visit(box: Any, tags: tuple[str, ...]) -> None:
        box = getattr(box, "_box", box)
        tag = box.element_tag or ""
        if type(box).__name__ == "LineBox":
            found.append((box.position_y + box.height, box, tags))
            return
        for child in getattr(box, "children", ()):
            visit(child, (*tags, tag))

    visit(page._page_box.children[0], ())
    return found


def _stranded_heading(page: Any) -> Iterator[str]:
    lines = _body_lines(page)
    if not lines:
        return
    _, last, tags = max(lines, key=lambda line: line[0])
    if set(tags) & {*_HEADINGS, "header"}:
        yield f'the heading "{_words(last)[:40]}" stands alone at the foot of the page'


def _broken_word(document: Any, number: int) -> Iterator[str]:
    lines = _body_lines(document.pages[number - 1])
    if lines and number < len(document.pages):
        last = max(lines, key=lambda line: line[0])[1]
        hyphen = last.style["hyphenate_character"]
        words = _words(last)
        following = [_words(line) for _, line, _ in _body_lines(document.pages[number])]
        if following and words.endswith(hyphen):
            half = words.removesuffix(hyphen).rstrip("\u00ad")
            halves = _LAST_LETTERS.search(half), _LETTERS.match(following[0])
            word = "".join(letters[0] for letters in halves if letters)
            yield f'"{word}" is broken over the page; labels.yaml can keep it whole (typography)'


def _half_empty(document: Any, number: int) -> Iterator[str]:
    if number == len(document.pages):
        return
    page, following = document.pages[number - 1], document.pages[number]
    lines, next_lines = _body_lines(page), _body_lines(following)
    if not lines or not next_lines:
        return
    area = page._page_box
    top = area.content_box_y()
    notes = [box for box in area.children if type(box).__name__ == "FootnoteAreaBox"]
    bottom = notes[0].position_y if notes else top + area.height
    filled = (max(line[0] for line in lines) - top) / max(bottom - top, 1)
    if filled < _LEAST_FILL and not _starts_anew(following):
        yield f"only {filled:.0%} of the page is filled though the text goes on overleaf"
    if filled < _LEAST_REST and _starts_anew(following) and not _starts_anew(page):
        yield f"only {filled:.0%} of the page is filled; shorten what comes before it"


def _starts_anew(page: Any) -> bool:
    """Whether the page opens a chapter."""
    return "h1" in min(_body_lines(page), key=lambda line: line[0])[2]
