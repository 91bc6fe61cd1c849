"""The real edition, built once per test process.

What its tests expect they read from its content, so that they hold for the next edition too;
``EDITION`` in the environment names another folder to test.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from pypdf import PdfReader

from report.build import Made, Options, build
from report.edition.edition import Edition
from report.edition.load import load_edition

ROOT = Path(__file__).resolve().parent.parent
CONTENT = Path(os.environ.get("EDITION", ROOT / "content"))
LANGUAGES = tuple(sorted(path.parent.name for path in CONTENT.glob("[!.]*/labels.yaml")))
TAG = LANGUAGES[-1]
"""One of its languages, where one will do."""


@cache
def built() -> dict[tuple[str, str], Made]:
    """Every file of the real edition, by language and kind."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {(made.language, made.kind): made for made in build(Options(CONTENT, folder)).made}


@cache
def x1a() -> Path:
    """The print file of one language, for a printer who asks for PDF/X-1a."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    options = Options(CONTENT, folder, (TAG,), preset="coated-3mm-x1a", only=("print",))
    (made,) = build(options).made
    return made.path


@cache
def edition() -> Edition:
    """The real edition's content."""
    return load_edition(CONTENT)


def stem(language: str) -> str:
    """How the names of its files in ``language`` begin."""
    facts = edition().facts
    return f"{facts.file_title}-{facts.date.isoformat()}-{language}"


@cache
def reader(language: str, kind: str = "screen") -> PdfReader:
    """A file of the real edition, read back."""
    return PdfReader(built()[language, kind].path)


@cache
def text(language: str, kind: str = "screen") -> str:
    """All its text on one line, with typographic spaces made plain and hyphens of lines gone."""
    raw = " ".join(page.extract_text() for page in reader(language, kind).pages)
    return plain(raw)


def plain(raw: str) -> str:
    """``raw`` with every space plain and single and without invisible characters."""
    for space in "\u00a0\u202f":
        raw = raw.replace(space, " ")
    return " ".join(raw.replace("\u2060", "").replace("\u00ad", "").split())
