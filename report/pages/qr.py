"""QR codes, drawn as one shape in the ink of the text."""

from __future__ import annotations

import segno
from markupsafe import Markup

_QUIET = 4
"""Modules left white on every side (ISO/IEC 18004, 9.1)."""


def qr_code(address: str, said: str) -> Markup:
    """A QR code of ``address`` as SVG; ``said`` is what screen readers say of it."""
    rows = [bytes(row) for row in segno.make_qr(address, error="m").matrix]
    size = len(rows) + 2 * _QUIET
    shape = "".join(
        f"M{_QUIET + start} {_QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {size} {size}">'
        '<title>{said}</title><path fill="var(--white)" d="M0 0h{size}v{size}h-{size}z"/>'
        '<path fill="var(--ink)" d="{shape}"/></svg>'
    ).format(size=size, said=said, shape=shape)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        start, length = runs[-1] if runs else (-1, 0)
        if start + length == x and length:
            runs[-1] = (start, length + 1)
        else:
            runs.append((x, 1))
    return runs
