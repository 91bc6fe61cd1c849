"""Adds to YAML files and changes single values in them; all else stays as an editor wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from ..placing import building_folder
from ..problems import MACHINE_ERRORS, ReportError, refused

_ORDER_MARK = "\ufeff"
"""May begin a file; the reader of YAML does not count it."""


def read(path: Path) -> str:
    """The text of a file with the line ends it has, which YAML files may have of three kinds."""
    return path.read_bytes().decode("utf-8")


def replaced(text: str, key: str, value: str) -> str:
    """``text`` of a file with another value for the ``key`` at its top, which it holds.

    What stands behind the value on its line, such as a comment, stays.
    """
    node = _top(text)[key]
    start, end = _offset(text, node.start_mark), _offset(text, node.end_mark)
    return f"{text[:start]}{value}{text[end:]}"


def added(text: str, group: str, key: str, value: Mapping[str, Any]) -> str:
    """``text`` of a file with ``key: value`` on a line of its own at the end of a top ``group``.

    Raises ReportError when the group stands on one line, where nothing can be added to it.
    """
    line, end = f"{key}: {_flow(value)}", _line_end(text)
    node = _top(text).get(group)
    if node is None:
        return f"{_ended(text)}{group}:{end}  {line}{end}"
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        message = (
            f'"{group}" stands on one line: give each of its keys a line of its own, below it, or'
            " delete it if there are none"
        )
        raise ReportError(message)
    indent = node.value[0][0].start_mark.column
    text = _ended(text)
    offset = _behind(text, _offset(text, _last(node).end_mark), indent)
    return f"{text[:offset]}{' ' * indent}{line}{end}{text[offset:]}"


def appended(text: str, key: str, value: Mapping[str, Any]) -> str:
    """``text`` of a file with a block ``key`` of ``value`` at its end."""
    lines = [f"{key}:", *(f"  {name}: {_scalar(item)}" for name, item in value.items())]
    end = _line_end(text)
    return f"{_ended(text)}{end.join(lines)}{end}"


def write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write each of ``files``, by its name, in ``folder``; when one cannot be written, none.

    Raises ReportError.
    """
    try:
        with building_folder(folder) as building:
            for name, text in files.items():
                (building.new / name).write_bytes(text.encode())
            building.place(files)
    except MACHINE_ERRORS as error:
        raise refused(error) from None


def _top(text: str) -> dict[str, yaml.Node]:
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    return {key.value: value for key, value in node.value} if node else {}


def _offset(text: str, mark: yaml.Mark) -> int:
    return mark.index + text.startswith(_ORDER_MARK)


def _last(node: yaml.Node) -> yaml.Node:
    """What stands last in ``node`` and ends where its last character does."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _behind(text: str, offset: int, indent: int) -> int:
    """Where the line after ``offset`` begins, and after it the comments that are indented too."""
    offset = text.index("\n", offset) + 1
    for line in text[offset:].splitlines(keepends=True):
        comment = line.lstrip(" ")
        if not comment.startswith("#") or len(line) - len(comment) < indent:
            break
        offset += len(line)
    return offset


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}{_line_end(text)}"


def _flow(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(item)}" for key, item in value.items()) + "}"


def _scalar(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, (list, tuple)) else str(value)
