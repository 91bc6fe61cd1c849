"""Prose in the language's typography: what Markdown means, and what in it leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from babel import Locale
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

from ..addresses import fault as address_fault
from ..edition.edition import Text
from ..edition.model import NoteCall, Source
from ..problems import Finding, Kind, Place, did_you_mean
from .markdown import Citation, Fault, Tree, descend, read, read_line
from .typography import NO_BREAK_SPACE, WORD_JOINER, Typesetter

_CLOSING_BEFORE = re.compile(r"[ \u00a0\u202f]?[.,;:!?…]+$")
_CLOSING_AFTER = re.compile(r"^(?:[.,;:!?…”“»)]|[’‘](?!\w))+")
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LANGUAGES = Locale("en").languages.keys()

_NO_BLOCKS = (
    "this text is one paragraph; write it without blank lines, lists, quoted blocks or figures"
)
_BETWEEN_CALLS = f",{NO_BREAK_SPACE}"


class Values:
    """What ``{{ … }}`` may name: nested groups of numbers, dates and texts."""

    def __init__(
        self, groups: Mapping[str, Any], filters: Mapping[str, Callable[[Any], str]]
    ) -> None:
        self.groups = groups
        self.filters = filters

    def resolve(self, path: str, name: str | None) -> tuple[str, str]:
        """The text of ``{{ path | name }}``, and why there is none (one of the two is empty)."""
        value: Any = self.groups
        for part in path.split("."):
            if not isinstance(value, Mapping) or part not in value:
                known = value if isinstance(value, Mapping) else ()
                return "", f'unknown value "{path}"{did_you_mean(part, known)}'
            value = value[part]
        if name and name not in self.filters:
            return "", f'unknown filter "{name}"{did_you_mean(name, self.filters)}'
        if isinstance(value, Mapping):
            return "", f'"{path}" is a group; name one of: {", ".join(value)}'
        if name and not isinstance(value, int):
            return "", f'"{path}" is not a number, so "{name}" cannot be applied'
        return (self.filters[name](value) if name else str(value)), ""


@dataclass(frozen=True)
class Parsed:
    """Prose as tokens, and the problems found in it."""

    source: Text
    tokens: list[Token]
    problems: list[Finding]

    def walk(self) -> Iterator[Token]:
        """Every inline token, those inside notes included."""
        for token in self.tokens:
            yield from descend(token.children or [])


class Parser:
    """Parses the prose of one language."""

    def __init__(
        self,
        typesetter: Typesetter,
        values: Values,
        sources: Mapping[str, Source],
        measures: Sequence[str],
        figures: Collection[str] = (),
    ) -> None:
        self.typesetter = typesetter
        self.values = values
        self.sources = sources
        self.measures = measures
        self.figures = figures
        self._quotes = MarkdownIt("zero", {"quotes": list(typesetter.rules.quotes)})

    def parse(self, text: Text) -> Parsed:
        """Parse ``text`` as blocks."""
        tree = read(text.raw)
        return self._parsed(text, tree, [*tree.faults, *tree.interruptions])

    def parse_paragraph(self, text: Text) -> Parsed:
        """Parse ``text`` as one paragraph; any other block in it is a problem."""
        tree = read(text.raw)
        blocks = [token for token in tree.tokens if token.level == 0 and token.nesting >= 0]
        others = blocks[1:] if blocks and blocks[0].type == "paragraph_open" else blocks
        starts = [token.meta["start"] for token in others]
        starts += [interruption.start for interruption in tree.interruptions]
        places = [_place(text, min(starts))] if starts else []
        # Folding leaves one line end of each blank line, which is no end of a paragraph.
        if text.folded and (gap := re.search(r"(?<=\S)\n+(?=\S)", text.raw)):
            places.append(text.place.moved(text.folded, gap.end() + 1))
        parsed = self._parsed(text, tree, tree.faults)
        inline = [token for token in parsed.tokens if token.type == "inline"]
        problems = [
            *parsed.problems,
            *(Finding(place, _NO_BLOCKS, Kind.PROSE) for place in places[:1]),
        ]
        return Parsed(text, inline, problems)

    def parse_line(self, text: Text) -> Parsed:
        """Parse ``text`` as a single line without blocks."""
        tree = read_line(text.raw)
        return self._parsed(text, tree, tree.faults)

    def quoted(self, text: str) -> str:
        """Plain ``text`` with the language's quotation marks and apostrophes."""
        token = _text(text)
        self._turn_quotes([token])
        return token.content.replace("'", "’")

    def _turn_quotes(self, tokens: list[Token]) -> None:
        process_inlines(tokens, StateCore("", self._quotes, {}))

    # -- typesetting

    def _parsed(self, text: Text, tree: Tree, faults: Iterable[Fault]) -> Parsed:
        found = [*faults, *self._faults(tree)]
        found.sort(key=lambda fault: fault.start)
        problems = [
            Finding(_place(text, fault.start), fault.message, fault.code) for fault in found
        ]
        tokens = [
            token.copy(children=self._typeset(token.children or []))
            if token.type == "inline"
            else token
            for token in tree.tokens
        ]
        _mark_repeats(tokens)
        return Parsed(text, tokens, problems)

    def _typeset(self, children: Sequence[Token]) -> list[Token]:
        tokens = [self._filled(token) for token in children]
        self._turn_quotes(tokens)
        tokens = _joined(tokens)
        for token in tokens:
            if token.type == "text":
                # What the pairing of quotation marks left over is an apostrophe.
                token.content = self.typesetter.text(token.content.replace("'", "’"))
        return _with_calls_placed(tokens, self.typesetter.rules.note_call)

    def _filled(self, token: Token) -> Token:
        """A copy of an inline token, with the text that it stands for."""
        match token.type:
            case "value":
                text, _ = self.values.resolve(token.meta["path"], token.meta["filter"])
                return _text(text, token.level)
            case "mention":
                return _text(token.content, token.level)
            case "note" if token.children is not None:
                return token.copy(children=self._typeset(token.children))
        citations = [self._quoted_citation(citation) for citation in _citations(token)]
        return token.copy(meta={**token.meta, "citations": citations})

    def _quoted_citation(self, citation: Citation) -> Citation:
        prefix, locator = self.quoted(citation.prefix), self.quoted(citation.locator)
        return replace(citation, prefix=prefix, locator=locator)

    # -- what leads nowhere

    def _faults(self, tree: Tree) -> Iterator[Fault]:
        for block in tree.figures():
            if (key := block.meta["key"]) not in self.figures:
                message = f'unknown figure "{key}"{did_you_mean(key, self.figures)}'
                yield Fault(block.meta["start"], message)
        for token in tree.inline():
            if token.meta.get("fault"):
                continue
            start = token.meta["start"]
            for message in self._misses(token):
                yield Fault(start, message)
            address = str(token.attrGet("href"))
            if token.type == "link_open" and (fault := address_fault(address)):
                yield Fault(start, f'"{address}" {fault}', Kind.LINK_FORM)

    def _misses(self, token: Token) -> Iterator[str]:
        match token.type:
            case "value":
                _, fault = self.values.resolve(token.meta["path"], token.meta["filter"])
                if fault:
                    yield fault
            case "mention" if token.meta["key"] in self.sources:
                yield f"a citation stands in brackets: [@{token.meta['key']}]"
            case "cross_reference" if (target := token.meta["target"]) not in self.measures:
                yield f'unknown measure "{target}"{did_you_mean(target, self.measures)}'
            case "span_open":
                yield from _language_misses(str(token.attrGet("lang")))
        for citation in _citations(token):
            yield from self._citation_misses(citation.key)

    def _citation_misses(self, key: str) -> Iterator[str]:
        if key not in self.sources:
            yield f'unknown source "{key}"{did_you_mean(key, self.sources)}'
        elif not self.sources[key].citable:
            yield f'"{key}" is a reply that was not received; it cannot be cited'


