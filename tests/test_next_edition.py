"""The tests of the real edition hold for the next one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.real_edition import CONTENT, ROOT, edition


def _next_edition(folder: Path) -> Path:
    """The real edition a day later: the measures of each level stand in the opposite order, and
    one of them has the status of another."""
    shutil.copytree(CONTENT, folder)
    facts, measures = folder / "edition.yaml", folder / "measures.yaml"
    today = edition().facts.date
    text = facts.read_text(encoding="utf-8")
    later = f"date: {today + timedelta(days=1)}"
    facts.write_text(re.sub(r"(?m)^date: .*$", later, text, count=1), encoding="utf-8")
    head, *blocks = re.split(r"(?m)^(?=- id: )", measures.read_text(encoding="utf-8"))
    order = edition().measures[::-1]
    order.sort(key=_level)
    rows = {re.match(r"- id: ([\w-]+)", block)[1]: block for block in blocks}  # type: ignore[index]
    changed = order[0]
    other = next(m.status for m in order if m.status != changed.status)
    rows[changed.id] = re.sub(
        r"(?m)^  status: .*$", f"  status: {other}", rows[changed.id], count=1
    )
    texts = [rows[measure.id].rstrip("\n") + "\n" for measure in order]
    measures.write_text(head + "".join(texts), encoding="utf-8")
    return folder


def _level(measure) -> int:
    return edition().facts.levels.index(measure.level)


def test_another_date_status_and_order_fail_no_test_of_the_real_edition(tmp_path: Path) -> None:
    """What the tests of the real edition expect follows from its content."""
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-m",
            "real_edition",
            "--basetemp",
            tmp_path / "t",
        ],
        cwd=ROOT,
        env={**os.environ, "EDITION": str(_next_edition(tmp_path / "content"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]
