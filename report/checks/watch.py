"""Checks an edition again whenever one of its files is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

from watchfiles import Change
from watchfiles import watch as changes

from ..edition.files import passed_over
from ..problems import ReportError
from ..styles import STYLES
from .acceptances import CheckReport
from .run import check_edition


def watch(
    folder: Path,
    report: Callable[[CheckReport], None],
    languages: Iterable[str] = (),
    *,
    styles: Path = STYLES,
    stop: Event | None = None,
) -> None:
    """Hand a new report of ``folder`` to ``report``, now and after every save, until ``stop``.

    Raises ReportError when there is no such folder.
    """
    if not folder.is_dir():
        raise ReportError(f"{folder}: is not a folder; name the one of the edition")
    only = list(languages)
    report(check_edition(folder, only, styles=styles))
    for _ in changes(folder, watch_filter=_is_content, stop_event=stop, debounce=200):
        report(check_edition(folder, only, styles=styles))


def _is_content(change: Change, path: str) -> bool:
    """Whether ``path`` is a file of an edition and not what an editor writes beside it."""
    return path.endswith((".yaml", ".yml", ".txt")) and not passed_over(Path(path).name)
