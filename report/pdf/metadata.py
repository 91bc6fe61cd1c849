"""What a PDF says about itself: XMP metadata, the Info dictionary and their dates.

XMP is read as ISO 16684-1 lays it down; Info and its dates as ISO 32000-1, 14.3.3 and 7.9.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from pikepdf.models.metadata import decode_pdf_date

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
MEDIA = "{http://ns.adobe.com/xap/1.0/mm/}"
PDFUA_ID = "{http://www.aiim.org/pdfua/ns/id/}"
PDFA_ID = "{http://www.aiim.org/pdfa/ns/id/}"
PDFX_ID = "{http://www.npes.org/pdfx/ns/id/}"
PDFX = "{http://ns.adobe.com/pdfx/1.3/}"
"""Entries of Info that have no schema of their own, as Adobe repeats them."""
PDFX_VERSION = "/GTS_PDFXVersion"
"""The entry of Info by which PDF/X-1a and X-3 say what they are."""
_EXTENSIONS = "{http://www.aiim.org/pdfa/ns/extension/}schemas"
_PREDEFINED = {
    *(name[1:-1] for name in (DC, XMP, PDF, MEDIA, PDFA_ID)),
    "http://www.aiim.org/pdfa/ns/extension/",
    "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/xap/1.0/bj/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
    "http://ns.adobe.com/photoshop/1.0/",
    "http://ns.adobe.com/camera-raw-settings/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://ns.adobe.com/exif/1.0/",
    "http://ns.adobe.com/exif/1.0/aux/",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
}
"""Schemas that PDF/A-2 knows without being told (ISO 19005-2, 6.6.2.3.1)."""

INFO_TO_XMP = {
    "/Title": DC + "title",
    "/Author": DC + "creator",
    "/Subject": DC + "description",
    "/Keywords": PDF + "Keywords",
    "/Producer": PDF + "Producer",
    "/Creator": XMP + "CreatorTool",
    "/CreationDate": XMP + "CreateDate",
    "/ModDate": XMP + "ModifyDate",
}
"""Info entries and the XMP properties that say the same."""


@dataclass(frozen=True)
class Xmp:
    """Properties of the metadata stream by qualified name; ``problem`` if it is unusable."""

    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str = ""
    has_default_language: bool = False
    """Whether a text leaves its language to the file (``x-default`` alone)."""

    def first(self, name: str) -> str:
        return next(iter(self.properties.get(name, ())), "")

    def joined(self, name: str) -> str:
        return ", ".join(self.properties.get(name, ()))

    @property
    def undescribed_schemas(self) -> list[str]:
        """Namespaces used without the extension schema that PDF/A asks for."""
        described = self.joined(_EXTENSIONS)
        used = {name[1:].partition("}")[0] for name in self.properties}
        return sorted(uri for uri in used - _PREDEFINED if uri not in described)

    @property
    def claims(self) -> tuple[str, ...]:
        """The standards the file says it follows, such as ``PDF/UA-1``."""
        claims = []
        if part := self.first(PDFUA_ID + "part"):
            claims.append(f"PDF/UA-{part}")
        if part := self.first(PDFA_ID + "part"):
            claims.append(f"PDF/A-{part}{self.first(PDFA_ID + 'conformance').lower()}")
        if version := self.first(PDFX_ID + "GTS_PDFXVersion"):
            claims.append(version)
        return tuple(claims)


def read_xmp(packet: bytes | None) -> Xmp:
    """Properties of an XMP packet; None stands for a file without metadata stream."""
    if packet is None:
        return Xmp(problem="the file has no XMP metadata")
    # Entity definitions have no place in XMP and can be made to explode.
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return Xmp(problem="the XMP metadata holds a document type definition")
    try:
        blocks = list(ElementTree.fromstring(packet.strip(b"\0")).iter(_RDF + "RDF"))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        return Xmp(problem=f"the XMP metadata is not well-formed XML ({error})")
    if not blocks:
        return Xmp(problem="the XMP metadata holds no RDF")
    # Readers take the first block alone, so what stands in a second is lost.
    problem = "the XMP metadata holds more than one RDF block" if len(blocks) > 1 else ""
    unsaid = any(
        [item.get(_LANGUAGE) for item in choice] == ["x-default"]
        for choice in blocks[0].iter(_RDF + "Alt")
    )
    return Xmp(dict(_properties(blocks[0])), problem, unsaid)


def _properties(block: ElementTree.Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    for description in block.findall(_RDF + "Description"):
        for name, value in description.attrib.items():
            if not name.startswith(_RDF):
                yield name, (value.strip(),)
        for element in description:
            yield element.tag, tuple(_values(element))


def _values(element: ElementTree.Element) -> Iterator[str]:
    items = list(element.iter(_RDF + "li"))
    items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
    for item in items or [element]:
        yield "".join(item.itertext()).strip()


def read_info(info: Any) -> dict[str, str]:
    """Entries of an Info dictionary as text."""
    return {} if info is None else {str(key): str(value) for key, value in dict(info).items()}


def parse_pdf_date(text: str) -> datetime | None:
    """A PDF date (``D:20260202120000+01'00'``); None when it is not one."""
    if not text.startswith("D:"):
        return None
    try:
        date: datetime = decode_pdf_date(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def parse_xmp_date(text: str) -> datetime | None:
    """An XMP date (``2026-02-02T12:00:00+01:00``); None when it is not one."""
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    try:
        date = datetime.fromisoformat(padded)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
