"""Fonts of a PDF as far as showing text needs them: widths, embedding, missing glyphs.

Widths and heights are fractions of the font size (ISO 32000-1, clauses 9.6 and 9.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from struct import unpack
from typing import Any

import pikepdf
from fontTools.agl import toUnicode

from .names import name

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_BF_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_BF_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f ]*)>")
_BF_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f ]+)>|\[([^\]]*)\])"
)
_HEX = re.compile(rb"<([0-9A-Fa-f ]*)>")
_NO_TEXT = ("", "\0", "\ufeff", "\ufffe")
"""What a ToUnicode map must not give (ISO 14289-1, 7.21.7)."""


class _Widths(dict[int, float]):
    """Width per code, with a default."""

    def __init__(self, widths: Iterable[tuple[int, float]], default: float) -> None:
        super().__init__(widths)
        self._default = default

    def __missing__(self, _: int) -> float:
        return self._default


class Font:
    """A font dictionary, read lazily: most files show text in a handful of fonts."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self.subtype = str(source.get("/Subtype", ""))[1:]
        self.composite = self.subtype == "Type0"
        descendants = source.get("/DescendantFonts")
        self._inner = descendants[0] if self.composite and descendants else source
        self._descriptor = self._inner.get("/FontDescriptor")

    @cached_property
    def base_name(self) -> str:
        """PostScript name without the subset prefix."""
        return _SUBSET.sub("", self._full_name)

    @property
    def _full_name(self) -> str:
        return name(self._inner.get("/BaseFont", self._source.get("/BaseFont", "/?")))

    @cached_property
    def is_subset(self) -> bool:
        return bool(_SUBSET.match(self._full_name))

    @cached_property
    def is_embedded(self) -> bool:
        if self.subtype == "Type3":
            return True
        return self._descriptor is not None and any(key in self._descriptor for key in _FONT_FILES)

    @cached_property
    def codes_are_cids(self) -> bool:
        """Whether a code can be told to be a glyph without reading a CMap."""
        return str(self._source.get("/Encoding", "")) in ("/Identity-H", "/Identity-V")

    def codes(self, shown: bytes) -> Sequence[int]:
        """The character codes of a string; composite fonts use two bytes each."""
        if not self.composite:
            return shown
        count = len(shown) // 2
        return unpack(f">{count}H", shown[: 2 * count])

    def advance(self, shown: bytes) -> float:
        """Width of a shown string."""
        return sum(map(self._widths.__getitem__, self.codes(shown)))

    @cached_property
    def _widths(self) -> _Widths:
        if self.composite:
            default = float(self._inner.get("/DW", 1000)) / 1000
            return _Widths(_cid_widths(self._inner.get("/W")), default)
        scale = 1000.0
        if self.subtype == "Type3":
            scale = 1 / (abs(float(self._source.FontMatrix[0])) or 0.001)
        first = int(self._source.get("/FirstChar", 0))
        listed = self._source.get("/Widths") or ()
        missing = float((self._descriptor or {}).get("/MissingWidth", 0)) / 1000
        widths = ((first + index, float(width) / scale) for index, width in enumerate(listed))
        return _Widths(widths, missing if len(listed) else 0.5)

    @cached_property
    def extent(self) -> tuple[float, float]:
        """How far ink goes below and above the baseline: descender and capital height."""
        descriptor = self._descriptor or {}
        below = float(descriptor.get("/Descent", -200)) / 1000
        above = float(descriptor.get("/CapHeight", 0)) / 1000
        return max(min(below, 0.0), -0.25), above if 0.4 < above < 1 else 0.72

    def missing_glyphs(self, shown: bytes) -> int:
        """How many codes of a string show the .notdef glyph (ISO 32000-1, 9.7.6.3)."""
        if not self._missing_codes:
            return 0
        return sum(map(self._missing_codes.__contains__, self.codes(shown)))

    @cached_property
    def _missing_codes(self) -> frozenset[int]:
        if not self.composite:
            encoding = self._source.get("/Encoding")
            return frozenset(code for code, glyph in _differences(encoding) if glyph == ".notdef")
        if not self.codes_are_cids:
            return frozenset()
        mapping = self._inner.get("/CIDToGIDMap")
        if not isinstance(mapping, pikepdf.Stream):
            return frozenset({0})
        glyphs = mapping.read_bytes()
        pairs = zip(glyphs[::2], glyphs[1::2], strict=False)
        return frozenset(cid for cid, (high, low) in enumerate(pairs) if not high and not low)

    def untold(self, shown: bytes) -> int:
        """How many characters of a string stand for no Unicode text (ISO 32000-1, 9.10.2)."""
        if self.composite and not self.codes_are_cids:
            return 0 if self._unicode or self._is_cjk else len(shown)
        return len(set(self.codes(shown)) - self._told)

    @cached_property
    def _told(self) -> frozenset[int]:
        """Codes that stand for text, and those that show no glyph at all."""
        mapped = {code for code, text in self._unicode.items() if text not in _NO_TEXT}
        return self._missing_codes | mapped | (self._encoded - self._unicode.keys())

    @cached_property
    def _is_cjk(self) -> bool:
        """Whether its characters are of a collection that readers know."""
        system = self._inner.get("/CIDSystemInfo", {})
        return str(system.get("/Registry", "")) == "Adobe" and (
            str(system.get("/Ordering", "")) in ("GB1", "CNS1", "Japan1", "Korea1")
        )

    @cached_property
    def _encoded(self) -> set[int]:
        """Codes whose characters the encoding names without a ToUnicode map."""
        if self.composite:
            return set(range(0x10000)) if self._is_cjk else set()
        encoding = self._source.get("/Encoding")
        if not isinstance(encoding, pikepdf.Dictionary):
            return set(range(256)) if encoding is not None or self._is_standard else set()
        named = dict(_differences(encoding))
        base = range(256) if "/BaseEncoding" in encoding or not self._is_symbolic else range(0)
        known = {code for code, glyph in named.items() if toUnicode(glyph)}
        return known | (set(base) - named.keys())

    @property
    def _is_symbolic(self) -> bool:
        return bool(int((self._descriptor or {}).get("/Flags", 0)) & 4)

    @property
    def _is_standard(self) -> bool:
        """Whether it is a text font that every reader has (ISO 32000-1, 9.6.2.2)."""
        return self._descriptor is None and self.subtype == "Type1"

    def text(self, shown: bytes) -> str:
        """Unicode text of a shown string, as far as the font tells; for messages."""
        if not self._unicode and not self.composite:
            return shown.decode("cp1252", "replace")
        return "".join(self._unicode.get(code, "\N{WHITE SQUARE}") for code in self.codes(shown))

    @cached_property
    def _unicode(self) -> dict[int, str]:
        mapping = self._source.get("/ToUnicode")
        # Some producers write the name of a predefined CMap here, which says nothing.
        is_map = isinstance(mapping, pikepdf.Stream)
        return dict(_to_unicode(mapping.read_bytes())) if is_map else {}


