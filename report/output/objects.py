"""The engine's objects, copied, changed and written: what all files have in common."""

from __future__ import annotations

import copy
import io
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

import pydyf

from .xmp import Description, packet


def copied(pdf: Any) -> Any:
    """A copy whose objects can be changed, without changing what they hold in place."""
    result = copy.copy(pdf)
    result.objects = [copy.copy(item) for item in pdf.objects]
    result.catalog = result.objects[pdf.catalog.number]
    result.pages = result.objects[pdf.pages.number]
    result.info = copy.copy(pdf.info)
    return result


def pages(pdf: Any) -> list[Any]:
    return of_type(pdf, "/Page")


def of_type(pdf: Any, kind: str) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == kind]


def object_of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def output_intent(
    pdf: Any, kind: str, profile: bytes, components: int, condition: str, info: str
) -> Any:
    stream = pydyf.Stream([profile], pydyf.Dictionary({"N": components}), compress=True)
    pdf.add_object(stream)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": kind,
            "OutputConditionIdentifier": pydyf.String(condition),
            "Info": pydyf.String(info),
            "DestOutputProfile": stream.reference,
        }
    )


def describe(pdf: Any, about: Description, identification: str) -> None:
    moment = f"D:{about.day:%Y%m%d}000000+00'00'"
    pdf.info.clear()
    pdf.info.update(
        Title=pydyf.String(about.title),
        Author=pydyf.String(about.author),
        Subject=pydyf.String(about.subject),
        Producer=pydyf.String(about.producer),
        CreationDate=pydyf.String(moment),
        ModDate=pydyf.String(moment),
    )
    extra = {"Type": "/Metadata", "Subtype": "/XML"}
    metadata = pydyf.Stream([packet(about, identification)], extra)
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


def written(pdf: Any, version: str, about: Description) -> bytes:
    _compress(pdf.objects)
    # Up to version 1.4 this writes a cross-reference table and no object streams.
    output = io.BytesIO()
    pdf.write(output, version.encode(), about.identifier.encode(), compress=True)
    return output.getvalue()


def _compress(objects: Iterable[Any]) -> None:
    """Compress every stream once: the engine would do it anew each time it asks for its data."""
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            data = b"\n".join(pydyf._to_bytes(part) for part in item.stream)
            item.stream = [_deflated(data)]
            item.extra = {**item.extra, "Filter": "/FlateDecode"}
            item.compress = False


@cache
def _deflated(data: bytes) -> bytes:
    return zlib.compress(data, 6)


def resource_dictionaries(pdf: Any) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and "ExtGState" in o]
