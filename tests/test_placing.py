"""All files of a build are put in their folder, or none."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Container
from multiprocessing import get_context
from pathlib import Path

import pytest

from report.placing import HalfPlacedError, PlacingError, building_folder

NAMES = ("a.pdf", "b.pdf", "new.csv", "c.json")
OLD = {"a.pdf": "old a", "b.pdf": "old b", "c.json": "old c", "other.txt": "of someone else"}
NEW = {**OLD, **{name: f"new {name}" for name in NAMES}}

_replace = os.replace


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that holds most of an older set, and a file of someone else."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name, text in OLD.items():
        (folder / name).write_text(text)
    return folder


def _held(folder: Path) -> dict[str, str]:
    """What the folder holds, hidden files too."""
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def _build(out: Path) -> None:
    with building_folder(out) as folder:
        for name in NAMES:
            (folder.new / name).write_text(f"new {name}")
        folder.place(NAMES)


def _counted(out: Path, act: Callable[[int], None]) -> Callable[[Path, Path], None]:
    """``os.replace``, which first calls ``act`` with how often a file of ``out`` was replaced."""
    count = 0

    def replace(source: Path, target: Path) -> None:
        nonlocal count
        if target.parent == out:
            count += 1
            act(count - 1)
        _replace(source, target)

    return replace


def _locked(positions: Container[int]) -> Callable[[int], None]:
    """Refuse the renames at ``positions``, as for a locked file."""

    def act(count: int) -> None:
        if count in positions:
            raise PermissionError(1, "Operation not permitted", "source", None, "target")

    return act


def _killed_build(out: Path, fails: Container[int], dies: int) -> None:
    """A build of which the renames ``fails`` fail, and that is killed at that of ``dies``."""

    def act(count: int) -> None:
        if count == dies:
            os.kill(os.getpid(), signal.SIGKILL)
        _locked(fails)(count)

    os.replace = _counted(out, act)
    _build(out)


def _kill(out: Path, *, fails: Container[int] = (), dies: int) -> None:
    process = get_context("fork").Process(target=_killed_build, args=(out, fails, dies))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def test_the_files_replace_the_older_ones_and_nothing_else_changes(out):
    """After a build the folder holds its files, and those that it did not make."""
    _build(out)
    assert _held(out) == NEW
    assert {path.name for path in out.iterdir()} == set(NEW)


@pytest.mark.parametrize("position", range(len(NAMES)))
def test_when_a_file_cannot_be_moved_the_old_set_is_back(out, monkeypatch, position):
    """Whichever file is locked, all others are as they were and nothing is left."""
    monkeypatch.setattr(os, "replace", _counted(out, _locked([position])))
    with pytest.raises(PlacingError, match=r"^cannot write to target: Operation not permitted$"):
        _build(out)
    assert _held(out) == OLD
    assert {path.name for path in out.iterdir()} == set(OLD)


@pytest.mark.parametrize("position", range(len(NAMES)))
def test_a_build_killed_while_it_places_its_files_is_undone_by_the_next(out, position):
    """The next build begins with the old set, even if it makes no files itself."""
    _kill(out, dies=position)
    with building_folder(out):
        assert _held(out) == OLD
    assert {path.name for path in out.iterdir()} == set(OLD)


@pytest.mark.parametrize("position", [4, 5])
def test_a_build_killed_while_it_puts_files_back_is_undone_by_the_next(out, position):
    """Files that are back already stay; they are not taken for new ones."""
    _kill(out, fails=[3], dies=position)
    with building_folder(out):
        assert _held(out) == OLD


def test_files_placed_since_are_not_undone_with_a_killed_build(out):
    """A build that began before another was killed undoes that one before it places its own."""
    with building_folder(out) as folder:
        _kill(out, dies=2)
        for name in NAMES:
            (folder.new / name).write_text(f"new {name}")
        folder.place(NAMES)
    _build(out)
    assert _held(out) == NEW
    assert {path.name for path in out.iterdir()} == set(NEW)


def test_what_a_killed_build_left_is_removed_and_what_a_living_one_uses_is_not(out):
    """Only a folder that nobody holds locked is abandoned."""
    (out / ".building-dead").mkdir()
    with building_folder(out) as first, building_folder(out):
        (first.new / "x").write_text("still here")
        assert len(list(out.glob(".building-*"))) == 2
    assert not list(out.glob(".building-*"))


def test_what_someone_else_left_is_not_trusted(out, monkeypatch):
    """A forged journal could name any file; a link of that name could lead to any folder."""
    forged = out / ".building-forged"
    (forged / "new").mkdir(parents=True)
    (forged / "journal").write_text('{"../victim": false}')
    (out.parent / "victim").write_text("precious")
    with monkeypatch.context() as patch:
        patch.setattr(os, "getuid", lambda: forged.stat().st_uid + 1)
        _build(out)
    assert (out.parent / "victim").read_text() == "precious"
    assert forged.is_dir()


def test_old_files_that_cannot_be_put_back_are_named_and_put_back_later(out, monkeypatch):
    """A mix is told as a mix, and the next build mends it once it can."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", _counted(out, _locked(range(2, 99))))
        with pytest.raises(HalfPlacedError, match=r"mixed; .*\n  .*a\.pdf: .*\n  .*b\.pdf: "):
            _build(out)
    with building_folder(out):
        assert _held(out) == OLD


def test_a_file_system_without_links_loses_nothing_either(out, monkeypatch):
    """The old files are copied where they cannot be linked."""

    def refuse(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "replace", _counted(out, _locked([3])))
    with pytest.raises(PlacingError):
        _build(out)
    assert _held(out) == OLD


def test_a_folder_with_the_name_of_a_file_is_named(out):
    """It is not replaced, and no other file is."""
    (out / "c.json").unlink()
    (out / "c.json").mkdir()
    with pytest.raises(PlacingError, match=r"c\.json: it is a folder"):
        _build(out)
    assert _held(out).items() <= OLD.items()


def test_folders_made_for_a_build_that_fails_go_again(tmp_path):
    """The output folder and those above it are there once there are files."""
    out = tmp_path / "a" / "b"
    with building_folder(out) as folder:
        (folder.new / "x").write_text("x")
    assert not list(tmp_path.iterdir())
    _build(out)
    assert set(_held(out)) == set(NAMES)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("file", "it is a file; name a folder"),
        ("file/out", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_an_output_folder_that_cannot_be_is_told_before_anything_is_made(tmp_path, name, reason):
    """The message names the folder and the reason."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlacingError) as caught, building_folder(tmp_path / name):
        pytest.fail("a build began")
    assert str(caught.value) == f"cannot write to {tmp_path / name}: {reason}"


def test_a_full_disk_loses_nothing(out, monkeypatch):
    """When there is no room to keep the old files, none is replaced."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(shutil, "copy", full)
    with pytest.raises(PlacingError, match=f"^cannot write to {out}: No space left on device$"):
        _build(out)
    assert _held(out) == OLD
