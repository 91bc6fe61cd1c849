"""Inspections as lines of text, and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formats import count, format_text
from ..problems import Finding, Level, printable
from .inspect import Inspection, uses_of


def report_lines(inspection: Inspection) -> list[str]:
    """An inspection as lines of text: the verdict, then each finding, errors first."""
    claims = ", ".join(inspection.claims) or "no standard"
    levels = list(Level)
    findings = sorted(_for_uses(inspection), key=lambda finding: levels.index(finding.level))
    errors = sum(finding.level is Level.ERROR for finding in findings)
    tally = f"{count(errors, 'error')}, {count(len(findings) - errors, 'warning')}"
    return [
        printable(f"{inspection.file.name}: {_verdict(inspection)}"),
        f"  {count(inspection.pages, 'page')}; says it follows {claims}; {tally}",
        *format_text(findings).splitlines(),
        *(f"  not checked: {reason}" for reason in inspection.not_checked),
    ]


def as_data(inspection: Inspection) -> dict[str, object]:
    """What was seen in the file beside the findings, as plain values."""
    return {
        "file": printable(str(inspection.file)),
        "pages": inspection.pages,
        "claims": inspection.claims,
        "judged_for": inspection.judged_for,
        "fit_for": inspection.fit_for,
        "passed": inspection.passed,
        "not_checked": inspection.not_checked,
    }


def _for_uses(inspection: Inspection) -> Iterator[Finding]:
    """The findings; where the file is judged for several uses, each says for which it counts."""
    for finding in inspection.findings:
        uses = uses_of(finding)
        if len(uses) < len(inspection.judged_for):
            finding = replace(finding, message=f"for {uses[0]}: {finding.message}")
        yield finding


def _verdict(inspection: Inspection) -> str:
    unfit = [use for use in inspection.judged_for if use not in inspection.fit_for]
    parts = []
    if inspection.fit_for:
        parts.append(f"fit for {' and '.join(inspection.fit_for)}")
    if unfit:
        parts.append(f"NOT fit for {' or '.join(unfit)}")
    return "; ".join(parts)
