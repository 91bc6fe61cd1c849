"""Preflight rules for every finished file, on screen or on press."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pikepdf

from ..addresses import fault as address_fault
from ..addresses import text_fragment, tracking
from ..formats import count
from ..pdf.document import Document, Page, destination_of
from ..pdf.geometry import Box, union
from ..pdf.marks import ContentKey, Text
from ..pdf.metadata import DC as DUBLIN_CORE
from ..pdf.metadata import INFO_TO_XMP, PDFX_VERSION, XMP, parse_pdf_date, parse_xmp_date
from ..pdf.structure import Element, Structure
from ..problems import Level
from ..styles import X1A
from .rules import (
    BOTH,
    HOUSE,
    SIDES,
    Fault,
    NotCheckable,
    Outcome,
    Profile,
    Rule,
    margins,
    mm,
    size,
)

_TOLERANCE = 1.0
"""Points by which boxes may differ before anyone could see it."""
_FORBIDDEN_ACTIONS = {
    "/GoTo3DView", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/NOP",
    "/Rendition", "/ResetForm", "/SetOCGState", "/SetState", "/Sound", "/SubmitForm", "/Trans",
}  # fmt: skip
_PAGE_TURNS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
_PRIVATE = re.compile(
    r"file:/"
    r"|(?<![\w.])[A-Za-z]:\\"
    r"|\\\\\w+\\"
    r"|(?<![\w.:/-])/(?:home|Users|root|tmp|var|private|mnt|media|opt|srv|usr|etc)/"
    r"|\blocalhost\b|\b127\.0\.0\.1\b|\b192\.168\.\d|\b10\.\d+\.\d+\.\d"
    r"|\b[\w-]+\.(?:local|localdomain|lan|internal)\b"
)


def _opens(document: Document, _: Profile) -> Outcome:
    if repairs := document.repairs:
        yield Fault(
            f"The file is damaged and only opens after repair ({repairs[0]}); "
            "make it again from its source."
        )
    elif not document.starts_properly:
        yield Fault("Something stands before the PDF header; make the file again.")


def _encrypted(document: Document, _: Profile) -> Outcome:
    if document.pdf.is_encrypted:
        yield Fault("The file is encrypted; save it without password and restrictions.")


def _active_content(document: Document, _: Profile) -> Outcome:
    for number, action in document.actions():
        kind = str(action.get("/S", ""))
        if kind in _FORBIDDEN_ACTIONS:
            yield Fault(f"The file can start a {kind[1:]} action; remove it.", number)
        elif kind == "/Named" and str(action.get("/N")) not in _PAGE_TURNS:
            command = str(action.get("/N", "/?"))[1:]
            yield Fault(f"The file can start the command {command}; remove it.", number)
    for number, _holder in document.triggers:
        yield Fault("The file starts something by itself (AA); remove it.", number)
    for page in document.pages:
        if any(item.get("/Subtype") == "/Widget" and "/A" in item for item in page.annotations):
            yield Fault("A form field starts something; remove it.", page.number)


def _content_stream(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for marks in (page.marks, page.appearances):
            if marks.unknown:
                names = ", ".join(sorted(marks.unknown)[:3])
                yield Fault(
                    f"The page uses commands that PDF does not know ({names}); make it again.",
                    page.number,
                )
            if marks.malformed:
                names = ", ".join(sorted(marks.malformed)[:3])
                yield Fault(
                    f"The page holds commands that make no sense ({names}); make it again.",
                    page.number,
                )


def _layer_settings(document: Document, _: Profile) -> Outcome:
    for settings in document.layer_settings:
        if not str(settings.get("/Name", "")):
            yield Fault("The settings of the layers have no name; flatten the layers.")
        if "/AS" in settings:
            yield Fault("Layers come and go by themselves (AS); flatten them.")


def _hidden_layer(document: Document, _: Profile) -> Outcome:
    for settings in document.layer_settings:
        if len(settings.get("/OFF", ())) or settings.get("/BaseState") == "/OFF":
            yield Fault(
                "The file holds a hidden layer, which others can show; remove what is hidden."
            )
            return


def _substitutes(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for words in sorted(page.marks.substitutes | page.appearances.substitutes):
            yield Fault(f"The page holds {words}; put in what is meant to be seen.", page.number)


def _postscript(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.marks.postscript:
            yield Fault("The page holds a piece of PostScript program.", page.number)


def _user_unit(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.unit != 1:
            yield Fault(
                f"The page is measured in units of {page.unit:g} points (UserUnit), which many "
                "programs do not know; use points.",
                page.number,
            )


def _page_size(document: Document, profile: Profile) -> Outcome:
    sizes = [size(page.trim) for page in document.pages]
    if not sizes:
        yield Fault("The file has no pages.")
        return
    usual = Counter((round(w), round(h)) for w, h in sizes).most_common(1)[0][0]
    width, height = next(s for s in sizes if (round(s[0]), round(s[1])) == usual)
    if profile.trim_mm:
        width, height = (value * 72 / 25.4 for value in profile.trim_mm)
    for page, (w, h) in zip(document.pages, sizes, strict=True):
        if abs(w - width) > _TOLERANCE or abs(h - height) > _TOLERANCE:
            yield Fault(
                f"The page measures {mm(w)} by {mm(h)} where {mm(width)} by {mm(height)} is "
                "expected; give every page the same size.",
                page.number,
            )


def _font_embedded(document: Document, _: Profile) -> Outcome:
    for page, font in document.fonts:
        if not font.is_embedded:
            yield Fault(f"The font {font.base_name} is not in the file; embed it.", page)


def _font_subset(document: Document, _: Profile) -> Outcome:
    for page, font in document.fonts:
        if font.subtype != "Type3" and font.is_embedded and not font.is_subset:
            yield Fault(
                f"The font {font.base_name} is embedded whole; embed only the characters used.",
                page,
            )


def _font_type3(document: Document, _: Profile) -> Outcome:
    for page, font in document.fonts:
        if font.subtype == "Type3":
            yield Fault(
                "Text is set in a Type 3 font (drawn shapes, often emoji or a bitmap font); "
                "use an OpenType or TrueType font.",
                page,
            )


def _missing_glyph(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        bad = [text for text in page.all_texts if text.visible and text.missing_glyphs]
        if bad:
            total = sum(text.missing_glyphs for text in bad)
            yield Fault(
                f"{count(total, 'character')} missing from the font {bad[0].font.base_name} "
                f"(shown as an empty box) near “{bad[0].words}”; use a font that has them.",
                page.number,
            )


def _xmp(document: Document, _: Profile) -> Outcome:
    if "/Metadata" not in document.root and document.info.get(PDFX_VERSION) == X1A.version:
        # PDF/X-1a says all in Info (ISO 15930-4).
        return
    if problem := document.xmp.problem:
        yield Fault(f"{problem[0].upper()}{problem[1:]}; write one complete XMP block.")


def _info_agrees(document: Document, _: Profile) -> Outcome:
    if document.xmp.problem:
        return
    for key, name in INFO_TO_XMP.items():
        said = document.info.get(key)
        if said and not _same(key, said, document.xmp.properties.get(name, ())):
            other = document.xmp.joined(name) or "nothing"
            yield Fault(
                f"The file gives its {key[1:]} twice and differently: “{said}” in Info, "
                f"“{other}” in XMP; make both the same."
            )


def _same(key: str, said: str, values: tuple[str, ...]) -> bool:
    if key.endswith("Date"):
        first, second = parse_pdf_date(said), parse_xmp_date(values[0]) if values else None
        # A date that cannot be read is the business of the rule on dates.
        return first is None or (bool(values) and (second is None or first == second))
    return said in {", ".join(values), "; ".join(values), *values[:1]}


def _title(document: Document, _: Profile) -> Outcome:
    if not document.xmp.problem and not document.xmp.first(DUBLIN_CORE + "title"):
        yield Fault("The file has no title (dc:title in XMP); give the report one.")


def _dates(document: Document, _: Profile) -> Outcome:
    made: dict[str, datetime] = {}
    for name, key in (("CreateDate", "/CreationDate"), ("ModifyDate", "/ModDate")):
        for text, parse in (
            (document.info.get(key), parse_pdf_date),
            (document.xmp.first(XMP + name), parse_xmp_date),
        ):
            date = parse(text) if text else None
            if text and date is None:
                yield Fault(f"“{text}” ({name}) is not a date as PDF or XMP writes them.")
            elif date:
                made[name] = date
    if len(made) == 2 and made["ModifyDate"] < made["CreateDate"]:
        yield Fault("The file says it was changed before it was made; correct its dates.")
    if "CreateDate" not in made and not document.xmp.problem:
        yield Fault("The file does not say when it was made (CreateDate).")


def _file_id(document: Document, _: Profile) -> Outcome:
    identifier = document.pdf.trailer.get("/ID")
    parts = list(identifier) if isinstance(identifier, pikepdf.Array) else []
    if len(parts) != 2 or not all(bytes(part) for part in parts):
        yield Fault("The file has no identifier (ID in its trailer); write it again with one.")


def _private(document: Document, _: Profile) -> Outcome:
    said = {f"Info {key[1:]}": value for key, value in document.info.items()}
    for name, values in document.xmp.properties.items():
        said[f"XMP {name.rpartition('}')[2]}"] = " ".join(values)
    for number, file in enumerate(document.attachments, 1):
        said[f"attachment {number}"] = f"{file.get('/F', '')} {file.get('/UF', '')}"
    for where, value in said.items():
        if _PRIVATE.search(value):
            yield Fault(f"“{value}” ({where}) tells about your computer or network; remove it.")
    for page, address in _addresses(document):
        if _PRIVATE.search(address):
            yield Fault(f"A link leads to your own computer or network: {address}", page.number)


def _addresses(document: Document) -> Iterator[tuple[Page, str]]:
    for page, link in document.links:
        action = link.get("/A")
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI":
            yield page, str(action.get("/URI", ""))


def _link_form(document: Document, _: Profile) -> Outcome:
    for page, address in _addresses(document):
        if _PRIVATE.search(address):
            continue
        if reason := address_fault(address):
            yield Fault(f"The link {address} {reason}.", page.number)
        elif not address.isascii():
            message = f"The link {address} holds letters that must be percent-encoded."
            yield Fault(message, page.number)


def _link_tracking(document: Document, _: Profile) -> Outcome:
    for page, address in _addresses(document):
        if text_fragment(address):
            yield Fault(f"The link {address} carries a text fragment; cut it off.", page.number)
        if found := ", ".join(tracking(address)):
            message = f"The link {address} carries a tracking parameter ({found}); cut it off."
            yield Fault(message, page.number)


def _link_target(document: Document, _: Profile) -> Outcome:
    for page, link in document.links:
        destination = destination_of(link)
        if destination is not None and document.target(destination) is None:
            yield Fault("A link leads to a place that is not in the file.", page.number)
        if destination is None and "/A" not in link:
            yield Fault("A link leads nowhere.", page.number)


def visible_texts(page: Page) -> list[Text]:
    """Text a reader can see, slug lines beyond the bleed left out."""
    left, bottom, right, top = page.bleed
    return [
        text
        for text in page.marks.texts
        if text.visible
        and text.box[0] < right
        and text.box[2] > left
        and text.box[1] < top
        and text.box[3] > bottom
    ]


def is_inside(box: Box, outer: Box) -> bool:
    """Whether a box stays inside another, to the eye."""
    return min(margins(box, outer)) >= -_TOLERANCE


def _text_outside(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        bad = [text for text in visible_texts(page) if not is_inside(text.box, page.trim)]
        if bad:
            beyond = margins(bad[0].box, page.trim)
            side = SIDES[beyond.index(min(beyond))]
            yield Fault(
                f"{count(len(bad), 'piece')} of text over the {side} edge of the page, such as "
                f"“{bad[0].words}”; shorten it or let it wrap.",
                page.number,
            )


def _text_overlap(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if pair := _overlapping(page.marks.texts):
            yield Fault(
                f"“{pair[0].words}” and “{pair[1].words}” are printed over each other; "
                "give them room.",
                page.number,
            )


def _overlapping(texts: list[Text]) -> tuple[Text, Text] | None:
    """Two runs whose letters, ascenders and descenders aside, cover each other."""
    cores = sorted(
        ((_core(text), text) for text in texts if text.visible and text.shown.strip()),
        key=lambda pair: pair[0][1],
    )
    for index, (core, text) in enumerate(cores):
        for other, second in cores[index + 1 :]:
            if other[1] >= core[3]:
                break
            height = min(core[3], other[3]) - other[1]
            across = min(core[2], other[2]) - max(core[0], other[0])
            lower = min(core[3] - core[1], other[3] - other[1])
            if across > 3 and height > lower / 2 and text.shown != second.shown:
                return text, second
    return None


def _core(text: Text) -> Box:
    left, bottom, right, top = text.box
    quarter = (top - bottom) / 4
    return left, bottom + quarter, right, top - quarter


def _note_page(document: Document, _: Profile) -> Outcome:
    if document.structure is None:
        yield NotCheckable("notes and their calls: the file is not tagged")
        return
    notes = [note for note in document.structure.of("Note") if note.content()]
    if not notes:
        return
    boxes: dict[ContentKey, Box] = {}
    for page in document.pages:
        boxes.update(page.marks.content_boxes)
    calls = _calls(document, document.structure, notes, boxes)
    if not calls:
        yield NotCheckable("notes and their calls: no call is linked to its note")
        return
    for call, note in calls:
        first, second = _first_page(call), _first_page(note)
        if first != second:
            yield Fault(
                f"Note {_words(document, call)} stands on page {second} but its call on page "
                f"{first}; move the text so that both share a page.",
                first,
            )
    called = {id(note) for _, note in calls}
    for note in notes:
        if id(note) not in called:
            yield Fault(
                f"The note “{_words(document, note)}” has no call that leads to it.",
                _first_page(note),
            )
        if len({key.page for key in note.content()}) > 1:
            yield Fault(
                f"The note “{_words(document, note)}” runs on to the next page; shorten it.",
                _first_page(note),
            )


def _words(document: Document, element: Element) -> str:
    """How an element's text begins."""
    keys = set(element.content())
    texts = document.pages[_first_page(element) - 1].marks.texts
    return next((text.words for text in texts if text.tag.key in keys), "")


