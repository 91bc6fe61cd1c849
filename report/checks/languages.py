"""Rules about translations: what must be the same in every language, and what was confirmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator

from ..problems import Level
from .passages import Checked, Passage, Span, printed
from .rules import Hit, Rule
from .translations import State, lock_faults, states
from .written_numbers import Reader


def _pairs(checked: Checked) -> Iterator[tuple[Passage, Passage]]:
    """Each text with the same text of the first language."""
    first = next(iter(checked.edition.languages), None)
    texts = {(p.measure, p.path): p for p in printed(checked.passages) if p.language == first}
    for passage in printed(checked.passages):
        other = texts.get((passage.measure, passage.path))
        if passage.language != first and other:
            yield other, passage


def _missing(checked: Checked) -> Iterator[Hit]:
    tags = list(checked.edition.languages)
    texts: dict[str, dict[Hashable, Passage]] = {tag: {} for tag in tags}
    for passage in printed(checked.passages):
        texts[passage.language][(passage.measure, passage.path)] = passage
    for one in tags:
        for other in tags:
            for key, passage in texts[one].items():
                file = passage.file.replace(f"{one}/", f"{other}/", 1)
                known = key in texts[other] or file in checked.edition.left_out
                if one != other and not known:
                    message = f"this text has no counterpart in {file}"
                    yield Hit(passage.start, message, ".".join(map(str, passage.path)))


_FEW_WORDS = 8
"""Shorter texts may be the same in two languages: a name, a title that is a quotation."""


def _untranslated(checked: Checked) -> Iterator[Hit]:
    """Texts that are those of another language word for word, told once for each language."""
    first_with: dict[tuple[Hashable, str], Passage] = {}
    copies: dict[tuple[str, str], list[tuple[Passage, Passage]]] = {}
    for passage in printed(checked.passages):
        if len(passage.words) >= _FEW_WORDS:
            key = (passage.measure, passage.path), passage.raw
            first = first_with.setdefault(key, passage)
            if first.language != passage.language:
                pair = first.language, passage.language
                copies.setdefault(pair, []).append((first, passage))
    for (one, other), found in copies.items():
        texts = "1 text is" if len(found) == 1 else f"{len(found)} texts are"
        yield Hit(
            found[0][1].start,
            f"{texts} the same in {one} and {other}, the first of them this",
            ".".join(map(str, found[0][1].path)),
            "translate, or keep the folder elsewhere until its texts are translated",
            tuple(first.start for first, _ in found),
        )


def _compare(
    checked: Checked, what: str, extract: Callable[[Passage], list[Span]], *, ordered: bool
) -> Iterator[Hit]:
    for one, other in _pairs(checked):
        left, right = extract(one), extract(other)
        there, here = [span.value for span in left], [span.value for span in right]
        if there == here or (not ordered and Counter(there) == Counter(here)):
            continue
        mine = _first_difference(right, there, ordered=ordered)
        theirs = _first_difference(left, here, ordered=ordered)
        place = other.place(mine.start) if mine else other.start
        related = one.place(theirs.start) if theirs else one.start
        yield Hit(
            place,
            f"{what} differ from {related.file}:{related.line}:"
            f" {_listed(here, there)} here, {_listed(there, here)} there",
            mine.value if mine else theirs.value if theirs else "",
            "make both say the same",
            (related,),
        )


def _listed(mine: list[str], others: list[str]) -> str:
    if Counter(mine) == Counter(others):
        return ", ".join(mine)
    return ", ".join((Counter(mine) - Counter(others)).elements()) or "none"


def _first_difference(mine: list[Span], others: list[str], *, ordered: bool) -> Span | None:
    """The first of ``mine`` that the other text lacks, or has elsewhere."""
    left = Counter(others)
    for span in mine:
        left[span.value] -= 1
        if left[span.value] < 0:
            return span
    if not ordered or Counter(span.value for span in mine) != Counter(others):
        return None
    return next((a for a, b in zip(mine, others, strict=True) if a.value != b), None)


def _sources(checked: Checked) -> Iterator[Hit]:
    return _compare(checked, "the sources cited", lambda p: p.citations, ordered=True)


def _references(checked: Checked) -> Iterator[Hit]:
    return _compare(checked, "the cross-references", lambda p: p.references, ordered=False)


def _figures(checked: Checked) -> Iterator[Hit]:
    return _compare(checked, "the figures", lambda p: p.figures, ordered=True)


def _values(checked: Checked) -> Iterator[Hit]:
    return _compare(checked, "the computed values", lambda p: p.values, ordered=False)


def _dates(checked: Checked) -> Iterator[Hit]:
    readers = {tag: Reader(item) for tag, item in checked.edition.languages.items()}

    def dates(passage: Passage) -> list[Span]:
        written = readers[passage.language].dates(passage)
        return [Span(w.span.start, w.span.end, w.day.isoformat()) for w in written if w.day]

    return _compare(checked, "the dates", dates, ordered=False)


def _numbers(checked: Checked) -> Iterator[Hit]:
    readers = {tag: Reader(item) for tag, item in checked.edition.languages.items()}

    def numbers(passage: Passage) -> list[Span]:
        written = readers[passage.language].numbers(passage)
        return [Span(w.span.start, w.span.end, f"{w.value:.10g}") for w in written]

    return _compare(checked, "the numbers", numbers, ordered=False)


def _people(checked: Checked) -> Iterator[Hit]:
    names = [person.family for person in checked.edition.people.values()]
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    pattern = re.compile(rf"(?<!\w)({words})(?:['’]?s)?(?!\w)")

    def people(passage: Passage) -> list[Span]:
        named: dict[str, Span] = {}
        for match in pattern.finditer(passage.text):
            name = " ".join(match[1].split())
            named.setdefault(name, Span(*match.span(), name))
        return list(named.values())

    return _compare(checked, "the people named", people, ordered=False) if names else iter(())


def _agreement_kinds(checked: Checked) -> Iterator[Hit]:
    for one, other in _pairs(checked):
        if not one.measure or one.path != ("agreement", "text"):
            continue
        here, there = (
            checked.language(p).measures[one.measure].agreement.kind.value for p in (other, one)
        )
        if here != there:
            place, related = (checked.place(p.file, "agreement", "kind") for p in (other, one))
            message = f"this is {here}, but {there} in {related.file}:{related.line}"
            yield Hit(place, message, here, "make both say the same", (related,))


def _structure(checked: Checked) -> Iterator[Hit]:
    for one, other in _pairs(checked):
        for what, left, right in (
            ("paragraphs", len(one.paragraphs), len(other.paragraphs)),
            ("list items", len(one.items), len(other.items)),
            ("stretches in bold", one.bold, other.bold),
        ):
            if left != right:
                file, line = one.start.file, one.start.line
                message = f"{right} {what} here, {left} in {file}:{line}"
                yield Hit(
                    other.start, message, suggestion="divide both alike", related=(one.start,)
                )


def _quotations(checked: Checked) -> Iterator[Hit]:
    for one, other in _pairs(checked):
        left, right = quotation_count(checked, one), quotation_count(checked, other)
        if left != right:
            message = f"{right} quotations here, {left} in {one.start.file}:{one.start.line}"
            yield Hit(other.start, message, suggestion="quote both alike", related=(one.start,))


def quotation_count(checked: Checked, passage: Passage) -> int:
    """How many quotations a passage holds."""
    opening = checked.language(passage).labels.typography.quotes[0].strip()
    return passage.text.count('"') // 2 + sum(passage.text.count(m) for m in {opening, "“", "«"})


def _translation_states(checked: Checked) -> Iterator[Hit]:
    for row in states(checked):
        if row.state is State.STALE:
            message = "changed in one language since both were confirmed to say the same"
            suggestion = f"compare {row.field}, then confirm {row.unit}"
            yield Hit(row.places[0], message, row.field, suggestion, row.places[1:])


def _lock_form(checked: Checked) -> Iterator[Hit]:
    for finding in lock_faults(checked.edition.folder):
        suggestion = "take the file of an earlier version back, or delete it and confirm anew"
        yield Hit(finding.place, finding.message, suggestion=suggestion)


def _unconfirmed(checked: Checked) -> Iterator[Hit]:
    rows = [row for row in states(checked) if row.state is State.UNCONFIRMED]
    for unit in dict.fromkeys(row.unit for row in rows):
        mine = [row for row in rows if row.unit == unit]
        message = f"{len(mine)} texts have not been confirmed to say the same in every language"
        yield Hit(mine[0].places[0], message, unit, f"read them side by side, then confirm {unit}")


RULES = [
    Rule(
        "text-missing", Level.ERROR, "a text that only one language has",
        "All languages of an edition hold the same texts.", _missing,
    ),
    Rule(
        "untranslated", Level.ERROR, "texts that were copied and not translated",
        "A language whose texts are those of another would be printed under the wrong name.",
        _untranslated,
    ),
    Rule(
        "sources-differ", Level.ERROR, "other sources in one language",
        "Both versions must cite the same sources in the same order, so that notes have the same"
        " numbers.", _sources,
    ),
    Rule(
        "references-differ", Level.ERROR, "other cross-references in one language",
        "Both versions must point to the same measures.", _references,
    ),
    Rule(
        "values-differ", Level.ERROR, "other computed values in one language",
        "Both versions must print the same counts and dates.", _values,
    ),
    Rule(
        "figures-differ", Level.ERROR, "other figures in one language",
        "Both versions of a text must show the same figures in the same order.", _figures,
    ),
    Rule(
        "dates-differ", Level.ERROR, "other dates in one language",
        "Every date typed in one version must stand in the other.", _dates,
    ),
    Rule(
        "numbers-differ", Level.WARNING, "other numbers in one language",
        "Every number in digits of one version must stand in the other, in digits.", _numbers,
    ),
    Rule(
        "people-differ", Level.WARNING, "other people named in one language",
        "Both versions of a text must name the same registered people.", _people,
    ),
    Rule(
        "agreement-kind-differs", Level.ERROR, "a summary in one language, the wording in another",
        "What one version calls the official wording, the other cannot call a summary.",
        _agreement_kinds,
    ),
    Rule(
        "structure-differs", Level.WARNING, "paragraphs, lists or emphasis that differ",
        "Both versions must have as many paragraphs, list items and bold stretches.", _structure,
    ),
    Rule(
        "quotations-differ", Level.WARNING, "quotations that differ",
        "What one version quotes, the other must quote too: else the reader takes the words of"
        " others for the publishers' own.", _quotations,
    ),
    Rule(
        "lock-form", Level.ERROR, "confirmed translations that cannot be read",
        "translations.lock.yaml is written by the command confirm; nobody can tell which texts"
        " are stale while it is broken, for example by a merge.", _lock_form,
    ),
    Rule(
        "translation-stale", Level.WARNING, "a translation that may be stale",
        "One language changed after both were confirmed to say the same.", _translation_states,
    ),
    Rule(
        "translation-unconfirmed", Level.NOTE, "translations that nobody has confirmed",
        "Someone who reads both languages should compare these texts and confirm them.",
        _unconfirmed,
    ),
]  # fmt: skip
