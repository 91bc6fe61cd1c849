"""An edition as everything else sees it: facts, languages, and where their texts stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..problems import Place
from ..yamlfile import YamlFile
from .files import language_folders
from .model import (
    EditionFacts,
    EditionText,
    Labels,
    Measure,
    MeasureText,
    Names,
    Outcome,
    Party,
    Person,
    Source,
    Status,
)

FACTS = ("edition.yaml", "people.yaml", "sources.yaml", "statuses.yaml", "measures.yaml")
"""The files that are true in every language."""

ANCHORS = (
    "summary", "contents", "introduction", "method", "overview", "replies", "analysis", "colophon"
)  # fmt: skip
"""The parts of the report that links lead to, beside the measures."""

EDITION = "edition"
"""Names the texts of the edition itself, beside the keys of the measures."""

ACCEPTED_FILE = "accepted.yaml"
LOCK_FILE = "translations.lock.yaml"
WORDS_FILE = "words.txt"


@dataclass(frozen=True)
class Text:
    """Prose and where it stands; ``raw`` is Markdown, ``folded`` how the file breaks its lines."""

    raw: str
    place: Place
    folded: str = ""


@dataclass(frozen=True)
class Language:
    """One language of an edition: labels, names and prose."""

    tag: str
    labels: Labels
    names: Names
    edition: EditionText
    measures: dict[str, MeasureText]
    files: dict[str, YamlFile]
    words: frozenset[str] = frozenset()
    """Words that are right though the spelling dictionary lacks them."""

    def prose(self, file: str, value: str, *path: str | int) -> Text:
        """``value``, which stands at ``path`` of ``file``, with its place."""
        return Text(value, self.files[file].place(path), self.files[file].folded.get(path, ""))


@dataclass(frozen=True)
class Edition:
    """Everything in a content folder, checked.

    An edition loaded in part has stand-ins for the content of the files in ``left_out``: no
    people, sources, statuses, measures or names, and facts and texts without fields. It has no
    language whose labels are left out.
    """

    folder: Path
    facts: EditionFacts
    people: dict[str, Person]
    parties: dict[str, Party]
    sources: dict[str, Source]
    statuses: dict[str, Status]
    measures: list[Measure]
    languages: dict[str, Language]
    files: dict[str, YamlFile]
    left_out: frozenset[str] = frozenset()
    """Files that have problems or are missing."""
    logos: dict[str, str] = field(default_factory=dict)
    """The logos of publishers as SVG, in colours of the palette."""

    def number(self, measure: str) -> int:
        """The printed number of a measure, from 1."""
        return [item.id for item in self.measures].index(measure) + 1

    def reply(self, minister: str) -> Source | None:
        """The record of what a minister's cabinet did with the questionnaire."""
        for source in self.sources.values():
            if source.outcome and minister in source.author:
                return source
        return None

    def outcome(self, minister: str) -> Outcome:
        """What came of the questionnaire; without a record it is unrecorded."""
        reply = self.reply(minister)
        return (reply.outcome if reply else None) or Outcome.UNRECORDED

    def language_tags(self) -> list[str]:
        """The folder of every language the edition has, those that are not loaded included."""
        return language_folders(self.folder)[0]

    def last_edition(self) -> date | None:
        """The day of the latest edition that any measure's history tells of."""
        days = [change.edition for measure in self.measures for change in measure.history]
        return max(days, default=None)

    def changes(self) -> list[tuple[Measure, str]]:
        """Measures whose status differs from that in the last edition, with that status."""
        last = self.last_edition()
        return [
            (measure, change.status)
            for measure in self.measures
            for change in measure.history
            if change.edition == last and change.status != measure.status
        ]

    def status_since(self, measure: Measure) -> date:
        """The day of the edition that gave ``measure`` the status it still has."""
        since = self.facts.date
        for change in reversed(measure.history):
            if change.status != measure.status:
                break
            since = change.edition
        return since

    def competent_ministers(self) -> list[str]:
        """Every competent minister once, in order of first appearance."""
        return list(dict.fromkeys(m for measure in self.measures for m in measure.ministers))
