"""The structure tree, read back out of written files."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
import weasyprint
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from report.typeset import tagging

FONTS = Path(__file__).parents[2] / "fonts" / "source-sans-3"

STYLE = f"""
@font-face {{ font-family: Text; src: url("{(FONTS / "SourceSans3-Regular.otf").as_uri()}") }}
@page {{
  size: 100mm 120mm; margin: 15mm;
  @top-left {{ content: "running head" }}
  @bottom-right {{ content: counter(page) }}
  @footnote {{ border-top: 1pt solid }}
}}
html {{ font: 12pt/1.25 Text }}
body {{ margin: 0 }}
p, ul, ol, h1, h2, table {{ margin: 0 0 12pt }}
table {{ border-collapse: collapse; width: 100% }}
.note {{ float: footnote; footnote-display: block }}
"""

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    "{}<rect width='20' height='10'/></svg>"
)

NOTE = (
    '<span class="note" id="note-7" aria-label="noot 7" data-back-label="terug uit noot 7">'
    "Body of the note.</span>"
)


@dataclass
class Node:
    """A structure element as it stands in the file."""

    role: str
    entries: Any
    reference: IndirectObject
    parent: Node | None
    nodes: list[Node] = field(default_factory=list)
    pieces: list[Any] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, in the order of the tree."""
        return "".join(x.text if isinstance(x, Node) else x for x in self.pieces)

    @property
    def outline(self) -> Any:
        """Roles and text as nested tuples: ("P", "text", ("Link", "here"))."""
        return (self.role, *(x.outline if isinstance(x, Node) else x for x in self.pieces))

    def all(self, role: str | None = None) -> Iterator[Node]:
        """This node and those below with ``role``."""
        if role in (None, self.role):
            yield self
        for node in self.nodes:
            yield from node.all(role)

    def one(self, role: str) -> Node:
        """The only node with ``role``."""
        (node,) = self.all(role)
        return node

    @property
    def attributes(self) -> Any:
        """Its attribute dictionary."""
        return self.entries["/A"]


