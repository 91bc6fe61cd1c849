"""Remembers when the languages of a text were last confirmed to say the same.

``translations.lock.yaml`` holds, per text, a hash of each language as it was when confirmed,
and beside those of a reason the status that it was the reason for.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from ..declared import validated
from ..edition.edition import EDITION, LOCK_FILE
from ..edition.load import load_edition
from ..problems import ContentError, Finding, Place, ReportError, UnknownNameError
from ..yamlfile import read_yaml
from .passages import Checked, Passage, printed, read_checked

_HEADER = "# Written by the command confirm; hashes of the texts when both were found to agree.\n"


class State(StrEnum):
    """Whether the languages of a text are known to agree."""

    CONFIRMED = "confirmed"
    STALE = "stale"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class TranslationState:
    """The state of one text."""

    unit: str
    """Key of a measure, or ``edition``."""
    field: str
    state: State
    changed: tuple[str, ...]
    """Languages that changed since the text was confirmed."""
    places: tuple[Place, ...]
    """Where it stands: languages that changed first."""


Lock = dict[str, dict[str, dict[str, str]]]
"""Hashes by unit, field and language."""
_REASON, _STATUS = "reason", "status"
_LOCK = TypeAdapter(Lock)


def _hash(passage: Passage) -> str:
    return hashlib.sha256(" ".join(passage.raw.split()).encode()).hexdigest()[:16]


def _texts(checked: Checked) -> dict[tuple[str, str], list[Passage]]:
    found: dict[tuple[str, str], list[Passage]] = {}
    for passage in printed(checked.passages):
        key = (passage.measure or EDITION, ".".join(map(str, passage.path)))
        found.setdefault(key, []).append(passage)
    return {key: texts for key, texts in found.items() if len(texts) > 1}


def read_lock(folder: Path) -> Lock:
    """The lock file of ``folder``. Raises ContentError when it cannot be read."""
    path = folder / LOCK_FILE
    return validated(read_yaml(path, LOCK_FILE), _LOCK) if os.path.lexists(path) else {}


def lock_faults(folder: Path) -> tuple[Finding, ...]:
    """What keeps the lock file from being read."""
    try:
        read_lock(folder)
    except ContentError as error:
        return error.findings
    return ()


def states(checked: Checked) -> list[TranslationState]:
    """The state of every text, in the order of the edition."""
    folder = checked.edition.folder
    lock = {} if lock_faults(folder) else read_lock(folder)
    rows = []
    for (unit, field), texts in _texts(checked).items():
        known = lock.get(unit, {}).get(field, {})
        if not {p.language for p in texts} <= known.keys():
            rows.append(_row(unit, field, State.UNCONFIRMED, texts, ()))
            continue
        changed = tuple(p.language for p in texts if known[p.language] != _hash(p))
        state = State.STALE if changed else State.CONFIRMED
        rows.append(_row(unit, field, state, texts, changed))
    return rows


def confirmed_statuses(checked: Checked) -> Iterator[tuple[Passage, str]]:
    """Reasons that are as they were confirmed, though for another status; with that status."""
    folder = checked.edition.folder
    lock = {} if lock_faults(folder) else read_lock(folder)
    statuses = {measure.id: measure.status for measure in checked.edition.measures}
    for passage in checked.passages:
        if passage.measure and passage.field == _REASON:
            known = lock.get(passage.measure, {}).get(_REASON, {})
            before = known.get(_STATUS, statuses[passage.measure])
            same = known.get(passage.language) == _hash(passage)
            if same and before != statuses[passage.measure]:
                yield passage, before


def _row(
    unit: str, field: str, state: State, texts: Iterable[Passage], changed: tuple[str, ...]
) -> TranslationState:
    ordered = sorted(texts, key=lambda passage: passage.language not in changed)
    places = tuple(passage.start for passage in ordered)
    return TranslationState(unit, field, state, changed, places)


def checked_edition(folder: Path) -> Checked:
    """The edition in ``folder``, ready for its rules.

    Raises ContentError with every problem found.
    """
    return read_checked(load_edition(folder))


def translation_states(folder: Path) -> list[TranslationState]:
    """The state of every text of the edition in ``folder``.

    Raises ContentError when it cannot be loaded.
    """
    return states(checked_edition(folder))


def format_states(rows: Iterable[TranslationState]) -> str:
    """A table of how many texts of each unit are confirmed, stale and unconfirmed."""
    counted: dict[str, Counter[State]] = {}
    for row in rows:
        counted.setdefault(row.unit, Counter())[row.state] += 1
    width = max(map(len, counted), default=0)
    lines = [" ".join([" " * width, *(f"{state.value:>12}" for state in State)])]
    for unit, numbers in counted.items():
        lines.append(" ".join([unit.ljust(width), *(f"{numbers[state]:>12}" for state in State)]))
    return "\n".join(lines)


def confirm(folder: Path, measures: Sequence[str]) -> dict[str, int]:
    """Record that all languages of these measures (or of ``edition``) say the same.

    Returns how many texts of each are confirmed. Raises UnknownNameError for an unknown measure,
    ReportError for a folder that cannot be written to, and ContentError when the edition or what
    was confirmed before cannot be read; then nothing is recorded.
    """
    checked = checked_edition(folder)
    texts = _texts(checked)
    units = list(dict.fromkeys(unit for unit, _ in texts))
    lock = read_lock(folder)
    statuses = {item.id: item.status for item in checked.edition.measures}
    for measure in measures:
        if measure not in units:
            raise UnknownNameError("measure to confirm", measure, units)
        lock[measure] = {
            field: {passage.language: _hash(passage) for passage in passages}
            for (unit, field), passages in texts.items()
            if unit == measure
        }
        if measure in statuses:
            lock[measure][_REASON][_STATUS] = statuses[measure]
    _write(folder / LOCK_FILE, {unit: lock[unit] for unit in units if unit in lock})
    return {measure: len(lock[measure]) for measure in measures}


def _write(path: Path, lock: Lock) -> None:
    text = _HEADER + yaml.safe_dump(lock, sort_keys=False, allow_unicode=True)
    temporary = path.with_suffix(".new")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}; make its folder writable"
        raise ReportError(message) from None
