"""Rules about evidence: what is claimed must be sourced, reasoned and asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..edition.edition import FACTS, Language
from ..edition.model import CarriedOut, Outcome
from ..problems import Level
from .passages import MARKUP, Checked, Passage, Span
from .rules import Hit, Rule
from .written_numbers import Reader

_SHORTEST_QUOTATION = 2
_CLAIMS = ("introduction", "analysis", "conclusions")


def quotations(language: Language, passage: Passage) -> list[Span]:
    """What stands between quotation marks, these included; the words inside are its value."""
    marks = language.labels.typography.quotes
    pairs = {('"', '"'), ("“", "”"), ("«", "»"), (marks[0].strip(), marks[1].strip())}
    pattern = "|".join(f"{re.escape(a)}([^{re.escape(a + b)}]*){re.escape(b)}" for a, b in pairs)
    found = []
    for match in re.finditer(pattern, passage.text):
        inside = next(group for group in match.groups() if group is not None)
        found.append(Span(*match.span(), " ".join(inside.replace(MARKUP, "").split())))
    return found


def _unsourced_quotations(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        mine = [p for p in checked.passages if p.language == language.tag]
        sourced = {
            (passage.measure, words)
            for passage in mine
            for quotation in quotations(language, passage)
            if passage.cited(passage.unit(quotation.start))
            for words in [quotation.value]
        }
        for passage in mine:
            if passage.field in _CLAIMS:
                yield from _unsourced(language, passage, sourced)


def _unsourced(
    language: Language, passage: Passage, sourced: set[tuple[str | None, str]]
) -> Iterator[Hit]:
    for quotation in quotations(language, passage):
        repeated = any(
            measure == passage.measure and quotation.value in words for measure, words in sourced
        )
        if len(quotation.value.split()) < _SHORTEST_QUOTATION or repeated:
            continue
        if not passage.cited(passage.unit(quotation.start)):
            yield Hit(
                passage.place(quotation.start),
                "a quotation without a source in its sentence or paragraph",
                quotation.value,
                "cite the source with [@key]",
            )


def _unsourced_dates(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        reader = Reader(language)
        for passage in checked.passages:
            if passage.language != language.tag or passage.field not in _CLAIMS:
                continue
            for written in reader.dates(passage):
                if not passage.cited(passage.unit(written.span.start)):
                    yield Hit(
                        passage.place(written.span.start),
                        "a dated claim without a source in its paragraph",
                        written.span.value,
                        "cite the source with [@key]",
                    )


def _no_reply(checked: Checked) -> Iterator[Hit]:
    edition = checked.edition
    told: set[str] = set()
    for measure in edition.measures:
        asked = measure.questions.to if measure.questions else []
        path = (measure.row, "questions", edition.round or "", "to")
        named = [((measure.row, "offices"), key) for key in measure.ministers]
        for where, key in (*named, *(((*path, i), key) for i, key in enumerate(asked))):
            if key not in told and edition.asked(key) and edition.reply(key) is None:
                told.add(key)
                yield Hit(
                    checked.place("measures.yaml", *where),
                    "sources.yaml does not record what this minister's cabinet replied",
                    key,
                    f"record it: edition reply {key} --outcome answered, refused, none or"
                    " unrecorded",
                )


def _unrecorded(checked: Checked) -> Iterator[Hit]:
    for key, source in checked.edition.sources.items():
        if source.outcome is Outcome.UNRECORDED:
            yield Hit(
                checked.place("sources.yaml", key),
                "nobody has recorded what this cabinet replied",
                key,
                "find out, and correct the outcome",
            )


def _undated_reply(checked: Checked) -> Iterator[Hit]:
    for key, source in checked.edition.sources.items():
        if source.outcome in (Outcome.ANSWERED, Outcome.REFUSED) and not source.issued:
            yield Hit(
                checked.place("sources.yaml", key), "this reply has no date", key, "add its date"
            )


def _status_unsourced(checked: Checked) -> Iterator[Hit]:
    edition = checked.edition
    if not edition.languages:
        return
    last = edition.last_edition()
    for measure, _ in edition.changes():
        cited = {c.value for p in checked.passages if p.measure == measure.id for c in p.citations}
        dates = [s.issued for k in cited if (s := edition.sources.get(k)) and s.issued]
        if last and not any(day.last > last for day in dates):
            yield Hit(
                checked.place("measures.yaml", measure.row, "status"),
                f"the status changed since {last}, but no source of the measure is newer",
                measure.status,
                "cite what the new status rests on",
            )


def _silent(checked: Checked) -> Iterator[Hit]:
    edition = checked.edition
    if not edition.round:
        return
    for measure in edition.measures:
        outcomes = [edition.outcome(minister) for minister in measure.ministers]
        verdict = edition.statuses[measure.status].carried_out
        if verdict is CarriedOut.YES and Outcome.ANSWERED not in outcomes:
            yield Hit(
                checked.place("measures.yaml", measure.row, "status"),
                "counted as carried out, though no competent minister answered",
                measure.id,
                "make sure that the reason rests on another source",
            )


RULES = [
    Rule(
        "quotation-unsourced", Level.WARNING, "a quotation without a source",
        "Words of others need a note in the same paragraph or list item. A single word between"
        " quotation marks, or words quoted with their source elsewhere in the measure, do not.",
        _unsourced_quotations,
    ),
    Rule(
        "date-unsourced", Level.WARNING, "a dated claim without a source",
        "What is said to have happened on a day needs a note in the same paragraph.",
        _unsourced_dates,
    ),
    Rule(
        "reply-missing", Level.WARNING, "a minister whose reply is not recorded",
        "Every competent minister, and everyone asked, needs a record of what came of the"
        " questionnaire.", _no_reply,
        needs=("edition.yaml", "people.yaml", "sources.yaml", "measures.yaml"),
    ),
    Rule(
        "reply-unrecorded", Level.NOTE, "a reply that is recorded as unknown",
        "The report says openly that it does not know; better to find out.", _unrecorded,
    ),
    Rule(
        "reply-undated", Level.NOTE, "a reply without a date",
        "The note says that the reply is undated; readers cannot ask for it by date.",
        _undated_reply,
    ),
    Rule(
        "status-unsourced", Level.ERROR, "a new status without a new source",
        "A status that changed since the last edition must rest on a source from after that"
        " edition.", _status_unsourced,
        needs=("sources.yaml", "*/labels.yaml", "*/measures/*.yaml"),
    ),
    Rule(
        "silent-minister", Level.NOTE, "carried out, though the competent minister is silent",
        "The verdict then rests on the word of others.", _silent,
        needs=FACTS,
    ),
]  # fmt: skip
