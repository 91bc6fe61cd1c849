"""JSON Schemas of content and style files, so that editors' tools complete, explain and underline.

They come from what the classes declare; ``write_schemas`` keeps the files in ``schema/`` in step.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ..styles import PALETTE, PRESETS
from .acceptances import ACCEPTANCES
from .load import (
    EDITION_FACTS,
    EDITION_TEXT,
    LABELS,
    MEASURE_TEXT,
    MEASURES,
    NAMES,
    PEOPLE,
    SOURCES,
)

SCHEMAS: dict[str, TypeAdapter[Any]] = {
    "accepted": ACCEPTANCES,
    "edition-facts": EDITION_FACTS,
    "edition-text": EDITION_TEXT,
    "labels": LABELS,
    "measure-text": MEASURE_TEXT,
    "measures-file": MEASURES,
    "names": NAMES,
    "palette": PALETTE,
    "people-file": PEOPLE,
    "printers": PRESETS,
    "sources-file": SOURCES,
}
"""File name, without ending, to what such a file holds."""


def schema_text(name: str) -> str:
    """The schema ``name`` as JSON text (draft 2020-12)."""
    schema = SCHEMAS[name].json_schema(by_alias=True)
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_for_editors(schema)}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _for_editors(node: Any) -> Any:
    """``node`` as YAML tools need it: an unquoted number is text to us, and so it is allowed."""
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    # A title that is text repeats the key; one that is a group is a key of ours called title.
    node = {
        key: _for_editors(value)
        for key, value in node.items()
        if key != "title" or isinstance(value, dict)
    }
    if node.get("type") == "string" and not {"enum", "format"} & node.keys():
        node["type"] = ["string", "number"]
    return node


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into ``folder``; returns the files."""
    folder.mkdir(exist_ok=True)
    files = []
    for name in SCHEMAS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
        files.append(path)
    return files
