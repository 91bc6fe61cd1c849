"""Tags for accessible PDF: turns the engine's boxes into a structure tree.

Takes the place of WeasyPrint's own tagging, so that one HTML element is one structure element
however many pages its boxes are spread over, notes are Reference and Note linked both ways, and
what only repeats or decorates is an artifact (ISO 14289-1, 7; ISO 19005-2, 6.7).

What the HTML says:

- ``lang`` on any element becomes its Lang;
- ``aria-hidden="true"`` and ``alt=""`` make an artifact;
- ``aria-label`` on a link, or on the note of a call, is what its annotation says (Contents);
  ``data-back-label`` on a note is what the link from its marker back to its call says;
- ``role="doc-toc"`` makes the lists inside a table of contents;
- ``role="doc-noteref"`` on a link makes another call of a note;
- ``data-summary`` on ``table`` says in words what it shows (Summary);
- ``scope`` on ``th``; ``alt`` on ``img``; ``<title>`` in ``svg``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pydyf
import weasyprint
from weasyprint.anchors import rectangle_aabb
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.logger import LOGGER
from weasyprint.pdf.stream import Stream

from ..problems import ReportError
from .areas import Rectangle, link_areas
from .spaces import INVISIBLE, Words, runs_right_to_left, spoken
from .structure_tree import (
    Annotation,
    Cell,
    Content,
    Element,
    prune,
    set_table_headers,
    write_tree,
)

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
    "figure": "Div",
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


@contextmanager
def installed() -> Iterator[None]:
    """Let WeasyPrint tag with this module while the context lasts."""
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
    page_streams: list[Stream],
) -> None:
    """Write the structure tree of ``document``; called by WeasyPrint for each file it writes.

    Logs an error through WeasyPrint's logger, as WeasyPrint does itself, for a document without
    language, a figure without alternative and a note that is not printed.
    """
    if not document.metadata.lang:
        LOGGER.error('The document has no "lang" attribute at its root')
    tagger = _Tagger(pdf, document)
    for laid_out, page in zip(
        document.pages, _read_pages(pdf, document, page_streams), strict=True
    ):
        tagger.tag_page(laid_out._page_box, page)
    tagger.link_notes()
    tagger.give_links_room()
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

    def rectangle(self, matrix: Any, x: float, y: float, width: float, height: float) -> Rectangle:
        """A box in PDF's default user space: points, y upwards (ISO 32000-1, 8.3.2.3)."""
        x1, y1, x2, y2 = rectangle_aabb(matrix, x, y, width, height)
        return (
            x1 * self.scale,
            (self.height - y2) * self.scale,
            x2 * self.scale,
            (self.height - y1) * self.scale,
        )

    def area(self, box: Any, matrix: Any) -> Rectangle:
        """What ``box`` takes up: its lines, and its text where that is higher than a line."""
        x, y, width, height = box.hit_area()
        texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
        top = min([y, *(text.border_box_y() for text in texts)])
        bottom = max([y + height, *(text.border_box_y() + text.height for text in texts)])
        return self.rectangle(matrix, x, top, width, bottom - top)

    def drop_annotation(self, annotation: pydyf.Dictionary) -> None:
        """Take ``annotation`` off the page."""
        self.dictionary["Annots"].remove(annotation.reference)
        if not self.dictionary["Annots"]:
            del self.dictionary["Annots"]


