"""Runs programs of others on files of others: bounded, and whatever the file is called."""

from __future__ import annotations

import math
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

TIME_LIMIT = 60
"""Seconds of processor time that a validator may take for one file."""
PATIENCE = 600
"""Seconds to wait for it on a busy machine, or when it does nothing."""
MEMORY_LIMIT = 1024
"""Megabytes that a validator may use."""
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
TOO_LONG = f"did not finish within {TIME_LIMIT} seconds of processor time"
TOO_LARGE = f"needs more than {MEMORY_LIMIT} MB of memory"


@dataclass(frozen=True)
class Result:
    """What one validator says of one file.

    ``flavour`` is ``ua1`` or ``2a`` for veraPDF and empty for the others; ``details`` are the
    failed rules, the ink of each page in percent, or why the validator did not run and what to
    install. What did not run has not passed.
    """

    name: str
    file: Path
    flavour: str
    ran: bool
    passed: bool
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        outcome = "passed" if self.passed else "failed" if self.ran else "did not run"
        return " ".join(filter(None, (self.name, self.flavour, outcome))) + f": {self.file.name}"


def not_run(name: str, file: Path, flavour: str, reason: str) -> Result:
    return Result(name, file, flavour, False, False, (reason,))


class TooLong(Exception):
    """A program was stopped at the limit of time."""


def run_bounded(
    command: Sequence[str],
    *,
    memory: int | None = MEMORY_LIMIT,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program within the limits of time and, in megabytes, of memory.

    Raises TooLong. What it needs beyond the memory it is refused, and it says so in its own
    words.
    """
    limits = f"ulimit -t {math.ceil(TIME_LIMIT)}"
    limits += f"; ulimit -v {memory * 1024}" if memory else ""
    try:
        run = subprocess.run(
            ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh", *command],
            capture_output=True, timeout=PATIENCE, encoding="utf-8", errors="replace",
            check=False, env=environment,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TooLong from None
    if run.returncode in _OUT_OF_TIME:
        raise TooLong
    return run


@contextmanager
def plainly_named(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Links to files under names that no program takes for an option, a list or a pattern."""
    with TemporaryDirectory() as folder:
        links = [Path(folder, f"{number}.pdf") for number in range(1, len(paths) + 1)]
        for link, path in zip(links, paths, strict=True):
            os.symlink(path.absolute(), link)
        yield links
