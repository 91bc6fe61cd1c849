"""The content model: every key an edition's files may hold, documented where it is declared.

Facts stand once, in files beside the language folders; a language folder holds prose and
labels only. The JSON Schemas that editors' tools use are generated from these classes.
"""

from __future__ import annotations

import string
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import pyphen
from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from ..addresses import MAIL, WEB
from ..declared import Declared, Id, Line, alternative, form
from .dates import Day, DayMonthOrYear
from .note_forms import FIELDS, fields
from .source_kinds import SourceKind, describe, forms, kind_of, known_type


def _filled(value: str) -> str:
    # Spaces of the file are left as they are, so that places in the text stay true.
    if not value.strip():
        raise PydanticCustomError("string_too_short", "is empty")
    return value


Prose = Annotated[
    str,
    StringConstraints(min_length=1),
    AfterValidator(_filled),
    Field(json_schema_extra={"pattern": r"\S"}),
]
"""Markdown with citations ``[@key]``, notes ``^[…]``, cross-references ``[](#measure)`` and
computed values ``{{ counts.total }}``."""


def _filled_with(*names: str) -> AfterValidator:
    """Accept a text whose ``{…}`` name nothing but ``names``."""

    def check(text: str) -> str:
        parsed = string.Formatter().parse(text)
        for _, name, specification, conversion in parsed:
            if name is None:
                continue
            if name not in names or specification or conversion:
                *others, last = (f"{{{known}}}" for known in names)
                allowed = f"{', '.join(others)} and {last}" if others else last
                raise ValueError(f"{{{name}}} is not filled in here; use {allowed}")
        return text

    return AfterValidator(check)


def _stars_in_pairs(part: str) -> str:
    if any(text.count("*") % 2 for text in part.split("|")):
        raise ValueError("* stands alone; write one on either side of a title")
    return part


def _form_of_note(parts: list[str]) -> list[str]:
    if "locator" not in {name for part in parts for name in fields(part)}:
        raise ValueError("needs {locator}, in whose place a citation says its page")
    return parts


def _genre(value: str | None, info: ValidationInfo) -> str | None:
    if "type" in info.data:  # Otherwise the type is at fault.
        kind_of(info.data["type"], value)
    return value


def _locale(value: str) -> str:
    try:
        Locale.parse(value)
    except (UnknownLocaleError, ValueError):
        raise ValueError(f'no locale is called "{value}"; write it like nl_BE') from None
    return value


def _yes_and_no(schema: dict[str, Any]) -> None:
    # Tools that read YAML 1.1 take an unquoted yes or no for a truth value.
    schema["enum"] = [*CarriedOut, True, False]


def _hyphenation(value: str) -> str:
    if not pyphen.language_fallback(value):
        raise ValueError(f'there is no hyphenation dictionary for "{value}"')
    return value


def _isbn(value: str) -> str:
    digits = [int(digit) for digit in value if digit.isdigit()]
    if sum(digits[::2] + [3 * digit for digit in digits[1::2]]) % 10:
        raise ValueError(f'"{value}" is not an ISBN: a digit is wrong, or two are exchanged')
    return value


WebAddress = Annotated[str, form(WEB, "an address with https://")]

Isbn = Annotated[
    str,
    form(r"^97[89](-?[0-9]){10}$", "an ISBN of 13 digits, like 978-94-6454-123-6"),
    AfterValidator(_isbn),
]
"""International Standard Book Number, whose last digit proves the others (ISO 2108)."""

LogoFile = Annotated[
    str,
    form(
        r"^([a-z0-9_-]+/)*[a-z0-9_-]+\.svg$",
        "an SVG file, like logos/club.svg; save a logo of another kind as SVG",
    ),
]

DepositNumber = Annotated[
    str, form(r"^D/[0-9]{4}/[0-9.]{1,7}/[0-9]{1,3}$", "a number like D/2026/1234/1")
]

Mark = Annotated[str, form(r"^[^\n]{1,3}$", "a mark with its space")]
"""A punctuation mark, with a space where the language wants one."""

LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""Pattern of a language tag (BCP 47), as far as such tags are used here: nl-BE."""

LanguageTag = Annotated[Line, form(LANGUAGE_TAG, "a language tag")]
"""A language tag (BCP 47): nl-BE, or a folder that is called after a language: nl."""


class Lane(StrEnum):
    """What sort of event it is; each has its line of the timeline."""

    STEPS = "steps"
    ANSWERED = "answered"
    REFUSED = "refused"
    PARLIAMENT = "parliament"
    OTHERS = "others"


class Outcome(StrEnum):
    """What came of a questionnaire, as to one cabinet."""

    ANSWERED = "answered"
    REFUSED = "refused"
    NONE = "none"
    UNRECORDED = "unrecorded"
    NOT_ASKED = "not_asked"
    """Never recorded: it follows from who was asked and who was in office."""


# ---------------------------------------------------------------- facts: edition.yaml


_ONCE_EACH: Any = Field(min_length=1, json_schema_extra={"uniqueItems": True})


class Agreement(Declared):
    """The agreement that the scorecard measures."""

    date: Day
    """Day of the agreement."""
    source: Id
    """Source that holds its official text."""


class Questionnaire(Declared):
    """A round of questions to cabinets; the questions stand at the measures."""

    sent: Day
    """Day it was sent."""
    deadline: Day | None = None
    """Day by which an answer was asked."""
    to: Annotated[list[Id] | None, _ONCE_EACH] = None
    """Everyone it was sent to; without this list, whoever was in office that day may have
    been asked."""


class Contact(Declared):
    """Someone readers can turn to."""

    name: Line
    """Full name."""
    body: Id
    """Publisher this person works for."""
    role: Id
    """Function; its wording stands in each language's names.yaml."""
    email: Annotated[str, form(MAIL, "an e-mail address")] | None = None
    """E-mail address."""
    phone: Annotated[str, form(r"^\+[0-9 ]+$", "a number like +32 2 536 11 26")] | None = None
    """Phone number in international form, with spaces: +32 2 536 11 26."""


class Licence(Declared):
    """The licence under which others may use the report."""

    name: Line
    """Its name in any language: CC BY 4.0."""
    url: WebAddress | None = None
    """Address of its text."""


class Publication(Declared):
    """Where the report in one language is found, and the numbers it is registered under."""

    address: WebAddress | None = None
    """Address of the full report, printed with a QR code."""
    data: WebAddress | None = None
    """Address of the overview as data."""
    isbn: Isbn | None = None
    """ISBN of this language's edition, 13 digits with hyphens."""
    deposit: DepositNumber | None = None
    """Number of the legal deposit of the Royal Library of Belgium: D/2026/1234/1."""


class EditionFacts(Declared):
    """edition.yaml: what is true of the edition in every language."""

    date: Day
    """Day of publication."""
    file_title: Id
    """First part of the names of the files made."""
    publishers: list[Id] = Field(min_length=1)
    """Publishers (bodies), in the one order used everywhere."""
    logos: dict[Id, LogoFile] = {}
    """The file of each publisher's logo, in the content folder; without, its name is set."""
    slogan: Line | None = None
    """Slogan printed with the publishers' names; its language as ``[…]{lang=en}``."""
    agreement: Agreement
    """What is being scored."""
    questionnaires: dict[Id, Questionnaire] = {}
    """Rounds of questions to the cabinets by key, for example 2026-01; the last one sent is that
    of the edition."""
    levels: list[Id] = _ONCE_EACH
    """Levels of government, in the order of the overview."""
    contacts: list[Contact] = []
    """Contacts, in the order printed."""
    responsible_publisher: Line | None = None
    """Name and address of the responsible publisher, whom Belgian law wants on printed matter."""
    licence: Licence | None = None
    """The licence of the report."""
    publication: dict[Id, Publication] = {}
    """Addresses and numbers of the report, by language folder."""


# ---------------------------------------------------------------- facts: people.yaml


