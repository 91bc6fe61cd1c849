"""Reading YAML: values as text, places, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from report.problems import Place
from report.yamlfile import MAX_BYTES, YamlFile, read_yaml
from tests.conftest import brief


def read(folder: Path, content: str | bytes) -> YamlFile:
    path = folder / "a.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path, "a.yaml")


def test_every_value_is_read_as_text(tmp_path: Path) -> None:
    """Words that YAML 1.1 would turn into something else mean what an editor sees."""
    file = read(tmp_path, "a: no\nb: 1:30\nc: 2026-02-02\nd: 066\ne: [1.0, ~, null]\n")
    assert file.problems == []
    assert file.data == {
        "a": "no",
        "b": "1:30",
        "c": "2026-02-02",
        "d": "066",
        "e": ["1.0", "~", "null"],
    }


def test_byte_order_mark_is_not_content(tmp_path: Path) -> None:
    """A file saved with a byte order mark reads like any other."""
    assert read(tmp_path, b"\xef\xbb\xbfa: b\n").data == {"a": "b"}


PLACES = """\
a: one
b:
  - two
  - "three"
c: |
  four
  five
d: >-

    six
    seven
e: {f: eight}
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("a",), (1, 4)),
        (("b",), (3, 3)),
        (("b", 1), (4, 5)),
        (("c",), (6, 3)),
        (("d",), (9, 5)),
        (("e", "f"), (12, 8)),
        (("e", "unknown", 3), (12, 4)),
        (("unknown",), (1, 1)),
    ],
)
def test_place_of_a_value(
    tmp_path: Path, path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    """A value's place is where its text starts, or where the nearest value around it does."""
    assert read(tmp_path, PLACES).place(path) == Place("a.yaml", *place)


def test_place_of_a_key(tmp_path: Path) -> None:
    """The place of a key is known apart from that of its value."""
    assert read(tmp_path, PLACES).key_places["c",] == Place("a.yaml", 5, 1)


def test_lines_of_folded_text(tmp_path: Path) -> None:
    """Folded text keeps the lines of the file, without their indentation."""
    file = read(tmp_path, PLACES)
    assert file.data["d"] == "\nsix seven"
    assert file.folded["d",].startswith("\nsix\nseven\n")
    assert ("c",) not in file.folded


def test_place_moves_through_text() -> None:
    """A place moves along a text, whose lines are all indented like the first."""
    assert Place("a", 3, 5).moved("one\ntwo", 2) == Place("a", 3, 7)
    assert Place("a", 3, 5).moved("one\ntwo", 6) == Place("a", 4, 7)


ANCHORS = "anchors (&), aliases (*) and tags (!) are not used here; write the value"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "1: is empty"),
        ("# only a comment\n", "1: is empty"),
        ("a: b\nc: d\na: e\n", '3: key "a" stands twice; keep one'),
        ("a:\n  b: 1\n  b: 2\n", '3: key "b" stands twice; keep one'),
        ("a: &x b\nc: *x\n", f"1: {ANCHORS}"),
        ("a: *x\n", f"1: {ANCHORS}"),
        ("a:\n  - !!python/object:os.system ls\n", f"2: {ANCHORS}"),
        ("? [a]\n: b\n", "1: a key must be a word"),
        ("a: [" + "[" * 40, "1: is nested more than 30 levels deep"),
        ("- " * 40 + "a\n", "1: is nested more than 30 levels deep"),
        (b"a: b\nc: \xff\n", "2: is not UTF-8 text here; save the file with the encoding UTF-8"),
        ("a: b\nc: d\x00e\n", "2: invisible character U+0000; delete it"),
        ("a: b\nc: \ue000\n", "2: invisible character U+E000; delete it"),
        ('a: b\nc: "d\\x1be"\n', "2: invisible character U+001B; delete it"),
    ],
)
def test_refused_content(tmp_path: Path, content: str | bytes, problem: str) -> None:
    """What cannot be meant is refused at its line, and no data is given."""
    file = read(tmp_path, content)
    assert f"a.yaml:{problem}" in [brief(found) for found in file.problems]
    assert file.data is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: b\n  c: d\n", 2),
        ("a: 'b\n", 1),
        ('a: b\nc: "d\ne: f\n', 2),
        ('a: b\nc: "d\ne: f "g" h\ni: "j"\n', 2),
        ('a: b\nc: "d\n\n\ne: |\n  f "g", h\n', 2),
        ('a: "b\n  c" # d\ne: f: g\n', 3),
        ("a: [b\n", 2),
        ("a: b: c\n", 1),
        ("\ta: b\n", 1),
        ("a: b\n---\nc: d\n", 2),
    ],
)
def test_syntax_errors(tmp_path: Path, content: str, line: int) -> None:
    """A syntax error is one problem that names its line and what to look at."""
    (problem,) = read(tmp_path, content).problems
    assert problem.place.line == line
    assert problem.message.startswith("YAML: ")
    assert problem.message.endswith(("; check indentation and quotes", "in quotation marks"))


