"""The command line."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pikepdf
import pytest
from click.testing import CliRunner

from report.commands.main import VERSION, main
from report.output.outputs import OUTPUTS
from report.placing import HalfPlacedError
from tests.conftest import TINY
from tests.editions import edit, make_edition
from tests.real_edition import ROOT, TAG, built


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
        else:
            assert str(option.name).upper() in command.help, f"{path} {option.name}"


@pytest.mark.parametrize(
    ("path", "option"),
    [
        (path, option)
        for path, command in _commands(main)
        for option in command.params
        if isinstance(option, click.Option) and not option.is_flag
    ],
)
def test_an_option_is_neither_passed_over_nor_left_empty(path, option):
    """What repeats and may not, or has no value, is told by its name; nothing is made."""
    name = option.opts[0]
    for empty in ([name, ""], [f"{name}="]):
        result = _run(*path.split(), *empty)
        assert result.exit_code == 2
        assert f"Error: {name} is empty; " in result.output
    if not option.multiple:
        result = _run(*path.split(), name, "a", f"{name}=b")
        assert result.exit_code == 2
        assert f"Error: {name} is given 2 times; give it once" in result.output


def test_a_build_that_is_ended_leaves_nothing_behind(tmp_path):
    """After SIGTERM neither a process nor a folder is left."""
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, str(ROOT / "build_report.py"), "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stderr is not None
        assert any(b"typesetting" in line for line in process.stderr)
        process.terminate()
        assert process.wait(timeout=60) == 1
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    assert list(out.iterdir()) == []


def test_bad_content_ends_with_status_1_and_no_traceback(tmp_path):
    """Problems are listed, with how many there are."""
    folder = make_edition(tmp_path / "content")
    edit(folder, "measures.yaml", "offices: [mobility]", "offices: [mobilty]")
    result = _run("--content", str(folder), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert 'unknown office "mobilty"; did you mean "mobility"?' in result.output
    assert "nothing was written" in result.output
    assert "Traceback" not in result.output


UNKNOWN = [
    (["--lang", "dee"], 'there is no language folder "dee"; did you mean "de"?'),
    (["check", "--lang", "dee"], 'there is no language folder "dee"; did you mean "de"?'),
    (["check", "--links", "--lang", "xx"], 'there is no language folder "xx"; there are: de'),
    (["--preset", "coated-3m"], 'there is no preset "coated-3m"; did you mean "coated-3mm"?'),
    (["--only", "screan"], 'there is no output "screan"; did you mean "screen"?'),
    (["--select", "ministre=x"], 'no group of measures "ministre"; did you mean "minister"?'),
    (["check", "--explain", "spellin"], 'there is no rule "spellin"; did you mean "spelling"?'),
    (["chek"], "check"),
    (["--draft", "chek"], 'there is no command "chek"; did you mean "check"?'),
    (["--strict", "check"], "name the command first and its options after it: check …"),
    (["--lang", "de", "check", "--strict"], "name the command first"),
    (["--links", "check"], "name the command first and its options after it: check …"),
    (["--linkz"], "No such option"),
    (["check", "--preset", "nonsense"], "No such option"),
    (["check", "--links", "--strict"], "--links does not use --strict"),
    (["check", "--watch", "--translations"], "does not use"),
    (["check", "--queries", "--strict"], "--queries does not use --strict"),
    (["check", "--translations", "--lang", "de"], "--translations does not use --lang"),
    (["--draft", "--correction", "2"], "a draft is not for the printer"),
    (["--only", "print", "--draft"], "print: a draft is not for the printer"),
    (["--only", "screen", "--correction", "1"], "screen: a correction is for the printer"),
]


@pytest.mark.parametrize(("arguments", "told"), UNKNOWN)
def test_what_does_not_exist_or_would_be_passed_over_is_refused(tmp_path, arguments, told):
    """Every command says what it does not know, with what is near, and does nothing."""
    command = arguments[0] if not arguments[0].startswith("-") else "build"
    rest = arguments[arguments[0] == command :]
    content = [] if {"chek", "--explain"} & set(arguments[:2]) else ["--content", str(TINY)]
    out = ["--out", str(tmp_path / "out")] if command == "build" else []
    result = _run(command, *content, *out, *rest)
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["build", "check", "confirm"])
def test_a_misspelt_content_folder_is_refused(tmp_path, command):
    """The message holds the name of the folder that is meant."""
    make_edition(tmp_path / "inhoud")
    rest = ["bridge"] if command == "confirm" else []
    result = _run(command, "--content", str(tmp_path / "inhuod"), *rest)
    assert result.exit_code == 2
    assert 'did you mean "inhoud"?' in result.output


def test_a_misspelt_file_is_not_inspected(tmp_path):
    """The message holds the name of the file that is meant."""
    (tmp_path / "report.pdf").write_text("no PDF")
    result = _run("preflight", "--own", str(tmp_path / "reprot.pdf"))
    assert result.exit_code == 2
    assert 'did you mean "report.pdf"?' in result.output


def test_the_version_is_told():
    """It is that of the package."""
    assert _run("--version").output == f"{VERSION}\n"


def test_a_build_may_stay_unnamed():
    """Without a command, options are those of ``build``; help lists the commands."""
    assert _run("build", "--help").output == _run("--lang", "x", "--help").output
    assert "confirm" in _run("--help").output


def test_an_output_is_offered_once_its_row_is_there(monkeypatch, tmp_path):
    """The command line reads the table when it runs."""
    row = dataclasses.replace(OUTPUTS["csv"], name="table", label="table", summary="for a test")
    monkeypatch.setitem(OUTPUTS, "table", row)
    told = " ".join(_run("build", "--help").output.split())
    assert "screen|csv|json|print|table" in told
    assert "table for a test" in told
    result = _run("--content", str(TINY), "--only", "table", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "radwege-bericht-2030-05-03-de-table.csv" in result.output
    assert [path.suffix for path in tmp_path.iterdir()] == [".csv"]


def test_the_measures_of_a_minister_are_built_as_data(tmp_path):
    """Of a selection the outputs that take it are made, named for it."""
    result = _run("--content", str(TINY), "--select", "minister=mueller", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "radwege-bericht-2030-05-03-de-minister-mueller.csv",
        "radwege-bericht-2030-05-03-de-minister-mueller.json",
    ]


@pytest.mark.parametrize(
    ("options", "folder"),
    [(["--only", "csv"], "build"), (["--only", "csv", "--draft"], "build/draft"),
     (["--only", "print", "--correction", "2"], "build/corrections")],
)  # fmt: skip
def test_drafts_and_corrections_stand_apart(tmp_path, monkeypatch, options, folder):
    """Who sends out all of build/ sends out what is final."""
    monkeypatch.setattr("report.commands.build.HOME", tmp_path)
    result = _run("--content", str(TINY), *options)
    assert result.exit_code == 0, result.output
    files = [path for path in (tmp_path / "build").rglob("*") if path.is_file()]
    assert {path.parent for path in files} == {tmp_path / folder}


def test_progress_tells_what_goes_on(tmp_path):
    """Each language says what it does, and at which of its files it is."""
    command = [sys.executable, str(ROOT / "build_report.py"), "--content", str(TINY)]
    run = subprocess.run(
        [*command, "--out", str(tmp_path)], capture_output=True, text=True, check=True
    )
    told = [line for line in run.stderr.splitlines() if line.startswith("… de: ")]
    assert told[0] == "… de: typesetting"
    assert re.fullmatch(r"… de: drawing \d+ pages", told[1])
    assert told[2:] == [
        "… de: making and inspecting screen (1 of 4)",
        "… de: making and inspecting print (2 of 4)",
        "… de: making csv (3 of 4)",
        "… de: making json (4 of 4)",
    ]
    assert "… checking the texts" in run.stderr


@pytest.mark.parametrize("inside", [True, False])
def test_github_is_told_the_folder_that_was_checked(tmp_path, monkeypatch, inside):
    """Findings point into the content folder, as seen from the current one."""
    folder = make_edition(tmp_path / "texts")
    edit(folder, "measures.yaml", "offices: [mobility]", "offices: [mobilty]")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path if inside else tmp_path / "elsewhere")
    result = _run("check", "--content", str(folder), "--format", "github")
    assert result.exit_code == 1
    where = "texts" if inside else folder
    assert f"file={where}/measures.yaml,line=3" in result.output


def test_open_questions_are_listed_once_for_all_languages(tmp_path):
    """Each stands in one line with its place in every language, and they are counted."""
    folder = Path(shutil.copytree(TINY, tmp_path / "content"))
    alone = _run("check", "--content", str(folder), "--queries").output.splitlines()
    shutil.copytree(folder / "de", folder / "nds")
    edit(folder, "nds/labels.yaml", "language: de-DE", "language: nds-DE")
    edit(folder, "nds/labels.yaml", "language_name: ", "language_name: Nieder-")
    result = _run("check", "--content", str(folder), "--queries")
    *queries, number = result.output.splitlines()
    assert result.exit_code == 0, result.output
    assert number == alone[-1] == f"{len(queries)} open questions"
    assert all("de/" in query and "nds/" in query for query in queries)
    assert len(queries) > 1


def test_nothing_is_confirmed_when_one_measure_is_unknown(tmp_path):
    """A misspelt measure is refused with what is near, and the others are not recorded."""
    folder = make_edition(tmp_path)
    result = _run("confirm", "--content", str(folder), "bridge", "pats")
    assert result.exit_code == 2
    assert result.output == 'there is no measure to confirm "pats"; did you mean "paths"?\n'
    assert not (folder / "translations.lock.yaml").exists()


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
    result = _run("confirm", "--content", str(folder), "bridge")
    assert result.exit_code == 1
    assert result.output == (
        f"cannot write {folder / 'translations.lock.yaml'}: Permission denied;"
        " make its folder writable\n"
    )


def test_a_lack_of_memory_is_told(tmp_path, monkeypatch):
    """It is one sentence, and whether anything was written."""

    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr("report.checks.run.check_edition", fail)
    result = _run("--content", str(TINY), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert result.output.endswith("there is not enough memory\nnothing was written\n")
    result = _run("check", "--content", str(TINY))
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
    assert result.exit_code == 2
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
    edit(folder, "measures.yaml", "offices: [mobility]", "offices: [mobilitty]")
    assert "--lang builds" not in _run("--content", str(folder), "--out", out).output
