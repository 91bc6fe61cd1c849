"""Prose: Markdown with Pandoc citations and inline notes, MyST cross-references and values.

=========================  =====================================================
``[@key]``                 a note that cites a source (Pandoc citation syntax)
``[see @a, p. 3; @b]``     a note with prefix, locator and several sources
``^[text, citing @key]``   a note with prose (Pandoc inline note)
``[](#measure)``           a cross-reference to a measure (MyST)
``[word]{lang=en}``        words in another language (Pandoc bracketed span)
``{{ dates.key | words }}``  a computed value
=========================  =====================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from ..addresses import fault as address_fault
from ..edition.edition import Text
from ..edition.model import NoteCall, Source
from ..problems import Finding, Kind, Place, did_you_mean
from .typography import WORD_JOINER, Typesetter

_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
_CITATION = re.compile(
    rf"^(?P<prefix>.*?)\s*(?<!\w)@(?P<key>{_KEY})(?:,\s*(?P<locator>.+))?$", re.DOTALL
)
_BARE_CITATION = re.compile(rf"(?<!\w)@(?P<key>{_KEY})")
_VALUE = re.compile(r"\{\{\s*(?P<path>[\w.]+)\s*(?:\|\s*(?P<filter>\w+)\s*)?\}\}")
_CLOSING_BEFORE = re.compile(r"[ \u00a0\u202f]?[.,;:!?…]+$")
_CLOSING_AFTER = re.compile(r"^(?:[.,;:!?…”“»)]|[’‘](?!\w))+")

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(r"\{\{|[\[*]|(?<!\w)_[^_]+_(?!\w)")
_BRACES = re.compile(r"\{(?!\{)[^{}]*\}")
_LAST_LIST_START = 999

_Rule = Callable[[StateInline, bool], bool]

_NOT_A_VALUE = "between {{ and }} stands the name of a value, like {{ counts.total | words }}"

_NO_BRACES = "braces cannot follow a note; delete them"
_NO_BLOCKS = "this text is one paragraph; write it without blank lines, lists or quoted blocks"

_INLINE_RULES = ["text", "newline", "escape", "link", "emphasis"]
_BLOCK_RULES = ["list", "blockquote", "paragraph"]


@dataclass(frozen=True)
class Citation:
    """One source cited in a note."""

    key: str
    prefix: str = ""
    locator: str = ""


class Values:
    """What ``{{ … }}`` may name: nested groups of numbers, dates and texts."""

    def __init__(
        self, groups: Mapping[str, Any], filters: Mapping[str, Callable[[Any], str]]
    ) -> None:
        self.groups = groups
        self.filters = filters

    def resolve(self, expression: re.Match[str]) -> tuple[str, str]:
        """The text of an expression, and why there is none (one of the two is empty)."""
        value: Any = self.groups
        for part in expression["path"].split("."):
            if not isinstance(value, Mapping) or part not in value:
                known = value if isinstance(value, Mapping) else ()
                return "", f'unknown value "{expression["path"]}"{did_you_mean(part, known)}'
            value = value[part]
        name = expression["filter"]
        if name and name not in self.filters:
            return "", f'unknown filter "{name}"{did_you_mean(name, self.filters)}'
        if isinstance(value, Mapping):
            return "", f'"{expression["path"]}" is a group; name one of: {", ".join(value)}'
        if name and not isinstance(value, int):
            return "", f'"{expression["path"]}" is not a number, so "{name}" cannot be applied'
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
            yield from _descend(token.children or [])


def _descend(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _descend(token.children or [])


class Parser:
    """Parses the prose of one language."""

    def __init__(
        self,
        typesetter: Typesetter,
        values: Values,
        sources: Mapping[str, Source],
        measures: Sequence[str],
    ) -> None:
        self.typesetter = typesetter
        self.values = values
        self.sources = sources
        self.measures = measures
        self._markdown = self._configured()

    def _configured(self) -> MarkdownIt:
        quotes = list(self.typesetter.rules.quotes)
        markdown = MarkdownIt("zero", {"typographer": True, "quotes": quotes, "html": False})
        markdown.enable(_INLINE_RULES + _BLOCK_RULES + ["smartquotes"])
        markdown.enable(["balance_pairs", "fragments_join"])
        # An address that may not be linked is a problem to report, not text to print.
        markdown.validateLink = lambda url: True  # type: ignore[method-assign]
        attrs_plugin(markdown, spans=True, allowed=["lang"])
        for rule in markdown.inline.ruler.__rules__:
            if rule.name in ("link", "span"):
                markdown.inline.ruler.at(rule.name, _located(rule.fn))
        before_link = markdown.inline.ruler.before
        before_link("link", "value", _value_rule(self.values))
        before_link("link", "citation", _citation_rule)
        before_link("link", "note", _note_rule)
        before_link("link", "cross_reference", _cross_reference_rule)
        before_link("link", "source", _source_rule(self.sources))
        markdown.core.ruler.push("typesetting", self._typeset)
        return markdown

    def parse(self, text: Text) -> Parsed:
        """Parse ``text`` as blocks."""
        tokens = self._markdown.parse(text.raw)
        return Parsed(text, tokens, list(self._problems(text, tokens)))

    def parse_paragraph(self, text: Text) -> Parsed:
        """Parse ``text`` as one paragraph; any other block in it is a problem."""
        parsed = self.parse(text)
        blocks = [token for token in parsed.tokens if token.level == 0 and token.nesting >= 0]
        others = blocks[1:] if blocks and blocks[0].type == "paragraph_open" else blocks
        places = [_locate(text, block, block) for block in others]
        # Folding leaves one line end of each blank line, which is no end of a paragraph.
        if text.folded and (gap := re.search(r"(?<=\S)\n+(?=\S)", text.raw)):
            places.append(text.place.moved(text.folded, gap.end() + 1))
        problems = [
            *parsed.problems,
            *(Finding(place, _NO_BLOCKS, Kind.PROSE) for place in places[:1]),
        ]
        inline = [token for token in parsed.tokens if token.type == "inline"]
        return Parsed(text, inline, problems)

    def parse_line(self, text: Text) -> Parsed:
        """Parse ``text`` as a single line without blocks."""
        tokens = self._markdown.parseInline(text.raw)
        return Parsed(text, tokens, list(self._problems(text, tokens)))

    def quoted(self, text: str) -> str:
        """Plain ``text`` with the language's quotation marks and apostrophes."""
        token = _text(text)
        process_inlines([token], StateCore(text, self._markdown, {}))
        return token.content.replace("'", "’")

    def _typeset(self, state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = self._typeset_inline(token.children or [], state)

    def _typeset_inline(self, children: list[Token], state: StateCore) -> list[Token]:
        children = _joined(children)
        for token in children:
            if token.type == "text":
                # What the pairing of quotation marks left over is an apostrophe.
                token.content = self.typesetter.text(token.content.replace("'", "’"))
            elif token.type == "note" and token.children:
                process_inlines(token.children, state)
                token.children = self._typeset_inline(token.children, state)
            elif citations := _citations(token):
                token.meta["citations"] = [self._quoted_citation(c) for c in citations]
        return _with_calls_placed(children, self.typesetter.rules.note_call)

    def _quoted_citation(self, citation: Citation) -> Citation:
        prefix, locator = self.quoted(citation.prefix), self.quoted(citation.locator)
        return replace(citation, prefix=prefix, locator=locator)

    def _problems(self, text: Text, tokens: list[Token]) -> Iterator[Finding]:
        numbers: dict[int, int] = {}  # of the next item, by the level of its list
        for block in tokens:
            if block.type == "ordered_list_open":
                start = block.attrGet("start")
                numbers[block.level + 1] = first = 1 if start is None else int(start)
                if first > _LAST_LIST_START:
                    plain = f"{first}\\{block.markup}"
                    message = f"this begins a list at {first}; for a sentence, write {plain}"
                    yield Finding(_locate(text, block, block), message, Kind.PROSE)
            elif block.type == "list_item_open" and block.info:
                number = numbers[block.level]
                numbers[block.level] += 1
                if int(block.info) != number:
                    right = f"{number}{block.markup}"
                    message = f"this item would be numbered {number}; write {right}"
                    yield Finding(_locate(text, block, block), message, Kind.PROSE)
            for token in _descend(block.children or []):
                for message in self._faults(token):
                    yield Finding(_locate(text, block, token), message, Kind.PROSE)
                if token.type == "link_open":
                    address = str(token.attrGet("href"))
                    if fault := address_fault(address):
                        message = f'"{address}" {fault}'
                        yield Finding(_locate(text, block, token), message, Kind.LINK_FORM)

    def _faults(self, token: Token) -> Iterator[str]:
        if token.type == "fault":
            yield token.meta["fault"]
        if token.type == "cross_reference":
            target = token.meta["target"]
            if target not in self.measures:
                yield f'unknown measure "{target}"{did_you_mean(target, self.measures)}'
        for citation in _citations(token):
            yield from self._citation_faults(citation.key)
        if token.type == "span_open" and not _LANGUAGE_TAG.fullmatch(str(token.attrGet("lang"))):
            yield "braces after words hold their language alone, like {lang=en}"

    def _citation_faults(self, key: str) -> Iterator[str]:
        if key not in self.sources:
            yield f'unknown source "{key}"{did_you_mean(key, self.sources)}'
        elif not self.sources[key].citable:
            yield f'"{key}" is a reply that was not received; it cannot be cited'


def _citations(token: Token) -> list[Citation]:
    """The sources cited by this very token."""
    return list(token.meta.get("citations", ())) if token.meta else []


def note_citations(token: Token) -> list[Citation]:
    """The sources a note cites, in order, those in its prose included."""
    return [c for part in _descend([token]) for c in _citations(part)]


def _locate(text: Text, block: Token, token: Token) -> Place:
    """The place of an inline token: its block gives the first line, its own words the rest."""
    first = block.map[0] if block.map else 0
    lines = text.raw.split("\n")
    start = sum(len(line) + 1 for line in lines[:first])
    snippet = str((token.meta or {}).get("snippet", "")).partition("\n")[0]
    before = int((token.meta or {}).get("line", 0))
    start += sum(len(line) + 1 for line in lines[first : first + before])
    found = text.raw.find(snippet, start) if snippet else start
    offset = max(found, start)
    # Folding turned line ends into spaces, one for one.
    return text.place.moved(text.folded or text.raw, offset)


def _push(state: StateInline, kind: str, end: int, **meta: Any) -> Token:
    token = state.push(kind, "", 0)
    token.meta = {**_found(state, state.pos, end), **meta}
    state.pos = end
    return token


def _found(state: StateInline, start: int, end: int) -> dict[str, Any]:
    """What ``_locate`` needs to know of a token that stands from ``start`` to ``end``."""
    line = state.src[:start].count("\n") + state.env.get("line", 0)
    return {"snippet": state.src[start:end], "line": line}


def _located(rule: _Rule) -> _Rule:
    """``rule``, which makes links or spans, with the place of each on its opening token."""

    def located(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            made = state.tokens[before:]
            opening = next(token for token in made if token.type in ("link_open", "span_open"))
            opening.meta.update(_found(state, start, state.pos))
        return found

    return located


def _value_rule(values: Values) -> _Rule:
    def rule(state: StateInline, silent: bool) -> bool:
        match = _VALUE.match(state.src, state.pos)
        malformed = state.src.startswith("{{", state.pos) and not match
        if not match and not malformed:
            return False
        end = match.end() if match else state.pos + 2
        if silent:
            state.pos = end
            return True
        text, fault = values.resolve(match) if match else ("", _NOT_A_VALUE)
        if fault:
            _push(state, "fault", end, fault=fault)
        else:
            state.pending += text
            state.pos = end
        return True

    return rule


def _citation_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.src.find("]", state.pos)
    inside = state.src[state.pos + 1 : end]
    if end < 0 or "@" not in inside or state.src[end + 1 : end + 2] == "(":
        return False
    matches = [_CITATION.match(part.strip()) for part in inside.split(";")]
    if not all(matches) and not _BARE_CITATION.search(inside):
        return False
    if silent:
        state.pos = end + 1
        return True
    citations = [
        Citation(match["key"], match["prefix"].strip(), (match["locator"] or "").strip())
        for match in matches
        if match
    ]
    if not all(matches):
        fault = f'"[{inside}]" is not a citation; write it like [see @key, p. 3; @key]'
    else:
        fault = _markup_in(citations) or _braces_at(state, end + 1)
    if fault:
        _push(state, "fault", end + 1, fault=fault)
        return True
    kind = "source" if state.env.get("in_note") else "note"
    _push(state, kind, end + 1, citations=citations)
    return True


def _markup_in(citations: Sequence[Citation]) -> str:
    """The fault of words beside a citation that are not plain text."""
    for citation in citations:
        if found := _MARKUP.search(f"{citation.prefix} {citation.locator}"):
            return (
                f'"{found[0]}" is not read in the words beside a citation; write a note of your'
                f" own, like ^[see *there* @{citation.key}.]"
            )
    return ""


def _braces_at(state: StateInline, position: int) -> str:
    return _NO_BRACES if _BRACES.match(state.src, position) else ""


def _note_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    fault = "" if state.src[state.pos + 2 : end].strip() else "the note is empty; delete it"
    if end < 0:
        fault, end = "^[ is not closed with ]", state.pos + 1
    if state.env.get("in_note"):
        fault = "a note cannot stand in a note"
    fault = fault or _braces_at(state, end + 1)
    if silent:
        state.pos = end + 1
        return True
    if fault:
        _push(state, "fault", end + 1, fault=fault)
        return True
    start = state.pos + 2
    content = state.src[start:end]
    line = state.src[:start].count("\n") + state.env.get("line", 0)
    token = _push(state, "note", end + 1)
    token.content = ""
    token.children = []
    # The note's own rules see that they stand in a note, and how far down.
    state.md.inline.parse(content, state.md, {"in_note": True, "line": line}, token.children)
    return True


def _source_rule(sources: Mapping[str, Source]) -> _Rule:
    def rule(state: StateInline, silent: bool) -> bool:
        match = _BARE_CITATION.match(state.src, state.pos)
        in_note = state.env.get("in_note")
        if not match or not (in_note or match["key"] in sources):
            return False
        if silent:
            state.pos = match.end()
        elif in_note:
            _push(state, "source", match.end(), citations=[Citation(match["key"])])
        else:
            fault = f"a citation stands in brackets: [@{match['key']}]"
            _push(state, "fault", match.end(), fault=fault)
        return True

    return rule


def _cross_reference_rule(state: StateInline, silent: bool) -> bool:
    match = re.compile(r"\[\]\(#([\w-]*)\)").match(state.src, state.pos)
    if not match:
        return False
    if silent:
        state.pos = match.end()
        return True
    _push(state, "cross_reference", match.end(), target=match[1])
    return True


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


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
    runs = [list(run) for _, run in groupby(children, key=lambda token: token.type == "note")]
    if children and children[0].type == "note":
        runs.insert(0, [])
    runs.append([])
    for preceding, following in zip(runs[:-2:2], runs[2::2], strict=True):
        before, after = _text_at_end(preceding), _text_at_start(following)
        before.content = before.content.rstrip()
        if rule is NoteCall.BEFORE:
            words = _CLOSING_BEFORE.sub("", before.content)
            after.content = before.content.removeprefix(words) + after.content
            before.content = words
        else:
            rest = _CLOSING_AFTER.sub("", after.content)
            before.content += after.content.removesuffix(rest)
            after.content = rest
        if before.content or len(preceding) > 1:
            before.content += WORD_JOINER
    placed = (token for run in runs for token in run)
    return [token for token in placed if token.type != "text" or token.content]


def _text_at_end(run: list[Token]) -> Token:
    if not run or run[-1].type != "text":
        run.append(_text(""))
    return run[-1]


def _text_at_start(run: list[Token]) -> Token:
    if not run or run[0].type != "text":
        run.insert(0, _text(""))
    return run[0]
