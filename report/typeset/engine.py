"""Typesets a page of HTML with WeasyPrint, from the project's own files only."""

from __future__ import annotations

import ctypes.util
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..problems import ContentError, Finding, Place
from ..styles import (
    A4,
    FONTS,
    REPORT_STYLES,
    STYLES,
    Geometry,
    icon,
    load_palette,
    page_rules,
    painted,
    stylesheet,
    variables,
)
from .fonts import CONFIGURATION, require_fonts, require_own_fonts
from .patches import (
    LayoutError,
    end_split_boxes_with_their_text,
    keep_notes_on_the_page_of_their_call,
    say_no_page_on_that_page_itself,
    tell_bookmarks_plainly,
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

    Raises LayoutError for an engine this module was not written for, and when a font is missing.
    """
    require_fonts()
    os.environ["FONTCONFIG_FILE"] = str(FONTS / CONFIGURATION)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
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
    say_no_page_on_that_page_itself()
    from .wrapping import wrap_text_well  # once the engine is loaded

    wrap_text_well()
    engine: ModuleType = weasyprint
    return engine


def layout(
    html: str,
    stylesheets: Sequence[str] = REPORT_STYLES,
    geometry: Geometry = A4,
    styles: Path = STYLES,
) -> Any:
    """Lay ``html`` out and return WeasyPrint's ``Document``.

    ``stylesheets`` are files of the folder ``styles``. Raises LayoutError when the engine
    complains, asks for a file that is not the project's, or lacks a glyph, and ContentError for
    a style file with a fault.
    """
    weasyprint = load_engine()
    fetcher = _project_fetcher(styles)
    palette = load_palette(styles)
    rules = page_rules(geometry, palette)
    defined = variables(rules) | variables(html)
    sheets = [_parsed("page", rules, fetcher)]
    for name in stylesheets:
        css = stylesheet(name, defined, styles)
        defined |= variables(css)
        sheets.append(_parsed(f"{styles.name}/{name}", css, fetcher))
    with _complaints("layout"):
        source = painted(html, palette)
        page = weasyprint.HTML(string=source, url_fetcher=fetcher, base_url="project:")
        document = page.render(stylesheets=sheets, pdf_tags=True)
    end_split_boxes_with_their_text(document)
    tell_bookmarks_plainly(document)
    return document


_COMPLAINT = re.compile(r"(.+) at (\d+):(\d+), (.+)\.")


def _parsed(name: str, css: str, fetcher: Any) -> Any:
    """A stylesheet as the engine reads it. Raises ContentError with all that it passes over."""
    with _logged() as records:
        sheet = load_engine().CSS(string=css, url_fetcher=fetcher, base_url="project:")
    matches = [_COMPLAINT.fullmatch(record) for record in records]
    problems = [
        Finding(Place(name, int(match[2]), int(match[3])), f"{match[1]}: {match[4]}")
        if match
        else Finding(Place(name), record)
        for match, record in zip(matches, records, strict=True)
    ]
    if problems:
        raise ContentError(problems)
    return sheet


def _project_fetcher(styles: Path) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    palette = load_palette(styles)

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        """Serves icons of the project in colours of its palette: no network, no other file."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            match = re.fullmatch(r"icon:([a-z0-9_-]+)/([a-z0-9_-]+)(?:/([a-z0-9_-]+))?", url)
            if not match:
                raise ValueError(f"content may not fetch {url}")
            svg = icon(match[1], match[2], palette, styles, *filter(None, [match[3]]))
            return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})

    return ProjectFetcher()


@contextmanager
def _complaints(stage: str) -> Iterator[None]:
    """Turn every warning and error the engine logs into a failure."""
    with _logged() as records:
        yield
    for record in records:
        if match := _MISSING_GLYPH.search(record):
            raise MissingGlyphError(match[1])
    if records:
        listed = "\n  ".join(dict.fromkeys(records))
        raise LayoutError(f"the engine complains during {stage}:\n  {listed}")


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Every warning and error that the engine logs meanwhile."""
    records: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield records
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate


def draw(document: Any) -> Any:
    """Draw a laid-out ``Document`` and return its pydyf ``PDF``, tagged, not yet written.

    Raises LayoutError when the engine complains or takes a font from elsewhere, MissingGlyphError
    when no font has a character.
    """
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.pdf import generate_pdf

    with _complaints("drawing"):
        drawing = generate_pdf(document, None, 1, **{**DEFAULT_OPTIONS, "pdf_tags": True})
    require_own_fonts(document)
    return drawing
