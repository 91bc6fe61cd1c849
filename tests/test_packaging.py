"""What the package declares and what it holds."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.editions import make_edition
from tests.real_edition import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def _imported(folder: Path) -> set[str]:
    """The distributions, other than the standard library, whose modules are imported."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {
        alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    modules |= {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    names = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names
    return {
        _normal(distribution)
        for name in names - {"report", "tests"}
        for distribution in packages_distributions()[name]
    }


def _declared(requirements: list[str]) -> set[str]:
    return {_normal(requirement.partition("=")[0]) for requirement in requirements}


def test_every_package_that_is_imported_is_declared_and_no_other() -> None:
    """What others happen to bring along can vanish with them."""
    assert _imported(ROOT / "report") == _declared(PROJECT["dependencies"])


def test_every_package_that_the_tests_import_is_declared() -> None:
    """The tests may use what the generator uses, and what they declare themselves."""
    declared = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]
    assert _imported(ROOT / "tests") <= _declared(declared)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_package_is_pinned(lock: str) -> None:
    """What is declared stands in the lock files, with its version."""
    pinned = [
        line.partition("==")
        for name in ("requirements.lock", lock)
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert all(version for _, _, version in pinned)
    extra = PROJECT["optional-dependencies"]["test"] if "test" in lock else []
    assert _declared(PROJECT["dependencies"] + extra) <= {_normal(name) for name, _, _ in pinned}


def test_the_installed_command_builds_from_any_folder(tmp_path: Path) -> None:
    """The package brings fonts, styles and dictionaries along and needs no checkout."""
    installed, here = tmp_path / "installed", tmp_path / "here"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", installed, ROOT], check=True)
    make_edition(here / "content")
    run = subprocess.run(
        [sys.executable, installed / "bin/scorecard-report", "--lang", "nl"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "paden-2025-06-01-nl.pdf" in {path.name for path in (here / "build").iterdir()}
