"""``edition status``: what is still to do before the edition can be closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ..checks.passages import read_checked
from ..checks.run import check_edition
from ..checks.translations import State, states
from ..edition.edition import Edition
from ..edition.load import load_edition
from ..edition.model import Outcome
from ..edition.queries import open_queries
from ..problems import Finding, Level
from ..styles import STYLES
from .review import to_review

OF_THE_PAST = (
    "status-contradicted", "reason-unrenewed", "status-count-differs", "status-undescribed",
    "provisional-unexplained", "status-unsourced", "count-differs", "people-differ",
)  # fmt: skip
"""Rules that find texts which tell a status, count or reply that was true before."""


@dataclass(frozen=True)
class Tasks:
    """What is to do."""

    edition: date
    closed: list[date]
    """The editions before."""
    to_review: list[str]
    """Texts that nobody has read again, by measure."""
    outdated: list[str]
    """Texts that name an old status, count or reply, as findings."""
    unconfirmed: list[str]
    """Measures whose languages are not confirmed to agree."""
    unanswered: list[str]
    """Ministers who were asked and have not answered, by name."""
    queries: list[str]
    """Open questions to the editors."""
    without_archive: list[str]
    """Sources on the web of which no copy is archived."""
    errors: int
    warnings: int
    notes: int

    def as_data(self) -> dict[str, object]:
        """As data for JSON."""
        data = asdict(self)
        return data | {"edition": str(self.edition), "closed": [str(day) for day in self.closed]}


def tasks(folder: Path, styles: Path = STYLES) -> Tasks:
    """What is to do for the edition in ``folder``.

    Raises ContentError when it cannot be loaded.
    """
    edition = load_edition(folder, styles=styles)
    findings = check_edition(folder, styles=styles).findings
    rows = states(read_checked(edition))
    levels = [finding.level for finding in findings]
    return Tasks(
        edition=edition.facts.date,
        closed=[closed.edition for closed in edition.past],
        to_review=to_review(folder),
        outdated=[_told(finding) for finding in findings if finding.code in OF_THE_PAST],
        unconfirmed=list(
            dict.fromkeys(row.unit for row in rows if row.state is not State.CONFIRMED)
        ),
        unanswered=_unanswered(edition),
        queries=[str(query) for query in open_queries(edition)],
        without_archive=[
            key for key, source in edition.sources.items() if source.url and not source.archive
        ],
        errors=levels.count(Level.ERROR),
        warnings=levels.count(Level.WARNING),
        notes=levels.count(Level.NOTE),
    )


def _told(finding: Finding) -> str:
    return f"{finding.place.file}:{finding.place.line}: {finding.message}"


def _unanswered(edition: Edition) -> list[str]:
    if not edition.round:
        return []
    return [
        edition.people[key].full_name
        for key in edition.cabinets()
        if edition.outcome(key) in (Outcome.NONE, Outcome.UNRECORDED)
    ]
