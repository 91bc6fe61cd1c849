"""Logos of publishers: SVG drawings whose every colour the palette knows, for screen and press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from ..problems import Finding, Place
from ..styles import PALETTE_FILE, Palette

_SVG = "http://www.w3.org/2000/svg"
_HARMLESS = frozenset(("title", "desc", "metadata", "namedview"))
"""What draws nothing and is left out."""
_SHAPES = frozenset(
    ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
)  # fmt: skip
_PAINTS = ("fill", "stroke")
_KEPT = re.compile(
    r"viewBox|d|points|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|width|height|transform|opacity"
    r"|(?:fill|stroke)(?:-.*)?"
)
_INK = "ink"
"""The colour of what names none."""

Problem = tuple[str, str]
"""What is wrong, and the words of the file that show where."""


def read_logo(text: str, name: str, palette: Palette) -> tuple[str, list[Finding]]:
    """The drawing in the file ``name`` as it stands in a page, and why it cannot stand there."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        line, column = error.position
        message = "this is not SVG from here on; save the logo again as SVG"
        return "", [Finding(Place(name, line, column + 1), message)]
    colours = {colour.screen: f"var(--{key})" for key, colour in palette.items()}
    drawing = ElementTree.Element("svg", {_PAINTS[0]: colours[palette[_INK].screen]})
    problems = list(_copied(root, drawing, colours))
    if "viewBox" not in drawing.attrib:
        problems.append(
            ("the logo has no viewBox, so nobody knows its size; save it again", "<svg")
        )
    elif not len(drawing):
        problems.append(("the logo is empty; draw something", "<svg"))
    for lengths in ("width", "height", "x", "y"):
        drawing.attrib.pop(lengths, None)
    places = (
        (message, Place(name).moved(text, max(0, text.find(at)))) for message, at in problems
    )
    findings = [Finding(place, message) for message, place in dict(places).items()]
    return ElementTree.tostring(drawing, encoding="unicode"), findings


def _copied(
    source: ElementTree.Element, target: ElementTree.Element, colours: dict[str, str]
) -> Iterator[Problem]:
    """Copy what draws ``source`` into ``target``; what cannot be copied is a problem."""
    yield from _attributes(source, target, colours)
    for child in source:
        tag = str(child.tag).rpartition("}")[2]
        if tag in _SHAPES:
            yield from _copied(child, ElementTree.SubElement(target, tag), colours)
        elif tag == "style":
            yield ("the logo has a style sheet; save it with presentation attributes", "<style")
        elif tag == "text":
            yield ("the logo holds text; turn it into outlines and save it again", "<text")
        elif tag not in _HARMLESS and not (tag == "defs" and not len(child)):
            message = f"a logo is made of shapes, and this is <{tag}>; draw it as plain shapes"
            yield (message, f"<{tag}")


def _attributes(
    source: ElementTree.Element, target: ElementTree.Element, colours: dict[str, str]
) -> Iterator[Problem]:
    style = re.findall(r"([\w-]+)\s*:\s*([^;]+)", source.get("style", ""))
    for key, value in [*source.attrib.items(), *style]:
        if not _KEPT.fullmatch(key):
            continue
        paint = value.strip().lower()
        if key not in _PAINTS or paint == "none":
            target.set(key, value)
        elif (colour := _hexadecimal(paint)) in colours:
            target.set(key, colours[colour])
        else:
            message = (
                f"the palette has no colour {value}; add it to {PALETTE_FILE} with its value for"
                " the press, or use one that is there"
            )
            yield (message, value)


def _hexadecimal(colour: str) -> str:
    """``colour`` as the palette writes it, with six digits."""
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", colour)
    names = {"white": "#ffffff", "black": "#000000"}
    return (
        "#" + "".join(2 * digit for digit in short.groups())
        if short
        else names.get(colour, colour)
    )
