"""The kinds of source that a note can cite, one row each.

A new kind is a row here and its words in each language: the form of its note, under ``forms``
of ``notes`` in labels.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..problems import did_you_mean, quoted


@dataclass(frozen=True)
class SourceKind:
    """A kind of source, told by its type and genre."""

    type: str
    """Item type of CSL 1.0.2."""
    genre: str | None
    """What tells it from others of its type; None where nothing need be said."""
    form: str
    """Form of its note, a key of ``forms`` in labels.yaml."""
    needs: tuple[str, ...] = ()
    """Keys that a source of this kind must have in sources.yaml; its title may instead stand in
    each language's names.yaml."""

    @property
    def name(self) -> str:
        """How messages call it: "hearing" or "hearing (committee)"."""
        return f"{self.type} ({self.genre})" if self.genre else self.type


KINDS: tuple[SourceKind, ...] = (
    SourceKind("hearing", "committee", "committee", ("number",)),
    SourceKind("hearing", "plenary", "plenary", ("number",)),
    SourceKind("hearing", "written-question", "written-question", ("number",)),
    SourceKind("bill", None, "bill", ("number",)),
    SourceKind("legislation", None, "legislation"),
    SourceKind("webpage", None, "webpage"),
    SourceKind("webpage", "press-release", "press-release"),
    SourceKind("article-newspaper", None, "article-newspaper"),
    SourceKind("report", None, "report", ("title", "issued")),
    SourceKind("legal_case", "judgment", "judgment", ("publisher", "issued")),
    SourceKind("legal_case", "order", "order", ("publisher", "issued")),
    SourceKind("legal_case", "advisory-opinion", "advisory-opinion", ("publisher", "issued")),
    SourceKind("treaty", None, "treaty", ("title", "issued")),
    SourceKind("book", None, "book", ("title", "issued")),
    SourceKind("chapter", None, "chapter", ("title", "container-title", "issued")),
    SourceKind("dataset", None, "dataset", ("title", "publisher")),
    SourceKind("speech", None, "speech", ("author", "issued")),
    SourceKind("post", None, "post", ("container-title", "issued")),
    SourceKind("post-weblog", None, "post-weblog", ("title", "issued")),
    SourceKind("personal_communication", None, "reply", ("author", "round", "outcome")),
)
"""Every kind that there is."""


def types() -> list[str]:
    """The types in use, in order."""
    return list(dict.fromkeys(kind.type for kind in KINDS))


def genres(type_: str) -> list[str | None]:
    """The genres of a type; None stands for a source of which none is said."""
    return [kind.genre for kind in KINDS if kind.type == type_]


def forms() -> list[str]:
    """The forms of note that the kinds take, in order."""
    return list(dict.fromkeys(kind.form for kind in KINDS))


def known_type(type_: str) -> str:
    """``type_``. Raises ValueError, in the words of an editor, where no kind has it."""
    if type_ not in types():
        raise ValueError(_not_one_of(type_, types()))
    return type_


def kind_of(type_: str, genre: str | None) -> SourceKind:
    """The kind of that type and genre. Raises ValueError, in the words of an editor, for none."""
    for kind in KINDS:
        if (kind.type, kind.genre) == (type_, genre):
            return kind
    known = [known for known in genres(type_) if known]
    if genre is None:
        raise ValueError(f'a source of type "{type_}" needs one: {", ".join(known)}')
    if not known:
        raise ValueError(f'a source of type "{type_}" has none; delete it')
    raise ValueError(_not_one_of(genre, known))


def describe(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema of a source what its type and genre ask of it."""
    schema["properties"]["type"]["enum"] = types()
    schema["dependentRequired"] = {"title": ["language"]}
    schema["allOf"] = [*map(_genres_of_type, types()), *map(_needs_of_kind, KINDS)]


def _genres_of_type(type_: str) -> dict[str, Any]:
    known = [genre for genre in genres(type_) if genre]
    then: dict[str, Any] = {"properties": {"genre": {"enum": known} if known else False}}
    if None not in genres(type_):
        then["required"] = ["genre"]
    return {"if": {"properties": {"type": {"const": type_}}, "required": ["type"]}, "then": then}


def _needs_of_kind(kind: SourceKind) -> dict[str, Any]:
    told: dict[str, Any] = {"type": {"const": kind.type}}
    if kind.genre:
        told["genre"] = {"const": kind.genre}
    needs = [key for key in kind.needs if key != "title"]  # It may stand elsewhere.
    asked: dict[str, Any] = {key: {"minItems": 1} for key in needs}
    for key in ("outcome", "round"):
        if key not in needs:
            asked[key] = False
    condition = {"properties": told, "required": list(told)}
    if not kind.genre:
        condition["not"] = {"required": ["genre"]}
    return {"if": condition, "then": {"properties": asked, "required": needs}}


def _not_one_of(word: str, known: list[str]) -> str:
    return f"{quoted(word)} is not one of: {', '.join(known)}{did_you_mean(word, known)}"
