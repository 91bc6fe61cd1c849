"""Everything that is counted in an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .edition import Edition
from .model import CarriedOut, Outcome

CARRIED_OUT = {
    CarriedOut.YES: "carried_out",
    CarriedOut.IN_PART: "carried_out_in_part",
    CarriedOut.NO: "not_carried_out",
    CarriedOut.UNKNOWN: "carried_out_unknown",
}
"""The names of the counts of measures over statuses."""

COUNTS = ("total", *CARRIED_OUT.values(), "cabinets", "months")
"""The names of counts beside those of the statuses and of the levels."""


def counts(edition: Edition) -> dict[str, Any]:
    """Every total of the edition: over all, per level of government, and of the cabinets."""
    levels = {
        level: _status_counts(edition, [m.status for m in edition.measures if m.level == level])
        for level in edition.facts.levels
    }
    outcomes = [edition.outcome(minister) for minister in edition.cabinets()]
    cabinets = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    agreed, today = edition.facts.agreement.date, edition.facts.date
    months = (today.year - agreed.year) * 12 + today.month - agreed.month
    return {
        **_status_counts(edition, [measure.status for measure in edition.measures]),
        **levels,
        "cabinets": {"total": len(outcomes), **cabinets},
        "months": months - (today.day < agreed.day),
    }


def _status_counts(edition: Edition, statuses: Sequence[str]) -> dict[str, int]:
    verdicts = [edition.statuses[status].carried_out for status in statuses]
    return {
        "total": len(statuses),
        **{name: verdicts.count(verdict) for verdict, name in CARRIED_OUT.items()},
        **{status: statuses.count(status) for status in edition.statuses},
    }


@dataclass(frozen=True)
class Figure:
    """A number of measures that is printed, with the status that it is the number of."""

    status: str
    number: int
    apart: dict[str, int]
    """How many of them have a status that is counted with this one."""


def figures(edition: Edition, level: str) -> list[Figure]:
    """The numbers of measures of ``level`` that add up to its total, in the order of statuses.

    The first status has its figure even when no measure has it.
    """
    number = counts(edition)[level]
    first = next(iter(edition.statuses))
    found = []
    for status in edition.statuses:
        if edition.statuses[status].counted_with:
            continue
        apart = {
            key: number[key]
            for key, other in edition.statuses.items()
            if other.counted_with == status and number[key]
        }
        figure = _alone(Figure(status, number[status] + sum(apart.values()), apart))
        if figure.number or status == first:
            found.append(figure)
    return found


def _alone(figure: Figure) -> Figure:
    """Without "2, of which 2": what is all of a number is what it is the number of."""
    for status, number in figure.apart.items():
        if number == figure.number:
            return Figure(status, number, {})
    return figure
