"""Reads a YAML file into plain values and remembers where each stood.

Every scalar is read as text, so that ``no``, ``1:30`` or ``2026-02-02`` mean what an editor
sees; the model gives them their types.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

import yaml

from .problems import Finding, Kind, Place, first_of, quoted

MAX_BYTES = 1_000_000
MAX_DEPTH = 30

Key = tuple[str | int, ...]

_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CONTROLS = ("Cc", "Co", "Cn", "Cs", "Zl", "Zp")
_LINE_ENDS = "\v\f\x85\u2028\u2029"
"""What ends a line to some programs: pasted, it shows as nothing or as a box."""
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are none to YAML, where it looks for indentation or the end of a key."""
_WIDE_SPACE = re.compile(rf"^ *(?:- +)*(?:[\w-]+:|-)?([{_WIDE}])", re.M)
_NO_SPACE = re.compile(r"^ *(?:- +)*(?P<key>[\w-]+):(?P<value>[^\s/:][^:\n]*)$")
_TWO_COLONS = re.compile(r"^ *(?:- +)*[\w-]+: +[^\s\[{\"'|>#].*?(?P<colon>:)(?: |$)")
_HIDDEN = re.compile(r"[ \t]+(?=#[^\s#])")
_AFTER_QUOTATION = re.compile(r"\s*(?:[,:}\]]|\s#|$)")
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


@dataclass
class YamlFile:
    """The values of one file; ``places`` maps the path of a value to where it starts.

    A block scalar's place is that of its first character of text. ``key_places`` tells where
    the key of a value stands, ``folded`` how the lines of a ``>`` scalar stand in the file, and
    ``texts`` where a text stands first.
    """

    name: str
    data: Any = None
    places: dict[Key, Place] = field(default_factory=dict)
    key_places: dict[Key, Place] = field(default_factory=dict)
    folded: dict[Key, str] = field(default_factory=dict)
    texts: dict[str, Place] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    def place(self, path: Key) -> Place:
        """The place of the value at ``path``, or of the nearest value that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.name))


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read ``path``; problems stand in the result, which then has no data."""
    result = YamlFile(name)
    text = read_text(path, result)
    if text is not None and not result.problems:
        _parse(text, result)
    result.problems = first_of(result.problems)
    if result.problems:
        result.data = None
    return result


def read_text(path: Path, result: YamlFile) -> str | None:
    """The text of ``path`` with line ends of one character; what is wrong goes into ``result``."""
    name = result.name
    try:
        status = path.stat()
        # Whoever opens a pipe or a device waits for whoever writes to it.
        if not S_ISREG(status.st_mode):
            result.problems.append(Finding(Place(name, 0), "is not a file", Kind.UNREADABLE))
            return None
        if status.st_size > MAX_BYTES:
            size = f"is {status.st_size:,} bytes long; at most {MAX_BYTES:,} are read"
            finding = Finding(Place(name), f"{size}: split the file", Kind.UNREADABLE)
            result.problems.append(finding)
            return None
        raw = path.read_bytes()
    except FileNotFoundError:
        message = "this file is missing; write it, or put it back"
        result.problems.append(Finding(Place(name, 0), message, Kind.UNREADABLE))
        return None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        result.problems.append(Finding(Place(name), message, Kind.UNREADABLE))
        return None
    return _decode(raw, result)


def _decode(raw: bytes, result: YamlFile) -> str | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "is not UTF-8 text here; save the file with the encoding UTF-8"
        result.problems.append(Finding(Place(result.name, line), message, Kind.UNREADABLE))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    result.problems += first_of(_controls(text, result.name))
    return text


def _controls(text: str, name: str) -> Iterator[Finding]:
    # Not by splitlines, which takes some of what is looked for here as the end of a line.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isprintable():
            for column, character in enumerate(line, 1):
                if _is_control(character):
                    yield _control(character, Place(name, number, column))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in _CONTROLS and character not in "\t\n"


def _control(character: str, place: Place) -> Finding:
    remedy = "begin a new line instead" if character in _LINE_ENDS else "delete it"
    message = f"invisible character U+{ord(character):04X}; {remedy}"
    return Finding(place, message, Kind.CONTROL_CHARACTER)


def _parse(text: str, result: YamlFile) -> None:
    try:
        # The tokens come first: the composer would expand, or descend into, what it must not see.
        refused = _refused_token(text)
        if refused:
            message, mark, kind = refused
            result.problems.append(Finding(_place(result.name, mark), message, kind))
            return
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        result.problems.append(_syntax_problem(text, error, result.name))
        return
    if node is None:
        result.problems.append(Finding(Place(result.name), "is empty", Kind.UNREADABLE))
        return
    lines = text.split("\n")
    result.data = _construct(node, (), result, lines)
    result.problems += [
        _control(character, place)
        for value, place in result.texts.items()
        for character in dict.fromkeys(value)
        if _is_control(character) and character not in text  # It was written as an escape.
    ]


