"""What the checks see in a text is what the pages print of it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from report.checks.passages import BLOCKS, LITERAL, WORD, Passage, read_checked
from report.edition.edition import Text
from report.edition.load import load_edition
from report.pages.prose import Parsed, Parser, note_citations
from report.pages.render import render_page
from report.problems import Place
from tests.editions import make_edition
from tests.pages.test_prose import messages, parser

PLACE = Place("nl/edition.yaml", 1, 1)
PIECES = [
    "woord", "Zin. ", "'s ", "-", ", ", ":", " ", "  ", "\t", "\n", "\n\n", "\\", '"', "(", ")",
    "\n- ", "\n\n- ", "\n\n+ ", "\n\n  * ", "\n1. ", "\n\n1. ", "2021. ", "\n> ", "\n\n> ",
    ":\n- ", "*", "**", "***", "_", "__", "[", "]", "{", "}", "{{", "{{ counts.total }}", "![",
    "[@ic285]", "[zie @ic202, p. 3; @ic285]", "[@ic285, @ic202]", "[@elders]", "[mail a@b]",
    "@ic285", "@elders", "^[Noot", "^[@ic202. Zo.]", "[](#arms-ban)", "[](#",
    "[word]{lang=en}", "]{lang=fr}", "](https://x.be)", "[a](https://b.be/c)",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.fixture(scope="module")
def dutch() -> Parser:
    """A parser for what the pages print."""
    return parser()


def passage(raw: str, field: str = "analysis") -> Passage:
    """``raw`` as the checks see it."""
    return Passage("nl", PLACE.file, (field,), raw, PLACE, raw, "arms-ban")


def words(parsed: Parsed) -> list[str]:
    """The words that the pages print, notes included."""
    texts = (token.content for token in parsed.walk() if token.type == "text")
    return [word.replace("’", "'") for word in WORD.findall("\u2060".join(texts))]


@given(PROSE)
@example("__a__ [mail a@b] \\[@ic285]")
@example("a:\n- b\n- c[@ic285]\n\n+ d")
def test_pages_and_checks_agree(dutch: Parser, raw: str) -> None:
    """Words, citations, notes, references, values, items, bold and foreign words are the same."""
    # Side by side, two calls that say the same are printed as one.
    assume(not re.search(r"(\[[^\]]*@[^\]]*\])\s*\1", raw))
    text, seen = Text(raw, PLACE), passage(raw)
    printed = dutch.parse(text)
    tokens = list(printed.walk())
    kinds = [token.type for token in tokens]
    assert len(seen.notes) == kinds.count("note")
    assert [r.value for r in seen.references] == [
        token.meta["target"] for token in tokens if token.type == "cross_reference"
    ]
    assert len(seen.foreign) == kinds.count("span_open")
    assert len(seen.links) == kinds.count("link_open")
    assert seen.bold == kinds.count("strong_open")
    assert len(seen.items) == sum(token.type == "list_item_open" for token in printed.tokens)
    if not messages(printed):
        notes = (token for token in tokens if token.type == "note")
        cited = [citation.key for note in notes for citation in note_citations(note)]
        assert [citation.value for citation in seen.citations] == cited
        assert [span.value.replace("’", "'") for span in seen.words] == words(printed)


@given(PROSE)
def test_spans_hold_what_they_name(raw: str) -> None:
    """Every span leads to the words of the text that it is about."""
    seen = passage(raw)
    assert len(seen.text) == len(seen.literal) == len(raw)
    for span in seen.citations:
        assert raw[span.start : span.end] == f"@{span.value}"
    for span in [*seen.references, *seen.values, *seen.links, *seen.words]:
        assert span.value in raw[span.start : span.end]
    for span in seen.foreign:
        assert (raw[span.start], raw[span.end - 1]) == ("[", "}")
    assert all(raw[item.start] in "-*+12" for item in seen.items)
    for spans in (seen.paragraphs, seen.sentences, seen.items, seen.units):
        assert all(one.end <= other.start for one, other in pairwise(spans))


@given(PROSE)
def test_no_markup_is_printed_silently(dutch: Parser, raw: str) -> None:
    """What is printed of a sound text holds no citation, note or value that is not read."""
    printed = dutch.parse(Text(raw, PLACE))
    if not messages(printed) and "\\" not in raw:
        text = "\n".join(token.content for token in printed.walk() if token.type == "text")
        assert not re.search(r"\[@|\^\[|\{\{", text)


def test_fields_are_read_as_they_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is printed as blocks is checked as blocks, and what is printed as a line as a line."""
    blocks, lines = set(), set()
    for name, raws in (("parse", blocks), ("parse_paragraph", blocks), ("parse_line", lines)):
        monkeypatch.setattr(Parser, name, _recording(getattr(Parser, name), raws))
    edition = load_edition(make_edition(tmp_path))
    for language in edition.languages.values():
        render_page(edition, language)
    checked = read_checked(edition)
    for seen in [*checked.passages, *checked.labels]:
        if seen.field in BLOCKS:
            assert seen.raw in blocks - lines, seen.path
        elif seen.field in LITERAL:
            assert seen.raw not in blocks | lines, seen.path
        else:
            assert seen.raw not in blocks, seen.path


def _recording(parse, raws):  # type: ignore[no-untyped-def]
    def recording(self: Parser, text: Text) -> Parsed:
        raws.add(text.raw)
        return parse(self, text)

    return recording
