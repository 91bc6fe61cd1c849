"""Typesets a page of HTML with WeasyPrint, from the project's own files only."""

from __future__ import annotations

import ctypes.util
import hashlib
import inspect
import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from ..problems import ReportError

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "fonts"
STYLES = ROOT / "styles"
ENGINE_VERSION = "70.0"

# `_linebox_layout` of WeasyPrint 70.0 moves notes already placed to the next page when the next
# line overflows, whatever their footnote-policy asks. Only those that may move are to move.
_LINEBOX_DIGEST = "e07bbe000974787ee370be1f419a01a21b327a1a1e3025a65afd47589060883d"
_LINEBOX_BEFORE = "            while report and context.current_page_footnotes:\n"
_LINEBOX_AFTER = (
    "            while report and context.current_page_footnotes and (\n"
    "                    context.current_page_footnotes[-1].style['footnote_policy']"
    " == 'auto'):\n"
)


_MISSING_GLYPH = re.compile(r'\.notdef glyph .*: "(.)" \(U\+')


class LayoutError(ReportError):
    """The engine could not lay out the page as asked."""


class MissingGlyphError(LayoutError):
    """No bundled font has ``character``."""

    def __init__(self, character: str) -> None:
        super().__init__(f'no font has the character "{character}" (U+{ord(character):04X})')
        self.character = character


def load_palette() -> dict[str, dict[str, Any]]:
    """The report's colours: name to ``screen`` (#rrggbb) and ``print`` (CMYK in percent)."""
    text = (STYLES / "palette.yaml").read_text(encoding="utf-8")
    palette: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return palette


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
    _keep_notes_on_the_page_of_their_call()
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


def _keep_notes_on_the_page_of_their_call() -> None:
    from weasyprint.layout import block

    source = inspect.getsource(block._linebox_layout)
    digest = hashlib.sha256(source.encode()).hexdigest()
    if digest != _LINEBOX_DIGEST or source.count(_LINEBOX_BEFORE) != 1:
        raise LayoutError(
            "the engine's line layout is not the one known; notes might leave their page."
            " `make report` installs the pinned version"
        )
    patched = source.replace(_LINEBOX_BEFORE, _LINEBOX_AFTER)
    exec(compile(patched, block.__file__, "exec"), block.__dict__)


def use_hyphenation(language: str, dictionary: Path) -> None:
    """Make the engine hyphenate ``language`` with ``dictionary`` (a Hunspell ``hyph_*.dic``)."""
    import pyphen

    pyphen.LANGUAGES[language] = dictionary


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
    _end_split_boxes_with_their_text(document)
    return document


def _end_split_boxes_with_their_text(document: Any) -> None:
    """Let no background or rule of a box that goes on overleaf run on below its last line.

    The engine makes such a box fill the page (CSS Fragmentation 3, section 5.4).
    """
    from weasyprint.layout.background import layout_box_backgrounds

    for page, following in pairwise(document.pages):
        going_on = {box.element for box in following._page_box.descendants()} - {None}
        for box in page._page_box.descendants():
            if type(box).__name__ == "BlockBox" and box.element in going_on:
                inside = box.descendants()
                ends = [b.position_y + b.height for b in inside if type(b).__name__ == "LineBox"]
                box.height = max(ends, default=box.content_box_y()) - box.content_box_y()
                layout_box_backgrounds(page._page_box, box, None, layout_children=False)


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
