"""The structure tree of a tagged PDF: its elements, its clean-up and its PDF objects.

Knows PDF (ISO 32000-1, 14.7 and 14.8), not the engine: ``tagging`` fills the tree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pydyf

WRAPPERS = dict.fromkeys(("Document", "Part", "Art", "Sect", "Div", "BlockQuote"), "P") | {
    "TOCI": "Reference"
}
"""Elements that hold blocks only, and the block that wraps text which stands in them
directly (ISO 32000-1, 14.8.4.2: grouping elements hold no content items)."""

FLOWS = frozenset({"TH", "TD", "LBody", "Caption", "Note"})
"""Elements that hold text of their own block; blocks inside them are wrapped in P."""

_ATTRIBUTE_OWNERS = {"L": "List", "Table": "Table", "TH": "Table", "TD": "Table"}

_TABLE_PARTS = frozenset({"THead", "TBody", "TFoot", "TR", "TH", "TD"})


@dataclass(eq=False)
class Content:
    """A marked-content sequence: ``stream.stream[index]`` is its tag, the next item its
    property list; it is shown on the page with that index (from 0)."""

    page: int
    stream: pydyf.Stream
    index: int

    @property
    def properties(self) -> dict[str, Any]:
        """The property list, which holds the MCID."""
        properties: dict[str, Any] = self.stream.stream[self.index + 1]
        return properties


@dataclass(eq=False)
class Annotation:
    """A link annotation on the page with that index (from 0)."""

    page: int
    dictionary: pydyf.Dictionary


@dataclass(eq=False)
class Cell:
    """What a table cell spans and, for a header cell, what it heads: Row or Column.

    ``row`` and ``column`` (from 0) and ``heads_until``, the row after the last one headed,
    are known once the table is complete.
    """

    columns: int = 1
    rows: int = 1
    scope: str | None = None
    heads_group: bool = False
    row: int = 0
    column: int = 0
    heads_until: int = 0


@dataclass(eq=False)
class Element:
    """A structure element; ``source`` is the HTML element that it, or a wrapper, stands for."""

    role: str
    parent: Element | None = None
    lang: str | None = None
    source: object = None
    in_contents: bool = False
    identifier: str | None = None
    alternative: str | None = None
    actual_text: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    cell: Cell | None = None
    kids: list[Element | Content | Annotation] = field(default_factory=list)

    def add(self, role: str, *, lang: str | None = None, first: bool = False) -> Element:
        """A new child element; it inherits the language unless it has its own."""
        child = Element(role, self, lang or self.lang, in_contents=self.in_contents)
        self.kids.insert(0 if first else len(self.kids), child)
        return child

    def host(self, source: object) -> Element:
        """The element that takes inline content of the block ``source``: this one, or a
        wrapper which goes on as long as nothing else has come after it."""
        wrapper = WRAPPERS.get(self.role)
        if self.role in FLOWS and source is not self.source:
            wrapper = "P"
        if wrapper is None:
            return self
        last = self.kids[-1] if self.kids else None
        if not isinstance(last, Element) or (last.role, last.source) != (wrapper, source):
            last = self.add(wrapper)
            last.source = source
        return last

    def closest(self, *roles: str) -> Element | None:
        """This element or its nearest ancestor with one of ``roles``."""
        element: Element | None = self
        while element is not None and element.role not in roles:
            element = element.parent
        return element

    def children(self) -> Iterator[Element]:
        """The child elements."""
        return (kid for kid in self.kids if isinstance(kid, Element))

    def descendants(self) -> Iterator[Element]:
        """This element and all below, in reading order."""
        yield self
        for child in self.children():
            yield from child.descendants()


def prune(element: Element) -> bool:
    """Drop elements without content below ``element``; whether any content is left.

    Empty cells stay, because all rows of a table are equally wide (ISO 14289-1, 7.2).
    """
    filled = [not isinstance(kid, Element) or prune(kid) for kid in element.kids]
    element.kids = [
        kid
        for kid, has_content in zip(element.kids, filled, strict=True)
        if has_content or (isinstance(kid, Element) and kid.role in _TABLE_PARTS)
    ]
    return any(filled)


def set_table_headers(tree: Element) -> None:
    """Give header cells their Scope and, in tables with spanning cells, every cell the IDs of
    its headers (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5)."""
    tables = (element for element in tree.descendants() if element.role == "Table")
    for number, table in enumerate(tables, 1):
        cells = list(_place_cells(table))
        for element, cell in cells:
            _set_cell_attributes(element, cell)
        if any(cell.columns > 1 or cell.rows > 1 for _, cell in cells):
            _refer_to_headers(cells, f"table-{number}")


def _place_cells(table: Element) -> Iterator[tuple[Element, Cell]]:
    """The cells in reading order, each told its place in the grid."""
    taken: set[tuple[int, int]] = set()
    row = 0
    for group in (table, *table.children()):
        rows = [kid for kid in group.children() if kid.role == "TR"]
        group_end = row + len(rows)
        for line in rows:
            column = 0
            for element in line.children():
                cell = element.cell
                if cell is None:
                    continue
                while (row, column) in taken:
                    column += 1
                cell.row, cell.column = row, column
                cell.heads_until = group_end if cell.heads_group else row + cell.rows
                taken.update(
                    (row + y, column + x) for y in range(cell.rows) for x in range(cell.columns)
                )
                yield element, cell
            row += 1


def _set_cell_attributes(element: Element, cell: Cell) -> None:
    if cell.columns > 1:
        element.attributes["ColSpan"] = cell.columns
    if cell.rows > 1:
        element.attributes["RowSpan"] = cell.rows
    if cell.scope:
        element.attributes["Scope"] = f"/{cell.scope}"


def _refer_to_headers(cells: list[tuple[Element, Cell]], table: str) -> None:
    by_row: dict[int, list[tuple[str, Cell]]] = defaultdict(list)
    by_column: dict[int, list[tuple[str, Cell]]] = defaultdict(list)
    for element, cell in cells:
        if cell.scope:
            element.identifier = f"{table}-{cell.row + 1}-{cell.column + 1}"
        if cell.scope == "Row":
            for row in range(cell.row, cell.heads_until):
                by_row[row].append((element.identifier or "", cell))
        elif cell.scope == "Column":
            for column in range(cell.column, cell.column + cell.columns):
                by_column[column].append((element.identifier or "", cell))
    for element, cell in cells:
        columns = range(cell.column, cell.column + cell.columns)
        rows = range(cell.row, cell.row + cell.rows)
        candidates = chain(
            *(by_column[column] for column in columns), *(by_row[row] for row in rows)
        )
        headers = {name: None for name, header in candidates if _heads(header, cell)}
        if headers:
            element.attributes["Headers"] = pydyf.Array(map(pydyf.String, headers))


def _heads(header: Cell, cell: Cell) -> bool:
    above = header.row < cell.row
    return above or (header.scope == "Row" and header.column < cell.column)


def write_tree(
    pdf: pydyf.PDF,
    tree: Element,
    page_streams: Sequence[pydyf.Stream],
    vacant: Sequence[int] = (),
) -> None:
    """Add the tree to ``pdf``: elements, parent tree and ID tree (ISO 32000-1, 14.7).

    The objects with the numbers in ``vacant`` are no longer used and are replaced.
    """
    _Writer(pdf, tree, page_streams, vacant).write()


class _Writer:
    def __init__(
        self,
        pdf: pydyf.PDF,
        tree: Element,
        page_streams: Sequence[pydyf.Stream],
        vacant: Sequence[int],
    ) -> None:
        self.pdf = pdf
        self.tree = tree
        self.page_streams = page_streams
        self.vacant = iter(vacant)
        self.pages: Sequence[bytes] = pdf.page_references
        self.objects = {element: pydyf.Dictionary() for element in tree.descendants()}

    def write(self) -> None:
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        parent_tree = pydyf.Dictionary()
        for new in (root, parent_tree, *self.objects.values()):
            self._add(new)
        self.pdf.catalog["StructTreeRoot"] = root.reference
        parents = self._number()
        parent_tree["Nums"] = pydyf.Array(item for pair in enumerate(parents) for item in pair)
        for element, dictionary in self.objects.items():
            parent = self.objects[element.parent] if element.parent else root
            dictionary.update(self._entries(element, parent))
        root["K"] = pydyf.Array([self._reference(self.tree)])
        root["ParentTree"] = parent_tree.reference
        root["ParentTreeNextKey"] = len(parents)
        if names := self._names():
            root["IDTree"] = pydyf.Dictionary({"Names": names})

    def _add(self, new: pydyf.Object) -> None:
        number = next(self.vacant, None)
        if number is None:
            self.pdf.add_object(new)
        else:
            new.number = number
            self.pdf.objects[number] = new

    def _reference(self, element: Element) -> bytes:
        reference: bytes = self.objects[element].reference
        return reference

    def _number(self) -> list[pydyf.Array | bytes]:
        """Number marked content, per stream in reading order, and annotations; what the
        parent tree says at each key: first the pages, as the engine numbered them."""
        by_stream: dict[pydyf.Stream, list[tuple[Content, Element]]]
        by_stream = {stream: [] for stream in self.page_streams}
        annotations: list[tuple[Annotation, Element]] = []
        for element in self.objects:
            for kid in element.kids:
                if isinstance(kid, Content):
                    by_stream.setdefault(kid.stream, []).append((kid, element))
                elif isinstance(kid, Annotation):
                    annotations.append((kid, element))
        parents: list[pydyf.Array | bytes] = []
        for key, (stream, contents) in enumerate(by_stream.items()):
            if key >= len(self.page_streams):
                stream.extra["StructParents"] = key
            for mcid, (content, element) in enumerate(contents):
                stream.stream[content.index] = f"/{element.role}"
                content.properties["MCID"] = mcid
            parents.append(pydyf.Array(self._reference(element) for _, element in contents))
        for annotation, element in annotations:
            annotation.dictionary["StructParent"] = len(parents)
            parents.append(self._reference(element))
        return parents

    def _entries(self, element: Element, parent: pydyf.Dictionary) -> dict[str, Any]:
        """The entries of a structure element dictionary (ISO 32000-1, table 323)."""
        entries: dict[str, Any] = {
            "Type": "/StructElem",
            "S": f"/{element.role}",
            "P": parent.reference,
        }
        if element.parent and element.lang and element.lang != element.parent.lang:
            entries["Lang"] = pydyf.String(element.lang)
        if element.identifier:
            entries["ID"] = pydyf.String(element.identifier)
        if element.alternative:
            entries["Alt"] = pydyf.String(element.alternative)
        if element.actual_text:
            entries["ActualText"] = pydyf.String(element.actual_text)
        if element.attributes:
            owner = _ATTRIBUTE_OWNERS.get(element.role, "Layout")
            entries["A"] = pydyf.Dictionary({"O": f"/{owner}"} | element.attributes)
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if page is not None:
            entries["Pg"] = self.pages[page]
        entries["K"] = pydyf.Array(self._kid(kid, page) for kid in element.kids)
        return entries

    def _kid(self, kid: Element | Content | Annotation, page: int | None) -> object:
        """A child as it stands in ``K``, given the element's own page (14.7.4)."""
        if isinstance(kid, Element):
            return self._reference(kid)
        if isinstance(kid, Annotation):
            return pydyf.Dictionary(
                {
                    "Type": "/OBJR",
                    "Pg": self.pages[kid.page],
                    "Obj": kid.dictionary.reference,
                }
            )
        mcid = kid.properties["MCID"]
        in_form = kid.stream is not self.page_streams[kid.page]
        if kid.page == page and not in_form:
            return mcid
        reference = pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": mcid})
        if in_form:
            reference["Stm"] = kid.stream.reference
        return reference

    def _names(self) -> pydyf.Array:
        """The identifiers with their elements, sorted as a name tree wants them (7.9.6)."""
        names = sorted(
            (element.identifier, self._reference(element))
            for element in self.objects
            if element.identifier
        )
        return pydyf.Array(
            item for name, reference in names for item in (pydyf.String(name), reference)
        )
