"""The command line: reads options, calls what does the work, and prints what comes of it."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..problems import ContentError, ReportError

if TYPE_CHECKING:
    from ..build import Made
    from ..preflight.rules import Use

ROOT = Path(__file__).resolve().parents[2]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=ROOT / "content",
    help="Folder of the edition.",
    show_default="content",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=ROOT / "build",
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

    # Whoever ends the build from outside leaves nothing behind either.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = Options(content, out, languages, draft, preset, strict, only, correction)
    start = time.perf_counter()
    try:
        result = build(options, progress=lambda message: click.echo(f"… {message}", err=True))
    except ContentError as error:
        _stop(f"{error}\n{_number(len(error.problems), 'problem')}; nothing was written")
    except ReportError as error:
        _stop(f"{error}\nnothing was written")
    for warning in result.warnings:
        click.echo(warning, err=True)
    if draft:
        click.echo("\n".join(f"open question: {query}" for query in result.queries), err=True)
    click.echo(_table(result.made))
    click.echo(f"{_number(len(result.made), 'file')} in {time.perf_counter() - start:.1f} s")
    if result.queries and not draft:
        number = _number(len(result.queries), "open question")
        click.echo(f"{number} to the editors; --draft prints and lists them")


def _table(made: list[Made]) -> str:
    """What was made, as aligned columns."""
    rows = [("file", "language", "pages", "notes", "size", "time")]
    for item in made:
        printed = item.pages > 0
        rows.append(
            (
                _short(item.path),
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


def _short(path: Path) -> str:
    working = Path.cwd()
    return str(path.relative_to(working) if path.is_relative_to(working) else path)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


@main.command()
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--explain", metavar="CODE", help="Say what a rule is about and why, and stop.")
@click.option("--links", is_flag=True, help="Ask the web whether the addresses still answer.")
@click.option("--translations", is_flag=True, help="Show which texts have been confirmed.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved.")
@click.pass_obj
def check(
    content: Path,
    strict: bool,
    form: str,
    explain: str | None,
    links: bool,
    translations: bool,
    watch: bool,
) -> None:
    """Read the content as a critical editor would, without typesetting it."""
    from ..checks import run as checks

    formats = {
        "text": checks.format_text,
        "json": checks.format_json,
        "github": checks.format_github,
    }
    try:
        if explain:
            click.echo(checks.explain(explain))
        elif links:
            _check_links(content)
        elif translations:
            _show_translations(content)
        elif watch:
            _watch(content)
        else:
            report = checks.check_edition(content)
            click.echo(formats[form](report))
            sys.exit(0 if report.passes(strict=strict) else 1)
    except ReportError as error:
        _stop(str(error))


def _check_links(content: Path) -> None:
    from ..checks.web import check_links, format_links
    from ..edition.load import load_edition
    from ..pages.render import render_page

    edition = load_edition(content)
    notes = {tag: render_page(edition, words).notes for tag, words in edition.languages.items()}
    with click.progressbar(length=1, label="asking the web", file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        states = check_links(edition, progress=advance)
    click.echo(format_links(states, notes))
    sys.exit(1 if any(state.rots for state in states) else 0)


def _show_translations(content: Path) -> None:
    from ..checks.translations import format_states, translation_states

    click.echo(format_states(translation_states(content)))


def _watch(content: Path) -> None:
    from ..checks.run import CheckReport, format_text
    from ..checks.watch import watch

    def show(report: CheckReport) -> None:
        click.clear()
        click.echo(format_text(report))

    watch(content, show)


@main.command()
@click.argument("measures", nargs=-1, required=True)
@click.pass_obj
def confirm(content: Path, measures: tuple[str, ...]) -> None:
    """Record that all languages say the same about MEASURES (or about: edition)."""
    from ..checks.translations import confirm as record

    try:
        for measure in measures:
            click.echo(f"{measure}: {record(content, measure)} texts confirmed")
    except ReportError as error:
        _stop(str(error))


@main.command()
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
    from ..preflight.inspect import Profile, asked_by, inspect, report_lines
    from ..styles import load_preset

    try:
        expected = asked_by(load_preset(preset), use) if preset else Profile(use=use)
    except ReportError as error:
        _stop(str(error))
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
