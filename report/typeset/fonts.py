"""The fonts that come with the program: all of them are there, and no other is used.

Whatever font file lies in the folder is one of ours. ``SHA256SUMS`` lists those that must lie
there, ``fonts.conf`` makes Fontconfig see that folder alone; it holds no path, so that the folder
may have any name.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from ..edition.files import passed_over
from ..problems import Finding, Place
from ..styles import FONTS
from .patches import LayoutError

CONFIGURATION = "fonts.conf"
SUMS = "SHA256SUMS"
"""As sha256sum(1) writes it."""
MISSING_CHARACTER = "missing-character"
"""Code of what is said of characters that no font has."""
_REMEDY = "put the folder back as it came with the program"


class ForeignFontError(LayoutError):
    """A document is set in a font that does not come with the program."""


def require_fonts(folder: Path = FONTS) -> None:
    """Raises LayoutError when a font in ``folder`` is missing or not what it was."""
    try:
        sums = (folder / SUMS).read_text(encoding="utf-8")
    except OSError:
        raise LayoutError(f"{folder}: {SUMS} is missing; {_REMEDY}") from None
    digests = {name: digest for digest, name in map(str.split, sums.splitlines())}
    faults = [name for name in digests if _digests(folder).get(name) != digests[name]]
    if not (folder / CONFIGURATION).is_file():
        faults.append(CONFIGURATION)
    if faults:
        raise LayoutError(f"{folder}: missing or damaged: {', '.join(faults)}; {_REMEDY}")


def require_own_fonts(document: Any, folder: Path = FONTS) -> None:
    """Raises ForeignFontError when a drawn ``document`` uses a font that is not in ``folder``."""
    from weasyprint.text.fonts import get_hb_object_data

    own = _digests(folder).values()
    foreign = set()
    for font in document.fonts.values():
        # What the font holds itself is by now a subset of its file.
        data = get_hb_object_data(font.hb_face)
        if _digest(data) not in own:
            foreign.add(_postscript_name(data, font.index))
    if foreign:
        raise ForeignFontError(
            f"text is set in {', '.join(sorted(foreign))}, which {folder} does not hold; if that"
            " is meant, put the font and its licence there, else see with `FONTCONFIG_FILE="
            f"'{folder / CONFIGURATION}' fc-list` which fonts the engine finds"
        )


def missing_characters(texts: Mapping[str, str], folder: Path = FONTS) -> Finding | None:
    """One finding on all characters that no font has, in ``texts`` by file; None for none.

    Raises LayoutError for a font that is missing, damaged or unreadable.
    """
    known = _code_points(folder)
    found: dict[str, Place] = {}
    for file, text in texts.items():
        for character in dict.fromkeys(text):
            if ord(character) not in known and not _is_invisible(character):
                offset = text.index(character)
                found.setdefault(character, Place(file).moved(text, offset))
    if not found:
        return None
    first, *others = found.values()
    listed = ", ".join(f'"{character}" (U+{ord(character):04X})' for character in found)
    return Finding(
        first,
        f"no font has {listed}",
        MISSING_CHARACTER,
        suggestion=f"write something else, or put a font that has it in fonts/, with its licence,"
        f" and add it to fonts/{SUMS}",
        related=tuple(others),
    )


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


@cache
def _code_points(folder: Path) -> frozenset[int]:
    """The characters that at least one font in ``folder`` has."""
    from fontTools.ttLib import TTFont, TTLibError

    require_fonts(folder)
    found: set[int] = set()
    for path in folder.rglob("*.?tf"):
        if passed_over(path.name):
            continue
        try:
            with path.open("rb") as file, TTFont(file, lazy=True) as font:
                found.update(font.getBestCmap())
        except TTLibError as error:
            raise LayoutError(f"{path}: is not a font ({error}); take it away") from None
    return frozenset(found)


def _postscript_name(data: bytes, index: int) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data), fontNumber=index, lazy=True) as font:
        return font["name"].getDebugName(6) or "a font without a name"


@cache
def _digests(folder: Path) -> dict[str, str]:
    """The files in ``folder``, by their path from there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _digest(path.read_bytes()) for path in files}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
