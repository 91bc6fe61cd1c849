"""Changes to YAML files: one place changes, every other byte stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from report.cycle.insert import added, appended, read, replaced, write_all
from report.problems import ReportError

VALUE = {"sent": "2026-06-03", "to": ["anna", "luc"]}
LINE = "2026-06: {sent: 2026-06-03, to: [anna, luc]}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("date: 2026-02-02\nb: 1\n", "date: 2026-07-02\nb: 1\n"),
        ("# ü\n\nb:  1\ndate:  2026-02-02   # day\n", "# ü\n\nb:  1\ndate:  2026-07-02   # day\n"),
        ('b: {date: 1}\n"date": "2026-02-02"', 'b: {date: 1}\n"date": 2026-07-02'),
        ("# ü\r\ndate: 2026-02-02\r\nb: 1\r\n", "# ü\r\ndate: 2026-07-02\r\nb: 1\r\n"),
        ("\ufeffb: 1\ndate: 2026-02-02\n", "\ufeffb: 1\ndate: 2026-07-02\n"),
    ],
)  # fmt: skip
def test_one_value_is_replaced(before: str, after: str) -> None:
    """Comments, spaces, line ends and all other values are those of before."""
    assert replaced(before, "date", "2026-07-02") == after


@pytest.mark.parametrize(
    "before",
    [
        "rounds:\n  a: {sent: 1}\n|levels: [x]\n",
        "rounds:\n  a: {sent: 1}  # first\n  # not everyone has it\n|# levels\nlevels: [x]\n",
        "rounds:\n  a:\n    sent: 1\n    to: [b]\n|\n# levels\nlevels: [x]\n",
        "rounds:\n  a:\n    to:\n      - b\n|levels: [x]\n",
        "# ü\r\nrounds:\r\n  a: {sent: 1}\r\n|levels: [x]\r\n",
        "\ufeffrounds:\n  a: {sent: 1}\n|",
        "rounds:\n  a: {\n    sent: 1}\n|levels: [x]\n",
    ],
)
def test_a_key_is_added_at_the_end_of_its_group(before: str) -> None:
    """It stands behind the last key and what is said of it, and nothing else moves."""
    end = "\r\n" if "\r" in before else "\n"
    head, _, tail = before.partition("|")
    assert added(head + tail, "rounds", "2026-06", VALUE) == f"{head}  {LINE}{end}{tail}"


def test_a_key_is_indented_as_those_before_it() -> None:
    """An editor may use four spaces, or end a file without a line end."""
    assert added("rounds:\n    a: {sent: 1}", "rounds", "2026-06", VALUE) == (
        f"rounds:\n    a: {{sent: 1}}\n    {LINE}\n"
    )


def test_a_group_that_is_not_there_is_made() -> None:
    """It stands at the end, also of a file without a line end there."""
    assert added("a: 1", "rounds", "2026-06", VALUE) == f"a: 1\nrounds:\n  {LINE}\n"


@pytest.mark.parametrize("group", ["{a: {sent: 1}}", "{}"])
def test_a_group_on_one_line_is_refused(group: str) -> None:
    """What to do about it is told."""
    with pytest.raises(ReportError, match='"rounds" stands on one line: give each of its keys'):
        added(f"rounds: {group}\n", "rounds", "2026-06", VALUE)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_block_is_appended(end: str, last: bool) -> None:
    """The file stays as it is, down to its line ends."""
    text = f"# ü{end}a:{end}  b: 1"
    block = f"reply:{end}  author: anna{end}  round: 2026-06{end}"
    value = {"author": "anna", "round": "2026-06"}
    assert appended(text + end * last, "reply", value) == f"{text}{end}{block}"


def test_files_are_written_as_they_were_read(tmp_path: Path) -> None:
    """Line ends and a byte order mark are not touched on the way."""
    text = "\ufeffä: 1\r\nb: 2\nc: 3"
    write_all(tmp_path / "new", {"a.yaml": text})
    assert (tmp_path / "new/a.yaml").read_bytes() == text.encode()
    assert read(tmp_path / "new/a.yaml") == text
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.yaml"]


def _fail_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the system refuse to put a file of this name in place."""
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target).name == name and "old" not in Path(source).parts:
            raise OSError(28, "No space left on device", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)


def test_when_one_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are as they were, and neither a file nor a folder is left over."""
    (tmp_path / "a.yaml").write_text("old")
    _fail_at(monkeypatch, "b.yaml")
    with pytest.raises(ReportError, match=r"b\.yaml: No space left on device"):
        write_all(tmp_path, {"a.yaml": "new", "b.yaml": "new"})
    with pytest.raises(ReportError, match=r"b\.yaml: No space left on device"):
        write_all(tmp_path / "made/for/it", {"a.yaml": "new", "b.yaml": "new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]
    assert (tmp_path / "a.yaml").read_text() == "old"
