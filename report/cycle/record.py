"""The record of an edition: what it publishes, as data that later editions are compared with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import yaml

from ..edition.closed import RECORD_FILE, ClosedEdition, ClosedMeasure, ClosedMinister
from ..edition.edition import Edition, Measure
from ..pages.blocks import printed_blocks
from ..pages.render import render_page

_HEADER = "# Written by the command edition close; what this edition published. Never edit it.\n"


def record_of(edition: Edition, files: Iterable[Path] = ()) -> ClosedEdition:
    """What ``edition`` publishes, with the checksums of its ``files``."""
    return ClosedEdition(
        edition=edition.facts.date,
        measures=[_measure(edition, measure) for measure in edition.measures],
        replies={
            key: {minister: edition.outcome(minister, key) for minister in _told(edition, key)}
            for key in edition.rounds
        },
        files={path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    )


def record_files(edition: Edition, files: Iterable[Path]) -> dict[str, str]:
    """The files of the folder that keeps what ``edition`` publishes, by name.

    Beside its record that is, per language, every block of text that is printed, by the part of
    the report that it stands in.
    """
    record = record_of(edition, files).model_dump(mode="json", exclude_defaults=True)
    blocks = {
        f"{language.tag}.yaml": printed_blocks(render_page(edition, language).html)
        for language in edition.languages.values()
    }
    return {name: _yaml(data) for name, data in ({RECORD_FILE: record} | blocks).items()}


def _told(edition: Edition, round_: str) -> list[str]:
    replied = [
        person
        for source in edition.sources.values()
        if source.outcome and source.round == round_
        for person in source.people
    ]
    listed = [*edition.competent_ministers(), *edition.addressees(round_), *replied]
    return list(dict.fromkeys(listed))


def _measure(edition: Edition, measure: Measure) -> ClosedMeasure:
    texts = {tag: language.measures[measure.id] for tag, language in edition.languages.items()}
    offices = set(measure.facts.offices)
    return ClosedMeasure(
        id=measure.id,
        number=edition.number(measure.id),
        level=measure.level,
        status=measure.status,
        ministers=[
            ClosedMinister(
                person=key,
                party=edition.people[key].party,
                offices=[
                    role
                    for role in edition.people[key].offices(edition.facts.date)
                    if role in offices
                ],
            )
            for key in measure.ministers
        ],
        titles={tag: text.title for tag, text in texts.items()},
        reasons={tag: " ".join(text.reason.split()) for tag, text in texts.items()},
    )


def _yaml(data: object) -> str:
    return _HEADER + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
