"""What a build is asked for, and what it makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .styles import STYLES


@dataclass(frozen=True)
class Options:
    """What to build and where."""

    content: Path
    out: Path
    languages: tuple[str, ...] = ()
    """Languages to build; none means all."""
    draft: bool = False
    """Print editors' questions, for the screen only."""
    preset: str = "coated-3mm"
    """Printer's preset."""
    strict: bool = False
    """Let warnings of the editorial checks stop the build too."""
    only: str | None = None
    """Build this kind of file alone: ``screen`` or ``print``."""
    correction: int | None = None
    """Number of a correction: then only the print file is built, named for it."""
    styles: Path = STYLES
    """Folder of colours, stylesheets, icons and presets."""

    @property
    def uses(self) -> tuple[str, ...]:
        """What is built: a draft is for the screen, a correction for the printer."""
        if self.draft or self.correction is not None:
            return ("screen",) if self.draft else ("print",)
        return (self.only,) if self.only else ("screen", "print")


@dataclass(frozen=True)
class Made:
    """A file that was built."""

    path: Path
    language: str
    kind: str
    pages: int
    notes: int
    size: int
    """Bytes."""
    seconds: float
    """From the start of its language to the end of its inspection."""
