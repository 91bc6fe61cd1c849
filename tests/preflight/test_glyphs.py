"""Characters that their font program has no glyph for, in every form that a font can take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from report.preflight.inspect import Inspection, inspect
from tests.preflight import broken_pdfs as good
from tests.preflight.broken_pdfs import replace

MakeFont = Callable[[Pdf], pikepdf.Object]
_TEXTS = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap {} endcmap end end"
_GLYPHS = {ord("a"): "a", ord("b"): "b", 0xF063: "c"}
"""What every program holds; the last where symbolic fonts keep their codes."""


def _builder(*, outlines: str) -> FontBuilder:
    names = [".notdef", *_GLYPHS.values()]
    builder = FontBuilder(1000, isTTF=outlines == "glyf")
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(_GLYPHS)
    if outlines == "glyf":
        builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    else:
        empty = {name: T2CharString(program=[600, "endchar"]) for name in names}
        builder.setupCFF("Letters", {}, empty, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Letters", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    return builder


def _written(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def _true_type(platform: tuple[int, int] = (3, 1)) -> bytes:
    font = _builder(outlines="glyf").font
    font["cmap"].tables = [font["cmap"].tables[0]]
    font["cmap"].tables[0].platformID, font["cmap"].tables[0].platEncID = platform
    return _written(font)


def _open_type() -> bytes:
    return _written(_builder(outlines="CFF").font)


def _cff(font: TTFont | None = None) -> bytes:
    written = _written(font) if font else _open_type()
    return bytes(TTFont(BytesIO(written)).reader["CFF "])


def _cid_keyed_cff() -> bytes:
    """A CFF program whose glyphs are the CIDs 97 to 99."""
    from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict

    font = TTFont(BytesIO(_open_type()))
    top = font["CFF "].cff[0]
    top.ROS = ("Adobe", "Identity", 0)
    top.charset, top.CIDCount = [".notdef", "cid00097", "cid00098", "cid00099"], 100
    top.CharStrings.charStrings = {glyph: index for index, glyph in enumerate(top.charset)}
    top.FDArray, top.FDSelect = FDArrayIndex(), FDSelect()
    part = FontDict()
    part.setCFF2(False)
    part.Private = top.Private
    top.FDArray.append(part)
    top.FDSelect.format, top.FDSelect.gidArray = 0, [0] * 4
    del top.rawDict["Private"]
    return _cff(font)


def _type1(*, digits: bool = False, encoding: str = "/Encoding StandardEncoding def") -> bytes:
    strings = b"".join(
        b"/%s 5 RD 12345 ND\n" % glyph for glyph in (b".notdef", b"a", b"b", b"endash")
    )
    secret: bytes = eexec.encrypt(
        b"abcd/CharStrings 4 dict dup begin\n" + strings + b"end", 55665
    )[0]
    start = f"%!PS-AdobeFont-1.0: Letters\n{encoding}\ncurrentfile eexec\n".encode()
    return start + (secret.hex().encode() if digits else secret)


def _descriptor(pdf: Pdf, key: str, program: bytes, flags: int, kind: str) -> Dictionary:
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Letters"), Flags=flags,
        FontBBox=[0, 0, 600, 700], ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700,
        StemV=80,
    )  # fmt: skip
    described[key] = Stream(pdf, program)
    if kind:
        described[key].Subtype = Name("/" + kind)
    return pdf.make_indirect(described)


def _texts(pdf: Pdf, digits: int) -> Stream:
    codes = " ".join(f"<{code:0{digits}x}> <{code:04x}>" for code in range(65, 165))
    return Stream(pdf, _TEXTS.format(f"100 beginbfchar {codes} endbfchar").encode())


def _simple(
    subtype: str,
    key: str,
    program: Callable[[], bytes],
    encoding: object = Name.WinAnsiEncoding,
    flags: int = 32,
    kind: str = "",
) -> MakeFont:
    def make(pdf: Pdf) -> pikepdf.Object:
        font = Dictionary(
            Type=Name.Font, Subtype=Name("/" + subtype), BaseFont=Name("/ABCDEF+Letters"),
            FirstChar=0, LastChar=255, Widths=[600] * 256, ToUnicode=_texts(pdf, 2),
            FontDescriptor=_descriptor(pdf, key, program(), flags, kind),
        )  # fmt: skip
        if encoding is not None:
            font.Encoding = encoding
        return pdf.make_indirect(font)

    return make


def _composite(
    subtype: str,
    key: str,
    program: Callable[[], bytes],
    encoding: str = "",
    glyphs: Mapping[int, int] | None = None,
    kind: str = "",
) -> MakeFont:
    def make(pdf: Pdf) -> pikepdf.Object:
        inner = Dictionary(
            Type=Name.Font, Subtype=Name("/" + subtype), BaseFont=Name("/ABCDEF+Letters"), DW=600,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=_descriptor(pdf, key, program(), 4, kind),
        )  # fmt: skip
        if glyphs is not None:
            indices = b"".join(glyphs.get(cid, 0).to_bytes(2, "big") for cid in range(100))
            inner.CIDToGIDMap = Stream(pdf, indices)
        cmap = Stream(pdf, encoding.encode()) if encoding else Name("/Identity-H")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Letters"), Encoding=cmap,
            DescendantFonts=[pdf.make_indirect(inner)],
            ToUnicode=_texts(pdf, 2 if encoding else 4),
        )  # fmt: skip
        return pdf.make_indirect(font)

    return make


_ONE_BYTE = "1 begincodespacerange <00> <ff> endcodespacerange "
_RANGE = _ONE_BYTE + "1 begincidrange <61> <62> 1 endcidrange"
_SINGLE = _ONE_BYTE + "2 begincidchar <61> 1 <62> 7 endcidchar"
_NAMED = Dictionary(Differences=Array([65, Name.a, Name.nothing]))
_SYMBOLIC = Dictionary(Differences=Array([97, Name.b, Name.z]))
_IN_PROGRAM = "/Encoding 256 array\ndup 65 /a put\ndup 66 /z put\nreadonly def"

FONTS: Mapping[str, tuple[MakeFont, str, str]] = {
    "TrueType": (_simple("TrueType", "/FontFile2", _true_type), "(ab)", "(az)"),
    "TrueType, Macintosh": (
        _simple("TrueType", "/FontFile2", lambda: _true_type((1, 0)), Name.MacRomanEncoding),
        "(ab)", "(az)",
    ),
    "TrueType, symbolic": (
        _simple("TrueType", "/FontFile2", lambda: _true_type((3, 0)), None, 4), "(c)", "(d)",
    ),
    "TrueType, renamed": (
        _simple("TrueType", "/FontFile2", _true_type, _SYMBOLIC), "(a)", "(b)",
    ),
    "Type 1": (_simple("Type1", "/FontFile", _type1, None), "(ab)", "(abz)"),
    "Type 1 in digits": (
        _simple("Type1", "/FontFile", lambda: _type1(digits=True)), "(ab)", "(abz)",
    ),
    "Type 1, code of Windows": (_simple("Type1", "/FontFile", _type1), r"(a\226)", r"(a\225)"),
    "Type 1, own encoding": (
        _simple("Type1", "/FontFile", lambda: _type1(encoding=_IN_PROGRAM), None, 4),
        "(A)", "(B)",
    ),
    "Type 1, renamed": (_simple("Type1", "/FontFile", _type1, _NAMED), "(A)", "(B)"),
    "CFF": (_simple("Type1", "/FontFile3", _cff, kind="Type1C"), "(ab)", "(az)"),
    "OpenType": (_simple("Type1", "/FontFile3", _open_type, kind="OpenType"), "(ab)", "(az)"),
    "TrueType by index": (
        _composite("CIDFontType2", "/FontFile2", _true_type, glyphs={97: 1, 98: 99}),
        "<0061>", "<0062>",
    ),
    "TrueType past its last glyph": (
        _composite("CIDFontType2", "/FontFile2", _true_type, _RANGE.replace("> 1 ", "> 3 ")),
        "(a)", "(b)",
    ),
    "CFF by CID": (
        _composite("CIDFontType0", "/FontFile3", _cid_keyed_cff, kind="CIDFontType0C"),
        "<0061>", "<0064>",
    ),
    "CMap of ranges": (
        _composite("CIDFontType2", "/FontFile2", _true_type, _RANGE), "(ab)", "(abc)",
    ),
    "CMap of single codes": (
        _composite("CIDFontType2", "/FontFile2", _true_type, _SINGLE), "(a)", "(b)",
    ),
}  # fmt: skip
"""A font of each kind, a string that it can show, and one with a character that it cannot."""


def _inspect(make: MakeFont, shown: str, out: Path) -> Inspection:
    pdf = good.good_screen()
    good.own_resources(pdf, 2).Font.F2 = make(pdf)
    replace(pdf, 2, "/Artifact BMC", f"/Artifact BMC BT /F2 10 Tf 100 40 Td {shown} Tj ET")
    pdf.save(out, static_id=True)
    return inspect(out)


@pytest.mark.parametrize("kind", FONTS)
def test_a_character_that_the_program_holds_is_no_finding(kind: str, tmp_path: Path) -> None:
    make, held, _ = FONTS[kind]
    inspection = _inspect(make, held, tmp_path / "a.pdf")
    assert [finding.message for finding in inspection.findings] == []


@pytest.mark.parametrize("kind", FONTS)
def test_a_character_that_the_program_lacks_is_named_once(kind: str, tmp_path: Path) -> None:
    make, _, lacking = FONTS[kind]
    (finding,) = _inspect(make, lacking, tmp_path / "a.pdf").findings
    assert (finding.code, finding.place.page) == ("missing-glyph", 2)
    assert "1 character missing from the font Letters" in finding.message


@pytest.mark.parametrize("program", [b"", b"%!PS", b"\0\1\0\0" + bytes(90), b"\1\0\4\1" + b"\xff"])
def test_a_program_that_cannot_be_read_says_nothing(program: bytes, tmp_path: Path) -> None:
    make = _simple("TrueType", "/FontFile2", lambda: program)
    inspection = _inspect(make, "(abz)", tmp_path / "a.pdf")
    assert [finding.code for finding in inspection.findings] == []
