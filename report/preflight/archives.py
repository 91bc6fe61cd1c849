"""Preflight rules for a screen copy that archives keep: PDF/A-2a (ISO 19005-2)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf

from ..formats import count
from ..pdf.document import Document, OutputIntent, Page, rectangle_of
from ..pdf.metadata import PDFA_ID, read_xmp
from .rules import Fault, Outcome, Profile, Rule, Use, size

_PRINT, _HIDING = 4, 1 | 2 | 32
_COMPONENTS = {"RGB": 3, "CMYK": 4, "GRAY": 1}
_ANNOTATIONS = {
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
    "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup",
    "/FileAttachment", "/Widget", "/PrinterMark", "/Watermark", "/Redact",
}  # fmt: skip
"""Types of annotation that an archive keeps; PDF/UA-1 forbids TrapNet besides (7.18.2)."""


def _identification(document: Document, _: Profile) -> Outcome:
    xmp = document.xmp
    said = xmp.first(PDFA_ID + "part"), xmp.first(PDFA_ID + "conformance")
    if not xmp.problem and said not in (("2", "A"), ("3", "A")):
        yield Fault("The file does not say that it is fit for archives (PDF/A-2a) in its XMP.")


def _schemas(document: Document, _: Profile) -> Outcome:
    for uri in document.xmp.undescribed_schemas:
        yield Fault(f"The XMP uses {uri} without describing it, as archives ask (pdfaExtension).")


def _intent(document: Document) -> OutputIntent | None:
    intents = [item for item in document.output_intents if item.subtype == "GTS_PDFA1"]
    return intents[0] if intents else None


def _output_intent(document: Document, _: Profile) -> Outcome:
    intent = _intent(document)
    if intent is None:
        return
    if not intent.embedded:
        yield Fault("The output intent holds no colour profile.")
    elif _COMPONENTS.get(intent.model) != intent.components:
        yield Fault("The output intent's colour profile is not of the kind it says (N).")
    elif intent.device not in ("prtr", "mntr") or intent.version > 4:
        yield Fault("The output intent's colour profile is of no printer or screen.")
    profiles = {item.profile for item in document.output_intents if item.embedded}
    if len(profiles) > 1:
        yield Fault("The file has output intents with different colour profiles; keep one.")


def _colour(document: Document, _: Profile) -> Outcome:
    intent = _intent(document)
    if intent and not intent.embedded:
        # Another rule says so.
        return
    model = intent.model if intent else ""
    meaningless = {"DeviceRGB", "DeviceCMYK"} - {f"Device{model}"}
    if not model:
        meaningless.add("DeviceGray")
    for page in document.pages:
        spaces = {**page.appearances.spaces, **page.marks.spaces}
        found = {space.family: user for space, user in spaces.items()}
        wrong = sorted(meaningless & found.keys())
        if not model and (wrong or _blends_unsaid(page)):
            yield Fault("The file does not say what its colours mean (output intent GTS_PDFA1).")
            return
        for family in wrong:
            yield Fault(
                f"{found[family].capitalize()} is in {family}, but the file's profile is for "
                f"{model}; convert it.",
                page.number,
            )


def _blends_unsaid(page: Page) -> bool:
    """Whether transparency on a page blends in a space that nothing names (6.2.10)."""
    transparency = page.marks.transparency | page.appearances.transparency
    return bool(transparency) and "/CS" not in page.source.obj.get("/Group", {})


def _lzw(document: Document, _: Profile) -> Outcome:
    number = sum("LZW" in kind for kind in document.stream_filters)
    number += sum("LZW" in kind for page in document.pages for kind in page.marks.packings)
    if number:
        yield Fault(f"{count(number, 'stream')} packed with LZW, which archives refuse.")


def _interpolate(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if any(picture.interpolated for picture in page.all_pictures):
            yield Fault(
                "A picture asks to be smoothed (Interpolate), which PDF/A forbids.", page.number
            )


def _annotation_type(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        for kind in sorted({str(item.get("/Subtype")) for item in page.annotations}):
            if kind not in _ANNOTATIONS:
                yield Fault(
                    f"The page holds an annotation that archives refuse ({kind[1:]}); leave it "
                    "out.",
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


def _annotation_appearance(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if any(_unshown(item) for item in page.annotations):
            yield Fault(
                "A comment or field does not say how it looks, and looks different in every "
                "reader (AP); leave it out.",
                page.number,
            )


def _unshown(annotation: Any) -> bool:
    if str(annotation.get("/Subtype")) in ("/Popup", "/Link"):
        return "/AP" in annotation and set(annotation.AP.keys()) != {"/N"}
    if "/AP" not in annotation:
        box = rectangle_of(annotation)
        return box is None or any(size(box))
    shown = annotation.AP.get("/N")
    if set(annotation.AP.keys()) != {"/N"}:
        return True
    is_button = annotation.get("/FT") == "/Btn" and annotation.get("/Subtype") == "/Widget"
    return isinstance(shown, pikepdf.Stream) is bool(is_button)


def _attachments(document: Document, _: Profile) -> Outcome:
    part = document.xmp.first(PDFA_ID + "part")
    for file in document.attachments:
        said = str(file.get("/UF", "")) or str(file.get("/F", "")) or "nameless"
        if not str(file.get("/UF", "")) or not str(file.get("/F", "")):
            yield Fault(f"The attachment “{said}” must be named twice (F and UF).")
        if part == "3" and "/AFRelationship" not in file:
            yield Fault(f"The attachment “{said}” does not say what it is (AFRelationship).")
        if part != "3" and not _is_archivable(file):
            yield Fault(
                f"The attachment “{said}” is no PDF/A, and PDF/A-2 takes no other; leave it out."
            )


def _is_archivable(file: Any) -> bool:
    """Whether an embedded file says that it is PDF/A-1 or PDF/A-2."""
    streams = file.get("/EF", {})
    content = streams.get("/F", streams.get("/UF"))
    if not isinstance(content, pikepdf.Stream):
        return True
    try:
        with pikepdf.open(BytesIO(content.read_bytes()), suppress_warnings=True) as pdf:
            metadata = pdf.Root.get("/Metadata")
            packet = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else None
    except pikepdf.PdfError:
        return False
    return read_xmp(packet).first(PDFA_ID + "part") in ("1", "2")


_USE: tuple[Use, ...] = ("screen",)
_A = "ISO 19005-2"

RULES: tuple[Rule, ...] = (
    Rule("archive-identification", "The file says that it is PDF/A-2a.", f"{_A}, 6.6.4", _USE,
         _identification),
    Rule("xmp-schemas", "XMP describes the schemas it adds.", f"{_A}, 6.6.2.3.1", _USE, _schemas),
    Rule("screen-intent", "The output intent holds one sound colour profile.",
         f"{_A}, 6.2.3", _USE, _output_intent),
    Rule("screen-colour", "The output intent says what device colours mean.",
         f"{_A}, 6.2.4.3 and 6.2.10", _USE, _colour),
    Rule("lzw", "Nothing is packed with LZW.", f"{_A}, 6.1.7.2 and 6.1.10", _USE, _lzw),
    Rule("interpolate", "No picture asks for interpolation.", f"{_A}, 6.2.8", _USE, _interpolate),
    Rule("annotation-type", "All annotations are of kinds that archives keep.",
         f"{_A}, 6.3.1; ISO 14289-1, 7.18.2", _USE, _annotation_type),
    Rule("annotation-flags", "Annotations are visible and print.", f"{_A}, 6.3.2", _USE,
         _annotation_flags),
    Rule("annotation-appearance", "Annotations look the same everywhere.", f"{_A}, 6.3.3", _USE,
         _annotation_appearance),
    Rule("attachments", "Attached files are named, and PDF/A themselves.",
         f"{_A}, 6.8; ISO 14289-1, 7.11", _USE, _attachments),
)  # fmt: skip
