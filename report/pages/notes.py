"""What a note says about a source, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale
from markupsafe import Markup, escape

from ..edition.edition import Edition, Language
from ..edition.model import Outcome, Source
from ..edition.note_forms import chosen
from .markdown import Citation
from .typography import WORD_JOINER, Typesetter


class NoteWriter:
    """Writes references to sources as HTML."""

    def __init__(self, edition: Edition, language: Language, typesetter: Typesetter) -> None:
        self.edition = edition
        self.language = language
        self.typesetter = typesetter
        self.forms = language.labels.notes

    def note(self, citations: list[Citation], *, first: bool = True) -> Markup:
        """The references of one note in order; ``first`` gives it a capital."""
        note = self.reference(citations[0], first=first)
        for citation in citations[1:]:
            following = self.reference(citation, first=False)
            note = self._form(self.forms.several).format(first=note, next=following)
        return note

    def reference(self, citation: Citation, *, first: bool = True) -> Markup:
        """One reference: prefix, what the source is, its date and its address."""
        source = self.edition.sources[citation.key]
        words = ", ".join(self._parts(citation, source))
        if citation.prefix:
            words = f"{citation.prefix} {words}"
        if first:
            words = words[:1].upper() + words[1:]
        reference = Markup(self.typesetter.superscripts(str(self._form(words))))
        if address := self.address(source):
            form = self._form(self.forms.with_address)
            reference = form.format(reference=reference, address=url_link(address))
        if source.archive:
            form = self._form(self.forms.archived)
            reference += Markup(" ({})").format(form.format(archive=url_link(source.archive)))
        return reference

    def address(self, source: Source) -> str | None:
        """The address that serves the source to readers of this language."""
        if not source.url:
            return None
        for start, other in self.language.labels.addresses.items():
            if source.url.startswith(start):
                return other + source.url.removeprefix(start)
        return source.url

    def _parts(self, citation: Citation, source: Source) -> Iterator[str]:
        values = dict(self._values(citation, source))
        for part in chosen(self.forms.forms[source.kind.form], values.keys()):
            yield part.format(**values)
        if source.language and source.language != self.language.labels.language.partition("-")[0]:
            locale = Locale.parse(self.typesetter.rules.locale)
            yield self.forms.in_language.format(language=locale.languages[source.language])
        if source.accessed:
            yield self.forms.accessed.format(date=self.typesetter.date(source.accessed))

    def _values(self, citation: Citation, source: Source) -> Iterator[tuple[str, str]]:
        """What is known of a source, by its name in the forms of notes."""
        names, enumeration = self.language.names, self.typesetter.enumeration
        publishers = self.edition.facts.publishers
        yield "publishers", enumeration(names.bodies[body] for body in publishers)
        if source.author:
            people = [self.edition.people[key] for key in source.author]
            yield "author", enumeration(person.full_name for person in people)
            if source.outcome is Outcome.ANSWERED:
                yield "answered_by", people[0].family
            if source.outcome is Outcome.REFUSED:
                yield "refused_by", people[0].family
        if source.publisher:
            yield "publisher", enumeration(names.bodies[body] for body in source.publisher)
        if source.number:
            yield "number", source.number
        if citation.key in names.sources:
            yield "words", names.sources[citation.key]
        if citation.locator:
            yield "locator", citation.locator
        if source.issued:
            yield "date", self.typesetter.date(source.issued)

    def _form(self, text: str) -> Markup:
        """``text`` typeset and escaped; what stands in braces is left to be filled in."""
        return escape(self.typesetter.text(text.replace("'", "’")))


def url_link(address: str) -> Markup:
    """The address in full, as a link."""
    # No line ends right after the scheme.
    shown = address.replace("://", f"://{WORD_JOINER}", 1)
    return Markup('<a class="url" href="{}">{}</a>').format(address, shown)
