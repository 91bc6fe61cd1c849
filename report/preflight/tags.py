"""Preflight rules for the tags of a screen copy: what screen readers go by (PDF/UA-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from ..formats import count
from ..pdf.document import Document, Page, rectangle_of
from ..pdf.geometry import intersection
from ..pdf.marks import ContentKey
from ..pdf.structure import Element, Structure
from .rules import Fault, Outcome, Profile, Rule, Use, size

_LANGUAGE = re.compile(r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")
_HIDDEN = 2
_PARTS_OF = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
"""What an element may hold (ISO 32000-1, tables 336 and 337)."""
_WHOLE_OF = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
"""In what an element must stand."""


def _tagged(document: Document, _: Profile) -> Outcome:
    marks = document.root.get("/MarkInfo", {})
    if marks.get("/Marked") is not True:
        yield Fault("The file is not marked as tagged; export it as tagged PDF.")
    if marks.get("/Suspects") is True:
        yield Fault("The file says that its tags may be wrong (Suspects); check and clear it.")
    if document.structure is None:
        yield Fault("The file has no tags, so screen readers cannot read it in order.")
    elif not document.structure.elements:
        yield Fault("The file's tag tree is empty.")


def _roles(document: Document, _: Profile) -> Outcome:
    structure = document.structure or Structure()
    for role in sorted(structure.unknown_roles):
        yield Fault(f"The tag {role} is mapped to no standard tag (RoleMap).")
    for role in sorted(structure.circular_roles):
        yield Fault(f"The tag {role} is mapped in a circle (RoleMap).")
    for role in sorted(structure.remapped_roles):
        yield Fault(f"The standard tag {role} is mapped to another (RoleMap).")


def _nesting(document: Document, _: Profile) -> Outcome:
    for element in document.structure.elements if document.structure else ():
        if reason := _misplaced(element):
            yield Fault(reason, page_of(element))


def _misplaced(element: Element) -> str:
    """What is wrong with an element's place or parts; empty when nothing is."""
    role, kids = element.role, [kid.role for kid in element.children]
    whole = _WHOLE_OF.get(role)
    if whole and (element.parent is None or element.parent.role not in whole):
        return f"A {role} stands outside {' or '.join(sorted(whole))}."
    if strangers := set(kids) - _PARTS_OF.get(role, set(kids)):
        return f"A {role} holds a {min(strangers)}."
    if role in ("Table", "L", "TOC") and "Caption" in kids:
        ends = {0, len(kids) - 1} if role == "Table" else {0}
        if kids.count("Caption") > 1 or kids.index("Caption") not in ends:
            return f"The caption of a {role} is not at its start."
    if role == "Table" and (kids.count("THead") > 1 or kids.count("TFoot") > 1):
        return "A Table has two heads or two feet."
    if role == "Table" and {"THead", "TFoot"} & set(kids) and "TBody" not in kids:
        return "A Table has a head or a foot but no body (TBody)."
    return ""


def _language(document: Document, _: Profile) -> Outcome:
    language = document.root.get("/Lang")
    elements = document.structure.elements if document.structure else []
    if language is None:
        if reason := _needs_language(document, elements):
            yield Fault(
                f"The file does not say in which language it is (Lang), which its {reason} need."
            )
    elif not _LANGUAGE.match(str(language)):
        yield Fault(f"“{language}” is not a language code (Lang).")
    for element in elements:
        if element.language and not _LANGUAGE.match(element.language):
            yield Fault(f"“{element.language}” is not a language code.", element.page)


def _needs_language(document: Document, elements: list[Element]) -> str:
    """What has no language when the file as a whole has none; empty when all has."""
    if document.outline:
        return "bookmarks"
    if document.xmp.has_default_language:
        return "title and description"
    owners = document.structure.annotation_owners if document.structure else {}
    for page in document.pages:
        for item in page.annotations:
            owner = owners.get(item.objgen)
            if ("/Contents" in item or "/TU" in item) and not (owner and owner.spoken_in):
                return "annotations"
    if any(element.alternative and not element.spoken_in for element in elements):
        return "alternative texts"
    known = document.structure.owners if document.structure else {}
    for page in document.pages:
        for text in page.marks.texts:
            owner = known.get(text.tag.key) if text.tag.key else None
            said = text.tag.artifact or text.tag.language or (owner and owner.spoken_in)
            if not said:
                return "words"
    return ""


def _of(document: Document, *roles: str) -> list[Element]:
    return document.structure.of(*roles) if document.structure else []


def page_of(element: Element) -> int | None:
    """The page on which an element begins, if known."""
    return min((key.page for key in element.content()), default=element.page)


