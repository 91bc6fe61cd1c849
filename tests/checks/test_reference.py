"""The pages in docs/ about the checks."""

from __future__ import annotations

import re

from report.checks.reference import reference_page
from report.checks.registry import RULES
from tests.editions import ROOT


def test_reference_page_is_in_step() -> None:
    """docs/checks.md is what the rules say today."""
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == reference_page()


def test_table_of_defects_names_rules_that_exist() -> None:
    """Every code in docs/defects.md is one of a rule."""
    rows = [
        line.split("|")
        for line in (ROOT / "docs" / "defects.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| [A-E]\d", line)
    ]
    codes = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row[3])}
    assert len(rows) == 95
    assert codes <= set(RULES)
