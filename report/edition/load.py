"""Loads a content folder into one ``Edition`` and reports everything that does not fit."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter

from ..declared import Id, validated
from ..problems import ContentError, Finding, Kind, Place, did_you_mean
from ..styles import STYLES, Palette, load_palette
from ..yamlfile import YamlFile, read_text, read_yaml
from .closed import CLOSED_EDITION, EDITIONS_FOLDER, ClosedEdition, record_name
from .edition import FACTS, WORDS_FILE, Edition, Language, Measure
from .figures import FIGURES_FILE, FigureTexts, Plot
from .files import language_folders, leads_out, passed_over
from .logos import read_logo
from .model import (
    EditionFacts,
    EditionText,
    Labels,
    MeasureFacts,
    MeasureText,
    Names,
    PeopleFile,
    Source,
    Status,
)
from .references import reference_problems

MEASURES = TypeAdapter(Annotated[list[MeasureFacts], Field(min_length=1)])
SOURCES = TypeAdapter(dict[Id, Source])
STATUSES = TypeAdapter(Annotated[dict[Id, Status], Field(min_length=1)])
PEOPLE = TypeAdapter(PeopleFile)
EDITION_FACTS = TypeAdapter(EditionFacts)
EDITION_TEXT = TypeAdapter(EditionText)
MEASURE_TEXT = TypeAdapter(MeasureText)
NAMES = TypeAdapter(Names)
LABELS = TypeAdapter(Labels)
FIGURES = TypeAdapter(dict[Id, Plot])
FIGURE_TEXTS = TypeAdapter(FigureTexts)


T = TypeVar("T")


def load_edition(folder: Path, only: Iterable[str] = (), styles: Path = STYLES) -> Edition:
    """Load ``folder``, with all its languages or those of ``only``, to look as ``styles`` say.

    Raises ContentError with every problem found.
    """
    edition, problems = load_partly(folder, only, styles)
    if problems:
        raise ContentError(problems)
    return edition


def load_partly(
    folder: Path, only: Iterable[str] = (), styles: Path = STYLES
) -> tuple[Edition, list[Finding]]:
    """What loads of ``folder``, with all its languages or ``only`` some, and every problem."""
    loader = _Loader(folder, styles)
    edition = loader.load(list(only))
    return edition, sorted(set(loader.problems))


_NO_FACTS = EditionFacts.model_construct()


class _Loader:
    def __init__(self, folder: Path, styles: Path) -> None:
        self.folder = folder
        self.styles = styles
        self.files: dict[str, YamlFile] = {}
        self.problems: list[Finding] = []

    def load(self, only: list[str]) -> Edition:
        if not self.folder.is_dir():
            self.problems.append(Finding(Place(str(self.folder), 0), "is not a folder"))
            return Edition(self.folder, _NO_FACTS, {}, {}, {}, {}, [], {}, {}, frozenset(FACTS))
        facts = self.read("edition.yaml", EDITION_FACTS) or _NO_FACTS
        people = self.read("people.yaml", PEOPLE) or PeopleFile(people={}, parties={})
        sources = self.read("sources.yaml", SOURCES) or {}
        statuses = self.read("statuses.yaml", STATUSES) or {}
        measures = self.read("measures.yaml", MEASURES)
        figures = self.read_if_there(FIGURES_FILE, FIGURES) or {}
        ids = None if measures is None else [measure.id for measure in measures]
        languages = {tag: self.language(tag, ids) for tag in self.language_tags(only)}
        past = [] if facts is _NO_FACTS else self.past(facts.date)
        known = _measures(measures or [], people, facts)
        edition = Edition(
            self.folder, facts, people.people, people.parties, sources, statuses,
            [measure for measure in known if not measure.facts.ended],
            {tag: language for tag, language in languages.items() if language},
            self.files, self.faulty(), past=past,
            ended=[measure for measure in known if measure.facts.ended], figures=figures,
        )  # fmt: skip
        self.problems.extend(reference_problems(edition, self.styles))
        edition = replace(edition, logos=self.logos(facts))
        return _without(edition, self.faulty())

    def faulty(self) -> frozenset[str]:
        return frozenset(problem.place.file for problem in self.problems)

    def past(self, today: date) -> list[ClosedEdition]:
        """The closed editions before ``today``; that of today is this one."""
        found = []
        for day in self.closed_days():
            closed = self.read(record_name(day), CLOSED_EDITION)
            if closed and closed.edition != day:
                place = self.files[record_name(day)].place(("edition",))
                message = f"this is the record of {closed.edition}; call its folder so"
                self.problems.append(Finding(place, message))
            elif closed and day > today:
                place = self.files["edition.yaml"].place(("date",))
                message = f"the edition of {day} is closed already; write a later date"
                self.problems.append(Finding(place, message))
            elif closed and day < today:
                found.append(closed)
        return found

    def closed_days(self) -> list[date]:
        folder = self.folder / EDITIONS_FOLDER
        found = []
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if passed_over(path.name):
                continue
            try:
                found.append(date.fromisoformat(path.name))
            except ValueError:
                message = (
                    "holds closed editions, in folders called after their day, like 2026-02-02"
                )
                self.problems.append(Finding(Place(f"{EDITIONS_FOLDER}/{path.name}", 0), message))
        return found

    def language_tags(self, only: list[str]) -> list[str]:
        found, others = language_folders(self.folder)
        for name in [] if only else others:
            message = (
                "this folder is not called after a language, like nl or fr; rename it, or move it"
                " out of the content folder"
            )
            self.problems.append(Finding(Place(name, 0), message, Kind.LANGUAGE_FOLDER))
        for tag in only:
            if tag not in found:
                message = f'there is no language folder "{tag}"{did_you_mean(tag, found)}'
                self.problems.append(Finding(Place(tag, 0), message))
        if not found:
            message = "there is no language folder; make one, for example with labels.yaml"
            self.problems.append(Finding(Place(".", 0), message))
        return [tag for tag in found if not only or tag in only]

    def language(self, tag: str, measures: list[str] | None) -> Language | None:
        labels = self.read(f"{tag}/labels.yaml", LABELS)
        names = self.read(f"{tag}/names.yaml", NAMES) or Names(levels={}, roles={}, bodies={})
        edition = self.read(f"{tag}/edition.yaml", EDITION_TEXT) or EditionText.model_construct()
        keys = self.measure_files(tag) if measures is None else measures
        texts = {key: self.read(f"{tag}/measures/{key}.yaml", MEASURE_TEXT) for key in keys}
        self.orphans(tag, keys)
        words = self.words(tag)
        figures = self.read_if_there(f"{tag}/{FIGURES_FILE}", FIGURE_TEXTS) or FigureTexts()
        if labels is None:
            return None
        found = {key: text for key, text in texts.items() if text is not None}
        return Language(tag, labels, names, edition, found, self.files, words, figures)

    def words(self, tag: str) -> frozenset[str]:
        name = f"{tag}/{WORDS_FILE}"
        if not os.path.lexists(self.folder / name):
            return frozenset()
        file = YamlFile(name, problems=self.outside(name))
        text = "" if file.problems else read_text(self.folder / name, file) or ""
        self.problems.extend(file.problems)
        lines = (line.strip() for line in text.split("\n"))
        return frozenset(line for line in lines if line and not line.startswith("#"))

    def logos(self, facts: EditionFacts) -> dict[str, str]:
        try:
            palette = load_palette(self.styles)
        except ContentError:
            return {}  # It is told with the looks of the statuses.
        return {key: self.logo(name, palette) for key, name in facts.logos.items()}

    def logo(self, name: str, palette: Palette) -> str:
        file = YamlFile(name, problems=self.outside(name))
        self.files[name] = file
        text = None if file.problems else read_text(self.folder / name, file)
        drawing, problems = ("", []) if text is None else read_logo(text, name, palette)
        self.problems.extend([*file.problems, *problems])
        return drawing

    def measure_files(self, tag: str) -> list[str]:
        return [path.stem for path in self.texts(tag) if path.suffix == ".yaml"]

    def texts(self, tag: str) -> list[Path]:
        found = (self.folder / tag / "measures").glob("*.y*ml")
        return sorted(path for path in found if not passed_over(path.name))

    def orphans(self, tag: str, measures: list[str]) -> None:
        for path in self.texts(tag):
            if path.stem in measures and path.suffix == ".yaml":
                continue
            if path.stem in measures:
                message = f"only {path.stem}.yaml is read; rename this file or delete it"
            else:
                hint = did_you_mean(path.stem, measures)
                message = f'no measure in measures.yaml is called "{path.stem}"{hint}'
            place = Place(f"{tag}/measures/{path.name}")
            self.problems.append(Finding(place, message, Kind.ORPHAN_TEXT))

    def read(self, name: str, shape: TypeAdapter[T]) -> T | None:
        outside = self.outside(name)
        file = YamlFile(name, problems=outside) if outside else read_yaml(self.folder / name, name)
        self.files[name] = file
        try:
            return validated(file, shape)
        except ContentError as error:
            self.problems.extend(error.findings)
            return None

    def read_if_there(self, name: str, shape: TypeAdapter[T]) -> T | None:
        return self.read(name, shape) if os.path.lexists(self.folder / name) else None

    def outside(self, name: str) -> list[Finding]:
        if not leads_out(self.folder / name, self.folder):
            return []
        message = "is a link that leads out of the folder"
        return [Finding(Place(name), message, Kind.LINK_OUTSIDE)]


def _measures(
    measures: list[MeasureFacts], people: PeopleFile, facts: EditionFacts
) -> list[Measure]:
    """The measures with their ministers on the day of the edition and their questions in it."""
    if facts is _NO_FACTS:
        return [Measure(measure, row, [], None) for row, measure in enumerate(measures)]
    last = max(facts.questionnaires, key=lambda key: facts.questionnaires[key].sent, default="")
    holders: dict[str, list[str]] = {}
    for key, person in people.people.items():
        for role in person.offices(facts.date):
            holders.setdefault(role, []).append(key)
    return [
        Measure(
            measure,
            row,
            list(dict.fromkeys(k for office in measure.offices for k in holders.get(office, ()))),
            measure.questions.get(last),
        )
        for row, measure in enumerate(measures)
    ]


def _without(edition: Edition, files: frozenset[str]) -> Edition:
    """``edition`` without the languages and texts that ``files`` hold."""
    languages = {
        tag: replace(
            language,
            measures={
                key: text
                for key, text in language.measures.items()
                if f"{tag}/measures/{key}.yaml" not in files
            },
        )
        for tag, language in edition.languages.items()
        if f"{tag}/labels.yaml" not in files
    }
    return replace(edition, languages=languages, left_out=files)
