"""What one file says of another: keys that must be declared, and texts that must be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from ..addresses import fault as address_fault
from ..problems import ContentError, Finding, Kind, did_you_mean
from ..styles import icons, load_palette
from ..yamlfile import Key
from .closed import record_name
from .counts import COUNTS
from .edition import ANCHORS, EDITION, FACTS, Edition, Language, Measure
from .faults import lacks, unknown
from .figure_references import figure_problems
from .model import Lane, MeasureText, Outcome, Quote
from .note_forms import KEYS, printed
from .source_kinds import forms


def reference_problems(edition: Edition, styles: Path) -> Iterator[Finding]:
    yield from _address_problems(edition)
    yield from _language_twice_problems(edition)
    if "statuses.yaml" not in edition.left_out:
        yield from _look_problems(edition, styles)
        yield from _status_problems(edition)
    if edition.left_out.intersection(FACTS):
        return  # What is left out would be missed everywhere.
    yield from _level_problems(edition)
    yield from _measure_problems(edition)
    yield from _registry_problems(edition)
    yield from _imprint_problems(edition)
    yield from _source_problems(edition)
    yield from figure_problems(edition)
    for tag, language in edition.languages.items():
        if f"{tag}/names.yaml" not in edition.left_out:
            yield from _language_problems(edition, language)


def _repeated(edition: Edition, file: str, path: Key, keys: list[str]) -> Iterator[Finding]:
    for position, key in enumerate(keys):
        if key in keys[:position]:
            place = edition.files[file].place((*path, position))
            yield Finding(place, f'"{key}" is listed twice; keep one')


def _look_problems(edition: Edition, styles: Path) -> Iterator[Finding]:
    """Colours and icons of statuses that the style files lack."""
    try:
        colours = load_palette(styles)
    except ContentError as error:
        yield from error.findings
        return
    known = icons(styles)
    for key, status in edition.statuses.items():
        looks: dict[str, tuple[str, str, Iterable[str]]] = {
            "colour": ("colour", status.colour, colours),
            "cover_colour": ("colour", status.cover_colour, colours),
            "icon": ("icon", status.icon, known),
        }
        for field, (kind, name, there) in looks.items():
            yield from unknown(edition, "statuses.yaml", (key, field), kind, name, there)


def _status_problems(edition: Edition) -> Iterator[Finding]:
    for key, status in edition.statuses.items():
        if key in COUNTS:
            place = edition.files["statuses.yaml"].key_places[(key,)]
            yield Finding(place, f'a count is called "{key}"; choose another key for the status')
        if status.counted_with:
            yield from _counted_with_problems(edition, key, status.counted_with)
    for measure in (*edition.measures, *edition.ended):
        path: Key = (measure.row, "status")
        yield from unknown(
            edition, "measures.yaml", path, "status", measure.status, edition.statuses
        )
    for closed in edition.past:
        for index, then in enumerate(closed.measures):
            name, path = record_name(closed.edition), ("measures", index, "status")
            yield from unknown(edition, name, path, "status", then.status, edition.statuses)
    for language in edition.languages.values():
        yield from _status_words_problems(edition, language)


def _counted_with_problems(edition: Edition, key: str, main: str) -> Iterator[Finding]:
    name, path = "statuses.yaml", (key, "counted_with")
    yield from unknown(edition, name, path, "status", main, edition.statuses)
    if main not in edition.statuses:
        return
    other = edition.statuses[main]
    if other.counted_with:
        message = f'"{main}" is itself counted with another status; name one that is not'
        yield Finding(edition.files[name].place(path), message)
    elif other.carried_out != edition.statuses[key].carried_out:
        message = f'"{key}" and "{main}" cannot be counted together: their carried_out differs'
        yield Finding(edition.files[name].place(path), message)


def _level_problems(edition: Edition) -> Iterator[Finding]:
    levels = edition.facts.levels
    yield from _repeated(edition, "edition.yaml", ("levels",), levels)
    for position, level in enumerate(levels):
        if level in (*COUNTS, *edition.statuses):
            place = edition.files["edition.yaml"].place(("levels", position))
            yield Finding(place, f'a count is called "{level}"; choose another key for the level')


def _measure_problems(edition: Edition) -> Iterator[Finding]:
    name = "measures.yaml"
    place = edition.files[name].place
    seen: set[str] = set()
    for measure in sorted((*edition.measures, *edition.ended), key=lambda item: item.row):
        row, facts = measure.row, measure.facts
        if measure.id in seen:
            message = f'two measures are called "{measure.id}"; rename one'
            yield Finding(place((row, "id")), message, Kind.DUPLICATE_MEASURE)
        seen.add(measure.id)
        if measure.id in (*ANCHORS, EDITION) or re.fullmatch(r"note-\d+", measure.id):
            message = f'a part of the report is called "{measure.id}"; rename the measure'
            yield Finding(place((row, "id")), message)
        levels = edition.facts.levels
        yield from unknown(edition, name, (row, "level"), "level", measure.level, levels)
        yield from _question_problems(edition, measure)
        yield from _life_problems(edition, measure)
        if facts.quote:
            yield from _quote_problems(edition, (row, "quote"), facts.quote)
        yield from _repeated(edition, name, (row, "offices"), facts.offices)
    for measure in edition.measures:
        yield from _office_problems(edition, measure)
    yield from _missing_measures(edition)


def _question_problems(edition: Edition, measure: Measure) -> Iterator[Finding]:
    """Questions of rounds that there are not, or to people who are not there."""
    name = "measures.yaml"
    for key, questions in measure.facts.questions.items():
        path: Key = (measure.row, "questions", key)
        if key not in edition.rounds:
            hint = did_you_mean(key, edition.rounds) or "; edition round records a new one"
            message = f'unknown questionnaire "{key}"{hint}'
            place = edition.files[name].key_places[path]
            yield Finding(place, message, Kind.UNKNOWN_REFERENCE)
        yield from _repeated(edition, name, (*path, "to"), questions.to)
        for position, person in enumerate(questions.to):
            to = (*path, "to", position)
            yield from unknown(edition, name, to, "person", person, edition.people)
            listed = edition.rounds[key].to if key in edition.rounds else None
            if listed and person not in listed:
                message = (
                    f'"{person}" is not among those whom edition.yaml says the questionnaire'
                    f" {key} was sent to; add the key there, or correct it here"
                )
                yield Finding(edition.files[name].place(to), message)


def _office_problems(edition: Edition, measure: Measure) -> Iterator[Finding]:
    """Competent offices that nobody holds on the day of the edition, or more than one."""
    name, today = "measures.yaml", edition.facts.date
    known = {office.role for person in edition.people.values() for office in person.roles}
    for position, role in enumerate(measure.facts.offices):
        path: Key = (measure.row, "offices", position)
        if role not in known:
            yield from unknown(edition, name, path, "office", role, sorted(known))
            continue
        holders = [key for key, who in edition.people.items() if role in who.offices(today)]
        if len(holders) != 1:
            who = " and ".join(holders) if holders else "nobody"
            message = (
                f'{who} held the office "{role}" on {today}; say under "roles" in people.yaml'
                f" since and until when: {{role: {role}, since: …, until: …}}"
            )
            yield Finding(edition.files[name].place(path), message)


def _life_problems(edition: Edition, measure: Measure) -> Iterator[Finding]:
    """Beginnings and ends of a measure that do not fit the editions there are."""
    facts, row, today = measure.facts, measure.row, edition.facts.date
    place = edition.files["measures.yaml"].place
    days = [*(closed.edition for closed in edition.past), today]
    for field, day in (("since", facts.since), ("ended", facts.ended)):
        if day and day not in days[1:]:
            known = ", ".join(map(str, days[1:])) or f"none, as {today} is the first edition"
            message = f"no edition after the first is of {day}; there are: {known}"
            yield Finding(place((row, field)), message)
    ended = [other.id for other in edition.ended]
    for position, key in enumerate(facts.from_ or ()):
        path: Key = (row, "from", position)
        if key not in ended:
            yield from unknown(edition, "measures.yaml", path, "ended measure", key, ended)
    if facts.from_ and not facts.since:
        message = 'say with "since" in which edition it came from other measures'
        yield Finding(place((row, "from")), message, Kind.MISSING_KEY)


def _missing_measures(edition: Edition) -> Iterator[Finding]:
    """Measures that an edition published and that stand in measures.yaml no more."""
    known = {measure.id for measure in (*edition.measures, *edition.ended)}
    for closed in edition.past:
        for then in closed.measures:
            if then.id not in known:
                known.add(then.id)
                message = (
                    f'the edition of {closed.edition} has the measure "{then.id}", which is'
                    f" missing here: put it back, with ended: {edition.facts.date} if it is gone"
                )
                yield Finding(edition.files["measures.yaml"].place(()), message)


def _quote_problems(edition: Edition, path: Key, quote: Quote) -> Iterator[Finding]:
    """Words of nobody, or from a source that does not say whose they are."""
    name, source = "measures.yaml", edition.sources.get(quote.source)
    place = edition.files[name].place((*path, "source"))
    yield from unknown(edition, name, (*path, "source"), "source", quote.source, edition.sources)
    if quote.speaker:
        bodies = (
            body for language in edition.languages.values() for body in language.names.bodies
        )
        known = dict.fromkeys([*edition.people, *bodies])
        yield from unknown(edition, name, (*path, "speaker"), "speaker", quote.speaker, known)
    elif source and not source.outcome:
        message = "say who said this with speaker: and a key of people.yaml, or of bodies"
        yield Finding(place, message, Kind.MISSING_KEY)
    if source and not source.citable:
        message = f'"{quote.source}" is a reply that was not received; it cannot be quoted'
        yield Finding(place, message)


def _registry_problems(edition: Edition) -> Iterator[Finding]:
    for key, person in edition.people.items():
        path: Key = ("people", key, "party")
        if person.party:
            yield from unknown(
                edition, "people.yaml", path, "party", person.party, edition.parties
            )
    for key, person in edition.people.items():
        for index, office in enumerate(person.roles):
            if office.since and office.until and office.until < office.since:
                place = edition.files["people.yaml"].place(("people", key, "roles", index))
                yield Finding(place, f'"{office.role}" ends before it begins; correct a date')
    for key, round_ in edition.rounds.items():
        for position, minister in enumerate(round_.to or ()):
            path = ("questionnaires", key, "to", position)
            yield from unknown(edition, "edition.yaml", path, "person", minister, edition.people)
    path = ("agreement", "source")
    source_key = edition.facts.agreement.source
    yield from unknown(edition, "edition.yaml", path, "source", source_key, edition.sources)


def _imprint_problems(edition: Edition) -> Iterator[Finding]:
    """Publishers and languages that facts of the colophon are about."""
    name, facts = "edition.yaml", edition.facts
    yield from _repeated(edition, name, ("publishers",), facts.publishers)
    for body in facts.logos:
        path: Key = ("logos", body)
        yield from unknown(edition, name, path, "publisher", body, facts.publishers)
    for tag in facts.publication:
        path = ("publication", tag)
        yield from unknown(edition, name, path, "language", tag, edition.language_tags())


def _source_problems(edition: Edition) -> Iterator[Finding]:
    place = edition.files["sources.yaml"].place
    replies: dict[tuple[str, str | None], str] = {}
    for key, source in edition.sources.items():
        for need in source.kind.needs:
            # The title may stand in the language folders, where it is looked for.
            if need != "title" and not source.value(need):
                message = f'"{key}" lacks "{need}", which type {source.kind.name} needs'
                yield Finding(place((key,)), message, Kind.MISSING_KEY)
        if source.title and not source.language:
            message = "say the language of this title, for example language: en"
            yield Finding(place((key, "title")), message, Kind.MISSING_KEY)
        for field in ("outcome", "round"):
            if source.value(field) and field not in source.kind.needs:
                message = f'"{field}" is of a reply, which "{key}" is not; delete it'
                yield Finding(place((key, field)), message)
        if source.round:
            yield from unknown(
                edition, "sources.yaml", (key, "round"), "questionnaire", source.round,
                edition.rounds,
            )  # fmt: skip
        if source.outcome is Outcome.NOT_ASKED:
            message = (
                f'"{key}" is not needed: whoever is not asked has no reply; delete it, and say'
                ' under "to" of the questionnaire in edition.yaml who was asked'
            )
            yield Finding(place((key, "outcome")), message)
        for person in source.people:
            path = (key, "author")
            yield from unknown(edition, "sources.yaml", path, "person", person, edition.people)
        if source.outcome and len(source.people) < len(source.author):
            message = f'"{key}" is a reply, whose author is a key of people.yaml'
            yield Finding(place((key, "author")), message)
        for person in source.people if source.outcome else []:
            first = replies.setdefault((person, source.round), key)
            if first != key:
                message = f'"{person}" has a reply already, "{first}"; keep one'
                yield Finding(place((key,)), message)


def _language_problems(edition: Edition, language: Language) -> Iterator[Finding]:
    names, file = language.names, f"{language.tag}/names.yaml"
    place = edition.files[file].place
    roles = {office.role for person in edition.people.values() for office in person.roles}
    roles |= {contact.role for contact in edition.facts.contacts}
    bodies = {body for source in edition.sources.values() for body in source.publisher}
    bodies |= set(edition.facts.publishers) | {c.body for c in edition.facts.contacts}
    for group, needed in (
        ("levels", set(edition.facts.levels)),
        ("roles", roles),
        ("bodies", bodies),
    ):
        for key in sorted(needed - set(getattr(names, group))):
            yield lacks(place((group,)), group, key)
    for group in ("titles", "sources"):
        for key in getattr(names, group):
            yield from unknown(edition, file, (group, key), "source", key, edition.sources)
    yield from _source_words_problems(edition, language)
    yield from _note_form_problems(edition, language)
    labels_place = edition.files[f"{language.tag}/labels.yaml"].place
    for group in ("outcomes", "outcomes_plural"):
        for outcome in set(Outcome) - set(getattr(language.labels, group)):
            yield lacks(labels_place((group,)), group, outcome.value)
    for measure in (*edition.measures, *edition.ended):
        if text := language.measures.get(measure.id):
            yield from _half_told_problems(edition, language, measure, text)
            yield from _life_text_problems(edition, language, measure, text)
    for lane in set(Lane) - set(language.labels.timeline.lanes):
        yield lacks(labels_place(("timeline", "lanes")), "lanes", lane.value)
    for form in language.labels.timeline.kinds:
        path, known = ("timeline", "kinds", form), dict.fromkeys(forms())
        yield from unknown(
            edition, f"{language.tag}/labels.yaml", path, "form of note", form, known
        )


_WHO = {"questions": "who was asked", "quote": "who is quoted"}
"""What measures.yaml says of words that stand in each language."""


def _half_told_problems(
    edition: Edition, language: Language, measure: Measure, text: MeasureText
) -> Iterator[Finding]:
    """Words that have no facts in measures.yaml, and facts that have no words here."""
    place = edition.files[f"{language.tag}/measures/{measure.id}.yaml"].place
    worded, known = (
        [*(("questions", key) for key in part.questions), *([("quote",)] if part.quote else [])]
        for part in (text, measure.facts)
    )
    for path in worded:
        if path not in known:
            message = f'"{path[0]}" stands here, but measures.yaml does not say {_WHO[path[0]]}'
            yield Finding(place(path), message)
    for path in known:
        if path not in worded:
            name = " of ".join(f'"{key}"' for key in reversed(path))
            message = f"measures.yaml says {_WHO[path[0]]}, but {name} is missing here"
            yield Finding(place(path), message, Kind.MISSING_KEY)


def _life_text_problems(
    edition: Edition, language: Language, measure: Measure, text: MeasureText
) -> Iterator[Finding]:
    """Reasons for the beginning and the end of a measure that are missing, or of none."""
    place = edition.files[f"{language.tag}/measures/{measure.id}.yaml"].place
    facts = measure.facts
    for field, told, wanted in (
        ("ended", text.ended, bool(facts.ended)),
        ("new", text.new, bool(facts.since and not facts.from_)),
    ):
        if wanted and not told:
            message = f'say under "{field}" why, for measures.yaml says so of the measure'
            yield Finding(place(()), message, Kind.MISSING_KEY)
        elif told and not wanted:
            key = "ended" if field == "ended" else "since"
            message = f'measures.yaml says nothing of this: "{key}" is missing there'
            yield Finding(place((field,)), message)


def _language_twice_problems(edition: Edition) -> Iterator[Finding]:
    """Folders of one language, of which one is a copy that was left behind or not translated."""
    for key in ("language", "language_name"):
        seen: dict[str, str] = {}
        for tag, language in edition.languages.items():
            first = seen.setdefault(str(getattr(language.labels, key)).casefold(), tag)
            if first != tag:
                place = edition.files[f"{tag}/labels.yaml"].place((key,))
                message = (
                    f'"{key}" is that of the folder {first} too; each language has one folder'
                )
                yield Finding(place, message, Kind.LANGUAGE_FOLDER)


def _address_problems(edition: Edition) -> Iterator[Finding]:
    """Addresses of sources, and starts of addresses in labels, that nobody could follow."""
    addresses: list[tuple[str, Key, str | None]] = []
    for key, source in edition.sources.items():
        addresses += [
            ("sources.yaml", (key, "URL"), source.url),
            ("sources.yaml", (key, "archive"), source.archive),
        ]
    if edition.facts.licence:
        addresses.append(("edition.yaml", ("licence", "url"), edition.facts.licence.url))
    for tag, publication in edition.facts.publication.items():
        addresses += [
            ("edition.yaml", ("publication", tag, "address"), publication.address),
            ("edition.yaml", ("publication", tag, "data"), publication.data),
        ]
    for tag, language in edition.languages.items():
        for start, other in language.labels.addresses.items():
            path: Key = ("addresses", start)
            addresses += [(f"{tag}/labels.yaml", path, value) for value in (start, other)]
    for file, path, address in addresses:
        if address and (fault := address_fault(address)):
            place = edition.files[file].place(path)
            yield Finding(place, f'"{address}" {fault}', Kind.LINK_FORM)


def _status_words_problems(edition: Edition, language: Language) -> Iterator[Finding]:
    file, labels = f"{language.tag}/labels.yaml", language.labels
    place = edition.files[file].place
    counted_with = [key for key, status in edition.statuses.items() if status.counted_with]
    for group, wanted in (
        ("statuses", list(edition.statuses)),
        ("status_meanings", list(edition.statuses)),
        ("status_captions", list(edition.statuses)),
        ("status_of_which", counted_with),
    ):
        given = getattr(labels, group)
        yield from (lacks(place((group,)), group, key) for key in wanted if key not in given)
        for key in given:
            yield from unknown(edition, file, (group, key), "status", key, edition.statuses)
    for key in labels.status_of_which:
        if key in edition.statuses and key not in counted_with:
            message = f'"{key}" is not counted with another status; delete this line'
            yield Finding(place(("status_of_which", key)), message)


def _source_words_problems(edition: Edition, language: Language) -> Iterator[Finding]:
    """Sources of which a note in ``language`` would say nothing, or cannot name the language."""
    place = edition.files["sources.yaml"].place
    known = Locale.parse(language.labels.typography.locale).languages
    names, file = language.names, f"{language.tag}/names.yaml"
    for key, source in edition.sources.items():
        titled = source.title or key in names.titles
        if "title" in source.kind.needs and not titled:
            message = (
                f'"{key}" lacks "title", which type {source.kind.name} needs: write it here, or'
                f' under "titles" in {file}'
            )
            yield Finding(place((key,)), message, Kind.MISSING_KEY)
        elif not (titled or source.author or source.publisher or key in names.sources):
            words = f'give it a publisher, or words under "sources" in {file}'
            yield Finding(place((key,)), f'a note would not say what "{key}" is; {words}')
        if source.language and source.language not in known:
            message = f'no language has the code "{source.language}"; write one like nl or fr'
            yield Finding(place((key, "language")), message)


def _note_form_problems(edition: Edition, language: Language) -> Iterator[Finding]:
    """Forms of notes that ``language`` lacks, or that no kind of source has."""
    file = f"{language.tag}/labels.yaml"
    known, short = language.labels.notes.forms, language.labels.notes.short
    for group, rows in (("forms", known), ("short", short)):
        for key in rows:
            path = ("notes", group, key)
            yield from unknown(edition, file, path, "form of note", key, forms())
    for key in sorted({s.kind.form for s in edition.sources.values()} - known.keys()):
        yield lacks(edition.files[file].place(("notes", "forms")), "forms", key)
    for key, source in edition.sources.items():
        if form := known.get(source.kind.form):
            yield from _unprinted(edition, language, key, form)


def _unprinted(
    edition: Edition, language: Language, key: str, form: list[str]
) -> Iterator[Finding]:
    """What is said of a source but has no place in the form of its note."""
    source, names = edition.sources[key], f"{language.tag}/names.yaml"
    said: list[tuple[str, str, Key]] = [
        (name, "sources.yaml", (key, name)) for name in KEYS if source.value(name)
    ]
    if key in language.names.titles:
        said.append(("title", names, ("titles", key)))
    if key in language.names.sources:
        said.append(("words", names, ("sources", key)))
    place_of_form = f'"{source.kind.form}" under "forms" in {language.tag}/labels.yaml'
    for what, file, path in said:
        if what not in printed(form):
            message = (
                f"a note about a source of type {source.kind.name} does not print this; delete"
                f" it, or give it a place in {place_of_form}"
            )
            yield Finding(edition.files[file].place(path), message)
