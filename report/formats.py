"""Findings as text, as JSON and for GitHub: the one way in which every command prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from .problems import Finding, Level, printable

_MANY_PAGES = 3


def format_text(findings: Iterable[Finding]) -> str:
    """One finding per paragraph: where, level, what, its words, the code and what to do.

    What one rule finds on many pages of a file is one paragraph, with the first message.
    """
    paragraphs = []
    for _, group in groupby(findings, key=lambda f: (f.place.file, f.code, f.place.page > 0)):
        alike = list(group)
        pages = {finding.place.page for finding in alike}
        if len(pages) > _MANY_PAGES:
            paragraphs.append(alike[0].at(f"{alike[0].place.file}: pages {_ranges(pages)}"))
        else:
            paragraphs += map(str, alike)
    return "\n".join(paragraphs)


def _ranges(pages: Iterable[int]) -> str:
    """``1-4, 7``."""
    ranges: list[list[int]] = []
    for page in sorted(pages):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in ranges)


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 picture``, ``3 pictures``."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def summary(findings: Sequence[Finding]) -> str:
    """How many findings of each level there are, in one line."""
    counts = {level: sum(f.level is level for f in findings) for level in Level}
    return ", ".join(count(n, level.value) for level, n in counts.items())


def as_data(finding: Finding) -> dict[str, object]:
    """A finding as plain values; a page or line that it does not have is None."""
    place = finding.place
    return {
        "file": printable(place.file),
        "line": place.line or None,
        "column": place.column if place.line else None,
        "page": place.page or None,
        "level": finding.level.value,
        "code": finding.code,
        "message": printable(finding.message),
        "words": printable(finding.words),
        "suggestion": printable(finding.suggestion),
        "related": [printable(str(place)) for place in finding.related],
    }


def format_json(findings: Iterable[Finding], **besides: object) -> str:
    """The findings as JSON, for tools, with what else the command has to say."""
    document = {"findings": [as_data(finding) for finding in findings], **besides}
    return json.dumps(document, ensure_ascii=False, indent=2)


_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def format_github(findings: Iterable[Finding], folder: str = "") -> str:
    """The findings as workflow commands, which GitHub shows beside the lines of ``folder``."""
    return "\n".join(_command(finding, folder) for finding in findings)


def _command(finding: Finding, folder: str) -> str:
    place = finding.place
    where = f"{folder}/{place.file}" if folder else place.file
    position = f"line={place.line or 1},col={place.column or 1}"
    properties = f"file={_escaped(where, ',:')},{position},title={finding.code}"
    words = f": “{finding.words}”" if finding.words else ""
    page = f"page {place.page}: " if place.page else ""
    text = ". ".join(filter(None, (page + finding.message + words, finding.suggestion)))
    return f"::{_COMMANDS[finding.level]} {properties}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    text = printable(text)
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
