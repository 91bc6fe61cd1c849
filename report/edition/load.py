"""Loads a content folder into one ``Edition`` and reports everything that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from babel import Locale
from pydantic import Field, TypeAdapter, ValidationError

from ..problems import ContentError, Kind, Place, Problem, did_you_mean
from .model import (
    FORMS,
    EditionFacts,
    EditionText,
    Genre,
    Id,
    Labels,
    Measure,
    MeasureText,
    Names,
    Outcome,
    Party,
    PeopleFile,
    Person,
    Source,
    SourceType,
    Status,
)
from .yamlfile import Key, YamlFile, read_yaml

MEASURES = TypeAdapter(Annotated[list[Measure], Field(min_length=1)])
SOURCES = TypeAdapter(dict[Id, Source])
PEOPLE = TypeAdapter(PeopleFile)
EDITION_FACTS = TypeAdapter(EditionFacts)
EDITION_TEXT = TypeAdapter(EditionText)
MEASURE_TEXT = TypeAdapter(MeasureText)
NAMES = TypeAdapter(Names)
LABELS = TypeAdapter(Labels)

FACTS = ("edition.yaml", "people.yaml", "sources.yaml", "measures.yaml")
"""The files that are true in every language."""

NUMBERED_GENRES = (Genre.COMMITTEE, Genre.PLENARY, Genre.WRITTEN_QUESTION)

COUNTS = ("total", "carried_out", *Status, "cabinets", "months")
"""The names of counts beside those of the levels."""

ANCHORS = (
    "contents", "introduction", "method", "overview", "replies", "analysis", "colophon"
)  # fmt: skip
"""The parts of the report that links lead to, beside the measures."""

EDITION = "edition"
"""Names the texts of the edition itself, beside the keys of the measures."""

T = TypeVar("T")


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

    def prose(self, file: str, value: str, *path: str | int) -> Text:
        """``value``, which stands at ``path`` of ``file``, with its place."""
        return Text(value, self.files[file].place(path), self.files[file].folded.get(path, ""))

    def measure_prose(self, measure: str, value: str, *path: str | int) -> Text:
        """``value``, which stands at ``path`` of the measure's file, with its place."""
        return self.prose(f"{self.tag}/measures/{measure}.yaml", value, *path)


@dataclass(frozen=True)
class Edition:
    """Everything in a content folder, checked.

    An edition loaded in part has stand-ins for the content of the files in ``left_out``: no
    people, sources, measures or names, and facts and texts without fields. It has no language
    whose labels are left out.
    """

    folder: Path
    facts: EditionFacts
    people: dict[str, Person]
    parties: dict[str, Party]
    sources: dict[str, Source]
    measures: list[Measure]
    languages: dict[str, Language]
    files: dict[str, YamlFile]
    left_out: frozenset[str] = frozenset()
    """Files that have problems or are missing."""

    def number(self, measure: str) -> int:
        """The printed number of a measure, from 1."""
        return [item.id for item in self.measures].index(measure) + 1

    def reply(self, minister: str) -> Source | None:
        """The record of what a minister's cabinet did with the questionnaire."""
        for source in self.sources.values():
            if source.type is SourceType.PERSONAL_COMMUNICATION and minister in source.author:
                return source
        return None

    def outcome(self, minister: str) -> Outcome:
        """What came of the questionnaire; without a record it is unrecorded."""
        reply = self.reply(minister)
        return (reply.outcome if reply else None) or Outcome.UNRECORDED

    def language_names(self) -> list[str]:
        """The name of every language the edition has, those that are not loaded included."""
        files = sorted(self.folder.glob("[!.]*/labels.yaml"))
        labels = (read_yaml(file, file.name).data for file in files)
        names = (data.get("language_name") for data in labels if isinstance(data, dict))
        return [name for name in names if isinstance(name, str)]

    def last_edition(self) -> date | None:
        """The day of the latest edition that any measure's history tells of."""
        days = [change.edition for measure in self.measures for change in measure.history]
        return max(days, default=None)

    def changes(self) -> list[tuple[Measure, Status]]:
        """Measures whose status differs from that in the last edition, with that status."""
        last = self.last_edition()
        return [
            (measure, change.status)
            for measure in self.measures
            for change in measure.history
            if change.edition == last and change.status is not measure.status
        ]

    def competent_ministers(self) -> list[str]:
        """Every competent minister once, in order of first appearance."""
        return list(dict.fromkeys(m for measure in self.measures for m in measure.ministers))


