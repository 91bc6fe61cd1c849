"""Puts the files of a build in their folder: all of them, or none.

A build works in a folder of its own inside the output folder, ``.building-…``:

    lock        locked for as long as the build or one of its workers lives
    new/        the files as they are made
    old/        the files that they replace, kept until all are in place
    journal     which files are being placed; as long as it is there, the work is half done

Whoever comes later and finds such a folder unlocked undoes what is half done and removes it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .problems import ReportError

_PREFIX = ".building-"


class PlacingError(ReportError):
    """Files cannot be put in their folder, and it is as it was before."""


class HalfPlacedError(ReportError):
    """Files of two builds are mixed: what was there before could not be put back."""


class BuildingFolder:
    """Where one build makes its files, and from where it puts them in place."""

    def __init__(self, path: Path) -> None:
        self.new = path / "new"
        """The folder to make the files in."""
        self._path = path
        self._old = path / "old"
        self._journal = path / "journal"
        self._out = path.parent

    def place(self, names: Iterable[str]) -> None:
        """Move the files ``names`` from ``new`` to the output folder.

        Raises PlacingError when one cannot be moved, after all are as they were before, and
        HalfPlacedError when that cannot be done either.
        """
        try:
            with _alone_in(self._out):
                # Undone after this build has placed its files, a dead one would undo them too.
                _clear_abandoned(self._out)
                self._keep_old(list(names))
                self._replace()
        except OSError as error:
            target = error.filename2 or self._out
            raise PlacingError(f"cannot write to {target}: {error.strerror}") from None

    def _keep_old(self, names: list[str]) -> None:
        self._old.mkdir()
        for name in names:
            if (self._out / name).is_dir():
                raise PlacingError(f"cannot write to {self._out / name}: it is a folder")
        replaces = {name: os.path.lexists(self._out / name) for name in names}
        for name in filter(replaces.get, names):
            _link_or_copy(self._out / name, self._old / name)
        unfinished = self._path / "journal.part"
        unfinished.write_text(json.dumps(replaces), encoding="utf-8")
        unfinished.replace(self._journal)

    def _replace(self) -> None:
        try:
            for name in self._being_placed():
                os.replace(self.new / name, self._out / name)
            self._journal.unlink()
        except BaseException:
            self.undo()
            raise

    def _being_placed(self) -> dict[str, bool]:
        """The files that are being placed, and whether each replaces another."""
        try:
            names: dict[str, bool] = json.loads(self._journal.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return names

    def undo(self) -> None:
        """Put back what was there before. Interrupted, it may run again."""
        left = []
        for name, replaces in self._being_placed().items():
            new, old, target = self.new / name, self._old / name, self._out / name
            try:
                if not new.exists() and not replaces:
                    target.unlink(missing_ok=True)
                elif not new.exists() and os.path.lexists(old):
                    os.replace(old, target)
            except OSError as error:
                left.append(f"{target}: {error.strerror}")
        if left:
            listed = "\n  ".join(left)
            raise HalfPlacedError(
                f"files of two builds are mixed; these could not be put back:\n  {listed}\n"
                "mend the cause and build again; a build first puts back what it finds like this"
            )
        self._journal.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove the folder, once nothing in it is half done."""
        self.undo()
        # What cannot be removed now counts as abandoned later.
        shutil.rmtree(self._path, ignore_errors=True)


@contextmanager
def building_folder(out: Path) -> Iterator[BuildingFolder]:
    """A folder to build in, inside ``out``, which is made if need be; nothing of it remains.

    Raises PlacingError when ``out`` is no folder or cannot be written.
    """
    made: list[Path] = []
    try:
        try:
            made += [folder for folder in (out, *out.parents) if not folder.exists()]
            building, lock = _locked_folder(out)
        except OSError as error:
            raise PlacingError(f"cannot write to {out}: {error.strerror}") from None
        try:
            yield building
        finally:
            try:
                building.remove()
            finally:
                os.close(lock)
    finally:
        for parent in made:
            with suppress(OSError):  # it holds the files now, or was not made
                parent.rmdir()


def _locked_folder(out: Path) -> tuple[BuildingFolder, int]:
    """A new building folder in ``out``, and its lock."""
    if out.exists() and not out.is_dir():
        raise PlacingError(f"cannot write to {out}: it is a file; name a folder")
    out.mkdir(parents=True, exist_ok=True)
    with _alone_in(out):
        _clear_abandoned(out)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
        lock = _opened_lock(folder)
        _lock(lock, fcntl.LOCK_EX)
    building = BuildingFolder(folder)
    building.new.mkdir()
    return building, lock


def _clear_abandoned(out: Path) -> None:
    """Undo and remove what builds that were killed left in ``out``."""
    for folder in out.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # it is gone
            # In a folder that is shared, what is someone else's is not to be trusted.
            if folder.lstat().st_uid != os.getuid():
                continue
            lock = _opened_lock(folder)
            try:
                if _lock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
                    BuildingFolder(folder).remove()
            finally:
                os.close(lock)


@contextmanager
def _alone_in(out: Path) -> Iterator[None]:
    """One build at a time takes, places or clears files in ``out``."""
    descriptor = os.open(out, os.O_RDONLY)
    try:
        _lock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _opened_lock(folder: Path) -> int:
    return os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)


def _lock(descriptor: int, how: int) -> bool:
    """Whether the lock was got; a file system that knows none gives none."""
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # the file system has no links, or the file is locked
        shutil.copy(source, target, follow_symlinks=False)
