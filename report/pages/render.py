"""Renders one language of an edition as an HTML page for the typesetter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markdown_it.token import Token
from markupsafe import Markup, escape

from ..edition.counts import Figure, counts, figures
from ..edition.dates import PartialDate
from ..edition.edition import Edition, Language, Measure, Text
from ..edition.figures import FIGURES_FILE
from ..edition.model import CarriedOut, Lane, Outcome, PersonName
from ..edition.parties import by_party
from ..edition.selection import EVERYTHING, Selection
from ..edition.timeline import Event, undated
from ..problems import ContentError, Finding, Kind, Place
from ..styles import REPLY_ICON
from .figures import drawn, figure_values
from .front import Front
from .markdown import Citation
from .matrix import column_width
from .notes import NoteWriter
from .prose import Parsed, Parser, Repeat, Values, note_citations, without_notes
from .room import MARGIN_COLUMN, MINISTER_COLUMN, balanced, segments, thumb_offset
from .timeline import timeline
from .typography import NO_BREAK_SPACE, WORD_JOINER, Typesetter, capital

_ONE_LINE = 60
"""Characters that surely fit on one line."""
_NAME_ON_ONE_LINE = 40
"""Characters of a name and party that are kept on one line."""
_REPLY_COLOURS = dict.fromkeys(Outcome, "grey") | {Outcome.REFUSED: "ink"}
_DECORATION = Markup('alt="-" aria-hidden="true"')
TEMPLATES = Path(__file__).parent / "templates"


class _InMemory(BytecodeCache):
    """Templates compiled once a process; a folder that is shared is not to be trusted."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType | None] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _InMemory()


@dataclass
class Page:
    """The HTML of one language, and what it must hold when typeset."""

    html: str
    language: str
    title: str
    notes: list[str] = field(default_factory=list)
    """The sources of each note, as text, in order: ``ic202 ic242``."""


def render_page(
    edition: Edition,
    language: Language,
    selection: Selection = EVERYTHING,
    *,
    template: str = "report.html",
    draft: bool = False,
) -> Page:
    """Render ``language`` of ``edition``; with ``draft``, editors' questions are printed.

    The template gets the measures of ``selection`` beside the whole edition, whose numbers and
    counts stay what they are.

    Raises ContentError with every problem found in its prose.
    """
    measures = selection.measures(edition)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    renderer = _Renderer(edition, language, measures, environment)
    environment.filters.update(
        date=renderer.typesetter.date,
        month=renderer.typesetter.month,
        words=renderer.typesetter.words,
        enumeration=renderer.typesetter.enumeration,
        line=renderer.line,
        plain=renderer.plain,
        literal=renderer.literal,
        capital=capital,
        mm="{:.2f}mm".format,
    )
    html = environment.get_template(template).render(
        r=renderer,
        front=Front(edition, language, renderer),
        edition=edition,
        measures=measures,
        facts=edition.facts,
        language=language,
        text=language.edition,
        names=language.names,
        labels=language.labels,
        headings=language.labels.headings,
        counts=renderer.counts,
        parties=by_party(edition),
        column=renderer.matrix_column(),
        draft=draft,
        timeline=timeline(edition, language, renderer.parser),
    )
    if renderer.problems:
        raise ContentError(renderer.problems)
    title = renderer.plain(language.edition.title)
    return Page(html, language.tag, title, renderer.writer.notes)


def protected_names(edition: Edition, language: Language) -> list[str]:
    """Names that must be neither hyphenated nor broken."""
    authors = [a for source in edition.sources.values() for a in source.author]
    named = [*edition.people.values(), *(a for a in authors if isinstance(a, PersonName))]
    people = [name for person in named for name in (person.given, person.family) if name]
    parties = [party.name for party in edition.parties.values()]
    cabinets = [f"kabinet-{person.family}" for person in edition.people.values()]
    publishers = [language.names.body_names[body] for body in edition.facts.publishers]
    return [*people, *parties, *cabinets, *publishers]