def load_edition(folder: Path, only: Iterable[str] = ()) -> Edition:
    """Load ``folder``, with all its languages or those of ``only``.

    Raises ContentError with every problem found.
    """
    edition, problems = load_partly(folder, only)
    if problems:
        raise ContentError(problems)
    return edition


def load_partly(folder: Path, only: Iterable[str] = ()) -> tuple[Edition, list[Problem]]:
    """What loads of ``folder``, with all its languages or ``only`` some, and every problem."""
    loader = _Loader(folder)
    edition = loader.load(list(only))
    return edition, sorted(set(loader.problems))


_NO_FACTS = EditionFacts.model_construct()


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, YamlFile] = {}
        self.problems: list[Problem] = []

    def load(self, only: list[str]) -> Edition:
        if not self.folder.is_dir():
            self.problems.append(Problem(Place(str(self.folder), 0), "is not a folder"))
            return Edition(self.folder, _NO_FACTS, {}, {}, {}, [], {}, {}, frozenset(FACTS))
        facts = self.read("edition.yaml", EDITION_FACTS) or _NO_FACTS
        people = self.read("people.yaml", PEOPLE) or PeopleFile(people={}, parties={})
        sources = self.read("sources.yaml", SOURCES) or {}
        measures = self.read("measures.yaml", MEASURES)
        ids = None if measures is None else [measure.id for measure in measures]
        languages = {tag: self.language(tag, ids) for tag in self.language_tags(only)}
        edition = Edition(
            self.folder, facts, people.people, people.parties, sources, measures or [],
            {tag: language for tag, language in languages.items() if language}, self.files,
            self.faulty(),
        )  # fmt: skip
        self.problems.extend(_reference_problems(edition))
        return _without(edition, self.faulty())

    def faulty(self) -> frozenset[str]:
        return frozenset(problem.place.file for problem in self.problems)

    def language_tags(self, only: list[str]) -> list[str]:
        found = sorted(item.name for item in self.folder.iterdir() if item.is_dir())
        found = [name for name in found if not name.startswith(".")]
        for tag in only:
            if tag not in found:
                message = f'there is no language folder "{tag}"{did_you_mean(tag, found)}'
                self.problems.append(Problem(Place(tag, 0), message))
        if not found:
            message = "there is no language folder; make one, for example with labels.yaml"
            self.problems.append(Problem(Place(".", 0), message))
        return [tag for tag in found if not only or tag in only]

    def language(self, tag: str, measures: list[str] | None) -> Language | None:
        labels = self.read(f"{tag}/labels.yaml", LABELS)
        names = self.read(f"{tag}/names.yaml", NAMES) or Names(levels={}, roles={}, bodies={})
        edition = self.read(f"{tag}/edition.yaml", EDITION_TEXT) or EditionText.model_construct()
        keys = self.measure_files(tag) if measures is None else measures
        texts = {key: self.read(f"{tag}/measures/{key}.yaml", MEASURE_TEXT) for key in keys}
        self.orphans(tag, keys)
        if labels is None:
            return None
        found = {key: text for key, text in texts.items() if text is not None}
        return Language(tag, labels, names, edition, found, self.files)

    def measure_files(self, tag: str) -> list[str]:
        return sorted(path.stem for path in (self.folder / tag / "measures").glob("*.yaml"))

    def orphans(self, tag: str, measures: list[str]) -> None:
        for path in sorted((self.folder / tag / "measures").glob("*.y*ml")):
            if path.stem not in measures or path.suffix != ".yaml":
                name = f"{tag}/measures/{path.name}"
                hint = did_you_mean(path.stem, measures)
                message = f"no measure in measures.yaml is called {path.stem!r}{hint}"
                self.problems.append(Problem(Place(name), message, Kind.ORPHAN_TEXT))

    def read(self, name: str, shape: TypeAdapter[T]) -> T | None:
        path = self.folder / name
        if path.resolve().is_relative_to(self.folder.resolve()):
            file = read_yaml(path, name)
        else:
            message = "is a link that leads out of the folder"
            problem = Problem(Place(name), message, Kind.LINK_OUTSIDE)
            file = YamlFile(name, problems=[problem])
        self.files[name] = file
        self.problems.extend(file.problems)
        if file.problems:
            return None
        try:
            return shape.validate_python(file.data, strict=False)
        except ValidationError as error:
            self.problems.extend(_validation_problems(error, file, shape))
            return None


