"""Finds dates, numbers and words for numbers in the prose of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from ..edition.edition import Language
from ..pages.typography import Typesetter
from .passages import Passage, Span

_SPACE = r"[\s\u00a0\u202f]+"
_LARGEST_WORD = 60


@dataclass(frozen=True)
class WrittenDate:
    """A date as it stands in prose; without ``day`` the words name no day that exists."""

    span: Span
    day: date | None
    weekday: int | None = None
    """Day of the week written before it, Monday 0."""
    ordinal: str = ""
    """What is attached to the number of the day: er."""
    number: int = 0
    """Number of the day as written."""


@dataclass(frozen=True)
class WrittenNumber:
    """A number in digits, and the word after it."""

    span: Span
    value: float
    unit: str


class Reader:
    """Reads dates and numbers as one language writes them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.locale = Locale.parse(language.labels.typography.locale)

    @cached_property
    def _months(self) -> dict[str, int]:
        months = self.locale.months["format"]["wide"]
        return {name.casefold(): number for number, name in months.items()}

    @cached_property
    def _weekdays(self) -> dict[str, int]:
        days = self.locale.days["format"]["wide"]
        return {name.casefold(): number for number, name in days.items()}

    @cached_property
    def _date(self) -> re.Pattern[str]:
        months = "|".join(map(re.escape, self._months))
        weekdays = "|".join(map(re.escape, self._weekdays))
        return re.compile(
            rf"(?:(?P<weekday>\b(?:{weekdays})),?{_SPACE})?"
            rf"(?<![\w.,])(?P<day>\d{{1,2}})(?P<ordinal>[a-zº]{{0,3}}){_SPACE}"
            rf"(?P<month>{months}){_SPACE}(?P<year>\d{{4}})\b",
            re.I,
        )

    def dates(self, passage: Passage) -> list[WrittenDate]:
        """Every date in full, typed in the prose."""
        return [self._read(match) for match in self._date.finditer(passage.text)]

    def _read(self, match: re.Match[str]) -> WrittenDate:
        month = self._months[match["month"].casefold()]
        weekday = self._weekdays[match["weekday"].casefold()] if match["weekday"] else None
        try:
            day = date(int(match["year"]), month, int(match["day"]))
        except ValueError:
            day = None
        start = match.start("weekday" if match["weekday"] else "day")
        return WrittenDate(
            Span(start, match.end(), match[0]), day, weekday, match["ordinal"], int(match["day"])
        )

    @cached_property
    def _number(self) -> re.Pattern[str]:
        decimal = re.escape(get_decimal_symbol(self.locale))
        # A typed space does for the narrow no-break space that CLDR asks for.
        grouping = get_group_symbol(self.locale)
        group = r"[ \u00a0\u202f]" if grouping.isspace() else re.escape(grouping)
        return re.compile(
            rf"(?<![\w.,/:@-])(?P<number>\d{{1,3}}(?:{group}\d{{3}})+|\d+)"
            rf"(?P<decimals>{decimal}\d+)?(?![\d/]|[.,]\d)(?:{_SPACE}(?P<unit>[^\W\d_]+))?"
        )

    def numbers(self, passage: Passage) -> Iterator[WrittenNumber]:
        """Every number in digits that is not part of a date in full, or of a row like 1.2.3."""
        dates = [written.span for written in self.dates(passage)]
        for match in self._number.finditer(passage.text):
            if any(match.start() in span for span in dates):
                continue
            digits = re.sub(r"\D", "", match["number"])
            decimals = (match["decimals"] or "")[1:]
            value = float(f"{digits}.{decimals or 0}")
            end = match.end("decimals") if decimals else match.end("number")
            span = Span(match.start(), end, match[0])
            yield WrittenNumber(span, value, (match["unit"] or "").casefold())

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Words for the numbers that a count can reach."""
        typesetter = Typesetter(self.language.labels.typography)
        return {typesetter.words(n).casefold(): n for n in range(1, _LARGEST_WORD)}
