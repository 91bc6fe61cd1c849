"""Typesets, finishes and inspects every file of an edition, one process per language."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .edition.edition import FACTS, Edition, Language
from .edition.load import load_edition
from .options import Made, Options
from .output.print import finish_print
from .output.screen import finish_screen
from .output.xmp import Description
from .pages.data import as_csv, as_json
from .pages.render import Page, document_identifier, render_page
from .pages.typography import hyphenation_dictionary
from .preflight.inspect import asked_by, inspect
from .problems import ContentError, Finding, Level, ReportError, joined
from .processes import finished, without_garbage_collection, worker_processes
from .styles import Palette, Preset, load_palette, load_preset
from .typeset.engine import MissingGlyphError, draw, layout, load_engine
from .typeset.inspection import inspect_layout
from .typeset.patches import use_hyphenation


@dataclass(frozen=True)
class Production:
    """What was made of an edition, and what remains to be looked at."""

    made: list[Made]
    queries: list[str]
    """Editors' questions still open, with their place."""
    warnings: list[Finding]
    """What is only unsightly in the pages, and what preflight warns of."""


def produce(options: Options, folder: Path) -> Production:
    """Make the files in ``folder``.

    Raises ReportError with the findings of all languages: content that cannot be printed, pages
    or files that are not fit to leave the house.
    """
    preset = load_preset(options.preset, options.styles)
    preset.icc()
    palette = load_palette(options.styles)
    _load_all()
    edition = load_edition(options.content, options.languages)
    jobs = [
        _Job(edition, words, options, preset, palette, folder)
        for words in edition.languages.values()
    ]
    made: list[Made] = []
    warnings: list[Finding] = []
    errors: list[ReportError] = []
    with worker_processes(len(jobs)) as pool:
        for task in [pool.submit(job.run) for job in jobs]:
            try:
                files, noted = finished(task)
                made += files
                warnings += noted
            except ReportError as error:
                errors.append(error)
    if errors:
        raise joined(errors)
    return Production(made, _queries(edition), warnings)


def _load_all() -> None:
    """Load the engine, and what needs it, before the languages part ways."""
    load_engine()
    from .typeset import tagging  # noqa: F401


def _queries(edition: Edition) -> list[str]:
    found = []
    for tag, language in edition.languages.items():
        for file, queries in [
            (f"{tag}/edition.yaml", language.edition.queries),
            *(
                (f"{tag}/measures/{key}.yaml", text.queries)
                for key, text in language.measures.items()
            ),
        ]:
            for index, query in enumerate(queries):
                place = edition.files[file].place(("queries", index))
                found.append(f"{place.file}:{place.line}: {query}")
    return found


@dataclass(frozen=True)
class _Job:
    """One language, in a process of its own."""

    edition: Edition
    language: Language
    options: Options
    preset: Preset
    palette: Palette
    folder: Path

    def run(self) -> tuple[list[Made], list[Finding]]:
        """The files made and what is only unsightly in them."""
        start = time.perf_counter()
        with without_garbage_collection():
            page = render_page(self.edition, self.language, draft=self.options.draft)
            document, warnings = self._laid_out(page)
            from .typeset.tagging import installed  # once the engine is loaded

            try:
                with installed():
                    drawing = draw(document)
            except MissingGlyphError as error:
                raise ReportError(f"{self._file_with(error.character)}: {error}") from None
            about = self._description(document, page)
            made: list[Made] = []
            for kind, data in self._files(drawing, about):
                path = self.folder / self._name(kind)
                path.write_bytes(data)
                pages, noted = self._inspected(path, kind)
                warnings += noted
                made.append(
                    Made(
                        path=self.options.out / path.name,
                        language=self.language.tag,
                        kind=kind,
                        pages=pages,
                        notes=len(page.notes),
                        size=len(data),
                        seconds=time.perf_counter() - start,
                    )
                )
        return made, warnings

    def _laid_out(self, page: Page) -> tuple[Any, list[Finding]]:
        rules = self.language.labels.typography
        dictionary = self.folder / f"{self.language.tag}.dic"
        words = hyphenation_dictionary(rules, page.html, whole=page.last_words)
        dictionary.write_text(words, encoding="utf-8")
        use_hyphenation(rules.hyphenation, dictionary)
        document = layout(page.html, styles=self.options.styles)
        dictionary.unlink()
        findings = inspect_layout(document, self.language.tag, len(page.notes))
        if any(finding.level is Level.ERROR for finding in findings):
            raise ContentError(findings)
        return document, findings

    def _file_with(self, character: str) -> str:
        """Where ``character`` stands first in what this language prints: file and line."""
        own = (f"{self.language.tag}/", *FACTS)
        for name in self.edition.files:
            if name.startswith(own):
                text = (self.edition.folder / name).read_text(encoding="utf-8-sig")
                if character in text:
                    return f"{name}:{text.partition(character)[0].count(chr(10)) + 1}"
        return self.language.tag

    def _description(self, document: Any, page: Page) -> Description:
        from weasyprint import VERSION

        metadata = document.metadata
        return Description(
            title=metadata.title,
            author=", ".join(metadata.authors),
            subject=metadata.description,
            language=self.language.labels.language,
            day=self.edition.facts.date,
            producer=f"WeasyPrint {VERSION}",
            identifier=document_identifier(page.html),
        )

    def _files(self, drawing: Any, about: Description) -> Iterable[tuple[str, bytes]]:
        if "screen" in self.options.uses:
            yield "screen", finish_screen(drawing, about)
            yield "data", as_csv(self.edition, self.language)
            yield "data-json", as_json(self.edition, self.language)
        if "print" in self.options.uses:
            yield "print", finish_print(drawing, about, self.preset, self.palette)

    def _name(self, kind: str) -> str:
        facts = self.edition.facts
        parts = [facts.file_title, facts.date.isoformat(), self.language.tag]
        if self.options.draft:
            parts.append("draft")
        if kind == "print":
            parts += ["print", self.preset.name]
        if self.options.correction is not None:
            parts.append(f"corr{self.options.correction}")
        ending = {"data": ".csv", "data-json": ".json"}.get(kind, ".pdf")
        return "-".join(parts) + ending

    def _inspected(self, path: Path, kind: str) -> tuple[int, list[Finding]]:
        """Pages of the file and what preflight warns of. Raises ContentError on a failure."""
        if kind not in ("screen", "print"):
            return 0, []
        expected = asked_by(self.preset, "screen" if kind == "screen" else "print")
        inspection = inspect(path, expected=expected)
        findings = [
            replace(finding, place=replace(finding.place, file=path.name))
            for finding in inspection.findings
        ]
        if not inspection.passed:
            raise ContentError(findings)
        return inspection.pages, findings