def _validation_problems(
    error: ValidationError, file: YamlFile, shape: TypeAdapter[Any]
) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        path: Key = tuple(part for part in item["loc"] if part != "[key]")
        if item["type"] == "extra_forbidden":
            hint = did_you_mean(str(path[-1]), _known_keys(shape, path[:-1]))
            message = f'unknown key "{path[-1]}"{hint or "; delete it"}'
            place = file.key_places.get(path, file.place(path))
            yield Problem(place, message, Kind.UNKNOWN_KEY)
        elif "[key]" in item["loc"]:
            message = (
                f'key "{path[-1]}" does not have the right form: write {FORMS[_pattern(item)]}'
            )
            yield Problem(file.key_places.get(path, file.place(path)), message)
        else:
            yield Problem(file.place(path), _explain(item, path, file), _kind(item["type"]))


def _pattern(item: Any) -> str:
    return str(item["ctx"]["pattern"])


def _known_keys(shape: TypeAdapter[Any], path: Key) -> list[str]:
    """The keys that the group at ``path`` may hold."""
    schema = shape.json_schema()
    definitions = schema.get("$defs", {})

    def group(node: Any) -> Any:
        for choice in node.get("anyOf", [node]):
            if "$ref" in choice:
                return definitions[choice["$ref"].rpartition("/")[2]]
        return node

    node = group(schema)
    for part in path:
        properties = node.get("properties", {})
        named = [node.get("items"), *node.get("patternProperties", {}).values()]
        inner = next(filter(None, named), node.get("additionalProperties"))
        node = group(properties.get(part, inner))
    return list(node.get("properties", {}))


def _kind(fault: str) -> Kind:
    if fault.startswith("date"):
        return Kind.WRONG_DATE
    return Kind.MISSING_KEY if fault == "missing" else Kind.CONTENT


def _explain(item: Any, path: Key, file: YamlFile) -> str:
    name = path[-1] if path else file.name
    value = item["input"]
    match item["type"]:
        case "missing":
            return f'key "{name}" is missing'
        case "enum":
            expected = item["ctx"]["expected"].replace("'", "")
            return f'"{value}" is not one of: {expected}'
        case "value_error":
            return f'"{name}": {item["ctx"]["error"]}'
        case "model_type" | "dict_type":
            return f'"{name}" must be a group of keys'
        case "list_type":
            return f'"{name}" must be a list'
        case "string_type" if isinstance(value, dict):
            return (
                f'"{name}" must be text; where words hold a colon and a space, put them all in'
                " quotation marks"
            )
        case "string_type":
            return f'"{name}" must be text'
        case "too_short" if not path:
            return "an edition needs at least one measure"
        case "string_too_short" | "too_short":
            return f'"{name}" is empty'
        case "string_pattern_mismatch":
            words = FORMS[_pattern(item)]
            return f'"{name}": "{value}" does not have the right form: write {words}'
        case fault if fault.startswith("date"):
            return f'"{name}": "{value}" is not a date; write it like 2026-02-28'
    return f'"{name}": {item["msg"]}'


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


