"""Which glyphs an embedded font program holds, and which of them a character code leads to.

Where a code could lead to a glyph in more than one way, any of them will do: readers help
themselves. What cannot be told counts as there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Protocol

import pikepdf
from fontTools.agl import toUnicode

from .encodings import ENCODINGS, NOTDEF

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_PLAIN_FORMATS = (0, 4, 6)
"""Forms of a cmap that cannot claim more codes than they hold (ISO/IEC 14496-22, 5.2)."""
_SYMBOLS = (0x0000, 0xF000, 0xF100, 0xF200)
"""Where a symbolic TrueType font may keep its codes (ISO 32000-1, 9.6.6.4)."""
_ROMAN_CODES = {glyph: code for code, glyph in ENCODINGS["MacRomanEncoding"].items()}
_STANDARD = ENCODINGS["StandardEncoding"]
_TYPE1_SECRET = re.compile(rb"\beexec(?:\r\n|\s)")
_TYPE1_KEY = 55665
_TYPE1_CODE = re.compile(rb"dup\s+(\d{1,3})\s*/(\S+)\s+put")
_TYPE1_GLYPHS = b"/CharStrings"
_TYPE1_GLYPH = re.compile(rb"/(\S+)\s+(\d{1,6})\s+\S{1,8} ")
_HEX = re.compile(rb"[0-9A-Fa-f]{4}")
# What is wrong with a program is said as a finding or not at all.
logging.getLogger("fontTools").addHandler(logging.NullHandler())


class Program(Protocol):
    """A font program that was read."""

    def holds(self, code: int, named: str | None) -> bool:
        """Whether a simple font's code, which its encoding may name, has a glyph."""

    def holds_cid(self, cid: int) -> bool:
        """Whether a composite font's CID, mapped to a glyph index where it says so, has one."""


class NamedGlyphs:
    """A Type 1 program, or a CFF program whose glyphs have names."""

    def __init__(self, names: list[str], built_in: Mapping[int, str]) -> None:
        self._count = len(names)
        self._names = frozenset(names) - {NOTDEF}
        self._built_in = built_in

    def holds(self, code: int, named: str | None) -> bool:
        return (named or self._built_in.get(code, NOTDEF)) in self._names

    def holds_cid(self, cid: int) -> bool:
        return 0 < cid < self._count


class NumberedGlyphs:
    """A CFF program whose glyphs have CIDs."""

    def __init__(self, cids: frozenset[int]) -> None:
        self._cids = cids

    def holds(self, code: int, named: str | None) -> bool:
        return True

    def holds_cid(self, cid: int) -> bool:
        return cid in self._cids


class TrueTypeGlyphs:
    """A TrueType program; ``maps`` lead from codes to glyph indices, by platform and encoding."""

    def __init__(
        self,
        count: int,
        maps: Mapping[tuple[int, int], Mapping[int, int]] | None,
        names: Mapping[str, int],
    ) -> None:
        self._count = count
        self._maps = maps
        self._names = names

    def holds(self, code: int, named: str | None) -> bool:
        if not self._maps:
            return True
        return any(0 < index < self._count for index in self._indices(code, named, self._maps))

    def _indices(
        self, code: int, named: str | None, maps: Mapping[tuple[int, int], Mapping[int, int]]
    ) -> list[int]:
        if named == NOTDEF:
            return []
        roman, symbol, windows = (maps.get(key, {}) for key in ((1, 0), (3, 0), (3, 1)))
        found = [symbol.get(start + code, 0) for start in _SYMBOLS] + [roman.get(code, 0)]
        if named:
            text = toUnicode(named)
            found += [roman.get(_ROMAN_CODES.get(named, -1), 0), self._names.get(named, 0)]
            found += [windows.get(ord(text), 0)] if len(text) == 1 else []
        else:
            found.append(windows.get(code, 0))
        return found

    def holds_cid(self, cid: int) -> bool:
        return 0 < cid < self._count


def read_program(descriptor: Any) -> Program | None:
    """The program that a font descriptor embeds; None for none, or one that cannot be read."""
    for key in FONT_FILES:
        stream = descriptor.get(key) if descriptor is not None else None
        if isinstance(stream, pikepdf.Stream):
            try:
                return _read(stream.read_bytes())
            except MemoryError:
                raise
            # A damaged program can fail anywhere and in any way, and then says nothing.
            except Exception:
                return None
    return None


def _read(data: bytes) -> Program | None:
    start = data[:4]
    if start in (b"\0\1\0\0", b"true", b"OTTO"):
        return _read_opentype(data)
    if start[:2] in (b"%!", b"\x80\x01"):
        return _read_type1(data)
    return _read_cff(data) if start[:1] == b"\1" else None


def _read_opentype(data: bytes) -> Program | None:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), lazy=True)
    if "CFF " in font:
        return _read_cff(font.reader["CFF "])
    return TrueTypeGlyphs(font["maxp"].numGlyphs, _character_maps(font), _glyph_names(font))


def _character_maps(font: Any) -> dict[tuple[int, int], dict[int, int]] | None:
    """Glyph indices by code; None where one of the maps is of a kind that is not read."""
    maps = {}
    for table in font["cmap"].tables if "cmap" in font else ():
        if table.format not in _PLAIN_FORMATS:
            return None
        codes = {code: font.getGlyphID(glyph) for code, glyph in table.cmap.items()}
        maps[table.platformID, table.platEncID] = codes
    return maps


def _glyph_names(font: Any) -> dict[str, int]:
    if "post" not in font or font["post"].formatType not in (1.0, 2.0):
        return {}
    return {glyph: index for index, glyph in enumerate(font.getGlyphOrder())}


def _read_cff(data: bytes) -> Program | None:
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    if hasattr(top, "ROS"):
        return NumberedGlyphs(frozenset(int(glyph[3:]) for glyph in top.charset[1:]))
    names = top.charset[: top.numGlyphs]
    match top.Encoding:
        case "StandardEncoding":
            return NamedGlyphs(names, _STANDARD)
        case list() as listed:
            return NamedGlyphs(names, dict(enumerate(listed)))
    return None


def _read_type1(data: bytes) -> Program | None:
    from fontTools.misc import eexec

    start = _TYPE1_SECRET.search(data)
    if start is None:
        return None
    clear, secret = data[: start.start()], data[start.end() :]
    if _HEX.match(secret):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", secret)
        secret = bytes.fromhex(digits[: len(digits) & ~1].decode())
    plain, _ = eexec.decrypt(secret, _TYPE1_KEY)
    names = list(_type1_glyphs(plain))
    if not names:
        return None
    if b"/Encoding StandardEncoding" in clear:
        return NamedGlyphs(names, _STANDARD)
    codes = _TYPE1_CODE.findall(clear)
    return NamedGlyphs(names, {int(code): glyph.decode("latin-1") for code, glyph in codes})


def _type1_glyphs(plain: bytes) -> Iterator[str]:
    """The names of the glyphs in the decrypted part of a Type 1 program."""
    at = plain.find(_TYPE1_GLYPHS) + len(_TYPE1_GLYPHS)
    while at >= len(_TYPE1_GLYPHS) and (glyph := _TYPE1_GLYPH.search(plain, at)):
        yield glyph[1].decode("latin-1")
        at = glyph.end() + int(glyph[2])
