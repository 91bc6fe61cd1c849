"""The forms of notes: which parts are printed."""

from __future__ import annotations

import pytest

from report.edition.note_forms import FIELDS, chosen, fields, printed


@pytest.mark.parametrize(
    ("form", "known", "expected"),
    [
        (["{author}", "{title}", "{date}"], {"author", "date"}, ["{author}", "{date}"]),
        (["nr. {number}, {date}"], {"number"}, []),
        (["a dataset"], set(), ["a dataset"]),
        (["of {day}|of {date}|undated"], {"day", "date"}, ["of {day}"]),
        (["of {day}|of {date}|undated"], {"date"}, ["of {date}"]),
        (["of {day} | undated"], set(), ["undated"]),
        (["{day}|", "{locator}"], {"locator"}, ["{locator}"]),
    ],
)
def test_parts_to_print(form: list[str], known: set[str], expected: list[str]) -> None:
    """Of each part the first alternative of which all is known is printed, or nothing."""
    assert chosen(form, known) == expected


def test_what_a_form_has_a_place_for() -> None:
    """A form prints what any alternative of its parts names, under whichever name."""
    assert printed(["{day}|{date}"]) == {"issued"}
    assert printed(["{answered_by}", "in *{container}*"]) == {"author", "container-title"}
    assert printed([f"{{{name}}}" for name in FIELDS]) == set(FIELDS.values())


def test_fields_are_named_between_braces() -> None:
    """Braces name fields; doubled ones are braces."""
    assert fields("a {b} {c} {{d}}") == {"b", "c"}
