"""Preflight rules for a print file: PDF/X-4, PDF/X-1a and what offset printers ask.

PDF/X-4 is ISO 15930-7:2010, PDF/X-1a:2003 is ISO 15930-4:2003; where they take a construct from
PDF, the clause of ISO 32000-1 that defines the construct stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..formats import count
from ..pdf.colour import Colour
from ..pdf.document import Document, Page
from ..pdf.geometry import Box, intersection
from ..pdf.marks import Area, Line, Text
from ..pdf.metadata import MEDIA, PDF, PDFX, PDFX_ID, PDFX_VERSION
from ..problems import Level
from ..styles import POINTS_PER_MM, X1A, X4
from .every import is_inside, visible_texts
from .rules import HOUSE, SIDES, Fault, Outcome, Profile, Rule, Use, margins, mm

_MOST_INK = 3.0
_SMALLEST_TEXT = 6.0
_THINNEST_LINE = 0.25
_THIN = 2.0
_COLOUR_RESOLUTION, _ONE_BIT_RESOLUTION = 300, 600
_ROUNDING = 0.05
"""Points lost when a length is written with few decimals."""
_AT_EDGE_MM = 0.5
_REACHES_MM = 0.1
_REGISTERED_NAME = re.compile(r"^[\w.-]+$")
_OUTSIDE_ART = ("/PrinterMark", "/TrapNet")
_INFO_ASKED = ("/Title", "/CreationDate", "/ModDate")
_DEVICE_FAMILIES = (
    "DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Indexed", "Pattern"
)  # fmt: skip


def _identification(document: Document, _: Profile) -> Outcome:
    if document.xmp.problem:
        return
    said = document.xmp.first(PDFX_ID + "GTS_PDFXVersion")
    if said != X4.version:
        yield Fault(f"The file does not say that it is {X4.version} in its XMP.")


def _x1a_identification(document: Document, _: Profile) -> Outcome:
    if document.info.get(PDFX_VERSION) != X1A.version:
        yield Fault(f"The file does not say that it is {X1A.version} in its Info.")
    for schema in (PDFX_ID, PDFX):
        said = document.xmp.first(schema + "GTS_PDFXVersion")
        if said and said != X1A.version:
            yield Fault(f"The file says in its XMP that it is {said}, not {X1A.version}.")


def _version(document: Document, _: Profile) -> Outcome:
    said = _said_version(document)
    if said != X4.pdf_version:
        yield Fault(f"The file is PDF {said}; {X4.version} is PDF {X4.pdf_version}.")


def _x1a_version(document: Document, _: Profile) -> Outcome:
    said = _said_version(document)
    if said > X1A.pdf_version:
        yield Fault(f"The file is PDF {said}; {X1A.version} goes up to PDF {X1A.pdf_version}.")


def _said_version(document: Document) -> str:
    return max(document.pdf.pdf_version, str(document.root.get("/Version", "/"))[1:])


def _later_features(document: Document, _: Profile) -> Outcome:
    """PDF 1.4 knows none of these, whatever version the file says it is."""
    found = {_LATER_TYPES.get(str(item.get("/Type"))) for item in document.streams}
    found |= {_LATER_TYPES.get(str(item.get("/Subtype"))) for item in document.streams}
    if any("JPX" in kind for kind in document.stream_filters):
        found.add("JPEG 2000 pictures (PDF 1.5)")
    if any(item.get("/BitsPerComponent") == 16 for item in document.streams):
        found.add("pictures of 16 bits per colour (PDF 1.5)")
    if "/OCProperties" in document.root:
        found.add("layers (PDF 1.5)")
    if any(intent.version > 2 for intent in document.output_intents):
        found.add("a colour profile of version 4 (PDF 1.5)")
    for feature in sorted(filter(None, found)):
        yield Fault(f"The file holds {feature}; {X1A.version} is PDF {X1A.pdf_version}.")


_LATER_TYPES = {
    "/ObjStm": "object streams (PDF 1.5)",
    "/XRef": "cross-reference streams (PDF 1.5)",
    "/OpenType": "OpenType font files (PDF 1.6)",
}
"""Types and subtypes of streams that came after PDF 1.4."""


def _info(document: Document, _: Profile) -> Outcome:
    missing = [key[1:] for key in _INFO_ASKED if not document.info.get(key)]
    if missing:
        yield Fault(f"The Info lacks {', '.join(missing)}.")


def _transparency(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.marks.transparency:
            found = ", ".join(sorted(page.marks.transparency))
            yield Fault(
                f"The page is not opaque ({found}); give it plain colours or send PDF/X-4.",
                page.number,
            )


def _device_colour(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for space, user in page.marks.spaces.items():
            # RGB has a rule of its own.
            if space.family not in _DEVICE_FAMILIES and space.model != "rgb":
                yield Fault(
                    f"{user.capitalize()} is in a colour space that presses do not have "
                    f"({space.title}); convert it to CMYK.",
                    page.number,
                )


def _packing(document: Document, _: Profile) -> Outcome:
    for name in ("LZW", "JBIG2"):
        if number := sum(name in kind for kind in document.stream_filters):
            yield Fault(f"{count(number, 'stream')} packed with {name}; pack with Flate.")


def _actions(document: Document, _: Profile) -> Outcome:
    for page, action in document.actions():
        yield Fault(f"The file holds a {str(action.get('/S', ''))[1:]} action; remove it.", page)


def _intent(document: Document, profile: Profile) -> Outcome:
    intents = [item for item in document.output_intents if item.subtype == "GTS_PDFX"]
    if len(intents) != 1:
        yield Fault("The file must name one printing condition (output intent GTS_PDFX).")
        return
    intent = intents[0]
    if not _REGISTERED_NAME.match(intent.condition):
        yield Fault(
            f"The printing condition “{intent.condition}” is not a registered name such as "
            "FOGRA39."
        )
    elif profile.condition and intent.condition != profile.condition:
        yield Fault(
            f"The file is made for {intent.condition}; the printer asks {profile.condition}."
        )
    if not intent.registry:
        yield Fault("The printing condition has no registry (RegistryName).")
    if not intent.embedded:
        # PDF/X-1a may leave out the profile of a registered condition.
        if profile.standard == X4:
            yield Fault("The printing condition's colour profile is not in the file.")
    elif (intent.model, intent.device, intent.components) != ("CMYK", "prtr", 4):
        yield Fault("The printing condition's colour profile is not one for CMYK printing.")


def _trapped(document: Document, profile: Profile) -> Outcome:
    said = document.info.get("/Trapped", "").removeprefix("/")
    also = document.xmp.first(PDF + "Trapped")
    unsaid = profile.standard == X1A and not said
    if unsaid or {said, also} - {""} not in ({"True"}, {"False"}):
        yield Fault("The file does not say, or says twice differently, if it is trapped.")


def _identifiers(document: Document, _: Profile) -> Outcome:
    if document.xmp.problem:
        return
    names = ("DocumentID", "VersionID", "RenditionClass")
    missing = [name for name in names if not document.xmp.first(MEDIA + name)]
    if missing:
        yield Fault(f"The XMP lacks {', '.join(missing)}, by which printers tell files apart.")


def _boxes(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if not page.written("/TrimBox") and not page.written("/ArtBox"):
            yield Fault("The page does not say where to cut (TrimBox).", page.number)
        elif not is_nested(page.trim, page.bleed):
            yield Fault("The trimmed page is larger than its bleed.", page.number)
        elif not is_nested(page.bleed, page.media):
            yield Fault("The bleed is larger than the sheet (MediaBox).", page.number)
        elif not is_nested(page.bleed, page.crop):
            yield Fault("The visible page cuts off the bleed (CropBox).", page.number)


def is_nested(inner: Box, outer: Box) -> bool:
    """Whether a box lies inside another, rounding allowed."""
    return min(margins(inner, outer)) >= -_ROUNDING


def _bleed(document: Document, profile: Profile) -> Outcome:
    wanted = profile.bleed_mm * POINTS_PER_MM
    for page in document.pages:
        if not page.written("/TrimBox") or not is_nested(page.trim, page.bleed):
            continue
        beyond = margins(page.trim, page.bleed)
        if min(beyond) < wanted - _ROUNDING:
            side = SIDES[beyond.index(min(beyond))]
            yield Fault(
                f"The bleed is {mm(min(beyond))} at the {side}; {mm(wanted)} is asked.",
                page.number,
            )


def _art_box(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.written("/ArtBox") and page.written("/TrimBox"):
            yield Fault("The page has both an ArtBox and a TrimBox; keep one.", page.number)


def _annotations(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        bad = [item for item in page.annotations if _disturbs(item, page)]
        if bad:
            yield Fault(
                f"{count(len(bad), 'annotation')} (links or comments) on a page to be printed; "
                "leave them out.",
                page.number,
            )


def _disturbs(annotation: Any, page: Page) -> bool:
    if str(annotation.get("/Subtype")) not in _OUTSIDE_ART:
        return True
    left, bottom, right, top = (float(number) for number in annotation["/Rect"])
    return intersection((left, bottom, right, top), page.bleed) is not None


def _rgb(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for space, user in page.marks.spaces.items():
            if space.model == "rgb":
                yield Fault(
                    f"{user.capitalize()} is in RGB ({space.title}); convert it to CMYK.",
                    page.number,
                )


def _each_text(
    document: Document, chosen: Callable[[Text], bool], message: Callable[[list[Text]], str]
) -> Outcome:
    for page in document.pages:
        if bad := [text for text in visible_texts(page) if chosen(text)]:
            yield Fault(message(bad), page.number)


def _rich_black(document: Document, _: Profile) -> Outcome:
    yield from _each_text(
        document,
        lambda text: text.colour.is_rich_black and not _is_registration(text),
        lambda bad: (
            f"Black text with other inks under it ({bad[0].colour}) near “{bad[0].words}”; "
            "use black ink alone."
        ),
    )
    for page in document.pages:
        thin = [mark for mark in page.marks.lines if mark.visible and mark.width < _THIN]
        if bad := [x for x in thin if x.colour.is_rich_black and not _is_registration(x)]:
            yield Fault(
                f"{count(len(bad), 'thin black line')} with other inks under it "
                f"({bad[0].colour}); use black ink alone.",
                page.number,
            )


def _black_overprint(document: Document, _: Profile) -> Outcome:
    return _each_text(
        document,
        lambda text: text.colour.is_plain_black and not _overprints(text),
        lambda bad: (
            f"Black text is cut out of what lies under it near “{bad[0].words}”; "
            "let it overprint (op true, OPM 1, in CMYK)."
        ),
    )


def _overprints(text: Text) -> bool:
    """Whether other plates keep what is under the text (ISO 32000-1, 8.6.7)."""
    space = text.colour.space
    if space.model == "spot":
        return text.overprints
    return text.overprints and text.overprint_mode == 1 and space.family == "DeviceCMYK"


def _colour_overprint(document: Document, _: Profile) -> Outcome:
    yield from _each_text(
        document,
        lambda text: _changes_by_overprint(text) and not text.colour.is_rich_black,
        lambda bad: (
            f"Text in {_white_or_colour(bad[0].colour)} overprints near “{bad[0].words}” and "
            "will change or vanish on press; turn overprint off."
        ),
    )
    for page in document.pages:
        marks: list[Area | Line] = [*page.marks.areas, *page.marks.lines]
        if bad := [mark for mark in marks if mark.visible and _changes_by_overprint(mark)]:
            yield Fault(
                f"{count(len(bad), 'area or line', 'areas or lines')} in "
                f"{_white_or_colour(bad[0].colour)} set to overprint, which will change or vanish "
                "on press; turn overprint off.",
                page.number,
            )


def _changes_by_overprint(mark: Text | Area | Line) -> bool:
    """Whether what lies below shows through on press."""
    colour = mark.colour
    return mark.overprints and (colour.is_white or colour.chromatic_ink > 0)


def _white_or_colour(colour: Colour) -> str:
    return "white" if colour.is_white else "colour"


def _spot_colour(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        inks = sorted({ink for space in page.marks.spaces for ink in space.spots})
        if inks:
            yield Fault(
                f"The page needs inks of its own ({', '.join(inks)}); convert them to CMYK.",
                page.number,
            )


def _registration(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        marks: list[Text | Area | Line] = [*page.marks.texts, *page.marks.areas]
        for mark in (*marks, *page.marks.lines):
            if _is_registration(mark) and intersection(mark.box, page.trim):
                yield Fault(
                    "Something on the page is in the colour of printer's marks (All), which "
                    "prints with every ink; use black.",
                    page.number,
                )
                break


def _is_registration(mark: Text | Area | Line) -> bool:
    """Whether it is in the colour of printer's marks."""
    return "All" in mark.colour.space.colorants


