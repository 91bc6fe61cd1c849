"""Links of the screen copies, hit as a reader hits them: with pdfium, about their middle."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, create_string_buffer
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdf_api
import pytest
from pypdf import PdfReader

from report.build import Options, build
from tests import real_edition
from tests.conftest import TinyEdition


class Link(NamedTuple):
    """A link: the page it stands on from 0, its area, and where it leads."""

    page: int
    area: tuple[float, float, float, float]
    address: str | None
    target: tuple[int, float] | None
    """Page from 0 and height on it."""


def links_written(path: Path) -> list[Link]:
    """Every link of a file, as it stands there."""
    reader: Any = PdfReader(path)
    pages = {page.indirect_reference.idnum: page.page_number for page in reader.pages}
    found = []
    for page in reader.pages:
        for annotation in (kid.get_object() for kid in page.get("/Annots", ())):
            area = tuple(float(number) for number in annotation["/Rect"])
            place = annotation.get("/Dest")
            if isinstance(place, str):
                place = reader.named_destinations[place].dest_array
            target = None
            if place is not None:
                target = pages[list.__getitem__(place, 0).idnum], float(place[3])
            address = annotation.get("/A", {}).get("/URI")
            found.append(Link(page.page_number, area, address, target))
    return found


AIM = ((0, 0), (-3, 0), (3, 0), (0, -3), (0, 3))
"""Points by which a pointer or a finger may be beside the middle of a link."""


def links_hit(path: Path, written: list[Link]) -> Iterator[tuple[Link, Link | None]]:
    """Each link with what pdfium finds where someone aims at it; None for nothing."""
    document = pdfium.PdfDocument(path)
    for link in written:
        page = document[link.page]
        left, bottom, right, top = link.area
        for across, up in AIM:
            spot = (left + right) / 2 + across, (bottom + top) / 2 + up
            hit = pdf_api.FPDFLink_GetLinkAtPoint(page, *spot)
            yield link, _link(document, link.page, hit) if hit else None
    document.close()


def _link(document: Any, page: int, hit: Any) -> Link:
    box = pdf_api.FS_RECTF()
    assert pdf_api.FPDFLink_GetAnnotRect(hit, byref(box))
    area = (box.left, box.bottom, box.right, box.top)
    target = _target(document, pdf_api.FPDFLink_GetDest(document, hit))
    return Link(page, area, _address(document, pdf_api.FPDFLink_GetAction(hit)), target)


def _address(document: Any, action: Any) -> str | None:
    size = pdf_api.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    buffer = create_string_buffer(size)
    if size:
        pdf_api.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode() or None


def _target(document: Any, place: Any) -> tuple[int, float] | None:
    if not place:
        return None
    has = [c_int(), c_int(), c_int()]
    x, y, zoom = c_float(), c_float(), c_float()
    pdf_api.FPDFDest_GetLocationInPage(place, *map(byref, has), byref(x), byref(y), byref(zoom))
    return pdf_api.FPDFDest_GetDestPageIndex(document, place), y.value


def missed(path: Path) -> list[tuple[Link, Link | None]]:
    """Links that are not what is hit about their middle, each with what is."""
    written = links_written(path)
    assert written
    pairs = links_hit(path, written)
    return [(link, hit) for link, hit in pairs if hit is None or not _same(link, hit)]


def _same(link: Link, hit: Link) -> bool:
    numbers = (*link.area, *(link.target or ())), (*hit.area, *(hit.target or ()))
    return link.address == hit.address and numbers[1] == pytest.approx(numbers[0], abs=0.01)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_link_of_the_real_edition_is_hit_at_its_middle(language: str) -> None:
    """Note calls, ways back, cross-references, addresses: each leads where it says."""
    assert missed(real_edition.built()[language, "screen"].path) == []


def test_links_side_by_side_are_hit_at_their_middles(tiny: TinyEdition, tmp_path: Path) -> None:
    """Two calls, a cross-reference and an address of many lines are kept apart, copied too."""
    row = "berichtete.[@zeitung] [@vertrag] ([](#fahrradstrasse))"
    tiny.change("de/measures/ampeln.yaml", "berichtete.[@zeitung]", row)
    (path,) = build(Options(tiny.folder, tmp_path, only=("screen",))).made[:1]
    assert missed(path.path) == []
    copied = " ".join(page.extract_text() for page in PdfReader(path.path).pages)
    assert "berichtete.12, 13 (" in " ".join(copied.replace("\u2060", "").split())


def _pdfjs(path: Path) -> list[object]:
    """Links that pdf.js misses. Skips without Node.js, pdfjs-dist and jsdom."""
    if not (node := shutil.which("node")):
        pytest.skip("Node.js is missing")
    command = [node, Path(__file__).with_name("hit_links.mjs"), path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "ERR_MODULE_NOT_FOUND" in done.stderr:
        pytest.skip("npm install --no-save pdfjs-dist jsdom")
    assert done.returncode == 0, done.stderr
    missed: list[object] = json.loads(done.stdout.splitlines()[-1])
    return missed


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_link_of_the_real_edition_is_hit_in_a_browser(language: str) -> None:
    """The viewer of Firefox finds every link about its middle too."""
    assert _pdfjs(real_edition.built()[language, "screen"].path) == []
