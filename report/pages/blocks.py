"""The blocks of text of a page: what is printed in each part, and which of it is new.

A block is a paragraph, heading, list item, cell, figure or note that holds no other block; its
part is the chapter or measure that it stands in, by its anchor.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

Blocks = dict[str, list[str]]
"""Text of each block, in order, by the part that it stands in."""

_TEXTS = frozenset(
    ("p", "li", "h1", "h2", "h3", "h4", "th", "td", "dt", "dd", "caption", "figcaption", "figure")
)
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
"""Elements that never end (HTML, 13.1.2)."""
_INVISIBLE = str.maketrans("", "", "\u2060\u00ad")
_NOTE = re.compile(r"note-\d+")


@dataclass
class _Element:
    tag: str
    part: str
    start: int
    """Offset behind the name in its start tag."""
    hidden: bool
    block: bool
    words: list[str] = field(default_factory=list)
    holds_block: bool = False


class _Reader(HTMLParser):
    """Collects the blocks of a page with the offsets of their start tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int]] = []
        self._lines = [0]
        for line in html.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._open = [_Element("", "", 0, hidden=False, block=False)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values, outer = dict(attrs), self._open[-1]
        if tag in _VOID:
            outer.words.append(" " if tag == "br" else "")
            return
        anchor = values.get("id") or ""
        note = bool(_NOTE.fullmatch(anchor))
        row, column = self.getpos()
        element = _Element(
            tag,
            anchor if anchor and not note else outer.part,
            self._lines[row - 1] + column + 1 + len(tag),
            hidden=outer.hidden or tag in ("head", "style") or values.get("aria-hidden") == "true",
            block=note or tag in _TEXTS,
        )
        self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands in an element that ends where it starts."""

    def handle_data(self, data: str) -> None:
        if not self._open[-1].hidden:
            self._open[-1].words.append(data)

    def handle_endtag(self, tag: str) -> None:
        element = self._open.pop()
        text = " ".join("".join(element.words).translate(_INVISIBLE).split())
        if element.block and not element.holds_block and text:
            self.found.append((element.part, text, element.start))
        outer = self._open[-1]
        # A note is printed elsewhere, so that what it stands in is a block all the same.
        if element.block and element.tag != "span":
            outer.holds_block = True
        elif not element.block:
            outer.words += element.words
        outer.holds_block |= element.holds_block


def _blocks(html: str) -> list[tuple[str, str, int]]:
    return sorted(_Reader(html).found, key=lambda block: block[2])


def printed_blocks(html: str) -> Blocks:
    """The text of every block that ``html`` prints."""
    found: Blocks = {}
    for part, text, _ in _blocks(html):
        found.setdefault(part, []).append(text)
    return found


def with_changes_marked(html: str, before: Blocks) -> tuple[str, Blocks]:
    """``html`` with ``data-changed`` on every block that ``before`` lacks in its part.

    Also gives the blocks of ``before`` that are gone.
    """
    left = {part: Counter(texts) for part, texts in before.items()}
    pieces, done = [], 0
    for part, text, offset in _blocks(html):
        known = left.get(part, Counter())
        if known[text] > 0:
            known[text] -= 1
            continue
        pieces += [html[done:offset], ' data-changed=""']
        done = offset
    gone = {part: list(counter.elements()) for part, counter in left.items()}
    return "".join([*pieces, html[done:]]), {part: texts for part, texts in gone.items() if texts}
