"""Reads CMaps, which lead from character codes to glyphs (CIDs) or to Unicode text.

ISO 32000-1, clauses 9.7.5 and 9.10.3.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

_BF_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_BF_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f ]*)>")
_BF_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f ]+)>|\[([^\]]*)\])"
)
_HEX = re.compile(rb"<([0-9A-Fa-f ]*)>")
_SPACE_BLOCK = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_SPACE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CID_BLOCK = re.compile(rb"begincid(char|range)(.*?)endcid", re.DOTALL)
_CID_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s+(\d{1,9})")
_CID_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\d{1,9})")
NO_CODE = -1
"""Stands for bytes that are no character code."""


class _Space(NamedTuple):
    """Codes of one length: each byte lies between the bytes of the first and of the last."""

    first: bytes
    last: bytes

    def holds(self, code: bytes) -> bool:
        bounds = zip(self.first, code, self.last, strict=False)
        return len(code) == len(self.first) and all(
            low <= byte <= high for low, byte, high in bounds
        )


class _Range(NamedTuple):
    first: int
    last: int
    cid: int


class CodeMap:
    """How strings are cut into codes, and the glyph that each stands for."""

    def __init__(self, spaces: list[_Space], ranges: list[_Range]) -> None:
        self._spaces = spaces
        self._lengths = sorted({len(space.first) for space in spaces})
        self._ranges = sorted(ranges)
        self._firsts = [entry.first for entry in self._ranges]

    def codes(self, shown: bytes) -> list[int]:
        """The codes of a string (ISO 32000-1, 9.7.6.2); ``NO_CODE`` for what is none."""
        found, at = [], 0
        while at < len(shown):
            length = self._length(shown[at : at + 4])
            code = int.from_bytes(shown[at : at + length], "big") if length else NO_CODE
            found.append(code)
            at += length or self._lengths[0]
        return found

    def _length(self, start: bytes) -> int:
        """How many of the next bytes are a code; 0 for none."""
        for length in self._lengths:
            if any(space.holds(start[:length]) for space in self._spaces):
                return length
        return 0

    def cid(self, code: int) -> int:
        """The glyph of a code; 0, which is .notdef, for none."""
        index = bisect_right(self._firsts, code) - 1
        if index < 0 or code > self._ranges[index].last:
            return 0
        return self._ranges[index].cid + code - self._ranges[index].first


def read_code_map(encoding: Any) -> CodeMap | None:
    """The map that a composite font's Encoding is.

    None for one that only has a name, since readers bring it along, or that builds on such a map.
    """
    if not isinstance(encoding, pikepdf.Stream) or "/UseCMap" in encoding:
        return None
    source = encoding.read_bytes()
    spaces = list(_spaces(source))
    if b"usecmap" in source or not spaces:
        return None
    return CodeMap(spaces, list(_cid_ranges(source)))


def _spaces(source: bytes) -> Iterator[_Space]:
    for block in _SPACE_BLOCK.findall(source):
        for first, last in _SPACE.findall(block):
            if len(first) == len(last) and len(first) in (2, 4, 6, 8):
                yield _Space(bytes.fromhex(first.decode()), bytes.fromhex(last.decode()))


def _cid_ranges(source: bytes) -> Iterator[_Range]:
    for kind, block in _CID_BLOCK.findall(source):
        if kind == b"char":
            for code, cid in _CID_CHAR.findall(block):
                yield _Range(int(code, 16), int(code, 16), int(cid))
        else:
            for first, last, cid in _CID_RANGE.findall(block):
                yield _Range(int(first, 16), int(last, 16), int(cid))


def read_texts(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Code to text from a ToUnicode CMap."""
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
