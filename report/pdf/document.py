"""An opened PDF with the facts a preflight asks for, each read once and only when asked."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

from .fonts import Font
from .geometry import Box
from .interpreter import MarkReader, inherited
from .marks import PageMarks, Picture, Text
from .metadata import Xmp, read_info, read_xmp
from .structure import Structure, read_structure

_ICC_HEADER = 128
_LONGEST_CHAIN = 1000
_HARMLESS = (
    # Cross-reference streams without an entry for themselves, as PDFBox long wrote them.
    "xref entry for the xref stream itself is missing",
    "extraneous whitespace seen before xref",
)
"""Warnings of qpdf about what every reader accepts without repair."""


@dataclass(frozen=True)
class Target:
    """Where an internal link leads: page number, and height on it in points if given."""

    page: int
    top: float | None


@dataclass
class Page:
    """A page with its boxes in points; boxes that are not written fall back as the standard
    says (ISO 32000-1, 14.11.2)."""

    number: int
    source: pikepdf.Page
    reader: MarkReader
    _known: dict[str, PageMarks | Exception] = field(default_factory=dict)

    @property
    def marks(self) -> PageMarks:
        """What the page paints."""
        return self._read("page", lambda: self.reader.read(self.source, self.number))

    @property
    def appearances(self) -> PageMarks:
        """What the annotations show; their places on the page are not worked out."""
        return self._read(
            "annotations", lambda: self.reader.read_appearances(self.annotations, self.number)
        )

    def _read(self, what: str, read: Callable[[], PageMarks]) -> PageMarks:
        """Marks that are read once, also when reading fails."""
        if what not in self._known:
            try:
                self._known[what] = read()
            except Exception as error:
                self._known[what] = error
        known = self._known[what]
        if isinstance(known, Exception):
            raise known
        return known

    @property
    def all_texts(self) -> list[Text]:
        """The texts of the page and of its annotations."""
        return self.marks.texts + self.appearances.texts

    @property
    def all_pictures(self) -> list[Picture]:
        """The pictures of the page and of its annotations."""
        return self.marks.pictures + self.appearances.pictures

    @property
    def rotation(self) -> int:
        """Degrees by which readers turn the page, clockwise."""
        return int(inherited(self.source.obj, "/Rotate") or 0) % 360

    @property
    def unit(self) -> float:
        """Points (1/72 inch) that a unit of the page measures (ISO 32000-1, table 30)."""
        return float(self.source.obj.get("/UserUnit", 1))

    def written(self, key: str) -> bool:
        return key in self.source.obj

    @cached_property
    def media(self) -> Box:
        return _box(inherited(self.source.obj, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)

    @cached_property
    def crop(self) -> Box:
        return _box(inherited(self.source.obj, "/CropBox")) or self.media

    @cached_property
    def bleed(self) -> Box:
        return _box(self.source.obj.get("/BleedBox")) or self.crop

    @cached_property
    def trim(self) -> Box:
        own = self.source.obj
        return _box(own.get("/TrimBox")) or _box(own.get("/ArtBox")) or self.crop

    @cached_property
    def annotations(self) -> list[Any]:
        listed = self.source.obj.get("/Annots", ())
        return [item for item in listed if isinstance(item, pikepdf.Dictionary)]

    @property
    def links(self) -> list[Any]:
        return [item for item in self.annotations if item.get("/Subtype") == "/Link"]


@dataclass(frozen=True)
class OutputIntent:
    """An output intent; ``model``, ``device`` and ``version`` come from the profile's header."""

    subtype: str
    condition: str
    registry: str
    embedded: bool
    model: str = ""
    device: str = ""
    version: int = 0
    components: int = 0
    profile: tuple[int, int] = (0, 0)
    """Object number and generation of the profile."""


OUT_OF_MEMORY = "std::bad_alloc"
"""How the library tells of it where it was reading a stream, in a warning or an error."""


