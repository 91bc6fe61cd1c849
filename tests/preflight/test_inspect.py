"""Preflight: good files pass, and each rule finds the file that breaks it alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from weasyprint import HTML

from report.preflight.inspect import Inspection, Profile, inspect, rules, uses_of
from report.preflight.report import report_lines
from report.problems import Level
from report.styles import X1A, X4
from report.typeset import tagging
from tests.preflight import broken_pdfs as good
from tests.preflight.broken_pdfs import A4, MM, replace, replace_xmp, shown, text

Change = Callable[[Pdf], object]


def save(pdf: Pdf, path: Path, version: str = "") -> Path:
    """Write a test file in its standard's PDF version; nothing is packed, so that bytes show."""
    pdf.save(
        path,
        static_id=True,
        force_version=version or _version(pdf),
        fix_metadata_version=False,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return path


def _version(pdf: Pdf) -> str:
    if "/GTS_PDFXVersion" in pdf.trailer.Info:
        return "1.4"
    return "1.6" if "/TrimBox" in pdf.pages[0] else "1.7"


def found(inspection: Inspection) -> set[tuple[str, int | None]]:
    return {(finding.code, finding.place.page or None) for finding in inspection.findings}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def test_good_screen_copy_is_fit_for_screen(out: Path) -> None:
    """A sound tagged copy gives no finding and is fit for screen."""
    inspection = inspect(save(good.good_screen(), out))
    assert inspection.findings == ()
    assert inspection.fit_for == ("screen",)
    assert inspection.claims == ("PDF/UA-1", "PDF/A-2a")
    assert inspection.passed


def test_good_print_file_is_fit_for_print(out: Path) -> None:
    """A sound X-4 file gives no finding and is fit for print; untagged notes are not judged."""
    inspection = inspect(save(good.good_print(), out), expected=Profile(page_multiple=4))
    assert inspection.findings == ()
    assert inspection.fit_for == ("print",)
    assert inspection.claimed_use == "print"
    assert inspection.not_checked == ("notes and their calls: the file is not tagged",)


def test_good_x1a_file_is_fit_for_print(out: Path) -> None:
    """A sound X-1a file is judged as such without being told, and gives no finding."""
    inspection = inspect(save(good.good_x1a(), out))
    assert inspection.findings == ()
    assert inspection.claims == ("PDF/X-1a:2003",)
    assert inspection.fit_for == ("print",)


# Changes that need more than a line


def _action(kind: str) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name(f"/{kind}"), JS=String("app.beep()"))

    return change


def _link_to(address: str) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Annots[2].A.URI = String(address)

    return change


def _font(pdf: Pdf, page: int) -> pikepdf.Object:
    """A font for one page alone, with dictionaries of its own."""
    font = pdf.make_indirect(Dictionary(dict(good.own_resources(pdf, page).Font.F1)))
    pdf.pages[page - 1].obj.Resources.Font.F1 = font
    inner = pdf.make_indirect(Dictionary(dict(font.DescendantFonts[0])))
    inner.FontDescriptor = pdf.make_indirect(Dictionary(dict(inner.FontDescriptor)))
    font.DescendantFonts = Array([inner])
    return inner


def _unembedded(pdf: Pdf) -> None:
    del _font(pdf, 2).FontDescriptor.FontFile2


def _whole_font(pdf: Pdf) -> None:
    _font(pdf, 2).BaseFont = Name.Boxes


def _type3(pdf: Pdf) -> None:
    cell = Stream(pdf, b"600 0 d0 50 0 500 700 re f")
    good.own_resources(pdf, 2).Font.F2 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 600, 700],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(a=cell),
        Encoding=Dictionary(Differences=[97, Name.a]),
        FirstChar=97,
        LastChar=97,
        Widths=[600],
    )
    replace(pdf, 2, "/Artifact BMC", "/Artifact BMC BT /F2 10 Tf 100 40 Td (a) Tj ET")


def _small_page(pdf: Pdf) -> None:
    pdf.pages[1].obj.MediaBox = Array([0, 0, A4[0], A4[1] - 20])


def _second_rdf_block(pdf: Pdf) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    replace_xmp(pdf, "</rdf:RDF>", f"</rdf:RDF><rdf:RDF xmlns:rdf='{rdf}'/>")


def _no_title(pdf: Pdf) -> None:
    replace_xmp(pdf, good.TITLE, "")
    del pdf.trailer.Info.Title


def _attach(name: str, archivable: bool) -> Change:
    """Attach a file that is PDF/A itself, or a table that is not."""

    def change(pdf: Pdf) -> None:
        content = BytesIO()
        good.good_screen().save(content, static_id=True)
        pdf.attachments[name] = content.getvalue() if archivable else b"1"

    return change


def _nameless_attachment(pdf: Pdf) -> None:
    _attach("report.pdf", archivable=True)(pdf)
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/EF" in item:
            del item.UF


def _comment(
    kind: Name = Name.Stamp,
    *,
    contents: str = "Checked",
    role: str = "Annot",
    content: bytes = b"0 0 0 rg 0 0 9 9 re f",
    fonts: Dictionary | None = None,
    **entries: object,
) -> Change:
    """Put a comment on page 1 that no rule objects to, or that breaks one."""

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        looks = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        looks.Resources = Dictionary(Font=fonts or page.Resources.Font)
        comment = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=kind, F=4))
        comment.Rect, comment.Contents = Array([300, 300, 309, 309]), String(contents)
        comment.AP = Dictionary(N=pdf.make_indirect(looks))
        for key, value in entries.items():
            if value is None:
                del comment[f"/{key}"]
            else:
                comment[f"/{key}"] = value
        page.Annots.append(comment)
        if kind == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=Array([comment]))
        document = pdf.Root.StructTreeRoot.K
        reference = Dictionary(Type=Name.OBJR, Obj=comment, Pg=page)
        tag = Dictionary(S=Name(f"/{role}"), P=document, Pg=page, K=Array([reference]))
        document.K.append(pdf.make_indirect(tag))
        good.renew_parent_tree(pdf)

    return change


_HELVETICA = Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


def _odd_font_name(pdf: Pdf) -> None:
    _font(pdf, 2).BaseFont = pikepdf.Object.parse(b"/ABCDEF+Box#c2")


def _default_rgb(pdf: Pdf) -> None:
    """Device colours that stand for calibrated ones, in a file without output intent."""
    del pdf.Root.OutputIntents
    profile = pdf.make_indirect(Stream(pdf, good.rgb_profile(), N=3))
    calibrated = Array([Name.ICCBased, profile])
    for page in (1, 2):
        resources = good.own_resources(pdf, page)
        resources.ColorSpace = Dictionary(
            DefaultRGB=calibrated,
            DefaultGray=Array([Name.CalGray, Dictionary(WhitePoint=[0.95, 1, 1.09])]),
        )


def _layers(**settings: object) -> Change:
    """One layer, and how it is shown."""

    def change(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
        shown = {f"/{k}": Array([layer]) if v is OF_LAYER else v for k, v in settings.items()}
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(shown))

    return change


OF_LAYER = object()
"""Stands for a list of the one layer."""


def _map_roles(**roles: Name) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.RoleMap = Dictionary({f"/{k}": v for k, v in roles.items()})

    return change


