"""What a note says about a source, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale
from markupsafe import Markup, escape

from ..edition.edition import Edition, Language
from ..edition.model import Genre, Outcome, Source, SourceType
from .prose import Citation
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
        if source.type is SourceType.PERSONAL_COMMUNICATION:
            yield self._reply(source)
        else:
            names = self.language.names
            if source.publisher:
                bodies = [names.bodies[body] for body in source.publisher]
                yield self.typesetter.enumeration(bodies)
            kind = self._kind(source)
            if kind:
                yield kind
            if citation.key in names.sources:
                yield names.sources[citation.key]
        if citation.locator:
            yield citation.locator
        if source.issued:
            yield self.typesetter.date(source.issued)
        elif source.type is SourceType.PERSONAL_COMMUNICATION:
            yield self.forms.undated
        if source.language and source.language != self.language.labels.language.partition("-")[0]:
            locale = Locale.parse(self.typesetter.rules.locale)
            yield self.forms.in_language.format(language=locale.languages[source.language])
        if source.accessed:
            yield self.forms.accessed.format(date=self.typesetter.date(source.accessed))

    def _reply(self, source: Source) -> str:
        refused = source.outcome is Outcome.REFUSED
        form = self.forms.reply_refused if refused else self.forms.reply_answered
        bodies = [self.language.names.bodies[body] for body in self.edition.facts.publishers]
        return form.format(
            cabinet=self.edition.people[source.author[0]].family,
            publishers=self.typesetter.enumeration(bodies),
        )

    def _kind(self, source: Source) -> str | None:
        if source.genre is Genre.PRESS_RELEASE and not source.number:
            return self.forms.press_release
        by_genre = {
            Genre.COMMITTEE: self.forms.committee,
            Genre.PLENARY: self.forms.plenary,
            Genre.WRITTEN_QUESTION: self.forms.written_question,
            Genre.PRESS_RELEASE: self.forms.numbered_press_release,
        }
        form = by_genre[source.genre] if source.genre else None
        form = self.forms.bill if source.type is SourceType.BILL else form
        return form.format(number=source.number) if form else source.number

    def _form(self, text: str) -> Markup:
        """``text`` typeset and escaped; what stands in braces is left to be filled in."""
        return escape(self.typesetter.text(text.replace("'", "’")))


def url_link(address: str) -> Markup:
    """The address in full, as a link."""
    # No line ends right after the scheme.
    shown = address.replace("://", f"://{WORD_JOINER}", 1)
    return Markup('<a class="url" href="{}">{}</a>').format(address, shown)
