"""What a preflight rule is, and helpers that rules share.

The rules themselves are rows of the tables in ``every``, ``screen`` and ``print``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..pdf.document import Document
from ..pdf.geometry import Box
from ..problems import Level
from ..styles import POINTS_PER_MM, X1A, X4, PrintStandard

Use = Literal["screen", "print"]
BOTH: tuple[Use, ...] = ("screen", "print")
HOUSE = "house rule"


@dataclass(frozen=True)
class Profile:
    """What a file is expected to be; the defaults are what most printers ask."""

    use: Use | None = None
    """Judge the file for this use, whatever it claims to be."""
    bleed_mm: float = 3.0
    safe_zone_mm: float = 5.0
    page_multiple: int = 1
    trim_mm: tuple[float, float] | None = None
    """Width and height after trimming."""
    condition: str | None = None
    """OutputConditionIdentifier of the printing condition, such as ``FOGRA39``."""
    standard: PrintStandard | None = None
    """Judge a print file by this standard; None stands for the one that it claims to follow."""


class Fault(NamedTuple):
    """Something a rule objects to; ``page`` from 1, None for the file as a whole."""

    message: str
    page: int | None = None


class NotCheckable(NamedTuple):
    """Why a rule cannot be checked in this file."""

    reason: str


Outcome = Iterable[Fault | NotCheckable]


@dataclass(frozen=True)
class Rule:
    """A row of a rule table."""

    id: str
    title: str
    """The requirement, as a sentence."""
    source: str
    """Standard and clause, or ``house rule`` when the demand is the press's or the printer's."""
    uses: tuple[Use, ...]
    check: Callable[[Document, Profile], Outcome]
    level: Level = Level.ERROR
    standards: tuple[PrintStandard, ...] = (X4, X1A)
    """What a print file may follow for the rule to apply."""


def mm(points: float) -> str:
    """A length in points as millimetres, for messages."""
    return f"{points / POINTS_PER_MM:.1f} mm"


def margins(inner: Box, outer: Box) -> tuple[float, float, float, float]:
    """How far ``inner`` stays inside ``outer``: left, bottom, right, top; negative if beyond."""
    return (
        inner[0] - outer[0],
        inner[1] - outer[1],
        outer[2] - inner[2],
        outer[3] - inner[3],
    )


def size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


SIDES = ("left", "bottom", "right", "top")
