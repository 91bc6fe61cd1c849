"""Editions to test with: a tiny one that a test may break, and the one in the project."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from report.edition.edition import Edition
from report.edition.load import load_edition
from report.pages.render import Page, render_page
from report.preflight.validators import missing
from report.problems import ContentError, Finding
from report.typeset.engine import load_engine
from tests import real_edition

# Before any test imports the engine, so that every test sees the bundled fonts alone.
load_engine()

TINY = Path(__file__).parent / "fixtures" / "tiny"


def brief(finding: Finding) -> str:
    """Where it is, by file and line, and what is wrong."""
    place = finding.place
    return f"{place.file}{f':{place.line}' if place.line else ''}: {finding.message}"


@dataclass(frozen=True)
class TinyEdition:
    """A copy of an edition of two measures in German, and what the project says of it."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> TinyEdition:
        """Replace ``old``, which stands once in ``file``."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return self

    def write(self, file: str, text: str) -> TinyEdition:
        """Replace all of ``file``."""
        (self.folder / file).write_text(text, encoding="utf-8")
        return self

    def problems(self) -> list[str]:
        """What is wrong with the edition, or with its prose once it loads."""
        try:
            edition = load_edition(self.folder)
            for language in edition.languages.values():
                render_page(edition, language)
        except ContentError as error:
            return [brief(finding) for finding in error.findings]
        return []

    def page(self, *, draft: bool = False) -> Page:
        """Its page of HTML."""
        edition = load_edition(self.folder)
        return render_page(edition, edition.languages["de"], draft=draft)


@pytest.fixture
def tiny(tmp_path: Path) -> TinyEdition:
    """A copy of the tiny edition, free to be broken."""
    return TinyEdition(Path(shutil.copytree(TINY, tmp_path / "tiny")))


@pytest.fixture(scope="session")
def tiny_edition() -> Edition:
    """The tiny edition, loaded."""
    return load_edition(TINY)


@pytest.fixture(scope="session")
def real_pages() -> dict[str, Page]:
    """The page of each language of the project's edition."""
    languages = real_edition.edition().languages
    return {tag: render_page(real_edition.edition(), languages[tag]) for tag in languages}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many validators ran, and loudly which did not."""
    absent = missing()
    terminalreporter.write_line(f"validators that ran: {3 - len(absent)} of 3")
    for name, reason in absent.items():
        terminalreporter.write_line(f"VALIDATOR DID NOT RUN: {name}: {reason}", red=True)
