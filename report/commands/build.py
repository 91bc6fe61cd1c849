"""``build``: makes the files of the edition."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..formats import count, format_text
from ..problems import ReportError, did_you_mean, refused
from .printing import at_fault, say, stop, table
from .shared import (
    HOME,
    Named,
    Strict,
    content_option,
    known_languages,
    languages_option,
    styles_option,
)

if TYPE_CHECKING:
    from ..build import Result
    from ..output.outputs import Output


def _outputs() -> dict[str, Output]:
    # What reads the content is loaded when it is needed.
    from ..output.outputs import OUTPUTS

    return OUTPUTS


class _Build(Strict):
    """What runs when no command is named: it tells the outputs, and commands that come late."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each output."""
        with formatter.section("Outputs"):
            formatter.write_dl([(name, row.summary) for name, row in _outputs().items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options. What is left is a command that came too late, or a misspelt one."""
        group = ctx.parent.command if ctx.parent else self
        commands = group.commands if isinstance(group, click.Group) else {}
        late = [word for word in args if word in commands]
        try:
            words = super().parse_args(ctx, args)
        except click.NoSuchOption:
            if not late:
                raise
            words = late
        if not words:
            return words
        if words[0] in commands:
            raise click.UsageError(
                f"name the command first and its options after it: {words[0]} …", ctx
            )
        hint = did_you_mean(words[0], commands)
        raise click.UsageError(f'there is no command "{words[0]}"{hint}', ctx)


@click.command(cls=_Build, context_settings={"allow_extra_args": True})
@content_option
@languages_option
@click.option(
    "--only",
    multiple=True,
    type=Named("output", _outputs),
    help="Output to make; repeat for more. [default: all]",
)
@click.option(
    "--select",
    metavar="GROUP=KEY,…",
    help="Make files of some measures, such as minister=prevot; groups are minister, party,"
    " level, status and measure.",
)
@click.option("--draft", is_flag=True, help="Print editors' questions; for the screen only.")
@click.option(
    "--preset",
    default="coated-3mm",
    show_default=True,
    help="Printer's settings: a row of styles/printers.yaml.",
)
@click.option(
    "--correction",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Make only what is for print, named as this correction (corr2).",
)
@click.option("--strict", is_flag=True, help="Let warnings of the editorial checks stop it too.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the files made. [default: build; build/draft for a draft,"
    " build/corrections for a correction]",
)
@styles_option
def build(
    content: Path,
    languages: tuple[str, ...],
    only: tuple[str, ...],
    select: str | None,
    draft: bool,
    preset: str,
    correction: int | None,
    strict: bool,
    out: Path | None,
    styles: Path,
) -> None:
    """Make every file of the edition: this is what runs when no command is named.

    Everything in the content folder is checked, typeset, inspected and written to the output
    folder, all of it or nothing.
    """
    from ..build import Options
    from ..build import build as make
    from ..edition.selection import EVERYTHING, Selection
    from ..output.outputs import chosen
    from ..placing import HalfPlacedError
    from ..processes import end_in_order
    from ..styles import load_preset

    end_in_order()
    start = time.perf_counter()
    try:
        selection = Selection.parse(select) if select is not None else EVERYTHING
        options = Options(
            content=content,
            out=out or HOME / "build" / _folder(draft=draft, correction=correction),
            languages=known_languages(content, languages),
            draft=draft,
            preset=load_preset(preset, styles).name,
            strict=strict,
            only=only,
            correction=correction,
            styles=styles,
            selection=selection,
        )
        chosen(only, selection, draft=draft, correction=correction)
        result = make(options, progress=say)
    except HalfPlacedError as error:
        stop(error)
    except ReportError as error:
        stop(error, "; ".join(filter(None, ("nothing was written", at_fault(error, content)))))
    try:
        _tell(result, draft=draft, seconds=time.perf_counter() - start)
    except OSError as error:
        stop(refused(error), f"the files were written to {options.out}")


def _folder(*, draft: bool, correction: int | None) -> str:
    """Below build/, so that what is final stands alone."""
    return "draft" if draft else "corrections" if correction else ""


def _tell(result: Result, *, draft: bool, seconds: float) -> None:
    if result.warnings:
        click.echo(format_text(result.warnings), err=True)
    if draft:
        click.echo("\n".join(f"open question: {query}" for query in result.queries), err=True)
    click.echo(table(result.made))
    click.echo(f"{count(len(result.made), 'file')} in {seconds:.1f} s")
    if result.queries and not draft:
        questions = count(len(result.queries), "open question")
        click.echo(f"{questions} to the editors; --draft prints and lists them")
