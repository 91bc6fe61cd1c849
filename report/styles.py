"""The standards that a print file can follow."""

from __future__ import annotations

from dataclasses import dataclass


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
