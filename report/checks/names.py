"""Rules about names: near-misses of registered names, and what is said of people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from ..edition.edition import Language
from ..edition.model import Person
from ..problems import Level
from .passages import MARKUP, Checked, Passage, Span, printed
from .rules import Hit, Rule
from .similar import edits

_PIECE = re.compile(r"[^\W\d_]+")
_LONG = 9
_SHORTEST = 5
_MOST_PIECES = 6
_JOINED = re.compile(r"(?!\.\s)[\s&.'’-]{0,4}")
_GENITIVE = re.compile(r"['’]?s$")


@cache
def _folded(text: str) -> str:
    """Letters only, without case and accents: what near-misses of a name share."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


# ---------------------------------------------------------------- registers


def families(checked: Checked) -> dict[str, str]:
    """The key of each person by family name; a name that two people share is left out."""
    names = [person.family for person in checked.edition.people.values()]
    return {
        person.family: key
        for key, person in checked.edition.people.items()
        if names.count(person.family) == 1
    }


def _parties(checked: Checked) -> list[str]:
    parties = checked.edition.parties.values()
    return [name for party in parties for name in (party.name, party.abbreviation) if name]


def _registered(checked: Checked, language: Language) -> list[str]:
    """Names whose near-misses are looked for; a party named by a common word is not."""
    special = [n for n in [*_parties(checked), *language.names.body_names.values()] if _special(n)]
    return [*families(checked), *special]


def _special(name: str) -> bool:
    return not name.isalpha() and len(_folded(name)) >= 3 and not _folded(name).isdigit()


def _misspelt(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        registered = sorted(_registered(checked, language), key=len, reverse=True)
        known = {_plain(name) for name in [*registered, *_all_names(checked, language)]}
        exact = _any_of(known)
        for passage in printed(checked.passages):
            if passage.language == language.tag:
                yield from _near_misses(passage, registered, exact)


def _all_names(checked: Checked, language: Language) -> Iterator[str]:
    yield from _parties(checked)
    yield from language.names.body_names.values()
    for person in checked.edition.people.values():
        yield from (name for name in (person.given, person.family) if name)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace(MARKUP, "").split())


def _near_misses(passage: Passage, registered: list[str], exact: re.Pattern[str]) -> Iterator[Hit]:
    taken: set[int] = set()
    right = {i for match in exact.finditer(passage.text) for i in range(*match.span())}
    windows = _Windows(passage, registered)
    for name in registered:
        for span in windows.like(name):
            if span.start in taken or (span.start in right and span.end - 1 in right):
                continue
            if _near(span.value, name) and not _only_capital_differs(passage, span, name):
                taken.update(range(span.start, span.end))
                message = "this looks like a registered name, spelt otherwise"
                yield Hit(passage.place(span.start), message, span.value, f'write "{name}"')


class _Windows:
    """Every run of up to ``_MOST_PIECES`` words of a paragraph that is like one of ``names``.

    Like it is what begins with the same letter and is about as long.
    """

    def __init__(self, passage: Passage, names: Iterable[str]) -> None:
        self._found: dict[tuple[int, str], list[Span]] = {
            key: [] for name in names for key in self._keys(name)
        }
        for leaf in passage.leaves:
            self._read(passage.text, leaf)

    def _read(self, text: str, leaf: Span) -> None:
        initials = {initial for _, initial in self._found}
        found = _PIECE.finditer(text, leaf.start, leaf.end)
        pieces = [(match, _folded(match[0])) for match in found]
        for index, (first, initial) in enumerate(pieces):
            if initial[:1] not in initials:
                continue
            folded, end = "", first.start()
            for match, letters in pieces[index : index + _MOST_PIECES]:
                if end > first.start() and not _JOINED.fullmatch(text, end, match.start()):
                    break
                folded, end = folded + letters, match.end()
                if (spans := self._found.get((len(folded), folded[0]))) is not None:
                    spans.append(Span(first.start(), end, text[first.start() : end]))

    @staticmethod
    def _keys(name: str) -> Iterator[tuple[int, str]]:
        wanted = _folded(name)
        for length in range(len(wanted) - 2, len(wanted) + 3):
            yield length, wanted[0]

    def like(self, name: str) -> Iterator[Span]:
        """Those that are like ``name``."""
        return chain.from_iterable(self._found[key] for key in self._keys(name))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    phrases = (r"\s+".join(map(re.escape, name.split())) for name in names)
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")


