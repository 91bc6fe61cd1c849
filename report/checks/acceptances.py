"""Sets accepted findings aside.

A finding that is true but intended is accepted in ``accepted.yaml``: a list of its code, its
file, its words and the reason. Each acceptance covers one finding: a second one with the same
words stands, unless a second acceptance covers it. Lines are not compared, for they move with
every edit. An acceptance that no finding needs any more is reported.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from ..declared import validated
from ..edition.acceptances import ACCEPTANCES, Acceptance
from ..edition.edition import ACCEPTED_FILE, Edition
from ..problems import ContentError, Finding, Level, did_you_mean
from ..yamlfile import YamlFile, read_yaml
from .rules import Hit, Rule

ACCEPTED = Rule(
    "accepted-form", Level.ERROR, "an acceptance that cannot be read",
    "accepted.yaml is a list; each entry has the code, file and words of a finding, and a reason.",
)  # fmt: skip

STALE = Rule(
    "accepted-stale", Level.WARNING, "an acceptance that is no longer needed",
    "The finding it accepts does not occur any more, or another entry accepts it; an old"
    " acceptance could hide a new mistake.",
)  # fmt: skip

RULES = [ACCEPTED, STALE]


@dataclass(frozen=True)
class CheckReport:
    """What the checks found, sorted by place."""

    findings: tuple[Finding, ...]
    """Findings that stand, stale acceptances among them."""
    accepted: tuple[tuple[Finding, str], ...] = ()
    """Accepted findings, each with its reason."""
    stale: tuple[Acceptance, ...] = ()
    """Acceptances without a finding."""

    def of(self, level: Level) -> list[Finding]:
        """The findings of one level."""
        return [finding for finding in self.findings if finding.level is level]

    def passes(self, *, strict: bool = False) -> bool:
        """Whether a final build may go on; with ``strict``, warnings stop it too."""
        return not (self.of(Level.ERROR) or (strict and self.of(Level.WARNING)))


def set_aside(
    edition: Edition, findings: list[Finding], applied: Collection[str], known: Collection[str]
) -> CheckReport:
    """``findings`` with those set aside that are accepted; ``known`` are the codes of all rules.

    ``applied`` are the codes of the rules that saw everything they look at: what others did not
    find may still need its acceptance.
    """
    file, acceptances, faults = _read_acceptances(edition.folder, known)
    unused = dict(acceptances)
    accepted, standing = [], []
    for finding in findings:
        index = next((i for i, a in unused.items() if _covers(a, finding)), None)
        if index is None:
            standing.append(finding)
        else:
            accepted.append((finding, unused.pop(index).reason))
    unused = {index: a for index, a in unused.items() if a.code in applied}
    reported = [
        STALE.finding(
            Hit(
                file.place((index,)),
                f"the finding {a.code} in {a.file} no longer occurs",
                a.words,
                "delete this entry",
            )
        )
        for index, a in unused.items()
    ]
    return CheckReport(
        tuple(sorted([*standing, *faults, *reported])), tuple(accepted), tuple(unused.values())
    )


def _covers(acceptance: Acceptance, finding: Finding) -> bool:
    """Whether it is about ``finding``, wherever in the file that stands."""
    words = " ".join(acceptance.words.split())
    accepted = acceptance.code, acceptance.file, words
    return accepted == (finding.code, finding.place.file, finding.words)


def _read_acceptances(
    folder: Path, known: Collection[str]
) -> tuple[YamlFile, dict[int, Acceptance], list[Finding]]:
    """The file, the acceptances that can be read, by their position, and what is wrong."""
    path = folder / ACCEPTED_FILE
    if not os.path.lexists(path):
        return YamlFile(ACCEPTED_FILE), {}, []
    file = read_yaml(path, ACCEPTED_FILE)
    faults: list[Finding] = []
    try:
        read = validated(file, ACCEPTANCES)
        acceptances = dict(enumerate(read))
    except ContentError as error:
        faults += [replace(finding, code=ACCEPTED.code) for finding in error.findings]
        entries = file.data if isinstance(file.data, list) else []
        acceptances = {i: a for i, entry in enumerate(entries) if (a := _acceptance(entry))}
    for index, acceptance in acceptances.items():
        if acceptance.code not in known:
            message = f"no rule has this code{did_you_mean(acceptance.code, known)}"
            hit = Hit(file.place((index, "code")), message, acceptance.code)
            faults.append(ACCEPTED.finding(hit))
    return file, acceptances, faults


def _acceptance(entry: object) -> Acceptance | None:
    try:
        return Acceptance.model_validate(entry)
    except ValidationError:
        return None
