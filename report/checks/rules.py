"""What the editorial checks are made of: rules, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase as fnmatch
from typing import TYPE_CHECKING

from ..problems import Finding, Level, Place

if TYPE_CHECKING:
    from .passages import Checked


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
    """Finds it; without, whoever loads the content or sets the prose does."""
    needs: tuple[str, ...] = ()
    """Patterns of files whose content it misses when they are left out: it then waits."""

    def hits(self, checked: Checked) -> Iterable[Hit]:
        """What it finds, if it can do without the files that are left out."""
        return self.check(checked) if self.check and not self.waits(checked) else ()

    def waits(self, checked: Checked) -> bool:
        """Whether a file is left out that it needs."""
        return any(fnmatch(f, p) for f in checked.edition.left_out for p in self.needs)

    def finding(self, hit: Hit) -> Finding:
        """``hit`` as a finding of this rule."""
        words = " ".join(hit.words.split())
        return Finding(
            hit.place, hit.message, self.code, self.level, words, hit.suggestion, hit.related
        )