def _read_pages(
    pdf: pydyf.PDF, document: weasyprint.Document, page_streams: list[Stream]
) -> Iterator[_Page]:
    """The pages with their marked contents, those in groups (of ``opacity``) included, which
    the engine numbers together with the page's own."""
    parts: dict[int, list[Stream]] = defaultdict(list)
    for part in pdf.objects:
        if isinstance(part, Stream):
            parts[id(part._tags)].append(part)
    pages = zip(document.pages, page_streams, pdf.page_references, strict=True)
    for number, (page, stream, reference) in enumerate(pages):
        by_mcid = {
            item["MCID"]: Content(number, part, index - 1)
            for part in parts[id(stream._tags)]
            for index, item in enumerate(part.stream)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        contents = {box: by_mcid[tag["mcid"]] for box, tag in stream._tags.items()}
        dictionary = pdf.objects[int(reference.split()[0])]
        left, _, right, _ = dictionary["MediaBox"]
        scale = (right - left) / (page.width + page.bleed["left"] + page.bleed["right"])
        yield _Page(number, page.height, scale, dictionary, reference, contents)


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
    """What surrounds a box: its structure element, the HTML element of its block, its line,
    the transformation of the page and the annotation of the link around it."""

    page: _Page
    parent: Element
    block: Any = None
    line: Any = None
    matrix: Any = None
    annotation: pydyf.Dictionary | None = None


class _Tagger:
    def __init__(self, pdf: pydyf.PDF, document: weasyprint.Document) -> None:
        self.pdf = pdf
        self.tree = Element("Document", lang=document.metadata.lang)
        self.words = Words(document.fonts.values())
        self.vacant: list[int] = []
        self.notes: dict[Any, _Note] = {}
        self.elements: dict[tuple[Any, str], Element] = {}
        self.decoration = _artifact("Layout")
        self.repeated = _artifact("Pagination")
        self.header = _artifact("Pagination", "Header")
        self.footer = _artifact("Pagination", "Footer")
        self.printed_groups: set[Any] = set()
        self.identifiers: set[str] = set()
        self.links: dict[_Page, list[pydyf.Dictionary]] = defaultdict(list)

    def tag_page(self, page_box: Any, page: _Page) -> None:
        """Add what is on a page to the tree."""
        for box in page_box.children:
            parent = self._margin(box) if isinstance(box, boxes.MarginBox) else self.tree
            self.visit(box, _Place(page, parent))
        if page.contents:
            raise ReportError(f"page {page.number + 1} shows content that no box accounts for")

    def _margin(self, box: boxes.MarginBox) -> Element:
        side = box.at_keyword.partition("-")[0]
        return {"@top": self.header, "@bottom": self.footer}.get(side, self.repeated)

    def visit(self, box: Any, place: _Place) -> None:
        """Add a box and what it holds to the element around it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._add_text(box, place)
            return
        place = _around(box, place)
        element = self._element(box, place)
        annotation = self._annotation(box, element, place)
        if isinstance(box, boxes.ReplacedBox):
            element.kids.append(place.page.contents.pop(box))
        inside = replace(place, parent=element, annotation=annotation)
        for child in box.children:
            self.visit(child, inside)

    def _add_text(self, box: Any, place: _Place) -> None:
        content = place.page.contents.pop(box, None)
        if content is None:
            return
        parent = place.parent
        if box.style["visibility"] != "visible" or not box.text.strip(INVISIBLE):
            self.decoration.kids.append(content)
            if parent.role != "Artifact" and not box.text.strip():
                self.words.add_space(place.line)
            return
        element = parent.host(place.block)
        if parent.role != "Artifact" and runs_right_to_left(box.text):
            element = element.add("Span")
        element.kids.append(content)
        if parent.role != "Artifact":
            self.words.add(box, place.line, content, element)

    def _element(self, box: Any, place: _Place) -> Element:
        """The structure element for what ``box`` holds; may be the one around it."""
        parent, source = place.parent, box.element
        if parent.role == "Artifact" or source is None:
            return parent
        if box.is_leader:
            self.words.add_space(place.line)
            return self.decoration
        if source.get("aria-hidden") == "true":
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
        if role == "Link" and self._own_annotation(box) is None:
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
        if role == "Link" and source.get("role") == "doc-noteref":
            parent = parent.add("Reference")
        element = parent.add(role, lang=lang)
        element.in_contents = in_contents
        _describe(element, box, place)
        if role == "LI":
            element = element.add("LBody")
        element.source = source
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
        element.source = source
        element.identifier = self._note_identifier(source.get("id"))
        self.elements[source, ""] = element
        self.elements[source, "footnote-call"] = link
        self.notes[source] = _Note(source, element, call=_spot(box, place, link))
        return link

    def _note_identifier(self, html_id: str | None) -> str:
        """A unique ID: that of the HTML element, unless another note has it (ISO 14289-1, 7.9)."""
        identifier = html_id or f"note-{len(self.identifiers) + 1}"
        while identifier in self.identifiers:
            identifier += "-again"
        self.identifiers.add(identifier)
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

        The engine makes one for each box inside a link as well: those only widen the first. It
        also makes one without width where a link begins with a block.
        """
        own = self._own_annotation(box)
        if own is None:
            return place.annotation
        own["Rect"] = pydyf.Array(place.page.area(box, place.matrix))
        link = element.closest("Link")
        has_area = own["Rect"][0] < own["Rect"][2] and own["Rect"][1] < own["Rect"][3]
        if place.annotation is None and link is not None and has_area:
            own["Contents"] = pydyf.String(_link_text(box))
            self._add_annotation(own, place.page, link)
            return own
        place.page.drop_annotation(own)
        self.vacant.append(own.number)
        if place.annotation is not None:
            place.annotation["Rect"] = _union(place.annotation["Rect"], own["Rect"])
        return place.annotation

    def _own_annotation(self, box: Any) -> pydyf.Dictionary | None:
        """The annotation made for ``box`` in this file: the engine leaves it on the box, so it
        may be that of another file written from the same layout."""
        own = box.link_annotation
        is_ours = own is not None and any(
            object_ is own for object_ in self.pdf.objects[own.number : own.number + 1]
        )
        return own if is_ours else None

    def link_notes(self) -> None:
        """Link every call to its note and every note's marker back to its call."""
        for note in self.notes.values():
            if note.call is None or note.body is None:
                LOGGER.error("Note %s is not printed", note.element.identifier)
                continue
            label = note.source.get("aria-label") or note.call.text
            self._link(note.call, note.body, label)
            if note.marker:
                label = note.source.get("data-back-label") or note.marker.text
                self._link(note.marker, (note.call.page, note.call.rectangle), label)

    def _link(self, spot: _Spot, target: tuple[_Page, Rectangle], contents: str) -> None:
        page, (left, _, _, top) = target
        annotation = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pydyf.Array(spot.rectangle),
                "BS": pydyf.Dictionary({"W": 0}),
                "F": 4,
                "Contents": pydyf.String(spoken(contents)),
                "Dest": pydyf.Array([page.reference, "/XYZ", left, top, 0]),
            }
        )
        self.pdf.add_object(annotation)
        spot.page.dictionary.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        self._add_annotation(annotation, spot.page, spot.link)

    def _add_annotation(self, annotation: pydyf.Dictionary, page: _Page, link: Element) -> None:
        link.kids.append(Annotation(page.number, annotation))
        self.links[page].append(annotation)

    def give_links_room(self) -> None:
        """Make every link large enough to be hit, and let none cover another."""
        for links in self.links.values():
            areas = link_areas([link["Rect"] for link in links])
            for link, area in zip(links, areas, strict=True):
                link["Rect"] = pydyf.Array(area)

    def mark_artifacts(self) -> None:
        """Rewrite the marks of what is not in the tree (ISO 32000-1, 14.8.2.2)."""
        for artifact in (self.decoration, self.repeated, self.header, self.footer):
            for content in artifact.kids:
                assert isinstance(content, Content)
                content.stream.stream[content.index] = "/Artifact"
                content.properties.clear()
                content.properties.update(artifact.attributes)


