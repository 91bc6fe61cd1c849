"""Breaks the lines of text as a typographer would: ``text-wrap: pretty`` (CSS Text 4, 6.4).

The engine fills each line and looks no further; so a paragraph ends in half a word, or a line
stops far from the edge. A stylesheet asks for better with ``--text-wrap: pretty``, which children
inherit. Where the engine's own lines have a flaw, some of them are made to end a little earlier,
until the paragraph looks best. The engine itself lays out every try, so its rules alone say where
a line may end.

Lengths are in pixels of CSS (1/96 inch), as in the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline

_MM = 96 / 25.4
_WIDE_COLUMN = 80 * _MM
"""A narrower column is left as it is: a word may be a line there."""
_LEAST_LAST_LINE = 12
"""Characters that the last line of a paragraph has at least."""
_LEAST_AFTER_HYPHEN = 26
"""Characters that it has at least where it begins in a word."""
_HOLE = 15.0
"""Millimetres that a line may leave at its end before it is seen."""
_MOST_HOLE = 20 * _MM
_FLAW = 3.0
"""What one line of a paragraph may cost before other ways are tried."""
_USUAL = 0.5
"""What a line costs as a rule: ways that have come far are followed first."""
_TRIES = 30
"""Ways that are weighed for each line of a paragraph before the engine's own must do."""
_NARROWER = 0.5
"""By how much the room of a line is less than its words, so that the last of them moves on."""

_Laid = tuple[Any, Any]
"""A line, and where the next one begins (None after the last): the engine's skip stack."""
_Widths = Mapping[str, float]
"""How wide the lines are that begin at a skip stack, in words; the others fill the column."""


def wrap_text_well() -> None:
    """Let the engine break lines as ``--text-wrap`` asks, which it has no option for.

    Block layout takes its lines from one generator only; that one is given other widths, so no
    code of the engine is changed.
    """
    block.iter_line_boxes = _iter_line_boxes