class Tagged:
    """A written file with its tree."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = cast(Any, PdfReader(io.BytesIO(pdf)))
        self.root = self.reader.trailer["/Root"]["/StructTreeRoot"]
        self.pages = [page.indirect_reference for page in self.reader.pages]
        self.texts = _texts_by_mcid(self.reader)
        (top,) = self.root["/K"]
        self.tree = self._node(top, None)

    def _node(self, reference: Any, parent: Node | None) -> Node:
        entries = reference.get_object()
        node = Node(entries["/S"][1:], entries, reference, parent)
        for kid in entries["/K"]:
            if isinstance(kid, IndirectObject):
                child = self._node(kid, node)
                node.nodes.append(child)
                node.pieces.append(child)
            elif isinstance(kid, dict) and kid["/Type"] == "/OBJR":
                node.annotations.append(kid["/Obj"])
            else:
                page, mcid = entries.raw_get("/Pg") if "/Pg" in entries else None, kid
                if isinstance(kid, dict):
                    assert kid["/Type"] == "/MCR"
                    page, mcid = dict.__getitem__(kid, "/Pg"), kid["/MCID"]
                place = self.pages.index(page), int(mcid)
                node.contents.append(place)
                node.pieces.append(self.texts.get(place, ""))
        return node

    def marks(self, page: int) -> list[tuple[str, Any]]:
        """Tag and property list of each marked content of a page."""
        contents = self.reader.pages[page].get_contents()
        return [
            (operands[0], operands[1] if len(operands) > 1 else {})
            for operands, operator in ContentStream(contents, self.reader).operations
            if operator in (b"BDC", b"BMC")
        ]


def _texts_by_mcid(reader: Any) -> dict[tuple[int, int], str]:
    """What is shown, or said to be shown, in each marked content: by page and MCID."""
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(reader.pages):
        fonts = {
            name: dict(
                re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font["/ToUnicode"].get_data())
            )
            for name, font in page["/Resources"]["/Font"].items()
        }
        marks: list[Any] = []
        unicode = {}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            shown = ""
            if operator in (b"BDC", b"BMC"):
                marks.append(operands[1] if operator == b"BDC" else {})
                shown = marks[-1].get("/ActualText", "")
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"Tf":
                unicode = fonts[operands[0]]
            elif operator == b"TJ" and not any("/ActualText" in mark for mark in marks):
                glyphs = b"".join(
                    x.original_bytes for x in operands[0] if hasattr(x, "strip")
                ).hex()
                codes = (unicode[glyphs[at : at + 4].encode()] for at in range(0, len(glyphs), 4))
                shown = bytes.fromhex(b"".join(codes).decode()).decode("utf-16-be")
            for mcid in (int(mark["/MCID"]) for mark in marks if "/MCID" in mark):
                texts[number, mcid] = texts.get((number, mcid), "") + shown
    return texts


def write(body: str, style: str = "", **options: Any) -> bytes:
    """Typeset ``body`` with our tags."""
    html = f'<html lang="nl"><title>Test</title><style>{STYLE}{style}</style>{body}'
    options = {"pdf_variant": "pdf/ua-1", **options}
    with tagging.installed():
        pdf: bytes = weasyprint.HTML(string=html).write_pdf(**options)
    return pdf


def tag(body: str, style: str = "") -> Tagged:
    """Typeset ``body`` and read the tree."""
    return Tagged(write(body, style))


def outline(body: str, style: str = "") -> Any:
    """The children of Document for ``body``, as nested tuples."""
    return tag(body, style).tree.outline[1:]


def lines(count: int) -> str:
    """Text of that many lines."""
    return "<br>".join(f"line {number}" for number in range(1, count + 1))


def test_sections_headings_and_paragraphs() -> None:
    """Main, article and section group headings, paragraphs and quotations in order."""
    body = """<main><h1>A</h1><article><h2>B</h2><p>C <em>d</em> e</p>
    <section><h3>F</h3><blockquote><p>G</p></blockquote></section></article></main>"""
    assert outline(body) == (
        ("Part", ("H1", "A"), ("Art", ("H2", "B"), ("P", "C ", "d", " e"),
         ("Sect", ("H3", "F"), ("BlockQuote", ("P", "G"))))),
    )  # fmt: skip


def test_loose_text_becomes_a_paragraph() -> None:
    """Text straight in a grouping element is wrapped in P, one for each block."""
    body = "<section>a <b>b</b><p>c</p>d</section><div>e</div><div>f</div>"
    assert outline(body) == (
        ("Sect", ("P", "a ", "b"), ("P", "c"), ("P", "d")), ("P", "e"), ("P", "f"),
    )  # fmt: skip


def test_paragraph_over_two_pages_is_one() -> None:
    """A paragraph split over pages is one P that refers to the content of both."""
    file = tag(f"<p>{lines(25)}</p>")
    paragraph = file.tree.one("P")
    assert {page for page, _ in paragraph.contents} == {0, 1}
    references = [kid for kid in paragraph.entries["/K"] if isinstance(kid, DictionaryObject)]
    assert {kid.raw_get("/Pg") for kid in references} == {file.pages[1]}
    assert paragraph.text.split() == re.findall(r"line|\d+", lines(25))


def test_list_over_two_pages_is_one() -> None:
    """A list split over pages, in the middle of an item too, keeps its items whole."""
    file = tag(f"<ol><li>{lines(13)}</li><li>{lines(13)}</li><li>last</li></ol>")
    (list_,) = file.tree.nodes
    assert [[kid.role for kid in item.nodes] for item in list_.nodes] == [["Lbl", "LBody"]] * 3
    assert {page for page, _ in list_.nodes[1].nodes[1].contents} == {0, 1}


@pytest.mark.parametrize(
    ("tag_name", "style", "numbering", "label"),
    [
        ("ol", "decimal", "/Decimal", "1. "),
        ("ol", "lower-alpha", "/LowerAlpha", "a. "),
        ("ul", "disc", "/Disc", "• "),
        ("ul", "'› '", "/None", "› "),
    ],
)
def test_list_labels(tag_name: str, style: str, numbering: str, label: str) -> None:
    """An item's marker is its label and the list says how it is numbered."""
    body = f"<{tag_name}><li>text</li></{tag_name}>"
    list_ = tag(body, f"li {{ list-style-type: {style} }}").tree.one("L")
    assert list_.outline == ("L", ("LI", ("Lbl", label), ("LBody", "text")))
    expected = "/Disc" if tag_name == "ul" else "/Decimal"
    assert list_.attributes["/ListNumbering"] == expected
    styled = tag(body, f"{tag_name} {{ list-style-type: {style} }}").tree.one("L")
    assert styled.attributes == {"/O": "/List", "/ListNumbering": numbering}


