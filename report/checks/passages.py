"""The prose of an edition as the editorial checks read it: words, sentences and their places.

A passage keeps the offsets of its text: markup is not removed but masked by characters of the
same length, so that every finding leads back to a line and a column of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from markdown_it.token import Token
from pydantic import BaseModel

from ..edition.edition import Edition, Language
from ..edition.figures import FIGURES_FILE
from ..pages.markdown import Tree, read, read_line
from ..problems import Place
from ..yamlfile import Key

MARKUP = "\u2060"
"""Stands for markup that prints nothing by itself."""
VALUE = "\ufffc"
"""Stands for what is filled in: a computed value or a cross-reference."""

NARRATIVE = ("introduction", "method", "reason", "analysis", "conclusions", "figures.caption")
"""Fields that say what the publishers found, and so need sources."""

BLOCKS = (
    *NARRATIVE, "agreement.text", "questions", "new", "ended",
    "headings.replies_intro",
)  # fmt: skip
"""Fields that are printed as paragraphs and lists; the others are lines."""

LITERAL = ("queries",)
"""Fields that are printed as they stand, without Markdown."""

_SENTENCE_END = re.compile(
    r"[.!?…]+[\"”»’)\]\u2060]*(?=\s+[\"“«(\u2060]*[^\W\d_a-zà-öø-ÿ]|\s+\ufffc|\s*$)"
)
_PLACEHOLDER = re.compile(r"\{\w+\}")
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
        """The name of the field, without list positions and keys: ``agreement.text``."""
        if self.path[0] == "questions":  # Beneath it stand keys of questionnaires.
            return "questions"
        parts = [part for part in self.path if isinstance(part, str)]
        if self.file.endswith(FIGURES_FILE):
            del parts[1:2]
        return ".".join(parts)

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
    def _tree(self) -> Tree:
        if self.field in LITERAL:
            return Tree()
        return read(self.raw) if self.field in BLOCKS else read_line(self.raw)

    @cached_property
    def _inline(self) -> list[Token]:
        return list(self._tree.inline())

    def _spans(self, kind: str, named: str = "") -> list[Span]:
        """Where the inline tokens of a kind stand, with what they name."""
        return [
            Span(t.meta["start"], t.meta["end"], t.meta.get(named, ""))
            for t in self._inline
            if t.type == kind
        ]

    def _pairs(self, opening: str, closing: str) -> Iterator[tuple[Token, Token]]:
        """Each inline token that opens something, with the one that closes it."""
        opened: list[Token] = []
        for token in self._inline:
            if token.type == opening:
                opened.append(token)
            elif token.type == closing:
                yield opened.pop(), token

    @cached_property
    def citations(self) -> list[Span]:
        """Each source cited, in order."""
        cited = [c for token in self._inline for c in token.meta.get("citations", ())]
        return [Span(c.start, c.start + 1 + len(c.key), c.key) for c in cited]

    @cached_property
    def notes(self) -> list[Span]:
        """Each note, its marks included."""
        return self._spans("note")

    @cached_property
    def references(self) -> list[Span]:
        """Each cross-reference."""
        return self._spans("cross_reference", "target")

    @cached_property
    def values(self) -> list[Span]:
        """Each computed value."""
        return self._spans("value", "path")

    @cached_property
    def foreign(self) -> list[Span]:
        """Words marked as being in another language."""
        return [
            Span(one.meta["start"], other.meta["end"], str(one.attrGet("lang")))
            for one, other in self._pairs("span_open", "span_close")
        ]

    @cached_property
    def links(self) -> list[Span]:
        """The address of each link, as it is written."""
        found = []
        for _, close in self._pairs("link_open", "link_close"):
            address = close.meta["address"]
            start = self.raw.index(address, close.meta["start"])
            found.append(Span(start, start + len(address), address))
        return found

    @cached_property
    def figures(self) -> list[Span]:
        """Each figure that stands in the text, with its key."""
        tokens = self._tree.figures()
        return [Span(t.meta["start"], t.meta["end"], t.meta["key"]) for t in tokens]

    @cached_property
    def items(self) -> list[Span]:
        """Each list item, from its marker to the end of its words, or to the first item in it."""
        found: list[Span] = []
        depth = 0
        for token in self._tree.tokens:
            if token.type == "list_item_open":
                found.append(Span(token.meta["start"], token.meta["start"]))
            elif token.type == "inline" and depth:
                found[-1] = Span(found[-1].start, token.meta["end"])
            depth += token.nesting * token.type.startswith("list_item")
        return found

    @cached_property
    def bold(self) -> int:
        """How many stretches are in bold type."""
        return len(self._spans("strong_open"))

    @cached_property
    def literal(self) -> str:
        """What is printed as it is typed, with markup masked: as long as ``raw``."""
        return self._masked(_masks_of_markup)

    @cached_property
    def text(self) -> str:
        """The words, with markup and what stands beside citations masked: as long as ``raw``."""
        text = self._masked(_masks)
        return _PLACEHOLDER.sub(lambda match: VALUE * len(match[0]), text)

    def _masked(self, masks: Callable[[Token], Iterator[Span]]) -> str:
        characters = list(self.raw)
        for figure in self.figures:
            characters[figure.start : figure.end] = MARKUP * (figure.end - figure.start)
        for token in self._inline:
            for span in masks(token):
                characters[span.start : span.end] = span.value * (span.end - span.start)
        return "".join(characters)

    # -- structure

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Paragraphs, and lists and quotations as wholes, with their kind."""
        whole = [Span(0, len(self.raw))]
        return [
            Span(token.meta["start"], token.meta["end"], token.type.removesuffix("_open"))
            for token in self._tree.tokens
            if token.level == 0 and token.nesting >= 0 and token.type != "figure"
        ] or whole

    @cached_property
    def leaves(self) -> list[Span]:
        """Each paragraph, those in lists and quotations too."""
        inline = (token for token in self._tree.tokens if token.type == "inline")
        found = [Span(token.meta["start"], token.meta["end"]) for token in inline]
        return found or [Span(0, len(self.raw))]

    @cached_property
    def units(self) -> list[Span]:
        """What one source can cover: a paragraph with the list it introduces, or a list item."""
        units: list[Span] = []
        introduced = False
        for block in self.paragraphs:
            listed = block.value.endswith("list")
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
        cuts |= {leaf.end for leaf in self.leaves}
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