NBSP = "U+00A0 (no-break space) stands here; type an ordinary space"


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        # what YAML tells in its own terms
        ("a: b\ntitle: Gaza: wat nu\nc: d\n", 2, 12,
         "YAML: a text that holds a colon and a space stands in quotation marks"),
        ("- id: a\n  status:not_executed\n  to: [a]\n", 2, 10,
         'YAML: a key ends in a colon and a space: "status: not_executed"'),
        ("status:not_executed\nto: [a]\n", 1, 8,
         'YAML: a key ends in a colon and a space: "status: not_executed"'),
        # spaces that are none
        ("title: a\nshort_title:\u00a0b\nreason: c\n", 2, 13, f"YAML: {NBSP}"),
        ("short_title:\u00a0b\n", 1, 13, NBSP),
        ("a:\n  - id:\u00a0b\n", 2, 8, NBSP),
        ("agreement:\n\u00a0\u00a0kind: a\n  text: b\n", 2, 1, f"YAML: {NBSP}"),
        ("agreement:\n\u00a0 kind: a\n\u00a0 text: b\n", 2, 1, NBSP),
        ("a: |\n\u00a0\u00a0b\nc: d\n", 2, 1, f"YAML: {NBSP}"),
        ("a:\n  -\u00a0b\n  -\u00a0c\n", 2, 4, NBSP),
        ("a:\n\u3000\u3000b: c\n  d: e\n", 2, 1,
         "YAML: U+3000 (ideographic space) stands here; type an ordinary space"),
        # characters that end a line to some programs
        ("a: |\n  b\u000bc\n", 2, 4, "invisible character U+000B; begin a new line instead"),
        ("a: |\n  b\u000cc\n", 2, 4, "invisible character U+000C; begin a new line instead"),
        ("a: |\n  b\u0085c\n", 2, 4, "invisible character U+0085; begin a new line instead"),
        ("a: |\n  b\u2028c\n", 2, 4, "invisible character U+2028; begin a new line instead"),
        ("a: b\r\n\r\nc: d\u2029e\r\n", 3, 5,
         "invisible character U+2029; begin a new line instead"),
        ("a: b\nc: d\u001ce\n", 2, 5, "invisible character U+001C; delete it"),
    ],
)  # fmt: skip
def test_pasted_characters_and_slips_are_named_where_they_stand(
    tmp_path: Path, content: str, line: int, column: int, message: str
) -> None:
    """The first problem names the character or the slip, its line and column, and the remedy."""
    problem = read(tmp_path, content).problems[0]
    assert (problem.place.line, problem.place.column, problem.message) == (line, column, message)


def test_text_may_hold_spaces_that_do_not_break(tmp_path: Path) -> None:
    """They are refused only where YAML wants a space of its own."""
    file = read(tmp_path, "a: 12\u00a0%\nb: |\n  c\u00a0:\n  \u00a0d\n'e\u00a0f': g\n")
    assert file.problems == []


def test_of_very_many_problems_the_first_are_told(tmp_path: Path) -> None:
    """A file that is no text, or full of one slip, gives a hundred findings and says so."""
    for content in ("\x01" * 500_000, "a: b\n" * 50_000):
        problems = read(tmp_path, content).problems
        assert len(problems) == 101
        assert "more wrong" in problems[-1].message


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe would keep the reader waiting for ever."""
    os.mkfifo(tmp_path / "a.yaml")
    (problem,) = read_yaml(tmp_path / "a.yaml", "a.yaml").problems
    assert brief(problem) == "a.yaml: is not a file"


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    """The reason is told."""
    (tmp_path / "a.yaml").symlink_to("a.yaml")
    (problem,) = read_yaml(tmp_path / "a.yaml", "a.yaml").problems
    assert "cannot be read: " in brief(problem)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("a: Ban #1 of all\n", 1, 7),
        ("a: b\nc:\n  - d\n  - e #f\n", 4, 6),
        ("a: [b #1\n  ]\n", 1, 6),
        ("a: b\n  c\td #1", 2, 6),
    ],
)
def test_text_that_a_comment_would_hide(
    tmp_path: Path, content: str, line: int, column: int
) -> None:
    """A word that begins with # and is not in quotation marks is no comment."""
    (problem,) = read(tmp_path, content).problems
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.message == (
        "what follows # is a comment and is not printed: put the text in quotation marks, or a"
        " space after the # of a comment"
    )


def test_comments(tmp_path: Path) -> None:
    """A comment on a line of its own, after a space or after a quotation is one."""
    file = read(tmp_path, "#a\nb: c # d\n#e\nf: 'g' #h\ni: j#k\nl: |\n  m #n\no:\n")
    assert file.problems == []
    assert file.data == {"b": "c", "f": "g", "i": "j#k", "l": "m #n\n", "o": ""}


def test_exploding_aliases_are_never_expanded(tmp_path: Path) -> None:
    """A file that would grow to billions of values is refused at its first anchor."""
    lines = ["a0: &a0 [x, x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    (problem,) = read(tmp_path, "\n".join(lines)).problems
    assert brief(problem) == f"a.yaml:1: {ANCHORS}"


def test_every_duplicate_and_invisible_character_is_found_at_once(tmp_path: Path) -> None:
    """The first problem of a file does not hide the next."""
    duplicates = read(tmp_path, "a: 1\na: 2\nb: 3\nb: 4\n").problems
    assert [problem.place.line for problem in duplicates] == [2, 4]
    invisible = read(tmp_path, "a: \x01\nb: c\x02\n").problems
    assert [(found.place.line, found.place.column) for found in invisible[:2]] == [(1, 4), (2, 5)]


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is a problem with the name of the file."""
    (problem,) = read_yaml(tmp_path / "b.yaml", "de/b.yaml").problems
    assert brief(problem) == "de/b.yaml: this file is missing; write it, or put it back"


def test_file_that_is_too_large(tmp_path: Path) -> None:
    """A file beyond the limit is not read."""
    (problem,) = read(tmp_path, "#" * (MAX_BYTES + 1)).problems
    expected = "is 1,000,001 bytes long; at most 1,000,000 are read: split the file"
    assert brief(problem) == f"a.yaml:1: {expected}"
