"""The content model: what each class promises by itself."""

from __future__ import annotations

from datetime import date
from typing import Any, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from report.declared import Declared, Id, Line
from report.edition import model
from report.edition.dates import Day, DayMonthOrYear, PartialDate
from report.edition.model import (
    Contact,
    Labels,
    Person,
    Source,
    SpaceRule,
    Typography,
)


def declared() -> list[type[BaseModel]]:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, Declared) and kind is not Declared]


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.__name__)
def test_every_class_and_key_is_documented_where_it_is_declared(kind: type[BaseModel]) -> None:
    """Each key an editor may write has a sentence that explains it."""
    assert kind.__doc__
    assert [name for name, field in kind.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.__name__)
def test_unknown_keys_are_refused_and_values_never_change(kind: type[BaseModel]) -> None:
    """No class takes a key it does not declare, and none can be changed later."""
    assert kind.model_config["extra"] == "forbid"
    assert kind.model_config["frozen"] is True


def test_full_name() -> None:
    """A person is named in full, or by the family name alone where no other is known."""
    assert Person(given="Karl", family="von Thal").full_name == "Karl von Thal"
    assert Person(family="Lind").full_name == "Lind"


def test_one_word_stands_for_a_list_of_one() -> None:
    """A source's only publisher or author needs no brackets, as in CSL."""
    one = Source.model_validate({"type": "webpage", "publisher": "a", "author": "b"})
    assert (one.publisher, one.author) == (["a"], ["b"])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Day, "2026-02-02"),
        (Id, "11-11-11"),
        (Id, "cabinet_x"),
        (Line, "Één regel"),
        (DayMonthOrYear, "2026-02-28"),
        (DayMonthOrYear, "2026-02"),
        (DayMonthOrYear, "2026"),
    ],
)
def test_good_value(kind: Any, value: str) -> None:
    """A value of the right form is taken as it stands."""
    taken = TypeAdapter(kind).validate_python(value)
    assert str(taken) == value
    assert isinstance(taken, {Day: date, DayMonthOrYear: PartialDate}.get(kind, str))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Day, "20260202"),
        (Day, "2026-2-2"),
        (Day, "2026-02-30"),
        (Day, "2026-02-02T10:00"),
        (Day, "1770076800"),
        (Day, "2026-02-02T00:00:00"),
        (DayMonthOrYear, "26"),
        (DayMonthOrYear, "2026-2"),
        (DayMonthOrYear, "2026-13"),
        (DayMonthOrYear, "0000"),
        (DayMonthOrYear, "2026-02-30"),
        (DayMonthOrYear, "2026-02-02T00:00"),
        (Id, "Upper"),
        (Id, "../up"),
        (Id, "a--b"),
        (Id, "a\n"),
        (Line, "two\nlines"),
        (Line, "   "),
    ],
)
def test_bad_value(kind: Any, value: str) -> None:
    """A value of another form is refused, a bare number as a date above all."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    "address",
    ["https://a.example", "http://a.example/b?c=d&e=f?g#h", "https://a.example/ü/%C3%A9"],
)
def test_good_address(address: str) -> None:
    """Web addresses of any length and kind are taken."""
    assert Source.model_validate({"type": "bill", "URL": address}).url == address


@pytest.mark.parametrize(
    "address",
    ["www.a.example", "ftp://a.example", "https://a.example/b c", "file:///a.b",
     "javascript:a.b", "data:text/html,a.b", "//a.example/"],
)  # fmt: skip
def test_bad_address(address: str) -> None:
    """Anything that does not begin as a web address is refused."""
    with pytest.raises(ValidationError):
        Source.model_validate({"type": "bill", "URL": address})


@pytest.mark.parametrize(
    ("key", "value"),
    [("email", "ida"), ("email", "i da@a.be"), ("phone", "02 536"), ("phone", "+32/2")],
)
def test_bad_contact(key: str, value: str) -> None:
    """A mail address or phone number that cannot work is refused."""
    with pytest.raises(ValidationError):
        Contact.model_validate({"name": "Ida", "body": "a", "role": "b", key: value})


def test_quotation_marks_come_in_two_pairs() -> None:
    """A language has an outer and an inner pair of quotation marks."""
    rules = {"locale": "nl_BE", "hyphenation": "nl", "note_call": "after-punctuation"}
    with pytest.raises(ValidationError, match="quotes"):
        Typography.model_validate({**rules, "quotes": ["“", "”"]})


def test_space_is_one_character() -> None:
    """A rule for a space gives exactly one."""
    with pytest.raises(ValidationError, match="space"):
        SpaceRule(before=";", space="  ")


def test_labels_that_are_filled_in_say_with_what() -> None:
    """Each ``{…}`` that a description promises is accepted, and no other."""
    forms = model.NoteForms.model_fields | model.Headings.model_fields | model.Labels.model_fields
    promised = {
        name: field
        for name, field in forms.items()
        if "``{" in str(field.description) and "{…}" not in str(field.description)
    }
    assert len(promised) >= 20
    for field in promised.values():
        keyed = get_origin(field.annotation) is dict
        adapter = TypeAdapter(field.rebuild_annotation() if field.metadata or keyed else Any)
        with pytest.raises(ValidationError, match="is not filled in here"):
            adapter.validate_python({"a": "{other}"} if keyed else "{other}")
        for word in str(field.description).split("``{")[1:]:
            right = f"{{{word.partition('}')[0]}}}"
            adapter.validate_python({"a": right} if keyed else right)


@pytest.mark.parametrize("tag", ["nl-BE", "de", "sr-Latn-RS"])
def test_language_tag(tag: str) -> None:
    """Documents carry a well-formed language tag (BCP 47, section 2.1)."""
    adapter = TypeAdapter(Labels.model_fields["language"].rebuild_annotation())
    assert adapter.validate_python(tag) == tag
    with pytest.raises(ValidationError):
        adapter.validate_python(tag + "-")
