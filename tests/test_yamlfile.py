"""Reading YAML: values as text, places, and what is refused."""

from __future__ import annotations

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
    assert problem.message.endswith("; check indentation and quotes")


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
