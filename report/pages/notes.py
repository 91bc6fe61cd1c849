"""What a note says about a source, in the words of one language, and which number it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale
from markupsafe import Markup, escape

from ..edition.edition import Edition, Language
from ..edition.model import Outcome, Source
from ..edition.note_forms import chosen
from .markdown import Citation
from .typography import WORD_JOINER, Typesetter, capital

# Stand for tags while a reference is typeset; no file of content can hold them.
_WORK, _WORK_END, _SPOKEN, _SPOKEN_END = "\x01", "\x02", "\x03", "\x04"
_IN_STARS = re.compile(r"\*([^*]+)\*")
_FIRST = re.compile(r"^[\x01-\x04]*.")
_ENDS_WITH_ADDRESS = re.compile(r'<a class="url"[^>]*>[^<]*</a>$')
_SCHEME = "https://"
"""Goes without saying: every address that begins otherwise is printed with its scheme."""


def _tags(source: Source) -> dict[int, str]:
    tags = {
        _WORK: "<cite>",
        _WORK_END: "</cite>",
        _SPOKEN: f'<span lang="{source.language}">',
        _SPOKEN_END: "</span>",
    }
    return {ord(mark): tag for mark, tag in tags.items()}


def _works(text: str) -> str:
    """``text`` with what stands between stars marked as the title of a work."""
    return _IN_STARS.sub(rf"{_WORK}\1{_WORK_END}", text)


class NoteWriter:
    """Writes and numbers the notes of one document as HTML, in the order of the document.

    The first note of a source is full, with its address; later ones are short and lead to it.
    """

    def __init__(self, edition: Edition, language: Language, typesetter: Typesetter) -> None:
        self.edition = edition
        self.language = language
        self.typesetter = typesetter
        self.forms = language.labels.notes
        self.notes: list[str] = []
        """The sources of each note so far, as text: ``ic202 ic242``."""
        self._first: dict[str, int] = {}
        self._with_words = 0

    # -- notes

    def called(self, body: Markup, citations: list[Citation]) -> Markup:
        """A note with the next number on its page, called where it stands."""
        self._with_words = len(self.notes) + 1
        return self._numbered(body, citations)

    def called_alike(self, citations: list[Citation]) -> Markup:
        """A note that says that it cites just what the last one cites."""
        same = self._form(capital(self.forms.same))
        return self._numbered(same.format(note=self._pointer(self._with_words)), citations)

    def called_again(self) -> Markup:
        """Another call of the last note."""
        number = len(self.notes)
        return Markup(
            '<a class="call-again" role="doc-noteref" href="#note-{}" aria-label="{}">{}</a>'
        ).format(number, self.language.labels.headings.note.format(number=number), number)

    def first_note(self, key: str) -> int | None:
        """The number of the first note so far that cites the source."""
        return self._first.get(key)

    def _numbered(self, body: Markup, citations: list[Citation]) -> Markup:
        self.notes.append(" ".join(citation.key for citation in citations))
        number = len(self.notes)
        # A full stop after an address would seem to be a part of it.
        body = Markup(body.removesuffix("."))
        body += "" if _ENDS_WITH_ADDRESS.search(body) else "."
        headings = self.language.labels.headings
        return Markup(
            '<span class="note" id="note-{}" aria-label="{}" data-back-label="{}">{}</span>'
        ).format(
            number,
            headings.note.format(number=number),
            headings.back_to_text.format(number=number),
            body,
        )

    def _pointer(self, number: int) -> Markup:
        """A link to a note; a page that is not its own is said by the stylesheet."""
        before, _, after = self.forms.earlier_page.partition("{page}")
        words = self._form(self.forms.earlier_note).format(number=number)
        return Markup(
            '<a class="to-note" href="#note-{}" data-page-before="{}" data-page-after="{}">{}</a>'
        ).format(number, before, after, words)

    # -- references

    def note(self, citations: list[Citation], *, first: bool = True) -> Markup:
        """The references of one note in order; ``first`` gives it a capital."""
        note = self.reference(citations[0], first=first)
        for citation in citations[1:]:
            following = self.reference(citation, first=False)
            note = self._form(self.forms.several).format(first=note, next=following)
        return note

    def reference(self, citation: Citation, *, first: bool = True) -> Markup:
        """One reference in the note that comes next: full, or short where that was said before."""
        here = len(self.notes) + 1
        number = self._first.get(citation.key)
        if number is None:
            self._first[citation.key] = here
            return self._full(citation, first)
        source = self.edition.sources[citation.key]
        form = self.forms.short.get(source.kind.form) or self.forms.forms[source.kind.form]
        reference = self._words(citation, source, self._parts(form, citation, source), first)
        if number == here:
            return reference
        earlier = self._form(self.forms.earlier)
        return earlier.format(reference=reference, note=self._pointer(number))

    def _full(self, citation: Citation, first: bool) -> Markup:
        """What the source is, its date and its address."""
        source = self.edition.sources[citation.key]
        form = self.forms.forms[source.kind.form]
        parts = [*self._parts(form, citation, source), *self._remarks(citation, source)]
        reference = self._words(citation, source, parts, first)
        if address := self.address(source):
            form_of_address = self._form(self.forms.with_address)
            reference = form_of_address.format(reference=reference, address=url_link(address))
        if source.archive:
            archived = self._form(self.forms.archived).format(archive=url_link(source.archive))
            reference += Markup(" ({})").format(archived)
        return reference

    def address(self, source: Source) -> str | None:
        """The address that serves the source to readers of this language."""
        if not source.url:
            return None
        for start, other in self.language.labels.addresses.items():
            if source.url.startswith(start):
                return other + source.url.removeprefix(start)
        return source.url

    def _words(self, citation: Citation, source: Source, parts: list[str], first: bool) -> Markup:
        """``parts`` of a reference after its prefix, typeset."""
        words = ", ".join(parts)
        if citation.prefix:
            words = f"{citation.prefix} {words}"
        if first:
            words = _FIRST.sub(lambda match: match[0].upper(), words)
        html = self.typesetter.superscripts(str(self._form(words)))
        return Markup(html.translate(_tags(source)))

    def _parts(self, form: list[str], citation: Citation, source: Source) -> list[str]:
        values = self._values(citation, source)
        return [_works(part).format(**values) for part in chosen(form, values.keys())]

    def _remarks(self, citation: Citation, source: Source) -> Iterator[str]:
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
            "family": enumeration(author.family for author in authors),
            "answered_by": minister if source.outcome is Outcome.ANSWERED else "",
            "refused_by": minister if source.outcome is Outcome.REFUSED else "",
            "title": names.titles.get(citation.key) or self._spoken(source, source.title),
            "container": self._spoken(source, source.container_title),
            "publisher": enumeration(_works(names.bodies[body]) for body in source.publisher),
            "number": source.number or "",
            "words": names.sources.get(citation.key, ""),
            "locator": citation.locator,
            "date": issued,
            "day": issued if source.issued and source.issued.day else "",
            "publishers": enumeration(names.body_names[b] for b in self.edition.facts.publishers),
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
    """The address as it is typed into a browser, as a link."""
    # No line ends right after a scheme.
    shown = address.removeprefix(_SCHEME).replace("://", f"://{WORD_JOINER}", 1)
    link = '<a class="url" href="{}" aria-label="{}">{}</a>'
    return Markup(link).format(address, address, shown)
