"""The files that say how the report looks: colours, stylesheets, icons and printers' presets.

Whatever is wrong with one of them is told with its file and line, as with content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple
from xml.etree import ElementTree

from pydantic import AfterValidator, Field, PrivateAttr, TypeAdapter

from .declared import Declared, Id, Line, form, validated
from .problems import ContentError, Finding, Kind, Place, UnknownNameError, did_you_mean
from .yamlfile import read_yaml

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "assets"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""Holds fonts, styles and dictionaries: an installed package has them inside, a checkout at its
top."""
FONTS = ROOT / "fonts"
STYLES = ROOT / "styles"
PALETTE_FILE = "palette.yaml"
PRINTERS_FILE = "printers.yaml"

REPORT_STYLES = (
    "type.css",
    "page.css",
    "text.css",
    "notes.css",
    "cover.css",
    "summary.css",
    "contents.css",
    "tables.css",
    "overview.css",
    "matrix.css",
    "measures.css",
    "quotes.css",
    "timeline.css",
    "figures.css",
    "back.css",
)
"""Stylesheets of the report, later ones over earlier ones."""

POINTS_PER_MM = 72 / 25.4
MARK_GAP_MM = 2.0
MARK_LENGTH_MM = 5.0
MAX_BLEED_MM = 5.0
"""The bleed that every page is laid out with."""
MAX_INK = 300
"""Percent of all inks together that coated paper takes."""


# ---------------------------------------------------------------- colours


def _printable(inks: list[float]) -> list[float]:
    if sum(inks) > MAX_INK:
        raise ValueError(f"{sum(inks):g} % of ink together; at most {MAX_INK} % dries")
    return inks


class Colour(Declared):
    """A colour, as the screen shows it and as the press prints it."""

    screen: Annotated[
        str, form(r"^#[0-9A-Fa-f]{6}$", 'a colour like "#0b6b5b"'), AfterValidator(str.lower)
    ]
    """Red, green and blue (sRGB), two hexadecimal digits each: "#0b6b5b"."""
    print: Annotated[
        list[Annotated[float, Field(ge=0, le=100)]],
        Field(min_length=4, max_length=4),
        AfterValidator(_printable),
    ]
    """Cyan, magenta, yellow and black in percent, at most 300 together."""


_STATUS = "status"
"""The variable that holds the colour of a status, where pages and icons show one."""
_PAPER = "white"
"""The colour in whose place an icon shows that of what it stands on."""
REPLY_ICON = "reply_"
"""How the names of the icons for replies begin; the rest is the outcome."""
Palette = dict[str, Colour]
PALETTE = TypeAdapter(dict[Id, Colour])


def load_palette(folder: Path = STYLES) -> Palette:
    """The report's colours by name. Raises ContentError with everything wrong in the file."""
    file = read_yaml(folder / PALETTE_FILE, f"{folder.name}/{PALETTE_FILE}")
    palette = validated(file, PALETTE)
    if _STATUS in palette:
        message = f'"{_STATUS}" is the colour that each status has; choose another name'
        raise ContentError([Finding(file.key_places[(_STATUS,)], message)])
    return palette


# ---------------------------------------------------------------- pages


class Geometry(NamedTuple):
    """The size of the trimmed page, in millimetres."""

    width_mm: float
    height_mm: float


A4 = Geometry(210, 297)

_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_DEFINED = re.compile(r"--([\w-]+)\s*:")


def page_rules(geometry: Geometry, palette: Palette) -> str:
    """What every stylesheet may count on: size and bleed of the page, and names for both
    lengths (``--page-width``, ``--page-height``) and for the colours."""
    width, height = (f"{length:g}mm" for length in geometry)
    colours = "".join(f" --{name}: {colour.screen};" for name, colour in palette.items())
    return (
        f"@page {{ size: {width} {height}; bleed: {MAX_BLEED_MM:g}mm }}"
        f" :root {{ --page-width: {width}; --page-height: {height};{colours} }}"
    )


def stylesheet(name: str, defined: Collection[str], folder: Path = STYLES) -> str:
    """A stylesheet, whose variables are among ``defined`` or its own.

    Raises ContentError for others, and for a file that cannot be read.
    """
    css = _text(name, folder)
    known = {*defined, *variables(css), _STATUS}
    if problems := list(_unknown_variables(css, known, f"{folder.name}/{name}")):
        raise ContentError(problems)
    return css


def variables(css: str) -> set[str]:
    """The names of the variables that ``css`` defines."""
    return set(_DEFINED.findall(css))


def icons(folder: Path = STYLES) -> list[str]:
    """The names of the icons that a status may have."""
    names = (path.stem for path in (folder / "icons").glob("[!.]*.svg"))
    return sorted(name for name in names if not name.startswith(REPLY_ICON))


def icon(
    name: str, status: str, palette: Palette, folder: Path = STYLES, ground: str = _PAPER
) -> str:
    """An icon as SVG, in the colours of the screen; ``status`` is the colour of its status,
    ``ground`` that of what it stands on.

    Raises ContentError for a colour that the palette lacks, and for a file that cannot be read or
    draws nothing.
    """
    file = f"icons/{name}.svg"
    svg = _text(file, folder)
    palette = {**palette, _STATUS: palette[status]}
    if ground != _PAPER:
        palette[_PAPER] = palette[ground]
    place = f"{folder.name}/{file}"
    if problems := [*_drawing_problems(svg, place), *_unknown_variables(svg, palette, place)]:
        raise ContentError(problems)
    return _VARIABLE.sub(lambda match: palette[match[1]].screen, svg)


