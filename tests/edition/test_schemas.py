"""The JSON Schemas that editors' tools use."""

from __future__ import annotations

import json
import re

import pytest

from report.edition.schemas import SCHEMAS, schema_text
from tests.editions import ROOT


@pytest.mark.parametrize("name", SCHEMAS)
def test_file_is_in_step_with_the_model(name: str) -> None:
    """The file in schema/ is what the model gives today."""
    path = ROOT / "schema" / f"{name}.json"
    assert path.read_text(encoding="utf-8") == schema_text(name)


def test_every_content_and_style_file_names_a_schema() -> None:
    """The first line of each such file leads to an existing schema."""
    for path in [*(ROOT / "content").rglob("*.yaml"), *(ROOT / "styles").glob("*.yaml")]:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        if path.name != "translations.lock.yaml":
            assert match, path
            assert (path.parent / match[1]).resolve().is_file(), path


def test_keys_are_explained() -> None:
    """Every key of a measure's text has its help."""
    schema = json.loads(schema_text("measure-text"))
    assert all(item.get("description") for item in schema["properties"].values())
    assert "title" in schema["properties"]
