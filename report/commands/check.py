"""``check``: the editorial checks, and what else is asked of the content alone."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click
from click.core import ParameterSource

from ..formats import count, format_github
from ..problems import ReportError
from .printing import short, stop
from .shared import Strict, content_option, known_languages, languages_option, styles_option


@click.command(cls=Strict)
@content_option
@languages_option
@styles_option
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
@click.option("--queries", is_flag=True, help="List the open questions to the editors.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved.")
@click.pass_context
def check(
    context: click.Context,
    content: Path,
    languages: tuple[str, ...],
    styles: Path,
    strict: bool,
    form: str,
    explain: str | None,
    links: bool,
    translations: bool,
    queries: bool,
    watch: bool,
) -> None:
    """Read the content as a critical editor would, without typesetting it."""
    from ..checks.acceptances import CheckReport
    from ..checks.formats import format_json, format_text
    from ..checks.registry import explain as explained
    from ..checks.run import check_edition

    _refuse_idle_options(context)

    def github(report: CheckReport) -> str:
        return format_github(report.findings, short(content.absolute()))

    formats = {"text": format_text, "json": format_json, "github": github}
    try:
        known_languages(content, languages)
        if explain:
            click.echo(explained(explain))
        elif links:
            _check_links(content, languages, styles)
        elif translations:
            _show_translations(content)
        elif queries:
            _list_queries(content, languages, styles)
        elif watch:
            _watch(content, languages, styles)
        else:
            report = check_edition(content, languages, styles=styles)
            click.echo(formats[form](report))
            sys.exit(0 if report.passes(strict=strict) else 1)
    except ReportError as error:
        stop(error)


_USED = {
    "explain": {"explain"},
    "links": {"links", "content", "languages", "styles"},
    "translations": {"translations", "content"},
    "queries": {"queries", "content", "languages", "styles"},
    "watch": {"watch", "content", "languages", "styles"},
}
"""What the command does in place of a check, and the options that it then uses."""


def _refuse_idle_options(context: click.Context) -> None:
    """No option is read and then passed over."""
    given = [
        parameter
        for parameter in context.command.params
        if context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
    ]
    for mode in given:
        for other in given:
            if mode.name in _USED and other.name not in _USED[mode.name]:
                raise click.UsageError(f"{mode.opts[0]} does not use {other.opts[0]}")


def _check_links(content: Path, languages: tuple[str, ...], styles: Path) -> None:
    from ..checks.web import Answer, check_links, format_links
    from ..edition.load import load_edition
    from ..pages.render import render_page

    edition = load_edition(content, languages, styles)
    notes = {tag: render_page(edition, words).notes for tag, words in edition.languages.items()}
    with click.progressbar(length=1, label="asking the web", file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        states = check_links(edition, progress=advance)
    if len(states) > 1 and all(state.answer is Answer.UNREACHABLE for state in states):
        raise ReportError("no address answers: is this computer connected to the internet?")
    click.echo(format_links(states, notes))
    sys.exit(1 if any(state.rots for state in states) else 0)


def _show_translations(content: Path) -> None:
    from ..checks.translations import format_states, translation_states

    click.echo(format_states(translation_states(content)))


def _list_queries(content: Path, languages: tuple[str, ...], styles: Path) -> None:
    from ..edition.load import load_edition
    from ..edition.queries import open_queries

    queries = open_queries(load_edition(content, languages, styles))
    click.echo("\n".join([*map(str, queries), count(len(queries), "open question")]))


def _watch(content: Path, languages: tuple[str, ...], styles: Path) -> None:
    from ..checks.acceptances import CheckReport
    from ..checks.formats import format_text
    from ..checks.watch import watch

    def show(report: CheckReport) -> None:
        click.clear()
        click.echo(f"{format_text(report)}\n\nchecked at each save; Ctrl-C ends this")

    # That is how it is meant to end.
    with suppress(KeyboardInterrupt):
        watch(content, show, languages, styles=styles)
