"""Figures: what content/figures.yaml says once, and what each language says of it.

A plot is data, in numbers that stand in one place for all languages; its captions, labels and
units stand per language. Which kinds of plots there are is the table ``PLOTS``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ..declared import Declared, Id, Line, form
from .model import Prose

FIGURES_FILE = "figures.yaml"
TOTAL = "total"
"""The label of the whole of a plot, beside the keys of its values."""
DAYS = "days"
"""The unit of a value that is counted from a day to the edition."""


# ---------------------------------------------------------------- kinds of plots


@dataclass(frozen=True)
class PlotKind:
    """A way to draw numbers; the template ``plot-<name>.html`` draws it."""

    name: str
    fewest: int
    """Values that it needs at least."""
    most: int
    """Values that it has room for."""
    whole: bool = False
    """Whether its values are the parts of ``total``."""
    one_unit: bool = True
    """Whether all values are in the unit of the plot; else each has its own."""


PLOTS: dict[str, PlotKind] = {
    kind.name: kind
    for kind in (
        # One bar, cut into the parts of a whole.
        PlotKind("parts", fewest=2, most=6, whole=True),
        # Bars from zero, one below the other.
        PlotKind("comparison", fewest=2, most=8),
        # Numbers side by side that no bar may compare, such as an amount and a weight.
        PlotKind("beside", fewest=2, most=3, one_unit=False),
    )
}


def _known_kind(name: str) -> str:
    if name not in PLOTS:
        known = ", ".join(PLOTS)
        raise ValueError(f'no kind of figure is called "{name}"; there are: {known}')
    return name


# ---------------------------------------------------------------- facts: figures.yaml


def _number_alone(value: Any) -> Any:
    return value if isinstance(value, dict) else {"amount": value}


class Value(Declared):
    """A number of a plot, or a day from which the days until the edition are counted."""

    amount: Annotated[float, Field(ge=0)] | None = None
    """The number."""
    since: Id | None = None
    """In place of a number: the day that it counts from, ``agreement``, ``questionnaire`` or the
    key of a source with a date."""
    unit: Id | None = None
    """Unit of this value, where those of a plot differ."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Value:
        if (self.amount is None) == (self.since is None):
            raise ValueError("write a number, or since with the day that it counts from")
        return self


class Plot(Declared):
    """Numbers that are drawn."""

    kind: Annotated[
        str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(PLOTS)})
    ]
    """How they are drawn: ``parts`` of a whole, ``comparison`` or ``beside``."""
    unit: Id | None = None
    """Unit of all values; its words stand in each language's figures.yaml."""
    total: Annotated[float, Field(gt=0)] | None = None
    """The whole, for ``parts``: their sum."""
    values: Annotated[
        dict[
            Id,
            Annotated[Value, BeforeValidator(_number_alone, json_schema_input_type=float | Value)],
        ],
        Field(min_length=1),
    ]
    """The numbers by key, in the order drawn."""
    sources: Annotated[list[Id], Field(min_length=1, json_schema_extra={"uniqueItems": True})]
    """Sources of the numbers; a note at the caption cites those that it does not cite itself."""

    @property
    def drawn_as(self) -> PlotKind:
        """The row of the table that says how it is drawn."""
        return PLOTS[self.kind]

    def unit_of(self, key: str) -> str | None:
        """The unit of the value ``key``, or of the total."""
        value = self.values.get(key)
        return (value.unit if value else None) or self.unit

    def units(self) -> Iterator[str]:
        """Every unit that it is in."""
        found = (self.unit, *(value.unit for value in self.values.values()))
        yield from dict.fromkeys(unit for unit in found if unit)


# ---------------------------------------------------------------- language: figures.yaml


_WITH_NUMBER = form(r"^[^{}]*\{number\}[^{}]*$", "words with {number} in them")


class UnitWords(Declared):
    """A number with its unit, in words."""

    one: Annotated[Line, _WITH_NUMBER]
    """As said of one, or of what the language counts like one: "{number} dag"."""
    other: Annotated[Line, _WITH_NUMBER]
    """As said of others: "{number} dagen"."""


class FigureWords(Declared):
    """What a language says of a figure."""

    caption: Prose
    """What it shows and from when, in one paragraph; may hold notes."""
    alternative: Line
    """What it says, in words, for those who cannot see it."""
    labels: dict[Id, Line] = {}
    """What each value of a plot is, and ``total`` the whole."""
    details: dict[Id, Line] = {}
    """What else is said of a value, in small print."""


class FigureTexts(Declared):
    """<language>/figures.yaml: the words of figures."""

    units: dict[Id, UnitWords] = {}
    """Units of the numbers."""
    figures: dict[Id, FigureWords] = {}
    """The words of each figure, by its key in content/figures.yaml."""
