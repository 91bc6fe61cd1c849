"""JSON Schemas of content and style files, so that editors' tools complete, explain and underline.

They come from what the classes declare; ``write_schemas`` keeps the files in ``schema/`` in step.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .checks.registry import RULES
from .edition.acceptances import ACCEPTANCES
from .edition.load import (
    EDITION_FACTS,
    EDITION_TEXT,
    FIGURE_TEXTS,
    FIGURES,
    LABELS,
    MEASURE_TEXT,
    MEASURES,
    NAMES,
    PEOPLE,
    SOURCES,
    STATUSES,
)
from .styles import PALETTE, PRESETS

SCHEMAS: dict[str, TypeAdapter[Any]] = {
    "accepted": ACCEPTANCES,
    "edition-facts": EDITION_FACTS,
    "edition-text": EDITION_TEXT,
    "figures-facts": FIGURES,
    "figures-text": FIGURE_TEXTS,
    "labels": LABELS,
    "measure-text": MEASURE_TEXT,
    "measures-file": MEASURES,
    "names": NAMES,
    "palette": PALETTE,
    "people-file": PEOPLE,
    "printers": PRESETS,
    "sources-file": SOURCES,
    "statuses-file": STATUSES,
}
"""File name, without ending, to what such a file holds."""


def schema_text(name: str) -> str:
    """The schema ``name`` as JSON text (draft 2020-12)."""
    schema = SCHEMAS[name].json_schema(by_alias=True)
    if name == "accepted":
        schema["$defs"]["Acceptance"]["properties"]["code"]["enum"] = sorted(RULES)
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_for_editors(schema)}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _for_editors(node: Any) -> Any:
    """``node`` as YAML tools need it, to which an unquoted number is no text."""
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    # A title that is text repeats the key; another is about a key of ours called title.
    node = {
        key: _for_editors(value)
        for key, value in node.items()
        if key != "title" or not isinstance(value, str)
    }
    if {"type": "null"} in node.get("anyOf", ()):
        node = _without_null(node)
    if "patternProperties" in node:
        node["additionalProperties"] = False
    if node.get("type") == "string" and "enum" not in node and _fits_a_number(node):
        node["type"] = ["string", "number"]
    return node


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """``node``, which may be left out, without the empty value, which may not stand there."""
    choices = [choice for choice in node["anyOf"] if choice != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key not in ("anyOf", "default")}
    return {**choices[0], **rest} if len(choices) == 1 else {**rest, "anyOf": choices}


def _fits_a_number(node: dict[str, Any]) -> bool:
    """Whether text of this form can be a number, as a key can and an address cannot."""
    return any(re.search(node.get("pattern", ""), number) for number in ("7", "2026"))


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into ``folder``; returns the files."""
    folder.mkdir(exist_ok=True)
    files = []
    for name in SCHEMAS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
        files.append(path)
    return files
