"""Loads a content folder into one ``Edition`` and reports everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from ..problems import ContentError, Kind, Place, Problem, did_you_mean
from .edition import FACTS, Edition, Language
from .model import (
    FORMS,
    EditionFacts,
    EditionText,
    Id,
    Labels,
    Measure,
    MeasureText,
    Names,
    PeopleFile,
    Source,
)
from .references import reference_problems
from .yamlfile import Key, YamlFile, read_yaml

MEASURES = TypeAdapter(Annotated[list[Measure], Field(min_length=1)])
SOURCES = TypeAdapter(dict[Id, Source])
PEOPLE = TypeAdapter(PeopleFile)
EDITION_FACTS = TypeAdapter(EditionFacts)
EDITION_TEXT = TypeAdapter(EditionText)
MEASURE_TEXT = TypeAdapter(MeasureText)
NAMES = TypeAdapter(Names)
LABELS = TypeAdapter(Labels)


T = TypeVar("T")


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
        self.problems.extend(reference_problems(edition))
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