def _reference_problems(edition: Edition) -> Iterator[Problem]:
    if edition.left_out.intersection(FACTS):
        return  # What is left out would be missed everywhere.
    yield from _level_problems(edition)
    yield from _measure_problems(edition)
    yield from _registry_problems(edition)
    for tag, language in edition.languages.items():
        if f"{tag}/names.yaml" not in edition.left_out:
            yield from _language_problems(edition, language)


def _unknown(
    edition: Edition, file: str, path: Key, kind: str, key: str, known: Iterable[str]
) -> Iterator[Problem]:
    known = list(known)
    if key not in known:
        message = f'unknown {kind} "{key}"{did_you_mean(key, known)}'
        yield Problem(edition.files[file].place(path), message, Kind.UNKNOWN_REFERENCE)


def _repeated(edition: Edition, file: str, path: Key, keys: list[str]) -> Iterator[Problem]:
    for position, key in enumerate(keys):
        if key in keys[:position]:
            place = edition.files[file].place((*path, position))
            yield Problem(place, f'"{key}" is listed twice; keep one')


def _level_problems(edition: Edition) -> Iterator[Problem]:
    levels = edition.facts.levels
    yield from _repeated(edition, "edition.yaml", ("levels",), levels)
    for position, level in enumerate(levels):
        if level in COUNTS:
            place = edition.files["edition.yaml"].place(("levels", position))
            yield Problem(place, f'a count is called "{level}"; choose another key for the level')


def _measure_problems(edition: Edition) -> Iterator[Problem]:
    name = "measures.yaml"
    seen: set[str] = set()
    for index, measure in enumerate(edition.measures):
        if measure.id in seen:
            place = edition.files[name].place((index, "id"))
            message = f'two measures are called "{measure.id}"; rename one'
            yield Problem(place, message, Kind.DUPLICATE_MEASURE)
        seen.add(measure.id)
        if measure.id in (*ANCHORS, EDITION) or re.fullmatch(r"note-\d+", measure.id):
            place = edition.files[name].place((index, "id"))
            message = f'a part of the report is called "{measure.id}"; rename the measure'
            yield Problem(place, message)
        levels = edition.facts.levels
        yield from _unknown(edition, name, (index, "level"), "level", measure.level, levels)
        named: dict[Key, list[str]] = {(index, "ministers"): measure.ministers}
        if measure.questions:
            named[index, "questions", "to"] = measure.questions.to
        for key, people in named.items():
            yield from _repeated(edition, name, key, people)
            for position, person in enumerate(people):
                path = (*key, position)
                yield from _unknown(edition, name, path, "person", person, edition.people)
        for position, change in enumerate(measure.history):
            if change.edition >= edition.facts.date:
                place = edition.files[name].place((index, "history", position, "edition"))
                message = f"history is about editions before this one, of {edition.facts.date}"
                yield Problem(place, message)
            for number, source in enumerate(change.sources):
                path = (index, "history", position, "sources", number)
                yield from _unknown(edition, name, path, "source", source, edition.sources)