def _first_page(element: Element) -> int:
    return min(key.page for key in element.content())


def _calls(
    document: Document,
    structure: Structure,
    notes: list[Element],
    boxes: dict[ContentKey, Box],
) -> list[tuple[Element, Element]]:
    """Calls with their notes (ISO 32000-1, 14.8.4.4: Reference and Note).

    A call's link tells which note is meant: the nearest below the height it leads to.
    References in a table of contents, and those that lead to no note, are not calls.
    """
    targets = {link.objgen: destination_of(link) for _, link in document.links}
    starts = [(note, _first_page(note), _top(note, boxes)) for note in notes]
    calls = []
    for reference in structure.of("Reference"):
        if reference.within("TOC", "TOCI", "Note") or not reference.content():
            continue
        for element in reference.descendants():
            for annotation in element.annotations:
                target = document.target(targets.get(annotation))
                if target is None:
                    continue
                near = [
                    (abs(target.top - top) if target.top is not None else 0.0, note)
                    for note, page, top in starts
                    if page == target.page
                ]
                if near:
                    distance, note = min(near, key=lambda pair: pair[0])
                    if distance <= _NEAR_NOTE:
                        calls.append((reference, note))
    return calls


_NEAR_NOTE = 30.0
"""Points between the height a call leads to and the top of its note."""


