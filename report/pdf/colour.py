"""Colour spaces and colours as a content stream sets them (ISO 32000-1, clause 8.6).

A colour is brought down to what a printer asks about it: which plates it puts ink on, and
how much. Values are fractions of full ink, 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

from .names import name

DARK = 0.85
"""Black from this tint on counts as black text or a black area."""

_DEVICE_MODELS = {
    "/DeviceGray": ("gray", 1),
    "/G": ("gray", 1),
    "/CalGray": ("gray", 1),
    "/DeviceRGB": ("rgb", 3),
    "/RGB": ("rgb", 3),
    "/CalRGB": ("rgb", 3),
    "/DeviceCMYK": ("cmyk", 4),
    "/CMYK": ("cmyk", 4),
    "/Lab": ("lab", 3),
    "/Pattern": ("pattern", 0),
}
_FULL_NAMES = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK", "/I": "Indexed"}
_ICC_MODELS = {1: "gray", 3: "rgb", 4: "cmyk"}
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True)
class Space:
    """A colour space: its ``family`` as the standard names it and what it amounts to."""

    family: str
    model: str
    """gray, rgb, cmyk, lab, spot, pattern, or unknown."""
    components: int
    colorants: tuple[str, ...] = ()
    """Ink names, for Separation and DeviceN."""
    base: Space | None = None
    """What Indexed looks up in, Separation and DeviceN fall back on, Pattern paints with."""

    @property
    def title(self) -> str:
        """The space in words, such as ``ICCBased RGB``."""
        return f"ICCBased {self.model.upper()}" if self.family == "ICCBased" else self.family

    @property
    def spots(self) -> set[str]:
        """Inks beyond those of the four-colour press."""
        return set(self.colorants) - {*_PROCESS, "All", "None"}

    @property
    def initial(self) -> Colour:
        """The colour in force after this space is selected (ISO 32000-1, table 74, CS)."""
        if self.model == "spot":
            return Colour(self, (1.0,) * self.components)
        if self.family == "DeviceCMYK":
            return Colour(self, (0.0, 0.0, 0.0, 1.0))
        return Colour(self, (0.0,) * self.components)

    def parts(self) -> tuple[Space, ...]:
        """This space and those it rests on."""
        return (self,) + (self.base.parts() if self.base else ())


@dataclass(frozen=True)
class Colour:
    """A colour as set by an operator; ``values`` are its components."""

    space: Space
    values: tuple[float, ...]

    @cached_property
    def plates(self) -> tuple[tuple[str, float], ...] | None:
        """Ink per plate, or None when only a colour conversion could tell."""
        if len(self.values) != self.space.components:
            return None
        match self.space.model:
            case "gray":
                return (("Black", 1.0 - self.values[0]),)
            case "cmyk":
                return tuple(zip(_PROCESS, self.values, strict=True))
            case "spot" if self.space.colorants == ("All",):
                return tuple((name, self.values[0]) for name in _PROCESS)
            case "spot":
                return tuple(zip(self.space.colorants, self.values, strict=True))
        return None

    @property
    def ink(self) -> float | None:
        """Total ink, 0 to 4 for CMYK, or None when it cannot be told."""
        return None if self.plates is None else sum(tint for _, tint in self.plates)

    @property
    def black(self) -> float:
        """Tint on the black plate."""
        return dict(self.plates or ()).get("Black", 0.0)

    @property
    def chromatic_ink(self) -> float:
        """Ink on every plate but black."""
        return sum(tint for name, tint in self.plates or () if name != "Black")

    @property
    def is_plain_black(self) -> bool:
        return self.black > DARK and self.chromatic_ink == 0

    @property
    def is_rich_black(self) -> bool:
        return self.black > DARK and self.chromatic_ink > 0

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper bare."""
        if self.space.model == "rgb":
            return all(value >= 1 for value in self.values)
        return self.ink == 0

    def __str__(self) -> str:
        if self.space.model in ("cmyk", "spot") and self.plates:
            names = {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}
            return " ".join(f"{names.get(n, n)} {tint * 100:.0f}" for n, tint in self.plates)
        return f"{self.space.title} {' '.join(f'{value:g}' for value in self.values)}"


DEVICE_GRAY = Space("DeviceGray", "gray", 1)
DEVICE_RGB = Space("DeviceRGB", "rgb", 3)
DEVICE_CMYK = Space("DeviceCMYK", "cmyk", 4)
PATTERN = Space("Pattern", "pattern", 0)
UNKNOWN = Space("unknown", "unknown", 0)

_DEEPEST = 4


def read_space(value: Any, named: Any = None, depth: int = 0) -> Space:
    """The colour space an operand or a ``/ColorSpace`` entry means.

    ``named`` is the ColorSpace resource dictionary, which resolves names of its own.
    """
    if depth > _DEEPEST or value is None:
        return UNKNOWN
    if isinstance(value, pikepdf.Name):
        return _space_by_name(f"/{name(value)}", named, depth)
    if not isinstance(value, pikepdf.Array) or len(value) == 0:
        return UNKNOWN
    return _space_by_array(value, named, depth)


def _space_by_name(key: str, named: Any, depth: int) -> Space:
    if key in _DEVICE_MODELS:
        model, components = _DEVICE_MODELS[key]
        return Space(_FULL_NAMES.get(key, key[1:]), model, components)
    if named is not None and key in named:
        return read_space(named[key], named, depth + 1)
    return UNKNOWN


def _space_by_array(value: pikepdf.Array, named: Any, depth: int) -> Space:
    family = str(value[0])
    if family == "/ICCBased" and len(value) > 1:
        components = int(value[1].get("/N", 0))
        return Space("ICCBased", _ICC_MODELS.get(components, "unknown"), components)
    if family in ("/Indexed", "/I") and len(value) > 1:
        base = read_space(value[1], named, depth + 1)
        return Space("Indexed", "unknown", 1, base=base)
    if family in ("/Separation", "/DeviceN") and len(value) > 2:
        names = [value[1]] if family == "/Separation" else list(value[1])
        base = read_space(value[2], named, depth + 1)
        colorants = tuple(map(name, names))
        return Space(family[1:], "spot", len(colorants), colorants, base)
    if family == "/Pattern" and len(value) > 1:
        return Space("Pattern", "pattern", 0, base=read_space(value[1], named, depth + 1))
    return _space_by_name(str(value[0]), named, depth)
