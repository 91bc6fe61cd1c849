"""Small good PDFs, and the tools to break them: what the preflight tests stand on.

``good_screen`` is a tagged two-page copy for the screen, ``good_print`` a four-page file for
the printer, ``good_x1a`` the same by the older standard. All are built object by object, so that
a test can break one thing alone.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

A4 = (595.276, 841.89)
MM = 72 / 25.4
BLEED = 3 * MM
CHARACTERS = "".join(map(chr, range(0x20, 0x7F)))

TITLE, AUTHOR, PRODUCER, DATE = "A small report", "A body", "pikepdf", "2026-02-02T12:00:00+01:00"
PDF_DATE = "D:20260202120000+01'00'"

UA_AND_A = """<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""
X4 = """<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>"""
X1A = """<pdfx:GTS_PDFXVersion>PDF/X-1a:2003</pdfx:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>"""
XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{AUTHOR}</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>aid, law</pdf:Keywords>
<xmp:CreateDate>{DATE}</xmp:CreateDate><xmp:ModifyDate>{DATE}</xmp:ModifyDate>
%s
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def font_program() -> bytes:
    """A TrueType font of boxes, one glyph per ASCII character, all 600 units wide."""
    names = [".notdef", *(f"c{ord(character):02x}" for character in CHARACTERS)]
    pen = TTGlyphPen(None)
    for move in ((50, 0), (50, 700), (550, 700), (550, 0)):
        (pen.moveTo if move == (50, 0) else pen.lineTo)(move)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(
        {ord(c): name for c, name in zip(CHARACTERS, names[1:], strict=True)}
    )
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    # A wall-clock date in the font would make every run's file another.
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def shown(text: str) -> str:
    """A string operand that shows ``text`` in the test font."""
    return "<" + "".join(f"{CHARACTERS.index(character) + 1:04x}" for character in text) + ">"


def _to_unicode() -> bytes:
    codes = "\n".join(
        f"<{index:04x}> <{ord(character):04x}>" for index, character in enumerate(CHARACTERS, 1)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Boxes def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(CHARACTERS)} beginbfchar\n{codes}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def add_font(pdf: Pdf) -> pikepdf.Object:
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/ABCDEF+Boxes"),
            Flags=4,
            FontBBox=[50, 0, 550, 700],
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
            FontFile2=Stream(pdf, font_program(), Length1=len(font_program())),
        )
    )
    cid_font = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+Boxes"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=descriptor,
        DW=600,
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/ABCDEF+Boxes"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(cid_font)],
            ToUnicode=Stream(pdf, _to_unicode()),
        )
    )


@cache
def rgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def cmyk_profile() -> bytes:
    """The header of a CMYK printer profile, which is all that preflight reads of one."""
    header = bytearray(132)
    header[0:4] = (132).to_bytes(4, "big")
    header[8:12] = b"\x02\x40\0\0"
    header[12:24] = b"prtrCMYKLab "
    header[36:40] = b"acsp"
    return bytes(header)


def add_image(pdf: Pdf, pixels: int, **entries: object) -> Stream:
    """A square grey image, ``pixels`` wide."""
    return Stream(
        pdf,
        b"\x80" * (pixels * pixels),
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": pixels,
            "/Height": pixels,
            "/BitsPerComponent": 8,
            "/ColorSpace": Name.DeviceGray,
            **entries,
        },
    )


def _describe(pdf: Pdf, identification: str) -> None:
    pdf.Root.Metadata = Stream(
        pdf, (XMP % identification).encode(), Type=Name.Metadata, Subtype=Name.XML
    )
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=TITLE,
            Author=AUTHOR,
            Producer=PRODUCER,
            Keywords="aid, law",
            CreationDate=PDF_DATE,
            ModDate=PDF_DATE,
        )
    )


def text(x: float, y: float, words: str, size: float = 10) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm {shown(words)} Tj ET"


SCREEN_PAGES = (
    f"""/H1 <</MCID 0>> BDC 0 0 0 rg {text(70, 760, "One", 20)} EMC
/P <</MCID 1>> BDC {text(70, 720, "First words")} EMC
/Reference <</MCID 2>> BDC {text(140, 724, "1", 7)} EMC
/Link <</MCID 3>> BDC {text(70, 700, "A web site")} EMC
/Note <</MCID 4>> BDC {text(70, 90, "1 The note", 8)} EMC
/Artifact BMC {text(290, 40, "1", 8)} EMC""",
    f"""/H2 <</MCID 0>> BDC 0 0 0 rg {text(70, 760, "Two", 16)} EMC
/Figure <</MCID 1>> BDC q 72 0 0 72 70 600 cm /Im1 Do Q EMC
/TH <</MCID 2>> BDC {text(70, 500, "Name")} EMC
/TD <</MCID 3>> BDC {text(70, 480, "Value")} EMC
/Artifact BMC {text(290, 40, "2", 8)} EMC""",
)


