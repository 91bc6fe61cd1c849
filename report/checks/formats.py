"""The report of the checks, as text and as JSON; accepted findings stand apart."""

from __future__ import annotations

from .. import formats
from .acceptances import CheckReport


def format_text(report: CheckReport) -> str:
    """One finding per paragraph, accepted ones after them, and a count."""
    lines = [formats.format_text(report.findings)] if report.findings else []
    if report.accepted:
        lines.append("\naccepted:")
        lines += [
            f"{f.place}: {f.code}: {f.words or f.message}\n    {r}" for f, r in report.accepted
        ]
    return "\n".join([*lines, summary(report)])


def summary(report: CheckReport) -> str:
    """How many findings of each level there are, and how many are accepted, in one line."""
    return f"{formats.summary(report.findings)}, {len(report.accepted)} accepted"


def format_json(report: CheckReport) -> str:
    """The findings as JSON, for tools."""
    accepted = [{**formats.as_data(f), "reason": reason} for f, reason in report.accepted]
    return formats.format_json(report.findings, accepted=accepted)
