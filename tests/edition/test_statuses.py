"""The table of statuses: what is counted with what, and slips in it."""

from __future__ import annotations

import shutil

import pytest

from report.edition.counts import Figure, counts, figures
from report.edition.load import load_edition
from tests.conftest import TinyEdition

COLOUR = "  colour: partly\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("statuses.yaml", COLOUR, "", 'LINE-1: key "colour" is missing'),
        ("statuses.yaml", COLOUR, "  colour: party\n",
         'LINE: unknown colour "party"; did you mean "partly"?'),
        ("statuses.yaml", "cover_colour: night_partly", "cover_colour: knight_partly",
         'LINE: unknown colour "knight_partly"; did you mean "night_partly"?'),
        ("statuses.yaml", "icon: partly_executed", "icon: part",
         'LINE: unknown icon "part"; there are: executed, not_assessable, not_executed,'
         " partly_executed, provisionally_executed"),
        ("statuses.yaml", "  icon: partly_executed\n", "",
         'LINE-3: key "icon" is missing'),
        ("statuses.yaml", "carried_out: in part", "carried_out: partly",
         'LINE: "partly" is not one of: yes, in part, no or unknown'),
        ("statuses.yaml", "counted_with: executed", "counted_with: exekuted",
         'LINE: unknown status "exekuted"; did you mean "executed"?'),
        ("statuses.yaml", "counted_with: executed", "counted_with: not_executed",
         'LINE: "provisionally_executed" and "not_executed" cannot be counted together: their'
         " carried_out differs"),
        ("statuses.yaml", "counted_with: executed", "counted_with: provisionally_executed",
         'LINE: "provisionally_executed" is itself counted with another status; name one that'
         " is not"),
        ("measures.yaml", "status: not_executed\n  questions", "status: undone\n  questions",
         'LINE: unknown status "undone"; there are: executed, provisionally_executed,'
         " partly_executed, not_executed, not_assessable"),
        ("de/labels.yaml", "\nstatuses:\n  executed: umgesetzt\n", "\nstatuses:\n",
         'LINE+2: "statuses" lacks the key "executed"'),
        ("de/labels.yaml", "status_captions:\n  executed: umgesetzt\n", "status_captions:\n",
         'LINE+1: "status_captions" lacks the key "executed"'),
        ("de/labels.yaml", "  not_assessable: es fehlen Angaben\n", "",
         'LINE-4: "status_meanings" lacks the key "not_assessable"'),
        ("de/labels.yaml", "  not_assessable: es fehlen Angaben\n",
         "  not_assessable: es fehlen Angaben\n  gone: weg\n",
         'LINE+1: unknown status "gone"; there are: executed, provisionally_executed,'
         " partly_executed, not_executed, not_assessable"),
        ("de/labels.yaml", "status_of_which:\n", "status_of_which:\n  executed: davon {number}\n",
         'LINE+1: "executed" is not counted with another status; delete this line'),
        ("de/labels.yaml", "status_of_which:\n  provisionally_executed: davon {number} vorläufig",
         "", '1: "status_of_which" lacks the key "provisionally_executed"'),
    ],
)  # fmt: skip
def test_slip_is_told_at_its_line(
    tiny: TinyEdition, file: str, old: str, new: str, problem: str
) -> None:
    """A status that lacks a colour, an icon or words is told; it is never printed without."""
    line = (tiny.folder / file).read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    place, _, message = problem.partition(": ")
    if place.startswith("LINE"):
        place = str(line + int(place.removeprefix("LINE") or 0))
    tiny.change(file, old, new)
    assert tiny.problems() == [f"{file}:{place}: {message}"]


def test_a_misspelt_key_of_a_status_is_told_with_what_misses(tiny: TinyEdition) -> None:
    """Neither the wrong key nor the right one that it stands for ends in a traceback."""
    tiny.change("de/labels.yaml", "statuses:\n  executed", "statuses:\n  exekuted")
    assert tiny.problems() == [
        'de/labels.yaml:12: "statuses" lacks the key "executed"',
        'de/labels.yaml:12: unknown status "exekuted"; did you mean "executed"?',
    ]


@pytest.mark.parametrize("count", ["carried_out", "total", "months"])
def test_status_may_not_be_called_like_a_count(tiny: TinyEdition, count: str) -> None:
    """The count of that name would be the status's, or the other way round."""
    table = (tiny.folder / "statuses.yaml").read_text(encoding="utf-8")
    row = table.partition("not_assessable:")[2]
    tiny.write("statuses.yaml", f"{table}{count}:{row}")
    line = table.count("\n") + 1
    message = f'a count is called "{count}"; choose another key for the status'
    assert f"statuses.yaml:{line}: {message}" in tiny.problems()


def _figures(tiny: TinyEdition, *statuses: str) -> list[Figure]:
    old = tiny.folder.joinpath("measures.yaml").read_text(encoding="utf-8")
    row = old.partition("- id: ampeln")[0].partition("  status:")[0]
    measures = [row.replace("fahrradstrasse", f"m{i}") + f"  status: {status}\n"
                for i, status in enumerate(statuses)]  # fmt: skip
    tiny.write("measures.yaml", "".join(measures))
    shutil.rmtree(tiny.folder / "editions")
    texts = tiny.folder / "de" / "measures"
    street = (texts / "fahrradstrasse.yaml").read_text(encoding="utf-8")
    for path in texts.iterdir():
        path.unlink()
    for i in range(len(statuses)):
        (texts / f"m{i}.yaml").write_text(street, encoding="utf-8")
    return figures(load_edition(tiny.folder), "stadt")


def test_figures_add_up_and_say_apart_what_is_counted_with_another(tiny: TinyEdition) -> None:
    """A status of its own has its number; one that is counted with it is a part of that."""
    assert _figures(
        tiny, "executed", "provisionally_executed", "executed", "partly_executed", "not_assessable"
    ) == [
        Figure("executed", 3, {"provisionally_executed": 1}),
        Figure("partly_executed", 1, {}),
        Figure("not_assessable", 1, {}),
    ]


def test_what_is_all_of_a_number_is_not_said_apart(tiny: TinyEdition) -> None:
    """Not "2 carried out, of which 2 provisionally"."""
    assert _figures(tiny, "provisionally_executed", "provisionally_executed", "not_executed") == [
        Figure("provisionally_executed", 2, {}),
        Figure("not_executed", 1, {}),
    ]


def test_the_first_status_has_a_figure_even_for_none(tiny: TinyEdition) -> None:
    """That nothing is carried out is news."""
    assert _figures(tiny, "not_executed") == [
        Figure("executed", 0, {}),
        Figure("not_executed", 1, {}),
    ]


def test_totals_tell_what_is_carried_out_in_part(tiny: TinyEdition) -> None:
    """Every measure is carried out, in part, not, or nobody knows."""
    _figures(tiny, "executed", "provisionally_executed", "partly_executed", "not_executed",
             "not_executed", "not_assessable")  # fmt: skip
    totals = counts(load_edition(tiny.folder))
    names = ("carried_out", "carried_out_in_part", "not_carried_out", "carried_out_unknown")
    assert [totals[name] for name in names] == [2, 1, 2, 1]
    assert totals["total"] == 6
