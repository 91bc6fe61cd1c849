"""Rules about numbers and dates: counts, dates and sums that contradict what is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations

from babel.dates import format_date

from ..edition.counts import CARRIED_OUT, counts
from ..edition.dates import PartialDate
from ..edition.edition import FACTS
from ..pages.typography import Typesetter
from ..problems import Level
from .passages import Checked, Passage, Span, printed
from .rules import Hit, Rule
from .written_numbers import Reader, WrittenDate, WrittenNumber

_SLIP_DAYS = 14
_RECENT_DAYS = 366
_MOST_AMOUNTS = 10


class _Readers:
    """One reader per language."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked

    @cached_property
    def by_language(self) -> dict[str, Reader]:
        return {tag: Reader(item) for tag, item in self.checked.edition.languages.items()}

    def dates(self, passage: Passage) -> list[WrittenDate]:
        return self.by_language[passage.language].dates(passage)


def _all_dates(checked: Checked) -> Iterator[tuple[Passage, WrittenDate]]:
    readers = _Readers(checked)
    for passage in checked.passages:
        for written in readers.dates(passage):
            yield passage, written


def _long(checked: Checked, passage: Passage, day: PartialDate) -> str:
    return Typesetter(checked.language(passage).labels.typography).date(day)


# ---------------------------------------------------------------- counts


def _typed_counts(checked: Checked) -> Iterator[tuple[Passage, Span, int, set[int]]]:
    """Numbers that stand where the report counts measures or ministers, and what they may be."""
    totals = counts(checked.edition)
    names = ("total", *CARRIED_OUT.values(), *checked.edition.statuses)
    everything = [totals, *(totals[level] for level in checked.edition.facts.levels)]
    measures = {group[name] for group in everything for name in names}
    cabinets = {n for n in totals["cabinets"].values() if n}
    for tag, reader in _Readers(checked).by_language.items():
        headings = reader.language.labels.headings
        counted = [
            (_count_of(headings.measures, reader.number_words), {n for n in measures if n}),
            (_count_of(headings.ministers, reader.number_words), cabinets),
        ]
        for passage in printed(checked.passages):
            if passage.language != tag or passage.field.startswith("agreement"):
                continue
            for pattern, allowed in counted:
                for match in pattern.finditer(passage.text):
                    typed = match[1].casefold()
                    number = int(typed) if typed.isdigit() else reader.number_words[typed]
                    yield passage, Span(*match.span(), match[0]), number, allowed


def _count_of(noun: str, words: dict[str, int]) -> re.Pattern[str]:
    number = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    phrase = r"\s+".join(re.escape(word) for word in noun.split())
    return re.compile(rf"(?<![\w.,-])({number}|\d+)\s+{phrase}(?!\w)", re.I)


def _count_differs(checked: Checked) -> Iterator[Hit]:
    for passage, span, number, allowed in _typed_counts(checked):
        if number not in allowed:
            known = ", ".join(map(str, sorted(allowed)))
            message = f"this count is none of those that measures.yaml gives ({known})"
            yield Hit(
                passage.place(span.start), message, span.value, "write {{ counts.… | words }}"
            )


def _count_typed(checked: Checked) -> Iterator[Hit]:
    for passage, span, number, allowed in _typed_counts(checked):
        if number in allowed:
            yield Hit(
                passage.place(span.start),
                "this count is right today, but will not follow when a status changes",
                span.value,
                "write {{ counts.… | words }}",
            )


# ---------------------------------------------------------------- dates


def _impossible(checked: Checked) -> Iterator[Hit]:
    for passage, written in _all_dates(checked):
        if not written.day:
            place = passage.place(written.span.start)
            yield Hit(place, "there is no such day", written.span.value)


def _weekday(checked: Checked) -> Iterator[Hit]:
    for passage, written in _all_dates(checked):
        if not written.day or written.weekday is None:
            continue
        if written.day.weekday() != written.weekday:
            locale = checked.language(passage).labels.typography.locale
            right = format_date(written.day, "EEEE", locale=locale)
            yield Hit(
                passage.place(written.span.start),
                f"that day was a {right}",
                written.span.value,
                "correct the day of the week or the date",
            )


def _covered(passage: Passage, offset: int) -> Span:
    """The text that the next note covers: from the note before it to that note's end."""
    unit = passage.unit(offset)
    ends = [c.end for c in passage.citations if c.start in unit]
    start = max([unit.start, *(end for end in ends if end <= offset)])
    cited = (c.start for c in passage.citations if c.start >= offset and c.start in unit)
    first = next(cited, unit.end)
    end = next((note.end for note in passage.notes if first in note), unit.end)
    return Span(start, end)


def _date_and_source(checked: Checked) -> Iterator[Hit]:
    sources = checked.edition.sources
    for passage, written in _all_dates(checked):
        day, offset = written.day, written.span.start
        if not (day and passage.narrative):
            continue
        cited = passage.cited(_covered(passage, offset))
        issued = {k: s.issued for k in cited if (s := sources.get(k)) and s.issued}
        if not issued or any(other.may_be(day) for other in issued.values()):
            continue
        known = [other.first for other in issued.values() if other.day]
        slip = any(abs((other - day).days) <= _SLIP_DAYS for other in known)
        if slip or day > max(other.last for other in issued.values()):
            days = ", ".join(f"{k}: {_long(checked, passage, d)}" for k, d in issued.items())
            yield Hit(
                passage.place(offset),
                f"the source cited here has another date ({days})",
                written.span.value,
                "correct the date, or cite the source of that day",
            )


