"""accepted.yaml: findings of the editorial checks that are true but intended."""

from __future__ import annotations

from pydantic import TypeAdapter

from ..declared import Declared, Line


class Acceptance(Declared):
    """One finding that is true but intended."""

    code: Line
    """Code of the rule."""
    file: Line
    """File of the finding, from the content folder."""
    words: str = ""
    """The words that the finding quotes."""
    reason: Line
    """Why it may stand."""


ACCEPTANCES = TypeAdapter(list[Acceptance])