def _unlead(page: int) -> Change:
    """Leave a page's row of the parent tree empty."""

    def change(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.ParentTree.Nums[2 * page - 1] = Array([])

    return change


def _no_to_unicode(pdf: Pdf) -> None:
    _font(pdf, 2)
    del pdf.pages[1].obj.Resources.Font.F1.ToUnicode


def _named_to_unicode(pdf: Pdf) -> None:
    _font(pdf, 2)
    pdf.pages[1].obj.Resources.Font.F1.ToUnicode = Name("/Identity-H")


def _odd_to_unicode(pdf: Pdf) -> None:
    _font(pdf, 2)
    font = pdf.pages[1].obj.Resources.Font.F1
    written = font.ToUnicode.read_bytes().replace(b"<0036> <0055>", b"<0036> <FEFF>")
    font.ToUnicode = Stream(pdf, written.replace(b"<0033> <0052>", b"<0033> <0000>"))
    replace(pdf, 2, shown("Value"), shown("ValueUR"))


def _separation(page: int, ink: str, operators: str) -> Change:
    """Paint in an ink of its own."""

    def change(pdf: Pdf) -> None:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
        space = Array([Name.Separation, Name(f"/{ink}"), Name.DeviceCMYK, tint])
        good.own_resources(pdf, page).ColorSpace = Dictionary(Ink=space)
        _add(page, operators)(pdf)

    return change


def _dead_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[1].Dest = String("nowhere")


def _note_on_next_page(pdf: Pdf) -> None:
    """Move the note's content, and where its call leads, to page 2."""
    first, second = (page.obj for page in pdf.pages)
    note = text(70, 90, "1 The note", 8)
    replace(pdf, 1, f"/Note <</MCID 4>> BDC {note} EMC", "")
    replace(pdf, 2, "/Artifact BMC", f"/Note <</MCID 4>> BDC {note} EMC /Artifact BMC")
    element = good.elements(pdf, "Note")[0]
    element.Pg = second
    back = first.Annots[1]
    first.Annots = Array([first.Annots[0], first.Annots[2]])
    second.Annots = Array([back])
    element.K[1].K[0].Pg = second
    first.Annots[0].Dest = Array([second, Name.XYZ, 0, 100, 0])
    good.renew_parent_tree(pdf)


def _orphan_note(pdf: Pdf) -> None:
    call = good.elements(pdf, "Reference")[0]
    call.S = Name.Span


def _same_note_identifier(pdf: Pdf) -> None:
    """A second note, with its call, under the first note's identifier."""
    _second_note(pdf).ID = String("note-1")


def _second_note(pdf: Pdf) -> pikepdf.Object:
    page = pdf.pages[1].obj
    replace(
        pdf,
        2,
        "/Artifact BMC",
        f"/Reference <</MCID 4>> BDC {text(200, 760, '2', 7)} EMC "
        f"/Note <</MCID 5>> BDC {text(70, 90, '2 Another', 8)} EMC /Artifact BMC",
    )
    document = pdf.Root.StructTreeRoot.K
    call = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[198, 758, 206, 768],
            Contents=String("Note 2"),
            F=4,
            StructParent=9,
            Dest=[page, Name.XYZ, 0, 100, 0],
        )
    )
    page.Annots = Array([call])
    link = pdf.make_indirect(
        Dictionary(S=Name.Link, Pg=page, K=[4, Dictionary(Type=Name.OBJR, Obj=call, Pg=page)])
    )
    reference = pdf.make_indirect(Dictionary(S=Name.Reference, P=document, K=[link]))
    link.P = reference
    note = pdf.make_indirect(
        Dictionary(S=Name.Note, P=document, Pg=page, K=[5], ID=String("note-2"))
    )
    document.K.append(reference)
    document.K.append(note)
    good.renew_parent_tree(pdf)
    return note


def _untag(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _unmark(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _lose_content(pdf: Pdf) -> None:
    cells = good.elements(pdf, "TD")
    cells[0].K = Array([])


def _no_link_tag(pdf: Pdf) -> None:
    """Take the third link's object reference out of its structure element."""
    good.elements(pdf, "Link")[1].K = Array([3])


def _lzw(pdf: Pdf) -> None:
    # LZW for nothing but "clear" and "end of data": an empty stream.
    image = Stream(pdf, b"\x80\x40\x40", Filter=Name.LZWDecode, Type=Name.Metadata)
    pdf.Root.PieceInfo = Dictionary(Test=Dictionary(Private=pdf.make_indirect(image)))


def _picture(page: int, **entries: object) -> Change:
    """Replace a page's picture by one of other size or settings."""

    def change(pdf: Pdf) -> None:
        pixels = int(entries.get("pixels", 300))  # type: ignore[call-overload]
        extra = {f"/{key}": value for key, value in entries.items() if key != "pixels"}
        image = good.add_image(pdf, pixels, **extra)
        good.own_resources(pdf, page).XObject.Im1 = image

    return change


def _state(page: int, use: str, **entries: object) -> Change:
    """Add an ExtGState to a page and select it before anything else."""

    def change(pdf: Pdf) -> None:
        resources = good.own_resources(pdf, page)
        if "/ExtGState" not in resources:
            resources.ExtGState = Dictionary()
        resources.ExtGState.Own = Dictionary({f"/{key}": value for key, value in entries.items()})
        replace(pdf, page, use, f"/Own gs {use}")

    return change


def _intent(**entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        intent = pdf.Root.OutputIntents[0]
        for key, value in entries.items():
            if value is None:
                del intent[f"/{key}"]
            else:
                intent[f"/{key}"] = value

    return change


def _box(page: int, **boxes: list[float]) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in boxes.items():
            pdf.pages[page - 1].obj[f"/{key}"] = Array(value)

    return change


def _no_trim(pdf: Pdf) -> None:
    page = pdf.pages[1].obj
    page.MediaBox = Array([0, 0, *A4])
    del page.TrimBox, page.BleedBox
    replace(pdf, 2, PRINT_BACKGROUND, "0 0 0 0.1 k")


PRINT_BACKGROUND = good.PRINT_CONTENT.partition(" re f")[0] + " re f"


def _background(left: float, bottom: float, right: float, top: float) -> Change:
    """Give page 2 another background."""

    def change(pdf: Pdf) -> None:
        operators = f"0 0 0 0.1 k {left} {bottom} {right - left} {top - bottom} re f"
        replace(pdf, 2, PRINT_BACKGROUND, operators)

    return change


def _annotation(pdf: Pdf) -> None:
    pdf.pages[1].obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=[70, 700, 90, 710],
                A=Dictionary(S=Name.URI, URI=String("https://example.org/")),
            )
        ]
    )


def _form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[Dictionary(FT=Name.Tx, T=String("name"))])


def _add(page: int, operators: str) -> Change:
    """Paint something more at the end of a page."""

    def change(pdf: Pdf) -> None:
        holder = pdf.pages[page - 1].obj
        holder.Contents = Stream(pdf, holder.Contents.read_bytes() + b"\n" + operators.encode())

    return change


def _xobject(page: int, content: bytes, **entries: object) -> Change:
    """Add a form or PostScript XObject to a page and paint it."""

    def change(pdf: Pdf) -> None:
        stream = Stream(pdf, content, {f"/{key}": value for key, value in entries.items()})
        good.own_resources(pdf, page).XObject.X1 = stream
        _add(page, "/X1 Do")(pdf)

    return change


