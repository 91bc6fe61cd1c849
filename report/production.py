"""Typesets, finishes and inspects every file of an edition, one process per language."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .edition.edition import FACT_FILES
from .edition.load import load_edition
from .edition.queries import open_queries
from .options import Made, Options, Progress, silent
from .output.outputs import Design, Material, Output, Typeset, chosen
from .output.xmp import Description
from .pages.render import Page, document_identifier, render_page
from .pages.typography import hyphenation_dictionary, whole_words
from .preflight.inspect import asked_by, inspect
from .problems import ContentError, Finding, Level, ReportError, joined
from .processes import finished, without_garbage_collection, worker_processes
from .styles import load_palette, load_preset
from .typeset.breaks import inspect_breaks
from .typeset.engine import MissingGlyphError, draw, layout, load_engine
from .typeset.fonts import missing_characters
from .typeset.inspection import inspect_layout
from .typeset.patches import use_hyphenation
from .typeset.spaces import spoken


@dataclass(frozen=True)
class Production:
    """What was made of an edition, and what remains to be looked at."""

    made: list[Made]
    queries: list[str]
    """Editors' questions still open, with their place."""
    warnings: list[Finding]
    """What is only unsightly in the pages, and what preflight warns of."""


def produce(options: Options, folder: Path, progress: Progress = silent) -> Production:
    """Make the files in ``folder``.

    Raises ReportError with the findings of all languages: content that cannot be printed, pages
    or files that are not fit to leave the house.
    """
    selection = options.selection
    outputs = chosen(options.only, selection, draft=options.draft, correction=options.correction)
    preset = load_preset(options.preset, options.styles)
    if any(output.use == "print" for output in outputs):
        preset.icc()
    palette = load_palette(options.styles)
    if any(output.design for output in outputs):
        _load_all()
    edition = load_edition(options.content, options.languages, options.styles)
    selection.measures(edition)
    jobs = [
        _Job(
            Material(
                edition, words, selection, preset, palette, options.draft, options.correction
            ),
            outputs,
            options,
            folder,
            progress,
        )
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
    return Production(made, [str(query) for query in open_queries(edition)], warnings)


def _load_all() -> None:
    """Load the engine, and what needs it, before the languages part ways."""
    load_engine()
    from .typeset import tagging  # noqa: F401


@dataclass(frozen=True)
class _Job:
    """One language, in a process of its own."""

    material: Material
    outputs: Sequence[Output]
    options: Options
    folder: Path
    progress: Progress

    def run(self) -> tuple[list[Made], list[Finding]]:
        """The files made, in the order of their outputs, and what is only unsightly in them."""
        start = time.perf_counter()
        designs: dict[Design | None, list[Output]] = {}
        for output in self.outputs:
            designs.setdefault(output.design, []).append(output)
        made: dict[str, Made] = {}
        warnings: list[Finding] = []
        with without_garbage_collection():
            for design, outputs in designs.items():
                material: Material = self.material
                if design:
                    material, noted = self._typeset(design)
                    warnings += noted
                for output in outputs:
                    count = f"{len(made) + 1} of {len(self.outputs)}"
                    doing = "making and inspecting" if output.use else "making"
                    self._say(f"{doing} {output.name} ({count})")
                    made[output.name], noted = self._made(output, material, start)
                    warnings += noted
        return [made[output.name] for output in self.outputs], warnings

    def _typeset(self, design: Design) -> tuple[Typeset, list[Finding]]:
        base = self.material
        page = render_page(
            base.edition,
            base.language,
            base.selection,
            template=design.template,
            draft=base.draft,
        )
        self._say("typesetting")
        document, warnings = self._laid_out(page, design)
        self._say(f"drawing {len(document.pages)} pages")
        from .typeset.tagging import installed  # once the engine is loaded

        try:
            with installed():
                drawing = draw(document)
        except MissingGlyphError as error:
            missing = missing_characters(self._texts())
            raise (ContentError([missing]) if missing else error) from None
        description = self._description(document, page)
        return Typeset(**vars(base), page=page, drawing=drawing, about=description), warnings

    def _made(
        self, output: Output, material: Material, start: float
    ) -> tuple[Made, list[Finding]]:
        data = output.make(material)
        path = self.folder / output.file_name(material)
        path.write_bytes(data)
        pages, findings = self._inspected(path, output)
        made = Made(
            path=self.options.out / path.name,
            language=material.language.tag,
            kind=output.name,
            pages=pages,
            notes=len(material.page.notes) if isinstance(material, Typeset) else 0,
            size=len(data),
            seconds=time.perf_counter() - start,
        )
        return made, findings

    def _say(self, what: str) -> None:
        self.progress(f"{self.material.language.tag}: {what}")

    def _laid_out(self, page: Page, design: Design) -> tuple[Any, list[Finding]]:
        language = self.material.language
        rules = language.labels.typography
        dictionary = self.folder / f"{language.tag}.dic"
        words = hyphenation_dictionary(rules, page.html)
        dictionary.write_text(words, encoding="utf-8")
        with use_hyphenation(rules.hyphenation, dictionary):
            document = layout(page.html, design.stylesheets, design.geometry, self.options.styles)
        dictionary.unlink()
        findings = inspect_layout(document, language.tag, len(page.notes))
        findings += inspect_breaks(document, language.tag, whole_words(rules, page.html))
        if any(finding.level is Level.ERROR for finding in findings):
            raise ContentError(findings)
        return document, findings

    def _texts(self) -> dict[str, str]:
        """The files that this language prints, by name."""
        edition, own = self.material.edition, (f"{self.material.language.tag}/", *FACT_FILES)
        return {
            name: (edition.folder / name).read_text(encoding="utf-8-sig")
            for name in edition.files
            if name.startswith(own)
        }

    def _description(self, document: Any, page: Page) -> Description:
        from weasyprint import VERSION

        metadata = document.metadata
        return Description(
            title=spoken(metadata.title),
            author=spoken(", ".join(metadata.authors)),
            subject=spoken(metadata.description),
            language=self.material.language.labels.language,
            day=self.material.edition.facts.date,
            producer=f"WeasyPrint {VERSION}",
            identifier=document_identifier(page.html),
        )

    def _inspected(self, path: Path, output: Output) -> tuple[int, list[Finding]]:
        """Pages of the file and what preflight warns of. Raises ContentError on a failure."""
        if not output.use:
            return 0, []
        trim = output.design.geometry if output.design else None
        inspection = inspect(path, expected=asked_by(self.material.preset, output.use, trim))
        findings = [
            replace(finding, place=replace(finding.place, file=path.name))
            for finding in inspection.findings
        ]
        if not inspection.passed:
            raise ContentError(findings)
        return inspection.pages, findings
