"""Markdown: what is read, where it stands in the text, and what is refused at any size."""

from __future__ import annotations

import sys

import pytest
from markdown_it.token import Token

from report.pages.markdown import DEEPEST, LONGEST, MOST_NOTES, Tree, read, read_line

BLANK_LINE = (
    "a list or quotation begins after an empty line, or a line that ends with a colon;"
    " in a sentence, write "
)
TOO_DEEP = f"lists and quotations stand at most {DEEPEST} deep in one another; make them flatter"


def pieces(raw: str) -> list[tuple[str, str]]:
    """Each inline token but plain text, and what stands at its place in the text."""
    return [
        (token.type, raw[token.meta["start"] : token.meta["end"]])
        for token in read(raw).inline()
        if token.type != "text"
    ]


def texts(raw: str) -> list[str]:
    """What stands in the text at the place of each token of plain text."""
    found = [token for token in read(raw).inline() if token.type == "text"]
    assert [raw[t.meta["start"] : t.meta["end"]] for t in found] == [t.content for t in found]
    return [token.content for token in found]


def messages(tree: Tree) -> list[str]:
    return [f"{fault.start} {fault.message}" for fault in [*tree.faults, *tree.interruptions]]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a[@x] b", [("note", "[@x]")]),
        ("- a\n\n  > b[@x;\n  > @y] c", [("note", "[@x;\n  > @y]")]),
        ("a^[*b* @x [@y]]", [
            ("note", "^[*b* @x [@y]]"), ("em_open", "*"), ("em_close", "*"),
            ("source", "@x"), ("source", "[@y]"),
        ]),
        ("[a **b**](https://x.be \"t\")", [
            ("link_open", "["), ("strong_open", "**"), ("strong_close", "**"),
            ("link_close", '](https://x.be "t")'),
        ]),
        ("[a]{lang=en}[](#b){{ c.d }}", [
            ("span_open", "["), ("span_close", "]{lang=en}"),
            ("cross_reference", "[](#b)"), ("value", "{{ c.d }}"),
        ]),
        ("a\\*  \nb\\\n  c\nd @e", [
            ("text_special", "\\*"), ("hardbreak", "  \n"), ("hardbreak", "\\\n  "),
            ("softbreak", "\n"), ("mention", "@e"),
        ]),
        ("1. __a__\n\n   - _b_", [
            ("strong_open", "__"), ("strong_close", "__"), ("em_open", "_"), ("em_close", "_"),
        ]),
    ],
)  # fmt: skip
def test_places(raw: str, expected: list[tuple[str, str]]) -> None:
    """Every token tells where it stands in the text, through markers, line ends and notes."""
    assert messages(read(raw)) == []
    assert pieces(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  a  \n  b\n\n- c\n  d *e* \\* f", ["a", "b", "c", "d ", "e", " ", " f"]),
        ("> a\n>   b\n\n\tc\n\u00a0d", ["a", "b", "c", "\u00a0d"]),
        ("- a\n\n\tb\n- > c", ["a", "b", "c"]),
        ("* *a ** b*", ["a ** b"]),
    ],
)
def test_places_of_words(raw: str, expected: list[str]) -> None:
    """Words are read as they stand at their place."""
    assert texts(raw) == expected


def test_places_of_items() -> None:
    """An item begins with its marker."""
    raw = "a:\n- b\n- 1. c\n\n> 2) d"
    items = [t for t in read(raw).tokens if t.type == "list_item_open"]
    assert [raw[t.meta["start"] :][:2] for t in items] == ["- ", "- ", "1.", "2)"]


def test_places_of_citations() -> None:
    """A citation tells where each of its keys stands."""
    raw = "a\n\n- ^[b [see @x; @y]\n  @z]"
    citations = [c for token in read(raw).inline() for c in token.meta.get("citations", ())]
    assert [raw[c.start : c.start + 2] for c in citations] == ["@x", "@y", "@z"]


