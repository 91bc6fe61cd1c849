"""The editorial checks: runs every rule, sets accepted findings aside, and formats the rest.

A finding that is true but intended is accepted in ``accepted.yaml``: a list of its code, its
file, its words and the reason. Each acceptance covers one finding: a second one with the same
words stands, unless a second acceptance covers it. Lines are not compared, for they move with
every edit. An acceptance that no finding needs any more is reported.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ..edition.acceptances import ACCEPTANCES, Acceptance
from ..edition.edition import ACCEPTED_FILE, Edition
from ..edition.load import load_partly
from ..edition.yamlfile import YamlFile, read_yaml
from ..problems import Place, ReportError, did_you_mean
from . import evidence, form, languages, links, names, numbers, wording
from .passages import read_checked
from .rules import Finding, Hit, Level, Rule

GROUPS: list[tuple[str, list[Rule]]] = [
    ("Form", form.RULES),
    ("Names", names.RULES),
    ("Numbers and dates", numbers.RULES),
    ("Two languages, one report", languages.RULES),
    ("Evidence", evidence.RULES),
    ("Links", links.RULES),
    ("Language", wording.RULES),
]

ACCEPTED = Rule(
    "accepted-form", Level.ERROR, "an acceptance that cannot be read",
    "accepted.yaml is a list; each entry has the code, file and words of a finding, and a reason.",
)  # fmt: skip
STALE = Rule(
    "accepted-stale", Level.WARNING, "an acceptance that is no longer needed",
    "The finding it accepts does not occur any more, or another entry accepts it; an old"
    " acceptance could hide a new mistake.",
)  # fmt: skip
GROUPS.append(("Acceptances", [ACCEPTED, STALE]))

RULES = {rule.code: rule for _, rules in GROUPS for rule in rules}


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


def check_edition(
    folder: Path, languages: Iterable[str] = (), *, without: Collection[str] = ()
) -> CheckReport:
    """Check the edition in ``folder``, with all its languages or those given.

    The rules whose codes are in ``without`` are not applied. Never raises for bad content:
    what keeps a file from loading is a finding too, and the rules look at what loads.
    """
    only = list(languages)
    edition, problems = load_partly(folder, only)
    found = {RULES[p.kind].finding(Hit(p.place, p.message)) for p in problems}
    checked = read_checked(edition)
    found |= {
        rule.finding(hit)
        for rule in RULES.values()
        if rule.code not in without
        for hit in rule.hits(checked)
    }
    applied = () if only or problems else RULES.keys() - without
    return _accepted(edition, sorted(_without_echoes(found)), applied)


def _without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """``findings`` without those that say of a misspelt name that no dictionary knows it."""
    findings = list(findings)
    names = {finding.place for finding in findings if finding.code == "name-misspelt"}
    return [f for f in findings if not (f.code == "spelling" and f.place in names)]


def _accepted(edition: Edition, findings: list[Finding], applied: Collection[str]) -> CheckReport:
    """``findings`` with those set aside that are accepted.

    ``applied`` are the codes of the rules that saw everything they look at: what others did not
    find may still need its acceptance.
    """
    file, acceptances, faults = _read_acceptances(edition.folder)
    unused = dict(enumerate(acceptances))
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


def _read_acceptances(folder: Path) -> tuple[YamlFile, list[Acceptance], list[Finding]]:
    path = folder / ACCEPTED_FILE
    if not path.is_file():
        return YamlFile(ACCEPTED_FILE), [], []
    file = read_yaml(path, ACCEPTED_FILE)
    if file.problems:
        faults = [ACCEPTED.finding(Hit(p.place, p.message)) for p in file.problems]
        return file, [], faults
    try:
        acceptances = ACCEPTANCES.validate_python(file.data)
    except ValidationError as error:
        faults = [
            ACCEPTED.finding(Hit(file.place(item["loc"]), _fault(item["loc"], item["msg"])))
            for item in error.errors(include_url=False)
        ]
        return file, [], faults
    unknown = [
        ACCEPTED.finding(
            Hit(file.place((index, "code")), f"no rule has this code{did_you_mean(a.code, RULES)}",
                a.code)
        )
        for index, a in enumerate(acceptances)
        if a.code not in RULES
    ]  # fmt: skip
    return file, acceptances, unknown


def _fault(path: tuple[int | str, ...], message: str) -> str:
    return f"{path[-1]}: {message}" if path else message


# ---------------------------------------------------------------- formats


def format_text(report: CheckReport) -> str:
    """One finding per paragraph, accepted ones after them, and a count."""
    lines = [format_finding(finding) for finding in report.findings]
    if report.accepted:
        lines.append("\naccepted:")
        lines += [
            f"{_where(f.place)}: {f.code}: {f.words or f.message}\n    {r}"
            for f, r in report.accepted
        ]
    return "\n".join([*lines, summary(report)])


def summary(report: CheckReport) -> str:
    """How many findings of each level there are, in one line."""
    numbers = [
        f"{count} {level.value}{'' if count == 1 else 's'}"
        for level in Level
        for count in [len(report.of(level))]
    ]
    return ", ".join([*numbers, f"{len(report.accepted)} accepted"])


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}" if place.line else place.file


def format_finding(finding: Finding) -> str:
    """One finding: where, level, what, its words, the code and what to do."""
    words = f": “{finding.words}”" if finding.words else ""
    suggestion = f"\n    {finding.suggestion}" if finding.suggestion else ""
    head = f"{_where(finding.place)}: {finding.level.value}: {finding.message}{words}"
    return f"{head} [{finding.code}]{suggestion}"


def _as_data(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "level": finding.level.value,
        "code": finding.code,
        "message": finding.message,
        "words": finding.words,
        "suggestion": finding.suggestion,
        "related": [_where(place) for place in finding.related],
    }


def format_json(report: CheckReport) -> str:
    """The findings as JSON, for tools."""
    document = {
        "findings": [_as_data(finding) for finding in report.findings],
        "accepted": [{**_as_data(f), "reason": reason} for f, reason in report.accepted],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def format_github(report: CheckReport, folder: str = "content") -> str:
    """The findings as workflow commands, which GitHub shows beside the lines of ``folder``."""
    return "\n".join(_command(finding, folder) for finding in report.findings)


def _command(finding: Finding, folder: str) -> str:
    place = finding.place
    where = f"{folder}/{place.file}"
    position = f"line={place.line or 1},col={place.column}"
    properties = f"file={_escaped(where, ',:')},{position},title={finding.code}"
    words = f": “{finding.words}”" if finding.words else ""
    text = ". ".join(part for part in (finding.message + words, finding.suggestion) if part)
    return f"::{_COMMANDS[finding.level]} {properties}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def explain(code: str) -> str:
    """What the rule ``code`` is about, and why.

    Raises ReportError for an unknown code.
    """
    rule = RULES.get(code)
    if rule is None:
        raise ReportError(f'there is no rule "{code}"{did_you_mean(code, RULES)}')
    return f"{rule.code} ({rule.level.value}): {rule.title}\n\n{rule.why}"