_PAINT = re.compile(r'(fill|stroke)="var\(--([\w-]+)\)"')


def painted(html: str, palette: Palette) -> str:
    """``html`` whose drawings name colours of the screen, not of the palette: the engine reads
    no variable in them."""
    return _PAINT.sub(lambda match: f'{match[1]}="{palette[match[2]].screen}"', html)


def _drawing_problems(svg: str, name: str) -> Iterator[Finding]:
    try:
        drawing = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        line, column = error.position
        message = "this is not SVG from here on; save the drawing again"
        yield Finding(Place(name, line, column + 1), message)
    else:
        if len(drawing) == 0:
            yield Finding(Place(name), "the picture is empty; draw something")


def _unknown_variables(text: str, known: Collection[str], name: str) -> Iterator[Finding]:
    for match in _VARIABLE.finditer(text):
        if match[1] not in known:
            hint = did_you_mean(match[1], known) or f"; add it to {PALETTE_FILE}"
            place = Place(name).moved(text, match.start(1))
            yield Finding(place, f'no colour is called "{match[1]}"{hint}')


def _text(name: str, folder: Path) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        message = "this file is missing; write it, or put it back"
    except UnicodeDecodeError:
        message = "is not UTF-8 text; save the file with the encoding UTF-8"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise ContentError([Finding(Place(f"{folder.name}/{name}", 0), message, Kind.UNREADABLE)])


# ---------------------------------------------------------------- printing


class PrintStandard(StrEnum):
    """A part of ISO 15930, by its name in styles/printers.yaml."""

    version: str
    """GTS_PDFXVersion: how a file says that it follows the standard."""
    pdf_version: str

    def __new__(cls, name: str, version: str, pdf_version: str) -> PrintStandard:
        member = str.__new__(cls, name)
        member._value_ = name
        member.version = version
        member.pdf_version = pdf_version
        return member

    X4 = "X-4", "PDF/X-4", "1.6"
    """ISO 15930-7."""
    X1A = "X-1a", "PDF/X-1a:2003", "1.4"
    """ISO 15930-4."""


X4 = PrintStandard.X4
X1A = PrintStandard.X1A


class Preset(Declared):
    """A printer's settings: a row of styles/printers.yaml; lengths in millimetres."""

    standard: PrintStandard
    """X-4 (PDF/X-4), or X-1a (PDF/X-1a:2003) for a printer who asks for it."""
    bleed_mm: Annotated[float, Field(ge=0, le=MAX_BLEED_MM)]
    """Bleed on each side, at most 5."""
    condition: Line
    """OutputConditionIdentifier: the printing condition in the ICC registry."""
    info: Line
    """The condition in words."""
    profile: Annotated[str, form(r"^[^/\\]+\.ic[cm]$", "the name of a file in profiles/")]
    """ICC profile of the condition, a file in styles/profiles/."""
    download: Line | None = None
    """Where the profile can be had when it is not bundled."""
    marks: bool
    """Whether crop marks are drawn outside the bleed."""
    page_multiple: Annotated[int, Field(ge=1, le=32)]
    """Pages without text are added before the last one until their number divides by this; no
    press folds more than 32 from one sheet."""
    endpaper: Id | None = None
    """Colour of the palette that the added pages have; without one they stay empty."""

    _name: str = PrivateAttr()
    _folder: Path = PrivateAttr()
    _place: Place = PrivateAttr()

    @property
    def name(self) -> str:
        """The key of the row."""
        return self._name

    @property
    def slug_mm(self) -> float:
        """Sheet around the trimmed page: the bleed, and room for marks."""
        return self.bleed_mm + (MARK_GAP_MM + MARK_LENGTH_MM if self.marks else 0)

    def icc(self) -> bytes:
        """The ICC profile. Raises ContentError when there is none, saying where to get it."""
        path = self._folder / "profiles" / self.profile
        try:
            data = path.read_bytes()
        except OSError:
            source = f"download it from {self.download}" if self.download else "get it"
            raise self._fault(
                f'preset "{self.name}" needs the colour profile {self.profile}, which is not'
                f" there: {source} and put it in {self._folder.name}/profiles/"
            ) from None
        # ICC.1, 7.2: class and colour space of the data, and the signature of every profile.
        if data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
            raise self._fault(f"{self.profile} is not the profile of a press that prints CMYK")
        return data

    def _fault(self, message: str) -> ContentError:
        return ContentError([Finding(self._place, message)])

    def _at(self, name: str, folder: Path, place: Place) -> Preset:
        row = self.model_copy()
        row._name, row._folder, row._place = name, folder, place
        return row


PRESETS = TypeAdapter(dict[Id, Preset])


def load_presets(folder: Path = STYLES) -> dict[str, Preset]:
    """Every preset by name. Raises ContentError with everything wrong in the file."""
    file = read_yaml(folder / PRINTERS_FILE, f"{folder.name}/{PRINTERS_FILE}")
    return {
        name: row._at(name, folder, file.key_places[name, "profile"])
        for name, row in validated(file, PRESETS).items()
    }


def load_preset(name: str, folder: Path = STYLES) -> Preset:
    """The preset called ``name``. Raises UnknownNameError for one that does not exist."""
    presets = load_presets(folder)
    if name not in presets:
        raise UnknownNameError("preset", name, presets)
    return presets[name]
