"""The form of a note: its parts in the order in which a language prints them.

``["{author}", "*{title}*", "{date}|undated"]``: of each part that is printed which comes first
of what ``|`` divides and has all its ``{…}`` known, or nothing. ``*…*`` is the title of a work.
"""

from __future__ import annotations

import string
from collections.abc import Set

KEYS = ("author", "title", "container-title", "publisher", "number", "issued")
"""What a source says, by its keys in sources.yaml, that is printed where a form says."""

FIELDS: dict[str, str] = {
    "author": "author",
    "family": "author",
    "answered_by": "author",
    "refused_by": "author",
    "title": "title",
    "container": "container-title",
    "publisher": "publisher",
    "number": "number",
    "words": "words",
    "locator": "locator",
    "date": "issued",
    "day": "issued",
    "publishers": "publishers",
}
"""What a form may name between braces, with what it prints: a key of the source or its own."""


def fields(text: str) -> set[str]:
    """What ``text`` names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def printed(form: list[str]) -> set[str]:
    """What ``form`` has a place for."""
    return {FIELDS[name] for part in form for name in fields(part)}


def chosen(form: list[str], known: Set[str]) -> list[str]:
    """The parts of ``form`` to print where the fields ``known`` have a value."""
    choices = (filter(lambda text: fields(text) <= known, part.split("|")) for part in form)
    return [text for choice in choices if (text := next(choice, "").strip())]
