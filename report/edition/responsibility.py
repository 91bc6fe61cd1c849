"""Who answers for what is not carried out, and who would not or did not answer."""

from __future__ import annotations

from dataclasses import dataclass

from .edition import Edition, Measure
from .model import CarriedOut, Outcome


@dataclass(frozen=True)
class Share:
    """How many of the measures of a minister or party do not count as carried out."""

    key: str
    """Of people.yaml."""
    number: int
    total: int


def unfinished(edition: Edition) -> list[Measure]:
    """The measures that do not count as carried out."""
    done = CarriedOut.YES
    return [m for m in edition.measures if edition.statuses[m.status].carried_out is not done]


def by_minister(edition: Edition) -> list[Share]:
    """Each competent minister of a measure that is not carried out, most of them first."""
    return _shares(edition, {key: [key] for key in edition.competent_ministers()})


def by_party(edition: Edition) -> list[Share]:
    """Each party of such ministers; a measure of two of its ministers counts once."""
    members: dict[str, list[str]] = {}
    for key in edition.competent_ministers():
        if party := edition.people[key].party:
            members.setdefault(party, []).append(key)
    return _shares(edition, members)


def silent(edition: Edition) -> dict[Outcome, list[str]]:
    """Who refused to answer the questionnaire of the edition, and who kept silent."""
    people = edition.cabinets()
    outcomes = (Outcome.REFUSED, Outcome.NONE)
    found = {one: [key for key in people if edition.outcome(key) is one] for one in outcomes}
    return {outcome: keys for outcome, keys in found.items() if keys}


def _shares(edition: Edition, groups: dict[str, list[str]]) -> list[Share]:
    open_ones = unfinished(edition)
    shares = [
        Share(key, _of(people, open_ones), _of(people, edition.measures))
        for key, people in groups.items()
    ]
    return sorted((share for share in shares if share.number), key=lambda share: -share.number)


def _of(people: list[str], measures: list[Measure]) -> int:
    return sum(not set(people).isdisjoint(measure.ministers) for measure in measures)