@pytest.mark.parametrize(
    ("raw", "tags"),
    [
        ("a:\n- b", "p ul li p"),
        ("**a:**\n> b", "p blockquote p"),
        ("a\n2025. b", "p"),
        ("a\n-b\n*c*", "p"),
        ("- a\n- b\n  c", "ul li p li p"),
        ("- a\n\n  - b", "ul li p ul li p"),
        ("a\n\\- b", "p"),
    ],
)
def test_list_within_a_paragraph(raw: str, tags: str) -> None:
    """A list or quotation begins after an empty line or a colon, and numbers may begin a line."""
    assert messages(read(raw)) == []
    assert _tags(read(raw).tokens) == tags


def _tags(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.tag for token in tokens if token.nesting > 0)


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        ("a\n- b - c", [f"2 {BLANK_LINE}\\-"]),
        ("a\n+ 20 b", [f"2 {BLANK_LINE}\\+"]),
        ("a\n  1. b", [f"4 {BLANK_LINE}1\\."]),
        ("- a\n  - b", [f"6 {BLANK_LINE}\\-"]),
        ("- a\n        * b", [f"12 {BLANK_LINE}\\*"]),
        ("a\n> b", [f"2 {BLANK_LINE}\\>"]),
        ("+ 20 b", ["0 an item of a list begins with -; for a sign before a number, write \\+"]),
        ("[@x, @y]", ["0 between two sources stands a semicolon; write it like [@x; @y]"]),
        ("[see @x @y]", ["0 between two sources stands a semicolon; write it like [@x; @y]"]),
        ("[-@x]", ["0 a hyphen before @ is not read; delete it"]),
        ("[^see @x]", ["0 a note in your own words begins with ^[; here the two are swapped"]),
        ("a [@x", ["3 the citation [@x is not closed with ]"]),
    ],
)  # fmt: skip
def test_refused(raw: str, problems: list[str]) -> None:
    """What would lose a sign or a source is told, with the remedy."""
    assert messages(read(raw)) == problems


@pytest.mark.parametrize("marker", ["- ", "1. ", "> "])
def test_nested_too_deep(marker: str) -> None:
    """Lists and quotations beyond the limit are told and lose nothing."""
    raw = marker * (DEEPEST + 1) + "a[@x]"
    assert messages(read(raw)) == [f"{len(marker) * DEEPEST} {TOO_DEEP}"]
    assert pieces(raw) == [("note", "[@x]")]
    assert messages(read(marker * DEEPEST + "a")) == []


def test_nested_lists_lose_nothing() -> None:
    """A list ten deep keeps all its words and notes."""
    raw = "\n\n".join("  " * depth + f"- a{depth}[@x]" for depth in range(10))
    assert TOO_DEEP in read(raw).faults[0].message
    assert len([t for t in read(raw).inline() if t.type == "note"]) == 10


def test_emphasis_too_deep() -> None:
    """Emphasis that would overflow the page's nesting is told."""
    tree = read("*" * 60 + "a" + "*" * 60)
    assert "emphasis stands at most" in tree.faults[0].message


def test_limits() -> None:
    """A text that is too long, or has too many notes, is told and not set."""
    assert messages(read("a" * (LONGEST + 1)))[0].endswith("characters; divide it")
    assert messages(read_line("a" * (LONGEST + 1)))[0].endswith("characters; divide it")
    assert messages(read("a[@x] " * MOST_NOTES)) == []
    assert messages(read("a[@x] " * (MOST_NOTES + 1)))[0].endswith("notes; divide it")


@pytest.mark.parametrize(
    "words",
    ["*", "^[", "a^[b] ", "[", "[@x", "]", "[a](", "[a]{lang=", "{{", "\\*", "- ", "> ", "*a ",
     "(", "@x ", "[a ", "_a_ ", "**a*", "1. ", "\n- a", "a:\n- b\n"],
)  # fmt: skip
def test_time_grows_with_the_text(words: str) -> None:
    """A text of the greatest length is read in about as many steps as its length says."""
    short, long = (_steps(words * (size // len(words))) for size in (LONGEST // 8, LONGEST))
    assert long < 8 * 1.5 * short


def _steps(raw: str) -> int:
    """How many functions of Python are called to read ``raw``."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(profile)
    try:
        read(raw)
    finally:
        sys.setprofile(None)
    return count


def test_tokens_are_shared() -> None:
    """A text is parsed once, whoever asks."""
    assert read("a *b*") is read("a *b*")
