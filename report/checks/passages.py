"""The prose of an edition as the editorial checks read it: words, sentences and their places.

A passage keeps the offsets of its text: markup is not removed but masked by characters of the
same length, so that every finding leads back to a line and a column of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from ..edition.edition import Edition, Language
from ..problems import Place
from ..yamlfile import Key

MARKUP = "\u2060"
"""Stands for markup that prints nothing by itself."""
VALUE = "\ufffc"
"""Stands for what is filled in: a computed value or a cross-reference."""

NARRATIVE = ("introduction", "method", "reason", "analysis", "conclusions")
"""Fields that say what the publishers found, and so need sources."""

_CITATION = re.compile(r"(?<!\^)\[[^\[\]]*@[^\[\]]*\](?!\()")
_BARE_CITATION = re.compile(r"(?<![\w.])@[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*\w)?")
_KEY = re.compile(r"@([A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*\w)?)")
_VALUE = re.compile(r"\{\{\s*([\w.]+)[^{}]*\}\}")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_REFERENCE = re.compile(r"\[\]\(#([\w-]*)\)")
_SPAN_OPEN = re.compile(r"\[(?=[^\[\]]*\]\{lang=)")
_SPAN_CLOSE = re.compile(r"\]\{lang=[\w\"'-]+\}")
_LINK_OPEN = re.compile(r"\[(?=[^\[\]]*\]\()")
_LINK_CLOSE = re.compile(r"\]\([^()\s]*\)")
_NOTE_OPEN = re.compile(r"\^\[")
_BOLD = re.compile(r"\*\*")
_MARKS = re.compile(r"\*|\\(?=[^\w\s])")
_ITEM = re.compile(r"^[ \t]*(?:[-*]|\d+[.)])[ \t]+", re.M)
_BREAK = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(
    r"[.!?…]+[\"”»’)\]\u2060]*(?=\s+[\"“«(\u2060]*[^\W\d_a-zà-öø-ÿ]|\s+\ufffc|\s*$)"
)
WORD = re.compile(r"[^\W\d_]+(?:['’-]*[^\W\d_]+)*")


@dataclass(frozen=True)
class Span:
    """A stretch of a passage: offsets of its first character and behind its last."""

    start: int
    end: int
    value: str = ""
    """What it names: the key of a source, a measure or a computed value."""

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end


@dataclass(frozen=True)
class Passage:
    """One text of one language, with where it stands."""

    language: str
    file: str
    path: Key
    raw: str
    start: Place
    file_text: str
    measure: str | None = None

    @property
    def field(self) -> str:
        """The name of the field, without list positions: ``agreement.text``."""
        return ".".join(part for part in self.path if isinstance(part, str))

    @property
    def narrative(self) -> bool:
        """Whether it tells what was found."""
        return self.field in NARRATIVE

    @property
    def printed(self) -> bool:
        """Whether a final report prints it."""
        return self.field != "queries"

    def place(self, offset: int) -> Place:
        """Where the character at ``offset`` stands in the file."""
        places = self._places
        return places[min(offset, len(places) - 1)] if places else self.start

    @cached_property
    def _places(self) -> list[Place]:
        """The place of each character, found by matching the text with the file.

        Folding changes only white space, so the visible characters of text and file agree; a
        character written as an escape leaves its successors at the place of the last match.
        """
        lines = self.file_text.split("\n")
        row, column = self.start.line - 1, self.start.column - 1
        places: list[Place] = []
        for character in self.raw:
            found = _next(lines, row, column, character) if not character.isspace() else None
            if found:
                row, column = found
            places.append(Place(self.file, row + 1, column + 1))
            if found or (character == " " and row < len(lines) and column < len(lines[row])):
                column += 1
        return places

    # -- markup

    @cached_property
    def citations(self) -> list[Span]:
        """Each source cited, in order."""
        found = [
            Span(match.start() + key.start(), match.start() + key.end(), key[1])
            for match in _CITATION.finditer(self.raw)
            for key in _KEY.finditer(match[0])
        ]
        seen = {span.start for span in found}
        for match in _BARE_CITATION.finditer(self.raw):
            if match.start() not in seen and any(match.start() in note for note in self.notes):
                found.append(Span(match.start(), match.end(), match[0][1:]))
        return sorted(found, key=lambda span: span.start)

    @cached_property
    def notes(self) -> list[Span]:
        """Each inline note, its marks included."""
        return [
            Span(match.start(), _closing(self.raw, match.end()))
            for match in _NOTE_OPEN.finditer(self.raw)
        ]

    @cached_property
    def references(self) -> list[Span]:
        """Each cross-reference."""
        return [Span(*m.span(), m[1]) for m in _REFERENCE.finditer(self.raw)]

    @cached_property
    def values(self) -> list[Span]:
        """Each computed value."""
        return [Span(*m.span(), m[1]) for m in _VALUE.finditer(self.raw)]

    @cached_property
    def foreign(self) -> list[Span]:
        """Words marked as being in another language."""
        return [
            Span(match.start(), close.end())
            for match in _SPAN_OPEN.finditer(self.raw)
            if (close := _SPAN_CLOSE.search(self.raw, match.end()))
        ]

    @cached_property
    def items(self) -> list[Span]:
        """Each list item, from its marker."""
        starts = [match.start() for match in _ITEM.finditer(self.raw)]
        bounds = pairwise([*starts, len(self.raw)])
        return [Span(start, self._item_end(start, end)) for start, end in bounds]

    def _item_end(self, start: int, end: int) -> int:
        gap = _BREAK.search(self.raw, start, end)
        return gap.start() if gap else end

    @cached_property
    def bold(self) -> int:
        """How many stretches are in bold type."""
        return len(_BOLD.findall(self.raw)) // 2

    @cached_property
    def text(self) -> str:
        """The words, with markup masked: as long as ``raw``."""
        text = self.raw
        for pattern, mask in (
            (_VALUE, VALUE),
            (_REFERENCE, VALUE),
            (_CITATION, MARKUP),
            (_SPAN_OPEN, MARKUP),
            (_SPAN_CLOSE, MARKUP),
            (_LINK_OPEN, MARKUP),
            (_LINK_CLOSE, MARKUP),
            (_PLACEHOLDER, VALUE),
            (_NOTE_OPEN, MARKUP),
            (_BOLD, MARKUP),
            (_MARKS, MARKUP),
        ):
            text = pattern.sub(lambda match, mask=mask: mask * len(match[0]), text)  # type: ignore[misc]
        for note in self.notes:
            inside = text[note.start : note.end - 1]
            bare = _BARE_CITATION.sub(lambda match: MARKUP * len(match[0]), inside)
            text = text[: note.start] + bare + MARKUP + text[note.end :]
        return text

    # -- structure

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Blocks between blank lines."""
        starts = [0, *(match.end() for match in _BREAK.finditer(self.raw))]
        ends = [*(match.start() for match in _BREAK.finditer(self.raw)), len(self.raw)]
        return [Span(a, b) for a, b in zip(starts, ends, strict=True) if self.raw[a:b].strip()]

    @cached_property
    def units(self) -> list[Span]:
        """What one source can cover: a paragraph with the list it introduces, or a list item."""
        units: list[Span] = []
        introduced = False
        for block in self.paragraphs:
            listed = bool(_ITEM.match(self.raw, block.start))
            if listed and introduced:
                units[-1] = Span(units[-1].start, block.end)
                continue
            if listed:
                units += [item for item in self.items if item.start in block]
                continue
            visible = self.text[block.start : block.end].replace(MARKUP, "").rstrip()
            introduced = visible.endswith(":")
            units.append(block)
        return units

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences; an item of a list and a paragraph end one too."""
        cuts = {0, len(self.raw)}
        cuts |= {match.end() for match in _SENTENCE_END.finditer(self.text)}
        cuts |= {match.end() for match in _BREAK.finditer(self.raw)}
        cuts |= {item.start for item in self.items}
        ordered = sorted(cuts)
        return [Span(a, b) for a, b in pairwise(ordered) if self.raw[a:b].strip()]

    def sentence(self, offset: int) -> Span:
        """The sentence that holds ``offset``."""
        return _holding(self.sentences, offset, len(self.raw))

    def unit(self, offset: int) -> Span:
        """The unit that holds ``offset``."""
        return _holding(self.units, offset, len(self.raw))

    def cited(self, span: Span) -> list[str]:
        """The sources cited in ``span``."""
        return [citation.value for citation in self.citations if citation.start in span]

    @cached_property
    def words(self) -> list[Span]:
        """Every word, outside markup."""
        return [Span(*match.span(), match[0]) for match in WORD.finditer(self.text)]


def _next(lines: list[str], row: int, column: int, character: str) -> tuple[int, int] | None:
    """Where ``character`` stands next, white space and quotes of YAML skipped."""
    while row < len(lines):
        line = lines[row]
        while column < len(line) and line[column] != character:
            if not (line[column].isspace() or line[column] in "'\"\\"):
                return None
            column += 1
        if column < len(line):
            return row, column
        row, column = row + 1, 0
    return None


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one before ``start``."""
    depth = 1
    for offset in range(start, len(text)):
        depth += (text[offset] == "[") - (text[offset] == "]")
        if depth == 0:
            return offset + 1
    return len(text)