def _language_misses(tag: str) -> Iterator[str]:
    if not _LANGUAGE_TAG.fullmatch(tag):
        yield "braces after words hold their language alone, like {lang=en}"
    elif tag.split("-")[0] not in _LANGUAGES:
        yield f'unknown language "{tag}"; braces hold a code of ISO 639, like {{lang=en}}'


def _place(text: Text, offset: int) -> Place:
    # Folding turned line ends into spaces, one for one.
    return text.place.moved(text.folded or text.raw, offset)


def _citations(token: Token) -> list[Citation]:
    """The sources cited by this very token."""
    return list(token.meta.get("citations", ()))


def note_citations(token: Token) -> list[Citation]:
    """The sources a note cites, in order, those in its prose included."""
    return [c for part in descend([token]) for c in _citations(part)]


def without_notes(parsed: Parsed) -> Parsed:
    """``parsed`` without its notes and what joins their calls to the text."""
    tokens = [token.copy(children=_uncalled(token.children or [])) for token in parsed.tokens]
    return replace(parsed, tokens=tokens)


def _uncalled(children: Sequence[Token]) -> list[Token]:
    kept = []
    for token, following in zip(children, [*children[1:], None], strict=True):
        if token.type == "text" and following and following.type == "note":
            kept.append(token.copy(content=token.content.removesuffix(WORD_JOINER)))
        elif token.type not in ("note", "between_calls"):
            kept.append(token)
    return kept


