"""Typesets a page of HTML with WeasyPrint, from the project's own files only."""

from __future__ import annotations

import ctypes.util
import hashlib
import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..styles import FONTS, STYLES, load_palette
from .patches import (
    LayoutError,
    end_split_boxes_with_their_text,
    keep_notes_on_the_page_of_their_call,
)

ENGINE_VERSION = "70.0"


_MISSING_GLYPH = re.compile(r'\.notdef glyph .*: "(.)" \(U\+')


class MissingGlyphError(LayoutError):
    """No bundled font has ``character``."""

    def __init__(self, character: str) -> None:
        super().__init__(f'no font has the character "{character}" (U+{ord(character):04X})')
        self.character = character


@cache
def load_engine() -> ModuleType:
    """WeasyPrint, loaded so that it sees the bundled fonts alone and keeps notes in place.

    Raises LayoutError for an engine this module was not written for.
    """
    os.environ["FONTCONFIG_FILE"] = str(_fontconfig_file())
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        # It would start a compiler for each library name it does not find; the engine also
        # tries the sonames, which the dynamic linker finds by itself.
        ctypes.util.find_library = lambda name: None
    try:
        import weasyprint
    except OSError as error:
        message = "the engine lacks a system library; run `make report`, which installs it"
        raise LayoutError(f"{message} ({error})") from None
    finally:
        ctypes.util.find_library = find_library
    if weasyprint.__version__ != ENGINE_VERSION:
        raise LayoutError(
            f"WeasyPrint {ENGINE_VERSION} is needed, {weasyprint.__version__} is installed;"
            " run `make report`, which installs it"
        )
    keep_notes_on_the_page_of_their_call()
    engine: ModuleType = weasyprint
    return engine


def _fontconfig_file() -> Path:
    """A Fontconfig configuration that lists the bundled fonts and no others."""
    cache_folder = Path(tempfile.gettempdir()) / f"report-fonts-{os.getuid()}"
    cache_folder.mkdir(mode=0o700, exist_ok=True)
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONTS}</dir><cachedir>{cache_folder}</cachedir></fontconfig>"
    )
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    file = cache_folder / f"fonts-{digest}.conf"
    if not file.exists():
        temporary = file.with_suffix(f".{os.getpid()}")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(file)
    return file


def layout(html: str) -> Any:
    """Lay ``html`` out and return WeasyPrint's ``Document``.

    Raises LayoutError when the engine complains, asks for a file that is not the project's,
    or lacks a glyph.
    """
    weasyprint = load_engine()
    fetcher = _project_fetcher()
    palette = load_palette()
    colours = "".join(f"--{name}: {entry['screen']};" for name, entry in palette.items())
    css = f":root {{{colours}}}\n" + (STYLES / "report.css").read_text(encoding="utf-8")
    with _complaints("layout"):
        sheet = weasyprint.CSS(string=css, url_fetcher=fetcher, base_url="project:")
        page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="project:")
        document = page.render(stylesheets=[sheet], pdf_tags=True)
    end_split_boxes_with_their_text(document)
    return document


@cache
def _project_fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    palette = load_palette()

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        """Serves the icons of the project and nothing else: no network, no file."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            match = re.fullmatch(r"icon:([a-z_]+)", url)
            if not match:
                raise ValueError(f"content may not fetch {url}")
            svg = (STYLES / "icons" / f"{match[1]}.svg").read_text(encoding="utf-8")
            for name, entry in palette.items():
                svg = svg.replace(f"var(--{name})", entry["screen"])
            return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})

    return ProjectFetcher()


@contextmanager
def _complaints(stage: str) -> Iterator[None]:
    """Turn every warning and error the engine logs into a failure."""
    records: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
    for record in records:
        if match := _MISSING_GLYPH.search(record):
            raise MissingGlyphError(match[1])
    if records:
        listed = "\n  ".join(dict.fromkeys(records))
        raise LayoutError(f"the engine complains during {stage}:\n  {listed}")


def draw(document: Any) -> Any:
    """Draw a laid-out ``Document`` and return its pydyf ``PDF``, tagged, not yet written.

    Raises LayoutError when the engine complains, MissingGlyphError when no font has a character.
    """
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.pdf import generate_pdf

    with _complaints("drawing"):
        return generate_pdf(document, None, 1, **{**DEFAULT_OPTIONS, "pdf_tags": True})
