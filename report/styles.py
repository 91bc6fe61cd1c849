"""The files that say how the report looks: folders, colours and printers' presets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .problems import ReportError, did_you_mean

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "assets"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""Holds fonts, styles and dictionaries: an installed package has them inside, a checkout at its
top."""
FONTS = ROOT / "fonts"
STYLES = ROOT / "styles"
PROFILES = STYLES / "profiles"

MARK_GAP_MM = 2.0
MARK_LENGTH_MM = 5.0
_MAX_BLEED_MM = 5.0
"""The bleed that the stylesheet lays out."""


class StyleError(ReportError):
    """A preset cannot be used as it is."""


# ---------------------------------------------------------------- colours


def load_palette() -> dict[str, dict[str, Any]]:
    """The report's colours: name to ``screen`` (#rrggbb) and ``print`` (CMYK in percent)."""
    text = (STYLES / "palette.yaml").read_text(encoding="utf-8")
    palette: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return palette


# ---------------------------------------------------------------- printing


@dataclass(frozen=True)
class PrintStandard:
    """A part of ISO 15930, and what it asks of the file as a whole."""

    version: str
    """GTS_PDFXVersion: how a file says that it follows the standard."""
    pdf_version: str


X4 = PrintStandard("PDF/X-4", "1.6")
"""ISO 15930-7."""
X1A = PrintStandard("PDF/X-1a:2003", "1.4")
"""ISO 15930-4."""

STANDARDS = {"X-4": X4, "X-1a": X1A}
"""By their names in styles/printers.yaml."""


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
        return self.bleed_mm + (MARK_GAP_MM + MARK_LENGTH_MM if self.marks else 0)

    def icc(self) -> bytes:
        """The ICC profile. Raises StyleError when it is not there, saying where to get it."""
        path = PROFILES / self.profile
        if not path.is_file():
            raise StyleError(
                f'preset "{self.name}" needs the colour profile {self.profile}, which is not'
                f" bundled: download it from {self.download} and put it in styles/profiles/"
            )
        return path.read_bytes()


def load_preset(name: str) -> Preset:
    """The preset called ``name``. Raises StyleError for one that does not exist."""
    text = (STYLES / "printers.yaml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    if name not in rows:
        known = f"; there are: {', '.join(rows)}"
        raise StyleError(f'no preset "{name}"{did_you_mean(name, rows) or known}')
    row = rows[name]
    if row["standard"] not in STANDARDS:
        raise StyleError(
            f'styles/printers.yaml: preset "{name}" asks for the standard "{row["standard"]}";'
            f" there are: {', '.join(STANDARDS)}"
        )
    preset = Preset(**{**row, "name": name, "standard": STANDARDS[row["standard"]]})
    if preset.bleed_mm > _MAX_BLEED_MM:
        raise StyleError(f'preset "{name}": at most {_MAX_BLEED_MM:g} mm of bleed is laid out')
    return preset