def _shading(page: int) -> Change:
    def change(pdf: Pdf) -> None:
        good.own_resources(pdf, page).Shading = Dictionary(
            Sh=Dictionary(
                ShadingType=2,
                ColorSpace=Name.DeviceRGB,
                Coords=[100, 100, 200, 100],
                Function=Dictionary(
                    FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1
                ),
            )
        )
        _add(page, "q 100 100 50 50 re W n /Sh sh Q")(pdf)

    return change


def _tiling(page: int) -> Change:
    def change(pdf: Pdf) -> None:
        good.own_resources(pdf, page).Pattern = Dictionary(
            P1=Stream(
                pdf,
                b"1 0 0 rg 0 0 5 5 re f",
                PatternType=1,
                PaintType=1,
                TilingType=1,
                BBox=[0, 0, 5, 5],
                XStep=5,
                YStep=5,
                Resources=Dictionary(),
            )
        )
        _add(page, "/Pattern cs /P1 scn 100 300 50 50 re f")(pdf)

    return change


def _soft_mask(pdf: Pdf) -> None:
    group = Stream(
        pdf,
        b"0 0 1 rg 0 0 100 100 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 100, 100],
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK),
    )
    mask = Dictionary(S=Name.Luminosity, G=pdf.make_indirect(group))
    _state(2, "/Over gs", SMask=mask)(pdf)


def _icc_rgb(pdf: Pdf) -> None:
    profile = pdf.make_indirect(Stream(pdf, good.rgb_profile(), N=3))
    good.own_resources(pdf, 2).ColorSpace = Dictionary(Cs=Array([Name.ICCBased, profile]))
    _add(2, "/Cs cs 1 0 0 sc 100 300 20 20 re f")(pdf)


def _space(page: int, family: Name, components: int, values: str) -> Change:
    """Paint something in a colour space that leans on no press."""

    def change(pdf: Pdf) -> None:
        source: object = Dictionary(WhitePoint=[0.96, 1, 0.82])
        if family == Name.ICCBased:
            source = pdf.make_indirect(Stream(pdf, good.cmyk_profile(), N=components))
        good.own_resources(pdf, page).ColorSpace = Dictionary(Cs=Array([family, source]))
        _add(page, f"/Cs cs {values} sc 100 300 20 20 re f")(pdf)

    return change


def _opentype(pdf: Pdf) -> None:
    descriptor = _font(pdf, 2).FontDescriptor
    program = descriptor.FontFile2.read_bytes()
    del descriptor.FontFile2
    descriptor.FontFile3 = Stream(pdf, program, Subtype=Name.OpenType)


def _icc_version_4(pdf: Pdf) -> None:
    profile = bytearray(good.cmyk_profile())
    profile[8] = 4
    pdf.Root.OutputIntents[0].DestOutputProfile = Stream(pdf, bytes(profile), N=4)


def _each(*changes: Change) -> Change:
    def change(pdf: Pdf) -> None:
        for single in changes:
            single(pdf)

    return change


def _delete(path: str) -> Change:
    """Delete an entry of the document catalogue."""

    def change(pdf: Pdf) -> None:
        del pdf.Root[f"/{path}"]

    return change