def test_blocks_in_a_cell_are_paragraphs() -> None:
    """Blocks inside a cell or an item are paragraphs; text of its own stays as it is."""
    body = """<table><tr><td><span>a</span><span>b</span></td><td>c <em>d</em></td></tr></table>
    <ul><li><span>e</span><span>f</span></ul>"""
    tree = tag(body, "span { display: block } li { list-style: none }").tree
    assert [cell.outline for cell in tree.all("TD")] == [
        ("TD", ("P", "a"), ("P", "b")),
        ("TD", "c ", "d"),
    ]
    assert tree.one("LBody").outline == ("LBody", ("P", "e"), ("P", "f"))


def test_nested_and_description_lists() -> None:
    """A nested list stands in the body of its item; dt and dd are label and body of an item."""
    body = """<ul><li>a<ul><li><p>b</p></ul></ul>
    <dl><dt>c</dt><dd>d</dd><div><dt>e</dt><dd>f</dd></div></dl>"""
    assert outline(body, "ul { list-style: none }") == (
        ("L", ("LI", ("LBody", "a", ("L", ("LI", ("LBody", ("P", "b"))))))),
        ("L", ("LI", ("Lbl", "c"), ("LBody", "d")), ("LI", ("Lbl", "e"), ("LBody", "f"))),
    )


def test_table_over_two_pages_is_one() -> None:
    """A table split over pages is one Table; its repeated header is an artifact."""
    rows = "".join(f"<tr><th scope=row>r{row}</th><td>c{row}</td></tr>" for row in range(22))
    head = "<thead><tr><th scope=col>Alpha</th><th scope=col>Beta</th></tr></thead>"
    file = tag(f"<table><caption>Cap</caption>{head}<tbody>{rows}</tbody></table>")
    table = file.tree.one("Table")
    assert [kid.role for kid in table.nodes] == ["Caption", "THead", "TBody"]
    assert table.nodes[1].text == "AlphaBeta"
    assert [row.text for row in table.nodes[2].nodes] == [f"r{n}c{n}" for n in range(22)]
    assert {page for cell in table.all("TD") for page, _ in cell.contents} == {0, 1}
    repeated = [mark for mark in file.marks(1) if mark == ("/Artifact", {"/Type": "/Pagination"})]
    assert len(repeated) == 2


def test_simple_table_has_scopes_only() -> None:
    """Header cells without spans get Scope, from the attribute or from where they stand."""
    body = """<table><thead><tr><th>a</th><th scope=col>b</th></tr></thead>
    <tr><th>c</th><td></td></tr></table>"""
    table = tag(body).tree.one("Table")
    scopes = [cell.attributes["/Scope"] for cell in table.all("TH")]
    assert scopes == ["/Column", "/Column", "/Row"]
    assert not any("/ID" in cell.entries for cell in table.all("TH"))
    assert list(table.one("TD").entries["/K"]) == []


