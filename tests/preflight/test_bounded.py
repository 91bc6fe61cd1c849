"""Files that would take all time or memory are judged within limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from report.preflight import bounded
from report.preflight.bounded import inspect_bounded
from report.preflight.inspect import inspect
from report.preflight.programs import TOO_LARGE, TOO_LONG
from tests.preflight.broken_pdfs import good_screen


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def _page(content: bytes, **resources: object) -> Pdf:
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Contents = Stream(pdf, content)
    pdf.pages[0].obj.Resources = Dictionary({f"/{k}": v for k, v in resources.items()})
    return pdf


def _nested_forms() -> Pdf:
    """Each form paints the next twenty times, ten forms deep."""
    pdf = _page(b"/X0 Do")
    inner = Stream(pdf, b"0 0 1 1 re f")
    for _ in range(10):
        form = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])}
        inner = pdf.make_indirect(Stream(pdf, inner.read_bytes(), {**form, **dict(inner)}))
        outer = Stream(pdf, b"/X0 Do " * 20)
        outer.Resources = Dictionary(XObject=Dictionary(X0=inner))
        inner = outer
    inner = pdf.make_indirect(Stream(pdf, inner.read_bytes(), {**form, **dict(inner)}))
    pdf.pages[0].obj.Resources.XObject = Dictionary(X0=inner)
    return pdf


def test_sound_file_is_judged_alike(out: Path) -> None:
    """Within the limits, the verdict is the same."""
    good_screen().save(out, static_id=True)
    assert inspect_bounded(out) == inspect(out)


def test_endless_file_is_stopped(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that paint forms that paint forms end at the limit of time."""
    _nested_forms().save(out)
    monkeypatch.setattr(bounded, "TIME_LIMIT", 1)
    inspection = inspect_bounded(out)
    assert [finding.code for finding in inspection.findings] == ["opens"]
    assert TOO_LONG in inspection.findings[0].message
    assert not inspection.passed


def test_huge_file_is_stopped(out: Path) -> None:
    """A small file that unpacks to gigabytes ends at the limit of memory."""
    pdf = _page(b"q Q " * 50_000_000)
    pdf.save(out, compress_streams=True, recompress_flate=True)
    assert out.stat().st_size < 1_000_000
    inspection = inspect_bounded(out)
    assert not inspection.passed
    assert TOO_LARGE in inspection.findings[0].message