class _Renderer:
    """What the template calls: prose to HTML, in document order, with notes counted."""

    def __init__(
        self,
        edition: Edition,
        language: Language,
        measures: Sequence[Measure],
        environment: Environment,
    ) -> None:
        self.edition = edition
        self.environment = environment
        self.printed = {measure.id for measure in measures}
        self.language = language
        self.typesetter = Typesetter(
            language.labels.typography, protected_names(edition, language)
        )
        self.problems: list[Finding] = []
        self.writer = NoteWriter(edition, language, self.typesetter)
        self.parser = Parser(
            self.typesetter, self._values(), edition.sources, [m.id for m in edition.measures],
            edition.figures,
        )  # fmt: skip

    @cached_property
    def counts(self) -> dict[str, Any]:
        return counts(self.edition)

    def _values(self) -> Values:
        facts = self.edition.facts
        dates: dict[str, date | PartialDate] = {
            **{key: s.issued for key, s in self.edition.sources.items() if s.issued},
            "edition": facts.date,
            "agreement": facts.agreement.date,
            **{key: round_.sent for key, round_ in self.edition.rounds.items()},
        }
        if questionnaire := self.edition.questionnaire:
            dates["questionnaire"] = questionnaire.sent
        groups = {
            "counts": self.counts,
            "dates": {key: self.typesetter.date(day) for key, day in dates.items()},
            "figures": figure_values(self.edition, self.typesetter),
        }
        filters = {"words": self.typesetter.words, "Words": self.typesetter.capital_words}
        return Values(groups, filters)

    # -- prose

    def prose(self, file: str, value: str, *path: str | int) -> Markup:
        """Blocks of prose from ``path`` of the language's ``file``."""
        text = self.language.prose(f"{self.language.tag}/{file}", value, *path)
        return self._html(self.parser.parse(text))

    def line_of(self, file: str, value: str, *path: str | int) -> Markup:
        """One paragraph of prose from ``path`` of the language's ``file``."""
        text = self.language.prose(f"{self.language.tag}/{file}", value, *path)
        return self._html(self.parser.parse_paragraph(text))

    def statement(self, file: str, value: str, *path: str | int) -> Markup:
        """The same, of what is printed in several places and so takes no note."""
        text = self.language.prose(f"{self.language.tag}/{file}", value, *path)
        return self._html(self._without_notes(text, self.parser.parse_paragraph(text)))

    def line(self, value: str) -> Markup:
        """A label or title, typeset."""
        return self._html(self._label(value))

    def heading(self, value: str) -> Markup:
        """A title, typeset, in lines of about one length; no short word stands alone."""
        value = re.sub(r" (?=[^\s(]{1,13}$)", NO_BREAK_SPACE, value)
        value = re.sub(r"\([^()]{1,30}\)$", lambda m: m[0].replace(" ", NO_BREAK_SPACE), value)
        html = self.line(value)
        if "<" in html or len(lines := balanced(html.unescape())) == 1:
            return html
        return Markup(" ").join(Markup('<span class="kept">{}</span>').format(x) for x in lines)

    def plain(self, value: str) -> str:
        """A label or title, typeset, without markup."""
        parsed = self._label(value)
        self.problems.extend(parsed.problems)
        return "".join(token.content for token in parsed.walk() if token.type == "text")

    def literal(self, value: str) -> str:
        """An editor's question as it stands, typeset; markup and citations are not read."""
        return self.typesetter.text(self.parser.quoted(value))

    def _label(self, value: str) -> Parsed:
        text = Text(value, self._place(value))
        return self._without_notes(text, self.parser.parse_line(text))

    def _without_notes(self, text: Text, parsed: Parsed) -> Parsed:
        if any(token.type == "note" for token in parsed.walk()):
            message = f'a title or label takes no note: "{text.raw.strip()}"'
            parsed.problems.append(Finding(text.place, message, Kind.PROSE))
        return parsed

    def _place(self, value: str) -> Place:
        """Where a label or title stands; what is filled in stands somewhere among the labels."""
        tag = self.language.tag
        for name, file in self.edition.files.items():
            if value in file.texts and ("/" not in name or name.startswith(f"{tag}/")):
                return file.texts[value]
        return Place(f"{tag}/labels.yaml")

    def _html(self, parsed: Parsed) -> Markup:
        self.problems.extend(parsed.problems)
        if parsed.problems:
            return Markup()
        return self._blocks(parsed.tokens)

    def _blocks(self, tokens: Sequence[Token]) -> Markup:
        parts = []
        for token in tokens:
            if token.type == "inline":
                _keep_last_words_together(token.children or [])
                self._loosen_dates(token.children or [])
                parts.append(self._inline(token.children or []))
            elif token.type == "figure":
                parts.append(self.figure(token.meta["key"]))
            elif (start := token.attrGet("start")) is not None:
                # The engine does not read the attribute of that name.
                before = Markup('<ol style="counter-reset: list-item {}">').format(int(start) - 1)
                parts.append(before)
            elif not token.hidden:
                parts.append(Markup("<{}{}>").format("/" * (token.nesting < 0), token.tag))
        return Markup().join(parts)

    def _loosen_dates(self, tokens: Iterable[Token]) -> None:
        """Let running text break before a year: a whole date left a hole at the end of a line."""
        for token in tokens:
            if token.type == "text":
                token.content = self.typesetter.with_loose_years(token.content)

    def _inline(self, tokens: Iterable[Token]) -> Markup:
        return Markup().join(self._inline_token(token) for token in tokens)

    def _inline_token(self, token: Token) -> Markup:
        match token.type:
            case "text":
                return Markup(self.typesetter.superscripts(str(escape(token.content))))
            case "note":
                return self._note(token)
            case "between_calls":
                return Markup('<span class="between-calls">{}</span>').format(token.content)
            case "cross_reference":
                return self.measure_link(token.meta["target"])
            case "link_open":
                return Markup('<a href="{}">').format(token.attrGet("href"))
            case "span_open":
                return Markup('<span lang="{}">').format(token.attrGet("lang"))
        return Markup("<{}{}>").format("/" * (token.nesting < 0), token.tag)

    def _note(self, token: Token) -> Markup:
        citations = note_citations(token)
        match token.meta.get("repeats"):
            case Repeat.PARAGRAPH:
                return self.writer.called_again()
            case Repeat.TEXT:
                return self.writer.called_alike(citations)
        if token.children:
            body = self._prose_of_note(token.children)
        else:
            body = self.writer.note(citations)
        return self.writer.called(body, citations)

    def _prose_of_note(self, tokens: Sequence[Token]) -> Markup:
        """Prose with references, of which those that open a sentence get a capital."""
        parts: list[Markup] = []
        before = ""
        for token in tokens:
            if token.type == "source":
                opens = not before or before.endswith((".", "!", "?"))
                parts.append(self.writer.note(token.meta["citations"], first=opens))
            else:
                parts.append(self._inline_token(token))
            before = token.content.rstrip() or token.type
        return Markup().join(parts)

    # -- figures

    def figure(self, key: str) -> Markup:
        """A figure, drawn by the template of its kind."""
        plot, words = self.edition.figures[key], self.language.figures.figures[key]
        template = self.environment.get_template(f"plot-{plot.kind}.html")
        drawing = drawn(self.edition, key, self.language, self.typesetter, self.literal)
        caption = self.caption_of(key)
        headings = self.language.labels.headings
        return Markup(
            template.render(words=words, drawing=drawing, caption=caption, headings=headings)
        )

    def caption_of(self, key: str) -> Markup:
        """The caption of a figure, with a note for the sources that it does not cite itself."""
        words = self.language.figures.figures[key].caption
        path = ("figures", key, "caption")
        text = self.language.prose(f"{self.language.tag}/{FIGURES_FILE}", words, *path)
        parsed = self.parser.parse_paragraph(text)
        cited = {c.key for token in parsed.walk() for c in note_citations(token)}
        sources = self.edition.figures[key].sources
        rest = [Citation(source) for source in sources if source not in cited]
        html = self._html(parsed)
        return html + self.writer.called(self.writer.note(rest), rest) if rest else html

    # -- parts of the page

    def measures_by_level(self) -> list[Measure]:
        """All measures, those of the first level first."""
        levels = self.edition.facts.levels
        return sorted(self.edition.measures, key=lambda measure: levels.index(measure.level))

    def _levels(self) -> list[tuple[str, int]]:
        """The name of each level and the number of its measures, if it has any."""
        names = self.language.names.levels
        numbers = [
            (names[level], self.counts[level]["total"]) for level in self.edition.facts.levels
        ]
        return [level for level in numbers if level[1]]

    def matrix_column(self) -> float | None:
        """The width in mm of a measure's column in the table of ministers; None for lists."""
        return column_width(self._levels())

    def thumb_offset(self, number: int) -> float:
        """How far down the edge of the page the tab of a measure stands, in points."""
        return thumb_offset(number, len(self.edition.measures))

    def measure_link(self, measure: str) -> Markup:
        """A measure's number, as a link where the measure is printed."""
        heading = self.language.labels.headings.cross_reference
        text = self.line(heading.format(number=self.edition.number(measure)))
        if measure not in self.printed:
            return Markup('<span class="reference">{}</span>').format(text)
        return Markup('<a class="reference" href="#{}">{}</a>').format(measure, text)

    def minister(self, key: str, *, short: bool = False) -> Markup:
        """A minister's name with the party in brackets, on one line if there is room for it."""
        person = self.edition.people[key]
        parts = [self.line(person.family if short else person.full_name)]
        if person.party:
            party = self.edition.parties[person.party]
            label = (party.abbreviation or party.name) if short else party.name
            parts.append(Markup('<span class="party">({})</span>').format(self.line(label)))
        most = MINISTER_COLUMN if short else _NAME_ON_ONE_LINE
        whole = Markup(NO_BREAK_SPACE).join(parts)
        if len(whole.striptags()) <= most:
            return whole
        fitting = (p if len(p.striptags()) <= most else _breakable(p) for p in parts)
        return Markup(" ").join(fitting)

    def in_margin(self, value: str) -> Markup:
        """A name or label of the margin column, where a long one breaks at any space or hyphen."""
        html = self.line(value)
        return html if len(html.striptags()) <= MARGIN_COLUMN else _breakable(html)

    def brief(self, measure: str) -> Markup:
        """Why ``measure`` has its status, in brief, without the notes that the reason may have."""
        words = self.language.measures[measure]
        if words.in_brief:
            return self.line(words.in_brief)
        file = f"{self.language.tag}/measures/{measure}.yaml"
        text = self.language.prose(file, words.reason, "reason")
        return self._html(without_notes(self.parser.parse_paragraph(text)))

    def publishers(self) -> str:
        """The publishers' names, joined."""
        bodies = self.language.names.body_names
        return self.typesetter.enumeration(bodies[key] for key in self.edition.facts.publishers)

    def full_names(self, keys: Iterable[str]) -> str:
        """The names of these people, joined."""
        return self.typesetter.enumeration(self.edition.people[key].full_name for key in keys)

    def families(self, keys: Iterable[str]) -> str:
        """The family names of these people, joined."""
        return self.typesetter.enumeration(self.edition.people[key].family for key in keys)

    def event(self, event: Event) -> Markup:
        """What happened, in a few words."""
        labels, names = self.language.labels, self.language.names
        source = self.edition.sources.get(event.key)
        if event.lane is Lane.STEPS or not source:
            return self.line(getattr(labels.timeline, event.key))
        if source.outcome:
            cabinet = labels.headings.cabinet.format(name=self.families(source.people))
            return self.line(f"{cabinet}{labels.headings.colon} {labels.outcomes[source.outcome]}")
        publishers = self.typesetter.enumeration(names.bodies[body] for body in source.publisher)
        told = [labels.timeline.kinds.get(source.kind.form, publishers)]
        told += [names.sources[event.key]] if event.key in names.sources else []
        return self.line(f"{labels.headings.colon} ".join(filter(None, told)))

    def undated(self) -> str:
        """The cabinets that reacted on a day that is not known, joined."""
        form = self.language.labels.headings.cabinet
        names = (self.edition.people[key].family for key in undated(self.edition))
        return self.typesetter.enumeration(form.format(name=name) for name in names)

    def official_text(self) -> Markup:
        """Where readers find the agreement: the first note that cites it, or else a note here."""
        source = self.edition.facts.agreement.source
        address = self.writer.address(self.edition.sources[source])
        headings = self.language.labels.headings
        if number := self.writer.first_note(source):
            words = self.line(headings.official_text.format(number=number))
            return _link(address or f"#note-{number}", words)
        words = self.line(headings.official_text_alone)
        citation = Citation(source)
        note = self.writer.called(self.writer.note([citation]), [citation])
        return (_link(address, words) if address else words) + WORD_JOINER + note

    def figures(self, level: str) -> list[Figure]:
        """The numbers of measures of ``level`` by status, as on the cover."""
        return figures(self.edition, level)

    def caption(self, figure: Figure) -> str:
        """What follows the number of ``figure``."""
        labels = self.language.labels
        if figure.number == 1:
            return labels.statuses[figure.status]
        return labels.status_captions[figure.status]

    def of_which(self, figure: Figure) -> list[str]:
        """What is said apart of the number of ``figure``."""
        words = self.language.labels.status_of_which
        return [words[status].format(number=number) for status, number in figure.apart.items()]

    def totals(self, level: str) -> str:
        """How many measures of ``level`` have which status, in words."""
        parts = [
            ", ".join([f"{figure.number} {self.caption(figure)}", *self.of_which(figure)])
            for figure in self.figures(level)
            if figure.number
        ]
        several = self.language.labels.notes.several
        return reduce(lambda a, b: several.format(first=a, next=b), parts)

    def abbreviations(self) -> list[tuple[str, str]]:
        """Each party abbreviation in use and what it stands for."""
        used = {self.edition.people[m].party for m in self.edition.competent_ministers()}
        return [
            (party.abbreviation, party.name)
            for key, party in self.edition.parties.items()
            if key in used and party.abbreviation
        ]

    def are_alike(self, measures: Sequence[Measure]) -> bool:
        """Whether these measures have one status, by which they are not carried out at all."""
        statuses = {measure.status for measure in measures}
        verdicts = {self.edition.statuses[status].carried_out for status in statuses}
        return verdicts == {CarriedOut.NO} and len(statuses) == 1

    def statuses_in_use(self) -> list[str]:
        """The statuses that occur, in their order."""
        used = {measure.status for measure in self.edition.measures}
        return [status for status in self.edition.statuses if status in used]

    def segments(self, level: str) -> list[tuple[str, float]]:
        """The statuses of the measures of ``level`` and how wide the bar shows each, in mm."""
        most = max(self.counts[key]["total"] for key in self.edition.facts.levels)
        numbers = [(status, self.counts[level][status]) for status in self.edition.statuses]
        return segments(numbers, most)

    def changes(self) -> dict[str, str]:
        """The status in the last edition of each measure that had another there."""
        return {measure.id: status for measure, status in self.edition.changes()}

    def colour(self, status: str) -> str:
        """The declaration that gives an element, and what it holds, the colour of ``status``."""
        return f"--status: var(--{self.edition.statuses[status].colour})"

    def cover_colour(self, status: str) -> str:
        """The same, on the dark cover."""
        return f"--status: var(--{self.edition.statuses[status].cover_colour})"

    def icon(self, status: str, alternative: str = "", *, on: str = "", ink: str = "") -> Markup:
        """A status icon, or one in ``ink`` on the colour ``on``; without alternative text it is
        decoration beside the word."""
        look = self.edition.statuses[status]
        return self._image(look.icon, ink or look.colour, alternative, on)

    def reply_icon(self, outcome: Outcome, alternative: str = "") -> Markup:
        """The sign of what came of the questionnaire; as decoration without alternative text."""
        return self._image(REPLY_ICON + outcome.value, _REPLY_COLOURS[outcome], alternative)

    def _image(self, icon: str, colour: str, alternative: str, on: str = "") -> Markup:
        said = Markup('alt="{}"').format(self.plain(alternative)) if alternative else _DECORATION
        return Markup('<img class="icon" src="icon:{}/{}{}" {}>').format(
            icon, colour, f"/{on}" if on else "", said
        )


def _link(address: str, words: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _breakable(words: Markup) -> Markup:
    """``words`` that may break at every space and hyphen."""
    return Markup(words.replace(NO_BREAK_SPACE, " ").replace(WORD_JOINER, ""))


def _keep_last_words_together(tokens: list[Token]) -> None:
    """Leave no short word alone on the last line of a text of several lines."""
    texts = [token for token in tokens if token.type == "text"]
    words = [token for token in texts if re.search(r"\w", token.content)]
    if words and sum(len(token.content) for token in texts) > _ONE_LINE:
        text = re.sub(r" (?=[^ ]{1,6}$)", NO_BREAK_SPACE, words[-1].content)
        words[-1].content = re.sub(r"-(?=[^ -]{1,6}$)", f"-{WORD_JOINER}", text)


def document_identifier(html: str) -> str:
    """An identifier of the content, for metadata that wants one: the same for the same page."""
    return hashlib.sha256(html.encode()).hexdigest()[:32]