def _registry_problems(edition: Edition) -> Iterator[Problem]:
    for key, person in edition.people.items():
        path: Key = ("people", key, "party")
        if person.party:
            yield from _unknown(
                edition, "people.yaml", path, "party", person.party, edition.parties
            )
    replies: dict[str, str] = {}
    for key, source in edition.sources.items():
        for person_key in source.author:
            path = (key, "author")
            yield from _unknown(
                edition, "sources.yaml", path, "person", person_key, edition.people
            )
        reply = source.type is SourceType.PERSONAL_COMMUNICATION
        if reply and (source.outcome is None or not source.author):
            place = edition.files["sources.yaml"].place((key,))
            yield Problem(place, f'"{key}" is a reply: say its author and its outcome')
        for person_key in source.author if reply else []:
            first = replies.setdefault(person_key, key)
            if first != key:
                place = edition.files["sources.yaml"].place((key,))
                message = f'"{person_key}" has a reply already, "{first}"; keep one'
                yield Problem(place, message)
        if source.type is SourceType.HEARING and source.genre not in NUMBERED_GENRES:
            place = edition.files["sources.yaml"].place((key,))
            genres = ", ".join(NUMBERED_GENRES)
            yield Problem(place, f'"{key}" is a hearing: say its genre, one of {genres}')
        numbered = source.type is SourceType.BILL or source.genre in NUMBERED_GENRES
        if numbered and not source.number:
            place = edition.files["sources.yaml"].place((key,))
            yield Problem(place, f'"{key}" needs its number, which the note prints')
    path = ("agreement", "source")
    source_key = edition.facts.agreement.source
    yield from _unknown(edition, "edition.yaml", path, "source", source_key, edition.sources)


def _language_problems(edition: Edition, language: Language) -> Iterator[Problem]:
    names, file = language.names, f"{language.tag}/names.yaml"
    place = edition.files[file].place
    roles = {role for person in edition.people.values() for role in person.roles}
    roles |= {contact.role for contact in edition.facts.contacts}
    bodies = {body for source in edition.sources.values() for body in source.publisher}
    bodies |= set(edition.facts.publishers) | {c.body for c in edition.facts.contacts}
    for group, needed in (
        ("levels", set(edition.facts.levels)),
        ("roles", roles),
        ("bodies", bodies),
    ):
        for key in sorted(needed - set(getattr(names, group))):
            yield _lacks(place((group,)), group, key)
    for key in names.sources:
        yield from _unknown(edition, file, ("sources", key), "source", key, edition.sources)
    yield from _source_words_problems(edition, language)
    labels_place = edition.files[f"{language.tag}/labels.yaml"].place
    for group, wanted in (
        ("statuses", Status), ("status_meanings", Status), ("outcomes", Outcome),
        ("outcomes_plural", Outcome),
    ):  # fmt: skip
        for value in set(wanted) - set(getattr(language.labels, group)):
            yield _lacks(labels_place((group,)), group, value.value)
    in_use = {m.status for m in edition.measures if not m.status.carried_out}
    for status in in_use - set(language.labels.headings.cover_others):
        yield _lacks(labels_place(("headings", "cover_others")), "cover_others", status.value)
    for measure in edition.measures:
        text = language.measures.get(measure.id)
        if text and bool(text.questions) != bool(measure.questions):
            place_of = edition.files[f"{language.tag}/measures/{measure.id}.yaml"].place
            if text.questions:
                message = "questions stand here, but measures.yaml does not say who was asked"
                yield Problem(place_of(("questions",)), message)
            else:
                message = 'measures.yaml says who was asked, but "questions" is missing here'
                yield Problem(place_of(("questions",)), message, Kind.MISSING_KEY)


def _source_words_problems(edition: Edition, language: Language) -> Iterator[Problem]:
    """Sources of which a note in ``language`` would say nothing, or cannot name the language."""
    place = edition.files["sources.yaml"].place
    known = Locale.parse(language.labels.typography.locale).languages
    for key, source in edition.sources.items():
        reply = source.type is SourceType.PERSONAL_COMMUNICATION
        if not (reply or source.publisher or key in language.names.sources):
            words = f'give it a publisher, or words under "sources" in {language.tag}/names.yaml'
            yield Problem(place((key,)), f'a note would not say what "{key}" is; {words}')
        if source.language and source.language not in known:
            message = f'no language has the code "{source.language}"; write one like nl or fr'
            yield Problem(place((key, "language")), message)


def _lacks(place: Place, group: str, key: str) -> Problem:
    return Problem(place, f'"{group}" lacks the key "{key}"', Kind.MISSING_KEY)
