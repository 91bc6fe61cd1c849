"""An inspection as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from .inspect import Finding, Inspection
from .rules import count


def report_lines(inspection: Inspection) -> list[str]:
    """An inspection as lines of text: the verdict, then each finding, errors first.

    What one rule finds on many pages is one line, with the first message.
    """
    claims = ", ".join(inspection.claims) or "no standard"
    errors = sum(finding.severity == "error" for finding in inspection.findings)
    tally = f"{count(errors, 'error')}, {count(len(inspection.findings) - errors, 'warning')}"
    return [
        f"{inspection.file.name}: {_verdict(inspection)}",
        f"  {count(inspection.pages, 'page')}; says it follows {claims}; {tally}",
        *_finding_lines(inspection),
        *(f"  not checked: {reason}" for reason in inspection.not_checked),
    ]


def _verdict(inspection: Inspection) -> str:
    unfit = [use for use in inspection.judged_for if use not in inspection.fit_for]
    parts = []
    if inspection.fit_for:
        parts.append(f"fit for {' and '.join(inspection.fit_for)}")
    if unfit:
        parts.append(f"NOT fit for {' or '.join(unfit)}")
    return "; ".join(parts)


def _finding_lines(inspection: Inspection) -> Iterator[str]:
    several_uses = len(inspection.judged_for) > 1
    for findings in sorted(_gathered(inspection.findings), key=lambda group: group[0].severity):
        first = findings[0]
        pages = [finding.page for finding in findings if finding.page]
        where = f", {_page_ranges(pages)}" if pages else ""
        use = f" (for {first.uses[0]})" if several_uses and len(first.uses) == 1 else ""
        yield f"  {first.severity}{where}{use}: {first.message} [{first.rule}]"


_MANY_PAGES = 3


def _gathered(findings: tuple[Finding, ...]) -> list[list[Finding]]:
    """Findings that make one line of the report."""
    lines: list[list[Finding]] = []
    for _, of_rule in groupby(findings, key=lambda f: (f.rule, f.page is None)):
        group = list(of_rule)
        if group[0].page and len({finding.page for finding in group}) > _MANY_PAGES:
            lines.append(group)
        else:
            lines += [[finding] for finding in group]
    return lines


def _page_ranges(pages: list[int]) -> str:
    """``page 3``, ``pages 1-4, 7``."""
    ranges: list[list[int]] = []
    for page in sorted(set(pages)):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    words = ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in ranges)
    return f"page{'s' if len(set(pages)) > 1 else ''} {words}"
