"""Outputs are rows of a table, and a file is a selection of measures set through one of them."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from report.build import Options, build
from report.edition.edition import Edition
from report.edition.selection import EVERYTHING, GROUPS, Selection
from report.output.outputs import OUTPUTS, REPORT, Design, Material, Output, Typeset, chosen
from report.output.screen import finish_screen
from report.pages import render
from report.pages.render import TEMPLATES, render_page
from report.problems import ContentError, ReportError, UnknownNameError
from report.styles import REPORT_STYLES, STYLES, Geometry, load_palette, load_preset
from tests.conftest import TINY, TinyEdition
from tests.real_edition import plain

EXTRACT = """\
<!DOCTYPE html>
<html lang="{{ labels.language }}">
<head>
<title>{{ text.title|plain }}</title>
<meta name="author" content="{{ r.publishers() }}">
<meta name="description" content="{{ text.description|plain }}">
</head>
<body>
{% for measure in measures %}
{% set words = language.measures[measure.id] %}
<h1 id="{{ measure.id }}">{{ edition.number(measure.id) }} {{ words.title|line }}</h1>
{{ r.prose("measures/" ~ measure.id ~ ".yaml", words.analysis, "analysis") }}
{% endfor %}
</body>
</html>
"""


def _extract(material: Typeset) -> bytes:
    return finish_screen(material.drawing, material.about)


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A row for an extract on a smaller page, with its template and its stylesheet; the folder of
    the style files."""
    styles = Path(shutil.copytree(STYLES, tmp_path / "styles"))
    page = (
        ":root { --text-column: 60mm }\n@page { margin: 20mm 20mm 20mm 68mm }\n"
        "h1 { break-before: auto }\n"
    )
    (styles / "extract.css").write_text(page)
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    (templates / "extract.html").write_text(EXTRACT)
    monkeypatch.setattr(render, "TEMPLATES", templates)
    row = Output(
        name="extract",
        summary="some measures on a small page",
        suffix=".pdf",
        make=_extract,
        design=Design("extract.html", (*REPORT_STYLES, "extract.css"), Geometry(148, 210)),
        use="screen",
        label="extract",
        groups=frozenset(GROUPS),
    )
    monkeypatch.setitem(OUTPUTS, row.name, row)
    return styles


def test_an_output_is_added_by_its_row_alone(extract: Path, tmp_path: Path) -> None:
    """It is built with the others, named, listed, and set on its own page."""
    made = build(Options(TINY, tmp_path / "out", styles=extract)).made
    assert [item.kind for item in made] == ["screen", "csv", "json", "print", "extract"]
    (item,) = (item for item in made if item.kind == "extract")
    assert item.path.name == "radwege-bericht-2030-05-03-de-extract.pdf"
    assert item.pages == len(PdfReader(item.path).pages)
    with pikepdf.open(item.path) as pdf:
        width, height = (float(value) * 25.4 / 72 for value in pdf.pages[0].TrimBox[2:])
    assert (width, height) == (pytest.approx(148, abs=0.1), pytest.approx(210, abs=0.1))


def test_an_extract_of_a_selection_holds_its_measures_alone(
    extract: Path, tmp_path: Path, tiny: TinyEdition
) -> None:
    """They keep their numbers; a reference to a measure that is not there is no link."""
    (tiny.folder / "de" / "measures" / "ampeln.yaml").write_text(
        (tiny.folder / "de" / "measures" / "ampeln.yaml")
        .read_text("utf-8")
        .replace("analysis: |\n", "analysis: |\n  Siehe auch [](#fahrradstrasse).\n\n", 1),
        "utf-8",
    )
    options = Options(
        tiny.folder, tmp_path, only=("extract",), styles=extract,
        selection=Selection("measure", ("ampeln",)),
    )  # fmt: skip
    (made,) = build(options).made
    assert made.path.name == "radwege-bericht-2030-05-03-de-measure-ampeln-extract.pdf"
    reader = PdfReader(made.path)
    printed = plain(" ".join(page.extract_text() for page in reader.pages))
    assert printed.startswith("2 ")
    assert "Siehe auch Maßnahme 1" in printed
    assert len(reader.outline) == 1


def _unfit(material: Typeset) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(_extract(material))) as pdf:
        for page in pdf.pages:
            page.MediaBox = page.TrimBox = [0, 0, 400, 500]
        pdf.save(output)
    return output.getvalue()


