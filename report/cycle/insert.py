"""Adds to YAML files and changes single values in them; all else stays as an editor wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from ..problems import MACHINE_ERRORS, ReportError, refused

_INDENT = "  "


def replaced(text: str, key: str, value: str) -> str:
    """``text`` of a file with another value for the ``key`` at its top, which it holds.

    What stands behind the value on its line, such as a comment, stays.
    """
    node = _top(text)[key]
    start, end = node.start_mark.index, node.end_mark.index
    return f"{text[:start]}{value}{text[end:]}"


def added(text: str, group: str, key: str, value: Mapping[str, Any]) -> str:
    """``text`` of a file with ``key: value`` on a line of its own at the end of a top ``group``.

    Raises ReportError when the group stands on one line, where nothing can be added to it.
    """
    line = f"{_INDENT}{key}: {_flow(value)}\n"
    node = _top(text).get(group)
    if node is None:
        return f"{_ended(text)}{group}:\n{line}"
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        message = (
            f'"{group}" stands on one line: give each of its keys a line of its own, below it'
        )
        raise ReportError(message)
    last = node.value[-1][1].end_mark
    # A plain value ends on its own line; what is nested ends where the next line begins.
    row = last.line + (last.column > 0)
    lines = _ended(text).splitlines(keepends=True)
    return "".join([*lines[:row], line, *lines[row:]])


def appended(text: str, key: str, value: Mapping[str, Any]) -> str:
    """``text`` of a file with a block ``key`` of ``value`` at its end."""
    lines = [f"{_INDENT}{name}: {_scalar(item)}\n" for name, item in value.items()]
    return f"{_ended(text)}{key}:\n{''.join(lines)}"


def write_all(files: Mapping[Path, str]) -> None:
    """Write each file, or, when one cannot be written, none.

    Raises ReportError.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.new")
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(path)
    except MACHINE_ERRORS as error:
        for path, data in before.items():
            if data is not None:
                path.write_bytes(data)
            else:
                path.unlink(missing_ok=True)
        raise refused(error) from None


def _top(text: str) -> dict[str, yaml.Node]:
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    return {key.value: value for key, value in node.value} if node else {}


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def _flow(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(item)}" for key, item in value.items()) + "}"


def _scalar(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, (list, tuple)) else str(value)
