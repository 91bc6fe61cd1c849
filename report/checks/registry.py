"""Every rule of the editorial checks."""

from __future__ import annotations

from ..problems import UnknownNameError
from . import (
    acceptances,
    characters,
    evidence,
    form,
    imprint,
    languages,
    links,
    names,
    numbers,
    quotes,
    statuses,
    wording,
)
from .rules import Rule

GROUPS: list[tuple[str, list[Rule]]] = [
    ("Form", form.RULES),
    ("Characters", characters.RULES),
    ("Names", names.RULES),
    ("Numbers and dates", numbers.RULES),
    ("Two languages, one report", languages.RULES),
    ("Evidence", [*evidence.RULES, *quotes.RULES]),
    ("Statuses", statuses.RULES),
    ("Links", links.RULES),
    ("Colophon", imprint.RULES),
    ("Language", wording.RULES),
    ("Acceptances", acceptances.RULES),
]


RULES = {rule.code: rule for _, rules in GROUPS for rule in rules}


def explain(code: str) -> str:
    """What the rule ``code`` is about, and why.

    Raises UnknownNameError for an unknown code.
    """
    rule = RULES.get(code)
    if rule is None:
        raise UnknownNameError("rule", code, RULES)
    return f"{rule.code} ({rule.level.value}): {rule.title}\n\n{rule.why}"
