"""Which measures of an edition a file holds: everything, or those of some of a group's keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..problems import UnknownNameError
from .edition import Edition, Measure


def _parties(edition: Edition, measure: Measure) -> Iterable[str]:
    parties = (edition.people[minister].party for minister in measure.ministers)
    return filter(None, parties)


GROUPS: dict[str, Callable[[Edition, Measure], Iterable[str]]] = {
    "minister": lambda edition, measure: measure.ministers,
    "party": _parties,
    "level": lambda edition, measure: [measure.level],
    "status": lambda edition, measure: [measure.status],
    "measure": lambda edition, measure: [measure.id],
}
"""Name of each group to the keys that a measure has in it; ``measure`` makes a list of one's
own."""


@dataclass(frozen=True)
class Selection:
    """Everything, or the measures that have one of ``keys`` in ``group``."""

    group: str = ""
    keys: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Selection:
        """Read ``minister=prevot`` or ``measure=import-ban,arms-ban``.

        Raises UnknownNameError for a group that does not exist.
        """
        group, _, keys = text.partition("=")
        if group not in GROUPS:
            raise UnknownNameError("group of measures", group, GROUPS)
        return cls(group, tuple(key.strip() for key in keys.split(",")))

    def __str__(self) -> str:
        """As part of a file's name; empty for everything."""
        return "-".join((self.group, *self.keys)) if self.group else ""

    def measures(self, edition: Edition) -> list[Measure]:
        """Those of the edition, in its order.

        Raises UnknownNameError for a key that no measure has.
        """
        if not self.group:
            return edition.measures
        found = {
            measure.id: set(GROUPS[self.group](edition, measure)) for measure in edition.measures
        }
        known = sorted(set().union(*found.values()))
        for key in self.keys:
            if key not in known:
                raise UnknownNameError(f"{self.group} with a measure", key, known)
        return [measure for measure in edition.measures if found[measure.id] & set(self.keys)]


EVERYTHING = Selection()
