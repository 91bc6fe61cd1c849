"""Editors' questions that are still open: each once, whatever the number of languages.

A language folder asks its questions in its own words and in the same order as the others, so
that the first of a file is the first of that file in every language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..problems import Place
from .edition import Edition, Language


@dataclass(frozen=True)
class OpenQuery:
    """One question to the editors."""

    words: str
    """The question, in the first language that asks it."""
    places: tuple[Place, ...]
    """Where it stands, once for each language that asks it."""

    def __str__(self) -> str:
        places = ", ".join(f"{place.file}:{place.line}" for place in self.places)
        return f"{places}: {self.words}"


def open_queries(edition: Edition) -> list[OpenQuery]:
    """The open questions: those about the whole edition, then those about each measure."""
    asked: dict[tuple[str, int], list[tuple[Place, str]]] = {}
    for language in edition.languages.values():
        for file, queries in _files(edition, language):
            for index, words in enumerate(queries):
                place = edition.files[f"{language.tag}/{file}"].place(("queries", index))
                asked.setdefault((file, index), []).append((place, words))
    files = [file for file, _ in _files(edition, next(iter(edition.languages.values())))]
    in_order = sorted(asked, key=lambda key: (files.index(key[0]), key[1]))
    return [
        OpenQuery(asked[key][0][1], tuple(place for place, _ in asked[key])) for key in in_order
    ]


def _files(edition: Edition, language: Language) -> Iterator[tuple[str, list[str]]]:
    yield "edition.yaml", language.edition.queries
    for measure in edition.measures:
        yield f"measures/{measure.id}.yaml", language.measures[measure.id].queries
