"""Writes the reference page of the checks, from the texts that ``explain`` shows."""

from __future__ import annotations

from .registry import GROUPS

_HEAD = """\
# Editorial checks

Written by `report/checks/reference.py` from the rules themselves; do not edit.

An **error** stops a final build, a **warning** stops a strict one, a **note** is for information.
A finding that is true but intended is accepted in `content/accepted.yaml`, with its code, file,
words and the reason. Each entry accepts one finding, wherever in the file it stands; the same
words a second time are reported, unless a second entry accepts them.
"""


def reference_page() -> str:
    """Every rule as Markdown, by group: code, level, what is wrong and why it matters."""
    parts = [_HEAD]
    for name, rules in GROUPS:
        parts.append(f"\n## {name}\n")
        for rule in rules:
            parts.append(
                f"\n### {rule.code}\n\n*{rule.level.value.capitalize()}:* {rule.title}.\n\n"
                f"{rule.why}\n"
            )
    return "".join(parts)