class Document:
    """A PDF file; attributes are read on first use.

    Attributes raise pikepdf.PdfError, ValueError, TypeError or KeyError where the file is
    damaged at the place they read.
    """

    def __init__(self, path: Path, pdf: pikepdf.Pdf, start: bytes) -> None:
        self.path = path
        self.pdf = pdf
        self.starts_properly = start.startswith(b"%PDF-")

    @cached_property
    def root(self) -> Any:
        return self.pdf.Root

    @property
    def repairs(self) -> list[str]:
        """What the library had to mend since it was last asked.

        Raises MemoryError when that was a lack of memory.
        """
        warnings = [str(warning) for warning in self.pdf.get_warnings()]
        if any(OUT_OF_MEMORY in warning for warning in warnings):
            raise MemoryError
        return [
            warning.removeprefix(f"{self.path}").strip(" :")
            for warning in warnings
            if not is_harmless(warning)
        ]

    @property
    def page_count(self) -> int:
        try:
            return len(self.pages)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
            return 0

    @cached_property
    def streams(self) -> list[pikepdf.Stream]:
        """Every stream in the file."""
        return [item for item in self.pdf.objects if isinstance(item, pikepdf.Stream)]

    @cached_property
    def stream_filters(self) -> list[str]:
        """The filters of every stream in the file."""
        return [
            str(filters) if isinstance(filters, pikepdf.Name) else " ".join(map(str, filters))
            for item in self.streams
            if (filters := item.get("/Filter")) is not None
        ]

    @cached_property
    def pages(self) -> list[Page]:
        reader = MarkReader()
        return [Page(number, page, reader) for number, page in enumerate(self.pdf.pages, 1)]

    @cached_property
    def page_numbers(self) -> dict[tuple[int, int], int]:
        return {page.source.obj.objgen: page.number for page in self.pages}

    @cached_property
    def xmp(self) -> Xmp:
        stream = self.root.get("/Metadata")
        return read_xmp(stream.read_bytes() if isinstance(stream, pikepdf.Stream) else None)

    @cached_property
    def info(self) -> dict[str, str]:
        return read_info(self.pdf.trailer.get("/Info"))

    @cached_property
    def structure(self) -> Structure | None:
        return read_structure(self.root, self.page_numbers)

    @cached_property
    def fonts(self) -> list[tuple[int, Font]]:
        """Fonts that show text, each with the first page that uses it."""
        first: dict[int, tuple[int, Font]] = {}
        for page in self.pages:
            for text in page.all_texts:
                first.setdefault(id(text.font), (page.number, text.font))
        return list(first.values())

    @cached_property
    def output_intents(self) -> list[OutputIntent]:
        return [_output_intent(item) for item in self.root.get("/OutputIntents", ())]

    @cached_property
    def _named_targets(self) -> dict[str, Any]:
        names = dict(self.root.get("/Dests", {}))
        tree = self.root.get("/Names", {}).get("/Dests")
        return {str(key): value for key, value in names.items()} | dict(_name_tree(tree, 0))

    def target(self, destination: Any) -> Target | None:
        """Where a destination leads; None when it leads nowhere (ISO 32000-1, 12.3.2)."""
        if isinstance(destination, pikepdf.String | pikepdf.Name):
            destination = self._named_targets.get(str(destination))
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, pikepdf.Array) or len(destination) == 0:
            return None
        page = destination[0]
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self.page_numbers:
            return None
        return Target(self.page_numbers[page.objgen], _height(destination))

    @cached_property
    def links(self) -> list[tuple[Page, Any]]:
        """Every link annotation with its page."""
        return [(page, link) for page in self.pages for link in page.links]

    @cached_property
    def outline(self) -> list[tuple[str, Any]]:
        """Bookmarks in order: title and dictionary."""
        root = self.root.get("/Outlines")
        return [] if root is None else list(_outline_items(root.get("/First"), set()))

    def actions(self) -> Iterator[tuple[int | None, Any]]:
        """Every action a reader may run, with the page it hangs on, if any."""
        if isinstance(opening := self.root.get("/OpenAction"), pikepdf.Dictionary):
            yield from ((None, action) for action in _chain(opening))
        for _, action in _name_tree(self.root.get("/Names", {}).get("/JavaScript"), 0):
            yield from ((None, item) for item in _chain(action))
        for _, item in self.outline:
            yield from ((None, action) for action in _chain(item.get("/A")))
        for number, holder in self.triggers:
            for action in _values(holder.get("/AA")):
                yield from ((number, item) for item in _chain(action))
        for page in self.pages:
            for annotation in page.annotations:
                yield from ((page.number, item) for item in _chain(annotation.get("/A")))

    @cached_property
    def triggers(self) -> list[tuple[int | None, Any]]:
        """What holds actions that start by themselves (AA), with its page, if any."""
        holders: list[tuple[int | None, Any]] = [(None, self.root)]
        holders += [(None, item) for item in _fields(self.root.get("/AcroForm", {}))]
        for page in self.pages:
            holders += [(page.number, item) for item in (page.source.obj, *page.annotations)]
        return [(page, holder) for page, holder in holders if "/AA" in holder]

    @cached_property
    def attachments(self) -> list[Any]:
        """The file specifications of embedded files (ISO 32000-1, 7.11.4)."""
        tree = self.root.get("/Names", {}).get("/EmbeddedFiles")
        listed = [file for _, file in _name_tree(tree, 0) if not file.is_indirect]
        listed += (item for item in self.pdf.objects if isinstance(item, pikepdf.Dictionary))
        return [file for file in listed if "/EF" in file]

    @cached_property
    def layer_settings(self) -> list[Any]:
        """The default and the other configurations of layers (ISO 32000-1, 8.11.4.3)."""
        layers = self.root.get("/OCProperties", {})
        listed = [layers.get("/D"), *layers.get("/Configs", ())]
        return [item for item in listed if isinstance(item, pikepdf.Dictionary)]


