"""An edition as everything else sees it: facts, languages, and where their texts stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..problems import Place
from ..yamlfile import YamlFile
from .closed import ClosedEdition, ClosedMeasure
from .figures import FIGURES_FILE, FigureTexts, Plot, Value
from .files import language_folders
from .model import (
    EditionFacts,
    EditionText,
    Labels,
    MeasureFacts,
    MeasureText,
    Names,
    Outcome,
    Party,
    Person,
    Questionnaire,
    Questions,
    Source,
    Status,
)

FACTS = ("edition.yaml", "people.yaml", "sources.yaml", "statuses.yaml", "measures.yaml")
"""The files that are true in every language."""
FACT_FILES = (*FACTS, FIGURES_FILE)
"""These and the one that an edition without figures lacks."""

ANCHORS = (
    "summary", "contents", "introduction", "method", "overview", "replies", "analysis", "colophon"
)  # fmt: skip
"""The parts of the report that links lead to, beside the measures."""

EDITION = "edition"
"""Names the texts of the edition itself, beside the keys of the measures."""

ACCEPTED_FILE = "accepted.yaml"
LOCK_FILE = "translations.lock.yaml"
REVIEW_FILE = "review.yaml"
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
    figures: FigureTexts = field(default_factory=FigureTexts)
    """The words of figures."""

    def prose(self, file: str, value: str, *path: str | int) -> Text:
        """``value``, which stands at ``path`` of ``file``, with its place."""
        return Text(value, self.files[file].place(path), self.files[file].folded.get(path, ""))


@dataclass(frozen=True)
class Measure:
    """A measure as this edition has it: what measures.yaml says, and what follows from it."""

    facts: MeasureFacts
    row: int
    """Its position in measures.yaml, from 0."""
    ministers: list[str]
    """Competent ministers on the day of the edition, in the order of their offices."""
    questions: Questions | None
    """Who was asked about it in the questionnaire of the edition, if anyone."""

    @property
    def id(self) -> str:
        """Key."""
        return self.facts.id

    @property
    def level(self) -> str:
        """Level of government."""
        return self.facts.level

    @property
    def status(self) -> str:
        """Key of the status."""
        return self.facts.status


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
    ended: list[Measure] = field(default_factory=list)
    """Measures of earlier editions, in the order of measures.yaml."""
    past: list[ClosedEdition] = field(default_factory=list)
    """The editions before this one, the oldest first."""
    figures: dict[str, Plot] = field(default_factory=dict)
    """Figures by key; none where there is no figures.yaml."""

    def measure(self, measure: str) -> Measure:
        """The measure of that key."""
        return self.measures[self.number(measure) - 1]

    def number(self, measure: str) -> int:
        """The printed number of a measure, from 1."""
        return [item.id for item in self.measures].index(measure) + 1

    # -- questionnaires

    @property
    def rounds(self) -> dict[str, Questionnaire]:
        """The questionnaires by key, in the order in which they were sent."""
        return dict(sorted(self.facts.questionnaires.items(), key=lambda item: item[1].sent))

    @property
    def round(self) -> str | None:
        """The questionnaire of this edition: the last one sent."""
        return next(reversed(self.rounds), None)

    @property
    def questionnaire(self) -> Questionnaire | None:
        """What is known of the questionnaire of this edition."""
        return self.rounds[self.round] if self.round else None

    def reply(self, minister: str, round_: str | None = None) -> Source | None:
        """The record of what a minister's cabinet did with a questionnaire, or with the last."""
        wanted = round_ or self.round
        for source in self.sources.values():
            if source.outcome and minister in source.author and source.round == wanted:
                return source
        return None

    def outcome(self, minister: str, round_: str | None = None) -> Outcome:
        """What came of a questionnaire, or of the last; without a record it is unrecorded."""
        reply = self.reply(minister, round_)
        if reply and reply.outcome:
            return reply.outcome
        return Outcome.UNRECORDED if self.asked(minister, round_) else Outcome.NOT_ASKED

    def asked(self, minister: str, round_: str | None = None) -> bool:
        """Whether a questionnaire, or the last, was or may have been sent to a minister."""
        wanted = round_ or self.round
        if not wanted:
            return False
        if minister in self.addressees(wanted):
            return True
        questionnaire, person = self.rounds[wanted], self.people[minister]
        in_office = not person.roles or bool(person.offices(questionnaire.sent))
        return questionnaire.to is None and in_office

    def addressees(self, round_: str) -> list[str]:
        """Everyone of whom it is known that a questionnaire was sent to them, each once."""
        measures = sorted([*self.measures, *self.ended], key=lambda measure: measure.row)
        told = (m.facts.questions[round_].to for m in measures if round_ in m.facts.questions)
        return list(
            dict.fromkeys([*(self.rounds[round_].to or ()), *(k for to in told for k in to)])
        )

    def cabinets(self) -> list[str]:
        """Everyone whose reply to the questionnaire of this edition is told, each once: competent
        ministers, and others who were asked or replied."""
        replied = [
            person
            for source in self.sources.values()
            if source.outcome and source.round == self.round
            for person in source.people
        ]
        asked = self.addressees(self.round) if self.round else []
        return list(dict.fromkeys([*self.competent_ministers(), *asked, *replied]))

    # -- languages

    def language_tags(self) -> list[str]:
        """The folder of every language the edition has, those that are not loaded included."""
        return language_folders(self.folder)[0]

    def day(self, key: str) -> date | None:
        """The day of the agreement, of the questionnaire or of a source; None if it is unknown."""
        if key == "agreement":
            return self.facts.agreement.date
        if key == "questionnaire":
            return self.questionnaire.sent if self.questionnaire else None
        source = self.sources.get(key)
        issued = source.issued if source else None
        return issued.first if issued and issued.day else None

    def amount(self, value: Value) -> float:
        """The number of a plot; of one that counts from a day, the days until the edition."""
        if value.amount is not None:
            return value.amount
        day = self.day(value.since or "")
        return float((self.facts.date - day).days) if day else 0.0

    # -- earlier editions

    def last_edition(self) -> date | None:
        """The day of the edition before this one."""
        return self.past[-1].edition if self.past else None

    def published(self, measure: str) -> list[tuple[date, ClosedMeasure]]:
        """What earlier editions said of a measure, the oldest first."""
        found = ((closed.edition, closed.measure(measure)) for closed in self.past)
        return [(day, then) for day, then in found if then]

    def before(self, measure: str) -> ClosedMeasure | None:
        """What the last edition said of a measure."""
        return self.past[-1].measure(measure) if self.past else None

    def changes(self) -> list[tuple[Measure, str]]:
        """Measures whose status differs from that in the last edition, with that status."""
        pairs = ((measure, self.before(measure.id)) for measure in self.measures)
        return [(m, then.status) for m, then in pairs if then and then.status != m.status]

    def status_since(self, measure: Measure) -> date:
        """The day of the edition that gave ``measure`` the status it still has."""
        since = self.facts.date
        for day, then in reversed(self.published(measure.id)):
            if then.status != measure.status:
                break
            since = day
        return since

    def successors(self, measure: str) -> list[Measure]:
        """The measures that an ended one was split into or merged into."""
        return [m for m in self.measures if measure in (m.facts.from_ or ())]

    # -- ministers

    def competent_ministers(self) -> list[str]:
        """Every competent minister once, in order of first appearance."""
        return list(dict.fromkeys(m for measure in self.measures for m in measure.ministers))