def _syntax_problem(text: str, error: yaml.YAMLError, name: str) -> Finding:
    """What is wrong, at the place where it can be mended."""
    known = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or "not valid YAML"
    opened = _open_quotation(text) if isinstance(error, yaml.MarkedYAMLError) else None
    if opened:
        known, reason = opened, "the quotation mark here is not closed where its text ends"
    place = _place(name, known) if known else Place(name)
    message = f"{reason}; check indentation and quotes"
    if not opened:
        place, message = _misread_line(text, place) or (place, message)
    return Finding(place, f"YAML: {message}", Kind.YAML)


def _misread_line(text: str, place: Place) -> tuple[Place, str] | None:
    """A slip at ``place`` or on the line before, which YAML tells in terms of its own."""
    lines = text.split("\n")
    for number in (place.line, place.line - 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if match := _WIDE_SPACE.match(line):
            return Place(place.file, number, match.start(1) + 1), _wide(match[1])
        if match := _NO_SPACE.match(line):
            right = quoted(f"{match['key']}: {match['value']}")
            column = match.start("value") + 1
            return Place(place.file, number, column), f"a key ends in a colon and a space: {right}"
        if match := _TWO_COLONS.match(line):
            message = "a text that holds a colon and a space stands in quotation marks"
            return Place(place.file, number, match.start("colon") + 1), message
    return None


def _wide(character: str) -> str:
    name = unicodedata.name(character).lower()
    return f"U+{ord(character):04X} ({name}) stands here; type an ordinary space"


def _refused_token(text: str) -> tuple[str, yaml.Mark, Kind] | None:
    depth = 0
    for token in yaml.scan(text, Loader=yaml.CBaseLoader):
        if isinstance(token, (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)):
            message = "anchors (&), aliases (*) and tags (!) are not used here; write the value"
            return message, token.start_mark, Kind.ALIAS
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > MAX_DEPTH:
            message = f"is nested more than {MAX_DEPTH} levels deep"
            return message, token.start_mark, Kind.UNREADABLE
    return None


def _open_quotation(text: str) -> Any:
    """The mark where a quotation opens that ends in the midst of a line below, or never."""
    lines = text.split("\n")
    try:
        for token in yaml.scan(text, Loader=yaml.CBaseLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                start, end = token.start_mark, token.end_mark
                rest = lines[end.line][end.column :]
                if start.line < end.line and not _AFTER_QUOTATION.match(rest):
                    return start
    except yaml.MarkedYAMLError as error:
        if error.context == "while scanning a quoted scalar":
            return error.context_mark
    return None


def _construct(node: yaml.Node, path: Key, result: YamlFile, lines: list[str]) -> Any:
    result.places[path] = _start(node, result.name, lines)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, result, lines)
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(child, (*path, index), result, lines)
            for index, child in enumerate(node.value)
        ]
    result.texts.setdefault(node.value.strip(), result.places[path])
    if isinstance(node, yaml.ScalarNode) and not node.style:
        if match := _WIDE_SPACE.match(node.value):
            place = result.places[path].moved(node.value, match.start(1))
            result.problems.append(Finding(place, _wide(match[1]), Kind.YAML))
        end = node.end_mark
        if any(_HIDDEN.match(line, end.column) for line in lines[end.line : end.line + 1]):
            message = (
                "what follows # is a comment and is not printed: put the text in quotation marks,"
                " or a space after the # of a comment"
            )
            result.problems.append(Finding(_place(result.name, end), message, Kind.COMMENT))
    if isinstance(node, yaml.ScalarNode) and node.style == ">":
        written = lines[node.start_mark.line + 1 : node.end_mark.line + 1]
        result.folded[path] = "\n".join(line[result.places[path].column - 1 :] for line in written)
    return node.value


def _mapping(
    node: yaml.MappingNode, path: Key, result: YamlFile, lines: list[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = _place(result.name, key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            result.problems.append(Finding(place, "a key must be a word"))
            continue
        key = key_node.value
        if match := _WIDE_SPACE.match(key):
            result.problems.append(Finding(place, _wide(match[1]), Kind.YAML))
        result.key_places[(*path, key)] = place
        if key in values:
            message = f'key "{key}" stands twice; keep one'
            result.problems.append(Finding(place, message, Kind.DUPLICATE_KEY))
        values[key] = _construct(value_node, (*path, key), result, lines)
    return values


def _start(node: yaml.Node, name: str, lines: list[str]) -> Place:
    mark = node.start_mark
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        index = mark.line + 1
        while index < len(lines) and not lines[index].strip():
            index += 1
        if index < len(lines):
            indent = len(lines[index]) - len(lines[index].lstrip(" "))
            # Blank lines before the first words are part of the text.
            return Place(name, mark.line + 2, indent + 1)
    return _place(name, mark)


def _place(name: str, mark: yaml.Mark) -> Place:
    return Place(name, mark.line + 1, mark.column + 1)