def test_spanning_cells_have_headers_by_id() -> None:
    """In a table with spans every cell names its headers, a spanning group cell included."""
    body = """<table><thead><tr><th scope=col>L</th><th scope=col>M</th><th scope=col>S</th></tr>
    </thead><tbody><tr><th scope=rowgroup rowspan=2>BE</th><th scope=row>m1</th><td>s1</td></tr>
    <tr><th scope=row>m2</th><td>s2</td></tr></tbody>
    <tbody><tr><th scope=rowgroup colspan=3>EU</th></tr>
    <tr><td>x</td><th scope=row>m3</th><td>s3</td></tr></tbody></table>"""
    file = tag(body)
    cells = {cell.text: cell for role in ("TH", "TD") for cell in file.tree.all(role)}
    by_id = {cell.entries.get("/ID"): text for text, cell in cells.items()}
    headers = {
        text: {by_id[name] for name in cell.attributes.get("/Headers", [])}
        for text, cell in cells.items()
        if "/A" in cell.entries
    }
    assert headers["s1"] == {"S", "BE", "m1"}
    assert headers["s2"] == {"S", "BE", "m2"}
    assert headers["m2"] == {"M", "BE"}
    assert headers["s3"] == {"S", "EU", "m3"}
    assert headers["M"] == set()
    assert cells["BE"].attributes["/RowSpan"] == 2
    assert cells["BE"].attributes["/Scope"] == "/Row"
    assert cells["EU"].attributes["/ColSpan"] == 3
    names = file.root["/IDTree"]["/Names"]
    assert {name: kid.idnum for name, kid in zip(names[::2], _raw(names)[1::2], strict=True)} == {
        cell.entries["/ID"]: cell.reference.idnum
        for cell in cells.values()
        if "/ID" in cell.entries
    }


def _raw(array: Any) -> list[Any]:
    return list.__getitem__(array, slice(None))


def test_note_follows_its_reference() -> None:
    """The call is Reference with Link; Note with ID and label comes right after it."""
    file = tag(f"<p>Before{NOTE} after.</p>")
    assert file.tree.one("P").outline == (
        "P",
        "Before",
        ("Reference", ("Link", "1")),
        ("Note", ("Lbl", ("Link", "1. ")), "Body of the note."),
        " after.",
    )
    note = file.tree.one("Note")
    assert note.entries["/ID"] == "note-7"
    names = file.root["/IDTree"]["/Names"]
    assert (names[0], _raw(names)[1]) == ("note-7", note.reference)


def test_note_and_call_are_linked_both_ways() -> None:
    """The call's annotation leads to the note and the marker's back to the call, in words."""
    file = tag(f"<p>first page</p><p style='break-before: page'>Call{NOTE}</p>")
    call, marker = (link.annotations[0] for link in file.tree.all("Link"))
    assert (call["/Contents"], marker["/Contents"]) == ("noot 7", "terug uit noot 7")
    assert all(annotation["/F"] == 4 for annotation in (call, marker))
    assert {_raw(call["/Dest"])[0], _raw(marker["/Dest"])[0]} == {file.pages[1]}
    for annotation, target in ((call, marker), (marker, call)):
        left, bottom, right, top = target["/Rect"]
        _, kind, x, y, _ = annotation["/Dest"]
        assert kind == "/XYZ"
        assert left - 1 < x < right
        assert bottom < y <= top + 1
    page = file.reader.pages[1]
    assert [kid.get_object() for kid in page["/Annots"]] == [call, marker]
    left, bottom, right, top = call["/Rect"]
    assert 15 * 72 / 25.4 < left < right < 100 * 72 / 25.4
    assert bottom < 105 * 72 / 25.4 - 12 < top


def test_note_without_words_says_what_is_printed() -> None:
    """Without aria-label the annotations of a note say the call and the marker."""
    file = tag('<p>a<span class="note">b</span></p>')
    said = [link.annotations[0]["/Contents"] for link in file.tree.all("Link")]
    assert said == ["1", "1."]
    assert file.tree.one("Note").entries["/ID"] == "note-1"


