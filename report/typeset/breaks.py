"""Inspects how paragraphs break into lines and pages: what a typographer would set again.

Each flaw is a warning, for the report can be read; it names the words and says what to change.
Lengths are in pixels of CSS (1/96 inch), as in the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ..problems import Finding, Level, Place
from .spaces import INVISIBLE

_CODE = "breaks"
_MM = 96 / 25.4
LEAST_LAST_LINE = 6
"""Characters that the last line of a paragraph has at least."""
LEAST_AFTER_HYPHEN = 24
"""Characters that it has at least where it begins in a word, so that no hyphen makes the line."""
LEAST_AT_HEAD = 3
"""Lines of a paragraph that goes on overleaf, at the head of the page."""
WIDEST_HOLE = 20 * _MM
"""Room that a line may leave at its end."""
_WIDE_COLUMN = 80 * _MM
"""In a narrower column a word may be a line, and a line may end far from the edge."""
_ADDRESS = re.compile(r"\w+://\S+")
"""It is broken at its own marks only, so that it can be copied."""
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_SPOKEN = str.maketrans("", "", "\u00ad\u2060")


@dataclass(frozen=True)
class Line:
    """A printed line, without the calls of its notes."""

    text: str
    page: int
    hole: float
    """Room between its end and the edge of its column."""
    hyphen: str = "-"
    forced: bool = False
    """Whether it ends where the page says, not where it is full."""


@dataclass
class Paragraph:
    """A paragraph as it is printed, on all its pages."""

    column: float
    ragged: bool
    """Whether its lines should come near the right edge."""
    source: str
    """Its text before it was broken into lines."""
    lines: list[Line] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether it has room for several words on a line."""
        return self.column >= _WIDE_COLUMN

    def broken_words(self) -> Iterator[tuple[str, Line]]:
        """Words with a hyphen that the text does not have, and the lines that go on with them."""
        for line, following in pairwise(self.lines):
            first = _LAST_LETTERS.search(line.text.removesuffix(line.hyphen))
            rest = _LETTERS.match(following.text)
            if line.text.endswith(line.hyphen) and first and rest:
                word = first[0] + rest[0]
                if word in self.source:
                    yield word, following


def inspect_breaks(document: Any, language: str, whole: Collection[str] = ()) -> list[Finding]:
    """Warnings about the lines of a laid-out document, by page; ``whole`` are words in lower case
    that are not to be broken."""
    told = [
        (page, message)
        for paragraph in paragraphs(document)
        for judge in _JUDGES
        for page, message in judge(paragraph, whole)
    ]
    return [
        Finding(Place.on_page(language, page), message, _CODE, Level.WARNING)
        for page, message in sorted(dict.fromkeys(told), key=lambda each: each[0])
    ]


# ---------------------------------------------------------------- what is judged

_Told = Iterator[tuple[int, str]]
"""Number of a page, and what is wrong there."""


def _short_last_line(paragraph: Paragraph, _whole: Collection[str]) -> _Told:
    *before, last = paragraph.lines
    full = before and not before[-1].forced
    if paragraph.is_wide and full and len(last.text) < LEAST_LAST_LINE:
        yield last.page, f'"{last.text}" alone is the last line {_of(paragraph)}; {_MOVE}'


def _hyphen_before_last_line(paragraph: Paragraph, _whole: Collection[str]) -> _Told:
    for word, line in paragraph.broken_words():
        if line is paragraph.lines[-1] and len(line.text) < LEAST_AFTER_HYPHEN:
            yield line.page, f'"{word}" is broken into the last line {_of(paragraph)}; {_MOVE}'


def _broken_name(paragraph: Paragraph, whole: Collection[str]) -> _Told:
    for word, line in paragraph.broken_words():
        if word.lower() in whole:
            told = "is broken though it is to stay whole; take the soft hyphen out of it"
            yield line.page, f'"{word}" {told}, or change the words before it'


