"""Faults of laid-out pages."""

from __future__ import annotations

import pytest

from report.problems import Level
from report.typeset.engine import load_engine
from report.typeset.inspection import inspect_layout

WORDS = "Het kabinet antwoordde op de vragen van de beide organisaties. "


def _pages(body: str, css: str = ""):
    weasyprint = load_engine()
    sheet = weasyprint.CSS(string=f"@page {{ size: 300px 300px; margin: 30px }} {css}")
    return weasyprint.HTML(string=f'<html lang="nl"><body>{body}').render(stylesheets=[sheet])


def _messages(body: str, css: str = "", notes: int = 0) -> tuple[list[str], list[str]]:
    findings = inspect_layout(_pages(body, css), "nl", notes)
    errors, warnings = (
        [f"{f.place}: {f.message}" for f in findings if f.level is level]
        for level in (Level.ERROR, Level.WARNING)
    )
    return errors, warnings


NOTE = (
    "span { float: footnote; footnote-policy: %s }"
    "span::footnote-marker { list-style-position: inside }"
)


def test_a_good_page_has_no_fault():
    """Text, a heading and a note in their place raise nothing."""
    body = f'<h1>Titel</h1><p>{WORDS}<span id="note-1">noot</span></p>'
    assert _messages(body, NOTE % "line", notes=1) == ([], [])


def test_a_note_on_another_page_than_its_call_is_a_problem():
    """Both the page of the call and the page of the note are named."""
    body = f'<p>{WORDS * 5}<span id="note-1">{WORDS * 4}</span></p>'
    problems, _ = _messages(body, NOTE % "auto", notes=1)
    assert problems == [
        "nl: page 2: note-1 is called here but printed on another page",
        "nl: page 3: note-1 is printed here but called on another page",
    ]


def test_a_note_that_is_not_laid_out_is_a_problem():
    """The number of calls must be the number of notes."""
    problems, _ = _messages("<p>text</p>", notes=1)
    assert problems == ["nl: 1 notes are called in the text, 0 calls are laid out"]


def test_a_line_wider_than_its_box_is_a_problem():
    """A word that cannot break and runs out of its box is found."""
    problems, _ = _messages("<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</p>")
    assert any("wider than its box" in problem for problem in problems)


def test_lines_printed_over_each_other_are_a_problem():
    """Both are named; lines that only touch are none."""
    over = '<p style="position: absolute; top: {}px; left: 0; line-height: 20px">{}</p>'
    problems, _ = _messages(over.format(0, "boven") + over.format(6, "onder"))
    assert problems == [
        'nl: page 1: "boven" and "onder" are printed over each other; shorten one of them'
    ]
    assert _messages(over.format(0, "boven") + over.format(14, "onder"))[0] == []


@pytest.mark.parametrize(
    ("body", "css", "messages"),
    [
        (
            '<p>tekst</p><p style="position: absolute; top: 4px; left: 4px">over</p>',
            "",
            ['"over" and "tekst" are printed over each other; shorten one of them'],
        ),
        (
            '<p style="position: absolute; left: 60px"><b style="margin-left: -50px">links</b></p>'
            '<p style="position: absolute; left: 0">rechts</p>',
            "",
            ['"links" and "rechts" are printed over each other; shorten one of them'],
        ),
        (
            '<p>woorden<b style="margin-left: -20px">meer</b></p>',
            "",
            ['parts of "woordenmeer" are printed over each other; shorten one of them'],
        ),
        (
            '<p>tekst{}</p>',
            "img { margin-left: -20px }",
            ['"tekst" and the picture "Klaar" are printed over each other; shorten one of them'],
        ),
        (
            "<p>{}{}</p>",
            "img { margin-right: -4px }",
            ['the picture "Klaar" and the picture "Klaar" are printed over each other;'
             " shorten one of them"],
        ),
        (
            "<p>tekst</p>",
            "@page { @top-left { content: 'kop'; margin-top: 34px; vertical-align: top } }",
            ['"kop" and "tekst" are printed over each other; shorten one of them'],
        ),
        ("<p>tekst {} tekst {}</p>", "img { vertical-align: -2px }", []),
        ('<p style="line-height: 0.9">een regel<br>nog een regel</p>', "", []),
        ('<p>tekst</p><p style="visibility: hidden; margin-top: -30px">weg</p>', "", []),
        ("<p>noot<sup>1</sup> en <i>schuin</i>rechtop</p>", "", []),
    ],
)  # fmt: skip
def test_letters_and_pictures_over_each_other_are_a_problem(
    body: str, css: str, messages: list[str]
):
    """Wherever they stand: placed, on one line, in a margin, or a picture over words."""
    picture = '<img alt="Klaar" src="data:image/svg+xml,{}">'.format(
        "%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' height='12'/%3E"
    )
    css = f"p {{ margin: 0 }} {css}"
    problems, _ = _messages(body.replace("{}", picture), css)
    assert problems == [f"nl: page 1: {message}" for message in messages]


def test_a_word_broken_over_the_page_is_noticed():
    """The two halves are told as one word."""
    css = "@page { size: 160px 100px } p { margin: 0; hyphens: manual; widows: 1; orphans: 1 }"
    words = "Een regel. " * 3 + "Vergadering&shy;zaal en meer. " * 4
    _, warnings = _messages(f"<p>{words}", css)
    assert any('"Vergaderingzaal" is broken over the page' in warning for warning in warnings)


def test_text_off_the_page_is_a_problem():
    """Text placed outside the sheet is found."""
    problems, _ = _messages('<p style="position: absolute; left: 400px">weg</p><p>hier</p>')
    assert any('"weg" runs off the page' in problem for problem in problems)


def test_a_heading_alone_at_the_foot_is_noticed():
    """A heading that ends a page is unsightly."""
    body = f'<p style="height: 180px">{WORDS}</p><h2>Titel</h2>'
    following = f'<p style="break-before: page">{WORDS}</p>'
    _, warnings = _messages(body + following, "h2 { margin: 0 }")
    assert any('"Titel" stands alone' in warning for warning in warnings)


def test_a_half_empty_page_is_noticed_unless_a_chapter_follows():
    """Emptiness needs a reason: a new chapter is one."""
    following = '<{0} style="break-before: page">Verder</{0}><p>tekst</p>'
    _, warnings = _messages("<p>kort</p>" + following.format("p"))
    assert any("of the page is filled" in warning for warning in warnings)
    assert _messages("<p>half</p><p>vol</p><p>genoeg</p>" + following.format("h1"))[1] == []


def test_a_rest_of_a_chapter_that_fills_no_page_is_noticed():
    """One line alone before a new chapter is unsightly; a short chapter is not."""
    full = "<h1>Een</h1>" + "<p>tekst</p>" * 3
    chapter = full.replace("<h1>", '<h1 style="break-before: page">')
    rest = '<p style="break-before: page; margin: 0">Kort</p>'
    _, warnings = _messages(full + rest + chapter)
    assert "nl: page 2: only 9% of the page is filled; shorten what comes before it" in warnings
    assert _messages(full + chapter + chapter)[1] == []


def test_a_rest_behind_a_table_is_told_with_what_can_be_shortened():
    """What comes before it is a table: its texts, not the rows, can be shorter."""
    table = "<h1>Een</h1><table>" + "<tr><td>tekst</td></tr>" * 3 + "</table>"
    rest = '<p style="break-before: page; margin: 0">Legenda</p>'
    _, warnings = _messages(table + rest + '<h1 style="break-before: page">Twee</h1>')
    message = "only 9% of the page is filled; shorten the longest texts in the table before it"
    assert f"nl: page 2: {message}" in warnings