def _rotation(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.rotation:
            yield Fault(
                f"The page is turned by {page.rotation} degrees (Rotate), which presses may "
                "ignore; make it upright.",
                page.number,
            )


def _total_ink(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        heavy = [
            (colour.ink or 0.0, str(colour))
            for colour in page.marks.colours
            if (colour.ink or 0.0) > _MOST_INK + 1e-3 and colour.space.colorants != ("All",)
        ]
        if heavy:
            ink, colour = max(heavy)
            yield Fault(
                f"The colour {colour} needs {ink * 100:.0f} % ink; {_MOST_INK * 100:.0f} % is "
                "the most that dries.",
                page.number,
            )


def _page_count(document: Document, profile: Profile) -> Outcome:
    pages = len(document.pages)
    if pages % profile.page_multiple:
        missing = -pages % profile.page_multiple
        yield Fault(
            f"The file has {pages} pages; the printer needs a multiple of "
            f"{profile.page_multiple}: add {count(missing, 'empty page')} at the end."
        )


def _blank_inside(document: Document, _: Profile) -> Outcome:
    """Empty pages fill a booklet up: at the end, or right before its back cover."""
    blank = [page.marks.is_blank for page in document.pages]
    end = len(blank)
    while end > 1 and blank[end - 1]:
        end -= 1
    if end == len(blank):
        end -= 1
        while end > 1 and blank[end - 1]:
            end -= 1
    for number in range(1, end + 1):
        if blank[number - 1]:
            yield Fault("The page is empty but not at the end.", number)


def _forms(document: Document, _: Profile) -> Outcome:
    form = document.root.get("/AcroForm")
    if form is not None and (len(form.get("/Fields", ())) or "/XFA" in form):
        yield Fault("The file holds a form to fill in; paper cannot.")


def _transfer(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.marks.state_keys:
            keys = ", ".join(sorted(page.marks.state_keys))
            yield Fault(
                f"The page brings its own halftone or transfer curve ({keys}); remove it.",
                page.number,
            )


def _resolution(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for picture in page.marks.pictures:
            wanted = _ONE_BIT_RESOLUTION if picture.one_bit else _COLOUR_RESOLUTION
            if picture.resolution < wanted - 0.5:
                yield Fault(
                    f"A picture has {picture.resolution:.0f} pixels per inch where {wanted} are "
                    "asked; use a larger original or print it smaller.",
                    page.number,
                )


def _small_text(document: Document, _: Profile) -> Outcome:
    return _each_text(
        document,
        lambda text: text.size < _SMALLEST_TEXT - _ROUNDING,
        lambda bad: (
            f"Text of {min(text.size for text in bad):.1f} pt near “{bad[0].words}”; "
            f"{_SMALLEST_TEXT:g} pt is the smallest that prints well."
        ),
    )


def _hairline(document: Document, _: Profile) -> Outcome:
    thinnest = _THINNEST_LINE - 0.005
    for page in document.pages:
        widths = [
            line.width
            for line in page.marks.lines
            if line.visible and not line.colour.is_white and line.width < thinnest
        ]
        for area in page.marks.areas:
            thin, long = sorted(
                (area.full_box[2] - area.full_box[0], area.full_box[3] - area.full_box[1])
            )
            if (
                area.is_rectangle
                and area.visible
                and not area.colour.is_white
                # WeasyPrint draws borders with a rectangle without height beside them.
                and 0 < thin < thinnest
                and long > 1
            ):
                widths.append(thin)
        if widths:
            yield Fault(
                f"{count(len(widths), 'line')} of {min(widths):.2f} pt; under "
                f"{_THINNEST_LINE} pt lines break up in print.",
                page.number,
            )


def _safe_zone(document: Document, profile: Profile) -> Outcome:
    wanted = profile.safe_zone_mm * POINTS_PER_MM
    for page in document.pages:
        bad = [
            text
            for text in visible_texts(page)
            if is_inside(text.box, page.trim) and min(margins(text.box, page.trim)) < wanted - 0.5
        ]
        if bad:
            nearest = min(bad, key=lambda text: min(margins(text.box, page.trim)))
            distance = min(margins(nearest.box, page.trim))
            yield Fault(
                f"“{nearest.words}” stands {mm(max(distance, 0))} from the cut; keep "
                f"{mm(wanted)} clear.",
                page.number,
            )


def _drawing_safe_zone(document: Document, profile: Profile) -> Outcome:
    """Pictures and lines that end near the cut neither stay clear of it nor bleed."""
    wanted = profile.safe_zone_mm * POINTS_PER_MM
    edge = _AT_EDGE_MM * POINTS_PER_MM
    for page in document.pages:
        lines = [line for line in page.marks.lines if line.visible and not line.colour.is_white]
        boxes = [line.box for line in lines]
        boxes += [picture.box for picture in page.marks.pictures]
        near = [
            box
            for box in boxes
            if intersection(box, page.trim)
            and any(edge < gap < wanted - 0.5 for gap in margins(box, page.trim))
        ]
        if near:
            yield Fault(
                f"{count(len(near), 'picture or line', 'pictures or lines')} within {mm(wanted)} "
                "of the cut; move it in or let it bleed.",
                page.number,
            )


def _background_bleed(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        boxes = [picture.box for picture in page.marks.pictures]
        boxes += [
            area.box for area in page.marks.areas if area.visible and not area.colour.is_white
        ]
        if short := _stops_short(boxes, page):
            yield Fault(
                f"A background reaches the {short} cut but not the edge of the bleed; a white "
                "sliver may show after cutting.",
                page.number,
            )


def _stops_short(boxes: list[Box], page: Page) -> str:
    """The side where a box touches the trim without filling the bleed; empty if none."""
    at_edge, reaches = _AT_EDGE_MM * POINTS_PER_MM, _REACHES_MM * POINTS_PER_MM
    for box in boxes:
        shared = intersection(box, page.trim)
        if shared is None or min(shared[2] - shared[0], shared[3] - shared[1]) <= 0:
            continue
        to_trim, to_bleed = margins(box, page.trim), margins(box, page.bleed)
        for side, inside, short in zip(SIDES, to_trim, to_bleed, strict=True):
            if inside <= at_edge and short > reaches:
                return side
    return ""


_USE: tuple[Use, ...] = ("print",)
_X4 = "ISO 15930-7"
_X1A = "ISO 15930-4"
_BOTH = f"{_X4}; {_X1A}"

RULES: tuple[Rule, ...] = (
    Rule("print-identification", f"The file says that it is {X4.version}.", _X4, _USE,
         _identification, standards=(X4,)),
    Rule("x1a-identification", f"The file says that it is {X1A.version}.", _X1A, _USE,
         _x1a_identification, standards=(X1A,)),
    Rule("pdf-version", f"The file is PDF {X4.pdf_version}.", _X4, _USE, _version,
         standards=(X4,)),
    Rule("x1a-version", f"The file is no later than PDF {X1A.pdf_version}.", _X1A, _USE,
         _x1a_version, standards=(X1A,)),
    Rule("x1a-later", f"The file holds nothing later than PDF {X1A.pdf_version}.", _X1A, _USE,
         _later_features, standards=(X1A,)),
    Rule("x1a-info", "Info gives title and dates.", _X1A, _USE, _info, standards=(X1A,)),
    Rule("x1a-transparency", "Nothing lets through what lies below it.", _X1A, _USE,
         _transparency, standards=(X1A,)),
    Rule("x1a-colour", "All colours are inks of the press.", _X1A, _USE, _device_colour,
         standards=(X1A,)),
    Rule("x1a-packing", "Nothing is packed with LZW or JBIG2.", _X1A, _USE, _packing,
         standards=(X1A,)),
    Rule("x1a-actions", "The file holds no actions.", _X1A, _USE, _actions, standards=(X1A,)),
    Rule("print-intent", "One printing condition is named and its CMYK profile embedded.",
         f"{_BOTH}; ISO 32000-1, 14.11.5", _USE, _intent),
    Rule("trapped", "The file says whether it is trapped.",
         f"{_BOTH}; ISO 32000-1, 14.11.6", _USE, _trapped),
    Rule("print-ids", "XMP identifies document, version and rendition.", _X4, _USE, _identifiers,
         standards=(X4,)),
    Rule("print-boxes", "Trim, bleed and sheet are given and nested.",
         f"{_BOTH}; ISO 32000-1, 14.11.2", _USE, _boxes),
    Rule("bleed", "The bleed is as wide as the printer asks.", HOUSE, _USE, _bleed),
    Rule("art-box", "No page has both TrimBox and ArtBox.", _BOTH, _USE, _art_box),
    Rule("print-annotations", "No link or comment lies on the page.", _BOTH, _USE,
         _annotations),
    Rule("rgb", "Nothing is in RGB.", HOUSE, _USE, _rgb),
    Rule("rich-black", "Black text and thin lines are black ink alone.", HOUSE, _USE, _rich_black),
    Rule("black-overprint", "Black text overprints.",
         "house rule; ISO 32000-1, 8.6.7", _USE, _black_overprint),
    Rule("colour-overprint", "Nothing white or coloured overprints.",
         "house rule; ISO 32000-1, 8.6.7", _USE, _colour_overprint),
    Rule("spot-colour", "All inks are those of the four-colour press.", HOUSE, _USE,
         _spot_colour),
    Rule("registration", "Only printer's marks are in the colour of all plates.",
         "house rule; ISO 32000-1, 8.6.6.4", _USE, _registration),
    Rule("rotation", "No page is turned.", "house rule; ISO 32000-1, table 30", _USE, _rotation),
    Rule("total-ink", "No flat colour needs more than 300 % ink.", HOUSE, _USE, _total_ink),
    Rule("page-count", "The number of pages suits the binding.", HOUSE, _USE, _page_count),
    Rule("blank-inside", "Empty pages stand at the end alone, or before the back cover.",
         HOUSE, _USE, _blank_inside),
    Rule("forms", "The file holds no form.", _BOTH, _USE, _forms),
    Rule("transfer", "No page brings transfer curves or halftones.",
         f"{_BOTH}; ISO 32000-1, 10.4 and 10.5", _USE, _transfer),
    Rule("print-resolution", "Pictures have 300, line art 600 pixels per inch.", HOUSE, _USE,
         _resolution),
    Rule("small-text", f"No text is under {_SMALLEST_TEXT:g} pt.", HOUSE, _USE, _small_text),
    Rule("hairline", f"No line is under {_THINNEST_LINE} pt.", HOUSE, _USE, _hairline,
         Level.WARNING),
    Rule("safe-zone", "No text stands close to the cut.", HOUSE, _USE, _safe_zone),
    Rule("drawing-safe-zone", "No picture or line ends close to the cut.", HOUSE, _USE,
         _drawing_safe_zone, Level.WARNING),
    Rule("background-bleed", "What touches the cut fills the bleed.", HOUSE, _USE,
         _background_bleed),
)  # fmt: skip