def _headings(document: Document, _: Profile) -> Outcome:
    before = 0
    elements = document.structure.elements if document.structure else []
    for heading in elements:
        level = heading.heading_level or 0
        if level > before + 1:
            previous = f"H{before}" if before else "the start"
            yield Fault(
                f"A heading of level {level} follows {previous}; "
                f"level {before + 1} must come first.",
                page_of(heading),
            )
        before = level or before
    plain = _of(document, "H")
    if plain and before:
        yield Fault("Headings with a level (H1) and without (H) are mixed.", page_of(plain[0]))
    for first, second in pairwise(plain):
        if first.parent is second.parent:
            yield Fault("Two headings without a level (H) share a section.", page_of(second))


def _figure_alternative(document: Document, _: Profile) -> Outcome:
    for figure in _of(document, "Figure", "Formula"):
        if not figure.is_described:
            yield Fault(
                "A picture has no description for people who cannot see it; give it an "
                "alternative text.",
                page_of(figure),
            )


def _table_headers(document: Document, _: Profile) -> Outcome:
    for table in _of(document, "Table"):
        if not any(cell.role == "TH" for cell in table.descendants()):
            yield Fault("A table has no header cells.", page_of(table))


def _table_scope(document: Document, _: Profile) -> Outcome:
    for table in _of(document, "Table"):
        cells = [cell for cell in table.descendants() if cell.role in ("TH", "TD")]
        identifiers = {cell.identifier for cell in cells}
        data = [cell for cell in cells if cell.role == "TD"]
        if any(not set(cell.headers) <= identifiers for cell in data):
            yield Fault("A table cell names a header that is not there (Headers).", page_of(table))
        elif any(cell.role == "TH" and not cell.scoped for cell in cells) and not all(
            cell.headers for cell in data
        ):
            yield Fault(
                "A header cell does not say whether it heads a column or a row (Scope).",
                page_of(table),
            )


def _content_tagged(document: Document, _: Profile) -> Outcome:
    if document.structure is None:
        return
    for page in document.pages:
        if page.marks.untagged:
            yield Fault(
                f"{count(page.marks.untagged, 'piece')} of the page neither tagged nor marked "
                "as decoration.",
                page.number,
            )
        if page.marks.mixed:
            yield Fault(
                f"{count(page.marks.mixed, 'piece')} of decoration inside tagged content, or the "
                "reverse.",
                page.number,
            )
        lost = page.marks.keys - document.structure.owners.keys()
        if lost:
            yield Fault(
                f"{count(len(lost), 'piece')} of tagged content missing from the tag tree.",
                page.number,
            )


def _parent_tree(document: Document, _: Profile) -> Outcome:
    if document.structure is None:
        return
    for page in document.pages:
        keys = page.marks.keys & document.structure.owners.keys()
        lost = [key for key in keys if not _leads_back(document, document.structure, page, key)]
        if lost:
            yield Fault(
                f"{count(len(lost), 'piece')} of tagged content without a way back to its tag "
                "(ParentTree).",
                page.number,
            )


def _leads_back(document: Document, structure: Structure, page: Page, key: ContentKey) -> bool:
    holder = document.pdf.get_object(key.form, 0) if key.form else page.source.obj
    row = structure.parents.get(int(holder.get("/StructParents", -1)))
    return (
        isinstance(row, pikepdf.Array)
        and key.mcid < len(row)
        and leads_to(row[key.mcid], structure.owners[key])
    )


def leads_to(source: Any, element: Element) -> bool:
    """Whether an object is the one that an element was read from."""
    return isinstance(source, pikepdf.Dictionary) and source.objgen == element.objgen


def _note_identifier(document: Document, _: Profile) -> Outcome:
    seen: set[bytes] = set()
    for note in _of(document, "Note"):
        if not note.identifier:
            yield Fault("A note has no identifier (ID).", page_of(note))
        elif note.identifier in seen:
            yield Fault(
                f"Two notes share the identifier {note.identifier.decode('latin-1')}.",
                page_of(note),
            )
        else:
            seen.add(note.identifier)