def _holding(spans: list[Span], offset: int, length: int) -> Span:
    return next((span for span in spans if offset in span), Span(0, length))


@dataclass(frozen=True)
class Checked:
    """An edition as the rules see it."""

    edition: Edition
    texts: dict[str, str]
    """The text of each file read."""

    @cached_property
    def passages(self) -> list[Passage]:
        """Every text of every language, in the order of the files' fields."""
        return [
            passage
            for language in self.edition.languages.values()
            for passage in self._of(language)
        ]

    def _of(self, language: Language) -> Iterator[Passage]:
        yield from self._fields(language, f"{language.tag}/edition.yaml", language.edition, None)
        for measure, text in language.measures.items():
            file = f"{language.tag}/measures/{measure}.yaml"
            yield from self._fields(language, file, text, measure)

    def _fields(
        self, language: Language, file: str, model: BaseModel, measure: str | None
    ) -> Iterator[Passage]:
        yaml = self.edition.files[file]
        for path, value in _strings(model, ()):
            if path != ("agreement", "kind"):
                yield Passage(
                    language.tag, file, path, value, yaml.place(path), self.texts[file], measure
                )

    @cached_property
    def labels(self) -> list[Passage]:
        """The names and fixed words of every language that notes and headings print."""
        found = []
        for language in self.edition.languages.values():
            for name, model in (("names", language.names), ("labels", language.labels)):
                file = f"{language.tag}/{name}.yaml"
                yaml = self.edition.files[file]
                found += [
                    Passage(language.tag, file, path, value, yaml.place(path), self.texts[file])
                    for path, value in _strings(model, ())
                    if path[0] not in ("typography", "addresses", "checks", "language")
                ]
        return found

    def language(self, passage: Passage) -> Language:
        """The language of a passage."""
        return self.edition.languages[passage.language]

    def place(self, file: str, *path: str | int) -> Place:
        """Where a value of a file of facts stands."""
        return self.edition.files[file].place(path)


def _strings(value: Any, path: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, item in value:
            yield from _strings(item, (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, (*path, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))


def printed(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Those passages that a final report prints."""
    return (passage for passage in passages if passage.printed)


def read_checked(edition: Edition) -> Checked:
    """``edition`` with the text of its files, whatever their line ends, ready for the rules.

    Files that are no YAML are left out.
    """
    texts = {
        name: (edition.folder / name)
        .read_text(encoding="utf-8-sig")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        for name, file in edition.files.items()
        if not file.problems
    }
    return Checked(edition, texts)
