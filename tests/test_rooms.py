"""The house: which room may use which, and what stays private."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_edition import ROOT

REPORT = ROOT / "report"
ROOMS = (
    "problems", "addresses", "yamlfile", "declared", "styles", "formats", "processes",
    "placing",
    "edition", "pages", "typeset", "output", "pdf", "preflight", "checks", "schemas",
    "options", "production", "build", "cycle", "commands",
)  # fmt: skip
"""Rooms, and modules that stand beside them, in the order in which data goes through them."""
FILES = sorted(REPORT.rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each name that is imported from the project: its module below ``report``, and the name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = (node.module or "").split(".")
        if node.level:
            package = path.relative_to(REPORT).parts[:-1]
            module = [*package[: len(package) + 1 - node.level], *filter(None, module)]
        elif module[0] != "report":
            continue
        else:
            module = module[1:]
        for alias in node.names:
            yield ".".join(module), alias.name


def _room(module: str) -> str:
    return module.partition(".")[0]


def test_every_room_has_its_place() -> None:
    """A new room is put where the data goes through it."""
    found = {path.relative_to(REPORT).parts[0].removesuffix(".py") for path in FILES}
    assert found - {"__init__"} == set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(REPORT)))
def test_a_room_uses_only_what_stands_before_it(path: Path) -> None:
    """Data flows one way, so that each room can be understood without those after it."""
    own = path.relative_to(REPORT).parts[0].removesuffix(".py")
    for module, name in _imports(path):
        used = _room(module or name)
        if own not in ("__init__", used):
            assert ROOMS.index(used) < ROOMS.index(own), f"{module} in {path.name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(REPORT)))
def test_no_module_imports_the_private_names_of_another(path: Path) -> None:
    """What begins with an underscore can change without a look elsewhere."""
    assert [name for _, name in _imports(path) if name.startswith("_")] == []


def test_tests_use_what_others_use() -> None:
    """No test imports, sets or calls a private name of the project."""
    modules = {name.stem for name in FILES if name.stem != "__init__"}
    private = re.compile(rf"\b(?:{'|'.join(modules)})\._[a-z]\w*")
    patched = re.compile(r'setattr\(\s*(?:"report\.[\w.]*\._|\w+, "_)\w*')
    found = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found += [f"{path.name}: {name}" for _, name in _imports(path) if name.startswith("_")]
        found += [f"{path.name}: {match[0]}" for match in private.finditer(text)]
        found += [f"{path.name}: {match[0]}" for match in patched.finditer(text)]
    assert found == []
