"""How processes of a build end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from report.problems import ReportError
from report.processes import finished, worker_processes

ROOT = Path(__file__).resolve().parent.parent

_SLEEPERS = """\
import os, signal, time
from report.processes import end_in_order, finished, worker_processes

def sleep():
    os.write(1, b"asleep\\n")
    time.sleep(3600)

def sleep_twice():
    with worker_processes(2) as pool:
        for task in [pool.submit(sleep), pool.submit(sleep)]:
            finished(task)

if __name__ == "__main__":
    # Whoever runs the tests may have these ignored, and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    end_in_order()
    with worker_processes(1) as pool:
        finished(pool.submit(sleep_twice))
"""
"""A process whose worker has workers of its own, as a build has, that sleep for an hour."""


@pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"])
def test_workers_end_with_their_parent_however_it_ends(tmp_path, number):
    """Told alone to end, or killed, it takes its sleeping workers along: its pipe closes."""
    script = tmp_path / "sleepers.py"
    script.write_text(_SLEEPERS)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            # Two workers can only run at once where there are two processors.
            for _ in range(min(2, os.cpu_count() or 1)):
                assert process.stdout.readline() == "asleep\n"
            process.send_signal(signal.Signals[number])
            # Far less than they sleep, far more than ending takes.
            rest, _ = process.communicate(timeout=300)
        finally:
            process.kill()
    assert rest == ""
    assert process.returncode != 0


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_told():
    """It is an error in words, not an exception of the library."""
    with pytest.raises(ReportError, match="was stopped"), worker_processes(1) as pool:
        finished(pool.submit(_die))
