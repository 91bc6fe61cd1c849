"""What a note says about a source, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from .content import Edition, Language
from .model import Outcome, Source, SourceType
from .prose import Citation
from .typography import Typesetter


class NoteWriter:
    """Writes references to sources as HTML."""

    def __init__(self, edition: Edition, language: Language, typesetter: Typesetter) -> None:
        self.edition = edition
        self.language = language
        self.typesetter = typesetter

    def note(self, citations: list[Citation]) -> Markup:
        """The references of one note, joined by semicolons, its first letter a capital."""
        return Markup("; ").join(
            self.reference(citation, first=index == 0) for index, citation in enumerate(citations)
        )

    def reference(self, citation: Citation, *, first: bool = True) -> Markup:
        """One reference: prefix, what the source is, its date and its address."""
        source = self.edition.sources[citation.key]
        words = ", ".join(self._parts(citation, source))
        if citation.prefix:
            words = f"{citation.prefix} {words}"
        if first:
            words = words[:1].upper() + words[1:]
        text = escape(self.typesetter.text(_curly(words)))
        address = self.address(source)
        link = Markup(": ") + url_link(address) if address else Markup()
        return text + link + self._archive(source)

    def address(self, source: Source) -> str | None:
        """The address that serves the source to readers of this language."""
        if not source.url:
            return None
        for start, other in self.language.labels.addresses.items():
            if source.url.startswith(start):
                return other + source.url.removeprefix(start)
        return source.url

    def _parts(self, citation: Citation, source: Source) -> Iterator[str]:
        forms = self.language.labels.notes
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
            yield forms.undated
        if source.accessed:
            yield forms.accessed.format(date=self.typesetter.date(source.accessed))

    def _reply(self, source: Source) -> str:
        forms = self.language.labels.notes
        form = forms.reply_refused if source.outcome is Outcome.REFUSED else forms.reply_answered
        bodies = [self.language.names.bodies[body] for body in self.edition.facts.publishers]
        return form.format(
            cabinet=self.edition.people[source.author[0]].family,
            publishers=self.typesetter.enumeration(bodies),
        )

    def _kind(self, source: Source) -> str | None:
        forms = self.language.labels.notes
        if source.genre == "press-release":
            numbered = forms.numbered_press_release
            return numbered.format(number=source.number) if source.number else forms.press_release
        named = {
            "committee": forms.committee,
            "plenary": forms.plenary,
            "written-question": forms.written_question,
        }
        form = forms.bill if source.type is SourceType.BILL else named.get(source.genre or "")
        return form.format(number=source.number) if form else source.number

    def _archive(self, source: Source) -> Markup:
        if not source.archive:
            return Markup()
        before, _, after = self.language.labels.notes.archived.partition("{archive}")
        return Markup(" ({}{}{})").format(before, url_link(source.archive), after)


def url_link(address: str) -> Markup:
    """The address in full, as a link."""
    return Markup('<a class="url" href="{0}">{0}</a>').format(address)


def _curly(text: str) -> str:
    return text.replace("'", "’")
