"""A slip at any key of any content file is told in that file, and never ends in a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from report.edition.load import load_partly
from tests.conftest import TINY

FILES = [str(path.relative_to(TINY)) for path in sorted(TINY.rglob("*.yaml"))]
FREE_KEYS = {"addresses", "titles", "reasons"}
"""Groups whose keys are for the editors to choose."""
PARAGRAPHS = {
    "headline", "demands", "introduction", "method", "text", "reason", "analysis", "conclusions",
    "replies_intro",
}  # fmt: skip
"""Keys whose text may be longer than a line."""

Slip = Callable[[Any, Any], None]


def _keys(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key and list position in ``node``."""
    children = enumerate(node) if isinstance(node, list) else node.items()
    for key, child in children:
        yield (*path, key)
        if isinstance(child, (dict, list)):
            yield from _keys(child, (*path, key))


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def _misspelt(group: Any, key: Any) -> None:
    if isinstance(group, dict):
        group[f"{key}?"] = group.pop(key)
    else:
        group[key] = {"?": group[key]}


def _of_another_type(group: Any, key: Any) -> None:
    group[key] = ["?"] if isinstance(group[key], dict) else {"?": group[key]}


def _of_another_form(group: Any, key: Any) -> None:
    group[key] = "?\n\n?"


SLIPS: list[Slip] = [_misspelt, _of_another_type, _of_another_form]


def _may_be(slip: Slip, place: tuple[Any, ...]) -> bool:
    """Whether there is nothing wrong with the slip."""
    words = [part for part in place if isinstance(part, str)]
    if slip is _misspelt:
        return isinstance(place[-1], str) and bool(FREE_KEYS.intersection(words[:-1]))
    paragraph = not PARAGRAPHS.isdisjoint(words[-1:]) or words[:-1] == ["questions"]
    return slip is _of_another_form and paragraph


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tiny edition, mended after each slip."""
    return Path(shutil.copytree(TINY, tmp_path_factory.mktemp("slips") / "tiny"))


@pytest.mark.parametrize(
    "slip",
    [_misspelt, _of_another_type, _of_another_form],
    ids=lambda slip: slip.__name__.strip("_"),
)
@pytest.mark.parametrize("file", FILES)
def test_every_slip_is_told_at_its_line(folder: Path, file: str, slip: Slip) -> None:
    """A wrong key, type or value at any place of a file gives a finding with file and line."""
    path = folder / file
    sound = path.read_text(encoding="utf-8")
    data = yaml.load(sound, Loader=yaml.CBaseLoader)
    try:
        for place in (place for place in _keys(data) if not _may_be(slip, place)):
            broken = deepcopy(data)
            slip(_at(broken, place[:-1]), place[-1])
            text = yaml.safe_dump(broken, allow_unicode=True, sort_keys=False)
            path.write_text(text, encoding="utf-8")
            _, findings = load_partly(folder)
            assert findings, f"{place}: nothing is said"
            own = [finding for finding in findings if finding.place.file == file]
            assert own or slip is _misspelt, f"{place}: {findings}"
            for finding in own:
                assert 1 <= finding.place.line <= text.count("\n"), finding
                assert str(finding).isprintable()
    finally:
        path.write_text(sound, encoding="utf-8")
