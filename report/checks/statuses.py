"""Rules about statuses: what was true of an old status must not stand beside a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..edition.counts import counts
from ..edition.edition import FACTS, Language
from ..problems import Level
from .passages import Checked, Passage, printed
from .rules import Hit, Rule
from .translations import confirmed_statuses
from .written_numbers import Reader


def _words(label: str) -> list[str]:
    return label.casefold().split()


def _phrase(words: Iterable[str]) -> str:
    return r"\s+".join(map(re.escape, words))


def _set_apart(labels: dict[str, str], status: str, other: str) -> list[str]:
    """The words of the label of ``status`` that the label of ``other`` lacks."""
    common = _words(labels[other])
    return [word for word in _words(labels[status]) if word not in common]


def _named(language: Language, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each status that ``text`` names by its label, the longest label first."""
    labels = {" ".join(_words(label)): key for key, label in language.labels.statuses.items()}
    longest = sorted(labels, key=len, reverse=True)
    names = "|".join(_phrase(label.split()) for label in longest)
    for match in re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", text, re.I):
        yield match, labels[" ".join(_words(match[0]))]


def _reasons(checked: Checked, *fields: str) -> Iterator[tuple[Passage, str]]:
    """These ``fields`` of every measure in every language, with the status that they are for."""
    statuses = {measure.id: measure.status for measure in checked.edition.measures}
    for passage in checked.passages:
        if passage.measure and passage.field in fields:
            yield passage, statuses[passage.measure]


def _provisional(checked: Checked) -> Iterator[Hit]:
    for passage, status in _reasons(checked, "reason"):
        labels = checked.language(passage).labels.statuses
        main = checked.edition.statuses[status].counted_with
        words = _set_apart(labels, status, main) if main else []
        if not re.search(_phrase(words), passage.raw, re.I):
            yield Hit(
                passage.start,
                f'the reason does not say why the measure counts as "{labels[status]}"',
                suggestion="say in the reason what is still lacking, with the word"
                f' "{" ".join(words)}"',
            )


def _contradicted(checked: Checked) -> Iterator[Hit]:
    for passage, status in _reasons(checked, "reason", "in_brief"):
        language = checked.language(passage)
        for match, named in _named(language, passage.text):
            # A single word, such as "done", may be about a part of the measure.
            if named != status and len(match[0].split()) > 1:
                yield Hit(
                    passage.place(match.start()),
                    f'the measure has the status "{language.labels.statuses[status]}"',
                    match[0],
                    "renew the reason, or correct the status in measures.yaml",
                )


def _unrenewed(checked: Checked) -> Iterator[Hit]:
    for passage, before in confirmed_statuses(checked):
        labels = checked.language(passage).labels.statuses
        was = f'"{labels.get(before, before)}"'
        yield Hit(
            passage.start,
            f"the status was {was} when this reason was confirmed, and the reason is the same",
            suggestion=f"say why the measure has its new status, then confirm {passage.measure}",
        )


def _undescribed(checked: Checked) -> Iterator[Hit]:
    used = {measure.status for measure in checked.edition.measures}
    for passage in checked.passages:
        if passage.field != "method":
            continue
        language = checked.language(passage)
        named = {
            status
            for match, status in _named(language, passage.text)
            if _opens_a_block(passage, match.start())
        }
        for status in checked.edition.statuses:
            if named and status in used - named:
                label = language.labels.statuses[status]
                message = f'the method explains other statuses, but not "{label}"'
                yield Hit(passage.start, message, suggestion="explain it as the others")


def _opens_a_block(passage: Passage, offset: int) -> bool:
    """Whether a paragraph or a list item begins with what stands at ``offset``."""
    blocks = [block for block in (*passage.paragraphs, *passage.items) if offset in block]
    return any(not re.search(r"\w", passage.text[block.start : offset]) for block in blocks)


def _allowed(checked: Checked, status: str) -> set[int]:
    """The numbers of measures of ``status``, with or without those counted with it."""
    totals = counts(checked.edition)
    groups = [totals, *(totals[level] for level in checked.edition.facts.levels)]
    others = [k for k, other in checked.edition.statuses.items() if other.counted_with == status]
    own = {group[status] for group in groups}
    return own | {group[status] + sum(group[key] for key in others) for group in groups}


def _count_patterns(reader: Reader, statuses: list[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """How the number of measures of each status is written: "four (measures) not done"."""
    labels = reader.language.labels
    number = "|".join(sorted(map(re.escape, reader.number_words), key=len, reverse=True))
    before = rf"(?<![\w.,-])({number}|\d+)\s+(?:{_phrase(labels.headings.measures.split())}\s+)?"
    for status in statuses:
        names = {_phrase(_words(x[status])) for x in (labels.statuses, labels.status_captions)}
        short = _phrase(_set_apart(labels.statuses, status, statuses[0]))
        # Without the words that all statuses share, it must end the clause.
        ends = rf"|{short}(?=\s*(?:[.,;:)!?]|$))" if short else ""
        yield status, re.compile(rf"{before}(?:(?:{'|'.join(names)})(?![\w-]){ends})", re.I)


def _count_differs(checked: Checked) -> Iterator[Hit]:
    statuses = list(checked.edition.statuses)
    allowed = {status: _allowed(checked, status) for status in statuses}
    for tag, language in checked.edition.languages.items():
        reader = Reader(language)
        patterns = list(_count_patterns(reader, statuses))
        for passage in printed(checked.passages):
            if passage.language != tag or passage.measure:
                continue
            for status, pattern in patterns:
                for match in pattern.finditer(passage.text):
                    typed = match[1].casefold()
                    number = int(typed) if typed.isdigit() else reader.number_words[typed]
                    if number not in allowed[status]:
                        known = " or ".join(map(str, sorted(allowed[status])))
                        yield Hit(
                            passage.place(match.start()),
                            f'"{language.labels.statuses[status]}" are {known}, as measures.yaml'
                            " has it",
                            match[0],
                            "write {{ counts.… | words }}",
                        )


RULES = [
    Rule(
        "provisional-unexplained", Level.WARNING, "said apart, but nobody says why",
        "A measure that is carried out provisionally counts as carried out; the reason must say"
        " what makes it provisional, with that word. So with every status that is counted with"
        " another.", _provisional,
        needs=("measures.yaml", "statuses.yaml"),
    ),
    Rule(
        "status-contradicted", Level.WARNING, "a reason that names another status",
        "When a status changes, the reason must change with it.", _contradicted,
        needs=("measures.yaml", "statuses.yaml"),
    ),
    Rule(
        "reason-unrenewed", Level.WARNING, "a new status with the reason of the old one",
        "The status is not what it was when the reason was last confirmed, but the reason is.",
        _unrenewed,
        needs=("measures.yaml", "statuses.yaml"),
    ),
    Rule(
        "status-undescribed", Level.WARNING, "a status that the method leaves out",
        "A method that explains statuses, each at the head of a paragraph or list item, must"
        " explain each one that a measure has.",
        _undescribed,
        needs=("measures.yaml", "statuses.yaml"),
    ),
    Rule(
        "status-count-differs", Level.WARNING, "a typed number of measures of a status",
        "A number before the name of a status, in the texts about the whole edition, must be one"
        " that follows from measures.yaml.", _count_differs,
        needs=FACTS,
    ),
]  # fmt: skip
