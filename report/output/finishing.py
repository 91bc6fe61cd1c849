"""Finishes a drawn document as the files people receive: a screen copy and a print file.

Both come from one drawing. The screen copy is PDF/UA-1 and PDF/A-2a; the print file is
PDF/X-4 or PDF/X-1a in CMYK, as a printer's preset says. The engine's objects are finished before
they are written, so that nothing has to be parsed again.
"""

from __future__ import annotations

import copy
import io
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
import yaml

from ..problems import ReportError, did_you_mean
from ..styles import STANDARDS, X1A, PrintStandard
from ..typeset.engine import STYLES, load_palette
from .cff import cid_keyed_cff
from .xmp import SCREEN, Description, packet, print_identification

PROFILES = STYLES / "profiles"
POINTS_PER_MM = 72 / 25.4

_RGB = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)")
_MARK_GAP_MM = 2.0
_MARK_LENGTH_MM = 5.0
_MAX_BLEED_MM = 5.0
"""The bleed that the stylesheet lays out."""


class FinishingError(ReportError):
    """A file cannot be finished as asked."""


@dataclass(frozen=True)
class Preset:
    """A printer's settings, as in styles/printers.yaml; lengths in millimetres."""

    name: str
    standard: PrintStandard
    bleed_mm: float
    condition: str
    info: str
    profile: str
    marks: bool
    page_multiple: int
    download: str | None = None

    @property
    def slug_mm(self) -> float:
        """Sheet around the trimmed page: the bleed, and room for marks."""
        return self.bleed_mm + (_MARK_GAP_MM + _MARK_LENGTH_MM if self.marks else 0)

    def icc(self) -> bytes:
        """The ICC profile. Raises FinishingError when it is not there, saying where to get it."""
        path = PROFILES / self.profile
        if not path.is_file():
            raise FinishingError(
                f'preset "{self.name}" needs the colour profile {self.profile}, which is not'
                f" bundled: download it from {self.download} and put it in styles/profiles/"
            )
        return path.read_bytes()


def load_preset(name: str) -> Preset:
    """The preset called ``name``. Raises FinishingError for one that does not exist."""
    text = (STYLES / "printers.yaml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    if name not in rows:
        known = f"; there are: {', '.join(rows)}"
        raise FinishingError(f'no preset "{name}"{did_you_mean(name, rows) or known}')
    row = rows[name]
    if row["standard"] not in STANDARDS:
        raise FinishingError(
            f'styles/printers.yaml: preset "{name}" asks for the standard "{row["standard"]}";'
            f" there are: {', '.join(STANDARDS)}"
        )
    preset = Preset(**{**row, "name": name, "standard": STANDARDS[row["standard"]]})
    if preset.bleed_mm > _MAX_BLEED_MM:
        raise FinishingError(f'preset "{name}": at most {_MAX_BLEED_MM:g} mm of bleed is laid out')
    return preset


def finish_screen(pdf: Any, about: Description) -> bytes:
    """The screen copy of a drawing: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2)."""
    pdf = _copied(pdf)
    for page in _pages(pdf):
        page["MediaBox"] = page["TrimBox"]
        del page["BleedBox"]
    for annotation in _of_type(pdf, "/Annot"):
        # Printable, as ISO 19005-2, 6.3.2 asks.
        annotation["F"] = 4
    profile = (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
    intent = _output_intent(pdf, "/GTS_PDFA1", profile, 3, "sRGB IEC61966-2.1", "sRGB")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])
    _describe(pdf, about, SCREEN)
    return _written(pdf, "1.7", about)


def finish_print(pdf: Any, about: Description, preset: Preset) -> bytes:
    """The print file of a drawing: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4)."""
    standard = preset.standard
    pdf = _copied(pdf)
    _remove_structure(pdf)
    for page in _pages(pdf):
        page.pop("Annots", None)
        _set_print_boxes(page, preset)
    _separate_colours(pdf)
    if standard == X1A:
        _limit_to_pdf_1_4(pdf)
    if preset.marks:
        _draw_crop_marks(pdf)
    _pad(pdf, preset.page_multiple)
    intent = _output_intent(pdf, "/GTS_PDFX", preset.icc(), 4, preset.condition, preset.info)
    intent["RegistryName"] = pydyf.String("http://www.color.org")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    _describe(pdf, about, print_identification(standard))
    pdf.info["Trapped"] = "/False"
    if standard == X1A:
        pdf.info["GTS_PDFXVersion"] = pydyf.String(standard.version)
    return _written(pdf, standard.pdf_version, about)


# ---------------------------------------------------------------- objects


def _copied(pdf: Any) -> Any:
    """A copy whose objects can be changed, without changing what they hold in place."""
    result = copy.copy(pdf)
    result.objects = [copy.copy(item) for item in pdf.objects]
    result.catalog = result.objects[pdf.catalog.number]
    result.pages = result.objects[pdf.pages.number]
    result.info = copy.copy(pdf.info)
    return result


def _pages(pdf: Any) -> list[Any]:
    return _of_type(pdf, "/Page")