def test_note_identifiers_are_unique() -> None:
    """Notes with one id in the HTML still have different IDs."""
    other = NOTE.replace("note-7", "a")
    file = tag(f"<p>a{NOTE}</p><p>b{NOTE}</p><p>c{other}</p>")
    identifiers = [note.entries["/ID"] for note in file.tree.all("Note")]
    assert identifiers == ["note-7", "note-7-again", "a"]
    assert list(file.root["/IDTree"]["/Names"][::2]) == sorted(identifiers)


def test_note_of_a_heading_stands_after_it() -> None:
    """A note called in a heading is not read as part of the heading."""
    assert outline(f"<h2>Title{NOTE}</h2><p>Text</p>")[:2] == (
        ("H2", "Title", ("Reference", ("Link", "1"))),
        ("Note", ("Lbl", ("Link", "1. ")), "Body of the note."),
    )


def test_notes_in_items_and_cells() -> None:
    """Notes called in a list item and in a table cell stand there too."""
    body = '<ul><li>a<span class="note">b</span></ul><table><td>c<span class="note">d</span>'
    tree = tag(body).tree
    around = [note.parent.role for note in tree.all("Note") if note.parent]
    assert around == ["LBody", "TD"]
    assert [note.text for note in tree.all("Note")] == ["1. b", "2. d"]


def test_links_in_a_note_keep_their_place() -> None:
    """A link inside a note is a Link in the Note with the address as its description."""
    body = (
        '<p>a<span class="note">See <a href="https://a.example/b">https://a.example/b</a>.</span>'
    )
    link = tag(body).tree.one("Note").nodes[1]
    assert link.outline == ("Link", "https://a.example/b")
    assert link.annotations[0]["/Contents"] == "https://a.example/b"


def test_table_of_contents() -> None:
    """Lists inside role=doc-toc are TOC and TOCI; leaders are artifacts between words."""
    body = """<nav role="doc-toc"><h2>Contents</h2><ol><li><a href="#a">First <em>one</em></a>
    <ol><li><a href="#a">Sub</a></li></ol></li></ol></nav><h2 id="a">First one</h2>"""
    style = """li { list-style: none }
    a::after { content: leader('.') target-counter(attr(href), page) }"""
    file = tag(body, style)
    assert file.tree.one("Sect").outline == (
        "Sect",
        ("H2", "Contents"),
        ("TOC", ("TOCI", ("Reference", ("Link", "First ", "one ", "1")),
                 ("TOC", ("TOCI", ("Reference", ("Link", "Sub ", "1")))))),
    )  # fmt: skip
    assert [link.annotations[0]["/Contents"] for link in file.tree.all("Link")] == [
        "First one",
        "Sub",
    ]
    assert ("/Artifact", {"/Type": "/Layout"}) in file.marks(0)


def test_link_has_one_annotation_for_each_line() -> None:
    """A link with elements inside has one annotation a line, all in one Link."""
    body = '<p>see <a href="https://a.example/" aria-label="A">some <em>link text</em> on lines'
    file = tag(body, "p { width: 30mm }")
    link = file.tree.one("Link")
    annotations = file.reader.pages[0]["/Annots"]
    assert len(annotations) == 2
    assert [kid.get_object() for kid in annotations] == link.annotations
    plain = write(body, "p { width: 30mm }", uncompressed_pdf=True)
    assert plain.count(b"/Subtype /Link") == 2
    assert {annotation["/Contents"] for annotation in link.annotations} == {"A"}
    for left, bottom, right, top in (annotation["/Rect"] for annotation in link.annotations):
        assert left < right
        assert 10 < top - bottom < 20


