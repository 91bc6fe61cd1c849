"""Names of PDF objects as text, whatever their bytes."""

from __future__ import annotations

from typing import Any


def name(value: Any) -> str:
    """A name without its slash.

    Names should be UTF-8 (ISO 32000-1, 7.3.5); one that is not comes as it is written, with
    its odd bytes as ``#xx``.
    """
    try:
        return str(value)[1:]
    except UnicodeDecodeError:
        written: bytes = value.unparse()
        return written.decode("ascii", "replace")[1:]
