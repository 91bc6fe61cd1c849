"""The structure tree of a tagged PDF as plain values (ISO 32000-1, clause 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from .marks import ContentKey

_STANDARD_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_LONGEST_ROLE_CHAIN = 16


@dataclass
class Element:
    """A structure element with its role mapped to a standard type."""

    role: str
    depth: int
    parent: Element | None = None
    page: int | None = None
    """Page number of ``/Pg``, its own or its parent's."""
    alternative: str = ""
    """Alternative or replacement text."""
    language: str | None = None
    identifier: bytes | None = None
    scoped: bool = False
    """Whether a header cell says what it heads (``/Scope``)."""
    headers: bool = False
    """Whether a cell names its headers (``/Headers``)."""
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
    def heading_level(self) -> int | None:
        if self.role in _STANDARD_HEADINGS:
            return int(self.role[1])
        return None


@dataclass
class Structure:
    """All structure elements in reading order, and what they own."""

    elements: list[Element]
    keys: set[ContentKey]
    annotation_owners: dict[tuple[int, int], Element]

    def of(self, *roles: str) -> list[Element]:
        return [element for element in self.elements if element.role in roles]


class _Reader:
    _DEEPEST = 150

    def __init__(self, root: Any, pages: Mapping[tuple[int, int], int]) -> None:
        self._pages = pages
        self._roles = {
            str(role)[1:]: str(target)[1:]
            for role, target in dict(root.get("/RoleMap", {})).items()
        }
        self._mapped: dict[str, str] = {}
        self._seen: set[tuple[int, int]] = set()
        self.structure = Structure([], set(), {})

    def read(self, root: Any) -> Structure:
        for kid in _kids(root):
            self._read_kid(kid, None, 1)
        return self.structure

    def _role(self, raw: str) -> str:
        if raw not in self._mapped:
            role = raw
            for _ in range(_LONGEST_ROLE_CHAIN):
                if role not in self._roles:
                    break
                role = self._roles[role]
            self._mapped[raw] = role
        return self._mapped[raw]

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
        self.structure.keys.add(key)

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
        element = Element(self._role(str(source["/S"])[1:]), depth, parent)
        element.page = self._page(source) or (parent.page if parent else None)
        element.alternative = str(source.get("/Alt", source.get("/ActualText", "")))
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
                element.headers = element.headers or "/Headers" in item


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
