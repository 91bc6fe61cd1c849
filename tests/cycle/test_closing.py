"""Closing an edition: what it refuses, and what it records for good."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from report.build import Result
from report.checks.translations import confirm
from report.cycle import closing
from report.cycle.closing import close_edition
from report.edition.closed import CLOSED_EDITION
from report.edition.load import load_edition
from report.options import Options
from report.problems import ContentError, ReportError, RequestError
from report.yamlfile import read_yaml
from tests.conftest import TINY
from tests.editions import closed, edit, make_edition

RECORD = "editions/2025-06-01"


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Els", "-c", "user.email=els@club.example")
    subprocess.run(("git", "-C", str(folder), *identity, *arguments), check=True,
                   capture_output=True)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny edition in two languages, confirmed and reviewed."""
    folder = make_edition(tmp_path / "content")
    confirm(folder, ["edition", "bridge", "paths"])
    return folder


@pytest.fixture
def closes(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What is built, in place of building it."""
    asked: list[Options] = []

    def build(options: Options, _: object) -> Result:
        asked.append(options)
        return Result([], [], [])

    monkeypatch.setattr(closing, "build", build)
    return asked


def _refusal(folder: Path) -> str:
    with pytest.raises(ReportError) as refusal:
        close_edition(Options(folder, folder.parent / "out"))
    assert not (folder / RECORD).exists()
    assert not (folder.parent / "out").exists()
    return str(refusal.value)


def test_an_edition_with_errors_stays_open(folder: Path, closes: list[Options]) -> None:
    """They are told as by check, each at its line."""
    edit(folder, "nl/measures/bridge.yaml", "8 april 2025", "8 april 2026")
    confirm(folder, ["bridge"])
    assert "nl/measures/bridge.yaml:10:" in _refusal(folder)
    edit(folder, "measures.yaml", "status: executed", "status: exectued")
    assert "measures.yaml:4:11: error: unknown status" in _refusal(folder)
    assert closes == []


def test_an_edition_that_is_not_confirmed_stays_open(folder: Path, closes: list[Options]) -> None:
    """What is to be compared is named, once, with the command."""
    edit(folder, "fr/measures/bridge.yaml", "Le pont aide tout", "Ce pont aide tout")
    edit(folder, "fr/measures/paths.yaml", "Rien n'a été", "Rien encore n'a été")
    assert _refusal(folder) == (
        "the languages are not confirmed to agree: bridge, paths; compare them, then confirm"
        " bridge paths"
    )
    assert closes == []


def test_an_edition_that_is_not_reviewed_stays_open(folder: Path, closes: list[Options]) -> None:
    """The texts nobody has read are named."""
    (folder / "review.yaml").write_text("- edition\n- paths\n")
    told = "not reviewed yet: edition, paths; edition reviewed takes them off"
    assert _refusal(folder) == told
    assert closes == []


def test_what_is_not_committed_keeps_an_edition_open(folder: Path, closes: list[Options]) -> None:
    """It could not be rebuilt from what version control has, be it content or program."""
    program = folder.parent / "program.py"
    program.write_text("1")
    _git(folder.parent, "init", "-q")
    _git(folder.parent, "add", ".")
    _git(folder.parent, "commit", "-q", "-m", "edition")
    (folder.parent / "notes of somebody.txt").touch()
    program.write_text("2")
    edit(folder, "nl/measures/bridge.yaml", "De brug is open.", "De brug is nu open.")
    confirm(folder, ["bridge"])
    (folder / "fr/measures/bridge.yaml~").touch()
    refusal = _refusal(folder)
    assert "not committed: " in refusal
    assert "nl/measures/bridge.yaml" in refusal
    assert "fr/measures/bridge.yaml~" in refusal
    assert "program.py" in refusal
    assert "somebody" not in refusal
    (folder / "fr/measures/bridge.yaml~").unlink()
    _git(folder, "commit", "-q", "-a", "-m", "mended")
    close_edition(Options(folder, folder.parent / "out"))
    assert (folder / RECORD / "edition.yaml").is_file()


def test_an_edition_is_closed_once(folder: Path, closes: list[Options]) -> None:
    """Its record is not touched again, whatever has changed since."""
    close_edition(Options(folder, folder.parent / "out"))
    before = {path: path.read_bytes() for path in (folder / RECORD).iterdir()}
    edit(folder, "measures.yaml", "status: executed", "status: not_executed")
    with pytest.raises(RequestError, match="the edition of 2025-06-01 is closed already"):
        close_edition(Options(folder, folder.parent / "out"))
    assert {path: path.read_bytes() for path in (folder / RECORD).iterdir()} == before
    assert len(closes) == 1


def test_a_build_that_fails_leaves_the_edition_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recorded of files that were not made."""

    def fail(*_: object) -> Result:
        raise ContentError([])

    monkeypatch.setattr(closing, "build", fail)
    with pytest.raises(ContentError):
        close_edition(Options(folder, folder.parent / "out"))
    assert not (folder / "editions").exists()


def test_everything_is_built_whatever_is_asked(folder: Path, closes: list[Options]) -> None:
    """A closed edition is whole: every language and output, never a draft or a correction."""
    out = folder.parent / "out"
    close_edition(Options(folder, out, ("nl",), draft=True, only=("csv",), correction=2))
    assert closes == [Options(folder, out)]


def test_the_record_says_what_was_published(folder: Path, closes: list[Options]) -> None:
    """Numbers, titles, reasons, statuses, ministers by office, replies per round, and texts."""
    edit(folder, "edition.yaml", "spring: {sent: 2025-03-03}",
         "winter: {sent: 2025-01-06, to: [clarembeau]}, spring: {sent: 2025-03-03}")  # fmt: skip
    close_edition(Options(folder, folder.parent / "out"))
    record = CLOSED_EDITION.validate_python(
        read_yaml(folder / RECORD / "edition.yaml", "edition.yaml").data
    )
    bridge, paths = record.measures
    assert (str(record.edition), bridge.number, paths.number) == ("2025-06-01", 1, 2)
    assert (bridge.status, paths.status) == ("executed", "not_executed")
    (minister,) = bridge.ministers
    assert (minister.person, minister.party, minister.offices) == (
        "peeters",
        "groep-a",
        ["mobility"],
    )
    assert bridge.titles == {"nl": "Een brug over het water", "fr": "Un pont sur l'eau"}
    assert paths.reasons == {"nl": "Er is niets aangelegd.", "fr": "Rien n'a été aménagé."}
    assert record.replies == {
        "winter": {"peeters": "not_asked", "clarembeau": "unrecorded"},
        "spring": {"peeters": "answered", "clarembeau": "refused"},
    }
    blocks = read_yaml(folder / RECORD / "fr.yaml", "fr.yaml").data
    assert "Un pont sur l’eau" in " ".join(blocks["bridge"])
    assert "Le pont est ouvert." in blocks["bridge"]
    assert load_edition(folder).past == []


def test_the_record_has_the_checksums_of_the_files(tmp_path: Path) -> None:
    """They are those of the files on disk, all of them; the edition still loads and builds."""
    folder = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    result = close_edition(Options(folder, tmp_path / "out"))
    record = read_yaml(folder / "editions/2030-05-03/edition.yaml", "edition.yaml").data
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert {made.path.name for made in result.made} == set(made)
    assert record["files"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in made.items()
    }
    assert {name.rpartition(".")[2] for name in made} == {"pdf", "csv", "json"}


def test_records_of_other_editions_are_not_touched(folder: Path, closes: list[Options]) -> None:
    """Only a folder of its own is added."""
    edit(folder, *closed("2025-05-01", bridge="executed", paths="not_executed"))
    before = (folder / "editions/2025-05-01/edition.yaml").read_bytes()
    close_edition(Options(folder, folder.parent / "out"))
    assert (folder / "editions/2025-05-01/edition.yaml").read_bytes() == before
    assert sorted(path.name for path in (folder / "editions").iterdir()) == [
        "2025-05-01", "2025-06-01"
    ]  # fmt: skip
