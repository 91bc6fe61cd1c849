"""Inspects laid-out pages before anything is written.

The engine may move a note off the page of its call, let a line run out of its box or strand a
heading, and says nothing; here each becomes a finding, and errors stop the build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..problems import Finding, Level, Place
from .spaces import INVISIBLE

_CODE = "layout"
_HEADINGS = ("h1", "h2", "h3")
_OPENERS = frozenset(("h1", "header"))
_TOLERANCE = 1.0
"""Pixels of CSS (1/96 inch) by which glyphs may hang over."""
_LEAST_FILL = 0.5
"""Share of the text area that a page must fill when its text goes on overleaf."""
"""Characters that draw nothing."""
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


@dataclass(frozen=True)
class _Mark:
    """Letters or a picture, and what holds them: the line, or the picture itself."""

    left: float
    top: float
    right: float
    bottom: float
    holder: Any

    def covers(self, other: _Mark) -> bool:
        """Whether both take up the same place, by more than the eye forgives."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _TOLERANCE and down > _TOLERANCE


def _overprints(page: Any) -> Iterator[str]:
    """Letters and pictures that cover each other by more than ascenders and descenders."""
    marks = sorted(_marks(page._page_box, None), key=lambda mark: mark.top)
    told = set()
    for index, mark in enumerate(marks):
        for other in islice(marks, index + 1, None):
            if other.top >= mark.bottom:
                break
            pair = frozenset((id(mark.holder), id(other.holder)))
            if pair not in told and mark.covers(other):
                told.add(pair)
                names = " and ".join(sorted((_name(mark.holder), _name(other.holder))))
                if mark.holder is other.holder:
                    names = f"parts of {_name(mark.holder)}"
                yield f"{names} are printed over each other; shorten one of them"


def _marks(box: Any, line: Any) -> Iterator[_Mark]:
    """What ``box`` shows, on ``line``; letters without their outer quarters."""
    kind = type(box).__name__
    line = box if kind == "LineBox" else line
    if box.style["visibility"] == "visible":
        if kind == "TextBox" and box.text.strip(INVISIBLE):
            top, quarter = box.border_box_y(), box.height / 4
            right, bottom = box.position_x + box.width, top + box.height
            yield _Mark(box.position_x, top + quarter, right, bottom - quarter, line)
        elif kind.endswith("ReplacedBox"):
            x, y = box.content_box_x(), box.content_box_y()
            yield _Mark(x, y, x + box.width, y + box.height, box)
    for child in getattr(box, "children", ()):
        yield from _marks(getattr(child, "_box", child), line)


def _name(holder: Any) -> str:
    """How a message calls a line or a picture."""
    if not type(holder).__name__.endswith("ReplacedBox"):
        return f'"{_words(holder)[:40]}"'
    alternative = (holder.element.get("alt") or "").strip("- ")
    return f'the picture "{alternative}"' if alternative else "a picture"


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
        before = _body_lines(document.pages[number - 2])
        tabular = any("table" in tags for _, _, tags in [*before, *lines])
        what = "the longest texts in the table" if tabular else "what comes"
        yield f"only {filled:.0%} of the page is filled; shorten {what} before it"


def _starts_anew(page: Any) -> bool:
    """Whether the page opens a chapter or a measure."""
    return not _OPENERS.isdisjoint(min(_body_lines(page), key=lambda line: line[0])[2])
