"""What is wrong with content, pages or files, as values of one kind.

Every stage returns the findings it has; the commands print them as ``formats`` writes them.

Exceptions::

    ReportError            a run cannot go on; its message is shown as it stands
    ├── ContentError       carries every finding that is in the way
    └── RequestError       what is asked for contradicts itself
        └── UnknownNameError   or names what does not exist
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file: path relative to the content folder, line and column from 1.

    Line 0 stands for all of a file or folder. In laid-out pages and PDFs, ``page`` counts from 1
    and there are no lines; page 0 stands for none.
    """

    file: str
    line: int = 1
    column: int = 1
    page: int = 0

    @classmethod
    def on_page(cls, file: str, page: int | None) -> Place:
        """A page of a PDF; None stands for all of the file."""
        return cls(file, 0, 0, page or 0)

    def __str__(self) -> str:
        if self.page:
            return f"{self.file}: page {self.page}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

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
    PROSE = "prose"
    LINK_FORM = "link-form"
    LANGUAGE_FOLDER = "language-folder"


class Level(StrEnum):
    """How much a finding weighs: errors stop a final build, warnings stop a strict one."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that someone should look at: where, what is wrong, and what to do about it."""

    place: Place
    message: str
    """One sentence."""
    code: str = Kind.CONTENT
    """Of the rule that is broken."""
    level: Level = Level.ERROR
    words: str = ""
    """The offending words, as they stand in the file."""
    suggestion: str = ""
    """What to write or do instead."""
    related: tuple[Place, ...] = ()
    """Other places it is about, for example the same text in the other language."""

    def __str__(self) -> str:
        return self.at(str(self.place))

    def at(self, where: str) -> str:
        """The finding as text: ``where``, level, what, its words, the code and what to do."""
        words = f": “{self.words}”" if self.words else ""
        suggestion = f"\n    {self.suggestion}" if self.suggestion else ""
        head = f"{where}: {self.level.value}: {self.message}{words}"
        return printable(f"{head} [{self.code}]{suggestion}")


class ReportError(Exception):
    """A run that cannot go on: ``findings``, each about a place, and a message for the rest."""

    status = 1
    """With which a command ends."""

    def __init__(self, message: str = "", findings: Iterable[Finding] = ()) -> None:
        self.message = message
        self.findings = tuple(sorted(set(findings)))
        lines = [*map(str, self.findings), printable(message)]
        super().__init__("\n".join(filter(None, lines)))

    def __reduce__(self) -> tuple[type[ReportError], tuple[str, tuple[Finding, ...]]]:
        return ReportError, (self.message, self.findings)


class ContentError(ReportError):
    """Content or pages that cannot be printed; ``findings`` holds every reason."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__("", findings)

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Finding, ...]]]:  # type: ignore[override]
        return ContentError, (self.findings,)


class RequestError(ReportError):
    """Nothing can be done as it is asked for, on the command line or in a call."""

    status = 2


class UnknownNameError(RequestError):
    """A name that nothing has."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        """``what`` is the kind of thing, ``known`` are the names that there are."""
        known = list(known)
        hint = did_you_mean(name, known) or f"; there are: {', '.join(known) or 'none'}"
        super().__init__(f'there is no {what} "{name}"{hint}')


def joined(errors: Sequence[ReportError]) -> ReportError:
    """One error that tells what all of ``errors`` do."""
    findings = [finding for error in errors for finding in error.findings]
    message = "\n".join(error.message for error in errors if error.message)
    return ReportError(message, findings) if message else ContentError(findings)


MACHINE_ERRORS = (OSError, MemoryError, ImportError)


def refused(error: BaseException) -> ReportError:
    """What the machine refuses, one of MACHINE_ERRORS, in a sentence."""
    if isinstance(error, MemoryError):
        return ReportError("there is not enough memory")
    if isinstance(error, ImportError):
        return ReportError(
            f"a part of the program cannot be loaded ({error}): there is not enough memory, or it"
            " is not installed, which `make report` does"
        )
    reason = getattr(error, "strerror", None) or str(error)
    return ReportError(f"{getattr(error, 'filename', None) or 'the system says'}: {reason}")


_ACTING = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A))
"""Code points that turn the direction of what follows."""


def printable(text: str) -> str:
    """``text`` with what would act on a terminal, or cannot be encoded, written as an escape."""
    return "".join(_escape(c) if _acts(c) else c for c in text)


def _acts(character: str) -> bool:
    if character in "\n\t":
        return False
    return unicodedata.category(character) in _ACTING or ord(character) in _TURNING


def _escape(character: str) -> str:
    # What Python could not decode in a file's name stands for one byte.
    code = ord(character) - 0xDC00 if "\udc80" <= character <= "\udcff" else ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


_MOST = 100
_LONGEST = 60


def first_of(findings: Iterable[Finding]) -> list[Finding]:
    """The first of ``findings`` about one file: thousands may have one cause."""
    found = list(islice(findings, _MOST + 1))
    if len(found) > _MOST:
        message = "there is more wrong with this file; mend what stands above first"
        found[_MOST] = Finding(found[_MOST].place, message)
    return found


def quoted(value: object) -> str:
    """``value`` in quotation marks for a message: on one line, cut when it is long."""
    words = " ".join(str(value)[: 2 * _LONGEST].split())
    return f'"{words[:_LONGEST]}…"' if len(words) > _LONGEST else f'"{words}"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean "x"?`` when a known word is close to ``word``, else an empty string.

    Capitals make no difference to how close it is.
    """
    folded = {name.casefold(): name for name in known}
    matches = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f'; did you mean "{folded[matches[0]]}"?' if matches else ""
