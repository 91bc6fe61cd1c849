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
from .typesetting import (
    draw,
    layout,
    load_engine,
    use_hyphenation,
    without_garbage_collection,
)
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
    strict: bool = False
    """Let warnings of the editorial checks stop the build too."""
    only: str | None = None
    """Build this kind of file alone: ``screen`` or ``print``."""
    correction: int | None = None
    """Number of a correction: then only the print file is built, named for it."""

    @property
    def uses(self) -> tuple[str, ...]:
        """What is built: a draft is for the screen, a correction for the printer."""
        if self.draft or self.correction is not None:
            return ("screen",) if self.draft else ("print",)
        return (self.only,) if self.only else ("screen", "print")


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
    """What the editorial checks and preflight warn of."""


Progress = Callable[[str], None]


def build(options: Options, progress: Progress = lambda message: None) -> Result:
    """Build the edition. Raises ReportError, and changes no file, when anything is wrong."""
    preset = load_preset(options.preset)
    preset.icc()
    progress("reading the content")
    edition = load_edition(options.content, options.languages)
    try:
        made, warnings = _build_beside(edition, options, preset, progress)
    except OSError as error:
        raise ReportError(f"cannot write to {options.out}: {error.strerror}") from None
    return Result(made, _queries(edition), warnings)


def _build_beside(
    edition: Edition, options: Options, preset: Preset, progress: Progress
) -> tuple[list[Made], list[str]]:
    """Build in a folder on the same file system and move everything into place at the end."""
    beside = options.out if options.out.is_dir() else options.out.parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=beside) as folder:
        jobs = [
            _Job(edition, language, options, preset, Path(folder))
            for language in edition.languages.values()
        ]
        made, warnings = _run(jobs, progress)
        options.out.mkdir(exist_ok=True)
        for item in made:
            os.replace(Path(folder) / item.path.name, item.path)
    return made, warnings


def _run(jobs: list[_Job], progress: Progress) -> tuple[list[Made], list[str]]:
    made: list[Made] = []
    problems: list[Problem] = []
    # Forking shares what is loaded; elsewhere than on Linux system libraries forbid it.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1), mp_context=context) as pool:
        tasks = {job.language.tag: pool.submit(job.run) for job in jobs}
        progress(f"typesetting {', '.join(tasks)}")
        # This process has nothing to do but wait, so it reads what the others print.
        failures, warnings = _checked(jobs[0].options)
        for task in tasks.values():
            try:
                files, noted = task.result()
                made += files
                warnings += noted
            except ContentError as error:
                problems += error.problems
            except ReportError as error:
                failures.append(str(error))
    if problems:
        raise ContentError(problems)
    if failures:
        raise ReportError("\n".join(failures))
    return made, warnings


def _checked(options: Options) -> tuple[list[str], list[str]]:
    """What the editorial checks hold against the edition: what stops it, and what does not.

    A draft is never stopped: it is there to be corrected.
    """
    from .checks import check_edition, format_finding
    from .findings import Level

    # Reading dictionaries takes seconds and only ever warns; `check` and a strict build spell.
    without = () if options.strict else ("spelling",)
    report = check_edition(options.content, options.languages, without=without)
    listed = [format_finding(item) for item in report.findings if item.level is not Level.NOTE]
    if options.draft or report.passes(strict=options.strict):
        return [], listed
    return listed, []


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
    folder: Path

    def run(self) -> tuple[list[Made], list[str]]:
        """The files made and what is only unsightly in them."""
        start = time.perf_counter()
        with without_garbage_collection():
            page = render_page(self.edition, self.language, draft=self.options.draft)
            document, warnings = self._laid_out(page)
            # The engine is loaded by now; the structure tree's module needs it.
            from .tagging import installed

            with installed():
                drawing = draw(document)
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

    def _laid_out(self, page: Page) -> tuple[Any, list[str]]:
        load_engine()
        rules = self.language.labels.typography
        names = protected_names(self.edition, self.language)
        dictionary = hyphenation_dictionary(rules, names, self.folder)
        use_hyphenation(rules.hyphenation, dictionary)
        document = layout(page.html)
        dictionary.unlink()
        problems, warnings = inspect_layout(document, self.language.tag, len(page.notes))
        if problems:
            raise ReportError("\n".join(map(str, problems)))
        return document, list(map(str, warnings))

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

    def _inspected(self, path: Path, kind: str) -> tuple[int, list[str]]:
        """Pages of the file and what preflight warns of. Raises ReportError on a failure."""
        if kind not in ("screen", "print"):
            return 0, []
        from .preflight import asked_by, inspect, report_lines

        expected = asked_by(self.preset, "screen" if kind == "screen" else "print")
        inspection = inspect(path, expected=expected)
        lines = report_lines(inspection)
        if not inspection.passed:
            raise ReportError("\n".join(lines))
        return inspection.pages, lines if inspection.findings else []
