"""The print file: PDF/X-4 or PDF/X-1a in CMYK, as a printer's preset says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pydyf

from ..problems import ReportError
from ..styles import MARK_LENGTH_MM, POINTS_PER_MM, X1A, Palette, Preset
from .cff import cid_keyed_cff
from .objects import (
    copied,
    describe,
    object_of,
    of_type,
    output_intent,
    pages,
    resource_dictionaries,
    written,
)
from .xmp import Description, print_identification

_RGB = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)")


class FinishingError(ReportError):
    """A file cannot be finished as asked."""


def finish_print(pdf: Any, about: Description, preset: Preset, palette: Palette) -> bytes:
    """The print file of a drawing: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4).

    Raises FinishingError for a colour that ``palette`` lacks.
    """
    standard = preset.standard
    pdf = copied(pdf)
    _remove_structure(pdf)
    for page in pages(pdf):
        page.pop("Annots", None)
        _set_print_boxes(page, preset)
    _separate_colours(pdf, palette)
    if standard == X1A:
        _limit_to_pdf_1_4(pdf)
    if preset.marks:
        _draw_crop_marks(pdf)
    _pad(pdf, preset.page_multiple, _endpaper(preset, palette))
    intent = output_intent(pdf, "/GTS_PDFX", preset.icc(), 4, preset.condition, preset.info)
    intent["RegistryName"] = pydyf.String("http://www.color.org")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    describe(pdf, about, print_identification(standard))
    pdf.info["Trapped"] = "/False"
    if standard == X1A:
        pdf.info["GTS_PDFXVersion"] = pydyf.String(standard.version)
    return written(pdf, standard.pdf_version, about)


_STRUCTURE_TYPES = ("/StructTreeRoot", "/StructElem", "/OBJR", "/MCR", "/Annot")


def _remove_structure(pdf: Any) -> None:
    """Empty what only the screen copy uses: tags, links and what they refer to."""
    root = pdf.catalog.pop("StructTreeRoot", None)
    pdf.catalog.pop("MarkInfo", None)
    if root is not None:
        for key in ("ParentTree", "IDTree"):
            reference = object_of(pdf, root).get(key)
            if isinstance(reference, bytes):
                object_of(pdf, reference).clear()
    for kind in _STRUCTURE_TYPES:
        for item in of_type(pdf, kind):
            item.clear()
    for page in pages(pdf):
        page.pop("StructParents", None)
        page.pop("Tabs", None)


def _set_print_boxes(page: Any, preset: Preset) -> None:
    """ISO 32000-1, 14.11.2: the media box holds the bleed box, which holds the trim box."""
    trim = [float(value) for value in page["TrimBox"]]
    page["BleedBox"] = _grown(trim, preset.bleed_mm)
    page["MediaBox"] = _grown(trim, preset.slug_mm)


def _grown(box: list[float], millimetres: float) -> Any:
    margin = millimetres * POINTS_PER_MM
    left, bottom, right, top = box
    grown = (left - margin, bottom - margin, right + margin, top + margin)
    return pydyf.Array([round(value, 3) for value in grown])


def _separate_colours(pdf: Any, palette: Palette) -> None:
    """Replace every colour by its CMYK recipe; black fills overprint, no other does.

    ISO 32000-1, 8.6.7: with OPM 1 a tint of zero leaves what lies below, so that white or
    coloured shapes must never overprint.
    """
    recipes = {
        colour.screen: tuple(ink / 100 for ink in colour.print) for colour in palette.values()
    }
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.stream = [_separated(part, recipes) for part in item.stream]
    states = {
        "overprint": pydyf.Dictionary({"op": "true", "OP": "false", "OPM": 1}),
        "knockout": pydyf.Dictionary({"op": "false", "OP": "false", "OPM": 1}),
    }
    for resources in resource_dictionaries(pdf):
        resources["ExtGState"] = pydyf.Dictionary({**resources["ExtGState"], **states})


def _separated(part: Any, recipes: dict[str, tuple[float, ...]]) -> Any:
    match = _RGB.fullmatch(part) if isinstance(part, bytes) else None
    if not match:
        return part
    colour = "#" + "".join(f"{round(float(value) * 255):02x}" for value in match.groups()[:3])
    if colour not in recipes:
        raise FinishingError(
            f"the report paints {colour}, which styles/palette.yaml does not hold;"
            " add it there with its CMYK recipe"
        )
    recipe = recipes[colour]
    values = " ".join(f"{value:g}" for value in recipe)
    if match[4] == b"RG":
        return f"{values} K".encode()
    state = "overprint" if recipe == (0, 0, 0, 1) else "knockout"
    return f"/{state} gs {values} k".encode()


def _limit_to_pdf_1_4(pdf: Any) -> None:
    """Take out what PDF 1.4 does not know: OpenType font files (1.6) and font families (1.5).

    Nor may PDF/X-1a hold the Lab spaces that the engine names on every page and we never use.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/OpenType":
            (opentype,) = item.stream
            item.stream = [cid_keyed_cff(opentype)]
            item.extra = {"Subtype": "/CIDFontType0C"}
    for descriptor in of_type(pdf, "/FontDescriptor"):
        del descriptor["FontFamily"]
    for font in of_type(pdf, "/Font"):
        if font["Subtype"] == "/CIDFontType0":
            # It is for TrueType fonts alone.
            del font["CIDToGIDMap"]
    for resources in resource_dictionaries(pdf):
        object_of(pdf, resources.pop("ColorSpace")).clear()


