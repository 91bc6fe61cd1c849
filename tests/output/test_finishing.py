"""The print file and the screen copy, read back."""

from __future__ import annotations

import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from report.build import Options, build
from report.output.print import FinishingError, finish_print
from report.output.xmp import Description
from report.production import produce
from report.styles import load_palette, load_preset
from report.typeset.engine import draw, layout
from tests.conftest import TINY
from tests.real_edition import CONTENT, LANGUAGES, TAG, built, edition, plain, reader, x1a

MM = 72 / 25.4


def _box(page, name: str) -> list[float]:
    return [float(value) for value in page[name]]


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_print_file_has_3_mm_of_bleed_around_a4(language):
    """MediaBox and BleedBox lie 3 mm outside a TrimBox of 210 by 297 mm."""
    for page in reader(language, "print").pages:
        trim, bleed, media = (_box(page, f"/{box}Box") for box in ("Trim", "Bleed", "Media"))
        assert (trim[2] - trim[0]) / MM == pytest.approx(210, abs=0.05)
        assert (trim[3] - trim[1]) / MM == pytest.approx(297, abs=0.05)
        assert bleed == media
        for side, sign in zip(range(4), (-1, -1, 1, 1), strict=True):
            assert (bleed[side] - trim[side]) * sign / MM == pytest.approx(3, abs=0.01)


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_print_file_is_rgb_and_black_text_overprints(language):
    """Page content names CMYK colours alone, and black is set with overprint."""
    for page in reader(language, "print").pages:
        content = page.get_contents()
        data = content.get_data() if content else b""
        assert not re.search(rb"[\d.]+ [\d.]+ [\d.]+ (rg|RG)\b", data)
        blacks = re.findall(rb"(\S+ gs )?0 0 0 1 k", data)
        assert all(state == b"/overprint gs " for state in blacks)
        assert b"/overprint gs 0 0 0 0 k" not in data


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_print_file_is_filled_up_to_a_multiple_of_four_before_its_back_cover(language):
    """Empty pages, if any, stand right before the last page."""
    pages = reader(language, "print").pages
    screen = reader(language).pages
    assert len(pages) % 4 == 0
    assert pages[-1].extract_text() == screen[-1].extract_text()
    for page in pages[len(screen) - 1 : -1]:
        assert page.extract_text() == ""


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_print_file_names_fogra39_and_has_no_links(language):
    """The output intent is registered; nothing lies on the page but ink."""
    document = reader(language, "print")
    (intent,) = document.trailer["/Root"]["/OutputIntents"]
    intent = intent.get_object()
    assert intent["/S"] == "/GTS_PDFX"
    assert intent["/OutputConditionIdentifier"] == "FOGRA39"
    assert intent["/RegistryName"] == "http://www.color.org"
    assert intent["/DestOutputProfile"]["/N"] == 4
    assert not any("/Annots" in page for page in document.pages)
    assert document.pdf_header == "%PDF-1.6"


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_copy_is_cropped_to_the_page(language):
    """No bleed is left in the screen copy; its annotations are printable."""
    for page in reader(language).pages:
        assert _box(page, "/MediaBox") == _box(page, "/TrimBox")
        for annotation in page.get("/Annots", ()):
            assert annotation.get_object()["/F"] == 4


@pytest.mark.real_edition
@pytest.mark.parametrize("kind", ["screen", "print"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_who_made_what_and_when_and_nothing_private(language, kind):
    """Metadata holds title, publishers and edition date; no path, user or host."""
    made = built()[language, kind]
    information = reader(language, kind).metadata
    assert information.title == edition().languages[language].edition.title
    bodies = edition().languages[language].names.bodies
    assert all(bodies[key] in information.author for key in edition().facts.publishers)
    assert information.creation_date.date() == edition().facts.date
    data = made.path.read_bytes()
    xmp = reader(language, kind).trailer["/Root"]["/Metadata"].get_object().get_data()
    for private in (b"/home/", b"/root/", b"/Users/", b"localhost", b"file:"):
        assert private not in data
        assert private not in xmp


@pytest.mark.real_edition
def test_the_5_mm_preset_with_marks_draws_them_outside_the_bleed(tmp_path, monkeypatch):
    """Crop marks touch neither the page nor its bleed; the bleed is 5 mm."""
    preset = load_preset("coated-5mm")
    marked = preset.model_copy(update={"marks": True})
    monkeypatch.setattr("report.production.load_preset", lambda *_: marked)
    (made,) = produce(Options(CONTENT, tmp_path, (TAG,), only=("print",)), tmp_path).made
    page = PdfReader(made.path).pages[2]
    trim, bleed, media = (_box(page, f"/{box}Box") for box in ("Trim", "Bleed", "Media"))
    assert (trim[0] - bleed[0]) / MM == pytest.approx(5, abs=0.01)
    marks = page["/Contents"][-1].get_object().get_data().decode()
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l", marks)
    assert len(lines) == 8
    for x1, y1, x2, y2 in ([float(value) for value in line] for line in lines):
        beside = max(x1, x2) <= bleed[0] or min(x1, x2) >= bleed[2]
        above = max(y1, y2) <= bleed[1] or min(y1, y2) >= bleed[3]
        assert beside or above
        assert media[0] <= min(x1, x2)
        assert max(y1, y2) <= media[3]


def test_every_status_can_be_printed(tmp_path):
    """The icons of statuses that the real edition lacks hold the report's colours alone too."""
    content = Path(shutil.copytree(TINY, tmp_path / "content"))
    measures = content / "measures.yaml"
    text = measures.read_text(encoding="utf-8")
    for old, new in (
        ("status: provisionally_executed", "status: partly_executed"),
        ("status: not_executed\n  questions", "status: not_assessable\n  questions"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    measures.write_text(text, encoding="utf-8")
    (made,) = produce(Options(content, tmp_path, only=("print",)), tmp_path).made
    printed = plain(" ".join(page.extract_text() for page in PdfReader(made.path).pages))
    assert "Teilweise umgesetzt" in printed
    assert "Nicht zu beurteilen" in printed


@pytest.fixture
def x1a_file():
    """The edition as PDF/X-1a, opened."""
    with pikepdf.open(x1a()) as pdf:
        yield pdf


@pytest.fixture
def x4_file():
    """The edition as PDF/X-4, opened."""
    with pikepdf.open(built()[TAG, "print"].path) as pdf:
        yield pdf


def _dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary | pikepdf.Stream]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]


@pytest.mark.real_edition
def test_the_x1a_file_is_pdf_1_4_with_a_cross_reference_table(x1a_file):
    """The header says so, and no object is packed into a stream."""
    data = x1a().read_bytes()
    assert data.startswith(b"%PDF-1.4\n")
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])
    assert data[table:].startswith(b"xref\n0 ")
    assert not {item.get("/Type") for item in _dictionaries(x1a_file)} & {"/ObjStm", "/XRef"}