def good_screen() -> Pdf:
    """A tagged copy that no rule for the screen objects to."""
    pdf = Pdf.new()
    image = add_image(pdf, 150)
    resources = pdf.make_indirect(
        Dictionary(Font=Dictionary(F1=add_font(pdf)), XObject=Dictionary(Im1=image))
    )
    for number, content in enumerate(SCREEN_PAGES):
        _add_page(pdf, content, resources, Tabs=Name.S, StructParents=number, Annots=[])
    first, second = (page.obj for page in pdf.pages)
    call = _link(pdf, first, [138, 720, 146, 734], "Note 1", 2, Dest=_top(first, 100))
    back = _link(pdf, first, [70, 88, 78, 98], "Back", 3, Dest=_top(first, 735))
    web = _link(pdf, first, [70, 698, 130, 712], "A web site", 4, A=_uri("https://example.org/"))
    _describe(pdf, UA_AND_A)
    _add_structure(pdf, first, second, call, back, web)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("nl-BE")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                DestOutputProfile=Stream(pdf, rgb_profile(), N=3),
            )
        ]
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))
        outline.root.append(pikepdf.OutlineItem("Two", 1))
    return pdf


def _add_page(pdf: Pdf, content: str, resources: pikepdf.Object, **entries: object) -> None:
    page = Dictionary(
        {
            "/Type": Name.Page,
            "/MediaBox": Array([0, 0, *A4]),
            "/Contents": Stream(pdf, content.encode()),
            "/Resources": resources,
            **{f"/{key}": value for key, value in entries.items()},
        }
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _top(page: pikepdf.Object, top: float) -> Array:
    return Array([page, Name.XYZ, 0, top, 0])


def _uri(address: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(address))


def _link(
    pdf: Pdf, page: pikepdf.Object, box: list[int], words: str, parent: int, **entries: object
) -> pikepdf.Object:
    link = pdf.make_indirect(
        Dictionary(
            {
                "/Type": Name.Annot,
                "/Subtype": Name.Link,
                "/Rect": Array(box),
                "/Border": Array([0, 0, 0]),
                "/F": 4,
                "/Contents": String(words),
                "/StructParent": parent,
                **{f"/{key}": value for key, value in entries.items()},
            }
        )
    )
    page.Annots.append(link)
    return link


def _add_structure(
    pdf: Pdf,
    first: pikepdf.Object,
    second: pikepdf.Object,
    call: pikepdf.Object,
    back: pikepdf.Object,
    web: pikepdf.Object,
) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def element(
        role: str, parent: pikepdf.Object, *kids: object, **entries: object
    ) -> pikepdf.Object:
        made = pdf.make_indirect(
            Dictionary(
                {
                    "/Type": Name.StructElem,
                    "/S": Name(f"/{role}"),
                    "/P": parent,
                    "/K": Array(kids),
                    **{f"/{key}": value for key, value in entries.items()},
                }
            )
        )
        if parent is not root:
            parent.K.append(made)
        return made

    def object_reference(page: pikepdf.Object, target: pikepdf.Object) -> Dictionary:
        return Dictionary(Type=Name.OBJR, Obj=target, Pg=page)

    document = element("Document", root)
    h1 = element("H1", document, 0, Pg=first)
    paragraph = element("P", document, 1, Pg=first)
    reference = element("Reference", paragraph, Pg=first)
    call_link = element("Link", reference, 2, object_reference(first, call), Pg=first)
    web_link = element("Link", paragraph, 3, object_reference(first, web), Pg=first)
    note = element("Note", document, 4, Pg=first, ID=String("note-1"))
    back_link = element("Link", note, object_reference(first, back), Pg=first)
    h2 = element("H2", document, 0, Pg=second)
    figure = element("Figure", document, 1, Pg=second, Alt=String("A grey square"))
    figure.A = Dictionary(O=Name.Layout, BBox=Array([70, 600, 142, 672]), Placement=Name.Block)
    table = element("Table", document)
    head, body = element("TR", table), element("TR", table)
    th = element("TH", head, 2, Pg=second, A=Dictionary(O=Name.Table, Scope=Name.Column))
    td = element("TD", body, 3, Pg=second)
    root.K = document
    numbers: list[object] = [0, Array([h1, paragraph, call_link, web_link, note])]
    numbers += [1, Array([h2, figure, th, td]), 2, call_link, 3, back_link, 4, web_link]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = 5
    pdf.Root.StructTreeRoot = root


PRINT_CONTENT = f"""0 0 0 0.1 k {-BLEED} {A4[1] - 100} {A4[0] + 2 * BLEED} {100 + BLEED} re f
/Over gs 0 0 0 1 k {text(70, 700, "Black words")}
/Knock gs 0.8 0.2 0 0 k 70 600 100 40 re f
0 0 0 0 k {text(75, 610, "White words")}
0.8 0.2 0 0 k {text(70, 560, "Blue words")}
0 0 0 1 K 0.5 w 70 550 m 170 550 l S
q 72 0 0 72 70 400 cm /Im1 Do Q"""


def good_print() -> Pdf:
    """Four pages that no rule for print objects to, the last one empty."""
    pdf = Pdf.new()
    state = Dictionary(
        Over=Dictionary(Type=Name.ExtGState, op=True, OP=True, OPM=1),
        Knock=Dictionary(Type=Name.ExtGState, op=False, OP=False),
    )
    resources = pdf.make_indirect(
        Dictionary(
            Font=Dictionary(F1=add_font(pdf)),
            XObject=Dictionary(Im1=add_image(pdf, 300)),
            ExtGState=state,
        )
    )
    for content in (*[PRINT_CONTENT] * 3, ""):
        _add_page(pdf, content, resources)
        page = pdf.pages[-1].obj
        page.TrimBox = Array([0, 0, *A4])
        page.BleedBox = page.MediaBox = Array([-BLEED, -BLEED, A4[0] + BLEED, A4[1] + BLEED])
    _describe(pdf, X4)
    pdf.trailer.Info.Trapped = Name("/False")
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String("FOGRA39"),
                RegistryName=String("http://www.color.org"),
                DestOutputProfile=Stream(pdf, cmyk_profile(), N=4),
            )
        ]
    )
    return pdf


