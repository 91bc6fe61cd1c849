"""Rules about characters that cannot be seen, only look right, or were pasted by mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..edition.edition import FACT_FILES
from ..problems import Level, Place
from ..typeset.fonts import MISSING_CHARACTER, missing_characters
from .passages import Checked
from .rules import Hit, Rule

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_LOST = re.compile("[\ufffc\ufffd]")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _invisible(checked: Checked) -> Iterator[Hit]:
    for file, text in checked.texts.items():
        for row, line in enumerate(text.split("\n"), 1):
            if line.isascii():
                continue
            for match in _INVISIBLE.finditer(line):
                if row == 1 and match.start() == 0 and match[0] == "\ufeff":
                    continue
                yield _invisible_hit(match[0], Place(file, row, match.start() + 1))
        for value, place in checked.edition.files[file].texts.items():
            for character in dict.fromkeys(_INVISIBLE.findall(value)):
                if character not in text:  # It was written as an escape.
                    yield _invisible_hit(character, place)


def _invisible_hit(character: str, place: Place) -> Hit:
    name = unicodedata.name(character, "unnamed").lower()
    message = f"invisible character U+{ord(character):04X} ({name})"
    return Hit(place, message, suggestion="delete it")


def _lookalikes(checked: Checked) -> Iterator[Hit]:
    for file, text in checked.texts.items():
        for row, line in enumerate(text.split("\n"), 1):
            if line.isascii():
                continue
            for match in _LETTERS.finditer(line):
                if len(_scripts(match[0])) > 1:
                    yield Hit(
                        Place(file, row, match.start() + 1),
                        "letters of two alphabets in one word look alike but are not",
                        match[0],
                        "type the word again",
                    )
            if not unicodedata.is_normalized("NFC", line):
                column = next(i for i, c in enumerate(line, 1) if unicodedata.combining(c))
                yield Hit(
                    Place(file, row, column),
                    "a letter and its accent are two characters here",
                    line[max(0, column - 2) : column],
                    "type the letter again",
                )


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(character, "") for character in word)
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}


def _missing_characters(checked: Checked) -> Iterator[Hit]:
    # What was lost is told as such.
    texts = {file: _LOST.sub(" ", text) for file, text in checked.texts.items()}
    if finding := missing_characters(texts):
        yield Hit(
            finding.place, finding.message, suggestion=finding.suggestion, related=finding.related
        )


# ---------------------------------------------------------------- characters meant otherwise


@dataclass(frozen=True)
class Mistyped:
    """A row of the table of characters that programs and keyboards put for others."""

    pattern: re.Pattern[str]
    what: str
    remedy: str
    """What to type; ``{plain}`` stands for what compatibility makes of it."""
    quotation: bool = False
    """Whether some languages use it, as their quotation mark."""


MISTYPED = (
    Mistyped(
        re.compile(r"(?<=[^\W\d_])[´`′](?=[^\W\d_])"), "an accent or a prime for an apostrophe",
        "type '",
    ),
    Mistyped(
        re.compile(r"(?<![^\W\d_])[´¨¸ˆ˜¯]|[´¨¸ˆ˜¯](?![^\W\d_])"), "an accent without its letter",
        "type the letter with its accent, or ' for an apostrophe",
    ),
    Mistyped(
        re.compile("[„‚‟‛″]"), "a quotation mark of another language",
        'type ": the typesetter sets the marks of the language', quotation=True,
    ),
    Mistyped(re.compile(r",,(?=\w)|(?<!')''(?!')"), "two signs for a quotation mark", 'type "'),
    Mistyped(re.compile(r"(?<!-)-{2,3}(?!-)"), "hyphens for a dash", "type – (U+2013)"),
    Mistyped(
        re.compile("[\u2010\u2011]"), "a hyphen that searches and fonts do not know",
        "type -, and name under typography in labels.yaml what is never broken",
    ),
    Mistyped(
        re.compile("[\u0132\u0133\ufb00-\ufb06]"), "letters joined in one character",
        "type {plain}",
    ),
    Mistyped(
        re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]"), "a letter of another width or kind",
        "type {plain}",
    ),
)  # fmt: skip


def _mistyped(checked: Checked) -> Iterator[Hit]:
    for passage in [*checked.passages, *checked.labels]:
        quotes = "".join(checked.language(passage).labels.typography.quotes)
        for row in MISTYPED:
            for match in row.pattern.finditer(passage.literal):
                own = match[0] in quotes or any(match.start() in s for s in passage.foreign)
                if not (row.quotation and own):
                    words = _around(passage.raw, *match.span())
                    yield _mistyped_hit(row, match[0], passage.place(match.start()), words)
    for file in [file for file in FACT_FILES if file in checked.edition.files]:
        for value, place in checked.edition.files[file].texts.items():
            for row in MISTYPED:
                for match in row.pattern.finditer(value):
                    if not (row.quotation or "://" in value):
                        yield _mistyped_hit(row, match[0], place, _around(value, *match.span()))


def _mistyped_hit(row: Mistyped, found: str, place: Place, words: str) -> Hit:
    plain = unicodedata.normalize("NFKC", found)
    codes = " ".join(f"U+{ord(character):04X}" for character in found)
    return Hit(place, f"{row.what} ({codes})", words, row.remedy.format(plain=plain))


def _around(text: str, start: int, end: int) -> str:
    """What stands at ``start``, with the word around it."""
    before, after = re.search(r"\S*$", text[:start]), re.match(r"\S*", text[end:])
    return f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}"


def _lost(checked: Checked) -> Iterator[Hit]:
    for file, text in checked.texts.items():
        for row, line in enumerate(text.split("\n"), 1):
            for match in _LOST.finditer(line):
                yield Hit(
                    Place(file, row, match.start() + 1),
                    f"a program put U+{ord(match[0]):04X} here for a character that it lost",
                    _around(line, *match.span()),
                    "type what stood there",
                )


RULES = [
    Rule(
        "invisible-character", Level.ERROR, "an invisible character",
        "Soft hyphens, zero-width spaces and direction marks come along when text is pasted from"
        " a web page; they break words, searches and reading aloud.", _invisible,
    ),
    Rule(
        "lookalike", Level.ERROR, "letters that only look right",
        "A Cyrillic or Greek letter in a Latin word, or an accent that is a character of its own,"
        " defeats searching and may print in another font.", _lookalikes,
    ),
    Rule(
        MISSING_CHARACTER, Level.ERROR, "a character that no font has",
        "It would be printed as an empty box. The bundled fonts have Latin, Greek, Cyrillic,"
        " Arabic and Hebrew.", _missing_characters,
    ),
    Rule(
        "lost-character", Level.ERROR, "a character that was lost",
        "U+FFFD stands where a program could not read what stood there; only whoever knows the"
        " text can put it back.", _lost,
    ),
    Rule(
        "mistyped-character", Level.WARNING, "a character typed or pasted for another",
        "An accent for an apostrophe, two hyphens for a dash, letters joined in one character:"
        " they print oddly, and neither searches nor screen readers know the word.", _mistyped,
    ),
]  # fmt: skip
