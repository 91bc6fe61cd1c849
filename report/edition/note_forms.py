"""The form of a note: its parts in the order in which a language prints them.

``["{author}", "*{title}*", "{date}|undated"]``: of each part that is printed which comes first
of what ``|`` divides and has all its ``{…}`` known, or nothing. ``*…*`` is the title of a work.
"""

from __future__ import annotations

import string
from collections.abc import Set

FIELDS: dict[str, str | None] = {
    "author": "author",
    "answered_by": "author",
    "refused_by": "author",
    "publisher": "publisher",
    "number": "number",
    "words": None,
    "locator": None,
    "date": "issued",
    "publishers": None,
}
"""What a form may name, with the key of the source that it prints, if it prints one."""


def fields(text: str) -> set[str]:
    """What ``text`` names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def printed_keys(form: list[str]) -> set[str]:
    """The keys of a source that ``form`` prints where the source has them."""
    return {key for part in form for name in fields(part) if (key := FIELDS[name])}


def chosen(form: list[str], known: Set[str]) -> list[str]:
    """The parts of ``form`` to print where the fields ``known`` have a value."""
    choices = ([text for text in part.split("|") if fields(text) <= known] for part in form)
    return [choice[0] for choice in choices if choice]