def test_links_have_room_for_a_finger() -> None:
    """Small calls on lines of no height, beside each other and a link, each have an area."""
    body = f'<p><a href="https://a.example/">word</a>{NOTE} {NOTE}<br>word{NOTE}</p>'
    style = ".note::footnote-call { font-size: 6pt; line-height: 0; vertical-align: super }"
    file = tag(body, style)
    areas = [link.annotations[0]["/Rect"] for link in file.tree.all("Link")]
    link, one, _, two, _, three, _ = areas
    assert link[2] <= one[0] + 0.01
    assert one[2] <= two[0] + 0.01
    for left, bottom, right, top in (two, three):
        assert right - left == pytest.approx(12)
        assert top - bottom >= 8
    assert one[3] - one[1] >= 8


def test_area_of_a_link_is_its_text_where_the_line_is_lower() -> None:
    """A link reaches from ascender to descender however tight its lines are."""
    file = tag('<p style="line-height: 0.2"><a href="https://a.example/">words</a></p>')
    (annotation,) = file.tree.one("Link").annotations
    _, bottom, _, top = annotation["/Rect"]
    assert 13 < top - bottom < 17


def test_link_that_begins_with_a_block() -> None:
    """The empty line before a block in a link gets no annotation."""
    body = '<p><a href="https://a.example/"><span style="display: block">a</span> b</a></p>'
    file = tag(body)
    (annotation,) = file.tree.one("Link").annotations
    left, _, right, _ = annotation["/Rect"]
    assert left < right
    assert len(file.reader.pages[0]["/Annots"]) == 1


def test_link_is_as_wide_as_the_picture_in_it() -> None:
    """The annotation of a link covers an image that is larger than the line."""
    picture = ICON.format("<title>T</title>").replace("10", "60", 1)
    file = tag(f'<p><a href="https://a.example/">{picture}</a></p>')
    (annotation,) = file.tree.one("Link").annotations
    left, bottom, right, top = annotation["/Rect"]
    assert top - bottom >= 45
    assert right - left >= 15
    assert annotation["/Contents"] == "T"


def test_figures() -> None:
    """A figure has its alternative, its place in points from below and how it is placed."""
    body = f"<p>x</p><div style='width:20px'>{ICON.format('<title>Done</title>')}</div>"
    figure = tag(body, "svg { display: block }").tree.one("Figure")
    assert figure.entries["/Alt"] == "Done"
    assert figure.attributes["/O"] == "/Layout"
    assert figure.attributes["/Placement"] == "/Block"
    left, top = 15 * 72 / 25.4, 105 * 72 / 25.4 - 15 - 12
    assert list(figure.attributes["/BBox"]) == pytest.approx(
        [left, top - 7.5, left + 15, top], abs=0.1
    )


def test_figure_in_a_turned_box() -> None:
    """The place of a figure follows the transformation of the page."""
    body = f"<div class=turn>{ICON.format('<title>Done</title>')}</div>"
    figure = tag(body, ".turn { transform: rotate(90deg); width: 20px } svg { display: block }")
    left, bottom, right, top = figure.tree.one("Figure").attributes["/BBox"]
    assert (right - left, top - bottom) == pytest.approx((7.5, 15), abs=0.1)


def test_figure_with_caption() -> None:
    """A figure and its caption stand together; an image in a line is placed inline."""
    icon = ICON.format("<title>T</title>")
    file = tag(f"<figure><p>{icon} b</p><figcaption>Cap</figcaption></figure>")
    assert file.tree.one("Div").outline == ("Div", ("P", ("Figure", ""), " b"), ("Caption", "Cap"))
    assert file.tree.one("Figure").attributes["/Placement"] == "/Inline"


def test_language_of_passages() -> None:
    """An element says its language only where that differs from what is around it."""
    body = """<p>a <span lang="fr">b</span> <em lang="nl">c</em></p><p lang="fr">d</p>
    <div lang="fr"><p lang="fr">e</p></div>"""
    file = tag(body)
    languages = {node.text.strip(): node.entries.get("/Lang") for node in file.tree.all()}
    assert languages["b"] == "fr"
    assert languages["d"] == "fr"
    assert [(node.role, node.entries.get("/Lang")) for node in file.tree.nodes] == [
        ("P", None), ("P", "fr"), ("Div", "fr"),
    ]  # fmt: skip
    assert file.tree.one("Div").nodes[0].entries.get("/Lang") is None
    assert [node.text for node in file.tree.all("Span")] == ["b "]
    assert file.reader.trailer["/Root"]["/Lang"] == "nl"


