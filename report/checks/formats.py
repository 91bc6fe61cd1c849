"""What the checks found, as text, as JSON and for GitHub."""

from __future__ import annotations

import json

from ..problems import Place
from .acceptances import CheckReport
from .rules import Finding, Level


def format_text(report: CheckReport) -> str:
    """One finding per paragraph, accepted ones after them, and a count."""
    lines = [format_finding(finding) for finding in report.findings]
    if report.accepted:
        lines.append("\naccepted:")
        lines += [
            f"{_where(f.place)}: {f.code}: {f.words or f.message}\n    {r}"
            for f, r in report.accepted
        ]
    return "\n".join([*lines, summary(report)])


def summary(report: CheckReport) -> str:
    """How many findings of each level there are, in one line."""
    numbers = [
        f"{count} {level.value}{'' if count == 1 else 's'}"
        for level in Level
        for count in [len(report.of(level))]
    ]
    return ", ".join([*numbers, f"{len(report.accepted)} accepted"])


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}" if place.line else place.file


def format_finding(finding: Finding) -> str:
    """One finding: where, level, what, its words, the code and what to do."""
    words = f": “{finding.words}”" if finding.words else ""
    suggestion = f"\n    {finding.suggestion}" if finding.suggestion else ""
    head = f"{_where(finding.place)}: {finding.level.value}: {finding.message}{words}"
    return f"{head} [{finding.code}]{suggestion}"


def _as_data(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "level": finding.level.value,
        "code": finding.code,
        "message": finding.message,
        "words": finding.words,
        "suggestion": finding.suggestion,
        "related": [_where(place) for place in finding.related],
    }


def format_json(report: CheckReport) -> str:
    """The findings as JSON, for tools."""
    document = {
        "findings": [_as_data(finding) for finding in report.findings],
        "accepted": [{**_as_data(f), "reason": reason} for f, reason in report.accepted],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def format_github(report: CheckReport, folder: str = "content") -> str:
    """The findings as workflow commands, which GitHub shows beside the lines of ``folder``."""
    return "\n".join(_command(finding, folder) for finding in report.findings)


def _command(finding: Finding, folder: str) -> str:
    place = finding.place
    where = f"{folder}/{place.file}"
    position = f"line={place.line or 1},col={place.column}"
    properties = f"file={_escaped(where, ',:')},{position},title={finding.code}"
    words = f": “{finding.words}”" if finding.words else ""
    text = ". ".join(part for part in (finding.message + words, finding.suggestion) if part)
    return f"::{_COMMANDS[finding.level]} {properties}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