def _near(words: str, name: str) -> bool:
    text, wanted = _folded(words), _folded(name)
    if text == wanted:
        return _plain(words) != _plain(name)
    if text.startswith(wanted) and _GENITIVE.sub("", text) == wanted:
        return _GENITIVE.sub("", _plain(words)) != _plain(name)
    if len(wanted) < _SHORTEST or not words[0].isupper():
        return False
    pieces = len(_PIECE.findall(name))
    if len(_PIECE.findall(words)) != pieces:
        return False
    limit = 2 if len(wanted) >= _LONG and pieces == 1 else 1
    return edits(text, wanted, limit) <= limit


def _only_capital_differs(passage: Passage, span: Span, name: str) -> bool:
    """Whether the sentence's first capital is all that differs."""
    sentence = passage.sentence(span.start)
    lead = passage.text[sentence.start : span.start]
    initial = not re.search(r"\w", lead)
    return initial and _plain(span.value)[1:] == name[1:]


# ---------------------------------------------------------------- given names


def _naming(family: str, checked: Checked) -> Iterator[Passage]:
    return (passage for passage in checked.passages if family in passage.text)


def _given_names(checked: Checked) -> Iterator[Hit]:
    given = {p.given for p in checked.edition.people.values() if p.given}
    for family, key in families(checked).items():
        own = checked.edition.people[key].given
        if not own:
            continue
        pattern = re.compile(rf"(?<!\w)([^\W\d_][\w'’-]+)\s+{re.escape(family)}(?!\w)")
        for passage in _naming(family, checked):
            for match in pattern.finditer(passage.text):
                word = match[1]
                if word == own or own.endswith(f" {word}") or not word[0].isupper():
                    continue
                if word in given or edits(_folded(word), _folded(own), 2) <= 2:
                    yield Hit(
                        passage.place(match.start()),
                        "this first name does not go with this family name",
                        match[0],
                        f'write "{own} {family}"',
                    )


# ---------------------------------------------------------------- names of another language


def _of_other_language(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        own = set(language.names.body_names.values())
        foreign = {
            name: own_name
            for other in checked.edition.languages.values()
            for key, name in other.names.body_names.items()
            if (own_name := language.names.body_names.get(key)) and name not in own
        }
        for passage in printed(checked.passages):
            if passage.language == language.tag:
                yield from _foreign_names(passage, foreign)


def _foreign_names(passage: Passage, foreign: dict[str, str]) -> Iterator[Hit]:
    for name, own_name in foreign.items():
        if name not in passage.text:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", passage.text):
            if not any(match.start() in span for span in passage.foreign):
                message = "this is what another language calls it"
                yield Hit(passage.place(match.start()), message, name, f'write "{own_name}"')


# ---------------------------------------------------------------- what is said of people


def _unlisted(checked: Checked) -> Iterator[Hit]:
    competent = set(checked.edition.competent_ministers())
    measures = {measure.id: measure for measure in checked.edition.measures}
    people = {n: k for n, k in families(checked).items() if k in competent}
    for passage in checked.passages:
        words = checked.language(passage).labels.checks.competent
        if not (passage.measure and passage.narrative and words):
            continue
        says = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})", re.I)
        listed = measures[passage.measure].ministers
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if not says.search(text):
                continue
            named = {f: _find(f, text) for f in people if _find(f, text) >= 0}
            # Who is named last, or beside the word, is meant; a speaker named first is not.
            offsets = sorted((offset, family) for family, offset in named.items())
            for offset, family in offsets[-1:]:
                if people[family] not in listed:
                    yield Hit(
                        passage.place(sentence.start + offset),
                        "named as responsible, but not among the ministers of this measure",
                        family,
                        f'add "{people[family]}" to the measure in measures.yaml, or reword',
                    )


