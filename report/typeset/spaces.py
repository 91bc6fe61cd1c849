"""Keeps words apart, and whole, in the text of a tagged PDF.

The engine drops the space at a line end and between two elements, and draws hyphens that the
text does not have. Read out in the order of the structure tree, words would run together and
broken words would stay broken. So the space is put back (ISO 32000-1, 14.8.2.5) and an
incidental hyphen is said to be a soft one (14.8.2.2.3).

Text that runs from right to left is drawn from left to right, as viewers expect who turn it round
when it is copied. Its structure element says what it reads like (14.9.4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from .structure_tree import Content, Element

INVISIBLE = " \t\n\u00a0\u200b\u2060"
"""Characters that draw nothing."""

_SPACES = re.compile(r"\s+")

_FONT = re.compile(rb"/(\S+) \S+ Tf")

_LAST_GLYPH = re.compile(rb"([0-9a-f]{4})>([-.\d]*)\] TJ$")

_ELSEWHERE = "\0"


@dataclass(frozen=True)
class _Piece:
    """Text that is printed on one line; whether a space stands before or after it.

    ``line`` is None once spaces have come after it; ``element`` says what it reads like, where
    that is not what is drawn.
    """

    line: object
    content: Content
    text: str
    space_before: bool
    space_after: bool
    element: Element | None = None


class _SourceText:
    """The text of an HTML element without that of its children, as far as it is printed."""

    def __init__(self, element: Any) -> None:
        parts = [element.text or ""]
        for child in element:
            parts += [" " if child.tag == "br" else _ELSEWHERE, child.tail or ""]
        self.text = _normalised("".join(parts))
        self.position = 0

    def find(self, text: str, *, later: bool = False) -> int | None:
        """Where ``text`` comes next, or ``later`` when some is not printed; moves on."""
        start = self.position
        while self.text[start : start + 1] in (" ", _ELSEWHERE):
            start += 1
        if later:
            start = self.text.find(text, start)
        if not text or start < 0 or not self.text.startswith(text, start):
            return None
        self.position = start + len(text)
        return start


class Words:
    """Follows the text of a document line by line; ``fonts`` are WeasyPrint's."""

    def __init__(self, fonts: Iterable[Any]) -> None:
        self._spaces: dict[bytes | None, bytes | None]
        self._spaces = {font.hash.encode(): _space_glyph(font) for font in fonts}
        self._texts: dict[Any, _SourceText] = {}
        self._last: dict[Any, _Piece] = {}

    def add(self, box: Any, line: Any, content: Content, element: Element) -> None:
        """Take the text box ``box`` on ``line``, in a structure element for it where it runs from
        right to left; the boxes of a block come in its order."""
        piece = self._piece(box, line, content)
        if runs_right_to_left(box.text):
            element.actual_text = box.text
            piece = replace(piece, element=element)
        before = self._last.get(line.element)
        if before and before.line is not line and (before.space_after or piece.space_before):
            self._append_space(before)
        self._last[line.element] = piece

    def add_space(self, line: Any) -> None:
        """Take a text box of spaces only, which the engine never draws."""
        if before := self._last.get(line.element):
            self._last[line.element] = replace(before, line=None, space_after=True)

    def _piece(self, box: Any, line: Any, content: Content) -> _Piece:
        if "::" in box.element_tag:
            return _Piece(line, content, box.text, False, False)
        if box.element not in self._texts:
            self._texts[box.element] = _SourceText(box.element)
        source = self._texts[box.element]
        text = _normalised(box.text).strip()
        start = source.find(text)
        if start is None:
            start = source.find(text.removesuffix(box.style["hyphenate_character"]))
            if start is not None:
                _set_last_text(content, "\u00ad")
            else:
                start = source.find(text, later=True)
        if start is None:
            return _Piece(line, content, box.text, False, False)
        around = source.text[max(0, start - 1) : start], source.text[source.position :][:1]
        return _Piece(line, content, box.text, around[0] == " ", around[1] == " ")

    def _append_space(self, piece: _Piece) -> None:
        if piece.element is not None and piece.element.actual_text:
            piece.element.actual_text = f"{piece.element.actual_text.rstrip()} "
            return
        last = _last_shown(piece.content)
        if last is None:
            return
        index, glyph = last
        stream = piece.content.stream.stream
        space = self._spaces.get(_font_at(stream, index))
        if space is None:
            _set_last_text(piece.content, f"{piece.text[-1]} ")
        elif space != glyph[1]:
            stream[index] = b"%s<%s>] TJ" % (glyph.string.removesuffix(b"] TJ"), space)


def spoken(text: str) -> str:
    """``text`` without what only lines need (joiners, soft hyphens, spaces that do not break), as
    metadata, bookmarks and descriptions say it."""
    return " ".join(text.translate({0x2060: None, 0xAD: None}).split())


def runs_right_to_left(text: str) -> bool:
    """Whether any of ``text`` is written from right to left (Unicode Standard Annex 9)."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def _normalised(text: str) -> str:
    return _SPACES.sub(" ", text).replace("\u00ad", "").casefold()


def _space_glyph(font: Any) -> bytes | None:
    """How ``font`` shows a space, if the document has one in it."""
    glyphs = (glyph for glyph, text in font.to_unicode.items() if text == " ")
    return next((b"%04x" % glyph for glyph in glyphs if not font.bitmap), None)


def _font_at(stream: list[Any], index: int) -> bytes | None:
    """The resource name of the font in use at an item of a content stream."""
    while index:
        index -= 1
        item = stream[index]
        if isinstance(item, bytes) and (match := _FONT.fullmatch(item)):
            return match[1]
    return None


def _last_shown(content: Content) -> tuple[int, re.Match[bytes]] | None:
    """Where the stream shows the last glyph of ``content``: the item and the place in it.

    None when that glyph has been given another text already.
    """
    stream = content.stream.stream
    for index in range(stream.index(b"EMC", content.index) - 1, content.index, -1):
        item = stream[index]
        if isinstance(item, bytes) and item.endswith(b"EMC"):
            return None
        if isinstance(item, bytes) and (glyph := _LAST_GLYPH.search(item, len(item) - 24)):
            return index, glyph
    return None


def _set_last_text(content: Content, text: str) -> None:
    """Say that the last glyph of ``content`` stands for ``text`` (ISO 32000-1, 14.9.4)."""
    if last := _last_shown(content):
        index, glyph = last
        before = glyph.string[: glyph.start()]
        actual_text = text.encode("utf-16-be").hex().encode()
        content.stream.stream[index] = (
            b"%s>] TJ\n/Span <</ActualText <feff%s>>> BDC\n[<%s>%s] TJ\nEMC"
            % (before, actual_text, *glyph.groups())
        )
