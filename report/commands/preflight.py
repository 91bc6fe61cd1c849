"""``preflight``: judges finished files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..formats import count, format_github, format_json
from ..problems import Finding, ReportError, printable
from ..styles import ROOT
from .printing import short, stop
from .shared import Existing, Strict, styles_option

if TYPE_CHECKING:
    from ..preflight.inspect import Inspection
    from ..preflight.programs import Result
    from ..preflight.rules import Use


@click.command(cls=Strict)
@click.argument("files", nargs=-1, required=True, type=Existing())
@click.option(
    "--use", type=click.Choice(["screen", "print"]), help="Judge for this use, whatever it claims."
)
@click.option("--preset", help="Judge print files by these settings of printers.yaml.")
@styles_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--own", is_flag=True, help="Leave veraPDF, qpdf and Ghostscript out: faster.")
def preflight(
    files: tuple[Path, ...],
    use: Use | None,
    preset: str | None,
    styles: Path,
    form: str,
    own: bool,
) -> None:
    """Inspect finished PDF FILES and say what each is fit for.

    veraPDF, qpdf and Ghostscript are asked too where they are installed.
    """
    from ..preflight.bounded import inspect_bounded
    from ..preflight.inspect import Profile, asked_by
    from ..styles import load_preset

    try:
        expected = asked_by(load_preset(preset, styles), use) if preset else Profile(use=use)
    except ReportError as error:
        stop(error)
    inspections = [inspect_bounded(file, expected=expected) for file in files]
    results = [] if own else _validated(inspections)
    click.echo(_FORMATS[form](inspections, results))
    passed = all(inspection.passed for inspection in inspections)
    sys.exit(0 if passed and all(result.passed for result in results if result.ran) else 1)


def _validated(inspections: Sequence[Inspection]) -> list[Result]:
    """What the external validators say; one that is missing fails nothing."""
    from ..preflight.validators import validate

    screen = [item.file for item in inspections if "screen" in item.judged_for]
    paper = [item.file for item in inspections if item.file not in screen]
    return validate(screen, flavours=("ua1", "2a")) + validate(paper, ink_limit=300)


def _text(inspections: Sequence[Inspection], results: Sequence[Result]) -> str:
    from ..preflight.report import report_lines

    lines = [line for inspection in inspections for line in report_lines(inspection)]
    for result in results:
        if result.ran:
            lines.append(str(result))
            lines += [f"  {detail}" for detail in result.details if not result.passed]
    if results:
        ran = sorted({result.name for result in results if result.ran})
        lines.append(f"{count(len(ran), 'validator')} ran: {', '.join(ran) or 'none'}")
    if absent := {result.name: result.details[0] for result in results if not result.ran}:
        lines += [f"{name} did not run: {reason}" for name, reason in absent.items()]
        if (ROOT / "Makefile").is_file():
            lines.append(f"`make -C {short(ROOT)} validators` installs what is missing")
    return printable("\n".join(lines))


def _json(inspections: Sequence[Inspection], results: Sequence[Result]) -> str:
    from ..preflight.report import as_data

    return format_json(
        _findings(inspections),
        files=[as_data(inspection) for inspection in inspections],
        validators=[{**asdict(result), "file": printable(str(result.file))} for result in results],
    )


def _github(inspections: Sequence[Inspection], results: Sequence[Result]) -> str:
    """The findings of our own; what the validators say has no form that GitHub shows."""
    return format_github(_findings(inspections))


def _findings(inspections: Sequence[Inspection]) -> list[Finding]:
    return [finding for inspection in inspections for finding in inspection.findings]


_FORMATS = {"text": _text, "json": _json, "github": _github}