def _find(word: str, text: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return match.start() if match else -1


def _wrong_party(checked: Checked) -> Iterator[Hit]:
    parties = {
        name: key
        for key, party in checked.edition.parties.items()
        for name in (party.name, party.abbreviation)
        if name
    }
    for family, key in families(checked).items():
        pattern = re.compile(rf"(?<!\w){re.escape(family)}\s*\(([^()]*)\)")
        own = checked.edition.people[key].party
        for passage in _naming(family, checked):
            for match in pattern.finditer(passage.text):
                party = parties.get(_plain(match[1]))
                if party and party != own:
                    right = checked.edition.parties[own].name if own else "no party"
                    yield Hit(
                        passage.place(match.start(1)),
                        f"people.yaml gives {family} another party",
                        match[0],
                        f'write "{right}", or correct people.yaml',
                    )


def _wrong_role(checked: Checked) -> Iterator[Hit]:
    for language in checked.edition.languages.values():
        mine = [p for p in checked.passages if p.language == language.tag]
        for role, name in language.names.roles.items():
            yield from _role_given(checked, mine, role, name)


def _role_given(
    checked: Checked, passages: Iterable[Passage], role: str, name: str
) -> Iterator[Hit]:
    title = r"\s+".join(map(re.escape, name.split())).replace("'", "['’]")
    pattern = re.compile(rf"(?<!\w){title}(?!\w)", re.I)
    people = checked.edition.people
    others = {f: k for f, k in families(checked).items() if people[k].roles}
    others = {family: key for family, key in others.items() if role not in _roles(people[key])}
    for passage in passages:
        for match in pattern.finditer(passage.text):
            before = passage.text[: match.start()]
            after = passage.text[match.end() :]
            for family in others:
                given = people[others[family]].given or ""
                who = rf"(?:{re.escape(given)}\s+)?{re.escape(family)}"
                if re.match(rf",?\s+{who}(?!\w)", after) or re.search(rf"{who},\s+$", before):
                    yield Hit(
                        passage.place(match.start()),
                        f"people.yaml gives {family} another office",
                        match[0],
                        "correct the office, or people.yaml",
                    )


def _roles(person: Person) -> set[str]:
    return {office.role for office in person.roles}


RULES = [
    Rule(
        "name-misspelt", Level.ERROR, "a name that is almost a registered one",
        "People, parties and bodies are spelt once, in people.yaml and names.yaml. Words in prose"
        " that differ from a registered name by a letter or two, by accents, spaces, hyphens or"
        " capitals are most likely that name.", _misspelt,
    ),
    Rule(
        "first-name", Level.ERROR, "a first name that does not go with the family name",
        "The first name before a registered family name must be that person's.", _given_names,
    ),
    Rule(
        "name-of-other-language", Level.WARNING, "a body called as in another language",
        "Each body has one name per language, in names.yaml.", _of_other_language,
    ),
    Rule(
        "minister-not-listed", Level.WARNING, "a responsible minister who is not listed",
        "A sentence of a measure says that a minister is responsible, but measures.yaml does not"
        " list this minister for it. The words that say so stand in labels.yaml.", _unlisted,
        needs=("people.yaml", "measures.yaml"),
    ),
    Rule(
        "party-differs", Level.ERROR, "a party that contradicts the register",
        "The party in brackets after a name must be the one in people.yaml.", _wrong_party,
        needs=("people.yaml",),
    ),
    Rule(
        "role-differs", Level.ERROR, "an office that contradicts the register",
        "The office before or after a name must be one that people.yaml gives.", _wrong_role,
    ),
]  # fmt: skip
