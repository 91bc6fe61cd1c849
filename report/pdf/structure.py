"""The structure tree of a tagged PDF as plain values (ISO 32000-1, clause 14.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from .marks import ContentKey
from .names import name

_HEADING = re.compile(r"H[1-9]\d*")
_STANDARD_ROLES = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private", "P", "H", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link",
    "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}  # fmt: skip
"""Structure types that need no role map (ISO 32000-1, 14.8.4)."""
_DEEPEST_NUMBER_TREE = 32
_TEXT_KEYS = ("/Alt", "/ActualText", "/E")


@dataclass
class Element:
    """A structure element with its role mapped to a standard type."""

    role: str
    depth: int
    parent: Element | None = None
    objgen: tuple[int, int] = (0, 0)
    page: int | None = None
    """Page number of ``/Pg``, its own or its parent's."""
    alternative: str = ""
    """Alternative or replacement text, or the long form of an abbreviation."""
    language: str | None = None
    identifier: bytes | None = None
    is_described: bool = False
    """Whether it has an alternative text, or a replacement text, be it empty."""
    scoped: bool = False
    """Whether a header cell says what it heads (``/Scope``)."""
    headers: tuple[bytes, ...] = ()
    """Identifiers of the headers that a cell names (``/Headers``)."""
    columns: int = 1
    rows: int = 1
    """Columns and rows that a cell covers."""
    children: list[Element] = field(default_factory=list)
    keys: list[ContentKey] = field(default_factory=list)
    """Marked content it owns itself."""
    annotations: list[tuple[int, int]] = field(default_factory=list)
    """Object numbers and generations of annotations it owns itself."""

    def descendants(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.descendants()

    def content(self) -> list[ContentKey]:
        return [key for element in self.descendants() for key in element.keys]

    def within(self, *roles: str) -> bool:
        """Whether an ancestor has one of ``roles``."""
        return self.parent is not None and (
            self.parent.role in roles or self.parent.within(*roles)
        )

    @property
    def spoken_in(self) -> str | None:
        """The language given here or further up."""
        if self.language is not None or self.parent is None:
            return self.language
        return self.parent.spoken_in

    @property
    def heading_level(self) -> int | None:
        return int(self.role[1:]) if _HEADING.fullmatch(self.role) else None


@dataclass
class Structure:
    """All structure elements in reading order, and what they own."""

    elements: list[Element] = field(default_factory=list)
    owners: dict[ContentKey, Element] = field(default_factory=dict)
    annotation_owners: dict[tuple[int, int], Element] = field(default_factory=dict)
    unknown_roles: set[str] = field(default_factory=set)
    """Types that are mapped to no standard type."""
    circular_roles: set[str] = field(default_factory=set)
    remapped_roles: set[str] = field(default_factory=set)
    """Standard types that are mapped to something else."""
    parents: dict[int, Any] = field(default_factory=dict)
    """The parent tree (ISO 32000-1, 14.7.4.4): an array by the StructParents of a page or form,
    a structure element by the StructParent of an annotation."""

    def of(self, *roles: str) -> list[Element]:
        return [element for element in self.elements if element.role in roles]


class _Reader:
    _DEEPEST = 150

    def __init__(self, root: Any, pages: Mapping[tuple[int, int], int]) -> None:
        self._pages = pages
        self._roles = {
            role[1:]: name(target) for role, target in dict(root.get("/RoleMap", {})).items()
        }
        self._mapped: dict[str, str] = {}
        self._seen: set[tuple[int, int]] = set()
        self.structure = Structure()

    def read(self, root: Any) -> Structure:
        for kid in _kids(root):
            self._read_kid(kid, None, 1)
        self.structure.parents = dict(_number_tree(root.get("/ParentTree"), 0))
        return self.structure

    def _role(self, raw: str) -> str:
        if raw not in self._mapped:
            self._mapped[raw] = self._map(raw)
        return self._mapped[raw]

    def _map(self, raw: str) -> str:
        """The standard type a type stands for (ISO 32000-1, 14.7.3)."""
        if is_standard(raw):
            if raw in self._roles:
                is_circle = self._roles[raw] == raw
                wrong = (
                    self.structure.circular_roles if is_circle else self.structure.remapped_roles
                )
                wrong.add(raw)
            return raw
        role, seen = raw, {raw}
        while not is_standard(role):
            if role not in self._roles:
                self.structure.unknown_roles.add(raw)
                break
            role = self._roles[role]
            if role in seen:
                self.structure.circular_roles.add(raw)
                break
            seen.add(role)
        return role

    def _read_kid(self, kid: Any, parent: Element | None, depth: int) -> None:
        if isinstance(kid, int):
            if parent is not None and parent.page is not None:
                self._own(parent, ContentKey(parent.page, 0, kid))
            return
        if not isinstance(kid, pikepdf.Dictionary):
            return
        kind = str(kid.get("/Type", ""))
        if kind == "/MCR" and parent is not None:
            self._read_content_reference(kid, parent)
        elif kind == "/OBJR" and parent is not None:
            target = kid.get("/Obj")
            if target is not None:
                parent.annotations.append(target.objgen)
                self.structure.annotation_owners[target.objgen] = parent
        elif "/S" in kid:
            self._read_element(kid, parent, depth)

    def _read_content_reference(self, kid: Any, parent: Element) -> None:
        page = self._page(kid) or parent.page
        if page is not None and "/MCID" in kid:
            form = kid["/Stm"].objgen[0] if "/Stm" in kid else 0
            self._own(parent, ContentKey(page, form, int(kid["/MCID"])))

    def _own(self, element: Element, key: ContentKey) -> None:
        element.keys.append(key)
        self.structure.owners[key] = element

    def _page(self, source: Any) -> int | None:
        page = source.get("/Pg")
        return None if page is None else self._pages.get(page.objgen)

    def _read_element(self, source: Any, parent: Element | None, depth: int) -> None:
        if source.is_indirect:
            if source.objgen in self._seen:
                return
            self._seen.add(source.objgen)
        if depth > self._DEEPEST:
            raise ValueError("the structure tree is nested too deeply")
        element = Element(self._role(name(source["/S"])), depth, parent, source.objgen)
        element.page = self._page(source) or (parent.page if parent else None)
        element.alternative = str(next((source[k] for k in _TEXT_KEYS if k in source), ""))
        element.is_described = bool(element.alternative.strip()) or "/ActualText" in source
        if (language := source.get("/Lang")) is not None:
            element.language = str(language)
        if (identifier := source.get("/ID")) is not None:
            element.identifier = bytes(identifier)
        if "/A" in source:
            self._read_attributes(source["/A"], element)
        self.structure.elements.append(element)
        if parent is not None:
            parent.children.append(element)
        for kid in _kids(source):
            self._read_kid(kid, element, depth + 1)

    def _read_attributes(self, attributes: Any, element: Element) -> None:
        listed = attributes if isinstance(attributes, pikepdf.Array) else (attributes,)
        for item in listed:
            if isinstance(item, pikepdf.Dictionary):
                element.scoped = element.scoped or "/Scope" in item
                element.headers += tuple(map(bytes, item.get("/Headers", ())))
                element.columns = int(item.get("/ColSpan", element.columns))
                element.rows = int(item.get("/RowSpan", element.rows))


def is_standard(role: str) -> bool:
    """Whether a structure type needs no role map."""
    return role in _STANDARD_ROLES or bool(_HEADING.fullmatch(role))


def _number_tree(node: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """Entries of a number tree (ISO 32000-1, 7.9.7)."""
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST_NUMBER_TREE:
        return
    numbers = node.get("/Nums", ())
    for index in range(0, len(numbers) - 1, 2):
        yield int(numbers[index]), numbers[index + 1]
    for kid in node.get("/Kids", ()):
        yield from _number_tree(kid, depth + 1)


def _kids(source: Any) -> Any:
    kids = source.get("/K")
    if kids is None:
        return ()
    return kids if isinstance(kids, pikepdf.Array) else (kids,)


def read_structure(root: Any, pages: Mapping[tuple[int, int], int]) -> Structure | None:
    """The structure tree of a document catalogue, or None when the file is untagged.

    ``pages`` gives page numbers by object number and generation. Raises ValueError for a
    tree deeper than any document needs.
    """
    tree = root.get("/StructTreeRoot")
    return None if tree is None else _Reader(tree, pages).read(tree)
