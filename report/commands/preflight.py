"""``preflight``: judges finished files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problems import ReportError
from .printing import stop

if TYPE_CHECKING:
    from ..preflight.rules import Use


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--use", type=click.Choice(["screen", "print"]), help="Judge for this use, whatever it claims."
)
@click.option("--preset", help="Judge print files by these settings of styles/printers.yaml.")
@click.option("--own", is_flag=True, help="Leave veraPDF, qpdf and Ghostscript out: faster.")
def preflight(files: tuple[Path, ...], use: Use | None, preset: str | None, own: bool) -> None:
    """Inspect finished PDF FILES and say what each is fit for.

    veraPDF, qpdf and Ghostscript are asked too where they are installed.
    """
    from ..preflight.inspect import Profile, asked_by, inspect
    from ..preflight.report import report_lines
    from ..styles import load_preset

    try:
        expected = asked_by(load_preset(preset), use) if preset else Profile(use=use)
    except ReportError as error:
        stop(str(error))
    inspections = [inspect(file, expected=expected) for file in files]
    for inspection in inspections:
        click.echo("\n".join(report_lines(inspection)))
    passed = all(inspection.passed for inspection in inspections)
    if not own:
        screen = [item.file for item in inspections if "screen" in item.judged_for]
        passed &= _validated(screen, [file for file in files if file not in screen])
    sys.exit(0 if passed else 1)


def _validated(screen: list[Path], paper: list[Path]) -> bool:
    """Run the external validators and print what each says; one that is missing fails nothing."""
    from ..preflight.validators import validate

    results = validate(screen, flavours=("ua1", "2a")) + validate(paper, ink_limit=300)
    for result in results:
        click.echo(str(result))
        if not result.passed:
            click.echo("\n".join(f"  {detail}" for detail in result.details))
    ran = sorted({result.name for result in results if result.ran})
    click.echo(f"{len(ran)} validators ran: {', '.join(ran) or 'none'}")
    return all(result.passed for result in results if result.ran)
