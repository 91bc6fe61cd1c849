"""How processes are run, run faster, and ended."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from .problems import ReportError

_PR_SET_PDEATHSIG = 1
"""Of prctl(2): the signal that the kernel sends to a process when its parent dies."""


_SPELL = 0.2
"""Seconds."""

T = TypeVar("T")


@contextmanager
def worker_processes(number: int) -> Iterator[ProcessPoolExecutor]:
    """Up to ``number`` processes, as many as the machine can run at once.

    They end when the block is left, however that is, and when this process dies. Raises
    ReportError when one of them dies.
    """
    # Forking shares what is loaded; elsewhere than on Linux system libraries forbid it.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    if multiprocessing.parent_process():
        signal.signal(signal.SIGTERM, _end_with_workers)
    try:
        with ProcessPoolExecutor(
            min(number, os.cpu_count() or 1),
            mp_context=context,
            initializer=_begin_worker,
            initargs=(os.getpid(),),
        ) as pool:
            try:
                yield pool
            except BaseException:
                _end_workers()
                raise
    except RuntimeError as error:
        # Threads have no exception of their own for a machine that gives no more of them.
        if not isinstance(error, BrokenProcessPool) and "thread" not in str(error):
            raise
        raise ReportError(
            "a process of the build was stopped or could not start, perhaps for lack of memory"
        ) from None


def finished(task: Future[T]) -> T:
    """The result of ``task``, once it is there.

    A signal that comes just before a wait does not end it, so that no wait is long.
    """
    while not task.done():
        wait([task], timeout=_SPELL)
    return task.result()


def end_in_order() -> None:
    """Let whoever ends this process from outside find it tidied up: as after an exception."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, lambda *_: sys.exit(1))


def _begin_worker(parent: int) -> None:
    # Ctrl-C reaches every process of a terminal; the first of them ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(1)
    else:
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)


def _end_workers() -> None:
    for worker in multiprocessing.active_children():
        worker.terminate()
        worker.join()


def _end_with_workers(*_: Any) -> None:
    _end_workers()
    os._exit(1)


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
