"""What commands print, and how they stop."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..formats import format_text, summary
from ..problems import MACHINE_ERRORS, ReportError, printable, refused

if TYPE_CHECKING:
    from ..options import Made


class Guarded(click.Group):
    """Commands that tell what the machine refuses, be it to print, instead of breaking off."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command as click does."""
        try:
            return super().main(*arguments, **options)
        except MACHINE_ERRORS as error:
            with suppress(OSError):
                stop(refused(error))
            sys.exit(1)


def table(made: list[Made]) -> str:
    """What was made, as aligned columns."""
    rows = [("file", "language", "pages", "notes", "size", "time")]
    for item in made:
        printed = item.pages > 0
        rows.append(
            (
                short(item.path),
                item.language,
                str(item.pages) if printed else "",
                str(item.notes) if printed else "",
                f"{item.size / 1000:.0f} kB",
                f"{item.seconds:.1f} s",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def short(path: Path) -> str:
    """``path`` as seen from the current folder, where it is below it."""
    working = Path.cwd()
    return printable(str(path.relative_to(working) if path.is_relative_to(working) else path))


def say(message: str) -> None:
    """Tell what goes on."""
    click.echo(f"… {message}", err=True)


def at_fault(error: ReportError, content: Path) -> str:
    """The language that ``error`` is about, when it is about one and nothing else."""
    from ..edition.files import language_folders

    folders = {finding.place.file.partition("/")[0] for finding in error.findings}
    languages, _ = language_folders(content)
    if error.message or len(folders) != 1 or not folders <= set(languages):
        return ""
    return f"only {folders.pop()} is at fault: --lang builds other languages"


def stop(error: ReportError, outcome: str = "") -> NoReturn:
    """Print what ``error`` tells and, last, what came of it; end with its status."""
    tally = summary(error.findings) if error.findings else ""
    end = "; ".join(filter(None, (tally, outcome)))
    lines = (format_text(error.findings), printable(error.message), end)
    click.echo("\n".join(filter(None, lines)), err=True)
    sys.exit(error.status)
