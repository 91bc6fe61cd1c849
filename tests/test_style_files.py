"""What is wrong with a style file is told with its file, its line and a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

from report import styles
from report.build import Options, build
from report.problems import ContentError, ReportError, UnknownNameError
from report.styles import (
    STYLES,
    icon,
    load_palette,
    load_preset,
    load_presets,
    stylesheet,
)
from report.typeset.engine import LayoutError, layout
from tests.conftest import TINY, TinyEdition


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the style files, free to be broken."""
    return Path(shutil.copytree(STYLES, tmp_path / "styles"))


def _change(file: Path, old: str, new: str) -> int:
    """Replace the first ``old``; the line that it stands on."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text.partition(old)[0].count("\n") + 1


PALETTE_SLIPS = [
    ('"#0b6b5b"', '"#0b6b5"', "write a colour like"),
    ('"#0b6b5b"', "green", "write a colour like"),
    ("[88, 30, 62, 22]", "[88, 130, 62, 22]", '"print": 130 is too large; at most 100'),
    ("[88, 30, 62, 22]", "[-1, 30, 62, 22]", '"print": -1 is too small; at least 0'),
    ("[88, 30, 62, 22]", "[88, 30, 62]", '"print" holds 3 values; write at least 4'),
    ("[88, 30, 62, 22]", "[88, 30, 62, 22, 1]", '"print" holds 5 values; write 4'),
    ("[88, 30, 62, 22]", "[88, 90, 90, 90]", "358 % of ink together; at most 300 %"),
    ("[88, 30, 62, 22]", "[88, 30, 62, black]", '"print": "black" is not a number'),
    ("[88, 30, 62, 22]", "dark", '"print" must be a list'),
    ("executed: {screen:", "executed: {scren:", 'unknown key "scren"; did you mean "screen"?'),
    ("executed: {", "Executed!: {", "small letters and digits"),
    ("executed: {", "ink: {", 'key "ink" stands twice'),
    ("executed: {", "executed: @{", "YAML: "),
]


@pytest.mark.parametrize(("old", "new", "message"), PALETTE_SLIPS)
def test_a_slip_in_the_palette_is_told(folder: Path, old: str, new: str, message: str) -> None:
    """The message names the file, the line of the slip and the remedy."""
    line = _change(folder / "palette.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        load_palette(folder)
    assert f"styles/palette.yaml:{line}:" in str(caught.value)
    assert message in str(caught.value)


PRINTERS_SLIPS = [
    ("standard: X-1a", "standard: X-3", '"X-3" is not one of: X-4 or X-1a'),
    ("bleed_mm: 5", "bleed_mm: 6", '"bleed_mm": 6 is too large; at most 5'),
    ("bleed_mm: 5", "bleed_mm: five", '"bleed_mm": "five" is not a number'),
    ("bleed_mm: 5", "bleed: 5", 'unknown key "bleed"; did you mean "bleed_mm"?'),
    ("marks: false", "marks: perhaps", '"marks": "perhaps" is neither true nor false'),
    ("page_multiple: 4", "page_multiple: 0", '"page_multiple": 0 is too small; at least 1'),
    ("page_multiple: 4", "page_multiple: 1000", '"page_multiple": 1000 is too large; at most 32'),
    ("page_multiple: 4", "page_multiple: 2.5", '"page_multiple": "2.5" is not a whole number'),
    ("profile: ISO", "profile: ../ISO", "write the name of a file in profiles/"),
]


@pytest.mark.parametrize(("old", "new", "message"), PRINTERS_SLIPS)
def test_a_slip_in_the_presets_is_told(folder: Path, old: str, new: str, message: str) -> None:
    """The message names the file, the line of the slip and the remedy."""
    line = _change(folder / "printers.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        load_presets(folder)
    assert f"styles/printers.yaml:{line}:" in str(caught.value)
    assert message in str(caught.value)


def _spoilt(rows: Any) -> list[Any]:
    """``rows`` with, in turn, each key misspelt and each value left out or of another kind."""
    if not isinstance(rows, dict):
        return []
    wrong = (None, "x y", [], {}, [{"a": "b"}])
    found = [{**rows, key: value} for key in rows for value in wrong]
    for key in rows:
        others = {other: value for other, value in rows.items() if other != key}
        found.append({**others, f"{key} x": rows[key]})
    return found + [{**rows, key: value} for key in rows for value in _spoilt(rows[key])]


@pytest.mark.parametrize("name", ["palette.yaml", "printers.yaml"])
def test_no_slip_in_any_key_or_value_is_a_traceback(folder: Path, name: str) -> None:
    """Whatever is wrong, in whichever row, is told or harmless."""
    path = folder / name
    load = load_palette if name == "palette.yaml" else load_presets
    rows = yaml.safe_load(path.read_text("utf-8"))
    spoilt = _spoilt(rows)
    told = []
    for data in spoilt:
        path.write_text(yaml.safe_dump(data), "utf-8")
        try:
            load(folder)
        except ContentError as error:
            told.append(error.findings)
    assert len(told) > len(spoilt) / 2
    assert all(finding.place.line for findings in told for finding in findings)


@pytest.mark.parametrize("name", ["palette.yaml", "printers.yaml", "text.css"])
def test_a_style_file_that_is_missing_is_told(folder: Path, tmp_path: Path, name: str) -> None:
    """The build ends with the name of the file."""
    (folder / name).unlink()
    with pytest.raises(ReportError, match=f"styles/{name}: .*missing; .*put it back"):
        build(Options(TINY, tmp_path / "out", styles=folder))


def test_an_icon_that_is_missing_is_told(folder: Path) -> None:
    """The engine's complaint holds the name of the file."""
    (folder / "icons" / "executed.svg").unlink()
    with pytest.raises(LayoutError, match=r"styles/icons/executed\.svg: .*this file is missing"):
        layout(
            '<html lang="en"><title>x</title><img src="icon:executed/ink" alt="x">', styles=folder
        )


