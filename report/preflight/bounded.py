"""Inspects files of others in a process of its own, which no file can make endless or huge."""

from __future__ import annotations

import resource
import signal
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from .inspect import Inspection, inspect, unreadable
from .programs import MEMORY_LIMIT, PATIENCE, TIME_LIMIT, TOO_LARGE, TOO_LONG
from .rules import BOTH, Profile

_ENDED: dict[int | None, str] = {-signal.SIGXCPU: TOO_LONG, -signal.SIGABRT: TOO_LARGE}
"""Why its process ended; the library aborts where it gets no memory while it tidies up."""


def inspect_bounded(path: Path, *, expected: Profile | None = None) -> Inspection:
    """As ``inspect``, within the limits of ``programs``; a file beyond them is a finding."""
    # Elsewhere than on Linux system libraries forbid forking.
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_inspect, args=(path, expected, sender), daemon=True)
    process.start()
    sender.close()
    try:
        found = receiver.recv() if receiver.poll(PATIENCE) else TOO_LONG
    except EOFError:
        process.join()
        found = _ENDED.get(process.exitcode, "it stopped its reader")
    process.kill()
    process.join()
    if isinstance(found, Inspection):
        return found
    uses = (expected.use,) if expected and expected.use else BOTH
    return unreadable(path, uses, "opens", f"The file could not be judged: {found}.")


def _inspect(path: Path, expected: Profile | None, sender: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT + 1))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT << 20, resource.RLIM_INFINITY))
    try:
        sender.send(inspect(path, expected=expected))
    except MemoryError:
        sender.send(TOO_LARGE)
