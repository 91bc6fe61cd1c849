"""Kills builds at random moments and counts what they leave behind.

A small edition is built over and over into one folder, in two versions by turns, so that each
build replaces every file. Each is ended from outside: three in four at a random moment, every
fourth just when it begins to put its files in place. Signals take turns too: half are SIGKILL,
which leaves no time to tidy up, the others SIGTERM, SIGINT and SIGHUP, sent to the main process
alone. After each the output folder must hold one whole set, old or new, and no process may be
left, which shows in that the pipe of the build closes. After SIGKILL a set may be mixed and a
folder left, until the next build.

    python tests/kills.py [--kills 100] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from report.placing import building_folder  # noqa: E402

_TINY = ROOT / "tests" / "fixtures" / "tiny"
_SIGNALS = ("SIGKILL", "SIGTERM", "SIGKILL", "SIGINT", "SIGKILL", "SIGHUP")
_PATIENCE = 120
"""Seconds after which a process that has not ended counts as left."""

Files = dict[str, bytes]


def main() -> int:
    """Kill, print the counts, and return 1 when one is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # Whoever starts this may have them ignored, and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with tempfile.TemporaryDirectory() as folder:
        counts = _kill(Path(folder), options.kills, random.Random(options.seed))
    for what, count in counts.items():
        print(f"{count:6} {what}")
    return int(any(count for what, count in counts.items() if "FAULT" in what))


def _kill(folder: Path, kills: int, chance: random.Random) -> Counter[str]:
    out = folder / "out"
    versions = _versions(folder)
    sets = []
    for content in versions:
        start = time.perf_counter()
        _start(content, out).communicate()
        seconds = time.perf_counter() - start
        sets.append(_files(out))
    assert all(sets[0][name] != data for name, data in sets[1].items())
    counts: Counter[str] = Counter()
    for number, content, name in zip(range(kills), cycle(versions), cycle(_SIGNALS)):
        process = _start(content, out)
        if number % 4:
            time.sleep(chance.uniform(0, seconds))
        else:
            _await_placing(process, out)
        process.send_signal(signal.Signals[name])
        counts["FAULT: processes left"] += not _ended(process)
        counts[name if process.returncode else "signals that came after the end"] += 1
        _look(out, sets, counts, killed=name == "SIGKILL")
    _start(versions[0], out).communicate()
    counts["FAULT: the last build, left alone, is not whole"] = _files(out) not in sets
    counts["FAULT: folders left after the last build"] = len(_hidden(out))
    return counts


def _versions(folder: Path) -> list[Path]:
    """Two editions whose files all differ."""
    versions = [Path(shutil.copytree(_TINY, folder / name)) for name in ("a", "b")]
    measures = versions[1] / "measures.yaml"
    text = measures.read_text(encoding="utf-8")
    measures.write_text(text.replace("provisionally_", ""), encoding="utf-8")
    return versions


def _start(content: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "build_report.py")]
    return subprocess.Popen(
        [*command, "--content", str(content), "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _files(out: Path) -> Files:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def _hidden(out: Path) -> list[Path]:
    return list(out.glob(".*"))


def _await_placing(process: subprocess.Popen[bytes], out: Path) -> None:
    """Return as soon as the build puts its files in place; no pause, it takes a millisecond."""
    while process.poll() is None and not list(out.glob(".building-*/journal")):
        pass


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process and all that it started have closed their output."""
    try:
        process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return False
    return True


def _look(out: Path, sets: list[Files], counts: Counter[str], *, killed: bool) -> None:
    grade = "until the next build" if killed else "FAULT: after a signal that can be heeded"
    counts[f"sets mixed {grade}"] += _files(out) not in sets
    counts[f"folders left {grade}"] += bool(_hidden(out))
    with building_folder(out):  # as the next build begins
        counts["FAULT: sets mixed though another build began"] += _files(out) not in sets
    counts["FAULT: folders left though another build ended"] += bool(_hidden(out))


if __name__ == "__main__":
    sys.exit(main())