@pytest.mark.parametrize(
    ("svg", "message"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg">\n<path', r"executed\.svg:2:\d+: .*not SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', r"executed\.svg:1:1: .*picture is empty"),
    ],
)
def test_an_icon_that_draws_nothing_is_told(folder: Path, svg: str, message: str) -> None:
    """A status without its picture would look like another."""
    (folder / "icons" / "executed.svg").write_text(svg, encoding="utf-8")
    with pytest.raises(ContentError, match=message):
        icon("executed", "ink", load_palette(folder), folder)


def test_a_colour_that_the_palette_lacks_is_told_where_it_is_used(folder: Path) -> None:
    """A stylesheet and an icon are read with the names that there are."""
    _change(folder / "palette.yaml", "white:", "withe:")
    palette = load_palette(folder)
    with pytest.raises(ContentError, match=r'cover\.css:\d+.*: .*"white"; did you mean "withe"'):
        stylesheet("cover.css", palette, folder)
    with pytest.raises(ContentError, match=r'icons/partly_executed\.svg:1:\d+: .*"white"'):
        icon("partly_executed", "partly", palette, folder)


def test_no_colour_takes_the_name_of_the_one_that_statuses_set(folder: Path) -> None:
    """It would be what a status without colour falls back to."""
    line = _change(folder / "palette.yaml", "draft:", "status:")
    with pytest.raises(ContentError, match=rf'palette\.yaml:{line}:1: .*"status" is the colour'):
        load_palette(folder)


def test_what_the_engine_passes_over_in_a_stylesheet_is_told_with_its_line(folder: Path) -> None:
    """A slip in CSS would be left out in silence."""
    line = _change(folder / "text.css", "orphans: 2;", "orpans: 2;")
    with pytest.raises(ContentError, match=rf"styles/text\.css:{line}:\d+: .*orpans.*unknown"):
        layout('<html lang="en"><title>x</title>', styles=folder)


def test_a_preset_without_its_profile_says_what_to_download() -> None:
    """The message names the line, the profile, where it is had and where it goes."""
    with pytest.raises(ContentError, match=r"styles/printers\.yaml:\d+.*: .*eci\.org.*profiles/"):
        load_preset("uncoated-3mm").icc()


def test_a_profile_that_is_not_of_a_press_is_refused(folder: Path) -> None:
    """A file of the right name must be an ICC profile for printing in CMYK."""
    (folder / "profiles" / "PSOuncoated_ISO12647_eci.icc").write_bytes(b"x" * 200)
    with pytest.raises(ContentError, match=r"printers\.yaml:\d+.*: .*not the profile of a press"):
        load_preset("uncoated-3mm", folder).icc()


def test_an_unknown_preset_is_refused_with_a_suggestion() -> None:
    """A misspelt preset is recognised."""
    with pytest.raises(UnknownNameError, match='did you mean "coated-3mm"'):
        load_preset("coated-3m")


def test_a_colour_of_another_folder_of_styles_is_known_to_all(
    folder: Path, tiny: TinyEdition, tmp_path: Path
) -> None:
    """Checks and pages read the same palette."""
    with (folder / "palette.yaml").open("a", encoding="utf-8") as file:
        file.write('sea: {screen: "#0b4b8b", print: [90, 60, 10, 10]}\n')
    statuses = tiny.folder / "statuses.yaml"
    statuses.write_text(
        statuses.read_text("utf-8").replace("colour: not_executed", "colour: sea", 1), "utf-8"
    )
    build(Options(tiny.folder, tmp_path / "out", only=("print",), styles=folder))
    with pytest.raises(ContentError, match='"sea"'):
        build(Options(tiny.folder, tmp_path / "out", only=("print",)))


def test_a_preset_is_added_by_its_row_alone(folder: Path, tmp_path: Path) -> None:
    """A printer who asks for 4 mm and marks gets a file by that name, with both."""
    with (folder / "printers.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "harbour-press:\n  standard: X-1a\n  bleed_mm: 4\n  condition: FOGRA39\n"
            "  info: Offset\n  profile: ISOcoated_v2_300_bas.icc\n  marks: true\n"
            "  page_multiple: 2\n"
        )
    options = Options(
        TINY, tmp_path / "out", preset="harbour-press", only=("print",), styles=folder
    )
    (made,) = build(options).made
    assert made.path.name.endswith("-print-harbour-press.pdf")
    with pikepdf.open(made.path) as pdf:
        assert pdf.trailer.Info.GTS_PDFXVersion == "PDF/X-1a:2003"
        assert len(pdf.pages) % 2 == 0
        trim, bleed, media = (
            [float(value) for value in pdf.pages[0][f"/{name}Box"]]
            for name in ("Trim", "Bleed", "Media")
        )
    assert (trim[0] - bleed[0]) * 25.4 / 72 == pytest.approx(4, abs=0.01)
    assert media[0] == pytest.approx(bleed[0] - 7 * 72 / 25.4, abs=0.01)
    assert styles.load_preset("coated-3mm").bleed_mm == 3