_MARKS = (
    "em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close",
    "span_open", "span_close", "fault",
)  # fmt: skip


def _masks(token: Token) -> Iterator[Span]:
    """What of an inline token is no word, with the character that stands for it."""
    start, end = token.meta["start"], token.meta["end"]
    if token.type in ("value", "cross_reference"):
        yield Span(start, end, VALUE)
    elif token.type in _MARKS or token.meta.get("citations"):
        yield Span(start, end, MARKUP)
    elif token.type == "note":
        yield Span(start, start + len(token.markup), MARKUP)
        yield Span(end - 1, end, MARKUP)
    elif token.markup.startswith("\\"):
        yield Span(start, start + 1, MARKUP)


def _masks_of_markup(token: Token) -> Iterator[Span]:
    """As ``_masks``, but words beside a citation stay."""
    citations = token.meta.get("citations")
    if not citations:
        yield from _masks(token)
        return
    for citation in citations:
        yield Span(citation.start, citation.start + 1 + len(citation.key), MARKUP)
    if citations[0].start > token.meta["start"]:
        yield Span(token.meta["start"], token.meta["start"] + 1, MARKUP)
        yield Span(token.meta["end"] - 1, token.meta["end"], MARKUP)


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
        ended = {measure.id for measure in self.edition.ended}
        for measure, text in language.measures.items():
            file = f"{language.tag}/measures/{measure}.yaml"
            passages = self._fields(language, file, text, measure)
            yield from (p for p in passages if measure not in ended or p.field == "ended")
        if (file := f"{language.tag}/{FIGURES_FILE}") in self.texts:
            yield from self._fields(language, file, language.figures, None)

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
    def cited(self) -> set[str]:
        """The key of every source that a text cites, those of ended measures included."""
        return {
            citation.value
            for language in self.edition.languages.values()
            for measure in self.edition.ended
            if measure.id in language.measures
            for passage in self._fields(
                language,
                f"{language.tag}/measures/{measure.id}.yaml",
                language.measures[measure.id],
                measure.id,
            )
            for citation in passage.citations
        } | {citation.value for passage in self.passages for citation in passage.citations}

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