def _around(box: Any, place: _Place) -> _Place:
    """``place`` with the block, the line and the transformation that ``box`` itself makes."""
    if isinstance(box, boxes.LineBox):
        place = replace(place, line=box)
    elif not isinstance(box, boxes.InlineLevelBox):
        place = replace(place, block=box.element)
    if own := box.transformation_matrix:
        place = replace(place, matrix=own @ place.matrix if place.matrix else own)
    return place


def _artifact(type_: str, subtype: str | None = None) -> Element:
    """A collector of artifacts with the property list they get (ISO 32000-1, table 330)."""
    attributes = {"Type": f"/{type_}"}
    if subtype:
        attributes["Subtype"] = f"/{subtype}"
    return Element("Artifact", attributes=attributes)


def _describe(element: Element, box: Any, place: _Place) -> None:
    """Give an element the attributes of its kind, if that has any (ISO 32000-1, 14.8.5)."""
    source = box.element
    if element.role == "L":
        style = box.style["list_style_type"]
        numbering = _LIST_NUMBERING.get(style, "None") if isinstance(style, str) else "None"
        element.attributes["ListNumbering"] = f"/{'None' if source.tag == 'dl' else numbering}"
    elif element.role == "Table":
        if summary := source.get("data-summary"):
            element.attributes["Summary"] = pydyf.String(spoken(summary))
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
    text: str | None
    text = source.get("aria-label") or source.get("alt") or source.findtext(f"{_SVG}title")
    if not text:
        LOGGER.error("Figure %s has no alternative text", source.get("src", source.tag))
    return text and spoken(text)


def _description_item(parent: Element, tag: str) -> Element:
    """The LI for a ``dt`` or ``dd``: terms that follow a description begin a new one."""
    items = list(parent.children())
    if items and (tag == "dd" or all(kid.role == "Lbl" for kid in items[-1].children())):
        return items[-1]
    return parent.add("LI")


def _spot(box: Any, place: _Place, link: Element) -> _Spot:
    rectangle = place.page.area(box, place.matrix)
    return _Spot(place.page, rectangle, _printed_text(box), link)


def _link_text(box: Any) -> str:
    """What the annotation of a link says (ISO 14289-1, 7.18.5)."""
    source = box.element
    texts = (
        source.get("aria-label") or "",
        "".join(source.itertext()),
        _printed_text(box),
        *(image.get("alt", "") for image in source.iter("img")),
    )
    return next((said for text in texts if (said := spoken(text))), "")


def _printed_text(box: Any) -> str:
    pieces = (part.text for part in box.descendants() if isinstance(part, boxes.TextBox))
    return spoken("".join(pieces))


def _union(one: Rectangle, other: Rectangle) -> pydyf.Array:
    return pydyf.Array(
        [
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[2], other[2]),
            max(one[3], other[3]),
        ]
    )
