"""Opening an edition, and reading its texts again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from report.cycle.opening import open_edition
from report.cycle.review import reviewed, to_review
from report.edition.load import load_edition
from report.problems import ContentError, RequestError, UnknownNameError
from tests.editions import closed, edit, make_edition

JULY = date(2025, 7, 2)
RECORD = closed("2025-06-01", bridge="executed", paths="not_executed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny edition of 1 June 2025, closed."""
    folder = make_edition(tmp_path / "content")
    edit(folder, *RECORD)
    return folder


def test_the_next_edition_begins_where_the_last_ended(folder: Path) -> None:
    """One day changes in one line, and every text is to be read again."""
    path = folder / "edition.yaml"
    path.write_text(path.read_text().replace("date: 2025-06-01", "date:  2025-06-01   # day", 1))
    before = {file: file.read_bytes() for file in folder.rglob("*.yaml")}
    units = open_edition(folder, JULY)
    assert units == to_review(folder) == ["edition", "bridge", "paths"]
    after = {file: file.read_bytes() for file in folder.rglob("*.yaml")}
    after.pop(folder / "review.yaml")
    expected = before[path].replace(b"date:  2025-06-01   # day", b"date:  2025-07-02   # day")
    assert after == {**before, path: expected}
    edition = load_edition(folder)
    assert edition.facts.date == JULY
    assert edition.last_edition() == date(2025, 6, 1)
    assert edition.changes() == []


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2025, 5, 31)])
def test_a_day_that_is_not_later_is_refused(folder: Path, day: date) -> None:
    """Editions follow each other."""
    with pytest.raises(RequestError, match=f"{day} is not after the last edition, of 2025-06-01"):
        open_edition(folder, day)
    assert not (folder / "review.yaml").exists()
    assert load_edition(folder).facts.date == date(2025, 6, 1)


def test_an_open_edition_is_closed_first(folder: Path) -> None:
    """Neither one that was never closed nor one that was just opened is passed over."""
    open_edition(folder, JULY)
    with pytest.raises(RequestError, match="2025-07-02 is still open; edition close ends it"):
        open_edition(folder, date(2025, 12, 1))
    assert load_edition(folder).facts.date == JULY


def test_an_edition_with_faults_is_not_opened(folder: Path) -> None:
    """They are told with their lines."""
    edit(folder, "measures.yaml", "status: executed", "status: exectued")
    with pytest.raises(ContentError, match=r"measures\.yaml:4:\d+: error: unknown status"):
        open_edition(folder, JULY)
    assert not (folder / "review.yaml").exists()


def test_texts_that_were_read_are_taken_off(folder: Path) -> None:
    """Those that are left stay in their order; at the end none is."""
    open_edition(folder, JULY)
    assert reviewed(folder, ["bridge"]) == to_review(folder) == ["edition", "paths"]
    assert reviewed(folder, ["paths", "edition"]) == to_review(folder) == []
    assert load_edition(folder).facts.date == JULY


def test_none_is_taken_off_when_one_is_not_on_the_list(folder: Path) -> None:
    """A misspelt measure is refused with what is near."""
    open_edition(folder, JULY)
    with pytest.raises(UnknownNameError, match='"pats"; did you mean "paths"'):
        reviewed(folder, ["bridge", "pats"])
    assert to_review(folder) == ["edition", "bridge", "paths"]


def test_a_list_that_cannot_be_read_is_told(folder: Path) -> None:
    """It is a file like others: faults have file and line."""
    (folder / "review.yaml").write_text("- bridge\n- Pfade!\n")
    with pytest.raises(ContentError, match=r"review\.yaml:2:\d+: error: .*small letters"):
        to_review(folder)