def _few_lines_at_head(paragraph: Paragraph, _whole: Collection[str]) -> _Told:
    last = paragraph.lines[-1].page
    head = [line for line in paragraph.lines if line.page == last]
    if len(head) < min(LEAST_AT_HEAD, len(paragraph.lines)):
        told = f"stand alone at the head of the page, {len(head)} in number"
        yield last, f"the last lines {_of(paragraph)} {told}; {_MOVE}"


def _hole(paragraph: Paragraph, _whole: Collection[str]) -> _Told:
    if not (paragraph.is_wide and paragraph.ragged):
        return
    addresses = _ADDRESS.findall(paragraph.source)
    for line, following in pairwise(paragraph.lines):
        words = following.text.split(" ")[0]
        in_address = any(words in address for address in addresses)
        if line.hole > WIDEST_HOLE and not (line.forced or in_address):
            told = f'leaves {line.hole / _MM:.0f} mm, as "{words}" is not broken'
            yield line.page, f'the line "{_end(line.text)}" {told}; {_MOVE}'


_JUDGES: tuple[Callable[[Paragraph, Collection[str]], _Told], ...] = (
    _short_last_line,
    _hyphen_before_last_line,
    _broken_name,
    _few_lines_at_head,
    _hole,
)
_MOVE = "cut or add a word before it"


def _of(paragraph: Paragraph) -> str:
    return f'of "{paragraph.lines[0].text[:30].strip()}…"'


def _end(text: str) -> str:
    return text if len(text) <= 30 else f"…{text[-30:].lstrip()}"


# ---------------------------------------------------------------- what is printed


def paragraphs(document: Any) -> list[Paragraph]:
    """Every paragraph, item, cell and note with its lines, in reading order of the pages."""
    found: list[Paragraph] = []
    before: dict[object, Paragraph] = {}
    for number, page in enumerate(document.pages, 1):
        here: dict[object, Paragraph] = {}
        for block in _blocks(page._page_box):
            key = block.element, block.element_tag
            paragraph = here.get(key) if key not in before else before.pop(key)
            if paragraph is None or key in here:
                paragraph = _paragraph(block)
                found.append(paragraph)
            paragraph.lines += _lines(block, number)
            here[key] = paragraph
        before = here
    return [paragraph for paragraph in found if paragraph.lines]


def _blocks(page: Any) -> Iterator[Any]:
    """The boxes of a page's text and notes that hold lines."""
    for area in page.children:
        if type(area).__name__ != "MarginBox":
            yield from _with_lines(area)


def _with_lines(box: Any) -> Iterator[Any]:
    children = [getattr(child, "_box", child) for child in getattr(box, "children", ())]
    if any(type(child).__name__ == "LineBox" for child in children):
        yield box
    for child in children:
        yield from _with_lines(child)


def _paragraph(block: Any) -> Paragraph:
    wrap = [token.value for token in block.style["__text_wrap"] or () if token.type == "ident"]
    left = block.style["text_align_all"] in ("start", "left")
    text = "".join(block.element.itertext()) if block.element is not None else ""
    return Paragraph(block.width, "pretty" in wrap and left, text.translate(_NOT_SPOKEN))


def _lines(block: Any, page: int) -> Iterator[Line]:
    edge = block.content_box_x() + block.width
    for box in block.children:
        if type(box).__name__ != "LineBox":
            continue
        parts = [part for part in _leaves(box) if part.width]
        text = "".join(getattr(part, "text", "\u25a1") for part in parts)
        text = text.translate(_NOT_SPOKEN).strip(INVISIBLE)
        end = max((part.position_x + part.width for part in parts), default=edge)
        forced = any((part.element_tag or "").startswith("br") for part in box.descendants())
        if text:
            yield Line(text, page, edge - end, box.style["hyphenate_character"], forced)


def _leaves(box: Any) -> Iterator[Any]:
    """Text and pictures on a line, without the calls of notes."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if (child.element_tag or "").endswith("::footnote-call") or not child.is_in_normal_flow():
            continue
        if type(child).__name__ in ("InlineBox", "LineBox"):
            yield from _leaves(child)
        else:
            yield child