def _date_of_other_source(checked: Checked) -> Iterator[Hit]:
    agreement = checked.edition.facts.agreement.source
    for passage in checked.passages:
        if not passage.narrative:
            continue
        for value in passage.values:
            group, _, key = value.value.partition(".")
            if group != "dates" or key not in checked.edition.sources.keys() - {agreement}:
                continue
            cited = passage.cited(passage.unit(value.start))
            if cited and key not in cited:
                yield Hit(
                    passage.place(value.start),
                    f'this is the date of the source "{key}", which the paragraph does not cite',
                    passage.raw[value.start : value.end],
                    f"cite @{key}, or take the date of the source that is cited",
                )


def _before_agreement(checked: Checked) -> Iterator[Hit]:
    agreed = checked.edition.facts.agreement.date
    for passage, written in _all_dates(checked):
        if not (written.day and passage.measure and passage.narrative):
            continue
        if 0 < (agreed - written.day).days < _RECENT_DAYS:
            yield Hit(
                passage.place(written.span.start),
                "this day came before the agreement, which cannot have caused it",
                written.span.value,
            )


def _after_edition(checked: Checked) -> Iterator[Hit]:
    edition = checked.edition.facts.date
    for passage, written in _all_dates(checked):
        if written.day and written.day > edition and passage.printed:
            message = "this day comes after the date of the edition"
            yield Hit(passage.place(written.span.start), message, written.span.value)
    for key, source in checked.edition.sources.items():
        if source.issued and source.issued.first > edition:
            message = "the source is dated after the edition"
            place = checked.place("sources.yaml", key, "issued")
            yield Hit(place, message, str(source.issued))
    for key, questionnaire in checked.edition.rounds.items():
        if questionnaire.sent > edition:
            place = checked.place("edition.yaml", "questionnaires", key, "sent")
            message = "the questionnaire was sent after the date of the edition"
            yield Hit(place, message, questionnaire.sent.isoformat())


def _reply_before_question(checked: Checked) -> Iterator[Hit]:
    rounds = checked.edition.rounds
    for key, source in checked.edition.sources.items():
        if not (source.round in rounds and source.issued):
            continue
        sent = rounds[source.round].sent
        if source.issued.last < sent:
            place = checked.place("sources.yaml", key, "issued")
            message = f"the reply is dated before its questionnaire was sent ({sent})"
            yield Hit(place, message, str(source.issued))


# ---------------------------------------------------------------- sums


def _sums(checked: Checked) -> Iterator[Hit]:
    readers = _Readers(checked).by_language
    for passage in checked.passages:
        numbers = list(readers[passage.language].numbers(passage))
        for sentence in passage.sentences:
            amounts = [n for n in numbers if n.span.start in sentence]
            for unit in dict.fromkeys(n.unit for n in amounts if n.unit):
                same = [n for n in amounts if n.unit == unit]
                yield from _sum_differs(passage, same)


def _sum_differs(passage: Passage, amounts: list[WrittenNumber]) -> Iterator[Hit]:
    if not 3 <= len(amounts) <= _MOST_AMOUNTS:
        return
    total = max(amounts, key=lambda amount: amount.value)
    parts = [amount.value for amount in amounts if amount is not total]
    sums = {sum(some) for size in range(2, len(parts) + 1) for some in combinations(parts, size)}
    if any(abs(value - total.value) < 1e-9 for value in sums):
        return
    if abs(sum(parts) - total.value) <= total.value / 4:
        added = " + ".join(f"{part:g}" for part in parts)
        yield Hit(
            passage.place(total.span.start),
            f"the amounts of this sentence do not add up: {added} = {sum(parts):g},"
            f" not {total.value:g}",
            total.span.value,
            "correct the total or its parts",
        )


RULES = [
    Rule(
        "count-differs", Level.ERROR, "a typed count that differs from the computed one",
        "A number before the words for measures or competent ministers must be a count that"
        " follows from measures.yaml and sources.yaml.", _count_differs,
        needs=FACTS,
    ),
    Rule(
        "count-typed", Level.NOTE, "a count that is typed instead of computed",
        "A typed count is not updated with the facts; {{ counts.… | words }} is.", _count_typed,
        needs=FACTS,
    ),
    Rule(
        "date-impossible", Level.ERROR, "a day that does not exist",
        "Such as the 31st of September.", _impossible,
    ),
    Rule(
        "weekday-differs", Level.ERROR, "a weekday that does not go with its date",
        "The day of the week is computed from the date.", _weekday,
    ),
    Rule(
        "date-differs", Level.WARNING, "a date that disagrees with the source cited for it",
        "No source of the note that covers this date has that date, and they are all older, or one"
        " lies within two weeks of it: a slip in the date, or the wrong source.", _date_and_source,
    ),
    Rule(
        "date-of-other-source", Level.WARNING, "the date of a source that is not cited",
        "The paragraph computes a date from one source but cites others.", _date_of_other_source,
        needs=("edition.yaml",),
    ),
    Rule(
        "date-before-agreement", Level.NOTE, "an event in the year before the agreement",
        "What happened before the agreement does not carry it out.", _before_agreement,
        needs=("edition.yaml",),
    ),
    Rule(
        "date-after-edition", Level.WARNING, "a day after the edition",
        "An edition cannot report what had not happened, nor cite what had not appeared.",
        _after_edition,
        needs=("edition.yaml",),
    ),
    Rule(
        "reply-before-question", Level.ERROR, "a reply older than the questionnaire",
        "A cabinet cannot answer before it was asked.", _reply_before_question,
        needs=("edition.yaml",),
    ),
    Rule(
        "sum-differs", Level.WARNING, "amounts that do not add up",
        "Where a sentence names a total and its parts in the same unit, they must agree.", _sums,
    ),
]  # fmt: skip