class Repeat(StrEnum):
    """Where the note before stands that cites just what a note cites (``repeats`` in its meta)."""

    PARAGRAPH = "paragraph"
    TEXT = "text"


def _mark_repeats(blocks: Iterable[Token]) -> None:
    """Mark the notes that say the same as the one before them in the text."""
    before, its_block = None, None
    for block in blocks:
        for token in block.children or []:
            if token.type == "note":
                if before and _cite_the_same(before, token):
                    in_paragraph = block is its_block
                    token.meta["repeats"] = Repeat.PARAGRAPH if in_paragraph else Repeat.TEXT
                before, its_block = token, block


def _cite_the_same(one: Token, other: Token) -> bool:
    """Whether two notes cite the same places of the same sources, without words of their own."""
    alone = one.children is None and other.children is None
    return alone and _citations(one) == _citations(other)


def _text(content: str, level: int = 0) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _joined(children: list[Token]) -> list[Token]:
    """``children`` with text that only line ends and escapes divide in one token.

    So a name or a number with its unit is found although the file breaks the line there.
    """
    joined: list[Token] = []
    for token in children:
        if token.type not in ("text", "text_special", "softbreak"):
            joined.append(token)
            continue
        content = " " if token.type == "softbreak" else token.content
        if joined and joined[-1].type == "text":
            joined[-1].content += content
        else:
            joined.append(_text(content))
    return joined


def _with_calls_placed(children: list[Token], rule: NoteCall) -> list[Token]:
    """``children`` with note calls on the side of closing punctuation that the language wants.

    A call is glued to what stands before it, so that it never starts a line.
    """
    children = _without_doubles(_without_spaces_between_calls(children))
    runs = [list(run) for _, run in groupby(children, key=lambda token: token.type == "note")]
    if children and children[0].type == "note":
        runs.insert(0, [])
    runs.append([])
    for preceding, following in zip(runs[:-2:2], runs[2::2], strict=True):
        before, after = _text_at_end(preceding), _text_at_start(following)
        before.content = before.content.rstrip()
        if rule is NoteCall.BEFORE:
            last = _last_words(preceding)
            words = _CLOSING_BEFORE.sub("", last.content)
            after.content = last.content.removeprefix(words) + after.content
            last.content = words
        else:
            rest = _CLOSING_AFTER.sub("", after.content)
            before.content += after.content.removesuffix(rest)
            after.content = rest
        if before.content or len(preceding) > 1:
            before.content += WORD_JOINER
    placed = (token for run in runs for token in run)
    return list(_with_calls_apart(t for t in placed if t.type != "text" or t.content))


def _without_spaces_between_calls(tokens: list[Token]) -> list[Token]:
    beside = zip([None, *tokens], tokens, [*tokens[1:], None], strict=False)
    return [
        token
        for before, token, after in beside
        if not (token.type == "text" and token.content.isspace())
        or not (before and after and before.type == after.type == "note")
    ]


def _without_doubles(tokens: list[Token]) -> list[Token]:
    """``tokens`` without a note right after one that says the same."""
    return [
        token
        for before, token in zip([None, *tokens], tokens, strict=False)
        if not (before and before.type == token.type == "note" and _cite_the_same(before, token))
    ]


def _with_calls_apart(tokens: Iterable[Token]) -> Iterator[Token]:
    """``tokens`` with a comma between calls side by side, which would read as one number."""
    after_call = False
    for token in tokens:
        if token.type == "note" and after_call:
            yield Token("between_calls", "", 0, content=_BETWEEN_CALLS)
        if not token.nesting and token.content != WORD_JOINER:
            after_call = token.type == "note"
        yield token


def _text_at_end(run: list[Token]) -> Token:
    if not run or run[-1].type != "text":
        run.append(_text(""))
    return run[-1]


def _last_words(run: list[Token]) -> Token:
    """The text that ``run`` ends with, inside or outside of emphasis."""
    for token in reversed(run):
        if token.type == "text" and token.content:
            return token
        if token.type != "text" and token.nesting >= 0:
            break
    return run[-1]


def _text_at_start(run: list[Token]) -> Token:
    if not run or run[0].type != "text":
        run.insert(0, _text(""))
    return run[0]
