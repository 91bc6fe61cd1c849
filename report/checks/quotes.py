"""Rules about the words that stand large beside the analysis: they are the words of the analysis.

Whoever reads only them must read what was said, by whom and where, as the analysis tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..edition.model import Quote
from ..problems import Level
from .evidence import quotations
from .passages import MARKUP, Checked, Passage, Span
from .rules import Hit, Rule

_NEEDS = ("measures.yaml", "sources.yaml", "people.yaml", "*/labels.yaml", "*/measures/*.yaml")


def _quotes(checked: Checked) -> Iterator[tuple[Quote, Passage, Passage]]:
    """Each quote with its words in one language, and the analysis from which they are taken."""
    facts = {measure.id: measure.facts.quote for measure in checked.edition.measures}
    analyses = {(p.language, p.measure): p for p in checked.passages if p.field == "analysis"}
    for words in checked.passages:
        quote = facts.get(words.measure or "") if words.field == "quote" else None
        if quote:
            yield quote, words, analyses[words.language, words.measure]


def _found(words: Passage, analysis: Passage) -> Span | None:
    """Where the analysis holds ``words``, whatever its markup and the ends of its lines."""
    characters = " ".join(words.text.replace(MARKUP, "").split())
    patterns = (rf"[\s{MARKUP}]+" if c == " " else re.escape(c) for c in characters)
    match = re.search(rf"(?<!\w){f'{MARKUP}*'.join(patterns)}(?!\w)", analysis.text)
    return Span(*match.span(), match[0]) if match else None


def _altered(checked: Checked) -> Iterator[Hit]:
    for _, words, analysis in _quotes(checked):
        if not _found(words, analysis):
            message = f"these words do not stand like this in {analysis.file}, under analysis"
        elif not quotations(checked.language(words), words):
            message = "no words here stand between quotation marks, so nobody is quoted"
        else:
            continue
        suggestion = "copy them from the analysis, with their quotation marks"
        yield Hit(words.start, message, words.raw, suggestion, (analysis.start,))


def _unsourced(checked: Checked) -> Iterator[Hit]:
    for quote, words, analysis in _quotes(checked):
        found = _found(words, analysis)
        cited = analysis.cited(analysis.unit(found.start)) if found else [quote.source]
        if quote.source not in cited:
            message = f'the paragraph with these words does not cite "{quote.source}"'
            suggestion = f"in measures.yaml, name as source: {' or '.join(cited)}"
            yield Hit(words.start, message, words.raw, suggestion if cited else "cite it there")


def _unnamed(checked: Checked) -> Iterator[Hit]:
    edition = checked.edition
    for quote, words, analysis in _quotes(checked):
        speakers = [quote.speaker] if quote.speaker else edition.sources[quote.source].people
        for person in (edition.people[key] for key in speakers if key in edition.people):
            if not re.search(rf"(?<!\w){re.escape(person.family)}(?!\w)", analysis.text):
                message = f"the analysis does not name {person.full_name}, who is quoted here"
                suggestion = "name the speaker there, or correct it in measures.yaml"
                yield Hit(words.start, message, words.raw, suggestion, (analysis.start,))


RULES = [
    Rule(
        "quote-altered", Level.ERROR, "words in the margin that the analysis does not hold",
        "What stands large beside the analysis is copied from it, quotation marks included, so"
        " that nobody is quoted otherwise than there.", _altered, needs=_NEEDS,
    ),
    Rule(
        "quote-unsourced", Level.ERROR, "words in the margin with another source",
        "The source that measures.yaml names for a quote, and whose date is printed, is cited in"
        " the paragraph that holds the words.", _unsourced, needs=_NEEDS,
    ),
    Rule(
        "quote-unnamed", Level.ERROR, "words in the margin of somebody else",
        "The analysis that holds the words names who is printed as their speaker.", _unnamed,
        needs=_NEEDS,
    ),
]  # fmt: skip