def _font_unicode(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        bad = [text for text in page.all_texts if text.font.untold(text.shown)]
        if bad:
            total = sum(text.font.untold(text.shown) for text in bad)
            yield Fault(
                f"{count(total, 'character')} in the font {bad[0].font.base_name} that nobody "
                "can copy or have read out (ToUnicode).",
                page.number,
            )


def _comments(document: Document) -> Iterator[tuple[Page, Any, Element | None]]:
    """Annotations that a reader sees, other than links and form fields, with their owners."""
    owners = document.structure.annotation_owners if document.structure else {}
    for page in document.pages:
        for item in page.annotations:
            if str(item.get("/Subtype")) not in _NO_COMMENTS and not _is_hidden(item, page):
                yield page, item, owners.get(item.objgen)


_NO_COMMENTS = ("/Link", "/Popup", "/PrinterMark", "/Widget")


def _is_hidden(annotation: Any, page: Page) -> bool:
    box = rectangle_of(annotation)
    seen = box is not None and intersection(box, page.crop)
    return bool(int(annotation.get("/F", 0)) & _HIDDEN) or not seen


def _comment_described(document: Document, _: Profile) -> Outcome:
    for page, item, owner in _comments(document):
        said = str(item.get("/Contents", "")) or (owner.alternative if owner else "")
        if not said.strip():
            yield Fault(
                f"A comment or mark ({str(item.get('/Subtype'))[1:]}) without a description for "
                "screen readers (Contents); describe it or leave it out.",
                page.number,
            )


def _comment_tagged(document: Document, _: Profile) -> Outcome:
    for page, item, owner in _comments(document):
        if owner is None or not (owner.role == "Annot" or owner.within("Annot")):
            yield Fault(
                f"A comment or mark ({str(item.get('/Subtype'))[1:]}) is not in the tag tree as "
                "an Annot; tag it or leave it out.",
                page.number,
            )


def _field(document: Document, _: Profile) -> Outcome:
    owners = document.structure.annotation_owners if document.structure else {}
    for page in document.pages:
        for item in page.annotations:
            if item.get("/Subtype") != "/Widget" or _is_hidden(item, page):
                continue
            # Signatures that nobody sees have a field without an area.
            if not any(size(rectangle_of(item) or page.crop)):
                continue
            owner = owners.get(item.objgen)
            if owner is None or not (owner.role == "Form" or owner.within("Form")):
                yield Fault("A form field is not in the tag tree as a Form.", page.number)
            if not _field_name(item) and not (owner and owner.alternative):
                yield Fault("A form field has no name for screen readers (TU).", page.number)


def _field_name(widget: Any) -> str:
    node = widget
    for _ in range(32):
        if node is None or "/TU" in node:
            break
        node = node.get("/Parent")
    return str(node["/TU"]) if node is not None and "/TU" in node else ""


_USE: tuple[Use, ...] = ("screen",)
_UA = "ISO 14289-1"
_A = "ISO 19005-2"

RULES: tuple[Rule, ...] = (
    Rule("tagged", "The file is tagged.", f"{_UA}, 6.2 and 7.1; {_A}, 6.7.2.2", _USE, _tagged),
    Rule("roles", "Every tag is a standard one, or mapped to one.",
         f"{_UA}, 7.1; {_A}, 6.7.3.4", _USE, _roles),
    Rule("nesting", "Tables, lists and contents are nested as their tags ask.",
         f"{_UA}, 7.2; ISO 32000-1, 14.8.4.3", _USE, _nesting),
    Rule("language", "The language of the file and of foreign passages is given.",
         f"{_UA}, 7.2; {_A}, 6.7.4", _USE, _language),
    Rule("headings", "Headings start at level 1 and skip none.", f"{_UA}, 7.4", _USE, _headings),
    Rule("figure-alternative", "Every figure has an alternative text.",
         f"{_UA}, 7.3 and 7.7", _USE, _figure_alternative),
    Rule("table-headers", "Tables have header cells.", f"house rule; {_UA}, 7.5", _USE,
         _table_headers),
    Rule("table-scope", "Header cells say what they head.", f"{_UA}, 7.5", _USE, _table_scope),
    Rule("content-tagged", "All content is tagged or marked as decoration.",
         f"{_UA}, 7.1", _USE, _content_tagged),
    Rule("parent-tree", "All tagged content leads back to its tag.",
         f"{_UA}, 7.1; ISO 32000-1, 14.7.4.4", _USE, _parent_tree),
    Rule("note-identifier", "Notes have identifiers of their own.",
         f"{_UA}, 7.9", _USE, _note_identifier),
    Rule("font-unicode", "All text can be copied and read out.",
         f"{_UA}, 7.21.7; {_A}, 6.2.11.7.2", _USE, _font_unicode),
    Rule("comment-described", "Comments and marks have a description.",
         f"{_UA}, 7.18.1", _USE, _comment_described),
    Rule("comment-tagged", "Comments and marks are in the tag tree.",
         f"{_UA}, 7.18.1", _USE, _comment_tagged),
    Rule("form-field", "Form fields have a name and a tag.",
         f"{_UA}, 7.18.1 and 7.18.4", _USE, _field),
)  # fmt: skip
