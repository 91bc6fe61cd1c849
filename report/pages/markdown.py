"""The Markdown of the prose, read into tokens that know where they stand in the text.

=========================  =====================================================
``[@key]``                 a note that cites a source (Pandoc citation syntax)
``[see @a, p. 3; @b]``     a note with prefix, locator and several sources
``^[text, citing @key]``   a note with prose (Pandoc inline note)
``[](#measure)``           a cross-reference to a measure (MyST)
``![](#figure)``           on a line of its own: a figure stands here (MyST embedding)
``[word]{lang=en}``        words in another language (Pandoc bracketed span)
``{{ dates.key | words }}``  a computed value
=========================  =====================================================

Beside these there are emphasis, links, lists and quotations as in CommonMark, but a line in the
midst of a paragraph begins a list or a quotation only after a colon: else a sentence that is
broken before a dash or a sign would lose it.

Pages and editorial checks read the same tokens. Each has in its ``meta`` the offsets ``start``
and ``end`` in the text. Beyond those of markdown-it there are ``note``, ``source`` (a citation in
a note), ``cross_reference``, ``value``, ``mention`` (a key with @ outside a citation), ``figure``
(a block) and ``fault``. What keys and values mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from ..problems import Kind

LONGEST = 50_000
"""Characters of the longest text that is read."""
MOST_NOTES = 250
"""Notes that one text may hold."""
DEEPEST = 5
"""How many lists and quotations, or stretches of emphasis, may stand in one another."""

_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
_MENTION = re.compile(rf"(?<!\w)@(?P<key>{_KEY})")
_LOCATOR = re.compile(r"\s*(?:,\s*(?P<locator>\S.*))?", re.DOTALL)
_VALUE = re.compile(r"\{\{\s*(?P<path>[\w.-]+)\s*(?:\|\s*(?P<filter>\w+)\s*)?\}\}")
_VALUE_LIKE = re.compile(r"\{\{(?:[^{}]*\}\})?")
_CROSS_REFERENCE = re.compile(r"\[\]\(#([\w-]*)\)")
_FIGURE = re.compile(r"!\[\]\(#(?P<key>[\w-]*)\)\s*")
_MARKUP = re.compile(r"\{\{|[\[*]|(?<!\w)_[^_]+_(?!\w)")
_BRACES = re.compile(r"\{(?!\{)[^{}]*\}")
_COLON = re.compile(r":[*_\"”’»)\s]*$")
_MARKER = re.compile(r"[ \t>]*(?P<marker>[-+*]|\d+[.)])")
_LIKE_A_BLOCK = re.compile(r"\n[ \t]*(?P<marker>[-+*>]|1[.)])[ \t]")
_LAST_LIST_START = 999

_NOT_A_VALUE = "between {{ and }} stands the name of a value, like {{ counts.total | words }}"
_NO_BRACES = "braces cannot follow a note; delete them"
_TOO_LONG = f"this text is longer than {LONGEST} characters; divide it"
_TOO_MANY_NOTES = f"this text has more than {MOST_NOTES} notes; divide it"
_TOO_DEEP = f"lists and quotations stand at most {DEEPEST} deep in one another; make them flatter"
_TOO_EMPHATIC = f"emphasis stands at most {DEEPEST} deep in one another; delete some of its marks"

_NO_PICTURE = (
    "a picture or plot is described in figures.yaml and stands on a line of its own, named by its"
    " key: ![](#key)"
)
_NO_FIGURE_INSIDE = "a figure stands between paragraphs, not in a list or a quotation; move it"

_INLINE_RULES = ["text", "newline", "escape", "link", "emphasis"]
_BLOCK_RULES = ["list", "blockquote", "paragraph"]

_InlineRule = Callable[[StateInline, bool], bool]
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


@dataclass(frozen=True)
class Citation:
    """One source cited in a note."""

    key: str
    prefix: str = ""
    locator: str = ""
    start: int = field(default=0, compare=False)
    """Offset of its @ in the text."""


@dataclass(frozen=True)
class Fault:
    """Markdown that cannot be read as it is written: where, and what to do."""

    start: int
    message: str
    code: str = Kind.PROSE


@dataclass(frozen=True)
class Tree:
    """A text as tokens, which nobody may change, and what is wrong with its Markdown."""

    tokens: tuple[Token, ...] = ()
    faults: tuple[Fault, ...] = ()
    interruptions: tuple[Fault, ...] = ()
    """Lines that would begin a list or a quotation if they did not stand in a paragraph."""

    def figures(self) -> Iterator[Token]:
        """Every figure, in the order of the text."""
        return (token for token in self.tokens if token.type == "figure")

    def inline(self) -> Iterator[Token]:
        """Every inline token, those inside notes included, in the order of the text."""
        for token in self.tokens:
            yield from descend(token.children or [])


def descend(tokens: Sequence[Token]) -> Iterator[Token]:
    """``tokens``, each followed by those inside it."""
    for token in tokens:
        yield token
        yield from descend(token.children or [])


@lru_cache(maxsize=4096)
def read(raw: str) -> Tree:
    """``raw`` as blocks: paragraphs, lists and quotations."""
    return _read(raw, lambda env: _markdown().parse(raw, env))


@lru_cache(maxsize=4096)
def read_line(raw: str) -> Tree:
    """``raw`` as a single line without blocks."""
    return _read(raw, lambda env: _markdown().parseInline(raw, env))


def _read(raw: str, parse: Callable[[dict[str, Any]], list[Token]]) -> Tree:
    if len(raw) > LONGEST:
        return Tree(faults=(Fault(LONGEST, _TOO_LONG),))
    env: dict[str, Any] = {}
    tokens = parse(env)
    interruptions = tuple(_locate(raw, tokens))
    too_deep = [Fault(env["too_deep"], _TOO_DEEP)] if "too_deep" in env else []
    faults = sorted([*too_deep, *_faults(tokens)], key=lambda fault: fault.start)
    return Tree(tuple(tokens), tuple(faults), () if too_deep else interruptions)


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False})
    markdown.enable(_INLINE_RULES + _BLOCK_RULES).enable(["balance_pairs", "fragments_join"])
    # Quotation marks that are escaped stay apart from those that typography turns.
    markdown.disable("text_join")
    # An address that may not be linked is a problem to report, not text to print.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    attrs_plugin(markdown, after=(), spans=True, allowed=["lang"])
    markdown.block.ruler.before("list", "figure", _figure_rule, {"alt": ["paragraph"]})
    for rule in markdown.block.ruler.__rules__:
        if rule.name in ("list", "blockquote"):
            markdown.block.ruler.at(rule.name, _kept_apart(rule.fn), {"alt": rule.alt})
    for inline_rule in markdown.inline.ruler.__rules__:
        if inline_rule.name in ("link", "span"):
            markdown.inline.ruler.at(inline_rule.name, _located(inline_rule.fn))
    for name, own in (
        ("picture", _picture_rule),
        ("value", _value_rule),
        ("citation", _citation_rule),
        ("note", _note_rule),
        ("cross_reference", _cross_reference_rule),
        ("mention", _mention_rule),
    ):
        markdown.inline.ruler.before("link", name, own)
    return markdown


# ---------------------------------------------------------------- blocks


def _kept_apart(rule: _BlockRule) -> _BlockRule:
    """``rule``, which makes lists or quotations, kept out of paragraphs and from nesting deep."""

    def kept_apart(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # A line that is indented less ends the item it follows, and begins the next.
        inside = state.sCount[start] >= state.blkIndent
        if silent and state.parentType == "paragraph" and inside:
            before = state.src[state.bMarks[start - 1] : state.eMarks[start - 1]]
            return bool(_COLON.search(before)) and rule(state, start, end, True)
        depth = state.env.get("depth", 0)
        if silent or depth < DEEPEST:
            state.env["depth"] = depth + 1
            found = rule(state, start, end, silent)
            state.env["depth"] = depth
            return found
        if rule(state, start, end, True):
            state.env.setdefault("too_deep", state.bMarks[start] + state.tShift[start])
        return False

    return kept_apart


def _figure_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _FIGURE.fullmatch(line)
    if match and not silent:
        token = state.push("figure", "", 0)
        token.map = [start, start + 1]
        token.meta = {"key": match["key"]}
        state.line = start + 1
    return bool(match)


# ---------------------------------------------------------------- places


def _locate(raw: str, tokens: Sequence[Token]) -> Iterator[Fault]:
    """Give every token its offsets in ``raw``; yield the lines that look like other blocks."""
    lines = raw.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    items: dict[int, int] = {}  # where the last marker of an item ends, by line
    for token in tokens:
        if token.map is None:
            continue
        first, behind = token.map
        token.meta["start"], token.meta["end"] = starts[first], starts[behind] - 1
        if token.type == "list_item_open":
            marker = _MARKER.match(raw, items.get(first, starts[first]))
            assert marker, "an item begins with its marker"
            token.meta["start"], items[first] = marker.span("marker")
        elif token.type == "inline":
            where = _offsets(token.content, lines, starts, first)
            token.meta["start"], token.meta["end"] = where[0], where[len(token.content)]
            _locate_inline(token.children or [], token.content, where)
            for match in _LIKE_A_BLOCK.finditer(token.content):
                marker_written = match["marker"]
                message = (
                    "a list or quotation begins after an empty line, or a line that ends with a"
                    f" colon; in a sentence, write {marker_written[:-1]}\\{marker_written[-1]}"
                )
                yield Fault(where[match.start("marker")], message)


def _offsets(content: str, lines: list[str], starts: list[int], first: int) -> list[int]:
    """The offset in the text of each character of ``content``, and of what follows it.

    ``content`` is what ``lines`` hold from the ``first`` on, without the markers of blocks and
    without space around it; ``starts`` are the offsets of the lines.
    """
    where: list[int] = []
    for number, line in enumerate(content.split("\n"), first):
        words = line.strip()
        start = starts[number]
        if words:
            before = len(line) - len(line.lstrip())
            start += len(lines[number].rstrip()) - len(words) - before
        where += range(start, start + len(line) + 1)
    return where


def _locate_inline(tokens: Sequence[Token], content: str, where: list[int]) -> None:
    cursor = 0
    for token in tokens:
        start, end = _extent(token, content, cursor)
        cursor = end
        token.meta["start"] = where[start]
        token.meta["end"] = where[end - 1] + 1 if end > start else where[start]
        if citations := token.meta.get("citations"):
            located = (replace(citation, start=where[citation.start]) for citation in citations)
            token.meta["citations"] = tuple(located)
        if token.children:
            inside = start + len(token.markup)
            _locate_inline(token.children, content[inside:end], where[inside:])


def _extent(token: Token, content: str, cursor: int) -> tuple[int, int]:
    """Where an inline token stands in ``content``, of which all before ``cursor`` is told."""
    if "start" in token.meta:
        return token.meta["start"], token.meta["end"]
    if token.type in ("softbreak", "hardbreak"):
        end = content.index("\n", cursor) + 1
        while content[end : end + 1] in (" ", "\t"):
            end += 1
        return cursor, end
    return cursor, cursor + len(token.markup or token.content)


# ---------------------------------------------------------------- faults


def _faults(tokens: Sequence[Token]) -> Iterator[Fault]:
    notes = 0
    numbers: dict[int, int] = {}  # of the next item, by the level of its list
    for block in tokens:
        for message in _block_faults(block, numbers):
            yield Fault(block.meta["start"], message)
        depth = 0
        for token in descend(block.children or []):
            if token.meta.get("fault"):
                yield Fault(token.meta["start"], token.meta["fault"])
            depth += token.nesting
            if depth > DEEPEST and token.nesting > 0:
                yield Fault(token.meta["start"], _TOO_EMPHATIC)
            notes += token.type == "note"
            if token.type == "note" and notes == MOST_NOTES + 1:
                yield Fault(token.meta["start"], _TOO_MANY_NOTES)


def _block_faults(block: Token, numbers: dict[int, int]) -> Iterator[str]:
    if block.type == "figure" and block.level:
        yield _NO_FIGURE_INSIDE
    if block.type == "ordered_list_open":
        start = block.attrGet("start")
        numbers[block.level + 1] = first = 1 if start is None else int(start)
        if first > _LAST_LIST_START:
            plain = f"{first}\\{block.markup}"
            yield f"this begins a list at {first}; for a sentence, write {plain}"
    elif block.type == "list_item_open" and block.info:
        number = numbers[block.level]
        numbers[block.level] += 1
        if int(block.info) != number:
            yield f"this item would be numbered {number}; write {number}{block.markup}"
    elif block.type == "list_item_open" and block.markup == "+":
        yield "an item of a list begins with -; for a sign before a number, write \\+"


# ---------------------------------------------------------------- inside a paragraph


def _push(state: StateInline, kind: str, end: int, **meta: Any) -> Token:
    token = state.push(kind, "", 0)
    token.meta = {"start": state.pos, "end": end, **meta}
    state.pos = end
    return token


def _located(rule: _InlineRule) -> _InlineRule:
    """``rule``, which makes links or spans, with the place of each on its tokens."""

    def located(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            made = state.tokens[before:]
            opening = next(token for token in made if token.type in ("link_open", "span_open"))
            opening.meta.update(start=start, end=start + 1)
            nested = opening.type == "link_open"
            label_end = state.md.helpers.parseLinkLabel(state, start, nested)
            made[-1].meta.update(start=label_end, end=state.pos)
            if opening.type == "link_open":
                made[-1].meta["address"] = _address(state, label_end + 2)
        return found

    return located


def _address(state: StateInline, position: int) -> str:
    """The address of a link, as it is written at ``position`` after white space."""
    while state.src[position].isspace():
        position += 1
    end = state.md.helpers.parseLinkDestination(state.src, position, state.posMax).pos
    return state.src[position:end].strip("<>")


def _picture_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("![", state.pos):
        return False
    closing = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    end = state.src.find(")", closing)
    if closing < 0 or end < 0 or state.src[closing + 1 : closing + 2] != "(":
        return False
    if silent:
        state.pos = end + 1
    else:
        _push(state, "fault", end + 1, fault=_NO_PICTURE)
    return True


def _value_rule(state: StateInline, silent: bool) -> bool:
    match = _VALUE.match(state.src, state.pos)
    like = match or _VALUE_LIKE.match(state.src, state.pos)
    if not like:
        return False
    if silent:
        state.pos = like.end()
    elif match:
        _push(state, "value", match.end(), path=match["path"], filter=match["filter"])
    else:
        _push(state, "fault", like.end(), fault=_NOT_A_VALUE)
    return True


def _citation_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.src.find("]", state.pos)
    inside = state.src[state.pos + 1 : end]
    if end < 0 or not _MENTION.search(inside) or state.src[end + 1 : end + 2] == "(":
        return False
    if silent:
        state.pos = end + 1
        return True
    citations, fault = _citations(inside, state.pos + 1)
    fault = fault or _braces_at(state, end + 1)
    kind = "source" if state.env.get("in_note") else "note"
    _push(state, kind, end + 1, citations=citations, fault=fault)
    return True


def _citations(inside: str, start: int) -> tuple[list[Citation], str]:
    """The sources that brackets cite, and why what stands in them is none or no citation.

    ``start`` is the offset of ``inside``.
    """
    citations: list[Citation] = []
    faults: list[str] = []
    for part in inside.split(";"):
        mentions = list(_MENTION.finditer(part))
        prefix = part[: mentions[0].start()].strip() if mentions else ""
        rest = _LOCATOR.fullmatch(part, mentions[0].end()) if mentions else None
        locator = ((rest and rest["locator"]) or "").strip()
        for index, mention in enumerate(mentions):
            at = start + mention.start()
            words = {} if index else {"prefix": prefix, "locator": locator}
            citations.append(Citation(mention["key"], **words, start=at))
        if len(mentions) > 1:
            keys = "; ".join(mention[0] for mention in mentions)
            faults.append(f"between two sources stands a semicolon; write it like [{keys}]")
        elif not rest:
            faults.append(f'"[{inside}]" is not a citation; write it like [see @key, p. 3; @key]')
        elif prefix.startswith("^"):
            faults.append("a note in your own words begins with ^[; here the two are swapped")
        elif prefix.endswith("-"):
            faults.append("a hyphen before @ is not read; delete it")
        elif found := _MARKUP.search(f"{prefix} {locator}"):
            faults.append(
                f'"{found[0]}" is not read in the words beside a citation; write a note of your'
                f" own, like ^[see *there* {mentions[0][0]}.]"
            )
        start += len(part) + 1
    return citations, faults[0] if faults else ""


def _braces_at(state: StateInline, position: int) -> str:
    return _NO_BRACES if _BRACES.match(state.src, position) else ""


def _note_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    content = state.src[state.pos + 2 : end]
    fault = "" if content.strip() else "the note is empty; delete it"
    if end < 0:
        fault, end = "^[ is not closed with ]", state.pos + 1
    if state.env.get("in_note"):
        fault = "a note cannot stand in a note"
    fault = fault or _braces_at(state, end + 1)
    if silent:
        state.pos = end + 1
    elif fault:
        _push(state, "fault", end + 1, fault=fault)
    else:
        token = _push(state, "note", end + 1)
        token.markup = "^["
        token.children = []
        # The note's own rules see that they stand in a note.
        state.md.inline.parse(content, state.md, {"in_note": True}, token.children)
    return True


def _mention_rule(state: StateInline, silent: bool) -> bool:
    match = _MENTION.match(state.src, state.pos)
    if not match:
        return False
    if silent:
        state.pos = match.end()
        return True
    if state.env.get("in_note"):
        _push(state, "source", match.end(), citations=[Citation(match["key"], start=state.pos)])
        return True
    before = state.src[max(0, state.pos - 2) : state.pos]
    opened = before.endswith("[") and before != "\\[" and not state.linkLevel
    fault = f"the citation [{match[0]} is not closed with ]" if opened else ""
    _push(state, "mention", match.end(), key=match["key"], fault=fault).content = match[0]
    return True


def _cross_reference_rule(state: StateInline, silent: bool) -> bool:
    match = _CROSS_REFERENCE.match(state.src, state.pos)
    if not match:
        return False
    if silent:
        state.pos = match.end()
    else:
        _push(state, "cross_reference", match.end(), target=match[1])
    return True
