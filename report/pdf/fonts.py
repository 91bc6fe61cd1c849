"""Fonts of a PDF as far as showing text needs them: widths, embedding, missing glyphs.

Widths and heights are fractions of the font size (ISO 32000-1, clauses 9.6 and 9.7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from struct import unpack
from typing import Any

import pikepdf
from fontTools.agl import toUnicode

from .cmaps import NO_CODE, CodeMap, read_code_map, read_texts
from .encodings import ENCODINGS, NOTDEF
from .font_programs import FONT_FILES, Program, read_program
from .names import name

_SUBSET = re.compile(r"^[A-Z]{6}\+")
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
        return self._descriptor is not None and any(key in self._descriptor for key in FONT_FILES)

    @cached_property
    def _codes_are_cids(self) -> bool:
        return str(self._source.get("/Encoding", "")) in ("/Identity-H", "/Identity-V")

    @cached_property
    def _code_map(self) -> CodeMap | None:
        """How codes lead to CIDs, where the file itself says so at length."""
        return read_code_map(self._source.get("/Encoding")) if self.composite else None

    def codes(self, shown: bytes) -> Sequence[int]:
        """The character codes of a string, two bytes each where a composite font does not tell."""
        if not self.composite:
            return shown
        if self._code_map:
            return self._code_map.codes(shown)
        count = len(shown) // 2
        codes = unpack(f">{count}H", shown[: 2 * count])
        return codes if len(shown) % 2 == 0 else (*codes, NO_CODE)

    def advance(self, shown: bytes) -> float:
        """Width of a shown string."""
        codes = self.codes(shown)
        return sum(
            map(
                self._widths.__getitem__,
                map(self._code_map.cid, codes) if self._code_map else codes,
            )
        )

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
        """How many codes of a string show .notdef or nothing (ISO 32000-1, 9.6.6 and 9.7.6.3)."""
        return sum(map(self._lacks, self.codes(shown)))

    @cached_property
    def _lacks(self) -> Callable[[int], bool]:
        return cache(self._lacks_cid if self.composite else self._lacks_name)

    def _lacks_name(self, code: int) -> bool:
        named = self._named(code)
        return not self._program.holds(code, named) if self._program else named == NOTDEF

    def _lacks_cid(self, code: int) -> bool:
        if not self._tells_cids:
            return False
        if code == NO_CODE:
            return self._program is not None
        glyph = self._glyph_index(code)
        return not self._program.holds_cid(glyph) if self._program else glyph == 0

    @property
    def _tells_cids(self) -> bool:
        """Whether the file itself says which CID a code of a composite font stands for."""
        return self._codes_are_cids or self._code_map is not None

    def _glyph_index(self, code: int) -> int:
        """The glyph of a composite font's code; its CID where the file maps it no further."""
        cid = self._code_map.cid(code) if self._code_map else code
        return cid if self._glyph_indices is None else self._glyph_indices.get(cid, 0)

    def _is_notdef(self, code: int) -> bool:
        """Whether a code is written to show no glyph, so that there is no text to tell."""
        if self.composite:
            return code != NO_CODE and self._glyph_index(code) == 0
        return self._named(code) == NOTDEF

    @cached_property
    def _glyph_indices(self) -> dict[int, int] | None:
        """Glyph indices by CID; None where they are the same (ISO 32000-1, 9.7.4.2)."""
        mapping = self._inner.get("/CIDToGIDMap")
        if not isinstance(mapping, pikepdf.Stream):
            return None
        indices = mapping.read_bytes()
        return dict(enumerate(unpack(f">{len(indices) // 2}H", indices[: len(indices) & ~1])))

    @cached_property
    def _program(self) -> Program | None:
        return None if "MacExpertEncoding" in self._written else read_program(self._descriptor)

    def _named(self, code: int) -> str | None:
        """The glyph that a simple font's encoding gives a code; None: its program knows."""
        if code in self._differences or self._base is None:
            return self._differences.get(code)
        none = None if self.subtype == "TrueType" and self._is_symbolic else NOTDEF
        return self._base.get(code, none)

    @cached_property
    def _base(self) -> Mapping[int, str] | None:
        """The encoding that Differences differ from (ISO 32000-1, table 114)."""
        if (
            self.subtype == "TrueType"
            and self._differences
            and not (self._written or self._is_symbolic)
        ):
            return ENCODINGS["StandardEncoding"]
        return ENCODINGS.get(self._written)

    @cached_property
    def _written(self) -> str:
        """The encoding that a simple font names, if any."""
        encoding = self._source.get("/Encoding")
        if isinstance(encoding, pikepdf.Dictionary):
            encoding = encoding.get("/BaseEncoding")
        return name(encoding) if isinstance(encoding, pikepdf.Name) else ""

    @cached_property
    def _differences(self) -> dict[int, str]:
        return dict(_differences(self._source.get("/Encoding")))

    def untold(self, shown: bytes) -> int:
        """How many characters of a string stand for no Unicode text (ISO 32000-1, 9.10.2)."""
        if self.composite and not self._tells_cids:
            return 0 if self._unicode or self._is_cjk else len(shown)
        return sum(not self._is_notdef(code) for code in set(self.codes(shown)) - self._told)

    @cached_property
    def _told(self) -> set[int]:
        """Codes that stand for text."""
        mapped = {code for code, text in self._unicode.items() if text not in _NO_TEXT}
        return mapped | (self._encoded - self._unicode.keys())

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
        named = self._differences
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
        return dict(read_texts(mapping.read_bytes())) if is_map else {}


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
