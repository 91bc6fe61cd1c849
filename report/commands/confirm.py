"""``confirm``: records that the languages of a text agree."""

from __future__ import annotations

from pathlib import Path

import click

from ..problems import ReportError
from .printing import stop
from .shared import Strict, content_option


@click.command(cls=Strict)
@click.argument("measures", nargs=-1, required=True)
@content_option
def confirm(measures: tuple[str, ...], content: Path) -> None:
    """Record that all languages say the same about MEASURES (or about: edition)."""
    from ..checks.translations import confirm as record

    try:
        for measure, texts in record(content, measures).items():
            click.echo(f"{measure}: {texts} texts confirmed")
    except ReportError as error:
        stop(error)