def rectangle_of(annotation: Any) -> Box | None:
    """Where an annotation stands; None when it does not say."""
    return _box(annotation.get("/Rect"))


def areas_of(annotation: Any) -> list[Box]:
    """Where an annotation can be hit: its QuadPoints, or its Rect without any valid ones.

    Empty when it has neither (ISO 32000-1, tables 164 and 173).
    """
    rectangle = rectangle_of(annotation)
    points = annotation.get("/QuadPoints", ())
    quads = [[float(number) for number in points[at : at + 8]] for at in range(0, len(points), 8)]
    boxes = [(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])) for q in quads if len(q) == 8]
    return (boxes or [rectangle]) if rectangle else []


def is_harmless(warning: str) -> bool:
    """Whether a warning of qpdf is about what every reader accepts as it is."""
    return any(known in warning for known in _HARMLESS)


def destination_of(holder: Any) -> Any:
    """The destination of a link or a bookmark, its own or its GoTo action's; or None."""
    if "/Dest" in holder:
        return holder["/Dest"]
    action = holder.get("/A")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
        return action.get("/D", pikepdf.Array())
    return None


def _height(destination: pikepdf.Array) -> float | None:
    """Top of the view a destination asks for (ISO 32000-1, table 151)."""
    kind = str(destination[1]) if len(destination) > 1 else ""
    index = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}.get(kind)
    if index is None or len(destination) <= index or destination[index] is None:
        return None
    return float(destination[index])


def _box(value: Any) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    first, second, third, fourth = (float(number) for number in value)
    return min(first, third), min(second, fourth), max(first, third), max(second, fourth)


def _values(dictionary: Any) -> list[Any]:
    return list(dict(dictionary).values()) if dictionary is not None else []


def _chain(action: Any) -> Iterator[Any]:
    """An action and those that follow it (ISO 32000-1, 12.6.2)."""
    queue = [action]
    for _ in range(_LONGEST_CHAIN):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, pikepdf.Array):
            queue.extend(item)
        elif isinstance(item, pikepdf.Dictionary):
            yield item
            if "/Next" in item:
                queue.append(item["/Next"])


def _fields(form: Any) -> Iterator[Any]:
    """The fields of a form and their parts (ISO 32000-1, 12.7.3)."""
    queue, seen = list(form.get("/Fields", ())), set()
    while queue:
        item = queue.pop()
        if isinstance(item, pikepdf.Dictionary) and item.objgen not in seen:
            seen.add(item.objgen)
            yield item
            queue.extend(item.get("/Kids", ()))


def _name_tree(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Entries of a name tree (ISO 32000-1, 7.9.6)."""
    if node is None or depth > 32:
        return
    names = node.get("/Names", ())
    for index in range(0, len(names) - 1, 2):
        yield str(names[index]), names[index + 1]
    for kid in node.get("/Kids", ()):
        yield from _name_tree(kid, depth + 1)


def _outline_items(item: Any, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    while item is not None and item.objgen not in seen:
        seen.add(item.objgen)
        yield str(item.get("/Title", "")), item
        yield from _outline_items(item.get("/First"), seen)
        item = item.get("/Next")


def _output_intent(source: Any) -> OutputIntent:
    profile = source.get("/DestOutputProfile")
    header = _start_of(profile) if isinstance(profile, pikepdf.Stream) else b""
    valid = header[36:40] == b"acsp"
    return OutputIntent(
        subtype=str(source.get("/S", "/"))[1:],
        condition=str(source.get("/OutputConditionIdentifier", "")),
        registry=str(source.get("/RegistryName", "")),
        embedded=valid,
        model=header[16:20].decode("latin-1").strip() if valid else "",
        device=header[12:16].decode("latin-1") if valid else "",
        version=header[8] if valid else 0,
        components=int(profile.get("/N", 0)) if isinstance(profile, pikepdf.Stream) else 0,
        profile=profile.objgen if isinstance(profile, pikepdf.Stream) else (0, 0),
    )


def _start_of(stream: pikepdf.Stream) -> bytes:
    """The first bytes of a stream; profiles are large and only their header is asked for."""
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
        try:
            return zlib.decompressobj().decompress(stream.read_raw_bytes(), _ICC_HEADER)
        except zlib.error:
            return b""
    return stream.read_bytes()[:_ICC_HEADER]
