"""Findings as text, as JSON and for GitHub: the one way in which every command prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from .problems import Finding, Level, Place, printable

_MANY_PAGES = 3
_MOST_PLACES = 10
_ANYWHERE = Place("")


def format_text(findings: Iterable[Finding]) -> str:
    """One finding per paragraph: where, level, what, its words, the code and what to do.

    What one rule finds on many pages of a file is one paragraph, with the first message; so is
    what is said in the same words of many lines, which has one cause.
    """
    paragraphs = []
    findings = list(findings)
    elsewhere = _elsewhere(findings)
    for _, group in groupby(findings, key=lambda f: (f.place.file, f.code, f.place.page > 0)):
        alike = list(group)
        pages = {finding.place.page for finding in alike}
        if len(pages) > _MANY_PAGES:
            paragraphs.append(alike[0].at(f"{alike[0].place.file}: pages {_ranges(pages)}"))
        else:
            paragraphs += [f"{f}{elsewhere.pop(_said(f))}" for f in alike if _said(f) in elsewhere]
    return "\n".join(paragraphs)


def _said(finding: Finding) -> Finding:
    """What is the same in findings that differ in nothing but their lines."""
    place = finding.place
    return finding if place.page or not place.line else replace(finding, place=_ANYWHERE)


def _elsewhere(findings: Iterable[Finding]) -> dict[Finding, str]:
    """By what is said, where else than in the first place: a line, or nothing."""
    places: dict[Finding, list[Place]] = {}
    for finding in findings:
        places.setdefault(_said(finding), []).append(finding.place)
    return {said: _also(there[1:]) for said, there in places.items()}


def _also(places: Sequence[Place]) -> str:
    if not places:
        return ""
    more = len(places) - _MOST_PLACES
    named = [printable(str(place)) for place in places[:_MOST_PLACES]]
    named += [f"{more} more"] if more > 0 else []
    *others, last = named
    return "\n    also: " + (f"{', '.join(others)} and {last}" if others else last)


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
