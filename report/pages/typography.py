"""Sets text as a language wants it: dates, numbers, spaces, hyphenation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import pyphen
from babel.dates import format_date, format_skeleton, get_month_names
from babel.lists import format_list

from ..edition.dates import PartialDate
from ..edition.model import Typography

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
WORD_JOINER = "\u2060"

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_NUMBER_AND_SYMBOL = re.compile(r"(?<=\d) (?=[°%‰€$£])")
_SYMBOL_AND_NUMBER = re.compile(r"(?<=[€$£§]) (?=\d)")
# Abbreviations that languages share, or that are no word in another.
_ABBREVIATION_AND_NUMBER = re.compile(
    r"(?<!\w)((?:[Pp]{1,2}|[Bb]lz|S|[Aa]rt|[Nn]r|[Ff]ig|[Vv]ol)\.|[Nn](?:[°º]|os)) (?=\d)"
)
# z. B., p. ex.
_ABBREVIATION_IN_PARTS = re.compile(r"(?<!\w)([^\W\d_]{1,2}\.) (?=[^\W\d_]{1,3}\.)")
_DASH = re.compile(r" (?=[–—] )")
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_INITIAL_AND_NAME = re.compile(rf"(?<!\w)({_CAPITAL}\.) (?={_CAPITAL}[^\W\d_])")
_CLITIC = re.compile(rf"(?<={_CAPITAL}{_CAPITAL})-(?=[a-z])|(?<=[”’»])-(?=[^\W\d])")
_COMPOUND_NAME = re.compile(rf"\b({_CAPITAL}[^\W\d_]*-)(?={_CAPITAL})")


_LONGEST_NAME = 14
"""Letters of a word that may be a name; longer ones are compounds, as names of offices are."""
_ROMAN = "[IVX]|[IVXLCDM]{2,}"
"""Numerals of centuries and the like; the letters of larger ones alone begin words (Le, De)."""


class Typesetter:
    """Applies one language's typography; ``names`` are words that must not be broken."""

    def __init__(self, rules: Typography, names: Iterable[str] = ()) -> None:
        self.rules = rules
        self.names = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
        self._substitutions = [
            (self._number_and_word(), NO_BREAK_SPACE),
            (self._day_and_month(), NO_BREAK_SPACE),
            (self._month_and_year(" "), rf"\1{NO_BREAK_SPACE}"),
            (_NUMBER_AND_SYMBOL, NO_BREAK_SPACE),
            (_SYMBOL_AND_NUMBER, NO_BREAK_SPACE),
            (_ABBREVIATION_AND_NUMBER, rf"\1{NO_BREAK_SPACE}"),
            (_ABBREVIATION_IN_PARTS, rf"\1{NO_BREAK_SPACE}"),
            (_INITIAL_AND_NAME, rf"\1{NO_BREAK_SPACE}"),
            *self._titles(),
            (_THOUSANDS, NARROW_NO_BREAK_SPACE),
            (_DASH, NO_BREAK_SPACE),
            *self._space_rules(),
        ]

    def _number_and_word(self) -> re.Pattern[str]:
        # A year, or a name that ends in a digit, is no quantity of the word after it.
        names = (re.escape(name) for name in self.names if name[-1].isdigit())
        others = "".join(rf"(?<!{word})" for word in (r"\b(?:19|20)\d\d", *names))
        return re.compile(rf"(?<=\d){others} (?=[^\W\d])")

    def _day_and_month(self) -> re.Pattern[str]:
        days = [r"(?<=\d)", r"(?<=\d\.)"]
        if self.rules.first_day:
            days.append(rf"(?<=\b{re.escape(self.rules.first_day)})")
        return re.compile(rf"(?:{'|'.join(days)}) (?=(?:{'|'.join(_months(self.rules))})\b)")

    def _month_and_year(self, space: str) -> re.Pattern[str]:
        return re.compile(rf"\b({'|'.join(_months(self.rules))}){space}(?=(?:19|20)\d\d\b)")

    def _titles(self) -> Iterable[tuple[re.Pattern[str], str]]:
        if self.rules.titles:
            titles = "|".join(map(re.escape, self.rules.titles))
            yield re.compile(rf"(?<!\w)({titles}) (?={_CAPITAL})"), rf"\1{NO_BREAK_SPACE}"

    def _space_rules(self) -> Iterable[tuple[re.Pattern[str], str]]:
        for rule in self.rules.spaces:
            if rule.before:
                yield re.compile(rf"[ \u00a0](?=[{re.escape(rule.before)}])"), rule.space
            if rule.after:
                yield re.compile(rf"(?<=[{re.escape(rule.after)}])[ \u00a0]"), rule.space

    @cached_property
    def _breakable_names(self) -> re.Pattern[str] | None:
        words = [re.escape(name) for name in self.names if "-" in name or " " in name]
        return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None

    @cached_property
    def _superscripts(self) -> re.Pattern[str] | None:
        if not self.rules.superscripts:
            return None
        endings = "|".join(self.rules.superscripts)
        return re.compile(rf"(?:(?<=\d)|\b({_ROMAN}))({endings})\b")

    def text(self, text: str) -> str:
        """``text`` with the spaces that must not break; names stay on one line."""
        for pattern, replacement in self._substitutions:
            text = pattern.sub(replacement, text)
        if self._breakable_names:
            text = self._breakable_names.sub(_unbreakable, text)
        text = _CLITIC.sub(f"-{WORD_JOINER}", text)
        return _COMPOUND_NAME.sub(rf"\1{WORD_JOINER}", text)

    def with_loose_years(self, text: str) -> str:
        """``text`` with dates that may break before the year, unless it ends with them."""
        return re.sub(rf"{self._month_and_year(NO_BREAK_SPACE).pattern}(?!\d*\W*$)", r"\1 ", text)

    def superscripts(self, html: str) -> str:
        """``html`` with the language's raised endings marked up."""
        if not self._superscripts:
            return html
        return self._superscripts.sub(r"\1<sup>\2</sup>", html)

    def date(self, day: dt.date | PartialDate) -> str:
        """``day`` in full, without weekday; of a month or a year, what is known."""
        if isinstance(day, PartialDate):
            if not day.day:
                skeleton = "yMMMM" if day.month else "y"
                return format_skeleton(skeleton, day.first, locale=self.rules.locale)
            day = day.first
        text = format_date(day, "long", locale=self.rules.locale)
        if day.day == 1 and self.rules.first_day:
            text = text.replace("1", self.rules.first_day, 1)
        return text

    def month(self, day: dt.date, *, by_year: bool = False) -> str:
        """The month and year of ``day`` in brief, or its year only."""
        return format_skeleton("y" if by_year else "yMMM", day, locale=self.rules.locale)

    def words(self, number: int) -> str:
        """``number`` in words, or in figures in a language whose words are not known."""
        # Its import takes a tenth of a second, which a report without words need not pay.
        from num2words import CONVERTER_CLASSES, num2words

        language = self.rules.locale
        if language not in CONVERTER_CLASSES:
            language = language.partition("_")[0]
        if language not in CONVERTER_CLASSES:
            return str(number)
        return str(num2words(number, lang=language))

    def capital_words(self, number: int) -> str:
        """``number`` in words that begin a sentence."""
        return capital(self.words(number))

    def enumeration(self, items: Iterable[str]) -> str:
        """``items`` joined as the language joins a list."""
        return format_list(list(items), locale=self.rules.locale)


