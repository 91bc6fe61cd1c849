"""Rules about form: what the loader refuses, odd characters, pairs, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..edition.closed import EDITIONS_FOLDER
from ..edition.edition import (
    ACCEPTED_FILE,
    FACT_FILES,
    LOCK_FILE,
    REVIEW_FILE,
    WORDS_FILE,
    Edition,
    Language,
)
from ..edition.figures import FIGURES_FILE
from ..edition.files import language_folders, passed_over
from ..edition.model import AgreementKind, AgreementText, EditionText, MeasureText
from ..pages.render import render_page
from ..problems import ContentError, Finding, Kind, Level, Place
from .passages import MARKUP, Checked, Passage, Span
from .rules import Hit, Rule

LOADING = [
    Rule(kind.value, Level.ERROR, title, why)
    for kind, title, why in (
        (Kind.CONTENT, "content that does not fit the model",
         "Every file must hold the keys that the model declares, with values of the right kind."),
        (Kind.YAML, "broken YAML",
         "The file is not valid YAML from here on: mostly indentation or a missing quote."),
        (Kind.UNREADABLE, "a file that cannot be read",
         "Files are UTF-8 text of at most a megabyte, nested at most thirty levels deep."),
        (Kind.ALIAS, "an anchor, alias or tag of YAML",
         "Aliases can blow up a small file and hide where a text comes from; the value itself"
         " belongs here. A word that starts with & or * needs quotes."),
        (Kind.COMMENT, "a # that hides the rest of a text",
         "YAML takes what follows a space and # for a comment, and does not print it. Text with #"
         " in it stands in quotation marks; a comment has a space after its #."),
        (Kind.DUPLICATE_KEY, "the same key twice",
         "YAML would keep the last one and silently drop the other."),
        (Kind.UNKNOWN_KEY, "a key that the model does not know",
         "A misspelt key would leave a text out without a word."),
        (Kind.MISSING_KEY, "a key that is missing",
         "The report needs this text or fact, in every language."),
        (Kind.UNKNOWN_REFERENCE, "a reference to nothing",
         "Sources, people, parties, measures and levels are named by their keys, which must be"
         " declared in their files."),
        (Kind.DUPLICATE_MEASURE, "two measures with one key",
         "The key of a measure names its texts and is what cross-references point to."),
        (Kind.ORPHAN_TEXT, "a text of no measure",
         "A file in measures/ must be called after a measure; else it is never printed."),
        (Kind.CONTROL_CHARACTER, "a control character",
         "Such characters come along when text is pasted, show as boxes and break searching."),
        (Kind.LINK_OUTSIDE, "a link out of the content folder",
         "An edition is complete in itself; a link could print files that are not part of it."),
        (Kind.LANGUAGE_FOLDER, "a folder that is no language, or one too many",
         "Each language has one folder, named after it. A copy that someone kept, or a folder"
         " under another name, would be printed as a language or left out in silence."),
        (Kind.WRONG_DATE, "a date that is not one",
         "Dates of facts are written 2026-02-28, so that each language can write them its way."),
    )
]  # fmt: skip
"""One rule for each kind of problem that the loader finds."""


# ---------------------------------------------------------------- prose


_NO_EDITION_TEXT = EditionText.model_construct(
    title="", subtitle="", description="", introduction="", method=""
)
_NO_MEASURE_TEXT = MeasureText.model_construct(
    title="",
    short_title="",
    agreement=AgreementText.model_construct(kind=AgreementKind.SUMMARY, text=""),
    reason="",
    analysis="",
)


def prose_findings(checked: Checked) -> Iterator[Finding]:
    """What keeps the prose of each language from being set."""
    for language in checked.edition.languages.values():
        try:
            render_page(checked.edition, _with_blanks(checked.edition, language), draft=True)
        except ContentError as error:
            yield from error.findings


def _with_blanks(edition: Edition, language: Language) -> Language:
    """``language`` with an empty text for each that is left out, so that the rest is read."""
    blank = f"{language.tag}/edition.yaml" in edition.left_out
    measures = (*edition.measures, *edition.ended)
    texts = {m.id: language.measures.get(m.id, _NO_MEASURE_TEXT) for m in measures}
    text = _NO_EDITION_TEXT if blank else language.edition
    return replace(language, edition=text, measures=texts)


_PLAIN = "write plain text, with the Markdown that the guide describes"
_FOREIGN = re.compile(
    r"</?[A-Za-z][^<>\n]*>|<!--|\{%|\{#|^[ \t]*(?:#{1,6}[ \t]|```|~~~|\|.*\|[ \t]*$)"
    r"|`[^`\n]+`|~~[^~\n]+~~|\[\^[^\]\n]*\]|&(?:#\w+|[a-z]{2,});"
    # raised, lowered, highlighted, a formula (no sums of money), an attribute, a container
    r"|\^[^\^\[\]\s]{1,20}\^|(?<!~)~[^~\s]{1,20}~(?!~)|==[^=\s](?:[^=\n]*[^=\s])?=="
    r"|\$(?=\S)[^$\n]*?(?<=\S)\$(?!\d)|\{[.#][\w-]+\}|^[ \t]*:::",
    re.M,
)
_SLIPS = (
    (
        re.compile(r"(?<!\{)\{\s*(?P<value>(?:counts|dates)\.[^{}]*?)\s*\}"),
        "write {{{{ {value} }}}}, with two braces",
    ),
    (re.compile(r"\(#(?P<measure>[\w-]+)\)"), "write [](#{measure})"),
    (
        re.compile(r"\[#?(?P<measure>[\w-]+)\](?![({])"),
        "write [](#{measure}), or \\[ for a bracket",
    ),
    (re.compile(r"\[(?P<source>[\w-]+)\](?![({])"), "write [@{source}], or \\[ for a bracket"),
    (
        re.compile(r"\]\("),
        "an address has no spaces and no bracket that is not closed; correct it, or write \\[",
    ),
    (re.compile(r"(?<=\w)@(?P<source>[\w-]+)(?![\w.-]*\w)"), "write [@{source}]"),
    (re.compile(r"\[@\{(?P<source>[\w-]+)\}"), "write [@{source}]"),
    (re.compile(r"\*{2,}|(?<![\w*])\*(?=\w)"), "close the emphasis, or write \\* for a star"),
    (re.compile(r"(?<![\w_/])_+(?=\w)"), "close the emphasis, or write \\_ for the sign"),
    (re.compile(r"!\["), "a figure is named by its key, on a line of its own: ![](#key)"),
    (re.compile(r"\]\{"), "close the braces after the language: [words]{{lang=en}}"),
)
"""Markup of ours with a slip that leaves it plain text, and what to write."""


def _foreign_markup(checked: Checked) -> Iterator[Hit]:
    for passage in [*checked.passages, *checked.labels]:
        found = [(Span(*match.span()), _PLAIN) for match in _FOREIGN.finditer(passage.literal)]
        found += _slips(checked, passage)
        for span, suggestion in found:
            words = passage.raw[span.start : span.end]
            yield Hit(
                passage.place(span.start + len(words) - len(words.lstrip())),
                "this markup is not used here and would be printed as it stands",
                words.strip(),
                suggestion,
            )


def _slips(checked: Checked, passage: Passage) -> Iterator[tuple[Span, str]]:
    """Where something is not read for a slip in it, and what to write."""
    known = {
        "measure": {measure.id for measure in checked.edition.measures},
        "source": checked.edition.sources.keys(),
    }
    for pattern, suggestion in _SLIPS:
        for match in pattern.finditer(passage.literal):
            names = match.groupdict()
            meant = all(name in known.get(kind, {name}) for kind, name in names.items())
            escaped = passage.raw[: match.start()].endswith("\\")
            if meant and not escaped:
                yield Span(*match.span()), suggestion.format(**names)


# ---------------------------------------------------------------- pairs

_ENUMERATOR = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[a-z])\)", re.M)
_BRACKETS = {")": "(", "]": "["}


def _pairs(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        for span in passage.units:
            yield from _quotes_in(checked, passage, span.start, span.end)
            yield from _brackets_in(passage, span.start, span.end)


def _quotes_in(checked: Checked, passage: Passage, start: int, end: int) -> Iterator[Hit]:
    text = passage.text
    straight = [i for i in range(start, end) if text[i] == '"']
    if len(straight) % 2:
        yield Hit(
            passage.place(straight[-1]),
            "an odd number of quotation marks in this paragraph: one is missing",
            text[straight[-1] : straight[-1] + 30].partition("\n")[0].replace(MARKUP, ""),
            "open and close every quotation",
        )
    marks = checked.language(passage).labels.typography.quotes
    for opening, closing in {("“", "”"), ("«", "»"), (marks[0].strip(), marks[1].strip())}:
        places = [i for i in range(start, end) if text[i] in (opening, closing)]
        depth = 0
        for offset in places:
            depth += 1 if text[offset] == opening else -1
            if depth < 0:
                break
        if depth:
            offset = places[-1] if depth > 0 else offset
            message = "a quotation is opened or closed without its counterpart in this paragraph"
            yield Hit(passage.place(offset), message, text[offset : offset + 30])


def _brackets_in(passage: Passage, start: int, end: int) -> Iterator[Hit]:
    enumerators = {m.end() - 1 for m in _ENUMERATOR.finditer(passage.text, start, end)}
    open_ones: list[int] = []
    for offset in range(start, end):
        character = passage.text[offset]
        if character in "([":
            open_ones.append(offset)
        elif character in ")]":
            if open_ones and passage.text[open_ones[-1]] == _BRACKETS[character]:
                open_ones.pop()
            elif offset not in enumerators:
                yield Hit(
                    passage.place(offset), "a bracket is closed that was not opened", character
                )
    for offset in open_ones:
        words = passage.text[offset : offset + 30].partition("\n")[0]
        yield Hit(passage.place(offset), "a bracket is opened that is not closed", words)


# ---------------------------------------------------------------- what is left over


def used_sources(checked: Checked) -> set[str]:
    """The keys of every source that this or an earlier edition uses."""
    edition = checked.edition
    used = {edition.facts.agreement.source}
    used |= {key for key, source in edition.sources.items() if source.outcome}
    used |= {source for figure in edition.figures.values() for source in figure.sources}
    return used | checked.cited


def _unused_sources(checked: Checked) -> Iterator[Hit]:
    for key in checked.edition.sources.keys() - used_sources(checked):
        yield Hit(
            checked.place("sources.yaml", key),
            "no note cites this source",
            key,
            "cite it or delete it",
        )


def _unused_figures(checked: Checked) -> Iterator[Hit]:
    placed = {figure.value for passage in checked.passages for figure in passage.figures}
    for key in checked.edition.figures.keys() - placed:
        yield Hit(
            checked.place(FIGURES_FILE, key),
            "no text has this figure",
            key,
            f"write ![](#{key}) where it belongs, on a line of its own, or delete the figure",
        )


def _orphan_files(checked: Checked) -> Iterator[Hit]:
    known = {
        *checked.edition.files,
        *checked.edition.left_out,
        ACCEPTED_FILE,
        LOCK_FILE,
        REVIEW_FILE,
    }
    tags, others = language_folders(checked.edition.folder)
    unread = {*tags, *others} - set(checked.edition.languages)
    known |= {f"{tag}/{WORDS_FILE}" for tag in tags}
    for path in _files(checked.edition):
        name = path.relative_to(checked.edition.folder).as_posix()
        if name not in known and name.partition("/")[0] not in {*unread, EDITIONS_FOLDER}:
            yield Hit(Place(name), "nothing reads this file", suggestion="delete it or rename it")


def _files(edition: Edition) -> list[Path]:
    found = (path for path in edition.folder.rglob("*") if path.is_file() or path.is_symlink())
    parts = (path.relative_to(edition.folder).parts for path in found)
    return sorted(edition.folder.joinpath(*p) for p in parts if not any(map(passed_over, p)))


RULES = [
    *LOADING,
    Rule(
        "prose", Level.ERROR, "prose that cannot be set",
        "A citation, cross-reference, computed value or link that leads nowhere. Values reach"
        " only the counts and dates of the edition.",
        needs=(*FACT_FILES, "*/names.yaml", "*/figures.yaml"),
    ),
    Rule(
        "foreign-markup", Level.ERROR, "HTML, template code or Markdown that is not used here",
        "Prose is plain text with emphasis, lists, quotations, links, citations and computed"
        " values. Anything else would be printed as it stands.", _foreign_markup,
    ),
    Rule(
        "unpaired", Level.ERROR, "a quotation mark or bracket without its counterpart",
        "Each paragraph and list item must close what it opens; else the reader cannot tell"
        " whose words these are.", _pairs,
    ),
    Rule(
        "unused-source", Level.WARNING, "a source that nothing cites",
        "Either a citation was lost or the source is no longer needed.", _unused_sources,
        needs=("*",),
    ),
    Rule(
        "unused-figure", Level.WARNING, "a figure that stands nowhere",
        "A plot that no text places is not printed, and its words and numbers grow old unseen.",
        _unused_figures,
        needs=("*",),
    ),
    Rule(
        "orphan-file", Level.WARNING, "a file that nothing reads",
        "A file with a wrong name or in a wrong folder is silently left out of the report.",
        _orphan_files,
    ),
]  # fmt: skip
