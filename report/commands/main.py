"""The command line: reads options, calls what does the work, and prints what comes of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..formats import format_text
from ..problems import ReportError, refused
from ..styles import ROOT
from .check import check
from .confirm import confirm
from .preflight import preflight
from .printing import Guarded, at_fault, number, stop, table

if TYPE_CHECKING:
    from ..build import Result

HOME = ROOT if (ROOT / "content").is_dir() else Path()
"""Where an edition is looked for: in the checkout, or in the current folder without one."""


@click.group(
    cls=Guarded,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=HOME / "content",
    help="Folder of the edition.",
    show_default="content",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=HOME / "build",
    help="Folder for the files made.",
    show_default="build",
)
@click.option(
    "--lang", "languages", multiple=True, help="Language to build; repeat for more. [default: all]"
)
@click.option("--draft", is_flag=True, help="Print editors' questions; for the screen only.")
@click.option(
    "--preset",
    default="coated-3mm",
    show_default=True,
    help="Printer's settings: a row of styles/printers.yaml.",
)
@click.option("--strict", is_flag=True, help="Let warnings of the editorial checks stop it too.")
@click.option(
    "--only", type=click.Choice(["screen", "print"]), help="Build this kind of file alone."
)
@click.option(
    "--correction",
    type=click.IntRange(1),
    help="Build only the print file, named as this correction (corr2).",
)
@click.pass_context
def main(
    context: click.Context,
    content: Path,
    out: Path,
    languages: tuple[str, ...],
    draft: bool,
    preset: str,
    strict: bool,
    only: str | None,
    correction: int | None,
) -> None:
    """Build the report: one accessible PDF and one print PDF per language.

    Without a command, everything in the content folder is checked, typeset, inspected and
    written to the output folder, all of it or nothing.
    """
    context.obj = content
    if context.invoked_subcommand:
        return
    if draft and (correction or only == "print"):
        raise click.UsageError("a draft is not for the printer; leave out one of the two")
    if correction and only == "screen":
        raise click.UsageError("a correction is for the printer; leave out one of the two")
    from ..build import Options, build
    from ..placing import HalfPlacedError
    from ..processes import end_in_order

    end_in_order()
    names = (only,) if only else ()
    options = Options(content, out, languages, draft, preset, strict, names, correction)
    start = time.perf_counter()
    try:
        result = build(options, progress=lambda message: click.echo(f"… {message}", err=True))
    except HalfPlacedError as error:
        stop(error)
    except ReportError as error:
        stop(error, "; ".join(filter(None, ("nothing was written", at_fault(error)))))
    try:
        _tell(result, draft=draft, seconds=time.perf_counter() - start)
    except OSError as error:
        stop(refused(error), f"the files were written to {out}")


def _tell(result: Result, *, draft: bool, seconds: float) -> None:
    if result.warnings:
        click.echo(format_text(result.warnings), err=True)
    if draft:
        click.echo("\n".join(f"open question: {query}" for query in result.queries), err=True)
    click.echo(table(result.made))
    click.echo(f"{number(len(result.made), 'file')} in {seconds:.1f} s")
    if result.queries and not draft:
        questions = number(len(result.queries), "open question")
        click.echo(f"{questions} to the editors; --draft prints and lists them")


for command in (check, confirm, preflight):
    main.add_command(command)
