"""The outputs: every kind of file that a build can make, one row each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..edition.edition import Edition, Language
from ..edition.selection import EVERYTHING, GROUPS, Selection
from ..pages.data import as_csv, as_json
from ..pages.render import Page
from ..problems import RequestError, UnknownNameError
from ..styles import A4, REPORT_STYLES, Geometry, Palette, Preset
from .print import finish_print
from .screen import finish_screen
from .xmp import Description


@dataclass(frozen=True)
class Design:
    """How pages are made; outputs with the same one are finished from one drawing."""

    template: str
    """File of report/pages/templates."""
    stylesheets: tuple[str, ...]
    """Files of the styles folder, later ones over earlier ones."""
    geometry: Geometry


REPORT = Design("report.html", REPORT_STYLES, A4)


@dataclass(frozen=True)
class Material:
    """What an output is made from."""

    edition: Edition
    language: Language
    selection: Selection
    preset: Preset
    palette: Palette
    draft: bool = False
    correction: int | None = None


@dataclass(frozen=True, kw_only=True)
class Typeset(Material):
    """What an output with a design is made from besides."""

    page: Page
    drawing: Any
    """The engine's PDF, tagged, not yet written."""
    about: Description


@dataclass(frozen=True)
class Output:
    """A kind of file."""

    name: str
    """What the command line calls it."""
    summary: str
    """What it is, for the command line."""
    suffix: str
    make: Callable[[Any], bytes]
    """Makes the file from Material, or with a design from Typeset."""
    design: Design | None = None
    """None makes it from the content alone."""
    use: Literal["screen", "print"] | None = None
    """What preflight judges it for; None leaves it out. What is for print is named for its
    preset, made for corrections and not made for drafts."""
    label: str = ""
    """What tells its file name from others of the same suffix."""
    groups: frozenset[str] = frozenset()
    """The groups by which it takes a selection of measures, beside everything."""

    def file_name(self, material: Material) -> str:
        """Title, date, language, and what else tells the file from its like."""
        facts = material.edition.facts
        parts = [
            facts.file_title,
            facts.date.isoformat(),
            material.language.tag,
            "draft" if material.draft else "",
            str(material.selection),
            self.label,
            material.preset.name if self.use == "print" else "",
            f"corr{material.correction}" if material.correction else "",
        ]
        return "-".join(filter(None, parts)) + self.suffix

    def refusal(self, selection: Selection, *, draft: bool, correction: int | None) -> str:
        """Why it is not made of this; empty when it is."""
        if draft and self.use == "print":
            return "a draft is not for the printer"
        if correction and self.use != "print":
            return "a correction is for the printer"
        if selection.group and selection.group not in self.groups:
            return f"it takes no selection by {selection.group}"
        return ""


def _screen(material: Typeset) -> bytes:
    return finish_screen(material.drawing, material.about)


def _print(material: Typeset) -> bytes:
    return finish_print(material.drawing, material.about, material.preset, material.palette)


def _csv(material: Material) -> bytes:
    return as_csv(material.edition, material.language, material.selection)


def _json(material: Material) -> bytes:
    return as_json(material.edition, material.language, material.selection)


_ALL = frozenset(GROUPS)

OUTPUTS: dict[str, Output] = {
    row.name: row
    for row in (
        Output("screen", "the report for readers, an accessible PDF", ".pdf", _screen, REPORT,
               "screen"),
        Output("csv", "the overview as a table", ".csv", _csv, groups=_ALL),
        Output("json", "the overview as data", ".json", _json, groups=_ALL),
        Output("print", "the report for the printer, a PDF as the preset says", ".pdf", _print,
               REPORT, "print", "print"),
    )
}  # fmt: skip


def chosen(
    names: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    draft: bool = False,
    correction: int | None = None,
) -> list[Output]:
    """The outputs with these names, or all that can be made of ``selection``, in table order.

    Raises UnknownNameError for a name that no output has, and RequestError when one that is named,
    or every one, cannot be made.
    """
    for name in names:
        if name not in OUTPUTS:
            raise UnknownNameError("output", name, OUTPUTS)
    wanted = [output for output in OUTPUTS.values() if output.name in names or not names]
    refusals = {
        output.name: output.refusal(selection, draft=draft, correction=correction)
        for output in wanted
    }
    makeable = [output for output in wanted if not refusals[output.name]]
    if len(makeable) < len(wanted) and (names or not makeable):
        reasons = [f"{name}: {reason}" for name, reason in refusals.items() if reason]
        raise RequestError("; ".join(reasons))
    return makeable