class PersonName(Declared):
    """The name of a person, in its parts."""

    given: Line | None = None
    """First name."""
    family: Line
    """Family name, with its capitals: Van Bossuyt."""

    @property
    def full_name(self) -> str:
        """First and family name."""
        return f"{self.given} {self.family}" if self.given else self.family


class Office(Declared):
    """An office and when it was held."""

    role: Id
    """Key of ``roles`` in each language's names.yaml."""
    since: Day | None = None
    """First day in office; without it, before anything the edition tells."""
    until: Day | None = None
    """Last day in office; without it, still."""

    def held(self, day: date) -> bool:
        """Whether it was held on ``day``."""
        return (not self.since or self.since <= day) and (not self.until or day <= self.until)


def _office(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


Held = Annotated[Office, BeforeValidator(_office, json_schema_input_type=Id | Office)]
"""An office, or the key of one that is held without end."""


class Person(PersonName):
    """Someone the report names."""

    party: Id | None = None
    """Party, a key of ``parties``."""
    language: LanguageTag | None = None
    """Folder of the language of letters to this person, if it is not that of the party."""
    roles: list[
        Annotated[Office, BeforeValidator(_office, json_schema_input_type=Id | Office)]
    ] = []
    """Offices held: a key of ``roles`` in each language's names.yaml, or such a key with the
    days: ``{role: finance, since: 2025-02-03, until: 2026-05-31}``."""

    def offices(self, day: date) -> list[str]:
        """The offices held on ``day``."""
        return [office.role for office in self.roles if office.held(day)]


class Party(Declared):
    """A political party."""

    name: Line
    """Name as printed after a minister's name."""
    abbreviation: Line | None = None
    """Short form for narrow columns; the legend explains it."""
    language: LanguageTag | None = None
    """Folder of the language of letters to its ministers."""


class PeopleFile(Declared):
    """people.yaml: people and parties, each spelt once."""

    people: dict[Id, Person]
    """People by key."""
    parties: dict[Id, Party]
    """Parties by key."""


# ---------------------------------------------------------------- facts: sources.yaml


class LiteralName(Declared):
    """A name without first and family name, such as a working group."""

    literal: Line
    """The name as it is printed."""

    @property
    def full_name(self) -> str:
        """The name."""
        return self.literal

    @property
    def family(self) -> str:
        """The name, which has no shorter form."""
        return self.literal


_KEY, _PERSON, _LITERAL = (alternative(name) for name in ("person's key", "name", "literal"))


def _form_of_author(value: Any) -> str:
    if not isinstance(value, dict):
        return _KEY.tag
    return _LITERAL.tag if "literal" in value else _PERSON.tag


Author = Annotated[
    Annotated[Id, _KEY] | Annotated[PersonName, _PERSON] | Annotated[LiteralName, _LITERAL],
    Discriminator(_form_of_author),
]
"""A key of people.yaml, or the name of somebody who is not in it, as in CSL."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


class Source(Declared):
    """Something a note can cite; keys are named as in CSL, so that a Zotero export fits."""

    model_config = ConfigDict(json_schema_extra=describe)

    type: Annotated[str, AfterValidator(known_type)]
    """Kind of source, as a type of CSL; decides how the note reads."""
    genre: Annotated[str | None, AfterValidator(_genre)] = Field(None, validate_default=True)
    """Kind within the type, for example ``committee`` or ``plenary`` for a hearing."""
    number: Line | None = None
    """Number of a report, bill or bulletin."""
    url: WebAddress | None = Field(default=None, alias="URL")
    """Address, with https:// and without text fragment."""
    issued: DayMonthOrYear | None = None
    """Day of publication, of the meeting or of the reply, or its month or year alone."""
    language: Annotated[Line, form(r"^[a-z]{2,3}$", "a language code")] | None = None
    """Language of the title, or of a source that readers may expect in their own, such as a page
    of a Belgian authority: notes in other languages name it where they do not show the title."""
    accessed: Day | None = None
    """Day the address was last consulted."""
    archive: WebAddress | None = None
    """Address of an archived copy."""
    title: Line | None = None
    """Title in the language of the source; where it has one in a reader's language, that stands
    under ``titles`` in names.yaml."""
    container_title: Line | None = Field(default=None, alias="container-title")
    """Title of the book that holds a chapter, or name of the platform that holds a post."""
    publisher: Annotated[
        list[Id], BeforeValidator(_listed, json_schema_input_type=Id | list[Id])
    ] = []
    """Publishers (bodies) of the source; the court that gave a judgment."""
    author: Annotated[
        list[Author], BeforeValidator(_listed, json_schema_input_type=Author | list[Author])
    ] = []
    """Who wrote it or speaks in it: keys of people.yaml or names; for a cabinet's reply, the key
    of the minister."""
    round: Id | None = None
    """For a cabinet's reply only: the questionnaire it is about, a key of ``questionnaires``."""
    outcome: Outcome | None = None
    """For a cabinet's reply only: what came of the questionnaire."""
    timeline: bool = True
    """Whether the timeline has its day, if it is of the time from the agreement to the edition."""

    @property
    def kind(self) -> SourceKind:
        """The row of the table that says what the source needs and how its note reads."""
        return kind_of(self.type, self.genre)

    @property
    def people(self) -> list[str]:
        """The authors that people.yaml holds, by key."""
        return [author for author in self.author if isinstance(author, str)]

    @property
    def citable(self) -> bool:
        """Whether a note may cite it; a reply that never came cannot be cited."""
        return self.outcome not in (Outcome.NONE, Outcome.UNRECORDED)

    def value(self, key: str) -> Any:
        """What stands under ``key`` in sources.yaml."""
        return getattr(self, key.replace("-", "_").lower())


# ---------------------------------------------------------------- facts: statuses.yaml


class CarriedOut(StrEnum):
    """Whether measures of a status count as carried out."""

    YES = "yes"
    IN_PART = "in part"
    NO = "no"
    UNKNOWN = "unknown"


class Status(Declared):
    """How far a measure has been carried out; its words stand in each language's labels.yaml.

    Wherever statuses are listed or counted, they stand in the order of the file.
    """

    carried_out: Annotated[CarriedOut, Field(json_schema_extra=_yes_and_no)]
    """Whether measures of this status count as carried out: yes, in part, no, or unknown."""
    counted_with: Id | None = None
    """Status in whose number this one is counted, and said apart there: "of which 1 …"."""
    colour: Id
    """Colour on white, a row of styles/palette.yaml."""
    cover_colour: Id
    """Colour on the dark cover, a row of styles/palette.yaml."""
    icon: Id
    """Name of the icon, a file of styles/icons without .svg."""


# ---------------------------------------------------------------- facts: measures.yaml


class Questions(Declared):
    """Questions of a round about a measure; their wording stands per language."""

    to: list[Id] = _ONCE_EACH
    """Ministers asked, in order."""
    dated: bool = True
    """false where nobody knows whether they were put on the day of the questionnaire, which is
    then not printed."""


class Quote(Declared):
    """Who said the words that stand large beside the analysis; those stand per language."""

    source: Id
    """Source of the words, which the paragraph with them cites; tells their date."""
    speaker: Id | None = None
    """Who said them: a key of people.yaml or of ``bodies`` in names.yaml; without, it is the
    cabinet whose reply the source is."""


class MeasureFacts(Declared):
    """One measure of the agreement, be it one of earlier editions only."""

    id: Id
    """Key; names the prose files, is the target of cross-references, and never changes."""
    level: Id
    """Level of government, one of the edition's ``levels``."""
    offices: list[Id] = _ONCE_EACH
    """Competent offices, in the order printed everywhere; who holds them on the day of the
    edition is a competent minister."""
    status: Id
    """Status in this edition, a key of statuses.yaml; of a measure that has ended, its last."""
    questions: dict[Id, Questions] = {}
    """Who was asked about it, by the key of the questionnaire."""
    quote: Quote | None = None
    """Who is quoted large beside the analysis, if anyone."""
    since: Day | None = None
    """Edition in which it first appears, if that is not the first of all."""
    from_: Annotated[list[Id] | None, _ONCE_EACH] = Field(None, alias="from")
    """Measures, which have ended, that it was split from or merged from."""
    ended: Day | None = None
    """First edition without it. It is split when several measures come from it, merged when one
    comes from it, and withdrawn when none does."""


# ---------------------------------------------------------------- language: edition.yaml


class EditionText(Declared):
    """<language>/edition.yaml: the edition's own prose."""

    title: Line
    """Title on the cover and in the file's metadata."""
    subtitle: Line
    """Subtitle on the cover."""
    description: Line
    """One sentence for metadata and search engines."""
    headline: Prose | None = None
    """The result in one sentence, for the cover and the summary, which needs it to be made."""
    demands: list[Prose] = []
    """What the publishers ask, for the summary: a sentence each, none that the text lacks."""
    introduction: Prose
    """The introduction."""
    method: Prose
    """How the report was made."""
    queries: list[Line] = []
    """Editors' questions, printed in drafts only."""


# ---------------------------------------------------------------- language: measures/<id>.yaml


class AgreementKind(StrEnum):
    """Whether the agreement is told in the editors' words or quoted to the letter."""

    SUMMARY = "summary"
    VERBATIM = "verbatim"


class AgreementText(Declared):
    """What the agreement says about a measure."""

    kind: AgreementKind
    """``summary`` (our own words) or ``verbatim`` (the official text); printed as such."""
    text: Prose
    """The summary or the text."""


class MeasureText(Declared):
    """<language>/measures/<id>.yaml: the prose about one measure."""

    title: Line
    """Title, the same in overview, section and outline."""
    short_title: Line
    """Short form for running heads and the table of contents."""
    agreement: AgreementText
    """What was agreed."""
    in_brief: Annotated[Line, StringConstraints(max_length=100)] | None = None
    """The reason in one short sentence without notes, where there is little room; without it,
    the reason stands there."""
    reason: Prose
    """Why the measure has its status, in one paragraph."""
    questions: dict[Id, Annotated[list[Prose], Field(min_length=1)]] = {}
    """Questions put to the cabinets, by the key of the questionnaire; each a text of its own."""
    analysis: Prose
    """What was found, with its sources."""
    quote: Line | None = None
    """Words to stand large beside the analysis: copied from it, with their quotation marks."""
    conclusions: Prose | None = None
    """What the publishers conclude from it."""
    new: Prose | None = None
    """Why it was added, in one paragraph, if no other measure became it."""
    ended: Prose | None = None
    """Why it has ended, in one paragraph."""
    queries: list[Line] = []
    """Editors' questions, printed in drafts only."""


# ---------------------------------------------------------------- language: names.yaml


class Names(Declared):
    """<language>/names.yaml: what things are called in this language."""

    levels: dict[Id, Line]
    """Levels of government, as in the overview's first column."""
    roles: dict[Id, Line]
    """Offices, with their title: "minister van Justitie"."""
    bodies: dict[Id, Line]
    """Publishers, authorities and media; ``*…*`` around the title of a publication."""
    titles: dict[Id, Line] = {}
    """Titles that sources have in this language, in place of those in sources.yaml."""
    sources: dict[Id, Line] = {}
    """Descriptions of sources, where a note prints one."""

    @property
    def body_names(self) -> dict[str, str]:
        """``bodies`` as they read, without the stars around titles."""
        return {key: name.replace("*", "") for key, name in self.bodies.items()}


# ---------------------------------------------------------------- language: labels.yaml


class SpaceRule(Declared):
    """A space of a given width that the language puts beside some characters."""

    before: Annotated[str, StringConstraints(min_length=1)] | None = None
    """Characters that take the space before them."""
    after: Annotated[str, StringConstraints(min_length=1)] | None = None
    """Characters that take the space after them."""
    space: Annotated[str, StringConstraints(min_length=1, max_length=1)]
    """The space itself: U+00A0 or U+202F."""


class NoteCall(StrEnum):
    """Where the call of a note stands beside closing punctuation."""

    AFTER = "after-punctuation"
    BEFORE = "before-punctuation"


class Typography(Declared):
    """How the language is typeset."""

    locale: Annotated[Line, AfterValidator(_locale)]
    """Locale for dates and numbers, as in CLDR: nl_BE."""
    hyphenation: Annotated[Line, AfterValidator(_hyphenation)]
    """Hyphenation dictionary, as in pyphen: nl."""
    hyphenate_capitals: bool = False
    """Whether words with a capital may be broken; false where a capital marks a name."""
    whole: list[Line] = []
    """Words that are never broken."""
    unbreakable: list[Line] = []
    """Hyphenation patterns added to the dictionary."""
    quotes: list[Mark] = Field(min_length=4, max_length=4)
    """Outer opening and closing quotation mark, then the inner ones."""
    spaces: list[SpaceRule] = []
    """Spaces the language puts beside punctuation."""
    note_call: NoteCall
    """Where note calls stand."""
    titles: list[Line] = []
    """Words that stay on the line of the name after them: Mme, dr."""
    first_day: Line | None = None
    """The first day of a month in dates: 1er."""
    superscripts: list[Annotated[Line, form(r"^\w{1,9}$", "letters, like er")]] = []
    """Endings that are raised after a digit or a Roman numeral: er."""


class Headings(Declared):
    """Headings and other fixed words; ``{…}`` is filled in where it stands."""

    contents: Line
    """Heading of the table of contents."""
    introduction: Line
    """Heading of the introduction."""
    method: Line
    """Heading of the account of how the report was made."""
    overview: Line
    """Heading of the overview table."""
    replies: Line
    """Heading of the page about cabinets' replies."""
    replies_intro: Prose
    """Sentences above the table of ministers and measures; they say what a reply is about."""
    replies_in_figures: Line
    """Heading of the numbers of cabinets that answered, refused or kept silent."""
    analysis: Line
    """Heading of the chapter with the measures."""
    measure: Line
    """Column heading; also said before a measure's number."""
    measures: Line
    """Column heading: several measures."""
    ministers: Line
    """Column heading: competent minister or ministers."""
    minister: Line
    """Label beside one competent minister, and column heading."""
    status_and_ministers: Line
    """Column heading: status and competent ministers."""
    page: Line
    """Column heading: page, in short."""
    level: Line
    """Column heading: level of government."""
    total: Annotated[Line, _filled_with("level", "total")]
    """Label of the totals of a level: ``{level}``, ``{total}`` of its measures."""
    cover_scope: Annotated[Line, _filled_with("level", "total")]
    """What these numbers cover: ``{level}``, ``{total}``."""
    agreement_summary: Line
    """Heading of what was agreed, where it is told in the editors' words."""
    agreement_verbatim: Line
    """The same, where it is quoted to the letter."""
    official_text: Annotated[Line, _filled_with("number")]
    """Text of the link to the official text: ``{number}`` of the note with its address."""
    official_text_alone: Line
    """The same at the first measure, before the call of that note, where no text cites it."""
    status_since: Line
    """Label beside the edition that gave a measure the status it still has."""
    questions: Line
    """Heading of the questions put to cabinets."""
    questions_to: Annotated[Line, _filled_with("ministers", "date")]
    """Who was asked and when: ``{ministers}``, ``{date}``."""
    questions_to_undated: Annotated[Line, _filled_with("ministers")]
    """The same, where it is not known when: ``{ministers}``."""
    findings: Line
    """Heading of the analysis."""
    conclusions: Line
    """Heading of the conclusions."""
    continued: Annotated[Line, _filled_with("heading")]
    """In the margin of a page where a part goes on: its ``{heading}``."""
    cross_reference: Annotated[Line, _filled_with("number")]
    """A reference to a measure: ``{number}``."""
    note: Annotated[Line, _filled_with("number")]
    """What screen readers say of a note call: ``{number}``."""
    back_to_text: Annotated[Line, _filled_with("number")]
    """What screen readers say of the link from a note to its call: ``{number}``."""
    reply: Line
    """Column heading: reply to the questionnaire."""
    undated: Line
    """Said where a reply has no known date."""
    cabinet: Annotated[Line, _filled_with("name")]
    """A minister's cabinet, as it begins a line: ``{name}``."""
    not_carried_out: Line
    """Column heading: measures that are not carried out, of those of a minister."""
    of_total: Annotated[Line, _filled_with("number", "total")]
    """A number of measures of a minister: ``{number}``, ``{total}``."""
    no_party: Line
    """Above the ministers of no party."""
    contact: Line
    """Heading of the contacts."""
    colophon: Line
    """Heading of the colophon, as within a sentence."""
    colophon_publishers: Annotated[Line, _filled_with("publishers")]
    """Who publishes: ``{publishers}``."""
    colophon_responsible: Annotated[Line, _filled_with("name")]
    """Who is responsible for the publication: ``{name}``, with the address."""
    colophon_date: Annotated[Line, _filled_with("date")]
    """Date of the edition: ``{date}``."""
    colophon_also: Annotated[Line, _filled_with("language")]
    """That the report exists in another language too: ``{language}``, in this one's words."""
    colophon_cite: Annotated[Line, _filled_with("publishers", "year", "title", "subtitle")]
    """How to cite the report: ``{publishers}``, ``{year}``, ``{title}``, ``{subtitle}``; its
    address follows."""
    colophon_licence: Annotated[Line, _filled_with("licence")]
    """The licence: ``{licence}``."""
    colophon_data: Line
    """What stands before the address of the data."""
    colophon_isbn: Annotated[Line, _filled_with("number")]
    """The ISBN: ``{number}``."""
    colophon_deposit: Annotated[Line, _filled_with("number")]
    """The legal deposit: ``{number}``."""
    colophon_links: Line
    """Where the links were taken from and how they are printed."""
    colophon_fonts: Line
    """Typefaces used."""
    changed: Annotated[Line, _filled_with("date")]
    """Heading of what changed since the last edition: ``{date}``."""
    changed_mark: Annotated[Line, _filled_with("before")]
    """The status in the last edition, beside a status that changed: ``{before}``."""
    changed_from: Annotated[Line, _filled_with("before", "after")]
    """A change: ``{before}``, ``{after}``."""
    and_: Annotated[Line, Field(alias="and")]
    """The word between the last two of a list."""
    colon: Mark
    """The colon, with the space that the language puts before it."""
    draft: Line
    """Printed on every page of a draft."""
    query: Line
    """Label of an editor's question in a draft."""


class SummaryWords(Declared):
    """Fixed words of the summary."""

    heading: Line
    """Name of the summary, in the contents and the outline."""
    measures: Annotated[Line, _filled_with("total")]
    """Of how many measures a bar tells: ``{total}``."""
    one_measure: Line
    """The same, of one."""
    unfinished: Line
    """Heading of what is not carried out, when all of it has that one status."""
    unfinished_mixed: Line
    """The same, when statuses differ and stand beside the measures."""
    by_minister: Line
    """Column heading: how many measures each minister has, where there are too many to list."""
    by_party: Line
    """The same, of each party."""
    party: Line
    """Column heading: party."""
    in_overview: Line
    """Said where measures are only counted: that the overview lists them."""
    of_total: Annotated[Line, _filled_with("number", "total")]
    """How many of the measures of a minister or party: ``{number}``, ``{total}``."""
    silent: Line
    """Heading of the cabinets that refused to answer or kept silent."""
    competent_for: Line
    """What stands before the numbers of the measures a minister is competent for."""
    demands: Line
    """Heading of what the publishers ask."""
    full_report: Line
    """Heading of the address of the full report."""
    qr: Annotated[Line, _filled_with("address")]
    """What screen readers say of a QR code: ``{address}``."""


NoteForm = Annotated[
    list[Annotated[Line, _filled_with(*FIELDS), AfterValidator(_stars_in_pairs)]],
    AfterValidator(_form_of_note),
    Field(json_schema_extra={"contains": {"pattern": r"\{locator\}"}}),
]
"""The parts of a note in order, as ``note_forms`` reads them."""


def _name_the_kinds(schema: dict[str, Any]) -> None:
    schema["propertyNames"] = {"enum": forms()}


_BY_KIND: Any = Field(json_schema_extra=_name_the_kinds)


class NoteForms(Declared):
    """How notes read; ``{…}`` is filled in from the source."""

    forms: Annotated[dict[Id, NoteForm], _BY_KIND]
    """How a note reads by kind of source: parts, of which those are printed whose ``{…}`` are
    known, joined by commas; ``|`` stands before what is printed otherwise, ``*…*`` around the
    title of a work."""
    short: Annotated[dict[Id, NoteForm], _BY_KIND] = {}
    """How a later note reads that cites the same source again, by kind of source; a kind without
    a row here reads as before, without its address."""
    earlier: Annotated[Line, _filled_with("reference", "note")]
    """Such a later note: ``{reference}`` in its short form, ``{note}`` with the full one."""
    earlier_note: Annotated[Line, _filled_with("number")]
    """How a later note calls that note: ``{number}``."""
    earlier_page: Annotated[Line, _filled_with("page")]
    """What it says besides where that note stands on another page: ``{page}``."""
    same: Annotated[Line, _filled_with("note")]
    """A note that cites just what the note before it cites: ``{note}``."""
    with_address: Annotated[Line, _filled_with("reference", "address")]
    """A reference and its address: ``{reference}``, ``{address}``."""
    several: Annotated[Line, _filled_with("first", "next")]
    """Two references in one note: ``{first}``, ``{next}``."""
    archived: Annotated[Line, _filled_with("archive")]
    """An archived copy: ``{archive}``."""
    accessed: Annotated[Line, _filled_with("date")]
    """Day of consultation: ``{date}``."""
    in_language: Annotated[Line, _filled_with("language")]
    """Language of a source that is not in the reader's: ``{language}``."""


class CheckedWords(Declared):
    """Words of a language that the editorial checks look for."""

    competent: list[Line] = []
    """Words that say that a minister is responsible for something."""
    positional: list[Line] = []
    """Words that point to a place on the page, which breaks when pages change."""
    repeated: list[Line] = []
    """Words that may stand twice in a row."""
    preferred: dict[Line, Line] = {}
    """Wording to avoid, and what to write instead."""


class TimelineWords(Declared):
    """Words of the timeline."""

    title: Line
    """Its heading."""
    intro: Line
    """What stands there."""
    lanes: dict[Lane, Line]
    """What the marks of each line are."""
    agreed: Line
    """The agreement."""
    sent: Line
    """The questionnaire was sent."""
    published: Line
    """This edition."""
    undated: Annotated[Line, _filled_with("names")]
    """What is not there, for want of a date: ``{names}``."""
    kinds: dict[Id, Line] = {}
    """What a source is called, by the form of its note; others go by their publisher."""


class Labels(Declared):
    """<language>/labels.yaml: the fixed words of the report."""

    language: LanguageTag
    """Language tag of the document: nl-BE."""
    language_name: Line
    """Name of the language in the language itself."""
    typography: Typography
    """How the language is typeset."""
    addresses: dict[Line, Line] = {}
    """Start of an address to the start of the address that serves the same document to
    readers of this language."""
    statuses: dict[Id, Line]
    """Name of each status, as said of one measure within a sentence."""
    status_meanings: dict[Id, Line]
    """What each status means, for the legend."""
    status_captions: dict[Id, Line]
    """What follows the number of measures of each status, as said of several."""
    status_of_which: dict[Id, Annotated[Line, _filled_with("number")]] = {}
    """How many of a number have a status that is counted with another: ``{number}``."""
    outcomes: dict[Outcome, Line]
    """Name of each outcome of the questionnaire, as said of one cabinet within a sentence."""
    outcomes_plural: dict[Outcome, Line]
    """The same, as said of several."""
    headings: Headings
    """Headings and other fixed words."""
    summary: SummaryWords
    """Fixed words of the summary."""
    timeline: TimelineWords
    """Words of the timeline."""
    notes: NoteForms
    """How notes read, by kind of source."""
    checks: CheckedWords = CheckedWords()
    """Words that the editorial checks look for."""