def capital(text: str) -> str:
    """``text`` as it stands at the start of a sentence."""
    return text[:1].upper() + text[1:]


def _months(rules: Typography) -> list[str]:
    return [re.escape(name) for name in get_month_names("wide", locale=rules.locale).values()]


def _unbreakable(match: re.Match[str]) -> str:
    name = match[0].replace(" ", NO_BREAK_SPACE)
    return name.replace("-", f"-{WORD_JOINER}")


def whole_words(rules: Typography, text: str) -> set[str]:
    """Words of ``text``, in lower case, that are not to be broken: those that the language asks
    to keep whole, months and, in a language that gives only names a capital, words that ``text``
    writes with a capital alone, unless they are so long that they leave a hole."""
    months = get_month_names("wide", locale=rules.locale).values()
    whole = {word.lower() for word in (*rules.whole, *months)}
    if not rules.hyphenate_capitals:
        words = set(re.findall(r"[^\W\d_]{5,}", text))
        names = {word for word in words if word[0].isupper() and len(word) <= _LONGEST_NAME}
        whole |= {word.lower() for word in names} - words
    return whole


def hyphenation_dictionary(rules: Typography, text: str) -> str:
    """A dictionary for ``text`` with the language's extra patterns, that breaks no whole word.

    The format is that of Hunspell's ``hyph_*.dic``: a digit between two letters rates the
    break there, and an even digit forbids it.
    """
    source = pyphen.LANGUAGES[pyphen.language_fallback(rules.hyphenation)]
    # A word joiner, which glues a call of a note to a word, is a letter of it to the engine.
    ends = (".", WORD_JOINER)
    whole = [
        f"{before}{'8'.join(word)}{after}"
        for word in sorted(whole_words(rules, text))
        for before in ends
        for after in ends
    ]
    patterns = [*rules.unbreakable, *whole]
    data = Path(source).read_bytes()
    encoding = data.partition(b"\n")[0].decode("ascii").strip()
    content = data.decode(encoding).partition("\n")[2]
    return "\n".join(["UTF-8", content, *patterns, ""])
