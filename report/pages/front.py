"""What cover, summary and back of the report show, worked out for their templates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from babel import Locale
from markupsafe import Markup

from ..edition import responsibility
from ..edition.counts import Figure, figures
from ..edition.edition import Edition, Language, Measure
from ..edition.model import Publication
from . import cover, summary
from .qr import qr_code

_SHORT_NAMES = 32
"""Characters of names that stand beside each other as large word marks."""


class Words(Protocol):
    """What sets words in the language of the page."""

    def line(self, value: str) -> Markup:
        """A label or title, typeset."""

    def plain(self, value: str) -> str:
        """The same without markup."""

    def statement(self, file: str, value: str, *path: str | int) -> Markup:
        """A paragraph of prose that takes no notes."""

    def brief(self, measure: str) -> Markup:
        """Why a measure has its status, in brief."""


class Front:
    """One language of an edition, as its cover, summary and back show it."""

    def __init__(self, edition: Edition, language: Language, words: Words) -> None:
        self.edition = edition
        self.language = language
        self.words = words
        self.levels = [
            level
            for level in edition.facts.levels
            if any(measure.level == level for measure in edition.measures)
        ]
        """Those that have measures."""

    # -- words of the edition

    @cached_property
    def headline(self) -> Markup:
        """The result in one sentence; empty without one."""
        text = self.language.edition.headline
        return self.words.statement("edition.yaml", text, "headline") if text else Markup()

    @cached_property
    def demands(self) -> list[Markup]:
        """What the publishers ask."""
        return [
            self.words.statement("edition.yaml", demand, "demands", index)
            for index, demand in enumerate(self.language.edition.demands)
        ]

    # -- cover

    def title_step(self) -> int:
        """The step of size of the title on the cover, from 0, the largest."""
        return cover.title_step(self.words.plain(self.language.edition.title))

    @cached_property
    def tiles(self) -> cover.Tiles | None:
        """How the tiles on the cover are set; None where not even numbers have room."""
        return self._tiles(self.message)

    @cached_property
    def message(self) -> Markup:
        """The headline, unless it takes the room that the numbers need."""
        if self._tiles(self.headline) or not self._tiles(Markup()):
            return self.headline
        return Markup()

    def _tiles(self, message: Markup) -> cover.Tiles | None:
        levels = [self._level(level) for level in self.levels]
        return cover.tiles(levels, self._room(message)) if levels else None

    def _room(self, message: Markup) -> float:
        text = self.language.edition
        title, subtitle = (self.words.plain(value) for value in (text.title, text.subtitle))
        return cover.room_for_score(title, subtitle, message.striptags())

    def _level(self, level: str) -> cover.Level:
        titles = [
            self.words.plain(self.language.measures[measure.id].short_title)
            for measure in self.measures(level)
        ]
        name = self.language.names.levels[level]
        return cover.Level(name, titles, len(self.figures(level)))

    def measures(self, level: str) -> list[Measure]:
        """The measures of ``level``."""
        return [measure for measure in self.edition.measures if measure.level == level]

    def figures(self, level: str) -> list[Figure]:
        """The numbers of measures of ``level`` by status."""
        return figures(self.edition, level)

    def verdict(self, status: str) -> str:
        """Whether measures of ``status`` count as carried out, as the name of a class."""
        row = self.edition.statuses[status]
        kind = row.carried_out.value.replace(" ", "-")
        return f"{kind} apart" if row.counted_with else kind

    # -- summary

    @property
    def longest(self) -> int:
        """The number of measures of the level that has most."""
        return max(len(self.measures(level)) for level in self.levels)

    def segments(self, level: str) -> list[summary.Segment]:
        """What the bar of ``level`` is made of."""
        return summary.segments(self.edition, level)

    @property
    def boxed(self) -> bool:
        """Whether bars have a box for each measure."""
        return self.longest <= summary.MOST_BOXES

    def length(self, number: int) -> float:
        """The length in millimetres that ``number`` measures have in every bar."""
        gap = summary.BOX_GAP if self.boxed else 0
        return round((summary.BAR + gap) * number / self.longest - gap, 3)

    @property
    def title_is_long(self) -> bool:
        """Whether the title leaves no room for the subtitle at the head of the summary."""
        return summary.title_is_long(self.words.plain(self.language.edition.title))

    @property
    def headline_is_long(self) -> bool:
        """Whether the headline of the summary is set a step smaller."""
        return summary.headline_is_long(self.headline.striptags())

    @cached_property
    def unfinished(self) -> list[Measure]:
        """The measures that do not count as carried out."""
        return responsibility.unfinished(self.edition)

    @cached_property
    def layout(self) -> summary.Layout:
        """How the two pages of the summary are set."""
        rows = [
            summary.Row(
                self.words.plain(self.language.measures[measure.id].short_title),
                self.words.brief(measure.id).striptags(),
                [self.minister(key).striptags() for key in measure.ministers],
            )
            for measure in self.unfinished
        ]
        extent = summary.Extent(
            self.headline.striptags(),
            [len(self.figures(level)) for level in self.levels],
            [
                [self.edition.people[key].full_name for key in keys]
                for keys in self.silent.values()
            ],
            [demand.striptags() for demand in self.demands],
        )
        ministers = self._plain_ministers(share.key for share in self.by_minister)
        return summary.layout(rows, ministers, extent)

    @cached_property
    def by_minister(self) -> list[responsibility.Share]:
        """How many of them each competent minister has."""
        return responsibility.by_minister(self.edition)

    @cached_property
    def by_party(self) -> list[responsibility.Share]:
        """How many of them each party has."""
        return responsibility.by_party(self.edition)

    @cached_property
    def silent(self) -> dict[str, list[str]]:
        """The ministers who refused to answer and those who kept silent, by outcome."""
        return {key.value: people for key, people in responsibility.silent(self.edition).items()}

    @property
    def silent_in_rows(self) -> bool:
        """Whether each of them has a row, with what the minister is competent for."""
        return sum(map(len, self.silent.values())) <= summary.MOST_SILENT_ROWS

    def minister(self, key: str) -> Markup:
        """A minister's full name with the party in brackets."""
        person = self.edition.people[key]
        name = self.words.line(person.full_name)
        if not person.party:
            return name
        party = self.words.line(self.edition.parties[person.party].name)
        return Markup('{} <span class="party">({})</span>').format(name, party)

    def _plain_ministers(self, keys: Iterable[str]) -> list[str]:
        return [str(self.minister(key).striptags()) for key in keys]

    # -- addresses and marks

    @property
    def publication(self) -> Publication:
        """Addresses and numbers of the report in this language."""
        return self._publication(self.language.tag)

    def _publication(self, tag: str) -> Publication:
        return self.edition.facts.publication.get(tag, Publication())

    def shown(self, address: str) -> str:
        """``address`` as it is printed: without what everybody leaves out."""
        return address.removeprefix("https://").removeprefix("www.").removesuffix("/")

    def qr(self, address: str) -> Markup:
        """A QR code of ``address``."""
        said = self.language.labels.summary.qr.format(address=address)
        return qr_code(address, self.words.plain(said))

    def others(self) -> list[tuple[str, Publication]]:
        """The other languages of the edition, in this one's words, and where they are found."""
        known = Locale.parse(self.language.labels.typography.locale).languages
        return [
            (known[tag.partition("-")[0]], self._publication(tag))
            for tag in self.edition.language_tags()
            if tag != self.language.tag
        ]

    def marks(self) -> list[tuple[str, Markup | None]]:
        """The publishers in order: name, and logo where there is one."""
        return [
            (self.language.names.body_names[body], self._logo(body))
            for body in self.edition.facts.publishers
        ]

    def marks_are_long(self) -> bool:
        """Whether the names of the publishers are set a step smaller."""
        return sum(len(name) for name, logo in self.marks() if not logo) > _SHORT_NAMES

    def _logo(self, body: str) -> Markup | None:
        logo = self.edition.logos.get(body)
        if not logo:
            return None
        said = self.words.plain(self.language.names.body_names[body])
        start, _, rest = logo.partition(">")
        title = Markup("<title>{}</title>").format(said)
        return Markup(start) + Markup(">") + title + Markup(rest)