def _catalogue(**entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return change


def _info(**entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.trailer.Info[f"/{key}"] = value

    return change


def _no_info(key: str) -> Change:
    def change(pdf: Pdf) -> None:
        del pdf.trailer.Info[f"/{key}"]

    return change


def _page(number: int, **entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[number - 1].obj[f"/{key}"] = value

    return change


def _set_link(index: int, **entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[0].obj.Annots[index][f"/{key}"] = value

    return change


def _element(role: str, **entries: object) -> Change:
    """Set or, with None, delete entries of the first element of a role."""

    def change(pdf: Pdf) -> None:
        element = good.elements(pdf, role)[0]
        for key, value in entries.items():
            if value is None:
                del element[f"/{key}"]
            else:
                element[f"/{key}"] = value

    return change


def _swap(page: int, old: str, new: str) -> Change:
    return lambda pdf: replace(pdf, page, old, new)


def _xmp(old: str, new: str) -> Change:
    return lambda pdf: replace_xmp(pdf, old, new)


def _dead_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("nowhere")


def _insert_blank(pdf: Pdf) -> None:
    pdf.pages.insert(1, pdf.pages[3])


EVERY_PAGE = 0
SCREEN_COPY = Profile(use="screen")
DATE = good.DATE
RIGHT, TOP = A4


class Broken(NamedTuple):
    """A file that breaks one rule: how, and at which page."""

    rule: str
    change: Change
    page: int | None = None
    expected: Profile | None = None


SCREEN = (
    Broken("active-content", _action("JavaScript")),
    Broken("active-content", _action("Launch")),
    Broken("active-content", _page(2, AA=Dictionary(O=Dictionary(S=Name.JavaScript))), 2),
    Broken("active-content", _catalogue(OpenAction=Dictionary(S=Name.Named, N=Name.Print))),
    Broken("active-content", _catalogue(AA=Dictionary(WC=Dictionary(S=Name.GoTo)))),
    Broken("active-content", _comment(Name.Widget, role="Form", TU=String("Send"), FT=Name.Tx,
                                      A=Dictionary(S=Name.GoTo, D=String("x"))), 1),
    Broken("content-stream", _swap(2, "/Artifact BMC", "/Artifact BMC 1 2 zz"), 2),
    Broken("content-stream", _swap(2, "/Artifact BMC", "/Artifact BMC (wide) w"), 2),
    Broken("layer-settings", _layers(Order=OF_LAYER)),
    Broken("layer-settings", _layers(Name=String("All"), AS=Array([]))),
    Broken("hidden-layer", _layers(Name=String("All"), OFF=OF_LAYER)),
    Broken("hidden-layer", _layers(Name=String("All"), BaseState=Name.OFF)),
    Broken("substitutes", _picture(2, Alternates=Array([])), 2),
    Broken("substitutes", _picture(2, OPI=Dictionary()), 2),
    Broken("user-unit", _page(2, UserUnit=10), 2),
    Broken("page-size", _small_page, 2),
    Broken("page-size", lambda _: None, EVERY_PAGE, Profile(trim_mm=(148, 210))),
    Broken("font-embedded", _unembedded, 2),
    Broken("font-embedded", _comment(content=b"BT /F1 9 Tf (x) Tj ET", fonts=_HELVETICA), 1),
    Broken("font-subset", _whole_font, 2),
    Broken("font-type3", _type3, 2),
    Broken("missing-glyph", _swap(1, shown("First words"), "<0000>"), 1),
    Broken("missing-glyph", _comment(content=b"0 g BT /F1 9 Tf <0000> Tj ET"), 1),
    Broken("missing-glyph", _swap(1, shown("First words") + " Tj", "[<0022> 0 <0000>] TJ"), 1),
    Broken("xmp", _second_rdf_block),
    Broken("xmp", _xmp("</rdf:RDF>", ""), None, SCREEN_COPY),
    Broken("xmp", _xmp("<x:xmpmeta", "<!DOCTYPE a [<!ENTITY b 'c'>]><x:xmpmeta"),
           None, SCREEN_COPY),
    Broken("xmp", _delete("Metadata"), None, SCREEN_COPY),
    Broken("info-agrees", _info(Title=String("Another title"))),
    Broken("info-agrees", _info(Subject=String("Said in Info alone"))),
    Broken("info-agrees", _info(CreationDate=String("D:20260202120000Z"))),
    Broken("title", _no_title),
    Broken("dates", _info(CreationDate=String("2 February 2026"))),
    Broken("dates", _xmp(f"<xmp:CreateDate>{DATE}", "<xmp:CreateDate>2026-13-01")),
    Broken(
        "dates",
        _each(
            _xmp(f"<xmp:ModifyDate>{DATE}", "<xmp:ModifyDate>2026-01-01T00:00:00Z"),
            _info(ModDate=String("D:20260101000000Z")),
        ),
    ),
    Broken(
        "private",
        _each(
            _xmp(good.PRODUCER, "tool at /home/anna/report"),
            _info(Producer=String("tool at /home/anna/report")),
        ),
    ),
    Broken("private", _link_to("file:///C:/report.html"), 1),
    Broken("private", _link_to("http://localhost:8000/report.html"), 1),
    Broken("private", _attach("/home/anna/data.pdf", archivable=True)),
    Broken("link-form", _link_to("https://exa mple.org/"), 1),
    Broken("link-form", _link_to("www.example.org"), 1),
    Broken("link-form", _link_to("https:///page"), 1),
    Broken("link-form", _link_to("mailto:nobody"), 1),
    Broken("link-tracking", _link_to("https://example.org/a?b=1&utm_source=mail"), 1),
    Broken("link-tracking", _link_to("https://example.org/a#:~:text=quote"), 1),
    Broken("link-target", _dead_link, 1),
    Broken("text-outside", _swap(1, "70 720 Tm", "560 720 Tm"), 1),
    Broken("text-outside", _swap(2, "70 480 Tm", "70 -3 Tm"), 2),
    Broken("text-overlap", _swap(1, "70 720 Tm", "70 702 Tm"), 1),
    Broken("note-page", _note_on_next_page, 1),
    Broken("screen-identification", _xmp("<pdfuaid:part>1</pdfuaid:part>", "")),
    Broken("archive-identification", _xmp("<pdfaid:conformance>A", "<pdfaid:conformance>B")),
    Broken("xmp-schemas", _xmp("/pdfua/ns/id/</pdfaSchema", "</pdfaSchema")),
    Broken("tagged", _untag),
    Broken("tagged", _unmark),
    Broken("tagged", lambda pdf: pdf.Root.MarkInfo.update({"/Suspects": True})),
    Broken("roles", _element("P", S=Name.Alinea)),
    Broken("roles", _each(_element("P", S=Name.Alinea),
                          _map_roles(Alinea=Name.Lid, Lid=Name.Alinea))),
    Broken("roles", _map_roles(P=Name.Span)),
    Broken("nesting", _element("TR", S=Name.P), 2),
    Broken("nesting", _element("TD", S=Name.LI), 2),
    Broken("nesting", _element("TR", S=Name.THead), 2),
    Broken("language", _delete("Lang")),
    Broken("language", _element("P", Lang=String("Dutch, mostly")), 1),
    Broken("window-title", _delete("ViewerPreferences")),
    Broken("outline", _delete("Outlines")),
    Broken("outline", _dead_bookmark),
    Broken("headings", _element("H2", S=Name.H3), 2),
    Broken("headings", _element("H1", S=Name.H2), 1),
    Broken("headings", _element("H2", S=Name.H), 2),
    Broken("headings", _each(_element("H1", S=Name.H), _element("H2", S=Name.H)), 2),
    Broken("figure-alternative", _element("Figure", Alt=None), 2),
    Broken("table-headers", _element("TH", S=Name.TD), 2),
    Broken("table-scope", _element("TH", A=None), 2),
    Broken("table-scope", _element("TD", A=Dictionary(O=Name.Table, Headers=[String("no")])), 2),
    Broken("link-described", _set_link(2, Contents=String(" ")), 1),
    Broken("link-tagged", _no_link_tag, 1),
    Broken("link-area", _set_link(0, Rect=Array([138, 727, 146, 727])), 1),
    Broken("link-area", _set_link(2, Rect=Array([-70, 698, -10, 712])), 1),
    Broken("link-area", _set_link(2, Rect=Array([])), 1),
    Broken("link-size", _set_link(0, Rect=Array([138, 720, 146, 727])), 1),
    Broken("link-covered", _set_link(0, Rect=Array([90, 701, 100, 709])), 1),
    Broken("tab-order", _page(1, Tabs=Name.R), 1),
    Broken("content-tagged", _swap(2, "/Artifact BMC", "/Other BMC"), 2),
    Broken("content-tagged", _lose_content, 2),
    Broken("content-tagged", _swap(1, "/P <</MCID 1>> BDC",
                                   "/P <</MCID 1>> BDC /Artifact BMC EMC"), 1),
    Broken("content-tagged", _swap(2, "/TD <</MCID 3>> BDC",
                                   "/Artifact BMC /TD <</MCID 3>> BDC EMC"), 2),
    Broken("parent-tree", _unlead(2), 2),
    Broken("parent-tree", lambda pdf: pdf.pages[0].obj.update({"/StructParents": 1}), 1),
    Broken("link-tagged", _set_link(2, StructParent=2), 1),
    Broken("font-unicode", _no_to_unicode, 2),
    Broken("font-unicode", _named_to_unicode, 2),
    Broken("font-unicode", _odd_to_unicode, 2),
    Broken("comment-described", _comment(contents=""), 1),
    Broken("comment-tagged", _comment(role="P"), 1),
    Broken("form-field", _comment(Name.Widget, role="Form", FT=Name.Tx), 1),
    Broken("form-field", _comment(Name.Widget, role="P", FT=Name.Tx, TU=String("Name")), 1),
    Broken("annotation-type", _comment(Name.Sound), 1),
    Broken("annotation-appearance", _comment(AP=None), 1),
    Broken("annotation-appearance", _comment(Name.Widget, role="Form", FT=Name.Btn,
                                             TU=String("Yes")), 1),
    Broken("attachments", _attach("data.csv", archivable=False)),
    Broken("attachments", _nameless_attachment),
    Broken("note-identifier", _element("Note", ID=None), 1),
    Broken("note-identifier", _same_note_identifier, 2),
    Broken("screen-colour", _delete("OutputIntents")),
    Broken("screen-colour", _comment(content=b"0 0 0 1 k 0 0 9 9 re f"), 1),
    Broken("screen-intent", _intent(DestOutputProfile=None)),
    Broken("screen-intent", lambda pdf: _intent(
        DestOutputProfile=Stream(pdf, good.rgb_profile(), N=4))(pdf)),
    Broken("screen-colour", _swap(2, "0 0 0 rg", "0 0 0 1 k"), 2),
    Broken("lzw", _lzw),
    Broken("interpolate", _picture(2, Interpolate=True), 2),
    Broken("screen-boxes", _box(2, MediaBox=[-10, -10, RIGHT + 10, TOP + 10],
                                CropBox=[0, 0, *A4]), 2),
    Broken("annotation-flags", _set_link(2, F=0), 1),
    Broken("annotation-flags", _set_link(2, F=4 + 2), 1),
    Broken("screen-resolution", _picture(2, pixels=100), 2),
    Broken("blank-page", lambda pdf: pdf.add_blank_page(page_size=A4), 3),
)  # fmt: skip

PRINT = (
    Broken("print-intent", _delete("OutputIntents")),
    Broken("print-intent", _intent(OutputConditionIdentifier=String("ISO Coated v2 (ECI)"))),
    Broken("print-intent", lambda _: None, None, Profile(condition="FOGRA47")),
    Broken("print-intent", _intent(RegistryName=None)),
    Broken("print-intent", _intent(DestOutputProfile=None)),
    Broken("trapped", _xmp("<pdf:Trapped>False", "<pdf:Trapped>True")),
    Broken("trapped", _each(_xmp("<pdf:Trapped>False", "<pdf:Trapped>"),
                            _info(Trapped=Name.Unknown))),
    Broken("print-ids", _xmp("<xmpMM:RenditionClass>default", "<xmpMM:RenditionClass>")),
    Broken("print-boxes", _no_trim, 2),
    Broken("print-boxes", _box(2, CropBox=[0, 0, *A4]), 2),
    Broken("bleed", _each(_box(2, BleedBox=[-2 * MM, -good.BLEED, RIGHT + good.BLEED,
                                            TOP + good.BLEED])), 2),
    Broken("bleed", lambda _: None, EVERY_PAGE, Profile(bleed_mm=5)),
    Broken("art-box", _box(2, ArtBox=[0, 0, *A4]), 2),
    Broken("print-annotations", _annotation, 2),
    Broken("rgb", _add(2, "1 0 0 rg 100 300 20 20 re f"), 2),
    Broken("rgb", _picture(2, ColorSpace=Name.DeviceRGB), 2),
    Broken("rgb", _xobject(2, b"0 0 1 RG 0 0 m 5 5 l S", Subtype=Name.Form, BBox=[0, 0, 9, 9]), 2),
    Broken("rgb", _shading(2), 2),
    Broken("rgb", _tiling(2), 2),
    Broken("rgb", _soft_mask, 2),
    Broken("rgb", _icc_rgb, 2),
    Broken("rgb", _page(2, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)), 2),
    Broken("rgb", _add(2, "q .2 0 0 .2 99 99 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID \0\0\0 EI Q "), 2),
    Broken("rich-black", _swap(2, "0 0 0 1 k", "0.5 0.4 0.4 1 k"), 2),
    Broken("rich-black", _swap(2, "0 0 0 1 K", "0.6 0.5 0.5 1 K"), 2),
    Broken("black-overprint", _swap(2, "/Over gs", ""), 2),
    Broken("black-overprint", _state(2, "0 0 0 1 k", op=True, OPM=0), 2),
    Broken("black-overprint", _swap(2, "0 0 0 1 k", "0 g"), 2),
    Broken("colour-overprint", _swap(2, "/Knock gs", ""), 2),
    Broken("colour-overprint", _add(2, "/Over gs 0 0 0 0 k 300 300 20 20 re f"), 2),
    Broken("colour-overprint", _add(2, "/Over gs 0 0 0 0 K 2 w 300 300 m 400 300 l S"), 2),
    Broken("colour-overprint", _add(2, "/Over gs 0 1 1 0 k 300 300 20 20 re f"), 2),
    Broken("spot-colour", _separation(2, "PANTONE 485 C", "/Ink cs 1 scn 300 300 9 9 re f"), 2),
    Broken("registration", _separation(2, "All", "/Ink cs 1 scn 300 300 9 9 re f"), 2),
    Broken("registration", _separation(2, "All", "/Ink CS 1 SCN 300 300 m 309 300 l S"), 2),
    Broken("rotation", _page(2, Rotate=90), 2),
    Broken("user-unit", _page(2, UserUnit=2), 2),
    Broken("hidden-layer", _layers(Name=String("All"), OFF=OF_LAYER)),
    Broken("layer-settings", _layers(Order=OF_LAYER)),
    Broken("substitutes", _picture(2, Alternates=Array([Dictionary(DefaultForPrinting=True)])), 2),
    Broken("substitutes", _picture(2, OPI=Dictionary()), 2),
    Broken("substitutes", _xobject(2, b"", Subtype=Name.Form, BBox=[0, 0, 9, 9],
                                   Ref=Dictionary(F=String("other.pdf"), Page=0)), 2),
    Broken("total-ink", _add(2, "0.9 0.8 0.7 0.7 k 100 300 20 20 re f"), 2),
    Broken("page-count", lambda pdf: pdf.pages.append(pdf.pages[3]), None,
           Profile(page_multiple=4)),
    Broken("blank-inside", _insert_blank, 2),
    Broken("forms", _form),
    Broken("transfer", _state(2, "/Over gs", TR=Name.Identity), 2),
    Broken("transfer", _state(2, "/Over gs", HTP=Array([0, 0])), 2),
    Broken("postscript", _xobject(2, b"showpage", Subtype=Name.PS), 2),
    Broken("print-resolution", _picture(2, pixels=250), 2),
    Broken("print-resolution", _picture(2, pixels=400, ImageMask=True, BitsPerComponent=1), 2),
    Broken("small-text", _swap(2, "/F1 10 Tf 1 0 0 1 70 700", "/F1 5.5 Tf 1 0 0 1 70 700"), 2),
    Broken("small-text", _swap(2, "1 0 0 1 70 700 Tm", "0.5 0 0 0.5 70 700 Tm"), 2),
    Broken("hairline", _swap(2, "0.5 w", "0.1 w"), 2),
    Broken("hairline", _swap(2, "70 600 100 40 re", "70 600 100 40 re 70 590 100 0.1 re"), 2),
    Broken("safe-zone", _swap(2, "70 700 Tm", "12 700 Tm"), 2),
    Broken("safe-zone", _swap(2, "70 560 Tm", "70 8 Tm"), 2),
    Broken("drawing-safe-zone", _swap(2, "72 0 0 72 70 400 cm", "72 0 0 72 10 400 cm"), 2),
    Broken("drawing-safe-zone", _add(2, "0 0 0 1 K 1 w 300 9 m 400 9 l S"), 2),
    Broken("background-bleed", _background(0, TOP - 100, RIGHT, TOP), 2),
    Broken("background-bleed", _background(1, 100, 50, 150), 2),
    Broken("background-bleed", _swap(2, "72 0 0 72 70 400 cm", "72 0 0 72 0 400 cm"), 2),
)  # fmt: skip


X1A_ALONE = Profile(use="print", standard=X1A)

X1A_BROKEN = (
    Broken("x1a-identification", _info(GTS_PDFXVersion=String("")), None, X1A_ALONE),
    Broken("x1a-identification", _info(GTS_PDFXVersion=String("PDF/X-3:2003")), None, X1A_ALONE),
    Broken("x1a-identification", _xmp("<pdfx:GTS_PDFXVersion>PDF/X-1a:2003",
                                      "<pdfx:GTS_PDFXVersion>PDF/X-3:2003")),
    Broken("x1a-identification", _xmp("<pdf:Trapped>", "<pdfxid:GTS_PDFXVersion>PDF/X-4"
                                      "</pdfxid:GTS_PDFXVersion><pdf:Trapped>")),
    Broken("x1a-version", _catalogue(Version=Name("/1.5"))),
    Broken("x1a-later", _opentype),
    Broken("x1a-later", _catalogue(OCProperties=Dictionary(OCGs=[]))),
    Broken("x1a-later", _picture(2, BitsPerComponent=16)),
    Broken("x1a-later", _picture(2, Filter=Name.JPXDecode)),
    Broken("x1a-later", _icc_version_4),
    Broken("x1a-info", _no_info("Title")),
    Broken("x1a-info", _no_info("CreationDate")),
    Broken("x1a-info", _no_info("ModDate")),
    Broken("trapped", _no_info("Trapped")),
    Broken("x1a-transparency", _state(2, "/Over gs", ca=0.5), 2),
    Broken("x1a-transparency", _state(2, "/Over gs", CA=0.99), 2),
    Broken("x1a-transparency", _state(2, "/Over gs", BM=Name.Multiply), 2),
    Broken("x1a-transparency", _state(2, "/Over gs", BM=Array([Name.Darken, Name.Normal])), 2),
    Broken("x1a-transparency", _state(2, "/Over gs", SMask=Dictionary(S=Name.Alpha)), 2),
    Broken("x1a-transparency", _page(2, Group=Dictionary(S=Name.Transparency)), 2),
    Broken("x1a-transparency", _xobject(2, b"", Subtype=Name.Form, BBox=[0, 0, 9, 9],
                                        Group=Dictionary(S=Name.Transparency)), 2),
    Broken("x1a-transparency", lambda pdf: _picture(2, SMask=good.add_image(pdf, 300))(pdf), 2),
    Broken("x1a-colour", _space(2, Name.ICCBased, 4, "0 0 0 0.5"), 2),
    Broken("x1a-colour", _space(2, Name.ICCBased, 1, "0.5"), 2),
    Broken("x1a-colour", _space(2, Name.Lab, 3, "50 0 0"), 2),
    Broken("x1a-colour", _space(2, Name.CalGray, 1, "0.5"), 2),
    Broken("rgb", _icc_rgb, 2),
    Broken("x1a-packing", _lzw),
    Broken("x1a-packing", _picture(2, Filter=Name.JBIG2Decode)),
    Broken("x1a-actions", _action("GoTo")),
)  # fmt: skip


def _label(case: Broken) -> str:
    return case.rule


def _check(pdf: Pdf, case: Broken, out: Path) -> None:
    case.change(pdf)
    every = range(1, len(pdf.pages) + 1)
    inspection = inspect(save(pdf, out), expected=case.expected)
    pages = every if case.page == EVERY_PAGE else [case.page]
    assert found(inspection) == {(case.rule, page) for page in pages}


@pytest.mark.parametrize("case", SCREEN, ids=_label)
def test_broken_screen_copy(case: Broken, out: Path) -> None:
    """A screen copy that breaks one rule gives that rule's finding, at its page, alone."""
    _check(good.good_screen(), case, out)


@pytest.mark.parametrize("case", PRINT, ids=_label)
def test_broken_print_file(case: Broken, out: Path) -> None:
    """A print file that breaks one rule gives that rule's finding, at its page, alone."""
    _check(good.good_print(), case, out)


@pytest.mark.parametrize("case", X1A_BROKEN, ids=_label)
def test_broken_x1a_file(case: Broken, out: Path) -> None:
    """An X-1a file that breaks one rule gives that rule's finding, at its page, alone."""
    _check(good.good_x1a(), case, out)


def test_a_link_that_tracks_its_readers_is_a_warning(out: Path) -> None:
    """It weighs as much as in the checks of content: the file is fit all the same."""
    pdf = good.good_screen()
    _link_to("https://example.org/a?utm_source=mail")(pdf)
    inspection = inspect(save(pdf, out))
    assert [(f.code, f.level) for f in inspection.findings] == [("link-tracking", Level.WARNING)]
    assert inspection.passed


# Files that are broken while they are written


def test_x1a_file_with_packed_objects(out: Path) -> None:
    """Object and cross-reference streams are later than PDF 1.4, whatever the header says."""
    good.good_x1a().save(
        out, force_version="1.5", object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    out.write_bytes(out.read_bytes().replace(b"%PDF-1.5", b"%PDF-1.4"))
    inspection = inspect(out)
    assert found(inspection) == {("x1a-later", None)}
    words = " ".join(finding.message for finding in inspection.findings)
    assert "object streams" in words
    assert "cross-reference streams" in words


def test_each_standard_has_its_own_rules(out: Path) -> None:
    """A good file of one standard is not fit by the other, when the printer asks that one."""
    inspection = inspect(save(good.good_print(), out), expected=X1A_ALONE)
    assert found(inspection) == {
        ("x1a-identification", None), ("x1a-version", None)
    }  # fmt: skip
    inspection = inspect(save(good.good_x1a(), out), expected=Profile(standard=X4))
    assert found(inspection) == {
        ("print-identification", None), ("pdf-version", None), ("print-ids", None)
    }  # fmt: skip


def test_print_file_that_does_not_say_so(out: Path) -> None:
    """A file expected to be for print is judged so, and told to say that it is X-4."""
    pdf = good.good_print()
    replace_xmp(pdf, "PDF/X-4", "")
    inspection = inspect(save(pdf, out), expected=Profile(use="print"))
    assert found(inspection) == {("print-identification", None)}


def test_print_file_of_another_version(out: Path) -> None:
    """A PDF 1.7 is not PDF/X-4."""
    inspection = inspect(save(good.good_print(), out, version="1.7"))
    assert found(inspection) == {("pdf-version", None)}


def test_file_without_identifier(out: Path) -> None:
    """A trailer without ID is reported."""
    save(good.good_screen(), out)
    out.write_bytes(out.read_bytes().replace(b"/ID [", b"/XX ["))
    assert found(inspect(out)) == {("file-id", None)}


def test_restricted_file(out: Path) -> None:
    """A file that opens without password but is encrypted is reported as encrypted."""
    lock = pikepdf.Encryption(owner="secret", user="", metadata=False)
    good.good_screen().save(out, encryption=lock)
    assert found(inspect(out)) == {("encrypted", None)}


def test_file_with_password(out: Path) -> None:
    """A file that asks for a password is one finding, and fit for nothing."""
    lock = pikepdf.Encryption(owner="secret", user="secret")
    good.good_screen().save(out, encryption=lock)
    inspection = inspect(out)
    assert found(inspection) == {("encrypted", None)}
    assert inspection.fit_for == ()


def test_large_file(out: Path) -> None:
    """A file above 2 MB is a warning, and stays fit for screen."""
    pdf = good.good_screen()
    ballast = Stream(pdf, random.Random(1).randbytes(2_100_000))
    pdf.Root.PieceInfo = Dictionary(Test=Dictionary(Private=pdf.make_indirect(ballast)))
    inspection = inspect(save(pdf, out))
    assert found(inspection) == {("file-size", None)}
    assert inspection.fit_for == ("screen",)


# Damage


def test_truncated_file(out: Path) -> None:
    """A file whose end is lost but can be rebuilt is reported as damaged."""
    save(good.good_screen(), out)
    out.write_bytes(out.read_bytes()[:-200])
    assert ("opens", None) in found(inspect(out))


def test_language_of_the_elements(out: Path) -> None:
    """Where every word, title and comment has its language, the file needs none of its own."""
    pdf = good.good_screen()
    del pdf.Root.Lang, pdf.Root.Outlines
    pdf.Root.StructTreeRoot.K.Lang = String("nl")
    replace_xmp(pdf, '"x-default"', '"nl"')
    assert found(inspect(save(pdf, out))) == {("outline", None)}
    del pdf.Root.StructTreeRoot.K.Lang
    assert ("language", None) in found(inspect(save(pdf, out)))


def test_unlisted_cross_reference_stream(out: Path) -> None:
    """What qpdf remarks but every reader accepts without repair is no damage."""
    out.write_bytes(good.with_unlisted_xref_stream(good.good_screen()))
    assert found(inspect(out)) == set()


def test_damage_names_no_path(out: Path) -> None:
    """The finding on a damaged file does not repeat where it lies."""
    save(good.good_screen(), out)
    out.write_bytes(out.read_bytes()[:-200])
    assert str(out.parent) not in " ".join(item.message for item in inspect(out).findings)


def test_junk_before_the_header(out: Path) -> None:
    """Bytes before the PDF header are reported."""
    save(good.good_screen(), out)
    out.write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + out.read_bytes())
    assert ("opens", None) in found(inspect(out))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"<html></html>", "not a PDF"), (b"%PDF-1.7\nlost", "beyond repair")],
)
def test_unreadable_file(content: bytes, words: str, out: Path) -> None:
    """A file that is no PDF at all is one finding that says so."""
    out.write_bytes(content)
    inspection = inspect(out)
    assert found(inspection) == {("opens", None)}
    assert words in inspection.findings[0].message
    assert not inspection.passed


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A path that is no file is a finding."""
    assert found(inspect(tmp_path / "none.pdf")) == {("opens", None)}
    assert found(inspect(tmp_path)) == {("opens", None)}


def test_broken_content_stream(out: Path) -> None:
    """A content stream that cannot be unpacked is a finding, not a traceback."""
    pdf = good.good_screen()
    pdf.pages[0].obj.Contents = Stream(pdf, b"not deflated", Filter=Name.FlateDecode)
    assert not inspect(save(pdf, out)).passed


def test_structure_that_contains_itself(out: Path) -> None:
    """A structure tree that runs in a circle ends."""
    pdf = good.good_screen()
    document = pdf.Root.StructTreeRoot.K
    document.K.append(document)
    assert found(inspect(save(pdf, out))) == set()


def test_form_that_paints_itself(out: Path) -> None:
    """A form XObject that paints itself ends."""
    pdf = good.good_print()
    _xobject(2, b"/X1 Do", Subtype=Name.Form, BBox=[0, 0, 9, 9])(pdf)
    assert found(inspect(save(pdf, out))) == set()


@pytest.mark.parametrize("seed", range(60))
def test_mutated_file(seed: int, out: Path) -> None:
    """Whatever bytes are changed, inspection ends with values and never raises."""
    dice = random.Random(seed)
    pdf = good.good_screen() if seed % 2 else good.good_print()
    save(pdf, out)
    content = bytearray(out.read_bytes())
    for _ in range(dice.choice((1, 20, 200))):
        content[dice.randrange(len(content))] = dice.randrange(256)
    out.write_bytes(content)
    assert report_lines(inspect(out))


# Near misses


NEAR_SCREEN: tuple[tuple[str, Change], ...] = (
    ("date in another zone", _info(CreationDate=String("D:20260202110000Z"))),
    ("mail link", _link_to("mailto:press@example.org?subject=Report")),
    ("query that tracks nobody", _link_to("https://example.org/a?b=1&page=utm#part")),
    ("path in a web address", _link_to("https://example.org/home/anna/")),
    ("invisible text outside", _add(1, f"/Artifact BMC 3 Tr {text(590, 8, 'Hidden')} EMC")),
    ("text cut off outside", _add(1, f"/Artifact BMC 0 0 50 50 re W n {text(590, 8, 'x')} EMC")),
    ("artifact with an MCID", _swap(2, "/Artifact BMC",
                                    "/Artifact <</Type /Pagination /MCID 99>> BDC")),
    ("comment that reads out", _comment()),
    ("font whose name is no UTF-8", _odd_font_name),
    ("colours of a default space", _default_rgb),
    ("layers all shown", _layers(Name=String("All"), Order=OF_LAYER)),
    ("table by names of headers", _each(
        _element("TH", A=None, ID=String("name")),
        _element("TD", A=Dictionary(O=Name.Table, Headers=[String("name")])))),
    ("lines close together", _swap(1, "70 720 Tm", "70 708 Tm")),
    ("note under its second call", _second_note),
    ("picture of 150 ppi", _picture(2, pixels=150)),
    ("links that touch", _set_link(0, Rect=Array([130, 698, 140, 712]))),
    ("link of two lines around another", _set_link(2, Rect=Array([70, 698, 210, 756]), QuadPoints=
        Array([70, 756, 210, 756, 70, 742, 210, 742, 70, 712, 130, 712, 70, 698, 130, 698]))),
    ("heading that goes back up", _element("H2", S=Name.H1)),
    ("alternative as replacement text", _each(_element("Figure", Alt=None),
                                             _element("Figure", ActualText=String("A square")))),
    ("role mapped", _each(_element("H2", S=Name.Kop), lambda pdf: pdf.Root.StructTreeRoot.update(
        {"/RoleMap": Dictionary(Kop=Name.H2)}))),
    ("calibrated CMYK", _swap(2, "0 0 0 rg", "0 g")),
    ("reference in a table of contents", _each(_second_note, _element("Reference", S=Name.Span),
                                               _element("Note", S=Name.P))),
)  # fmt: skip


@pytest.mark.parametrize(("title", "change"), NEAR_SCREEN, ids=[n[0] for n in NEAR_SCREEN])
def test_near_miss_on_screen(title: str, change: Change, out: Path) -> None:
    """What only looks wrong in a screen copy gives no finding."""
    pdf = good.good_screen()
    change(pdf)
    assert found(inspect(save(pdf, out))) == set(), title


B = good.BLEED
NEAR_PRINT: tuple[tuple[str, Change], ...] = (
    ("black area that overprints", _add(2, "/Over gs 0 0 0 1 k 300 300 20 20 re f")),
    ("printer's mark in all inks", _each(
        _box(2, MediaBox=[-40, -40, RIGHT + 40, TOP + 40]),
        _separation(2, "All", "/Ink CS 1 SCN 100 -30 m 100 -20 l S"))),
    ("spot black that overprints", lambda pdf: _spot(pdf, "Black")),
    ("grey text that overprints", _swap(2, "0 0 0 1 k", "0 0 0 0.6 k")),
    ("no ink over 300 %", _add(2, "0.8 0.7 0.7 0.8 k 100 300 20 20 re f")),
    ("background short of the trim", _background(2 * MM, 100, 50, 150)),
    ("background that bleeds at one side", _background(-B, 100, 50, 150)),
    ("white to the trim", _swap(2, PRINT_BACKGROUND, f"0 0 0 0 k 0 0 {RIGHT} {TOP} re f")),
    ("cut by the clip at the bleed", _swap(2, PRINT_BACKGROUND, f"q {-B} {-B} {RIGHT + 2 * B} "
        f"{TOP + 2 * B} re W n 0 0 0 .1 k -99 -99 900 1200 re f Q")),
    ("text beyond the safe zone", _swap(2, "70 700 Tm", f"{5 * MM + 1} 700 Tm")),
    ("text of 6 pt", _swap(2, "/F1 10 Tf 1 0 0 1 70 700", "/F1 12 Tf 0.5 0 0 0.5 70 700")),
    ("slug line beyond the bleed", _each(
        _box(2, MediaBox=[-40, -40, RIGHT + 40, TOP + 40]),
        _add(2, f"0 0 0 1 k {text(100, -30, 'Slug', 5)}"))),
    ("rectangle without height", _add(2, "0 0 0 1 k 70 350 100 0 re f")),
    ("line of a quarter point", _swap(2, "0.5 w", "0.25 w")),
    ("default transfer function", _state(2, "/Over gs", TR2=Name.Default)),
    ("wide bleed", _box(2, MediaBox=[-20, -20, RIGHT + 20, TOP + 20])),
)  # fmt: skip


NEAR_X1A: tuple[tuple[str, Change], ...] = (
    ("opaque state", _state(2, "/Over gs", ca=1, CA=1, BM=Name.Normal, SMask=Name("/None"))),
    ("older blend mode", _state(2, "/Over gs", BM=Name.Compatible)),
    ("spot colour", lambda pdf: _spot(pdf, "Black")),
    ("mask without shades", _picture(2, Mask=Array([0, 0]))),
    ("registered condition without profile", _intent(DestOutputProfile=None)),
    ("no XMP", _delete("Metadata")),
    ("version 1.3", _catalogue(Version=Name("/1.3"))),
)  # fmt: skip


@pytest.mark.parametrize(("title", "change"), NEAR_X1A, ids=[n[0] for n in NEAR_X1A])
def test_near_miss_in_x1a(title: str, change: Change, out: Path) -> None:
    """What only looks wrong in an X-1a file gives no finding."""
    pdf = good.good_x1a()
    change(pdf)
    assert found(inspect(save(pdf, out))) == set(), title


def _spot(pdf: Pdf, colorant: str) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    good.own_resources(pdf, 2).ColorSpace = Dictionary(
        Sp=Array([Name.Separation, Name(f"/{colorant}"), Name.DeviceCMYK, tint])
    )
    replace(pdf, 2, "0 0 0 1 k", "/Sp cs 1 scn")


@pytest.mark.parametrize(("title", "change"), NEAR_PRINT, ids=[n[0] for n in NEAR_PRINT])
def test_near_miss_in_print(title: str, change: Change, out: Path) -> None:
    """What only looks wrong in a print file gives no finding."""
    pdf = good.good_print()
    change(pdf)
    assert found(inspect(save(pdf, out))) == set(), title


# What is reported, and how


def test_note_without_call(out: Path) -> None:
    """When one note has its call and another has none, the other is reported."""
    pdf = good.good_screen()
    _second_note(pdf)
    good.elements(pdf, "Reference")[0].S = Name.Span
    assert found(inspect(save(pdf, out))) == {("note-page", 1)}


def test_notes_without_links(out: Path) -> None:
    """Notes whose calls are not linked to them are said to be unchecked."""
    pdf = good.good_screen()
    good.elements(pdf, "Reference")[0].S = Name.Span
    inspection = inspect(save(pdf, out))
    assert inspection.findings == ()
    assert inspection.not_checked == ("notes and their calls: no call is linked to its note",)


def test_misplaced_note_is_named(out: Path) -> None:
    """The finding on a misplaced note says which note and both pages."""
    pdf = good.good_screen()
    _note_on_next_page(pdf)
    message = inspect(save(pdf, out)).findings[0].message
    assert message.startswith("Note 1 stands on page 2 but its call on page 1;")


def test_note_that_runs_on(out: Path) -> None:
    """A note whose text continues on the next page is reported where it starts."""
    pdf = good.good_screen()
    rest = text(70, 90, "the rest of it", 8)
    replace(pdf, 2, "/Artifact BMC", f"/Note <</MCID 4>> BDC {rest} EMC /Artifact BMC")
    rest_of_note = Dictionary(Type=Name.MCR, Pg=pdf.pages[1].obj, MCID=4)
    good.elements(pdf, "Note")[0].K.append(rest_of_note)
    good.renew_parent_tree(pdf)
    assert found(inspect(save(pdf, out))) == {("note-page", 1)}


def test_notes_of_a_typeset_file_are_checked(out: Path) -> None:
    """The notes of a file as the project typesets it are found with their calls."""
    note = '<span id="note-{0}" aria-label="note {0}">Body of note {0}.</span>'
    words = "".join(f"<p>Words{note.format(number)} and more.</p>" for number in (1, 2))
    style = "span { float: footnote }"
    with tagging.installed():
        HTML(string=f"<html lang=en><style>{style}</style>{words}").write_pdf(
            out, pdf_variant="pdf/ua-1"
        )
    inspection = inspect(out)
    assert "note-page" not in {finding.code for finding in inspection.findings}
    assert inspection.not_checked == ()


def test_unknown_file_is_judged_for_both(out: Path) -> None:
    """A file that claims nothing is judged for both uses, and findings say for which."""
    pdf = good.good_print()
    replace_xmp(pdf, "PDF/X-4", "")
    inspection = inspect(save(pdf, out))
    assert inspection.claimed_use == "unknown"
    assert inspection.judged_for == ("screen", "print")
    assert inspection.fit_for == ()
    uses = {finding.code: uses_of(finding) for finding in inspection.findings}
    assert uses["print-identification"] == ("print",)
    assert uses["screen-identification"] == ("screen",)
    assert uses.keys() & {"rgb", "bleed", "title"} == set()


def test_report_names_page_rule_and_words(out: Path) -> None:
    """The report gives the verdict first, then severity, page, the offending words and rule."""
    pdf = good.good_print()
    replace(pdf, 2, "0 0 0 1 k", "0.5 0.4 0.4 1 k")
    lines = report_lines(inspect(save(pdf, out)))
    assert lines[0] == "report.pdf: NOT fit for print"
    assert "4 pages; says it follows PDF/X-4; 1 error, 0 warnings" in lines[1]
    assert lines[2].startswith(f"{out}: page 2: error: Black text with other inks")
    assert "“Black words”" in lines[2]
    assert lines[2].endswith("[rich-black]")
    assert lines[3] == "  not checked: notes and their calls: the file is not tagged"


def test_report_gathers_pages(out: Path) -> None:
    """What is wrong on many pages is said once."""
    inspection = inspect(save(good.good_print(), out), expected=Profile(bleed_mm=5))
    lines = report_lines(inspection)
    assert [line for line in lines if "[bleed]" in line] == [
        f"{out}: pages 1-4: error: The bleed is 3.0 mm at the left; 5.0 mm is asked. [bleed]"
    ]


def test_every_rule_has_a_broken_file() -> None:
    """No rule goes without a test file that breaks it, and rule names are unique."""
    apart = {
        "opens", "encrypted", "file-id", "file-size", "pdf-version", "print-identification"
    }  # fmt: skip
    tested = {case.rule for case in (*SCREEN, *PRINT, *X1A_BROKEN)} | apart
    names = [rule.id for rule in rules()]
    assert len(names) == len(set(names))
    assert set(names) == tested


def test_rules_explain_themselves() -> None:
    """Each rule states its demand as a sentence and names where it comes from."""
    for rule in rules():
        assert rule.title.endswith(".")
        assert rule.source
