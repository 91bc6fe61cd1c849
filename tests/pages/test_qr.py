"""QR codes: what a camera reads in the drawing."""

from __future__ import annotations

import re

import pytest
import segno

from report.pages.qr import qr_code

ADDRESS = "https://www.radverein.example/bericht"


def _modules(svg: str) -> set[tuple[int, int]]:
    """The dark squares of the drawing, counted from its corner."""
    shape = re.findall(r'd="([^"]+)"', svg)[-1]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", shape)
    return {(int(x) + i, int(y)) for x, y, n in runs for i in range(int(n))}


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS + "/sehr-lang" * 9])
def test_the_drawing_is_the_code_of_the_address(address: str) -> None:
    """Each dark module once, and four white ones on every side."""
    rows = [bytes(row) for row in segno.make_qr(address, error="m").matrix]
    svg = str(qr_code(address, "QR"))
    dark = {(x + 4, y + 4) for y, row in enumerate(rows) for x, bit in enumerate(row) if bit}
    assert _modules(svg) == dark
    assert f'viewBox="0 0 {len(rows) + 8} {len(rows) + 8}"' in svg


def test_screen_readers_are_told_what_the_code_holds() -> None:
    """In words that cannot break the drawing."""
    assert "<title>QR &lt;a&gt; &amp; b</title>" in qr_code(ADDRESS, "QR <a> & b")
