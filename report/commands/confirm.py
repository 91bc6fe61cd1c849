"""``confirm``: records that the languages of a text agree."""

from __future__ import annotations

from pathlib import Path

import click

from ..problems import ReportError
from .printing import stop


@click.command()
@click.argument("measures", nargs=-1, required=True)
@click.pass_obj
def confirm(content: Path, measures: tuple[str, ...]) -> None:
    """Record that all languages say the same about MEASURES (or about: edition)."""
    from ..checks.translations import confirm as record

    try:
        for measure in measures:
            click.echo(f"{measure}: {record(content, measure)} texts confirmed")
    except ReportError as error:
        stop(error)
