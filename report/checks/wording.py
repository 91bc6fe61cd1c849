"""Rules about language: spelling, wording, and what the typesetter does not put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..edition.edition import FACTS, WORDS_FILE, Language
from ..problems import Level
from .links import ADDRESS
from .passages import MARKUP, VALUE, Checked, Passage, Span, printed
from .rules import Hit, Rule
from .similar import edits
from .spelling import Speller
from .written_numbers import Reader

_PIECE = re.compile(r"[^\W\d_]+")
_LONGEST_ELISION = 2
_LONG = 8


# ---------------------------------------------------------------- spelling


def _spelling(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        speller = Speller.of(language.labels.typography.locale)
        if speller is None:
            continue  # That it is missing is a finding of its own.
        own = _own_words(checked, language)
        found = [(p, span) for p, span in _spelt(checked, language) if span.value not in own]
        wrong = _misspelt(speller, {_form(span.value) for _, span in found}, own)
        right = {span.value for _, span in found if _form(span.value) not in wrong} | own
        for passage, span in found:
            if _form(span.value) in wrong:
                near = _nearest(span.value, right)
                file = f"{language.tag}/{WORDS_FILE}"
                yield Hit(
                    passage.place(span.start),
                    "the dictionary does not know this word",
                    span.value,
                    f'did you mean "{near}"?' if near else f"correct it, or add it to {file}",
                )


def _unspelt(checked: Checked) -> Iterator[Hit]:
    for tag, language in checked.edition.languages.items():
        locale = language.labels.typography.locale
        if Speller.of(locale) is None:
            name = locale.partition("_")[0]
            yield Hit(
                checked.place(f"{tag}/labels.yaml", "typography", "locale"),
                "no dictionary of this language can be read; its words are not spelt",
                locale,
                f"put {name}.aff and {name}.dic, Hunspell's in UTF-8, into dictionaries/",
            )


def _spelt(checked: Checked, language: Language) -> Iterator[tuple[Passage, Span]]:
    """Words to spell: not those of another language, nor abbreviations in capitals."""
    for passage in [*printed(checked.passages), *checked.labels]:
        if passage.language != language.tag:
            continue
        addresses = [Span(*m.span()) for m in ADDRESS.finditer(passage.text)]
        for span in passage.words:
            foreign = any(span.start in part for part in [*passage.foreign, *addresses])
            # The first half of a shared compound is no word: presidential- and so on.
            half = re.match(r"-\s", passage.text[span.end : span.end + 2])
            if not foreign and not half and not span.value.isupper() and len(span.value) > 1:
                yield passage, span


def _form(word: str) -> str:
    return word.replace("’", "'").replace(MARKUP, "")


def _misspelt(speller: Speller, words: set[str], own: set[str]) -> set[str]:
    """Words that the dictionary knows neither whole nor, at hyphens and apostrophes, in parts."""
    unknown = speller.misspelt(words)
    parts = {word: [p for p in _PIECE.findall(word) if not _passes(p, own)] for word in unknown}
    wrong = speller.misspelt(
        part for word, pieces in parts.items() for part in pieces if part != word
    )
    return {
        word
        for word, pieces in parts.items()
        if any(piece == word or piece in wrong for piece in pieces)
    }


def _passes(piece: str, own: set[str]) -> bool:
    genitive = piece.removesuffix("s") in own
    return piece in own or genitive or piece.isupper() or len(piece) <= _LONGEST_ELISION


def _nearest(word: str, known: Iterable[str]) -> str:
    limit = 1 if len(word) < _LONG else 2
    near = (k for k in known if k[:1] == word[:1] and edits(word, k, limit) <= limit)
    return min(near, default="")


def _own_words(checked: Checked, language: Language) -> set[str]:
    edition = checked.edition
    names = [n for p in edition.people.values() for n in (p.given, p.family) if n]
    names += [n for p in edition.parties.values() for n in (p.name, p.abbreviation) if n]
    names += [contact.name for contact in edition.facts.contacts]
    names += language.names.body_names.values()
    names += edition.sources
    return {piece for name in names for piece in _PIECE.findall(name)} | language.words


# ---------------------------------------------------------------- words


def _doubled(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        allowed = {w.casefold() for w in checked.language(passage).labels.checks.repeated}
        for one, other in pairwise(passage.words):
            between = passage.text[one.end : other.start]
            same = other.value in (one.value, one.value.casefold())
            if same and between.isspace() and one.value.casefold() not in allowed:
                words = passage.text[one.start : other.end]
                yield Hit(passage.place(other.start), "the same word twice", words, "delete one")


def _preferred(checked: Checked) -> Iterator[Hit]:
    for passage in [*checked.passages, *checked.labels]:
        for avoided, better in checked.language(passage).labels.checks.preferred.items():
            for match in _occurrences(avoided, passage.text):
                message = "the report has another word for this"
                place = passage.place(match.start())
                yield Hit(place, message, match[0], f'write "{better}"')


def _positional(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        for word in checked.language(passage).labels.checks.positional:
            for match in _occurrences(word, passage.text):
                yield Hit(
                    passage.place(match.start()),
                    "this points to a place on the page, which may turn out elsewhere",
                    match[0],
                    "refer to a measure with [](#key), or leave it out",
                )


def _occurrences(words: str, text: str) -> Iterable[re.Match[str]]:
    phrase = r"\s+".join(map(re.escape, words.split()))
    return re.finditer(rf"(?<!\w){phrase}(?!\w)", text)


# ---------------------------------------------------------------- typography


def _first_day(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        reader, first = Reader(language), language.labels.typography.first_day
        for passage in checked.passages:
            if passage.language != language.tag:
                continue
            for written in reader.dates(passage):
                typed = f"{written.number}{written.ordinal}"
                right = first if written.number == 1 and first else str(written.number)
                if typed != right:
                    yield Hit(
                        passage.place(written.span.start),
                        "the day of the month is not written so in this language",
                        written.span.value,
                        f'write "{right}"',
                    )


def _missing_space(checked: Checked) -> Iterator[Hit]:
    for passage in [*checked.passages, *checked.labels]:
        rules = checked.language(passage).labels.typography.spaces
        before = "".join(re.escape(rule.before) for rule in rules if rule.before)
        after = "".join(re.escape(rule.after) for rule in rules if rule.after)
        if before:
            pattern = rf"(?<=[\w)\"%])[{MARKUP}]*[{before}](?=[\s\"{MARKUP}]|$)"
            yield from _spaces_missing(passage, pattern)
        if after:
            yield from _spaces_missing(passage, rf"[{after}](?=\w)")


def _spaces_missing(passage: Passage, pattern: str) -> Iterator[Hit]:
    for match in re.finditer(pattern, passage.text):
        mark = match[0].strip(MARKUP)
        offset = match.end() - len(mark)
        message = "this mark takes a space, which the typesetter widens but does not add"
        words = passage.text[max(0, offset - 10) : match.end()].rpartition("\n")[2]
        yield Hit(passage.place(offset), message, words, "type a space there")


def _stray_space(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        rules = checked.language(passage).labels.typography.spaces
        spaced = "".join(rule.before or "" for rule in rules)
        marks = "".join(re.escape(mark) for mark in ".,;:!?)" if mark not in spaced)
        for match in re.finditer(rf"(?<=[\w{VALUE}]) +[{marks}](?!\.|\d|\w)", passage.text):
            yield Hit(
                passage.place(match.start()),
                "a space before this mark",
                passage.text[max(0, match.start() - 10) : match.end()].rpartition("\n")[2],
                "delete it",
            )


def _dash(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        for match in re.finditer(r"(?<=[^\W\d])(?: [–—](?=\w)|[–—](?= ))", passage.text):
            words = passage.text[max(0, match.start() - 10) : match.end() + 10]
            yield Hit(
                passage.place(match.end() - 1),
                "a dash with a space on one side only",
                words.partition("\n")[0],
                "put a space on both sides",
            )


def _straight_quotes(checked: Checked) -> Iterator[Hit]:
    for passage in checked.labels:
        if passage.path[0] in ("sources", "bodies", "notes") and '"' in passage.raw:
            yield Hit(
                passage.place(passage.raw.index('"')),
                "straight quotation marks stay straight in notes",
                passage.raw,
                "type the curly ones of the language",
            )


def _no_full_stop(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        if not passage.narrative:
            continue
        for block in passage.paragraphs:
            listed = any(item.start in block for item in passage.items)
            text = passage.text[block.start : block.end].rstrip()
            visible = re.sub(rf"[{MARKUP}\s\"”»’)]+$", "", text)
            if visible and not listed and visible[-1] not in ".!?…:":
                yield Hit(
                    passage.place(block.start + len(visible) - 1),
                    "this paragraph ends without a full stop",
                    visible[-30:].rpartition("\n")[2],
                    "end the sentence",
                )


RULES = [
    Rule(
        "spelling", Level.WARNING, "a word that the dictionary does not know",
        "Names in people.yaml, names.yaml and sources.yaml count as known, and so do the words in"
        " words.txt of the language folder, one on each line. Words of another language are"
        " marked: [word]{lang=en}.", _spelling,
        needs=(*FACTS, "*/names.yaml", "*/words.txt"),
    ),
    Rule(
        "no-dictionary", Level.NOTE, "a language that is not spelt",
        "Without a dictionary of the language nothing is said of slips of the pen.", _unspelt,
    ),
    Rule(
        "doubled-word", Level.WARNING, "a word typed twice",
        "Words that may be repeated stand under checks in labels.yaml.", _doubled,
    ),
    Rule(
        "wording", Level.WARNING, "a word that the report does not use",
        "One thing has one name. labels.yaml says under checks which words to avoid and what to"
        " write instead.", _preferred,
    ),
    Rule(
        "positional-word", Level.WARNING, "a word that points to a place on the page",
        "Above and below change with the layout; a reference to a measure does not.", _positional,
    ),
    Rule(
        "day-form", Level.WARNING, "a day of the month in the wrong form",
        "Some languages write the first of the month with an ordinal, others never do.",
        _first_day,
    ),
    Rule(
        "space-missing", Level.WARNING, "a space missing beside a mark",
        "Where the language puts a space before or after a mark, the typesetter makes it the right"
        " one, but it does not invent it.", _missing_space,
    ),
    Rule(
        "space-stray", Level.WARNING, "a space before a mark",
        "The typesetter keeps it, and the mark may end up at the start of a line.", _stray_space,
    ),
    Rule(
        "dash-space", Level.WARNING, "a dash with one space",
        "A dash between words has a space on both sides.", _dash,
    ),
    Rule(
        "straight-quotes", Level.WARNING, "straight quotation marks in a note",
        "In prose the typesetter turns them; in names and note formulas it cannot know which way.",
        _straight_quotes,
    ),
    Rule(
        "full-stop", Level.WARNING, "a paragraph without an end",
        "The last sentence may have been cut off.", _no_full_stop,
    ),
]  # fmt: skip
