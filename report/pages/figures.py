"""How plots are set: their numbers in the language's form, and where each part is drawn.

The templates and the stylesheet draw what is measured here. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import atan2, degrees, hypot
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from ..edition.edition import Edition, Language
from ..edition.figures import TOTAL, Plot
from .typography import NO_BREAK_SPACE, Typesetter

COLUMN = 120.0
"""Width of a plot: that of the column of text."""
_LETTER, _SMALL_LETTER, _DIGIT = 1.7, 1.5, 2.4
"""Width of a letter of a label and of small print, and of a digit, on average, generously."""
_GAP = 4.0
"""Between two labels side by side, and between a label and its bar."""
_LEAST_LABELS, _MOST_LABELS = 16.0, 46.0
"""Width of the column of labels beside bars."""
_BAR_END = 5.0
"""Between a bar and its number, with the sign that it goes on."""
_LEADERS = 4.0
"""Height of the lines from the parts of a bar to their labels."""
_EXACT = 4
"""Digits of a whole number that needs no separators."""


@dataclass(frozen=True)
class Part:
    """One number of a plot as it is drawn."""

    label: str
    detail: str
    number: str
    """In the form of the language."""
    quantity: Markup
    """The number in an element of its own, with its unit."""
    going_on: bool
    """Whether it still grows on the day of the edition."""
    start: float = 0.0
    width: float = 0.0
    """Of its bar."""
    column: float = 0.0
    """Width of the column of its label."""
    leader: tuple[float, float] = (0.0, 0.0)
    """Length and angle, in degrees, of the line that leads to its label."""


@dataclass(frozen=True)
class Drawing:
    """A plot, ready for its template."""

    parts: list[Part]
    whole: Part | None = None
    labels: float = 0.0
    """Width of the column of labels."""


def drawn(
    edition: Edition,
    key: str,
    language: Language,
    typesetter: Typesetter,
    literal: Callable[[str], str],
) -> Drawing:
    """The plot ``key`` in the words of ``language``; ``literal`` typesets the words of a unit."""
    plot = edition.figures[key]
    parts = [_part(edition, key, name, language, typesetter, literal) for name in plot.values]
    amounts = [edition.amount(value) for value in plot.values.values()]
    match plot.kind:
        case "parts":
            whole = _part(edition, key, TOTAL, language, typesetter, literal)
            return Drawing(_divided(parts, amounts), whole)
        case "comparison":
            return _compared(parts, amounts)
    return Drawing([replace(part, column=COLUMN / len(parts)) for part in parts])


def figure_values(edition: Edition, typesetter: Typesetter) -> dict[str, dict[str, Any]]:
    """What ``{{ figures.key.value }}`` prints: the numbers of plots, in the language's form."""
    return {
        key: {
            name: int(amount) if _in_words(amount) else formatted(amount, typesetter)
            for name, amount in amounts(edition, plot).items()
        }
        for key, plot in edition.figures.items()
    }


def amounts(edition: Edition, plot: Plot) -> dict[str, float]:
    """The numbers of a plot by key, its total included."""
    values = {name: edition.amount(value) for name, value in plot.values.items()}
    return values if plot.total is None else {**values, TOTAL: plot.total}


def formatted(amount: float, typesetter: Typesetter) -> str:
    """``amount`` as the language writes numbers, with all its decimals."""
    exact = int(amount) if amount.is_integer() else amount
    return str(format_decimal(exact, locale=typesetter.rules.locale, decimal_quantization=False))


def _in_words(amount: float) -> bool:
    """Whether it is a whole number, without separators, that may also be printed in words."""
    return amount.is_integer() and amount < 10**_EXACT


def _part(
    edition: Edition,
    key: str,
    name: str,
    language: Language,
    typesetter: Typesetter,
    literal: Callable[[str], str],
) -> Part:
    plot, words = edition.figures[key], language.figures.figures[key]
    amount = amounts(edition, plot)[name]
    number = formatted(amount, typesetter)
    forms = language.figures.units[plot.unit_of(name) or ""]
    plural = Locale.parse(typesetter.rules.locale).plural_form(amount)
    form = literal(forms.one if plural == "one" else forms.other)
    form = form.replace("{number} ", f"{{number}}{NO_BREAK_SPACE}")
    element = Markup('<span class="amount">{}</span>').format(number)
    value = plot.values.get(name)
    return Part(
        label=words.labels[name],
        detail=words.details.get(name, ""),
        number=number,
        quantity=escape(form).format(number=element),
        going_on=bool(value and value.since),
    )


# ---------------------------------------------------------------- where it is drawn


def _divided(parts: Sequence[Part], amounts: Sequence[float]) -> list[Part]:
    """The parts of one bar; a label that is wider than its part takes room from the others."""
    widths = [COLUMN * amount / sum(amounts) for amount in amounts]
    rooms = [_room(part, lines=1) for part in parts]
    if sum(rooms) > COLUMN:
        rooms = [_room(part, lines=2) for part in parts]
    columns = _columns(widths, rooms)
    starts = list(accumulate(widths, initial=0.0))
    left = list(accumulate(columns, initial=0.0))
    return [
        replace(
            part, start=start, width=width, column=column, leader=_line(start, label, _LEADERS)
        )
        for part, start, width, column, label in zip(
            parts, starts, widths, columns, left, strict=False
        )
    ]


def _columns(widths: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """The columns of labels: each as wide as its part where the ``rooms`` needed allow it."""
    if sum(rooms) >= COLUMN:
        return [COLUMN * room / sum(rooms) for room in rooms]
    narrow: set[int] = set()
    while True:
        free = COLUMN - sum(rooms[index] for index in narrow)
        shared = sum(width for index, width in enumerate(widths) if index not in narrow)
        columns = [
            rooms[index] if index in narrow else free * width / shared
            for index, width in enumerate(widths)
        ]
        more = {i for i, column in enumerate(columns) if column < rooms[i]} - narrow
        if not more:
            return columns
        narrow |= more


def _room(part: Part, lines: int) -> float:
    """Width of a label on so many lines, or of its longest word."""
    words = part.label.split()
    line = len(part.label) if lines == 1 else len(part.label) / lines + 2
    detail = max((len(word) for word in part.detail.split()), default=0) * _SMALL_LETTER
    longest = max(map(len, words), default=0)
    return max(max(min(line, len(part.label)), longest) * _LETTER, detail) + _GAP


def _room_of_quantity(part: Part) -> float:
    unit = len(part.quantity.striptags()) - len(part.number)
    return len(part.number) * _DIGIT + unit * _LETTER


def _line(start: float, end: float, height: float) -> tuple[float, float]:
    """Length and angle from the vertical of a line that leads from ``start`` down to ``end``."""
    return hypot(end - start, height), degrees(atan2(start - end, height))


def _compared(parts: Sequence[Part], amounts: Sequence[float]) -> Drawing:
    """Bars from zero, one below the other, as long as their labels and numbers leave room for."""
    longest = max(len(part.label) for part in parts) * _LETTER + _GAP
    labels = min(max(longest, _LEAST_LABELS), _MOST_LABELS)
    numbers = max(map(_room_of_quantity, parts)) + _BAR_END
    full = COLUMN - labels - numbers
    most = max(amounts) or 1.0
    bars = [replace(p, width=full * a / most) for p, a in zip(parts, amounts, strict=True)]
    return Drawing(bars, labels=labels)
