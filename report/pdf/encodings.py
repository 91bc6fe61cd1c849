"""The encodings of simple fonts that have a name: glyphs by code (ISO 32000-1, annex D)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fontTools.agl import UV2AGL
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding

NOTDEF = ".notdef"
_SPACE = 0x20
_UNUSUAL = {
    0xA0: "space", 0xAD: "hyphen", 0xB2: "twosuperior", 0xB3: "threesuperior", 0xB9: "onesuperior",
}  # fmt: skip
"""Characters of Windows whose glyphs have no name of their own, or one for fractions."""


def _win_ansi() -> Iterable[str]:
    for code in range(_SPACE, 256):
        character = bytes([code]).decode("cp1252", "ignore")
        # Codes that Windows leaves out are bullets.
        default = UV2AGL.get(ord(character), "bullet") if character else "bullet"
        yield _UNUSUAL.get(code, default)


def _mac_roman() -> Iterable[str]:
    for glyph in MacRoman[_SPACE:]:
        yield {"nbspace": "space", "DEL": NOTDEF}.get(glyph, glyph)


ENCODINGS: Mapping[str, Mapping[int, str]] = {
    "WinAnsiEncoding": dict(enumerate(_win_ansi(), _SPACE)),
    "MacRomanEncoding": dict(enumerate(_mac_roman(), _SPACE)),
    "StandardEncoding": {
        code: glyph for code, glyph in enumerate(StandardEncoding) if glyph != NOTDEF
    },
}