def test_artifacts() -> None:
    """Margin boxes, hidden text, images with alt="" or from CSS are artifacts, not in the tree."""
    icon = "data:image/svg+xml," + ICON.format("").replace("#", "%23").replace('"', "'")
    body = f'<p>real</p><p aria-hidden="true">hidden <a>x</a></p><p><img src="{icon}" alt="">'
    file = tag(
        body + "<p class=unseen>x</p>",
        f"""
        img::before {{ content: "" }} p:first-child::before {{ content: url("{icon}") }}
        .unseen {{ visibility: hidden }}
    """,
    )
    assert file.tree.outline == ("Document", ("P", "real"))
    marks = file.marks(0)
    assert ("/Artifact", {"/Type": "/Pagination", "/Subtype": "/Header"}) in marks
    assert ("/Artifact", {"/Type": "/Pagination", "/Subtype": "/Footer"}) in marks
    assert marks.count(("/Artifact", {"/Type": "/Layout"})) == 5
    assert [mark for mark in marks if mark[0] != "/Artifact"] == [("/P", {"/MCID": 0})]


def test_no_annotation_on_an_artifact() -> None:
    """A link in hidden content leaves no annotation, which would stand outside the tree."""
    file = tag('<p>a</p><p aria-hidden="true"><a href="https://a.example/">b</a></p>')
    assert "/Annots" not in file.reader.pages[0]


def test_no_empty_elements() -> None:
    """Elements without content are left out."""
    body = "<section><div></div><p> </p><h2></h2><ul><li></li></ul></section><p>a<span></span></p>"
    assert outline(body, "li { list-style: none }") == (("P", "a"),)


def test_parent_tree() -> None:
    """Every marked content and every annotation is found back from its number."""
    file = tag(
        f'<p>{lines(20)} <a href="https://a.example/">b</a>{NOTE}</p>{ICON.format("<title>T</title>")}'
    )
    numbers = _raw(file.root["/ParentTree"]["/Nums"])
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert sorted(parents) == list(range(len(parents)))
    assert file.root["/ParentTreeNextKey"] == len(parents)
    found = 0
    for node in file.tree.all():
        for page, mcid in node.contents:
            key = file.reader.pages[page]["/StructParents"]
            assert _raw(parents[key])[mcid] == node.reference
            found += 1
        for annotation in node.annotations:
            assert parents[annotation["/StructParent"]] == node.reference
    assert found == sum(len(parents[key]) for key in range(len(file.pages)))
    marked = [mark for page in (0, 1) for mark in file.marks(page) if "/MCID" in mark[1]]
    assert len(marked) == found


def test_transparent_content_is_tagged() -> None:
    """Content of a group, made by opacity, is referred to in the stream of the group."""
    file = tag('<p>a</p><p style="opacity:.5">b</p>')
    (reference,) = list(file.tree.all("P"))[1].entries["/K"]
    group = reference["/Stm"]
    assert group["/Subtype"] == "/Form"
    parents = _raw(file.root["/ParentTree"]["/Nums"])
    assert list(file.tree.all("P"))[1].reference in parents[2 * group["/StructParents"] + 1]


