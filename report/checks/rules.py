"""What the editorial checks are made of: levels, rules and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase as fnmatch
from typing import TYPE_CHECKING

from ..problems import Place

if TYPE_CHECKING:
    from .passages import Checked


class Level(StrEnum):
    """How much a finding weighs: errors stop a final build, warnings stop a strict one."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing an editor should look at."""

    place: Place
    code: str
    level: Level
    message: str
    """One sentence."""
    words: str = ""
    """The offending words, as they stand in the file."""
    suggestion: str = ""
    """What to write or do instead."""
    related: tuple[Place, ...] = ()
    """Other places it is about, for example the same text in the other language."""


@dataclass(frozen=True)
class Hit:
    """What a rule reports; the rule adds its code and level."""

    place: Place
    message: str
    words: str = ""
    suggestion: str = ""
    related: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A rule, and the text that explains it."""

    code: str
    level: Level
    title: str
    """What is wrong, in a few words."""
    why: str
    """What the rule looks at, and why it matters."""
    check: Callable[[Checked], Iterable[Hit]] | None = None
    """Finds it; without, the loader of the content does."""
    needs: tuple[str, ...] = ()
    """Patterns of files whose content it misses when they are left out: it then waits."""

    def hits(self, checked: Checked) -> Iterable[Hit]:
        """What it finds, if it can do without the files that are left out."""
        waits = any(fnmatch(f, p) for f in checked.edition.left_out for p in self.needs)
        return self.check(checked) if self.check and not waits else ()

    def finding(self, hit: Hit) -> Finding:
        """``hit`` as a finding of this rule."""
        words = " ".join(hit.words.split())
        return Finding(
            hit.place, self.code, self.level, hit.message, words, hit.suggestion, hit.related
        )
