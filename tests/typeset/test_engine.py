"""The engine, as the project drives it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from report.typeset import patches
from report.typeset.engine import MissingGlyphError, draw, layout, load_engine
from report.typeset.patches import LayoutError
from tests.real_edition import ROOT

_STRAYING = """
import sys
sys.path.insert(0, {root!r})
{load}
import weasyprint
words = "Het kabinet antwoordde op de vragen van de beide organisaties. " * 6
stray = 0
for bottom in range(40, 100, 4):
    paragraphs = "".join(
        f"<p>{{words}}<span id='n{{i}}'>note {{words[: 40 + 31 * (i % 5)]}}</span></p>"
        for i in range(24)
    )
    page = weasyprint.HTML(string=paragraphs).render(stylesheets=[weasyprint.CSS(string=f'''
        @page {{{{ size: 400px 520px; margin: 30px 30px {{bottom}}px }}}}
        p {{{{ orphans: 2; widows: 2; margin: 0 0 6px }}}}
        span {{{{ float: footnote; footnote-policy: line; font-size: 10px }}}}''')])
    for sheet in page.pages:
        boxes = list(sheet._page_box.descendants())
        calls = {{b.element.get("id") for b in boxes if b.element_tag == "span::footnote-call"}}
        notes = {{b.element.get("id") for b in boxes if b.element_tag == "span::footnote-marker"}}
        stray += len(calls - notes)
print(stray)
"""


def _stray_notes(load: str) -> int:
    script = _STRAYING.format(root=str(ROOT), load=load)
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(run.stdout)


def test_the_stock_engine_moves_notes_off_the_page_of_their_call():
    """Notes stray without the patch; when this fails, the patch can go."""
    assert _stray_notes("") > 0


def test_the_patched_engine_keeps_every_note_on_the_page_of_its_call():
    """With the patch the same documents have no stray note."""
    assert _stray_notes("from report.typeset.engine import load_engine; load_engine()") == 0


def test_an_unknown_engine_is_refused(monkeypatch):
    """No other version is used, and the patch goes into no source it was not written for."""
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    with pytest.raises(LayoutError, match=r"70\.0 is needed, 71\.0 is installed"):
        load_engine.__wrapped__()
    monkeypatch.setattr("weasyprint.layout.block._linebox_layout", lambda context, box: None)
    with pytest.raises(LayoutError, match="line layout is not the one known"):
        patches.keep_notes_on_the_page_of_their_call()


def test_a_split_box_ends_with_its_text():
    """Neither background nor rule runs on below the last line that fits on the page."""
    words = "Het kabinet antwoordde op de vragen van de beide organisaties. "
    style = "background: var(--sand); border-left: 2pt solid; padding-bottom: 8px;"
    unbreakable = '<p style="break-inside: avoid">' + words * 25
    box = f'<section style="{style}"><p>{words * 40}</p>{unbreakable}</p></section>'
    document = layout(f'<html lang="nl"><title>x</title>{box}')
    first = list(document.pages[0]._page_box.descendants())
    (split,) = (b for b in first if b.element_tag == "section")
    lines = [b for b in split.descendants() if type(b).__name__ == "LineBox"]
    last = max(line.position_y + line.height for line in lines)
    bottom = document.pages[0].height - 24 / 25.4 * 96
    assert len(document.pages) == 2
    assert last < bottom - 100
    _, top, _, height = split.background.layers[-1].painting_area
    assert top + height == split.position_y + split.border_height() == last


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/x.png", "file:///etc/hostname", "../../secret.png", "data:image/png,x"],
)
def test_content_reaches_no_network_and_no_file(address):
    """Only the project's icons are fetched; anything else stops the build."""
    with pytest.raises(LayoutError, match="complains"):
        layout(f'<html lang="nl"><img src="{address}" alt="x">')


def test_a_glyph_that_no_bundled_font_has_is_an_error():
    """A missing glyph stops the build and is named."""
    document = layout('<html lang="nl"><title>x</title><p>\u0e01</p>')
    with pytest.raises(
        MissingGlyphError, match=r"no font has the character \"\u0e01\" \(U\+0E01\)"
    ):
        draw(document)


def test_only_bundled_fonts_are_used():
    """No font of the machine gets into a document, whatever the stylesheet asks."""
    load_engine()
    document = layout('<html lang="nl"><title>x</title><p style="font-family: DejaVu Sans">abc')
    drawing = draw(document)
    names = {str(font.name) for font in document.fonts.values()}
    assert drawing is not None
    assert names
    assert all("Source" in name for name in names)
