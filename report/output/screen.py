"""The screen copy: PDF/UA-1 and PDF/A-2a, in the colours of the screen."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pydyf

from .objects import copied, describe, of_type, output_intent, pages, written
from .xmp import SCREEN, Description


def finish_screen(pdf: Any, about: Description) -> bytes:
    """The screen copy of a drawing: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2)."""
    pdf = copied(pdf)
    for page in pages(pdf):
        page["MediaBox"] = page["TrimBox"]
        del page["BleedBox"]
    for annotation in of_type(pdf, "/Annot"):
        # Printable, as ISO 19005-2, 6.3.2 asks.
        annotation["F"] = 4
    profile = (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
    intent = output_intent(pdf, "/GTS_PDFA1", profile, 3, "sRGB IEC61966-2.1", "sRGB")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])
    describe(pdf, about, SCREEN)
    return written(pdf, "1.7", about)
