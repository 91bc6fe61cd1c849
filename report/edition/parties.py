"""What each competent minister answers for, by party."""

from __future__ import annotations

from dataclasses import dataclass

from .edition import Edition, Measure
from .model import CarriedOut


@dataclass(frozen=True)
class Share:
    """The measures for which a minister is competent, alone or with others."""

    minister: str
    measures: list[Measure]
    not_carried_out: int
    """How many of them are not carried out, in no part."""


def by_party(edition: Edition) -> dict[str | None, list[Share]]:
    """The shares of the ministers of each party, both in order of first appearance.

    Those of no party come last.
    """
    ministers = edition.competent_ministers()
    parties = dict.fromkeys(edition.people[key].party for key in ministers)
    return {
        party: [_share(edition, key) for key in ministers if edition.people[key].party == party]
        for party in sorted(parties, key=lambda party: party is None)
    }


def _share(edition: Edition, minister: str) -> Share:
    measures = [measure for measure in edition.measures if minister in measure.ministers]
    verdicts = [edition.statuses[measure.status].carried_out for measure in measures]
    return Share(minister, measures, verdicts.count(CarriedOut.NO))
