"""Compares our preflight with veraPDF, rule by rule, on a folder of PDF files.

Not part of the suite: the files are other people's, such as veraPDF's own corpus
(https://github.com/veraPDF/veraPDF-corpus). Run ``python -m tests.corpus FOLDER...``; the table
of docs/preflight.md comes out.

Every file is judged as a screen copy, whatever it claims. Per rule, a file counts as *agree*
when our rule and the tests of veraPDF that ask the same both object or both do not, as *false
pass* when veraPDF alone objects, as *false alarm* when we alone do.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from report.preflight.inspect import Profile, inspect, rules
from report.preflight.rules import HOUSE
from report.preflight.verapdf import check_conformance
from report.problems import Level

STANDARDS = {"ua1": "ISO 14289-1", "2a": "ISO 19005-2"}
"""veraPDF's flavours, and how the rules name their standards."""
SAME = {
    "opens": "2a 6.1.2-1, 2a 6.1.2-2, 2a 6.1.4-1, 2a 6.1.4-2, 2a 6.1.6-1, 2a 6.1.6-2, "
    "2a 6.1.7.1-1, 2a 6.1.7.1-2, 2a 6.1.9-1, ua1 6.1-1",
    "encrypted": "ua1 7.16-1, 2a 6.1.3-2",
    "active-content": "2a 6.5.1-1, 2a 6.5.1-2, 2a 6.5.2-1, 2a 6.5.2-2, 2a 6.4.1-1, 2a 6.4.1-2",
    "content-stream": "2a 6.2.2-1",
    "layer-settings": "ua1 7.10-1, ua1 7.10-2, 2a 6.9-1, 2a 6.9-4",
    "substitutes, postscript": "2a 6.2.8-1, 2a 6.2.8-2, 2a 6.2.9-1, 2a 6.2.9-2, "
    "2a 6.2.9-3, ua1 7.20-1",
    "font-embedded": "ua1 7.21.4.1-1, 2a 6.2.11.4.1-1",
    "missing-glyph": "ua1 7.21.4.1-2, ua1 7.21.8-1, 2a 6.2.11.4.1-2, 2a 6.2.11.8-1",
    "xmp": "ua1 7.1-8, 2a 6.6.2.1-1, 2a 6.6.2.1-4, 2a 6.6.2.1-5",
    "title": "ua1 7.1-9",
    "file-id": "2a 6.1.3-1",
    "screen-identification": "ua1 5-1, ua1 5-2",
    "archive-identification": "2a 6.6.4-1, 2a 6.6.4-2, 2a 6.6.4-3",
    "window-title": "ua1 7.1-10",
    "link-tagged": "ua1 7.18.5-1",
    "tab-order": "ua1 7.18.3-1",
    "tagged, content-tagged, parent-tree": "ua1 6.2-1, ua1 7.1-1, ua1 7.1-2, ua1 7.1-3, "
    "ua1 7.1-4, ua1 7.1-11, 2a 6.7.2.2-1, 2a 6.7.3.3-1",
    "roles": "ua1 7.1-5, ua1 7.1-6, ua1 7.1-7, 2a 6.7.3.4-1, 2a 6.7.3.4-2, 2a 6.7.3.4-3",
    "nesting": ", ".join(f"ua1 7.2-{number}" for number in
                         (*range(3, 15), *range(16, 21), 26, 27, 28, 36, 37, 38, 39, 40)),
    "language": "ua1 7.2-2, ua1 7.2-21, ua1 7.2-22, ua1 7.2-23, ua1 7.2-24, ua1 7.2-25, "
    "ua1 7.2-29, ua1 7.2-30, ua1 7.2-31, ua1 7.2-32, ua1 7.2-33, ua1 7.2-34, 2a 6.7.4-1",
    "headings": "ua1 7.4.2-1, ua1 7.4.4-1, ua1 7.4.4-2, ua1 7.4.4-3",
    "figure-alternative": "ua1 7.3-1, ua1 7.7-1",
    "table-scope": "ua1 7.5-1, ua1 7.5-2",
    "note-identifier": "ua1 7.9-1, ua1 7.9-2",
    "font-unicode": "ua1 7.21.7-1, ua1 7.21.7-2, 2a 6.2.11.7.2-1, 2a 6.2.11.7.2-2",
    "comment-described, link-described": "ua1 7.18.1-2, ua1 7.18.5-2",
    "comment-tagged": "ua1 7.18.1-1",
    "form-field": "ua1 7.18.1-3, ua1 7.18.4-1",
    "xmp-schemas": "2a 6.6.2.3.1-1",
    "screen-intent": "2a 6.2.3-1, 2a 6.2.3-2, 2a 6.2.3-3, 2a 6.2.3-4",
    "screen-colour": "2a 6.2.4.3-2, 2a 6.2.4.3-3, 2a 6.2.4.3-4, 2a 6.2.10-2",
    "lzw": "2a 6.1.7.2-1, 2a 6.1.10-1",
    "interpolate": "2a 6.2.8-3",
    "annotation-type": "2a 6.3.1-1, ua1 7.18.2-1",
    "annotation-flags": "2a 6.3.2-1, 2a 6.3.2-2",
    "annotation-appearance": "2a 6.3.3-1, 2a 6.3.3-2, 2a 6.3.3-3",
    "attachments": "2a 6.8-2, 2a 6.8-5, ua1 7.11-1",
}  # fmt: skip
"""Our rules and the tests of veraPDF that ask the same, by flavour, clause and number."""


