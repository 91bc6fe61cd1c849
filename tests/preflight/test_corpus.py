"""The comparison with veraPDF on a folder of files: ``tests/corpus.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.preflight.inspect import rules
from tests import corpus
from tests.preflight.broken_pdfs import good_screen


def test_compared_rules_exist() -> None:
    """Every rule that is compared is one of ours, and judges screen copies."""
    ours = {rule.id for rule in rules() if "screen" in rule.uses}
    compared = {name for names in corpus.SAME for name in names.split(", ")}
    assert compared <= ours


def test_disagreement_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What veraPDF alone objects to is a false pass, what we alone do a false alarm."""
    pdf = good_screen()
    del pdf.Root.Lang
    path = tmp_path / "a.pdf"
    pdf.save(path, static_id=True)
    verdicts = tmp_path / "verdicts.json"
    verdicts.write_text(f'{{"{path}": ["ua1 7.1-10", "ua1 7.1-9"]}}')
    corpus.main([str(tmp_path), "--verdicts", str(verdicts)])
    table = capsys.readouterr().out
    assert "| window-title | 0 | 0 | 1 | 0 |" in table
    assert "| language | 0 | 0 | 0 | 1 |" in table
    assert "| tab-order | 1 | 0 | 0 | 0 |" in table
    corpus.main([str(tmp_path), "--verdicts", str(verdicts), "--rule", "title"])
    assert capsys.readouterr().out == f"false pass\t{path}\n\n"