def good_x1a() -> Pdf:
    """The same pages as PDF/X-1a, which no rule for it objects to."""
    pdf = good_print()
    replace_xmp(pdf, X4, X1A)
    pdf.trailer.Info.GTS_PDFXVersion = String("PDF/X-1a:2003")
    return pdf


def replace(pdf: Pdf, page: int, old: str, new: str) -> None:
    """Rewrite part of a page's content stream; the part must be there."""
    holder = pdf.pages[page - 1].obj
    content = holder.Contents.read_bytes().decode()
    assert old in content, f"{old!r} is not on page {page}"
    holder.Contents = Stream(pdf, content.replace(old, new).encode())


def replace_xmp(pdf: Pdf, old: str, new: str) -> None:
    """Rewrite part of the XMP packet; the part must be there."""
    packet = pdf.Root.Metadata.read_bytes().decode()
    assert old in packet, f"{old!r} is not in the XMP"
    pdf.Root.Metadata = Stream(
        pdf, packet.replace(old, new).encode(), Type=Name.Metadata, Subtype=Name.XML
    )


def own_resources(pdf: Pdf, page: int) -> pikepdf.Object:
    """Give a page resources of its own, so that breaking them breaks no other page."""
    holder = pdf.pages[page - 1].obj
    resources = pdf.make_indirect(Dictionary(dict(holder.Resources)))
    for key in ("/Font", "/XObject", "/ExtGState"):
        if key in resources:
            resources[key] = Dictionary(dict(resources[key]))
    holder.Resources = resources
    return resources


def renew_parent_tree(pdf: Pdf) -> None:
    """Let all tagged content and annotations of a changed file lead back to their tags."""
    rows: dict[int, list[object]] = {}
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        rows[number] = []
    singles: dict[int, object] = {}

    def walk(element: pikepdf.Object, page: pikepdf.Object | None) -> None:
        page = element.get("/Pg", page)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, Array) else [kids]:
            holder = kid.get("/Pg", page) if isinstance(kid, Dictionary) else page
            if isinstance(kid, Dictionary) and "/S" in kid:
                walk(kid, page)
            elif isinstance(kid, Dictionary) and "/Obj" in kid:
                kid.Obj.StructParent = 100 + len(singles)
                singles[100 + len(singles)] = element
            else:
                mcid = int(kid.MCID if isinstance(kid, Dictionary) else kid)
                row = rows[int(holder.StructParents)]
                row.extend([None] * (mcid + 1 - len(row)))
                row[mcid] = element

    walk(pdf.Root.StructTreeRoot.K, None)
    numbers: list[object] = []
    for number, row in rows.items():
        numbers += [number, Array(row)]
    for number, single in singles.items():
        numbers += [number, single]
    pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array(numbers))


def elements(pdf: Pdf, role: str) -> list[pikepdf.Object]:
    """Structure elements of a role, in order."""

    def walk(node: pikepdf.Object) -> list[pikepdf.Object]:
        found = [node] if str(node.S) == f"/{role}" else []
        for kid in node.K:
            if isinstance(kid, Dictionary) and "/S" in kid:
                found += walk(kid)
        return found

    found: list[pikepdf.Object] = walk(pdf.Root.StructTreeRoot.K)
    return found


def with_unlisted_xref_stream(pdf: Pdf) -> bytes:
    """A file whose cross-reference stream, as is common, has no entry for itself."""
    written = BytesIO()
    pdf.save(
        written,
        static_id=True,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.all,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    content = written.getvalue()
    widths = re.findall(rb"/W \[ (\d+) (\d+) (\d+) \]", content)[-1]
    end = content.rindex(b"\nendstream")
    entry = sum(map(int, widths))
    return content[: end - entry] + bytes(entry) + content[end:]