def _draw_crop_marks(pdf: Any) -> None:
    """Crop marks of 0.25 pt in all inks, outside the bleed."""
    for page in pages(pdf):
        trim = [float(value) for value in page["TrimBox"]]
        media = [float(value) for value in page["MediaBox"]]
        length = MARK_LENGTH_MM * POINTS_PER_MM
        lines = [
            line
            for x in (trim[0], trim[2])
            for line in ((x, media[1], x, media[1] + length), (x, media[3] - length, x, media[3]))
        ] + [
            line
            for y in (trim[1], trim[3])
            for line in ((media[0], y, media[0] + length, y), (media[2] - length, y, media[2], y))
        ]
        path = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)
        marks = pydyf.Stream([f"q 0 0 0 1 K 0.25 w {path} S Q".encode()], compress=True)
        pdf.add_object(marks)
        page["Contents"] = pydyf.Array([page["Contents"], marks.reference])


def _endpaper(preset: Preset, palette: Palette) -> Sequence[float] | None:
    """The recipe of the colour that ``preset`` gives to added pages."""
    if preset.endpaper is None:
        return None
    if preset.endpaper not in palette:
        raise FinishingError(
            f'the endpaper of preset "{preset.name}" is {preset.endpaper}, which'
            " styles/palette.yaml does not hold; name one of its colours"
        )
    return palette[preset.endpaper].print


def _pad(pdf: Any, multiple: int, endpaper: Sequence[float] | None) -> None:
    """Add pages without text before the last, the back cover, until their number suits the
    binding; in a colour they are endpapers, and no white page stands opposite the end."""
    kids = pdf.pages["Kids"] = pydyf.Array(pdf.pages["Kids"])
    sample = pages(pdf)[0]
    missing = -(len(kids) // 3) % multiple
    for _ in range(missing):
        content = pydyf.Stream([_flood(sample["BleedBox"], endpaper)] if endpaper else [b""])
        pdf.add_object(content)
        boxes = {key: sample[key] for key in ("MediaBox", "BleedBox", "TrimBox")}
        added = pydyf.Dictionary(
            {"Type": "/Page", "Parent": pdf.pages.reference, "Contents": content.reference,
             "Resources": pydyf.Dictionary(), **boxes}
        )  # fmt: skip
        pdf.add_object(added)
        kids[-3:-3] = [added.number, 0, "R"]
        pdf.pages["Count"] += 1


def _flood(box: Sequence[float], recipe: Sequence[float]) -> bytes:
    left, bottom, right, top = (float(value) for value in box)
    inks = " ".join(f"{ink / 100:g}" for ink in recipe)
    return f"q {inks} k {left} {bottom} {right - left} {top - bottom} re f Q".encode()
