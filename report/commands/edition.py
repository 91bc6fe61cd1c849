"""``edition``: what is done from one edition to the next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..formats import count
from ..problems import ReportError
from .printing import say, short, stop, table
from .shared import HOME, Named, StrictGroup, content_option, styles_option

if TYPE_CHECKING:
    from ..cycle.tasks import Tasks


class Day(click.ParamType[date]):
    """A day, written like 2026-07-02."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day; a usage error for what is none."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f'"{value}" is not a day; write it like 2026-07-02', param, ctx)


def _outcomes() -> list[str]:
    from ..edition.model import Outcome

    return [outcome.value for outcome in Outcome if outcome is not Outcome.NOT_ASKED]


@click.group(cls=StrictGroup)
def edition() -> None:
    """Close an edition, open the next, and record questionnaires and replies."""


@edition.command()
@content_option
@styles_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is shown.",
)
def status(content: Path, styles: Path, form: str) -> None:
    """Show what is still to do before the edition can be closed."""
    from ..cycle.tasks import tasks

    try:
        found = tasks(content, styles)
    except ReportError as error:
        stop(error)
    if form == "json":
        click.echo(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
    else:
        click.echo(_screen(found))


def _screen(found: Tasks) -> str:
    last = f"; the last one was of {found.closed[-1]}" if found.closed else ""
    rows: list[tuple[str, Sequence[str]]] = [
        ("texts to review", found.to_review),
        ("texts that tell what was true before", found.outdated),
        ("texts whose languages are not confirmed to agree", found.unconfirmed),
        ("cabinets that have not answered", found.unanswered),
        ("open questions to the editors", found.queries),
        ("sources without an archived copy", found.without_archive),
    ]
    lines = [f"edition of {found.edition}{last}"]
    for name, items in rows:
        lines.append(f"{len(items):>4}  {name}{_few(items)}")
    problems = (
        count(number, name)
        for number, name in (
            (found.errors, "error"), (found.warnings, "warning"), (found.notes, "note"),
        )
    )  # fmt: skip
    return "\n".join([*lines, f"check: {', '.join(problems)}"])


_SHOWN = 72
"""Characters of a list that stand on its line."""


def _few(items: Sequence[str]) -> str:
    """A list of keys as far as it fits on a line; sentences are too long for it."""
    listed = ", ".join(items)
    if not items or any(" " in item and ":" in item for item in items):
        return ""
    return f": {listed if len(listed) <= _SHOWN else listed[: _SHOWN - 1] + '…'}"


@edition.command()
@content_option
@styles_option
@click.option("--preset", default="coated-3mm", show_default=True, help="Printer's settings.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the final files. [default: build]"
)
def close(content: Path, styles: Path, preset: str, out: Path | None) -> None:
    """Build the final files, and record for good what this edition publishes."""
    from ..cycle.closing import close_edition
    from ..options import Options
    from ..processes import end_in_order

    end_in_order()
    options = Options(content=content, out=out or HOME / "build", preset=preset, styles=styles)
    try:
        result = close_edition(options, progress=say)
    except ReportError as error:
        stop(error, "the edition stays open")
    click.echo(table(result.made))
    click.echo("the edition is closed; commit its record")


@edition.command()
@click.argument("day", type=Day())
@content_option
def new(day: date, content: Path) -> None:
    """Open the next edition, of DAY: every text is to be reviewed."""
    from ..cycle.opening import open_edition

    try:
        units = open_edition(content, day)
    except ReportError as error:
        stop(error, "nothing was changed")
    click.echo(f"the edition of {day} is open; {count(len(units), 'text')} to review")


@edition.command()
@click.argument("texts", nargs=-1, required=True)
@content_option
def reviewed(texts: tuple[str, ...], content: Path) -> None:
    """Take TEXTS (measures, or: edition) off the list of what is to be reviewed."""
    from ..cycle.review import reviewed as take_off

    try:
        left = take_off(content, texts)
    except ReportError as error:
        stop(error, "nothing was changed")
    click.echo(f"{count(len(left), 'text')} left to review")


@edition.command("round")
@click.argument("key")
@click.option("--sent", type=Day(), required=True, help="Day it was sent.")
@click.option("--deadline", type=Day(), help="Day by which an answer is asked.")
@click.option("--to", metavar="PERSON,…", default="", help="Everyone it was sent to.")
@content_option
def round_(key: str, sent: date, deadline: date | None, to: str, content: Path) -> None:
    """Record a questionnaire to the cabinets, by a KEY such as 2026-06."""
    from ..cycle.questionnaires import open_round

    people = [person.strip() for person in to.split(",") if person.strip()]
    try:
        open_round(content, key, sent, deadline, people)
    except ReportError as error:
        stop(error, "nothing was changed")
    click.echo(f"the questionnaire {key} is recorded in {short(content / 'edition.yaml')}")
    click.echo(f"say at each measure in measures.yaml who was asked: questions: {key}: to: […]")


@edition.command()
@click.argument("minister")
@click.option(
    "--outcome", type=Named("outcome", _outcomes), required=True, help="What came of it."
)
@click.option("--date", "day", type=Day(), help="Day of the answer or the refusal.")
@click.option("--round", "key", default="", help="Questionnaire. [default: the last]")
@content_option
def reply(minister: str, outcome: str, day: date | None, key: str, content: Path) -> None:
    """Record what the cabinet of MINISTER, a key of people.yaml, did with the questionnaire."""
    from ..cycle.questionnaires import record_reply
    from ..edition.model import Outcome

    try:
        source = record_reply(content, minister, Outcome(outcome), day, key)
    except ReportError as error:
        stop(error, "nothing was changed")
    click.echo(f"recorded in {short(content / 'sources.yaml')}; cite it with [@{source}]")
