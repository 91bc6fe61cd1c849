"""Preflight rules for a screen copy: PDF/UA-1 and PDF/A-2a in one file."""

from __future__ import annotations

import re
from typing import Any

from ..pdf.document import Document, OutputIntent, Page, areas_of, destination_of
from ..pdf.geometry import Box
from ..pdf.metadata import PDFA_ID, PDFUA_ID
from ..pdf.structure import Element
from ..problems import Level
from .rules import HOUSE, Fault, Outcome, Profile, Rule, Use, count, margins, size

_LARGE = 2_000_000
"""Bytes above which a report is a burden to mail."""
_LOWEST_RESOLUTION = 149.5
_LEAST_LINK = 8.0
"""Points that a link must measure both ways to be hit with ease."""
_NO_AREA = 0.5
_LANGUAGE = re.compile(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
_PRINT, _HIDING = 4, 1 | 2 | 32
_BOX_TOLERANCE = 0.1


def _identification(document: Document, _: Profile) -> Outcome:
    xmp = document.xmp
    if xmp.problem:
        return
    if xmp.first(PDFUA_ID + "part") != "1":
        yield Fault("The file does not say that it is accessible (PDF/UA-1) in its XMP.")
    part, conformance = xmp.first(PDFA_ID + "part"), xmp.first(PDFA_ID + "conformance")
    if (part, conformance) not in (("2", "A"), ("3", "A")):
        yield Fault("The file does not say that it is fit for archives (PDF/A-2a) in its XMP.")


def _schemas(document: Document, _: Profile) -> Outcome:
    for uri in document.xmp.undescribed_schemas:
        yield Fault(f"The XMP uses {uri} without describing it, as archives ask (pdfaExtension).")


def _tagged(document: Document, _: Profile) -> Outcome:
    if document.root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield Fault("The file is not marked as tagged; export it as tagged PDF.")
    if document.structure is None:
        yield Fault("The file has no tags, so screen readers cannot read it in order.")
    elif not document.structure.elements:
        yield Fault("The file's tag tree is empty.")


def _language(document: Document, _: Profile) -> Outcome:
    language = str(document.root.get("/Lang", ""))
    if not _LANGUAGE.match(language):
        yield Fault("The file does not say in which language it is (Lang).")
    for element in document.structure.elements if document.structure else ():
        if element.language and not _LANGUAGE.match(element.language):
            yield Fault(f"“{element.language}” is not a language code.", element.page)


def _window_title(document: Document, _: Profile) -> Outcome:
    if document.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield Fault("The window shows the file name, not the title: set DisplayDocTitle.")


def _outline(document: Document, _: Profile) -> Outcome:
    if not document.outline:
        yield Fault("The file has no bookmarks; make them from the headings.")
    for title, item in document.outline:
        destination = destination_of(item)
        if not title.strip():
            yield Fault("A bookmark has no title.")
        if destination is None or document.target(destination) is None:
            yield Fault(f"The bookmark “{title}” leads nowhere.")


def _elements(document: Document, *roles: str) -> list[Element]:
    return document.structure.of(*roles) if document.structure else []


def _page_of(element: Element) -> int | None:
    return min((key.page for key in element.content()), default=element.page)


def _headings(document: Document, _: Profile) -> Outcome:
    before = 0
    for heading in _elements(document, "H1", "H2", "H3", "H4", "H5", "H6"):
        level = heading.heading_level or 0
        if level > before + 1:
            previous = f"H{before}" if before else "the start"
            yield Fault(
                f"A heading of level {level} follows {previous}; "
                f"level {before + 1} must come first.",
                _page_of(heading),
            )
        before = level


def _figure_alternative(document: Document, _: Profile) -> Outcome:
    for figure in _elements(document, "Figure", "Formula"):
        if not figure.alternative.strip():
            yield Fault(
                "A picture has no description for people who cannot see it; give it an "
                "alternative text.",
                _page_of(figure),
            )


def _table_headers(document: Document, _: Profile) -> Outcome:
    for table in _elements(document, "Table"):
        if not any(cell.role == "TH" for cell in table.descendants()):
            yield Fault("A table has no header cells.", _page_of(table))


def _table_scope(document: Document, _: Profile) -> Outcome:
    for table in _elements(document, "Table"):
        cells = list(table.descendants())
        named = any(cell.headers for cell in cells)
        if not named and any(cell.role == "TH" and not cell.scoped for cell in cells):
            yield Fault(
                "A header cell does not say whether it heads a column or a row (Scope).",
                _page_of(table),
            )


def _link_described(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        bad = [link for link in page.annotations if _undescribed(link)]
        if bad:
            yield Fault(
                f"{count(len(bad), 'link')} without a description for screen readers (Contents).",
                page.number,
            )


def _undescribed(link: Any) -> bool:
    return link.get("/Subtype") == "/Link" and not str(link.get("/Contents", "")).strip()


def _link_tagged(document: Document, _: Profile) -> Outcome:
    if document.structure is None:
        return
    owners = document.structure.annotation_owners
    for page, link in document.links:
        owner = owners.get(link.objgen)
        if owner is None or not (owner.role == "Link" or owner.within("Link")):
            yield Fault("A link is not in the tag tree as a Link.", page.number)
        elif "/StructParent" not in link:
            yield Fault("A link does not point back to its tag (StructParent).", page.number)


def _link_area(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        lost = [link for link in page.links if not any(_is_open(b, page) for b in areas_of(link))]
        if lost:
            yield Fault(
                f"{count(len(lost), 'link')} nobody can click, such as “{_said(lost[0])}”, "
                "without an area on the page; give each the area of its text.",
                page.number,
            )


def _is_open(box: Box, page: Page) -> bool:
    """Whether ``box`` has an area, with its middle on the page."""
    left, bottom, right, top = page.crop
    x, y = _middle(box)
    return min(size(box)) >= _NO_AREA and left <= x <= right and bottom <= y <= top


def _link_size(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        small = [
            link
            for link in page.links
            if any(_NO_AREA <= min(size(box)) < _LEAST_LINK - 0.05 for box in areas_of(link))
        ]
        if small:
            yield Fault(
                f"{count(len(small), 'link')} of less than {_LEAST_LINK:g} pt, such as "
                f"“{_said(small[0])}”; give a finger more room.",
                page.number,
            )


def _link_covered(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        covers = [
            (box, link, _leads_to(document, link)) for link in page.links for box in areas_of(link)
        ]
        for index, (box, link, end) in enumerate(covers):
            above = [second for second in covers[index + 1 :] if _holds(second[0], _middle(box))]
            if above and above[-1][2] != end:
                yield Fault(
                    f"The link “{_said(link)}” lies under the link “{_said(above[-1][1])}”; "
                    "keep them apart.",
                    page.number,
                )
                break


def _leads_to(document: Document, link: Any) -> tuple[object, ...]:
    action = link.get("/A", {})
    return str(action.get("/URI", "")), document.target(destination_of(link))


def _said(link: Any) -> str:
    return str(link.get("/Contents", "")) or str(link.get("/A", {}).get("/URI", ""))


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _tab_order(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.annotations and page.source.obj.get("/Tabs") != "/S":
            yield Fault("The tab key does not follow the reading order (Tabs).", page.number)


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
        lost = page.marks.keys - document.structure.keys
        if lost:
            yield Fault(
                f"{count(len(lost), 'piece')} of tagged content missing from the tag tree.",
                page.number,
            )


def _note_identifier(document: Document, _: Profile) -> Outcome:
    seen: set[bytes] = set()
    for note in _elements(document, "Note"):
        if not note.identifier:
            yield Fault("A note has no identifier (ID).", _page_of(note))
        elif note.identifier in seen:
            yield Fault(
                f"Two notes share the identifier {note.identifier.decode('latin-1')}.",
                _page_of(note),
            )
        else:
            seen.add(note.identifier)


def _intent(document: Document) -> OutputIntent | None:
    intents = [item for item in document.output_intents if item.subtype == "GTS_PDFA1"]
    return intents[0] if intents else None


_COMPONENTS = {"RGB": 3, "CMYK": 4, "GRAY": 1}


def _output_intent(document: Document, _: Profile) -> Outcome:
    intent = _intent(document)
    if intent is None:
        yield Fault("The file does not say what its colours mean (output intent GTS_PDFA1).")
    elif not intent.embedded:
        yield Fault("The output intent holds no colour profile.")
    elif _COMPONENTS.get(intent.model) != intent.components:
        yield Fault("The output intent's colour profile is not of the kind it says (N).")


def _colour(document: Document, _: Profile) -> Outcome:
    intent = _intent(document)
    if intent is None or not intent.embedded:
        return
    foreign = {"DeviceRGB", "DeviceCMYK"} - {f"Device{intent.model}"}
    for page in document.pages:
        found = {space.family: user for space, user in page.marks.spaces.items()}
        for family in sorted(foreign & found.keys()):
            yield Fault(
                f"{found[family].capitalize()} is in {family}, but the file's profile is for "
                f"{intent.model}; convert it.",
                page.number,
            )


def _lzw(document: Document, _: Profile) -> Outcome:
    number = sum("LZW" in kind for kind in document.stream_filters)
    if number:
        yield Fault(f"{count(number, 'stream')} packed with LZW, which archives refuse.")


def _interpolate(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if any(picture.interpolated for picture in page.marks.pictures):
            yield Fault(
                "A picture asks to be smoothed (Interpolate), which PDF/A forbids.", page.number
            )


def _boxes(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        gaps = (*margins(page.trim, page.media), *margins(page.crop, page.media))
        if max(map(abs, gaps)) > _BOX_TOLERANCE:
            yield Fault(
                "The page has a border for the printer around it; a screen copy has none.",
                page.number,
            )


def _annotation_flags(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for annotation in page.annotations:
            flags = int(annotation.get("/F", 0))
            popup = annotation.get("/Subtype") == "/Popup"
            if not popup and (not flags & _PRINT or flags & _HIDING):
                yield Fault("A link or comment is hidden or does not print.", page.number)
                break


def _file_size(document: Document, _: Profile) -> Outcome:
    size = document.path.stat().st_size
    if size > _LARGE:
        yield Fault(f"The file is {size / 1e6:.1f} MB, a lot to mail; make its pictures smaller.")


def _resolution(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        low = [p.resolution for p in page.marks.pictures if p.resolution < _LOWEST_RESOLUTION]
        if low:
            yield Fault(
                f"{count(len(low), 'picture')} with too few pixels ({min(low):.0f} per inch; "
                "150 look sharp on screen).",
                page.number,
            )


def _blank(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.marks.is_blank:
            yield Fault("The page is empty; leave it out.", page.number)


_USE: tuple[Use, ...] = ("screen",)

RULES: tuple[Rule, ...] = (
    Rule(
        "screen-identification",
        "The file says that it is PDF/UA-1 and PDF/A-2a.",
        "ISO 14289-1, 5; ISO 19005-2, 6.6.4",
        _USE,
        _identification,
    ),
    Rule(
        "xmp-schemas",
        "XMP describes the schemas it adds.",
        "ISO 19005-2, 6.6.2.3.1",
        _USE,
        _schemas,
    ),
    Rule(
        "tagged",
        "The file is tagged.",
        "ISO 14289-1, 6.2 and 7.1; ISO 19005-2, 6.7.2.2",
        _USE,
        _tagged,
    ),
    Rule(
        "language",
        "The language of the file and of foreign passages is given.",
        "ISO 14289-1, 7.2; ISO 19005-2, 6.7.4",
        _USE,
        _language,
    ),
    Rule("window-title", "The window shows the title.", "ISO 14289-1, 7.1", _USE, _window_title),
    Rule("outline", "Bookmarks exist and lead somewhere.", "ISO 14289-1, 7.17", _USE, _outline),
    Rule(
        "headings",
        "Headings start at level 1 and skip none.",
        "ISO 14289-1, 7.4.2",
        _USE,
        _headings,
    ),
    Rule(
        "figure-alternative",
        "Every figure has an alternative text.",
        "ISO 14289-1, 7.3",
        _USE,
        _figure_alternative,
    ),
    Rule("table-headers", "Tables have header cells.", "ISO 14289-1, 7.5", _USE, _table_headers),
    Rule(
        "table-scope",
        "Header cells say what they head.",
        "ISO 14289-1, 7.5",
        _USE,
        _table_scope,
        Level.WARNING,
    ),
    Rule(
        "link-described",
        "Every link has a description.",
        "ISO 14289-1, 7.18.5",
        _USE,
        _link_described,
    ),
    Rule(
        "link-tagged",
        "Every link is in the tag tree.",
        "ISO 14289-1, 7.18.5",
        _USE,
        _link_tagged,
    ),
    Rule("link-area", "Every link has an area on the page.", HOUSE, _USE, _link_area),
    Rule(
        "link-size", "Every link is large enough to hit.", HOUSE, _USE, _link_size, Level.WARNING
    ),
    Rule("link-covered", "No link lies under another.", HOUSE, _USE, _link_covered),
    Rule(
        "tab-order",
        "The tab key follows the reading order.",
        "ISO 14289-1, 7.18.3",
        _USE,
        _tab_order,
    ),
    Rule(
        "content-tagged",
        "All content is tagged or marked as decoration.",
        "ISO 14289-1, 7.1",
        _USE,
        _content_tagged,
    ),
    Rule(
        "note-identifier",
        "Notes have identifiers of their own.",
        "ISO 14289-1, 7.9",
        _USE,
        _note_identifier,
    ),
    Rule(
        "screen-intent",
        "An output intent with its profile says what colours mean.",
        "ISO 19005-2, 6.2.3",
        _USE,
        _output_intent,
    ),
    Rule(
        "screen-colour",
        "Device colours match the output intent.",
        "ISO 19005-2, 6.2.4.3",
        _USE,
        _colour,
    ),
    Rule("lzw", "Nothing is packed with LZW.", "ISO 19005-2, 6.1.7.2", _USE, _lzw),
    Rule(
        "interpolate",
        "No picture asks for interpolation.",
        "ISO 19005-2, 6.2.8.1",
        _USE,
        _interpolate,
    ),
    Rule("screen-boxes", "The page shows nothing beyond its trim.", HOUSE, _USE, _boxes),
    Rule(
        "annotation-flags",
        "Annotations are visible and print.",
        "ISO 19005-2, 6.3.2",
        _USE,
        _annotation_flags,
    ),
    Rule("file-size", "The file is small enough to mail.", HOUSE, _USE, _file_size, Level.WARNING),
    Rule(
        "screen-resolution",
        "Pictures have 150 pixels per inch.",
        HOUSE,
        _USE,
        _resolution,
        Level.WARNING,
    ),
    Rule("blank-page", "No page is empty.", HOUSE, _USE, _blank),
)
