"""How processes are run, and run faster."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from .problems import ReportError


@contextmanager
def worker_processes(number: int) -> Iterator[ProcessPoolExecutor]:
    """Up to ``number`` processes, as many as the machine can run at once.

    Raises ReportError when one of them dies.
    """
    # Forking shares what is loaded; elsewhere than on Linux system libraries forbid it.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        with ProcessPoolExecutor(min(number, os.cpu_count() or 1), mp_context=context) as pool:
            yield pool
    except BrokenProcessPool:
        raise ReportError(
            "a process of the build was stopped, perhaps for lack of memory"
        ) from None


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """A build makes millions of objects that live until its end; looking for garbage is waste."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
