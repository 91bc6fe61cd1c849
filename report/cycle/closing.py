"""``edition close``: records what an edition published, once nothing in it is left to do."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from ..build import Result, build
from ..checks.run import check_edition
from ..checks.translations import State, translation_states
from ..edition.closed import record_name
from ..edition.load import load_edition
from ..options import Options, Progress, silent
from ..problems import ContentError, Level, RequestError
from .insert import write_all
from .record import record_files
from .review import to_review


def close_edition(options: Options, progress: Progress = silent) -> Result:
    """Build the final files of every language and record them with what they publish.

    Raises RequestError when the edition is closed already, when texts are not reviewed or their
    translations not confirmed, or when files under version control are not committed;
    ContentError for errors of the checks or of the build.
    """
    folder = options.content
    edition = load_edition(folder, styles=options.styles)
    record = record_name(edition.facts.date)
    if (folder / record).exists():
        raise RequestError(f"the edition of {edition.facts.date} is closed already")
    report = check_edition(folder, styles=options.styles)
    if errors := report.of(Level.ERROR):
        raise ContentError(errors)
    if waiting := to_review(folder):
        raise RequestError(
            f"not reviewed yet: {', '.join(waiting)}; edition reviewed takes them off"
        )
    _require_confirmed(folder)
    _require_committed(folder)
    result = build(replace(options, languages=(), draft=False, correction=None, only=()), progress)
    files = record_files(edition, [made.path for made in result.made])
    write_all((folder / record).parent, files)
    return result


def _require_confirmed(folder: Path) -> None:
    rows = translation_states(folder)
    units = dict.fromkeys(row.unit for row in rows if row.state is not State.CONFIRMED)
    if units:
        message = f"the languages are not confirmed to agree: {', '.join(units)}"
        raise RequestError(f"{message}; compare them, then confirm {' '.join(units)}")


def _require_committed(folder: Path) -> None:
    """A closed edition is rebuilt from what is committed; without version control from nothing."""
    everywhere = _uncommitted(folder, "--untracked-files=no")
    content = _uncommitted(folder, "--untracked-files=all", ".")
    if changed := dict.fromkeys([*everywhere, *content]):
        message = f"not committed: {', '.join(changed)}; commit first, so that it can be rebuilt"
        raise RequestError(message)


def _uncommitted(folder: Path, *what: str) -> list[str]:
    """Files that version control, if there is any, does not have as they are."""
    command = ("git", "-C", str(folder), "status", "--porcelain", *what)
    try:
        status = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return []
    return [line[3:] for line in status.stdout.splitlines()] if status.returncode == 0 else []