@dataclass(frozen=True)
class _Paragraph:
    """A line box before layout, with what the engine hands along."""

    context: Any
    box: Any
    bottom_space: float
    parent: Any

    @property
    def is_to_be_pretty(self) -> bool:
        """Whether it asks for it, and its lines all begin at the left of one wide column and hold
        nothing that moves."""
        style = self.parent.style
        tokens = self.box.style["__text_wrap"] or ()
        moving = (
            box.is_leader or not (box.is_in_normal_flow() or box.is_absolutely_positioned())
            for box in self.box.descendants()
        )
        return (
            "pretty" in [token.value for token in tokens if token.type == "ident"]
            and self.parent.width >= _WIDE_COLUMN
            and style["text_align_all"] in ("start", "left")
            and style["direction"] == "ltr"
            and not any(moving)
        )

    def has_beside(self, y: float) -> bool:
        """Whether anything floats into the column, at ``y`` or below."""
        left = self.parent.content_box_x()
        return any(
            shape.position_y + shape.margin_height() > y
            and shape.position_x < left + self.parent.width
            and shape.position_x + shape.margin_width() > left
            for shape in self.context.excluded_shapes
        )

    def lines(self, y: float, skip: Any, widths: _Widths, *placed: Any) -> Iterator[_Laid]:
        """The lines from ``skip`` on. What has a place of its own on the page is added to the
        lists ``placed``."""
        while found := self._line(y, skip, widths.get(str(skip)), *placed):
            yield found
            line, skip = found
            if skip is None:
                return
            y = line.position_y + line.height

    def _line(self, y: float, skip: Any, width: float | None, *placed: Any) -> _Laid | None:
        parent = self.parent
        if width is not None:
            parent = parent.copy()
            parent.width = width
        # Nothing floats beside it; for what floats elsewhere the engine would measure each word.
        shapes, self.context.excluded_shapes = self.context.excluded_shapes, []
        lines = inline.iter_line_boxes(
            self.context, self.box, y, self.bottom_space, skip, parent, *placed, None, None
        )
        found: _Laid | None = next(lines, None)
        self.context.excluded_shapes = shapes
        if found:
            found[0].begins_inside_word = _is_inside_word(self.box, skip)
        return found

    def better_widths(self, first: Sequence[_Laid]) -> _Widths:
        """Widths that make better lines than the engine's own ``first``, if there are any."""
        least = sum(map(self._cost, first))
        if len(first) < 2 or max(map(self._cost, first)) < _FLAW:
            return {}
        order = count()  # so that no two ways are compared by what follows it
        ways: list[tuple[float, int, float, Any, dict[str, float]]] = []
        heappush(ways, (0.0, next(order), 0.0, None, {}))
        seen: set[str] = set()
        most = _TRIES * len(first)
        while ways and next(order) < most:
            expected, _, cost, skip, widths = heappop(ways)
            if widths and skip is None:
                return widths
            if str(skip) in seen:
                continue
            seen.add(str(skip))
            for width, line in self._ends(skip):
                dearer = cost + self._cost(line)
                if dearer < least:
                    chosen = widths | {str(skip): width}
                    per_line = expected - cost - _USUAL
                    heappush(ways, (dearer + per_line, next(order), dearer, line[1], chosen))
        return {}

    def _ends(self, skip: Any) -> Iterator[tuple[float, _Laid]]:
        """Ways to end the line from ``skip`` on, from the fullest, and the widths they need."""
        room = width = self.parent.width
        while found := self._line(0, skip, width, [], []):
            line, following = found
            if width < room and not width - _MOST_HOLE < line.width <= width:
                return
            if width < room and room - line.width > _MOST_HOLE:
                return
            yield width, found
            if following is None:
                return
            width = line.width - _NARROWER

    def _cost(self, laid: _Laid) -> float:
        """How far a line is from what a typographer would leave."""
        line, following = laid
        begins_inside: bool = line.begins_inside_word
        if following is None:
            length = sum(len(leaf.text) for leaf in _texts(line))
            hyphened = (12.0 if length < _LEAST_AFTER_HYPHEN else 4.0) if begins_inside else 0.0
            lacking = max(0, _LEAST_LAST_LINE - length)
            return hyphened + lacking + (6 if lacking > _LEAST_LAST_LINE / 2 else 0)
        hole: float = (self.parent.width - line.width) / _MM
        cost = (hole / 14) ** 2 + (6 if hole > _HOLE else 0)
        if _is_inside_word(self.box, following):
            cost += 4.0 if begins_inside else 1.0
        return cost


def _texts(box: Any) -> Iterator[Any]:
    return (leaf for leaf in box.descendants() if isinstance(leaf, boxes.TextBox))


def _is_inside_word(box: Any, skip: Any) -> bool:
    """Whether the line that begins at ``skip`` of ``box`` begins inside a word."""
    while skip and not isinstance(box, boxes.TextBox):
        ((index, skip),) = skip.items()
        box = box.children[index]
    if not skip:
        return False
    text: bytes = box.text.encode()
    (index,) = skip
    before, after = text[:index].decode()[-1:], text[index:].decode()[:1]
    return (before.isalpha() or before == "\u00ad") and after.isalpha()


def _iter_line_boxes(
    context: Any, box: Any, y: float, bottom_space: float, skip: Any, parent: Any, *rest: Any
) -> Iterator[_Laid]:
    """``weasyprint.layout.inline.iter_line_boxes``, with better widths."""
    *placed, first_letter_style, first_line_style = rest
    paragraph = _Paragraph(context, box, bottom_space, parent)
    styled = first_letter_style or first_line_style
    if styled or not paragraph.is_to_be_pretty or paragraph.has_beside(y):
        lines: Iterator[_Laid] = inline.iter_line_boxes(
            context, box, y, bottom_space, skip, parent, *rest
        )
        return lines
    # Blocks are laid out more than once: to see how wide they are, and on each page they touch.
    known: dict[float, _Widths] = box.__dict__.setdefault("better_widths", {})
    if skip is None and parent.width not in known:
        absolute: list[Any] = []
        first = list(paragraph.lines(y, None, {}, absolute, absolute))
        known[parent.width] = paragraph.better_widths(first)
        if not absolute and not known[parent.width]:
            return iter(first)
    return paragraph.lines(y, skip, known.get(parent.width, {}), *placed)
