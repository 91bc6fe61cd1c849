"""Tags for accessible PDF: turns the engine's boxes into a structure tree.

Takes the place of WeasyPrint's own tagging, so that one HTML element is one structure element
however many pages its boxes are spread over, notes are Reference and Note linked both ways, and
what only repeats or decorates is an artifact (ISO 14289-1, 7; ISO 19005-2, 6.7).

What the HTML says:

- ``lang`` on any element becomes its Lang;
- ``aria-hidden="true"`` and ``alt=""`` make an artifact;
- ``aria-label`` on a link, or on the note of a call, is what its annotation says (Contents);
  ``data-return-label`` on a note is what the link from its marker back to its call says;
- ``role="doc-toc"`` makes the lists inside a table of contents;
- ``scope`` on ``th``; ``alt`` on ``img``; ``<title>`` in ``svg``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint
from weasyprint.anchors import rectangle_aabb
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.logger import LOGGER

from .problems import ReportError
from .structure_tree import Annotation, Cell, Content, Element, prune, set_table_headers, write_tree

WRITTEN_FOR = "70.0"
"""The only WeasyPrint whose internals this module knows."""

Rectangle = tuple[float, float, float, float]

_SVG = "{http://www.w3.org/2000/svg}"

_ROLES = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "q": "Quote",
    "code": "Code",
    "img": "Figure",
    f"{_SVG}svg": "Figure",
    "figcaption": "Caption",
}
"""Structure types of HTML elements (ISO 32000-1, 14.8.4); the others are transparent."""

_IN_CONTENTS = {"L": "TOC", "LI": "TOCI"}

_INLINE = frozenset({"Link", "Quote", "Code", "Span", "Reference"})

_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

_LIST_NUMBERING = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "upper-roman": "UpperRoman",
    "lower-roman": "LowerRoman",
    "upper-alpha": "UpperAlpha",
    "lower-alpha": "LowerAlpha",
}
"""ListNumbering by list-style-type (ISO 32000-1, table 347); a drawn bullet is None."""

_LAST_GLYPH = re.compile(rb"([0-9a-f]{4})>\] TJ$")


@contextmanager
def installed() -> Iterator[None]:
    """Let WeasyPrint tag with this module while the context lasts.

    Raises ReportError when WeasyPrint is not the version this module was written for.
    """
    if weasyprint.__version__ != WRITTEN_FOR:
        raise ReportError(
            f"tagging knows WeasyPrint {WRITTEN_FOR}, not {weasyprint.__version__}: "
            "install the locked version, or adapt report/tagging.py and its tests"
        )
    original = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = original


def add_tags(
    pdf: pydyf.PDF,
    document: weasyprint.Document,
    _pdf_version: object,
    page_streams: list[pydyf.Stream],
) -> None:
    """Write the structure tree of ``document``; called by WeasyPrint for each file it writes.

    Logs an error through WeasyPrint's logger, as WeasyPrint does itself, for a document without
    language, a figure without alternative and a note that is not printed.
    """
    lang = document.metadata.lang
    if not lang:
        LOGGER.error('The document has no "lang" attribute at its root')
    tagger = _Tagger(pdf, lang)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tagger.tag_page(page._page_box, _Page.read(pdf, number, page, stream))
    tagger.link_notes()
    tagger.mark_artifacts()
    prune(tagger.tree)
    set_table_headers(tagger.tree)
    write_tree(pdf, tagger.tree, page_streams, tagger.vacant)
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


@dataclass(eq=False)
class _Page:
    """A page while it is tagged; ``contents`` are its marked contents by box."""

    number: int
    height: float
    scale: float
    dictionary: pydyf.Dictionary
    reference: bytes
    contents: dict[Any, Content]

    @classmethod
    def read(
        cls, pdf: pydyf.PDF, number: int, page: weasyprint.document.Page, stream: pydyf.Stream
    ) -> _Page:
        """Find the marked contents, in groups too: the engine numbers them with the page's."""
        reference = pdf.page_references[number]
        dictionary = pdf.objects[int(reference.split()[0])]
        left, _, right, _ = dictionary["MediaBox"]
        width = page.width + page.bleed["left"] + page.bleed["right"]
        by_mcid = {
            item["MCID"]: Content(number, part, index - 1)
            for part in _parts(pdf, stream)
            for index, item in enumerate(part.stream)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        contents = {box: by_mcid[tag["mcid"]] for box, tag in stream._tags.items()}
        scale = (right - left) / width
        return cls(number, page.height, scale, dictionary, reference, contents)

    def rectangle(self, matrix: Any, x: float, y: float, width: float, height: float) -> Rectangle:
        """A box in PDF's default user space: points, y upwards (ISO 32000-1, 8.3.2.3)."""
        x1, y1, x2, y2 = rectangle_aabb(matrix, x, y, width, height)
        return (
            x1 * self.scale,
            (self.height - y2) * self.scale,
            x2 * self.scale,
            (self.height - y1) * self.scale,
        )

    def drop_annotation(self, annotation: pydyf.Dictionary) -> None:
        """Take ``annotation`` off the page."""
        self.dictionary["Annots"].remove(annotation.reference)
        if not self.dictionary["Annots"]:
            del self.dictionary["Annots"]


def _parts(pdf: pydyf.PDF, stream: pydyf.Stream) -> list[pydyf.Stream]:
    """The content stream of a page and the groups (of ``opacity``) that it shows."""
    groups = (
        part
        for part in pdf.objects
        if isinstance(part, type(stream)) and part is not stream and part._tags is stream._tags
    )
    return [stream, *groups]


@dataclass(eq=False)
class _Spot:
    """Where one end of a note's link is printed, what it says and its Link element."""

    page: _Page
    rectangle: Rectangle
    text: str
    link: Element


@dataclass(eq=False)
class _Note:
    """A note; ``body`` is the page and rectangle where it is printed."""

    source: Any
    element: Element
    call: _Spot | None = None
    marker: _Spot | None = None
    body: tuple[_Page, Rectangle] | None = None


@dataclass(frozen=True)
class _Place:
    """What surrounds a box: its structure element, the block whose text it is part of, the
    transformation of the page and the annotation of the link around it."""

    page: _Page
    parent: Element
    block: Any = None
    matrix: Any = None
    annotation: pydyf.Dictionary | None = None


class _Tagger:
    def __init__(self, pdf: pydyf.PDF, lang: str | None) -> None:
        self.pdf = pdf
        self.tree = Element("Document", lang=lang)
        self.vacant: list[int] = []
        self.notes: dict[Any, _Note] = {}
        self.elements: dict[tuple[Any, str], Element] = {}
        self.decoration = _artifact("Layout")
        self.repeated = _artifact("Pagination")
        self.header = _artifact("Pagination", "Header")
        self.footer = _artifact("Pagination", "Footer")
        self.printed_groups: set[Any] = set()
        self.line_ends: dict[tuple[Any, str], tuple[str, Content]] = {}

    def tag_page(self, page_box: Any, page: _Page) -> None:
        """Add what is on a page to the tree."""
        for box in page_box.children:
            parent = self.tree
            if isinstance(box, boxes.MarginBox):
                parent = self.footer if box.at_keyword.startswith("@bottom") else self.header
            self.visit(box, _Place(page, parent))
        if page.contents:
            raise ReportError(f"page {page.number + 1} shows content that no box accounts for")

    def visit(self, box: Any, place: _Place) -> None:
        """Add a box and what it holds to the element around it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._add_text(box, place)
            return
        block, matrix = place.block, place.matrix
        if not isinstance(box, boxes.InlineLevelBox | boxes.LineBox):
            block = box.element
        if box.transformation_matrix:
            own = box.transformation_matrix
            matrix = own @ matrix if matrix else own
        place = _Place(place.page, place.parent, block, matrix, place.annotation)
        element = self._element(box, place)
        annotation = self._annotation(box, element, place)
        if isinstance(box, boxes.ReplacedBox):
            element.kids.append(place.page.contents.pop(box))
        inside = _Place(place.page, element, block, matrix, annotation)
        for child in box.children:
            self.visit(child, inside)

    def _add_text(self, box: Any, place: _Place) -> None:
        content = place.page.contents.pop(box, None)
        if content is None:
            return
        if box.style["visibility"] != "visible" or not box.text.strip("\u200b\u2060 \t\n"):
            self.decoration.kids.append(content)
            return
        place.parent.host(place.block).kids.append(content)
        self._soften_hyphen(box)
        self.line_ends[box.element, box.element_tag] = (box.text, content)

    def _soften_hyphen(self, box: Any) -> None:
        """Say that the hyphen before ``box`` is no part of its word, when the line before ends
        in a hyphen that the text does not have (ISO 32000-1, 14.8.2.2.3)."""
        text, content = self.line_ends.get((box.element, box.element_tag), ("", None))
        hyphen = box.style["hyphenate_character"]
        if content is None or not text.endswith(hyphen):
            return
        first, second = text.removesuffix(hyphen).split(), box.text.split()
        source = "".join(box.element.itertext()).replace("\u00ad", "").casefold()
        if first and second and f"{first[-1]}{second[0]}".casefold() in source:
            _mark_last_glyph(content, b"<feff00ad>")

    def _element(self, box: Any, place: _Place) -> Element:
        """The structure element for what ``box`` holds; may be the one around it."""
        parent, source = place.parent, box.element
        if parent.role == "Artifact" or source is None:
            return parent
        if box.is_leader or source.get("aria-hidden") == "true":
            return self.decoration
        if self._is_repeated(box):
            return self.repeated
        pseudo = box.element_tag.partition("::")[2]
        if pseudo == "" and source in self.notes:
            self._see_note(box, place)
        known = self.elements.get((source, pseudo))
        if known is None:
            known = self._new_element(box, pseudo, place)
        return known

    def _is_repeated(self, box: Any) -> bool:
        """Whether ``box`` is a table's header or footer, printed before on another page."""
        if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
            return False
        repeated = box.element in self.printed_groups
        self.printed_groups.add(box.element)
        return repeated

    def _new_element(self, box: Any, pseudo: str, place: _Place) -> Element:
        if pseudo == "":
            return self._element_of_tag(box, place)
        if pseudo == "footnote-call":
            return self._note_call(box, place)
        if pseudo == "footnote-marker":
            return self._note_marker(box, place)
        if pseudo == "marker" and (box.element, "") in self.elements:
            return self._item_label(box.element)
        return self.decoration if isinstance(box, boxes.ReplacedBox) else place.parent

    def _element_of_tag(self, box: Any, place: _Place) -> Element:
        parent, source = place.parent, box.element
        is_inline = isinstance(box, boxes.InlineLevelBox)
        lang = source.get("lang") or parent.lang
        in_contents = parent.in_contents or source.get("role") == "doc-toc"
        role = _ROLES.get(source.tag)
        if role == "Link" and box.link_annotation is None:
            role = None
        if role is None and (lang, in_contents) != (parent.lang, parent.in_contents):
            role = "Span" if is_inline else "Div"
        if role is None:
            return parent
        if role == "Figure" and source.get("alt") == "":
            return self.decoration
        if in_contents:
            role = _IN_CONTENTS.get(role, role)
        if role in _INLINE or (role == "Figure" and is_inline):
            parent = parent.host(place.block)
        if source.tag in ("dt", "dd"):
            parent = _description_item(parent, source.tag)
        element = parent.add(role, lang=lang)
        element.in_contents = in_contents
        _describe(element, box, place)
        if role == "LI":
            element = element.add("LBody")
        self.elements[source, ""] = element
        return element

    def _item_label(self, source: Any) -> Element:
        element = self.elements[source, ""]
        item = element.closest("LI", "TOCI") or element
        label = item.add("Lbl", first=True)
        self.elements[source, "marker"] = label
        return label

    def _note_call(self, box: Any, place: _Place) -> Element:
        """The call as Reference, and the place of the note: right after it, in the element
        that refers to it (ISO 32000-1, table 338); or after the heading of the call, lest the
        note be read as part of the heading."""
        source = box.element
        host = place.parent.host(place.block)
        link = host.add("Reference").add("Link")
        heading = host.closest(*_HEADINGS)
        around = heading.parent if heading and heading.parent else host
        element = around.add("Note", lang=source.get("lang"))
        element.identifier = self._note_identifier(source.get("id"))
        self.elements[source, ""] = element
        self.elements[source, "footnote-call"] = link
        self.notes[source] = _Note(source, element, call=_spot(box, place, link))
        return link

    def _note_identifier(self, html_id: str | None) -> str:
        taken = {note.element.identifier for note in self.notes.values()}
        identifier = html_id or f"note-{len(taken) + 1}"
        while identifier in taken:
            identifier += "-again"
        return identifier

    def _note_marker(self, box: Any, place: _Place) -> Element:
        link = place.parent.add("Lbl", first=True).add("Link")
        self.elements[box.element, "footnote-marker"] = link
        if note := self.notes.get(box.element):
            note.marker = _spot(box, place, link)
        return link

    def _see_note(self, box: Any, place: _Place) -> None:
        note = self.notes[box.element]
        if note.body is None:
            note.body = place.page, place.page.rectangle(place.matrix, *box.hit_area())

    def _annotation(self, box: Any, element: Element, place: _Place) -> pydyf.Dictionary | None:
        """Put the annotation of ``box`` in the tree; the one that its contents belong to.

        The engine makes one for each box inside a link as well: those only widen the first.
        """
        own = box.link_annotation
        if own is None:
            return place.annotation
        x1, y1, x2, y2 = own["Rect"]
        own["Rect"] = pydyf.Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
        link = element.closest("Link")
        if place.annotation is None and link is not None:
            own["Contents"] = pydyf.String(_link_text(box))
            link.kids.append(Annotation(place.page.number, own))
            return own
        place.page.drop_annotation(own)
        self.vacant.append(own.number)
        if place.annotation is not None:
            place.annotation["Rect"] = _union(place.annotation["Rect"], own["Rect"])
        return place.annotation

    def link_notes(self) -> None:
        """Link every call to its note and every note's marker back to its call."""
        for note in self.notes.values():
            if note.call is None or note.body is None:
                LOGGER.error("Note %s is not printed", note.element.identifier)
                continue
            label = note.source.get("aria-label") or note.call.text
            self._link(note.call, note.body, label)
            if note.marker:
                label = note.source.get("data-return-label") or note.marker.text
                self._link(note.marker, (note.call.page, note.call.rectangle), label)

    def _link(self, spot: _Spot, target: tuple[_Page, Rectangle], contents: str) -> None:
        page, (left, _, _, top) = target
        annotation = pydyf.Dictionary({
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(spot.rectangle),
            "BS": pydyf.Dictionary({"W": 0}),
            "F": 4,
            "Contents": pydyf.String(contents),
            "Dest": pydyf.Array([page.reference, "/XYZ", left, top, 0]),
        })
        self.pdf.add_object(annotation)
        spot.page.dictionary.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        spot.link.kids.append(Annotation(spot.page.number, annotation))

    def mark_artifacts(self) -> None:
        """Rewrite the marks of what is not in the tree (ISO 32000-1, 14.8.2.2)."""
        for artifact in (self.decoration, self.repeated, self.header, self.footer):
            for content in artifact.kids:
                assert isinstance(content, Content)
                content.stream.stream[content.index] = "/Artifact"
                content.properties.clear()
                content.properties.update(artifact.attributes)


def _artifact(type_: str, subtype: str | None = None) -> Element:
    """A collector of artifacts with the property list they get (ISO 32000-1, table 330)."""
    attributes = {"Type": f"/{type_}"}
    if subtype:
        attributes["Subtype"] = f"/{subtype}"
    return Element("Artifact", attributes=attributes)


def _describe(element: Element, box: Any, place: _Place) -> None:
    """Give a list, a cell or a figure the attributes of its kind (ISO 32000-1, 14.8.5)."""
    source = box.element
    if element.role == "L":
        style = box.style["list_style_type"]
        numbering = _LIST_NUMBERING.get(style, "None") if isinstance(style, str) else "None"
        element.attributes["ListNumbering"] = f"/{'None' if source.tag == 'dl' else numbering}"
    elif element.role in ("TH", "TD"):
        scope = _scope(element, source.get("scope")) if element.role == "TH" else None
        heads_group = source.get("scope") == "rowgroup"
        element.cell = Cell(box.colspan, max(1, box.rowspan), scope, heads_group)
    elif element.role == "Figure":
        x, y = box.content_box_x(), box.content_box_y()
        rectangle = place.page.rectangle(place.matrix, x, y, box.width, box.height)
        inline = isinstance(box, boxes.InlineLevelBox)
        element.attributes["Placement"] = "/Inline" if inline else "/Block"
        element.attributes["BBox"] = pydyf.Array(rectangle)
        element.alternative = _alternative(source)


def _scope(element: Element, scope: str | None) -> str:
    if scope is None:
        return "Column" if element.closest("THead") else "Row"
    return "Row" if scope in ("row", "rowgroup") else "Column"


def _alternative(source: Any) -> str | None:
    text = source.get("aria-label") or source.get("alt") or source.findtext(f"{_SVG}title")
    if not text:
        LOGGER.error("Figure %s has no alternative text", source.get("src", source.tag))
    return text


def _description_item(parent: Element, tag: str) -> Element:
    """The LI for a ``dt`` or ``dd``: terms that follow a description begin a new one."""
    items = list(parent.children())
    if items and (tag == "dd" or all(kid.role == "Lbl" for kid in items[-1].children())):
        return items[-1]
    return parent.add("LI")


def _spot(box: Any, place: _Place, link: Element) -> _Spot:
    rectangle = place.page.rectangle(place.matrix, *box.hit_area())
    return _Spot(place.page, rectangle, _printed_text(box), link)


def _link_text(box: Any) -> str:
    """What the annotation of a link says (ISO 14289-1, 7.18.5)."""
    label = box.element.get("aria-label")
    return label or " ".join("".join(box.element.itertext()).split()) or _printed_text(box)


def _printed_text(box: Any) -> str:
    pieces = (part.text for part in box.descendants() if isinstance(part, boxes.TextBox))
    return " ".join("".join(pieces).replace("\u2060", "").split())


def _union(one: Rectangle, other: Rectangle) -> pydyf.Array:
    return pydyf.Array([
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    ])


def _mark_last_glyph(content: Content, actual_text: bytes) -> None:
    """Wrap the last glyph of a marked content in a Span with ActualText."""
    stream = content.stream.stream
    end = stream.index(b"EMC", content.index)
    for index in range(end - 1, content.index, -1):
        item = stream[index]
        match = _LAST_GLYPH.search(item) if isinstance(item, bytes) else None
        if match:
            stream[index] = b"%s>] TJ\n/Span <</ActualText %s>> BDC\n[<%s>] TJ\nEMC" % (
                item[: match.start()], actual_text, match[1],
            )
            return
