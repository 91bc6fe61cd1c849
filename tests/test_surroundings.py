"""A build does not depend on where it stands, nor on what others left on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TINY
from tests.real_edition import ROOT

_NEEDED = ("report", "styles", "fonts", "dictionaries")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the tiny edition, built where the project stands."""
    return _built(ROOT, tmp_path_factory.mktemp("out"), dict(os.environ))


def _built(project: Path, out: Path, environment: dict[str, str]) -> dict[str, bytes]:
    command = [sys.executable, project / "build_report.py"]
    options = ["--content", TINY, "--out", out]
    subprocess.run([*command, *options], check=True, capture_output=True, env=environment)
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.mark.parametrize("name", [b"Communicatie & Pers/R&D <1>", b'Dossier d\'\xe9t\xe9 "2026"'])
def test_the_folder_of_the_project_may_have_any_name(tmp_path, expected, name):
    """The files are the same, byte for byte, and nothing is put in the temporary folder."""
    project = tmp_path / os.fsdecode(name)
    try:
        project.mkdir(parents=True)
    except OSError:
        pytest.skip("the file system takes no such name")
    for folder in _NEEDED:
        shutil.copytree(
            ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "build_report.py", project)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    assert _built(project, project / "out", environment) == expected
    assert not list(temporary.iterdir())


def test_a_home_that_cannot_be_written_costs_nothing(tmp_path, expected):
    """Caches are kept where they can be, and done without elsewhere."""
    nowhere = str(tmp_path / "file" / "home")
    (tmp_path / "file").write_text("in the way")
    environment = {**os.environ, "HOME": nowhere, "XDG_CACHE_HOME": nowhere}
    assert _built(ROOT, tmp_path / "out", environment) == expected
