"""The command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pikepdf
import pytest
from click.testing import CliRunner

from report.commands.main import main
from report.placing import HalfPlacedError
from tests.conftest import TINY
from tests.editions import edit, make_edition
from tests.real_edition import CONTENT, ROOT, TAG, built


def _run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def _commands(command: click.Command, path: str = ""):
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, f"{path} {name}".strip())


@pytest.mark.parametrize(("path", "command"), list(_commands(main)))
def test_every_command_and_option_has_help(path, command):
    """Nothing is offered without saying what it does."""
    assert command.help, path
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.name}"


def test_a_build_that_is_ended_leaves_nothing_behind(tmp_path):
    """After SIGTERM neither a process nor a folder is left."""
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, str(ROOT / "build_report.py"), "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stderr is not None
        assert b"typesetting" in process.stderr.readline()
        process.terminate()
        assert process.wait(timeout=60) == 1
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    assert list(out.iterdir()) == []


def test_bad_content_ends_with_status_1_and_no_traceback(tmp_path):
    """Problems are listed, with how many there are."""
    result = _run("--content", str(tmp_path / "missing"), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "is not a folder" in result.output
    assert "Traceback" not in result.output


@pytest.mark.real_edition
def test_an_unknown_language_is_told_with_a_suggestion(tmp_path):
    """A language that has no folder stops the build."""
    result = _run("--lang", "fx", "--content", str(CONTENT), "--out", str(tmp_path))
    assert result.exit_code == 1
    assert 'no language folder "fx"' in result.output


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_made(tmp_path):
    """The message names the folder; there is no traceback."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    result = _run("--content", str(TINY), "--out", str(blocked))
    assert result.exit_code == 1
    told = f"cannot write to {blocked}: it is a file; name a folder\nnothing was written\n"
    assert result.output == told


def test_a_mix_of_old_and_new_files_is_told_as_one(tmp_path, monkeypatch):
    """Nobody is told that nothing was written when something was."""

    def fail(*_, **__):
        raise HalfPlacedError("mixed")

    monkeypatch.setattr("report.build.build", fail)
    result = _run("--content", str(TINY), "--out", str(tmp_path))
    assert (result.exit_code, result.output) == (1, "mixed\n")


def test_a_folder_that_is_read_only_cannot_be_confirmed(tmp_path, monkeypatch):
    """The message names the file and the reason; there is no traceback."""
    folder = make_edition(tmp_path)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    result = _run("--content", str(folder), "confirm", "bridge")
    assert result.exit_code == 1
    assert result.output == (
        f"cannot write {folder / 'translations.lock.yaml'}: Permission denied;"
        " make its folder writable\n"
    )


def test_a_folder_that_is_not_there_is_not_watched(tmp_path):
    """It is told, and the command ends."""
    result = _run("--content", str(tmp_path / "gone"), "check", "--watch")
    assert result.exit_code == 1
    assert result.output == f"{tmp_path / 'gone'}: is not a folder; name the one of the edition\n"


def test_a_lack_of_memory_is_told(tmp_path, monkeypatch):
    """It is one sentence, and whether anything was written."""

    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr("report.checks.run.check_edition", fail)
    result = _run("--content", str(TINY), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert result.output.endswith("there is not enough memory\nnothing was written\n")
    result = _run("--content", str(TINY), "check")
    assert (result.exit_code, result.output) == (1, "there is not enough memory\n")


def test_a_process_that_cannot_be_started_is_told(tmp_path, monkeypatch):
    """The reason is that of the system, not that the folder cannot be written."""

    def fail(*_, **__):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fail)
    result = _run("--content", str(TINY), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    expected = "the system says: Resource temporarily unavailable\nnothing was written\n"
    assert result.output.endswith(expected)


FULL = Path("/dev/full")
"""A device that has no room for what is written to it; Linux has one."""


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--help"], "the system says: No space left on device\n"),
        (
            ["--content", str(TINY), "--only", "screen", "--out", "out"],
            "the system says: No space left on device\nthe files were written to out\n",
        ),
    ],
)
def test_what_cannot_be_printed_is_told(tmp_path, arguments, told):
    """A full disk under the standard output breaks nothing off."""
    command = [sys.executable, str(ROOT / "build_report.py"), *arguments]
    with FULL.open("w") as full:
        run = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, text=True, check=False
        )
    assert run.returncode == 1
    assert run.stderr.endswith(told)
    assert "Traceback" not in run.stderr


