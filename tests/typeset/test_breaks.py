"""How paragraphs break into lines and pages: what is mended, and what is told of."""

from __future__ import annotations

from typing import Any

import pytest

from report.typeset.breaks import inspect_breaks, paragraphs
from report.typeset.engine import load_engine

PLAIN = "html { font: 16px/20px 'Source Serif 4'; hyphens: auto; hyphenate-limit-chars: 6 2 2 }"
PRETTY = f"{PLAIN} html {{ --text-wrap: pretty }}"


def _document(body: str, css: str = PLAIN, width: int = 400, height: int = 900) -> Any:
    weasyprint = load_engine()
    page = f"@page {{ size: {width + 60}px {height + 60}px; margin: 30px }}"
    sheet = weasyprint.CSS(string=f"{page} body, p {{ margin: 0 }} {css}")
    return weasyprint.HTML(string=f'<html lang="nl"><body>{body}').render(stylesheets=[sheet])


def _told(body: str, *whole: str, **how: Any) -> list[str]:
    return [str(finding) for finding in inspect_breaks(_document(body, **how), "nl", whole)]


def _lines(body: str, **how: Any) -> list[str]:
    found = paragraphs(_document(body, **how))
    return [line.text for paragraph in found for line in paragraph.lines]


WORDS = "Het kabinet antwoordde op de vragen van de beide steden"
"""As wide as 400 pixels allow, but for its last letters."""
LONG = "verantwoordelijkheidsbesef"


def test_good_lines_are_not_told_of() -> None:
    """Nor are those that end where the text says, or that a hyphen leaves long enough."""
    assert _told(f"<p>{WORDS} en dorpen, zei ze ja.</p><p>{WORDS}<br>ja.</p>") == []


def test_a_last_line_of_a_few_letters_is_told_of() -> None:
    """With the page, the words and what to do; the call of a note is no part of them."""
    note = '<span style="float: footnote">noot</span>'
    (told,) = _told(f"<p>{WORDS} zo.{note}</p>", width=424)
    assert told == (
        'nl: page 1: warning: "zo." alone is the last line of "Het kabinet antwoordde op de v…";'
        " cut or add a word before it [breaks]"
    )


def test_a_last_line_that_a_hyphen_makes_is_told_of() -> None:
    """Its word is named whole."""
    (told,) = _told(f"<p>{WORDS} na onderzoek.</p>")
    assert '"steden" is broken into the last line of "Het kabinet' in told


def test_a_broken_word_that_is_to_stay_whole_is_told_of() -> None:
    """As names and months are."""
    (told,) = _told(f"<p>{WORDS} en dorpen, zei ze ja.</p>", "steden")
    assert '"steden" is broken though it is to stay whole' in told


def test_a_hole_at_the_end_of_a_line_is_told_of() -> None:
    """Where running text asks for good lines; an address is broken at its own marks only."""
    css = f"{PRETTY} html {{ hyphens: none }}"
    (told,) = _told(f"<p>Het kabinet antwoordde op {LONG * 2} en op de rest.</p>", css=css)
    assert f'as "{LONG * 2}" is not broken' in told
    address = f"https://{LONG}.example/{LONG}"
    assert _told(f"<p>Het kabinet antwoordde op {address} en op de rest.</p>", css=css) == []


@pytest.mark.parametrize(("fit", "told"), [(2, False), (3, True)])
def test_two_last_lines_at_the_head_of_a_page_are_told_of(fit: int, told: bool) -> None:
    """Three may stand there."""
    text = "<br>".join(["Het kabinet antwoordde."] * 5)
    css = f"{PLAIN} p {{ orphans: 1; widows: 1 }}"
    found = _told(f"<p>{text}</p>", css=css, height=20 * fit)
    assert (
        any("stand alone at the head of the page, 2 in number" in each for each in found) == told
    )


@pytest.mark.parametrize(
    ("text", "width"),
    [
        (f"{WORDS} zo.", 424),
        (f"{WORDS} na onderzoek.", 400),
        (f"{WORDS} en dorpen, zei ze ja.", 400),
    ],
)
def test_pretty_lines_have_no_flaw_that_can_be_helped(text: str, width: int) -> None:
    """Words move to a last line that is short or begins in a word; no word is lost."""
    plain, pretty = (_lines(f"<p>{text}</p>", css=css, width=width) for css in (PLAIN, PRETTY))
    assert plain != pretty
    assert " ".join(pretty) == text
    assert len(pretty[-1]) >= 10


def test_good_lines_stay_as_the_engine_makes_them() -> None:
    """And so do those of headings, and those beside something that floats."""
    good = f"<p>{WORDS} en dorpen.</p>"
    assert _lines(good, css=PRETTY, width=424) == _lines(good, width=424)
    beside = f'<p style="float: right; width: 30px">x</p><p>{WORDS} na onderzoek.</p>'
    assert _lines(beside, css=PRETTY, width=430) == _lines(beside, width=430)


def test_notes_of_pretty_lines_are_laid_out_once() -> None:
    """However many ways to break their lines were tried."""
    note = '<span style="float: footnote">Antwoord van het kabinet</span>'
    found = _lines(f"<p>{WORDS}{note} na onderzoek.</p>", css=PRETTY)
    assert [line for line in found if "Antwoord" in line] == ["1. Antwoord van het kabinet"]
