"""Everything that is counted in an edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .edition import Edition
from .model import Outcome, Status

COUNTS = ("total", "carried_out", *Status, "cabinets", "months")
"""The names of counts beside those of the levels."""


def counts(edition: Edition) -> dict[str, Any]:
    """Every total of the edition: over all, per level of government, and of the cabinets."""
    levels = {
        level: _status_counts([m.status for m in edition.measures if m.level == level])
        for level in edition.facts.levels
    }
    outcomes = [edition.outcome(minister) for minister in edition.competent_ministers()]
    cabinets = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    agreed, today = edition.facts.agreement.date, edition.facts.date
    months = (today.year - agreed.year) * 12 + today.month - agreed.month
    return {
        **_status_counts([measure.status for measure in edition.measures]),
        **levels,
        "cabinets": {"total": len(outcomes), **cabinets},
        "months": months - (today.day < agreed.day),
    }


def _status_counts(statuses: Sequence[Status]) -> dict[str, int]:
    return {
        "total": len(statuses),
        "carried_out": sum(status.carried_out for status in statuses),
        **{status.value: statuses.count(status) for status in Status},
    }
