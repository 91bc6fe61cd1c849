"""What is said of a key that nothing declares, or that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..problems import Finding, Kind, Place, did_you_mean
from ..yamlfile import Key
from .edition import Edition

_FEW = 8
"""So many keys are all named to someone who misses one."""


def unknown(
    edition: Edition, file: str, path: Key, kind: str, key: str, known: Iterable[str]
) -> Iterator[Finding]:
    """Says that ``key``, at ``path`` of ``file``, is none of the ``known`` of its ``kind``."""
    known = list(known)
    if key not in known:
        listed = f"; there are: {', '.join(known)}" if len(known) <= _FEW else ""
        message = f'unknown {kind} "{key}"{did_you_mean(key, known) or listed}'
        yield Finding(edition.files[file].place(path), message, Kind.UNKNOWN_REFERENCE)


def lacks(place: Place, group: str, key: str) -> Finding:
    """Says that the keys under ``group`` lack ``key``."""
    return Finding(place, f'"{group}" lacks the key "{key}"', Kind.MISSING_KEY)