def _of_type(pdf: Any, kind: str) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == kind]


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _output_intent(
    pdf: Any, kind: str, profile: bytes, components: int, condition: str, info: str
) -> Any:
    stream = pydyf.Stream([profile], pydyf.Dictionary({"N": components}), compress=True)
    pdf.add_object(stream)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": kind,
            "OutputConditionIdentifier": pydyf.String(condition),
            "Info": pydyf.String(info),
            "DestOutputProfile": stream.reference,
        }
    )


def _describe(pdf: Any, about: Description, identification: str) -> None:
    moment = f"D:{about.day:%Y%m%d}000000+00'00'"
    pdf.info.clear()
    pdf.info.update(
        Title=pydyf.String(about.title),
        Author=pydyf.String(about.author),
        Subject=pydyf.String(about.subject),
        Producer=pydyf.String(about.producer),
        CreationDate=pydyf.String(moment),
        ModDate=pydyf.String(moment),
    )
    extra = {"Type": "/Metadata", "Subtype": "/XML"}
    metadata = pydyf.Stream([packet(about, identification)], extra)
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


def _written(pdf: Any, version: str, about: Description) -> bytes:
    _compress(pdf.objects)
    # Up to version 1.4 this writes a cross-reference table and no object streams.
    output = io.BytesIO()
    pdf.write(output, version.encode(), about.identifier.encode(), compress=True)
    return output.getvalue()


def _compress(objects: Iterable[Any]) -> None:
    """Compress every stream once: the engine would do it anew each time it asks for its data."""
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            data = b"\n".join(pydyf._to_bytes(part) for part in item.stream)
            item.stream = [_deflated(data)]
            item.extra = {**item.extra, "Filter": "/FlateDecode"}
            item.compress = False


@cache
def _deflated(data: bytes) -> bytes:
    return zlib.compress(data, 6)


# ---------------------------------------------------------------- print


_STRUCTURE_TYPES = ("/StructTreeRoot", "/StructElem", "/OBJR", "/MCR", "/Annot")


def _remove_structure(pdf: Any) -> None:
    """Empty what only the screen copy uses: tags, links and what they refer to."""
    root = pdf.catalog.pop("StructTreeRoot", None)
    pdf.catalog.pop("MarkInfo", None)
    if root is not None:
        for key in ("ParentTree", "IDTree"):
            reference = _object(pdf, root).get(key)
            if isinstance(reference, bytes):
                _object(pdf, reference).clear()
    for kind in _STRUCTURE_TYPES:
        for item in _of_type(pdf, kind):
            item.clear()
    for page in _pages(pdf):
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


def _separate_colours(pdf: Any) -> None:
    """Replace every colour by its CMYK recipe; black fills overprint, no other does.

    ISO 32000-1, 8.6.7: with OPM 1 a tint of zero leaves what lies below, so that white or
    coloured shapes must never overprint.
    """
    recipes = _recipes()
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.stream = [_separated(part, recipes) for part in item.stream]
    states = {
        "overprint": pydyf.Dictionary({"op": "true", "OP": "false", "OPM": 1}),
        "knockout": pydyf.Dictionary({"op": "false", "OP": "false", "OPM": 1}),
    }
    for resources in _resources(pdf):
        resources["ExtGState"] = pydyf.Dictionary({**resources["ExtGState"], **states})


def _resources(pdf: Any) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and "ExtGState" in o]


def _recipes() -> dict[str, tuple[float, ...]]:
    palette = load_palette().values()
    return {entry["screen"]: tuple(value / 100 for value in entry["print"]) for entry in palette}


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
    for descriptor in _of_type(pdf, "/FontDescriptor"):
        del descriptor["FontFamily"]
    for font in _of_type(pdf, "/Font"):
        if font["Subtype"] == "/CIDFontType0":
            # It is for TrueType fonts alone.
            del font["CIDToGIDMap"]
    for resources in _resources(pdf):
        _object(pdf, resources.pop("ColorSpace")).clear()


def _draw_crop_marks(pdf: Any) -> None:
    """Crop marks of 0.25 pt in all inks, outside the bleed."""
    for page in _pages(pdf):
        trim = [float(value) for value in page["TrimBox"]]
        media = [float(value) for value in page["MediaBox"]]
        length = _MARK_LENGTH_MM * POINTS_PER_MM
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


def _pad(pdf: Any, multiple: int) -> None:
    """Add empty pages before the last, the back cover, until their number suits the binding."""
    kids = pdf.pages["Kids"] = pydyf.Array(pdf.pages["Kids"])
    sample = _pages(pdf)[0]
    missing = -(len(kids) // 3) % multiple
    for _ in range(missing):
        content = pydyf.Stream([b""])
        pdf.add_object(content)
        boxes = {key: sample[key] for key in ("MediaBox", "BleedBox", "TrimBox")}
        blank = pydyf.Dictionary(
            {"Type": "/Page", "Parent": pdf.pages.reference, "Contents": content.reference,
             "Resources": pydyf.Dictionary(), **boxes}
        )  # fmt: skip
        pdf.add_object(blank)
        kids[-3:-3] = [blank.number, 0, "R"]
        pdf.pages["Count"] += 1
