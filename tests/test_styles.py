"""Colours that everyone can tell apart and read."""

from __future__ import annotations

import io
import itertools
import re

import pypdfium2
import pytest
from PIL import ImageChops, ImageStat

from report.edition.model import CarriedOut
from report.styles import REPORT_STYLES, STYLES, load_palette
from report.typeset.engine import draw, layout
from tests import real_edition

CSS = "".join((STYLES / name).read_text(encoding="utf-8") for name in REPORT_STYLES)
PALETTE = load_palette()

BACKGROUNDS = {
    "white": ["ink", "night", "grey", "link", "not_executed", "draft"],
    "sand": ["ink", "grey", "link"],
    "night": ["white", "mist", "night_not_executed"],
    "draft_tint": ["ink", "draft"],
}  # fmt: skip
"""Which colours of text stand on which ground, beside those of statuses."""
DRAWN = {"mist", "grey"}
"""Colours of bars and lines, on which no text stands."""
STATUSES = real_edition.edition().statuses

MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB."""


def _linear(name: str) -> tuple[float, ...]:
    code = PALETTE[name].screen.lstrip("#")
    parts = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def _luminance(name: str) -> float:
    red, green, blue = _linear(name)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ground", "colour"), [(g, c) for g, colours in BACKGROUNDS.items() for c in colours]
)
def test_text_has_the_contrast_that_wcag_aa_asks(ground, colour):
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3) for every colour of text on its ground."""
    assert _contrast(ground, colour) >= 4.5


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_can_be_read(status):
    """Its colours have that contrast too: one on white, one on the dark cover."""
    assert _contrast("white", STATUSES[status].colour) >= 4.5
    assert _contrast("night", STATUSES[status].cover_colour) >= 4.5


def test_no_colour_of_text_in_the_stylesheet_escapes_the_contrast_test():
    """Every colour the stylesheet gives text, and every ground, is in the table above."""
    used = set(re.findall(r"(?<![-\w])color:\s*var\(--(\w+)\)", CSS))
    grounds = set(re.findall(r"background:\s*var\(--(\w+)\)", CSS))
    assert used <= {"status"} | {colour for colours in BACKGROUNDS.values() for colour in colours}
    # White on the colour of a status has the contrast of that colour on white, and night on
    # its colour on the cover that of that colour on night; bars and scales hold no words.
    assert grounds <= {"status", *BACKGROUNDS, *DRAWN}
    for selector, rule in re.findall(
        r"([^{}]*)\{([^}]*background:\s*var\(--status\)[^}]*)\}", CSS
    ):
        colour = re.search(r"(?<![-\w])color:\s*var\(--(\w+)\)", rule)
        wordless = re.search(r"\.(?:drawn|scale) ", selector)
        assert wordless or (colour and colour[1] == ("night" if ".cover" in selector else "white"))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![-\w])", re.sub(r"#[a-z-]+\b", "", CSS))


@pytest.mark.parametrize("sheet", sorted(STYLES.glob("*.css")), ids=lambda sheet: sheet.name)
def test_no_stylesheet_knows_a_status(sheet):
    """What has the colour of a status takes it from the table, and from nowhere else."""
    css = sheet.read_text(encoding="utf-8")
    assert not set(re.findall(r"\.([\w-]+)", css)) & set(STATUSES)
    assert not re.search(r"--status\s*:|var\(--status\s*,", css)


def test_no_colour_needs_more_than_300_percent_ink():
    """The recipes of the palette stay within what coated paper takes."""
    assert all(sum(entry.print) <= 300 for entry in PALETTE.values())


@pytest.mark.parametrize("deficiency", MACHADO)
def test_done_and_not_done_differ_for_those_who_see_colours_otherwise(deficiency):
    """The two main colours stay apart under each common deficiency."""
    seen = []
    main = {status.carried_out: status.colour for status in reversed(STATUSES.values())}
    for name in (main[CarriedOut.YES], main[CarriedOut.NO]):
        rgb = _linear(name)
        matrix = MACHADO[deficiency]
        seen.append([sum(a * b for a, b in zip(row, rgb, strict=True)) for row in matrix])
    assert max(abs(a - b) for a, b in zip(*seen, strict=True)) > 0.04


@pytest.mark.parametrize("deficiency", [None, *MACHADO])
def test_done_and_not_done_differ_in_grey(deficiency):
    """On an office printer too, and however one sees colours: not done is the darker by far."""
    main = {status.carried_out: status.colour for status in reversed(STATUSES.values())}
    light, dark = (
        _seen_luminance(main[how], deficiency) for how in (CarriedOut.YES, CarriedOut.NO)
    )
    assert (light + 0.05) / (dark + 0.05) >= 1.4


def _seen_luminance(name: str, deficiency: str | None) -> float:
    rgb = _linear(name)
    rows = MACHADO[deficiency] if deficiency else ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    seen = [min(1, max(0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in rows]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def test_status_icons_differ_in_grey_by_shape():
    """Any two icons differ in at least a tenth of their area, without colour."""
    images = {}
    for status in STATUSES.values():
        page = (
            '<html lang="nl"><title>x</title><style>@page{size:100px;margin:0}'
            "img{width:100px;height:100px;display:block}</style>"
            f'<img src="icon:{status.icon}/{status.colour}" alt="x">'
        )
        data = _pdf_bytes(draw(layout(page)))
        images[status.icon] = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("L")
    for one, other in itertools.combinations(images, 2):
        difference = ImageChops.difference(images[one], images[other])
        assert ImageStat.Stat(difference).mean[0] / 255 > 0.1, (one, other)


def _pdf_bytes(pdf) -> bytes:
    output = io.BytesIO()
    pdf.write(output)
    return output.getvalue()
