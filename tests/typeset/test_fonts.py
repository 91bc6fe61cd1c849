"""The fonts that come with the program, and no others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from report.styles import FONTS
from report.typeset.engine import draw, layout
from report.typeset.fonts import (
    SUMS,
    ForeignFontError,
    missing_characters,
    require_fonts,
    require_own_fonts,
)
from report.typeset.patches import LayoutError

FACES = sorted(path for path in FONTS.rglob("*") if path.suffix in (".otf", ".ttf", ".ttc"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the folder of fonts that a test may spoil."""
    return Path(shutil.copytree(FONTS, tmp_path / "fonts"))


def test_every_font_is_listed_so_that_its_loss_is_noticed():
    """After adding one: cd fonts && sha256sum */*.?tf > SHA256SUMS."""
    listed = [line.split()[1] for line in (FONTS / SUMS).read_text().splitlines()]
    assert listed == [face.relative_to(FONTS).as_posix() for face in FACES]


def test_every_font_has_its_licence_beside_it():
    """Fonts may be redistributed with their licence alone."""
    assert all(list(face.parent.glob("LICENSE*")) for face in FACES)


def test_the_fonts_as_they_came_are_accepted(folder):
    """A font that was added stands beside them."""
    shutil.copy(FACES[0], folder / "added.otf")
    require_fonts(folder)


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("", "SHA256SUMS is missing"),
        ("SHA256SUMS", "SHA256SUMS is missing"),
        ("fonts.conf", r"missing or damaged: fonts\.conf"),
        ("source-serif-4", "missing or damaged: source-serif-4/SourceSerif4-Bold.otf, source-s"),
        ("source-sans-3/SourceSans3-It.otf", r"damaged: source-sans-3/SourceSans3-It\.otf"),
    ],
)
def test_a_font_that_is_lost_is_named(folder, lost, told):
    """The folder, a family, a face, the configuration: with what to do."""
    path = folder / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(LayoutError, match=f"^{folder}: .*{told}.*; put the folder back"):
        require_fonts(folder)


def test_a_font_that_is_damaged_is_named(folder):
    """As by a download that broke off, or a system that stores pointers for large files."""
    (folder / "source-serif-4" / "SourceSerif4-It.otf").write_text("version https://git-lfs")
    with pytest.raises(LayoutError, match=r"damaged: source-serif-4/SourceSerif4-It\.otf;"):
        require_fonts(folder)


def test_characters_are_not_missed_for_want_of_a_font_that_should_be_there(folder):
    """A folder that lost a family is at fault, not the text."""
    shutil.rmtree(folder / "source-serif-4")
    with pytest.raises(LayoutError, match=r"missing or damaged: source-serif-4/"):
        missing_characters({"text": "a"}, folder)


def test_what_is_no_font_is_named(folder):
    """A download of a font that was added broke off."""
    (folder / "added.otf").write_text("<html>")
    with pytest.raises(LayoutError, match=r"added\.otf: is not a font"):
        missing_characters({"text": "a"}, folder)


def test_what_a_system_leaves_beside_fonts_is_passed_over(folder):
    """As macOS does on a disk of another system."""
    (folder / "._added.otf").write_bytes(b"\0\5\x16\7")
    assert missing_characters({"text": "a"}, folder) is None


def test_a_font_from_elsewhere_stops_the_build(folder):
    """Each is named; the others of the document are not."""
    document = layout('<html lang="en"><title>x</title><p>roman <i>italic</i>')
    draw(document)
    require_own_fonts(document, folder)
    for face in folder.rglob("SourceSerif4-It.otf"):
        face.unlink()
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    with pytest.raises(ForeignFontError, match=r"^text is set in SourceSerif4-It, which .*other"):
        require_own_fonts(document, other)


def test_fonts_are_judged_by_their_file_not_by_their_name(folder):
    """Another version of a font is another font."""
    document = layout('<html lang="en"><title>x</title><p>roman')
    draw(document)
    with (folder / "source-serif-4" / "SourceSerif4-Regular.otf").open("ab") as face:
        face.write(b"\0")
    with pytest.raises(ForeignFontError, match="SourceSerif4-Regular"):
        require_own_fonts(document, folder)
