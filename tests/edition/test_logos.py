"""Logos of publishers: drawings in colours of the palette, and slips in them."""

from __future__ import annotations

import pytest

from tests.conftest import TinyEdition

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="9cm" viewBox="0 0 9 5">
<title>Club</title>
<path fill="#16283c" onclick="x()" d="M0 0h9v5z"/>
</svg>
"""


def _with_logo(tiny: TinyEdition, logo: str) -> TinyEdition:
    (tiny.folder / "logos").mkdir()
    tiny.write("logos/rad.svg", logo)
    return tiny.change("edition.yaml", "slogan: Safe streets",
                       "logos: {radverein: logos/rad.svg}\nslogan: Safe streets")  # fmt: skip


def test_a_logo_stands_in_place_of_the_name(tiny: TinyEdition) -> None:
    """On cover, summary and back, told by the publisher's name; what could run is left out."""
    page = _with_logo(tiny, LOGO).page()
    assert page.html.count("M0 0h9v5z") == 3
    assert page.html.count("<title>Radverein\u00a01.2.3</title>") == 3
    assert "onclick" not in page.html


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#16283c", "#123456", ":3: the palette has no colour #123456; add it to"),
        ("</svg>", "<text>Club</text></svg>", ":4: the logo holds text; turn it into outlines"),
        ("</svg>", "<style>p{}</style></svg>", ":4: the logo has a style sheet; save it"),
        ("</svg>", '<image href="a.png"/></svg>', ":4: a logo is made of shapes, and this is"),
        (' viewBox="0 0 9 5"', "", ": the logo has no viewBox"),
        ("</svg>", "", ": this is not SVG from here on; save the logo again as SVG"),
    ],
)
def test_a_slip_in_a_logo_is_told(tiny: TinyEdition, old: str, new: str, problem: str) -> None:
    """The message names the file, the line and the remedy."""
    (told,) = _with_logo(tiny, LOGO.replace(old, new)).problems()
    assert told.startswith("logos/rad.svg:")
    assert problem.removeprefix(":") in told if problem.startswith(": ") else problem in told


def test_a_logo_that_is_not_there_is_told(tiny: TinyEdition) -> None:
    """So is one of a body that does not publish the report."""
    tiny.change("edition.yaml", "slogan: Safe streets",
                "logos: {zeitung: logos/rad.svg}\nslogan: Safe streets")  # fmt: skip
    told = " ".join(tiny.problems())
    assert "logos/rad.svg" in told
    assert 'unknown publisher "zeitung"' in told