Failed = dict[str, list[str]]
"""By file, what veraPDF objects to: flavour, clause and number of each test."""


class Row(NamedTuple):
    """How often two judges of one demand agree."""

    rule: str
    both: int
    false_pass: list[str]
    false_alarm: list[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--verdicts", type=Path, help="Keep veraPDF's verdicts in this file.")
    parser.add_argument("--rule", help="List the files on which this rule disagrees.")
    options = parser.parse_args(arguments)
    paths = sorted(path for folder in options.folders for path in folder.rglob("*.pdf"))
    theirs = _verdicts(paths, options.verdicts)
    with multiprocessing.Pool(2) as pool:
        ours = dict(pool.imap_unordered(_objections, map(str, theirs), chunksize=20))
    rows = [*_verdict_rows(ours, theirs), *_rule_rows(ours, theirs)]
    if options.rule:
        (row,) = (row for row in rows if row.rule == options.rule)
        print("\n".join(f"false pass\t{file}" for file in row.false_pass))
        print("\n".join(f"false alarm\t{file}" for file in row.false_alarm))
    else:
        print("\n".join(_table(rows, len(theirs))))
        print("\n".join(_uncovered(ours, theirs)))


def _verdicts(paths: list[Path], kept: Path | None) -> Failed:
    if kept and kept.exists():
        return json.loads(kept.read_text())
    failed: Failed = {}
    for result in check_conformance(paths, tuple(STANDARDS)):
        if result.ran:
            numbers = [detail.partition(",")[0] for detail in result.details]
            said = [f"{result.flavour} {number}" for number in numbers]
            failed.setdefault(str(result.file), []).extend(said)
    if kept:
        kept.write_text(json.dumps(failed))
    return failed


def _objections(file: str) -> tuple[str, set[str]]:
    """Our rules that object to a file; warnings count, since veraPDF knows none."""
    findings = inspect(Path(file), expected=Profile(use="screen")).findings
    return file, {finding.code for finding in findings}


def _verdict_rows(ours: Mapping[str, set[str]], theirs: Failed) -> Iterator[Row]:
    for flavour, standard in STANDARDS.items():
        of_standard = {
            rule.id
            for rule in rules()
            if standard in rule.source and HOUSE not in rule.source and rule.level is Level.ERROR
        }
        yield _row(
            standard,
            {file: bool(said & of_standard) for file, said in ours.items()},
            {file: any(t.startswith(flavour) for t in tests) for file, tests in theirs.items()},
        )


def _rule_rows(ours: Mapping[str, set[str]], theirs: Failed) -> Iterator[Row]:
    for names, tests in SAME.items():
        same, mine = set(tests.split(", ")), set(names.split(", "))
        yield _row(
            names,
            {file: bool(mine & said) for file, said in ours.items()},
            {file: bool(same & set(said)) for file, said in theirs.items()},
        )


def _row(name: str, ours: Mapping[str, bool], theirs: Mapping[str, bool]) -> Row:
    return Row(
        name,
        sum(ours[file] and said for file, said in theirs.items()),
        [file for file, said in theirs.items() if said and not ours[file]],
        [file for file, said in theirs.items() if ours[file] and not said],
    )


def _table(rows: Iterable[Row], files: int) -> Iterator[str]:
    yield f"| {files} files | agree | both object | false pass | false alarm |"
    yield "|---|---|---|---|---|"
    for row in rows:
        wrong, alarm = len(row.false_pass), len(row.false_alarm)
        yield f"| {row.rule} | {files - wrong - alarm} | {row.both} | {wrong} | {alarm} |"


def _uncovered(ours: Mapping[str, set[str]], theirs: Failed) -> Iterator[str]:
    """Tests of veraPDF that no rule of ours asks, most frequent first."""
    covered = {test for tests in SAME.values() for test in tests.split(", ")}
    counts = Counter(test for said in theirs.values() for test in said if test not in covered)
    yield ""
    yield "Not asked by a rule: " + ", ".join(f"{t} ({n})" for t, n in counts.most_common())


if __name__ == "__main__":
    main()
