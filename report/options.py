"""What a build is asked for, and what it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .edition.selection import EVERYTHING, Selection
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
    only: tuple[str, ...] = ()
    """The outputs to build; none means all that can be."""
    correction: int | None = None
    """Number of a correction: then only files for print are built, named for it."""
    styles: Path = STYLES
    """Folder of colours, stylesheets, icons and presets."""
    selection: Selection = EVERYTHING
    """Which measures the files hold."""


@dataclass(frozen=True)
class Made:
    """A file that was built."""

    path: Path
    language: str
    kind: str
    """Name of the output."""
    pages: int
    """0 for a file without pages."""
    notes: int
    size: int
    """Bytes."""
    seconds: float
    """From the start of its language to the end of its inspection."""


Progress = Callable[[str], None]
"""Is told what goes on, in whichever process it does; so it must be a function of a module."""


def silent(message: str) -> None:
    """Tell nobody."""
