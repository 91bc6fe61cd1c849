"""Turns an OpenType font with PostScript outlines into the bare program that PDF 1.4 embeds.

OpenType font files came with PDF 1.6; PDF 1.4 takes a CFF program (Adobe Technical Note 5176)
whose glyphs have numbers, CIDs, in the place of names.
"""

from __future__ import annotations

from io import BytesIO


def cid_keyed_cff(opentype: bytes) -> bytes:
    """The CFF program of an OpenType font whose glyphs have names; CIDs are glyph indices."""
    from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
    from fontTools.ttLib import TTFont

    # Some renderers place large glyphs by the font's box, so that it must stay the same.
    font = TTFont(BytesIO(opentype), recalcBBoxes=False)
    program = font["CFF "].cff
    top = program.topDictIndex[0]
    count = len(top.charset)
    top.charset = [".notdef", *(f"cid{index:05d}" for index in range(1, count))]
    top.CharStrings.charStrings = {name: index for index, name in enumerate(top.charset)}
    part = FontDict()
    part.Private = top.Private
    del top.Private
    top.FDArray = FDArrayIndex()
    top.FDArray.append(part)
    top.FDSelect = FDSelect()
    top.FDSelect.gidArray = [0] * count
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = count
    written = BytesIO()
    program.compile(written, font)
    return written.getvalue()
