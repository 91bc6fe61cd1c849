"""Which files and folders of an edition are read, and which are nobody's content."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from babel import Locale

from .model import LANGUAGE_TAG

_PASSED_OVER = re.compile(
    r"\..*|~\$.*|#.*#|.*~|.*\.(?:bak|swp|tmp|orig)|__MACOSX|Thumbs\.db|desktop\.ini|Icon\r",
    re.IGNORECASE | re.DOTALL,
)
"""Names of what systems and programs leave beside files: hidden, locked, temporary, kept."""


def passed_over(name: str) -> bool:
    """Whether a file or folder of this name is none of the editors' making."""
    return bool(_PASSED_OVER.fullmatch(name))


def leads_out(path: Path, folder: Path) -> bool:
    """Whether ``path`` is, or goes through, a link to something outside ``folder``."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def language_folders(folder: Path) -> tuple[list[str], list[str]]:
    """The folders of ``folder`` that hold texts: those called after a language, and others."""
    items = folder.iterdir() if folder.is_dir() else ()
    found = sorted(item.name for item in items if _holds_texts(item))
    languages = [name for name in found if _is_language(name)]
    return languages, [name for name in found if name not in languages]


def _holds_texts(folder: Path) -> bool:
    if passed_over(folder.name) or not folder.is_dir():
        return False
    return any(not passed_over(path.name) for path in folder.glob("*.y*ml"))


def _is_language(name: str) -> bool:
    return bool(re.match(LANGUAGE_TAG, name)) and name.partition("-")[0] in _languages()


@cache
def _languages() -> frozenset[str]:
    """The codes of languages that CLDR knows."""
    return frozenset(Locale.parse("en").languages)
