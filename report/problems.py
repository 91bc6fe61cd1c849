"""Problems found in content or in a laid-out document, as values.

Every stage returns the problems it finds; one place, the command line, prints them.

Exceptions::

    ReportError            a run cannot go on; its message is shown as it stands
    └── ContentError       carries every problem found so far
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file: path relative to the content folder, line and column from 1.

    Line 0 stands for all of a file or folder.
    """

    file: str
    line: int = 1
    column: int = 1

    def moved(self, text: str, offset: int) -> Place:
        """The place of ``text[offset]`` when ``text`` starts here."""
        before = text[:offset]
        lines = before.count("\n")
        if lines == 0:
            return Place(self.file, self.line, self.column + offset)
        return Place(self.file, self.line + lines, self.column + len(before.rpartition("\n")[2]))


class Kind(StrEnum):
    """What is wrong, as the code of the editorial rule that it breaks."""

    CONTENT = "content"
    YAML = "yaml"
    UNREADABLE = "unreadable-file"
    ALIAS = "yaml-alias"
    COMMENT = "comment-in-text"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    UNKNOWN_REFERENCE = "unknown-reference"
    DUPLICATE_MEASURE = "duplicate-measure"
    ORPHAN_TEXT = "orphan-text"
    CONTROL_CHARACTER = "control-character"
    LINK_OUTSIDE = "link-outside"
    WRONG_DATE = "wrong-date"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    place: Place
    message: str
    kind: Kind = Kind.CONTENT
    """Told apart by the loader alone: prose and layout have one kind."""

    def __str__(self) -> str:
        line = f":{self.place.line}" if self.place.line else ""
        return f"{self.place.file}{line}: {self.message}"


class ReportError(Exception):
    """A run that cannot go on; the message says why in the user's terms."""


class ContentError(ReportError):
    """Content that cannot be printed; ``problems`` holds every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        return ContentError, (self.problems,)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean "x"?`` when a known word is close to ``word``, else an empty string."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{matches[0]}"?' if matches else ""