def _top(note: Element, boxes: dict[ContentKey, Box]) -> float:
    first = _first_page(note)
    found: Box | None = None
    for key in note.content():
        if key.page == first and key in boxes:
            found = union(found, boxes[key]) if found else boxes[key]
    return found[3] if found else 0.0


RULES: tuple[Rule, ...] = (
    Rule("opens", "The file opens without repair.", "ISO 32000-1, 7.5", BOTH, _opens),
    Rule("encrypted", "The file is not encrypted.", "ISO 19005-2, 6.1.3", BOTH, _encrypted),
    Rule(
        "active-content",
        "The file runs no script and starts nothing by itself.",
        "ISO 19005-2, 6.4.1, 6.5.1 and 6.5.2",
        BOTH,
        _active_content,
    ),
    Rule(
        "content-stream",
        "Pages hold only commands that PDF knows, each with what it needs.",
        "ISO 32000-1, 7.8.2; ISO 19005-2, 6.2.2",
        BOTH,
        _content_stream,
    ),
    Rule(
        "layer-settings",
        "Layers have named settings that nothing changes.",
        "ISO 15930-7; ISO 19005-2, 6.9; ISO 14289-1, 7.10",
        BOTH,
        _layer_settings,
    ),
    Rule("hidden-layer", "No layer is hidden.", HOUSE, BOTH, _hidden_layer),
    Rule(
        "substitutes",
        "Nothing stands in for a picture or page elsewhere.",
        "ISO 15930-7; ISO 15930-4; ISO 19005-2, 6.2.8 and 6.2.9; ISO 14289-1, 7.20",
        BOTH,
        _substitutes,
    ),
    Rule(
        "postscript",
        "No page holds PostScript.",
        "ISO 15930-7; ISO 15930-4; ISO 19005-2, 6.2.9; ISO 32000-1, 8.8.2",
        BOTH,
        _postscript,
    ),
    Rule(
        "user-unit",
        "Pages are measured in points.",
        "house rule; ISO 32000-1, table 30",
        BOTH,
        _user_unit,
    ),
    Rule("page-size", "All pages have one trimmed size.", HOUSE, BOTH, _page_size),
    Rule(
        "font-embedded",
        "All fonts that show text are embedded.",
        "ISO 19005-2, 6.2.11.4.1; ISO 14289-1, 7.21.4.1",
        BOTH,
        _font_embedded,
    ),
    Rule("font-subset", "Embedded fonts are subsets.", HOUSE, BOTH, _font_subset, Level.WARNING),
    Rule("font-type3", "No text is set in a Type 3 font.", HOUSE, BOTH, _font_type3),
    Rule(
        "missing-glyph",
        "No character is missing from its font.",
        "ISO 19005-2, 6.2.11.8; ISO 14289-1, 7.21.8",
        BOTH,
        _missing_glyph,
    ),
    Rule("xmp", "The file has sound XMP metadata.", "ISO 19005-2, 6.6.2.1", BOTH, _xmp),
    Rule("info-agrees", "Info and XMP say the same.", "ISO 19005-2, 6.6.3", BOTH, _info_agrees),
    Rule("title", "The file has a title.", "ISO 14289-1, 7.1", BOTH, _title),
    Rule("dates", "Dates are present, valid and in order.", "ISO 32000-1, 7.9.4", BOTH, _dates),
    Rule("file-id", "The file has an identifier.", "ISO 19005-2, 6.1.3", BOTH, _file_id),
    Rule("private", "No path, host or user name leaks out.", HOUSE, BOTH, _private),
    Rule("link-form", "Links are well-formed web or mail addresses.", HOUSE, BOTH, _link_form),
    Rule("link-tracking", "Links track nobody.", HOUSE, BOTH, _link_tracking, Level.WARNING),
    Rule(
        "link-target",
        "Links within the file lead somewhere.",
        "ISO 32000-1, 12.3.2",
        BOTH,
        _link_target,
    ),
    Rule("text-outside", "No text crosses the trimmed edge.", HOUSE, BOTH, _text_outside),
    Rule(
        "text-overlap", "No text is printed over text.", HOUSE, BOTH, _text_overlap, Level.WARNING
    ),
    Rule(
        "note-page",
        "Every note stands on the page of its call.",
        "ISO 32000-1, 14.8.4.4; house rule",
        BOTH,
        _note_page,
    ),
)
