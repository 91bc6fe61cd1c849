"""What files declare: shapes of pydantic, and what is wrong with a file of another shape.

Every class is declared as its own documentation; messages are in the words of whoever writes
the file, with the line that they stand on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, Tag, TypeAdapter, ValidationError

from .problems import ContentError, Finding, Kind, did_you_mean, first_of, quoted
from .yamlfile import Key, YamlFile

T = TypeVar("T")


class Declared(BaseModel):
    """Base of every class here: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


FORMS: dict[str, str] = {}
"""What an editor should write, by the pattern that a text must match."""


def form(pattern: str, words: str) -> StringConstraints:
    """Accept a text that matches ``pattern``; ``words`` tell an editor what that is."""
    FORMS[pattern] = words
    return StringConstraints(pattern=pattern)


_ONE_LINE = r"^[^\n]*\S[^\n]*$"
FORMS[_ONE_LINE] = "text on one line"
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=_ONE_LINE)]
"""Plain text on one line."""

Id = Annotated[str, form(r"^[a-z0-9]+([_-][a-z0-9]+)*$", "small letters and digits, with - or _")]
"""Lower-case letters and digits, joined by hyphens or underscores."""


_BESIDE_KEYS = {"[key]"}
"""What stands beside keys in the path that pydantic gives of a value."""


def alternative(name: str) -> Tag:
    """Tells apart what a value may be, out of the sight of editors."""
    _BESIDE_KEYS.add(f"[{name}]")
    return Tag(f"[{name}]")


def validated(file: YamlFile, shape: TypeAdapter[T]) -> T:
    """What ``file`` holds. Raises ContentError with every problem of its form or shape."""
    if file.problems:
        raise ContentError(file.problems)
    try:
        return shape.validate_python(file.data, strict=False)
    except ValidationError as error:
        raise ContentError(first_of(_validation_problems(error, file, shape))) from None


def _validation_problems(
    error: ValidationError, file: YamlFile, shape: TypeAdapter[Any]
) -> Iterator[Finding]:
    for item in error.errors(include_url=False):
        path: Key = tuple(part for part in item["loc"] if part not in _BESIDE_KEYS)
        if item["type"] == "extra_forbidden":
            known = _known_keys(shape, path[:-1])
            hint = did_you_mean(str(path[-1]), [key for key in known if key != path[-1]])
            message = f"unknown key {quoted(path[-1])}{hint or '; delete it'}"
            place = file.key_places.get(path, file.place(path))
            yield Finding(place, message, Kind.UNKNOWN_KEY)
        elif "[key]" in item["loc"]:
            place = file.key_places.get(path, file.place(path))
            yield Finding(place, _explain_key(item, str(path[-1])), Kind.UNKNOWN_KEY)
        else:
            yield Finding(file.place(path), _explain(item, path, file), _kind(item["type"]))


def _explain_key(item: Any, key: str) -> str:
    if item["type"] == "enum":
        expected = item["ctx"]["expected"].replace("'", "")
        hint = did_you_mean(key, expected.replace(" or ", ", ").split(", "))
        return f"unknown key {quoted(key)}{hint or f'; write one of: {expected}'}"
    words = FORMS[_pattern(item)] if "pattern" in item.get("ctx", {}) else "text"
    return f"key {quoted(key)} does not have the right form: write {words}"


def _pattern(item: Any) -> str:
    return str(item["ctx"]["pattern"])


@cache
def _schema(shape: TypeAdapter[Any]) -> dict[str, Any]:
    return shape.json_schema()


def _known_keys(shape: TypeAdapter[Any], path: Key) -> list[str]:
    """The keys that the group at ``path`` may hold, whichever form it takes."""
    schema = _schema(shape)

    def groups(node: Any) -> Iterator[Any]:
        if "$ref" in node:
            yield from groups(schema["$defs"][node["$ref"].rpartition("/")[2]])
        yield node
        for choice in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from groups(choice)

    nodes = list(groups(schema))
    for part in path:
        inner = [schema for node in nodes for schema in _within(node, part)]
        nodes = [group for node in inner for group in groups(node)]
    return [key for node in nodes for key in node.get("properties", {})]


def _within(node: Any, part: str | int) -> list[Any]:
    """The schemas of what stands under ``part`` in a group or list."""
    if part in node.get("properties", {}):
        return [node["properties"][part]]
    others = (node.get("items"), node.get("additionalProperties"))
    named = node.get("patternProperties", {}).values()
    return [inner for inner in (*named, *others) if isinstance(inner, dict)]


def _kind(fault: str) -> Kind:
    if fault.startswith("date"):
        return Kind.WRONG_DATE
    return Kind.MISSING_KEY if fault == "missing" else Kind.CONTENT


def _explain(item: Any, path: Key, file: YamlFile) -> str:
    name = next((part for part in reversed(path) if isinstance(part, str)), file.name)
    value, context = item["input"], item.get("ctx", {})
    match item["type"]:
        case "missing":
            return f'key "{name}" is missing'
        case "enum":
            expected = context["expected"].replace("'", "")
            return f"{quoted(value)} is not one of: {expected}"
        case "value_error":
            return f'"{name}": {context["error"]}'
        case "model_type" | "dict_type":
            return f'"{name}" must be a group of keys'
        case "list_type":
            return f'"{name}" must be a list'
        case "string_type" if isinstance(value, dict):
            return (
                f'"{name}" must be text; where words hold a colon and a space, put them all in'
                " quotation marks"
            )
        case "string_type":
            return f'"{name}" must be text'
        case "too_short" if not path:
            return "needs at least one entry"
        case "string_too_short":
            return f'"{name}" is empty'
        case "string_too_long":
            most = context["max_length"]
            return f'"{name}" is {len(value)} characters long; write at most {most}'
        case "too_short" if not value:
            return f'"{name}" is empty'
        case "too_short" | "too_long" as fault:
            least = fault == "too_short"
            bound = f"at least {context['min_length']}" if least else str(context["max_length"])
            return f'"{name}" holds {len(value)} values; write {bound}'
        case "string_pattern_mismatch":
            words = FORMS[_pattern(item)]
            return f'"{name}": {quoted(value)} does not have the right form: write {words}'
        case "greater_than_equal":
            return f'"{name}": {value} is too small; at least {context["ge"]:g}'
        case "less_than_equal":
            return f'"{name}": {value} is too large; at most {context["le"]:g}'
        case "bool_parsing" | "bool_type":
            return f'"{name}": {quoted(value)} is neither true nor false'
        case fault if fault.startswith("int_"):
            return f'"{name}": {quoted(value)} is not a whole number'
        case fault if fault.startswith("float_"):
            return f'"{name}": {quoted(value)} is not a number'
        case fault if fault.startswith("date"):
            like = item.get("ctx", {}).get("like", "2026-02-28")
            return f'"{name}": {quoted(value)} is not a date; write it like {like}'
    return f'"{name}": {item["msg"]}'
