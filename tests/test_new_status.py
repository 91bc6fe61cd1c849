"""A new status is a row of a file, its words, and nothing else."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from report.checks.run import check_edition
from report.edition.counts import counts
from report.edition.load import load_edition
from report.options import Options
from report.production import produce
from report.styles import load_palette
from tests.editions import edit, make_edition
from tests.real_edition import plain

ROW = """
stalled:
  carried_out: in part
  colour: draft
  cover_colour: night_partly
  icon: not_assessable
"""
WORDS = {
    "nl": ("stilgevallen", "begonnen, maar niet afgewerkt", "stilgevallen"),
    "fr": ("interrompue", "commencée, mais pas achevée", "interrompues"),
}
GROUPS = ("statuses", "status_meanings", "status_captions")


@pytest.fixture
def stalled(tmp_path: Path) -> Path:
    """An edition with a status of its own, which one of its two measures has."""
    folder = make_edition(tmp_path / "content")
    with (folder / "statuses.yaml").open("a", encoding="utf-8") as file:
        file.write(ROW)
    for tag, words in WORDS.items():
        for group, word in zip(GROUPS, words, strict=True):
            labels = folder / tag / "labels.yaml"
            text = labels.read_text(encoding="utf-8")
            text = re.sub(rf"(?m)^{group}:\n", rf"\g<0>  stalled: {word}\n", text)
            labels.write_text(text, encoding="utf-8")
    edit(folder, "measures.yaml", "  status: executed\n", "  status: stalled\n")
    return folder


def _colours(path: Path) -> list[set[tuple[float, ...]]]:
    """The colours of fills and lines of each page, as the file says them."""
    pages = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            operations = pikepdf.parse_content_stream(page, "rg RG k K")
            found = [tuple(round(float(value), 3) for value in o) for o, _ in operations]
            pages.append(set(found))
    return pages


def test_a_status_is_a_row_and_its_words(stalled: Path, tmp_path: Path) -> None:
    """Pages, legend, cover, totals and data of both languages carry it, in its own colours."""
    made = {
        (m.language, m.kind): m.path for m in produce(Options(stalled, tmp_path), tmp_path).made
    }
    palette = load_palette()
    colour, cover_colour = palette["draft"], palette["night_partly"]
    for tag, (word, meaning, _) in WORDS.items():
        name = word.capitalize()
        for kind in ("screen", "print"):
            pages = [plain(p.extract_text()) for p in PdfReader(made[tag, kind]).pages]
            assert re.search(f"1 ?{word}", pages[0])  # the cover
            text = " ".join(pages)
            assert re.search(rf"{name} ?: {meaning}", text)  # the legend
            assert re.search(rf"\(2\) ?: 1 .+ ?; 1 {word}", text)  # the totals
            assert text.count(name) == 4  # and overview, responsibility, measure
            wanted = [_values(c, kind) for c in (cover_colour, colour)]
            shown = _colours(made[tag, kind])
            assert wanted[0] in shown[0]
            assert all(wanted[1] in s for s, p in zip(shown, pages, strict=True) if name in p)
            assert not any(wanted[0] in page for page in shown[1:])
        (row, _) = json.loads(made[tag, "json"].read_text("utf-8"))["measures"]
        with made[tag, "csv"].open(encoding="utf-8-sig", newline="") as file:
            (line, _) = csv.DictReader(file)
        for data in (row, line):
            assert data["status"] == "stalled"
            assert data["status_label"] == name
            assert data["carried_out"] == "in part"


def _values(colour, kind: str) -> tuple[float, ...]:
    if kind == "print":
        return tuple(round(ink / 100, 3) for ink in colour.print)
    return tuple(round(int(colour.screen[i : i + 2], 16) / 255, 3) for i in (1, 3, 5))


def test_a_new_status_is_counted_and_checked(stalled: Path) -> None:
    """Prose and rules know the counts of its key, and nothing of the edition is a finding."""
    totals = counts(load_edition(stalled))
    assert (totals["stalled"], totals["city"]["stalled"], totals["union"]["stalled"]) == (1, 1, 0)
    assert (totals["carried_out"], totals["carried_out_in_part"]) == (0, 1)
    for tag, words in {"nl": "telt", "fr": "compte"}.items():
        edit(
            stalled,
            f"{tag}/edition.yaml",
            "([](#bridge))",
            f"([](#bridge)) {words} {{{{ counts.stalled }}}}",
        )
    report = check_edition(stalled)
    assert [f for f in report.findings if f.code != "translation-unconfirmed"] == []
