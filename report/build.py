"""Builds every file of an edition: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .options import Made, Options, Progress, silent
from .placing import building_folder
from .problems import (
    MACHINE_ERRORS,
    ContentError,
    Finding,
    Level,
    ReportError,
    joined,
    refused,
)
from .processes import finished, without_garbage_collection, worker_processes

if TYPE_CHECKING:
    from .production import Production

__all__ = ["Made", "Options", "Result", "build"]


@dataclass(frozen=True)
class Result:
    """What a build made, and what remains to be looked at."""

    made: list[Made]
    queries: list[str]
    """Editors' questions still open, with their place."""
    warnings: list[Finding]
    """What the editorial checks and preflight warn of."""


def build(options: Options, progress: Progress = silent) -> Result:
    """Build the edition. Raises ReportError, and changes no file, when anything is wrong."""
    with building_folder(options.out) as folder:
        try:
            production, warnings = _produced_and_checked(options, folder.new, progress)
        except MACHINE_ERRORS as error:
            raise refused(error) from None
        folder.place(item.path.name for item in production.made)
    return Result(production.made, production.queries, warnings)


def _produced_and_checked(
    options: Options, folder: Path, progress: Progress
) -> tuple[Production, list[Finding]]:
    """What was made in ``folder``, and the warnings of the checks and of preflight."""
    with without_garbage_collection(), worker_processes(1) as pool:
        task = pool.submit(_produce, options, folder, progress)
        # This process has nothing to do but wait, so it reads what the other one prints.
        progress("checking the texts")
        findings, passed = _checked(options)
        errors: list[ReportError] = [] if passed else [ContentError(findings)]
        try:
            production = finished(task)
        except ReportError as error:
            errors.append(error)
    if errors:
        raise joined(errors)
    return production, findings + production.warnings


def _produce(options: Options, folder: Path, progress: Progress) -> Production:
    # The engine and all that makes files are loaded in that process alone.
    from .production import produce

    return produce(options, folder, progress)


def _checked(options: Options) -> tuple[list[Finding], bool]:
    """What the editorial checks hold against the edition, and whether it may go on.

    A draft is never stopped: it is there to be corrected.
    """
    from .checks.run import check_edition
    from .output.outputs import chosen

    outputs = chosen(
        options.only, options.selection, draft=options.draft, correction=options.correction
    )
    # Whoever typesets the prose finds what cannot be set.
    without = ("prose",) if any(output.design for output in outputs) else ()
    report = check_edition(
        options.content, options.languages, styles=options.styles, without=without
    )
    listed = [finding for finding in report.findings if finding.level is not Level.NOTE]
    return listed, options.draft or report.passes(strict=options.strict)
