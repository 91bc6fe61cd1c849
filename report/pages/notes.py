"""What a note says about a source, in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale
from markupsafe import Markup, escape

from ..edition.edition import Edition, Language
from ..edition.model import Outcome, Source
from ..edition.note_forms import chosen
from .markdown import Citation
from .typography import WORD_JOINER, Typesetter

# Stand for tags while a reference is typeset; no file of content can hold them.
_WORK, _WORK_END, _SPOKEN, _SPOKEN_END = "\x01", "\x02", "\x03", "\x04"
_IN_STARS = re.compile(r"\*([^*]+)\*")
_FIRST = re.compile(r"^[\x01-\x04]*.")


def _tags(source: Source) -> dict[int, str]:
    tags = {
        _WORK: "<cite>",
        _WORK_END: "</cite>",
        _SPOKEN: f'<span lang="{source.language}">',
        _SPOKEN_END: "</span>",
    }
    return {ord(mark): tag for mark, tag in tags.items()}


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
            words = _FIRST.sub(lambda match: match[0].upper(), words)
        html = self.typesetter.superscripts(str(self._form(words)))
        reference = Markup(html.translate(_tags(source)))
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
        values = self._values(citation, source)
        for part in chosen(self.forms.forms[source.kind.form], values.keys()):
            yield _IN_STARS.sub(rf"{_WORK}\1{_WORK_END}", part).format(**values)
        # A title in the language of the source tells which one that is; an address that labels
        # replace leads to a page in the reader's.
        told = source.title and citation.key not in self.language.names.titles
        served = self.address(source) != source.url
        if self._is_foreign(source) and not told and not served:
            locale = Locale.parse(self.typesetter.rules.locale)
            yield self.forms.in_language.format(language=locale.languages[str(source.language)])
        if source.accessed:
            yield self.forms.accessed.format(date=self.typesetter.date(source.accessed))

    def _values(self, citation: Citation, source: Source) -> dict[str, str]:
        """What is known of a source, by its name in the forms of notes."""
        names, enumeration = self.language.names, self.typesetter.enumeration
        people = self.edition.people
        authors = [people[a] if isinstance(a, str) else a for a in source.author]
        minister = people[source.people[0]].family if source.people else ""
        issued = self.typesetter.date(source.issued) if source.issued else ""
        values = {
            "author": enumeration(author.full_name for author in authors),
            "answered_by": minister if source.outcome is Outcome.ANSWERED else "",
            "refused_by": minister if source.outcome is Outcome.REFUSED else "",
            "title": names.titles.get(citation.key) or self._spoken(source, source.title),
            "container": self._spoken(source, source.container_title),
            "publisher": enumeration(names.bodies[body] for body in source.publisher),
            "number": source.number or "",
            "words": names.sources.get(citation.key, ""),
            "locator": citation.locator,
            "date": issued,
            "day": issued if source.issued and source.issued.day else "",
            "publishers": enumeration(names.bodies[b] for b in self.edition.facts.publishers),
        }
        return {name: value for name, value in values.items() if value}

    def _is_foreign(self, source: Source) -> bool:
        own = self.language.labels.language.partition("-")[0]
        return source.language not in (None, own)

    def _spoken(self, source: Source, words: str | None) -> str:
        """``words`` of the source, marked when its language is not the reader's."""
        if not words:
            return ""
        return f"{_SPOKEN}{words}{_SPOKEN_END}" if self._is_foreign(source) else words

    def _form(self, text: str) -> Markup:
        """``text`` typeset and escaped; what stands in braces is left to be filled in."""
        return escape(self.typesetter.text(text.replace("'", "’")))


def url_link(address: str) -> Markup:
    """The address in full, as a link."""
    # No line ends right after the scheme.
    shown = address.replace("://", f"://{WORD_JOINER}", 1)
    return Markup('<a class="url" href="{}">{}</a>').format(address, shown)
