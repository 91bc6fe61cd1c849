"""Runs every rule of the editorial checks on an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ..edition.load import load_partly
from ..problems import Finding, Kind
from ..styles import STYLES
from .acceptances import CheckReport, set_aside
from .form import prose_findings
from .passages import read_checked
from .registry import RULES


def check_edition(
    folder: Path,
    languages: Iterable[str] = (),
    *,
    styles: Path = STYLES,
    without: Collection[str] = (),
) -> CheckReport:
    """Check the edition in ``folder``, with all its languages or those given, to look as
    ``styles`` say.

    The rules whose codes are in ``without`` are not applied. Never raises for bad content:
    what keeps a file from loading is a finding too, and the rules look at what loads.
    """
    only = list(languages)
    edition, problems = load_partly(folder, only, styles)
    found = set(problems)
    checked = read_checked(edition)
    if Kind.PROSE not in without and not RULES[Kind.PROSE].waits(checked):
        found.update(prose_findings(checked))
    found |= {
        rule.finding(hit)
        for rule in RULES.values()
        if rule.code not in without
        for hit in rule.hits(checked)
    }
    applied = () if only or problems else RULES.keys() - without
    return set_aside(edition, sorted(_without_echoes(found)), applied, RULES.keys())


def _without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """``findings`` without those that say of a misspelt name that no dictionary knows it."""
    findings = list(findings)
    names = {finding.place for finding in findings if finding.code == "name-misspelt"}
    return [f for f in findings if not (f.code == "spelling" and f.place in names)]
