"""What a page paints: every text run, filled area, line and image with its place on the page.

With each stands what a preflight asks about: colour, overprint, tag, resolution.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .colour import Colour, Space
from .fonts import Font
from .geometry import Box


class ContentKey(NamedTuple):
    """Names a piece of marked content: page number, form object number (0: the page), MCID."""

    page: int
    form: int
    mcid: int


class Tag(NamedTuple):
    """What encloses a mark: an artifact, or content that a structure element may own."""

    artifact: bool = False
    key: ContentKey | None = None
    language: str | None = None
    """As the marked content says itself (ISO 32000-1, 14.9.2)."""

    @property
    def is_missing(self) -> bool:
        return not self.artifact and self.key is None


UNTAGGED = Tag()


@dataclass
class Text:
    """A run shown by one operator."""

    box: Box
    size: float
    """Effective size in points, all scaling applied."""
    colour: Colour
    overprints: bool
    overprint_mode: int
    font: Font
    shown: bytes
    visible: bool
    tag: Tag

    @property
    def missing_glyphs(self) -> int:
        return self.font.missing_glyphs(self.shown)

    @property
    def words(self) -> str:
        """The text for a message, shortened."""
        text = " ".join(self.font.text(self.shown).split())
        return text if len(text) <= 40 else text[:39] + "…"


@dataclass
class Area:
    """A filled subpath, cut to the clip."""

    box: Box
    full_box: Box
    """Before clipping."""
    colour: Colour
    overprints: bool
    visible: bool
    is_rectangle: bool
    tag: Tag


@dataclass
class Line:
    """A stroked path."""

    box: Box
    width: float
    """Effective width in points."""
    colour: Colour
    overprints: bool
    visible: bool
    tag: Tag


@dataclass
class Picture:
    """An image as placed."""

    box: Box
    pixels: tuple[int, int]
    resolution: float
    """Pixels per inch as placed, the lower of both directions."""
    one_bit: bool
    interpolated: bool
    tag: Tag


@dataclass
class PageMarks:
    """All that one page paints."""

    texts: list[Text] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shadings: int = 0
    spaces: dict[Space, str] = field(default_factory=dict)
    """Every colour space used, with the first thing that uses it."""
    colours: set[Colour] = field(default_factory=set)
    state_keys: dict[str, str] = field(default_factory=dict)
    """Transfer functions and halftones set: key and value."""
    transparency: set[str] = field(default_factory=set)
    """What lets through what lies below, in words."""
    postscript: bool = False
    substitutes: set[str] = field(default_factory=set)
    """What another picture or file may take the place of, in words."""
    packings: set[str] = field(default_factory=set)
    """Filters of pictures in the content stream itself."""
    unknown: set[str] = field(default_factory=set)
    """Operators that the standard does not know."""
    malformed: set[str] = field(default_factory=set)
    """Operators whose operands make no sense."""
    untagged: int = 0
    mixed: int = 0
    """Artifacts inside tagged content and the reverse."""
    keys: set[ContentKey] = field(default_factory=set)
    content_boxes: dict[ContentKey, Box] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether the page shows nothing but bare paper."""
        return not (
            self.pictures
            or self.shadings
            or any(mark.visible for mark in self.texts)
            or any(mark.visible and not mark.colour.is_white for mark in self.areas)
            or any(mark.visible and not mark.colour.is_white for mark in self.lines)
        )
