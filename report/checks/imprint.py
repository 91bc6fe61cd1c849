"""Rules about the colophon: who answers for the report, and where it is found."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.model import Publication
from ..problems import Level
from .passages import Checked
from .rules import Hit, Rule

_FILE = "edition.yaml"


def _incomplete(checked: Checked) -> Iterator[Hit]:
    facts = checked.edition.facts
    place = checked.edition.files[_FILE].place
    if not facts.responsible_publisher:
        yield Hit(
            place(()),
            "the colophon names no responsible publisher",
            suggestion="add responsible_publisher, with name and address",
        )
    if not facts.licence:
        yield Hit(
            place(()),
            "the colophon does not say what others may do with the report",
            suggestion="add licence, with its name and url",
        )
    reached = {contact.body for contact in facts.contacts}
    for index, body in enumerate(facts.publishers):
        if body not in reached:
            yield Hit(
                place(("publishers", index)),
                "the colophon has no contact of this publisher",
                body,
                "add one under contacts",
            )


def _unfound(checked: Checked) -> Iterator[Hit]:
    facts = checked.edition.facts
    place = checked.edition.files[_FILE].place
    for tag in checked.edition.languages:
        publication = facts.publication.get(tag, Publication())
        for field, what in (("address", "report"), ("data", "data")):
            if not getattr(publication, field):
                yield Hit(
                    place(("publication", tag)),
                    f"the report in this language does not say where its {what} is found",
                    tag,
                    f"add {field} under publication, {tag}",
                )


RULES = [
    Rule(
        "imprint-incomplete", Level.WARNING, "a colophon that lacks what it must say",
        "Printed matter needs a responsible publisher, with name and address; readers need the"
        " licence, and somebody to turn to at each publisher.", _incomplete,
        needs=(_FILE,),
    ),
    Rule(
        "address-missing", Level.WARNING, "a report that does not say where it is found",
        "The address of the full report, with its QR code, and that of the data stand in the"
        " summary and the colophon of each language.", _unfound,
        needs=(_FILE,),
    ),
]  # fmt: skip
