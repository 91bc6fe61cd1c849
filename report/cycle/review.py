"""review.yaml: the texts that nobody has read yet for the edition that is open.

They are named by measure, or ``edition`` for the texts of the edition itself, and in no text file,
so that an editor's words stay as they are.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from ..declared import Id, validated
from ..edition.edition import REVIEW_FILE
from ..problems import UnknownNameError
from ..yamlfile import read_yaml
from .insert import write_all

_HEADER = "# Texts to read again for this edition; the command edition reviewed takes one off.\n"
_REVIEW = TypeAdapter(list[Id])


def to_review(folder: Path) -> list[str]:
    """The texts to review. Raises ContentError when the file cannot be read."""
    path = folder / REVIEW_FILE
    return validated(read_yaml(path, REVIEW_FILE), _REVIEW) if os.path.lexists(path) else []


def review_text(units: Sequence[str]) -> str:
    """What the file holds for these texts."""
    return _HEADER + ("".join(f"- {unit}\n" for unit in units) or "[]\n")


def reviewed(folder: Path, units: Sequence[str]) -> list[str]:
    """Take ``units`` off the list; returns what is left.

    Raises UnknownNameError for one that is not on it, and then changes nothing.
    """
    waiting = to_review(folder)
    for unit in units:
        if unit not in waiting:
            raise UnknownNameError("text to review", unit, waiting)
    left = [unit for unit in waiting if unit not in units]
    write_all(folder, {REVIEW_FILE: review_text(left)})
    return left