def _cid_widths(listed: Any) -> Iterator[tuple[int, float]]:
    """Widths per CID from a W array (ISO 32000-1, 9.7.4.3)."""
    items = list(listed or ())
    index = 0
    while index + 1 < len(items):
        first, second = int(items[index]), items[index + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + i, float(width) / 1000) for i, width in enumerate(second))
            index += 2
        else:
            last = min(int(second), 0xFFFF)
            width = float(items[index + 2]) / 1000
            yield from ((cid, width) for cid in range(first, last + 1))
            index += 3


def _differences(encoding: Any) -> Iterator[tuple[int, str]]:
    """Codes and the glyphs that an encoding's Differences give them (ISO 32000-1, 9.6.6.1)."""
    if not isinstance(encoding, pikepdf.Dictionary):
        return
    code = 0
    for item in encoding.get("/Differences", ()):
        if isinstance(item, pikepdf.Name):
            yield code, name(item)
            code += 1
        else:
            code = int(item)


def _to_unicode(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Code to text from a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    for kind, block in _BF_BLOCK.findall(cmap):
        if kind == b"char":
            yield from ((int(code, 16), _utf16(text)) for code, text in _BF_CHAR.findall(block))
            continue
        for first, last, start, listed in _BF_RANGE.findall(block):
            codes = range(int(first, 16), min(int(last, 16), 0xFFFF) + 1)
            if listed:
                yield from zip(codes, map(_utf16, _HEX.findall(listed)), strict=False)
            else:
                text = _utf16(start)
                yield from ((c, text[:-1] + chr(ord(text[-1]) + i)) for i, c in enumerate(codes))


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