def test_an_unknown_option_is_a_usage_error():
    """Usage errors have status 2."""
    assert _run("--langue", "fr").exit_code == 2


def test_a_build_says_what_it_made(tmp_path):
    """The table holds file, language, pages, notes, size and time."""
    folder = make_edition(tmp_path / "content")
    result = _run("--content", str(folder), "--lang", "nl", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    header = next(line for line in result.output.splitlines() if line.startswith("file"))
    assert header.split() == ["file", "language", "pages", "notes", "size", "time"]
    assert "paden-2025-06-01-nl.pdf" in result.output


@pytest.mark.real_edition
def test_preflight_passes_the_files_of_a_build():
    """Each is fit for what it is."""
    screen, paper = (built()[TAG, kind].path for kind in ("screen", "print"))
    result = _run("preflight", "--own", str(screen), str(paper))
    assert result.exit_code == 0, result.output
    assert "fit for screen" in result.output
    assert "fit for print" in result.output


@pytest.mark.real_edition
@pytest.mark.parametrize(
    ("preset", "rule"),
    [
        ("coated-5mm", "bleed"),
        ("uncoated-3mm", "print-intent"),
        ("coated-3mm", "page-count"),
        ("coated-3mm-x1a", "x1a-version"),
    ],
)
def test_preflight_judges_by_the_preset(tmp_path: Path, preset: str, rule: str):
    """Bleed, printing condition, number of pages and standard are those of its row."""
    path = tmp_path / "report.pdf"
    with pikepdf.open(built()[TAG, "print"].path) as pdf:
        if rule == "page-count":
            del pdf.pages[-1]
        pdf.save(path)
    assert _run("preflight", "--own", str(path)).exit_code == 0
    result = _run("preflight", "--own", "--preset", preset, str(path))
    assert result.exit_code == 1
    assert f"[{rule}]" in result.output


def test_preflight_by_an_unknown_preset_is_told_with_a_suggestion(tmp_path: Path):
    """A misspelt preset stops the command."""
    result = _run("preflight", "--preset", "coated-3m", str(tmp_path))
    assert result.exit_code == 1
    assert 'did you mean "coated-3mm"' in result.output


def test_preflight_fails_a_file_that_is_no_pdf(tmp_path: Path):
    """The verdict is in words, the status 1."""
    junk = tmp_path / "junk.pdf"
    junk.write_text("no PDF")
    result = _run("preflight", "--own", str(junk))
    assert result.exit_code == 1
    assert "NOT fit" in result.output


def test_preflight_prints_json(tmp_path: Path):
    """Findings have the form of those of the checks; what was judged stands beside them."""
    junk = tmp_path / "junk.pdf"
    junk.write_text("no PDF")
    result = _run("preflight", "--own", "--format", "json", str(junk))
    document = json.loads(result.output)
    assert [(f["file"], f["code"], f["level"]) for f in document["findings"]] == [
        (str(junk), "opens", "error")
    ]
    assert [(f["file"], f["passed"]) for f in document["files"]] == [(str(junk), False)]
    assert document["validators"] == []


def test_preflight_prints_github_commands(tmp_path: Path):
    """Each finding is a command that GitHub shows beside its file."""
    junk = tmp_path / "junk.pdf"
    junk.write_text("no PDF")
    result = _run("preflight", "--own", "--format", "github", str(junk))
    assert result.output.startswith(f"::error file={junk},line=1,col=1,title=opens::")


def test_a_build_that_fails_for_one_language_says_so(tmp_path: Path):
    """The language is named, and that the others can be built; with facts at fault it is not."""
    folder = make_edition(tmp_path / "paden")
    edit(folder, "fr/measures/bridge.yaml", "kind: summary", "kind: sumary")
    out = str(tmp_path / "out")
    result = _run("--content", str(folder), "--out", out)
    assert result.exit_code == 1
    assert "only fr is at fault: --lang builds other languages" in result.output
    built_alone = _run("--content", str(folder), "--out", out, "--lang", "nl", "--only", "screen")
    assert built_alone.exit_code == 0, built_alone.output
    edit(folder, "measures.yaml", "ministers: [peeters]", "ministers: [peeterss]")
    assert "--lang builds" not in _run("--content", str(folder), "--out", out).output