def test_every_pdf_is_inspected_as_its_row_says(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is unfit for its use, or not of its size, is not written."""
    row = OUTPUTS["extract"]
    for wrong, code in (
        (dataclasses.replace(row, make=_unfit), "page-size"),
        (dataclasses.replace(row, use="print"), "print-identification"),
    ):
        monkeypatch.setitem(OUTPUTS, "extract", wrong)
        with pytest.raises(ContentError) as caught:
            build(Options(TINY, tmp_path / "out", only=("extract",), styles=extract))
        assert code in {finding.code for finding in caught.value.findings}
    assert not (tmp_path / "out").exists()


def _drawing(material: Typeset) -> bytes:
    return str(id(material.drawing)).encode()


def _html(material: Material) -> bytes:
    return render_page(material.edition, material.language, material.selection).html.encode()


def test_outputs_of_one_design_share_a_drawing(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set alike is set once; what needs no pages is not set at all."""
    other = OUTPUTS["extract"].design
    for name, design in (("one", REPORT), ("two", other), ("three", REPORT)):
        row = Output(name, "a test", ".txt", _drawing, design, label=name)
        monkeypatch.setitem(OUTPUTS, name, row)
    monkeypatch.setitem(OUTPUTS, "web", Output("web", "a test", ".html", _html))
    only = ("one", "two", "three", "web")
    files = {
        item.kind: item.path.read_text("utf-8")
        for item in build(Options(TINY, tmp_path / "out", only=only, styles=extract)).made
    }
    assert files["one"] == files["three"] != files["two"]
    assert files["web"].startswith("<!DOCTYPE html>")


def test_no_two_files_have_one_name_and_every_pdf_is_judged(tiny_edition: Edition) -> None:
    """Each row names its files, and has what it is made from."""
    language = tiny_edition.languages["de"]
    material = Material(
        tiny_edition, language, EVERYTHING, load_preset("coated-3mm"), load_palette()
    )
    names = [row.file_name(material) for row in OUTPUTS.values()]
    assert len(set(names)) == len(names)
    for name, row in OUTPUTS.items():
        assert row.name == name
        assert (row.suffix == ".pdf") == bool(row.use)
        assert row.design is None or (TEMPLATES / row.design.template).is_file()
        assert row.design is None or all((STYLES / s).is_file() for s in row.design.stylesheets)


@pytest.mark.parametrize(
    ("options", "outputs"),
    [
        ({}, ["screen", "csv", "json", "print"]),
        ({"draft": True}, ["screen", "csv", "json"]),
        ({"correction": 2}, ["print"]),
        ({"names": ["print", "csv"]}, ["csv", "print"]),
        ({"selection": Selection("level", ("stadt",))}, ["csv", "json"]),
    ],
)
def test_what_is_made_follows_from_the_rows(options, outputs) -> None:
    """Drafts are not for print, corrections are, and some outputs hold everything or nothing."""
    assert [row.name for row in chosen(**options)] == outputs


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"names": ["screan"]}, 'there is no output "screan"; did you mean "screen"?'),
        ({"names": ["print"], "draft": True}, "print: a draft is not for the printer"),
        ({"names": ["csv"], "correction": 1}, "csv: a correction is for the printer"),
        ({"draft": True, "correction": 1}, "screen: a correction is for the printer; csv:"),
        (
            {"names": ["screen"], "selection": Selection("party", ("x",))},
            "screen: it takes no selection by party",
        ),
    ],
)
def test_what_cannot_be_made_is_refused(options, message) -> None:
    """The reason names the output."""
    with pytest.raises(ReportError, match=message.replace("?", r"\?")):
        chosen(**options)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("minister=mueller", ["fahrradstrasse"]),
        ("party=mitte", ["fahrradstrasse"]),
        ("level=land", ["ampeln"]),
        ("status=not_executed", ["ampeln"]),
        ("measure=ampeln, fahrradstrasse", ["fahrradstrasse", "ampeln"]),
    ],
)
def test_measures_are_selected_by_what_they_have(tiny_edition, text, ids) -> None:
    """In the order of the edition, whatever the order of the keys."""
    assert [m.id for m in Selection.parse(text).measures(tiny_edition)] == ids


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ministre=mueller", 'no group of measures "ministre"; did you mean "minister"?'),
        ("minister=muller", 'no minister with a measure "muller"; did you mean "mueller"?'),
        ("measure=", 'no measure with a measure ""'),
    ],
)
def test_an_unknown_selection_is_refused(tiny_edition, text, message) -> None:
    """A misspelt group or key is recognised."""
    with pytest.raises(UnknownNameError) as caught:
        Selection.parse(text).measures(tiny_edition)
    assert message in str(caught.value)


def test_the_data_of_a_selection_holds_its_measures_alone(tmp_path: Path) -> None:
    """The rows keep the numbers that they have in the report."""
    selection = Selection.parse("measure=ampeln")
    made = build(Options(TINY, tmp_path, selection=selection)).made
    table, document = (item.path for item in made)
    assert table.name == "radwege-bericht-2030-05-03-de-measure-ampeln.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["number"], row["id"]) for row in rows] == [("2", "ampeln")]
    assert [row["id"] for row in json.loads(document.read_text("utf-8"))["measures"]] == ["ampeln"]


def test_prose_that_cannot_be_set_stops_data_too(tiny: TinyEdition, tmp_path: Path) -> None:
    """What no output typesets is read by the checks."""
    tiny.change("de/edition.yaml", "method: |\n", "method: |\n  Siehe [@gibtesnicht].\n\n")
    with pytest.raises(ContentError, match="gibtesnicht"):
        build(Options(tiny.folder, tmp_path / "out", only=("csv",)))
