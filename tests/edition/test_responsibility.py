"""Who answers for what is not carried out, and who gave no answer."""

from __future__ import annotations

from pathlib import Path

from report.edition.edition import Edition
from report.edition.load import load_edition
from report.edition.model import Outcome
from report.edition.responsibility import Share, by_minister, by_party, silent, unfinished
from tests.sized import Size, sized_edition


def _edition(folder: Path) -> Edition:
    """Ten measures of five statuses in turn; minister p1 has those with 1, 5 and 9, and so on."""
    size = Size(measures=10, levels=1, people=4, ministers=1)
    return load_edition(sized_edition(folder / "content", size))


def test_what_is_only_partly_carried_out_is_not_carried_out(tmp_path: Path) -> None:
    """Nor is what cannot be assessed; what is carried out provisionally is."""
    found = [measure.id for measure in unfinished(_edition(tmp_path))]
    assert found == ["m2", "m4", "m5", "m7", "m9", "m10"]


def test_those_who_answer_for_most_come_first(tmp_path: Path) -> None:
    """Each with the number of all their measures, and a party with those of its ministers."""
    edition = _edition(tmp_path)
    assert by_minister(edition) == [
        Share("p1", 2, 3), Share("p2", 2, 3), Share("p3", 1, 2), Share("p4", 1, 2),
    ]  # fmt: skip
    assert {share.key: (share.number, share.total) for share in by_party(edition)} == {
        "mitte": (3, 5), "gruen": (3, 5),
    }  # fmt: skip


def test_a_measure_of_two_ministers_counts_once_for_their_party(tmp_path: Path) -> None:
    """Though each of them answers for it."""
    size = Size(measures=2, levels=1, people=4, ministers=4)
    edition = load_edition(sized_edition(tmp_path / "content", size))
    assert [share.number for share in by_minister(edition)] == [1, 1, 1, 1]
    assert [share.number for share in by_party(edition)] == [1, 1]


def test_only_refusal_and_silence_are_no_answer(tmp_path: Path) -> None:
    """Those who answered are not named."""
    assert silent(_edition(tmp_path)) == {Outcome.REFUSED: ["p2", "p4"]}
