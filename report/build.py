"""Builds every file of an edition: all of them, or none."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .content import Edition, Language, load_edition
from .data import as_csv, as_json
from .finishing import Preset, finish_print, finish_screen, load_preset
from .layout import inspect_layout
from .pages import Page, document_identifier, protected_names, render_page
from .problems import ContentError, Problem, ReportError
from .typography import hyphenation_dictionary
from .xmp import Description


@dataclass(frozen=True)
class Options:
    """What to build and where."""

    content: Path
    out: Path
    languages: tuple[str, ...] = ()
    """Languages to build; none means all."""
    draft: bool = False
    """Print editors' questions, for the screen only."""
    preset: str = "coated-3mm"
    """Printer's preset."""
    correction: int | None = None
    """Number of a correction: then only the print file is built, named for it."""


@dataclass(frozen=True)
class Made:
    """A file that was built."""

    path: Path
    language: str
    kind: str
    pages: int
    notes: int
    size: int
    """Bytes."""
    seconds: float
    """From the start of its language to the end of its inspection."""


@dataclass(frozen=True)
class Result:
    """What a build made, and what remains to be looked at."""

    made: list[Made]
    queries: list[str]
    """Editors' questions still open, with their place."""
    warnings: list[str]
    """What preflight warns of."""


Progress = Callable[[str], None]


def build(options: Options, progress: Progress = lambda message: None) -> Result:
    """Build the edition. Raises ReportError, and changes no file, when anything is wrong."""
    preset = load_preset(options.preset)
    preset.icc()
    progress("reading the content")
    edition = load_edition(options.content, options.languages)
    pages = _render(edition, options)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=options.out) as folder:
        jobs = [
            _Job(edition, language, page, options, preset, Path(folder))
            for language, page in pages
        ]
        made, warnings = _run(jobs, progress)
        for item in made:
            os.replace(Path(folder) / item.path.name, item.path)
    return Result(made, _queries(edition), warnings)


def _render(edition: Edition, options: Options) -> list[tuple[Language, Page]]:
    pages: list[tuple[Language, Page]] = []
    problems: list[Problem] = []
    for language in edition.languages.values():
        try:
            pages.append((language, render_page(edition, language, draft=options.draft)))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return pages


def _run(jobs: list[_Job], progress: Progress) -> tuple[list[Made], list[str]]:
    made: list[Made] = []
    warnings: list[str] = []
    failures: list[str] = []
    # Forking shares what is loaded; elsewhere than on Linux system libraries forbid it.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1), mp_context=context) as pool:
        tasks = {job.language.tag: pool.submit(job.run) for job in jobs}
        progress(f"typesetting {', '.join(tasks)}")
        for task in tasks.values():
            try:
                files, noted = task.result()
                made += files
                warnings += noted
            except ReportError as error:
                failures.append(str(error))
    if failures:
        raise ReportError("\n".join(failures))
    return made, warnings


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
    page: Page
    options: Options
    preset: Preset
    folder: Path

    def run(self) -> tuple[list[Made], list[str]]:
        start = time.perf_counter()
        document, warnings = self._laid_out()
        # The engine is loaded by now; the structure tree's module needs it.
        from .tagging import installed
        from .typesetting import draw

        with installed():
            drawing = draw(document)
        about = self._description(document)
        made: list[Made] = []
        for kind, data in self._files(drawing, about):
            path = self.folder / self._name(kind)
            path.write_bytes(data)
            pages, noted = self._inspected(path, kind, len(document.pages))
            warnings += noted
            seconds = time.perf_counter() - start
            target = self.options.out / path.name
            notes = len(self.page.notes)
            made.append(
                Made(target, self.language.tag, kind, pages, notes, len(data), seconds)
            )
        return made, warnings

    def _laid_out(self) -> tuple[Any, list[str]]:
        from . import typesetting

        typesetting.load_engine()
        rules = self.language.labels.typography
        names = protected_names(self.edition, self.language)
        dictionary = hyphenation_dictionary(rules, names, self.folder)
        typesetting.use_hyphenation(rules.hyphenation, dictionary)
        document = typesetting.layout(self.page.html)
        dictionary.unlink()
        notes = len(self.page.notes)
        problems, warnings = inspect_layout(document, self.language.tag, notes)
        if problems:
            raise ReportError("\n".join(map(str, problems)))
        return document, list(map(str, warnings))

    def _description(self, document: Any) -> Description:
        from weasyprint import VERSION

        metadata = document.metadata
        return Description(
            title=metadata.title,
            author=", ".join(metadata.authors),
            subject=metadata.description,
            language=self.language.labels.language,
            day=self.edition.facts.date,
            producer=f"WeasyPrint {VERSION}",
            identifier=document_identifier(self.page.html),
        )

    def _files(self, drawing: Any, about: Description) -> Iterable[tuple[str, bytes]]:
        if self.options.correction is None:
            yield "screen", finish_screen(drawing, about)
            yield "data", as_csv(self.edition, self.language)
            yield "data-json", as_json(self.edition, self.language)
        if not self.options.draft:
            yield "print", finish_print(drawing, about, self.preset)

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

    def _inspected(self, path: Path, kind: str, pages: int) -> tuple[int, list[str]]:
        """Pages of the file and what preflight warns of. Raises ReportError on a failure."""
        if kind not in ("screen", "print"):
            return 0, []
        from .preflight import Profile, inspect, report_lines

        profile = Profile(
            use="screen" if kind == "screen" else "print",
            bleed_mm=self.preset.bleed_mm,
            page_multiple=self.preset.page_multiple,
            condition=self.preset.condition,
        )
        inspection = inspect(path, expected=profile)
        lines = report_lines(inspection)
        if not inspection.passed:
            raise ReportError("\n".join(lines))
        return inspection.pages, lines if inspection.findings else []