@pytest.mark.real_edition
def test_the_x1a_file_says_what_it_is(x1a_file):
    """Info and XMP name the standard; the printing condition is registered and embedded."""
    info = x1a_file.trailer.Info
    assert info.GTS_PDFXVersion == "PDF/X-1a:2003"
    assert info.Trapped == "/False"
    assert {"/Title", "/CreationDate", "/ModDate"} <= info.keys()
    xmp = x1a_file.Root.Metadata.read_bytes().decode()
    assert 'xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"' in xmp
    assert "<pdfx:GTS_PDFXVersion>PDF/X-1a:2003<" in xmp
    assert "PDF/X-4" not in xmp
    assert len(x1a_file.trailer.ID) == 2
    (intent,) = x1a_file.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    assert intent.OutputConditionIdentifier == "FOGRA39"
    assert intent.RegistryName == "http://www.color.org"
    assert intent.DestOutputProfile.read_bytes()[8] == 2


@pytest.mark.real_edition
def test_the_x1a_file_is_opaque_and_holds_only_inks(x1a_file):
    """No mask, group, blend mode or opacity; no colour space but those of the press."""
    for item in _dictionaries(x1a_file):
        assert not {"/SMask", "/Group", "/BM", "/OC", "/ColorSpace"} & item.keys()
        assert "/Lab" not in item.unparse().decode("latin-1")
        for state in item.get("/ExtGState", {}).values():
            assert state.get("/ca", 1) == state.get("/CA", 1) == 1


@pytest.mark.real_edition
def test_the_x1a_file_paints_what_the_x4_file_paints(x1a_file, x4_file):
    """Pages have the same boxes and operators, and their fonts the same shapes and widths."""
    assert len(x1a_file.pages) == len(x4_file.pages)
    for page, other in zip(x1a_file.pages, x4_file.pages, strict=True):
        for box in ("/MediaBox", "/BleedBox", "/TrimBox"):
            assert page[box] == other[box]
        assert page.Contents.read_bytes() == other.Contents.read_bytes()
    fonts, others = _cid_fonts(x1a_file), _cid_fonts(x4_file)
    assert fonts.keys() == others.keys()
    for name, font in fonts.items():
        assert font.W == others[name].W
        assert _shapes(_bare(font)) == _shapes(_packed(others[name]))


@pytest.mark.real_edition
def test_the_fonts_of_the_x1a_file_are_those_of_pdf_1_4(x1a_file):
    """CFF programs keyed by CID, without the keys that came later or are for TrueType."""
    for font in _cid_fonts(x1a_file).values():
        assert font.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"
        assert _bare(font).ROS == ("Adobe", "Identity", 0)
        assert "/FontFamily" not in font.FontDescriptor
        assert "/CIDToGIDMap" not in font


def _cid_fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Dictionary]:
    fonts = [item for item in _dictionaries(pdf) if item.get("/Subtype") == "/CIDFontType0"]
    assert fonts
    return {str(font.BaseFont): font for font in fonts}


def _bare(font: pikepdf.Dictionary):
    program = CFFFontSet()
    program.decompile(BytesIO(font.FontDescriptor.FontFile3.read_bytes()), None)
    return program.topDictIndex[0]


def _packed(font: pikepdf.Dictionary):
    data = BytesIO(font.FontDescriptor.FontFile3.read_bytes())
    return TTFont(data)["CFF "].cff.topDictIndex[0]


def _shapes(program) -> list[tuple[object, object]]:
    """Outline and width of each glyph, by index, and the box around all."""
    shapes = [("box", program.FontBBox)]
    for name in program.charset:
        pen = RecordingPen()
        glyph = program.CharStrings[name]
        glyph.draw(pen)
        shapes.append((pen.value, glyph.width))
    return shapes


@pytest.mark.real_edition
def test_the_x1a_file_is_the_same_each_time(tmp_path):
    """A second run makes the same bytes."""
    (made,) = build(
        Options(CONTENT, tmp_path, (TAG,), preset="coated-3mm-x1a", only=("print",))
    ).made
    assert made.path.read_bytes() == x1a().read_bytes()


def test_a_colour_outside_the_palette_stops_the_print_file():
    """No colour is printed without a recipe."""
    drawing = draw(layout('<html lang="en"><title>x</title><p style="color: #ff0000">red'))
    about = Description("x", "x", "x", "en", date(2026, 2, 2), "x", "0" * 32)
    with pytest.raises(FinishingError, match="#ff0000"):
        finish_print(drawing, about, load_preset("coated-3mm"), load_palette())