def test_words_stay_apart() -> None:
    """The space at a line end and between elements is in the text; not where it has none."""
    file = tag("<p>one two <b>three</b> four/five</p>", "p { width: 12mm }")
    assert file.tree.one("P").text == "one two three four/five"
    file = tag("<p><b>one</b> <i>two</i> <b>three</b></p>", "p { width: 16mm }")
    assert file.tree.one("P").text == "one two three"
    file = tag("<p>o&shy;ne t&shy;wo</p>", "p { width: 9mm; hyphens: none }")
    assert file.tree.one("P").text == "one two"
    address = "https://a.example/very/long/address"
    file = tag(f"<p>{address} <br>b</p>", "p { width: 20mm; overflow-wrap: anywhere }")
    assert file.tree.one("P").text == f"{address} b"


def test_word_keeps_whole_with_a_lone_word_in_its_font() -> None:
    """A word alone in its font, without a space glyph to use, is set apart by its text."""
    source = (FONTS / "SourceSans3-Bold.otf").as_uri()
    style = f"""@font-face {{ font-family: Lone; src: url({source}) }}
    b {{ font-family: Lone }} p {{ width: 10mm }}"""
    file = tag("<p>aaa <b>bbbb</b> cccc</p>", style)
    assert [mark[1] for mark in file.marks(0) if mark[0] == "/Span"] == [{"/ActualText": "b "}]


def test_incidental_hyphens_are_soft() -> None:
    """A hyphen of the typesetter is told apart from one of the text."""
    style = 'p { width: 20mm; hyphens: auto; hyphenate-character: "-" }'
    soft = tag("<p>mensenrechtenorganisaties</p>", style)
    spans = [properties for name, properties in soft.marks(0) if name == "/Span"]
    assert spans
    assert all(properties == {"/ActualText": "\u00ad"} for properties in spans)
    style = (
        "p { width: 20mm; hyphens: manual; hyphenate-character: '-'; text-transform: uppercase }"
    )
    shown = tag("<p>Mensen&shy;rechten&shy;organi&shy;saties</p>", style).marks(0)
    assert [mark[1] for mark in shown if mark[0] == "/Span"] == [{"/ActualText": "\u00ad"}] * 3
    both = tag("<p>mensen&shy;rechten en mensen-rechten</p>", style).marks(0)
    assert [mark[1] for mark in both if mark[0] == "/Span"] == [{"/ActualText": "\u00ad"}]
    hard = tag("<p>mensen-rechten-org</p>", style)
    assert [mark for mark in hard.marks(0) if mark[0] == "/Span"] == []


def test_catalog() -> None:
    """The file says that it is tagged and shows its title."""
    root = tag("<p>a").reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}


def test_same_input_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs give the same file."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    body = f'<p>a{NOTE} <a href="https://a.example/">b <em>c</em></a></p><ul><li>d</ul>'
    assert write(body) == write(body)


def test_several_files_from_one_layout() -> None:
    """A layout can be written again, without links too, and its tree is that of a fresh one."""
    html = f'<html lang="nl"><title>T</title><style>{STYLE}</style><p><a href="https://a.example/">b</a>'
    document = weasyprint.HTML(string=html).render()
    with tagging.installed():
        first, second = (
            Tagged(document.copy().write_pdf(pdf_variant="pdf/ua-1")) for _ in range(2)
        )
        document.pages[0].links.clear()
        third = Tagged(document.copy().write_pdf(pdf_variant="pdf/ua-1"))
    assert first.tree.outline == second.tree.outline == ("Document", ("P", ("Link", "b")))
    assert third.tree.outline == ("Document", ("P", "b"))


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>a</p>", 'no "lang" attribute'),
        (f'<html lang="nl"><p>{ICON.format("")}', "has no alternative text"),
    ],
)
def test_missing_words_are_logged(
    html: str, message: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing language or alternative is an error in the engine's log."""
    monkeypatch.setattr(logging.getLogger("weasyprint"), "propagate", True)
    with tagging.installed():
        weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert any(message in error for error in errors), errors


def test_installed_while_asked_for() -> None:
    """The engine is left as it was."""
    original = weasyprint.pdf.add_tags
    with tagging.installed():
        assert weasyprint.pdf.add_tags is tagging.add_tags
    assert weasyprint.pdf.add_tags is original
