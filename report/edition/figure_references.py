"""What figures say of the edition, and their words of them: keys, sums, units and labels."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Finding, Kind, Place
from ..yamlfile import Key
from .edition import Edition, Language
from .faults import lacks, unknown
from .figures import DAYS, FIGURES_FILE, TOTAL, Plot

_ROUNDING = 1e-9


def figure_problems(edition: Edition) -> Iterator[Finding]:
    """What does not fit in figures.yaml, of the edition and of each language."""
    if FIGURES_FILE in edition.left_out:
        return
    for key, plot in edition.figures.items():
        yield from _plot_problems(edition, key, plot)
    for tag, language in edition.languages.items():
        if f"{tag}/{FIGURES_FILE}" not in edition.left_out:
            yield from _language_problems(edition, language)


def _plot_problems(edition: Edition, key: str, plot: Plot) -> Iterator[Finding]:
    place = edition.files[FIGURES_FILE].place
    kind = plot.drawn_as
    if not kind.fewest <= len(plot.values) <= kind.most:
        message = (
            f'"{key}" has {len(plot.values)} values; {kind.name} draws {kind.fewest} to'
            f" {kind.most}: join or leave out some, or make a table of them"
        )
        yield Finding(place((key, "values")), message)
    for position, source in enumerate(plot.sources):
        path: Key = (key, "sources", position)
        yield from unknown(edition, FIGURES_FILE, path, "source", source, edition.sources)
    if kind.whole:
        yield from _whole_problems(edition, key, plot)
    elif plot.total is not None:
        message = f'"{TOTAL}" is of parts; delete it, or write kind: parts'
        yield Finding(place((key, TOTAL)), message)
    for name in plot.values:
        yield from _value_problems(edition, key, plot, name)


def _whole_problems(edition: Edition, key: str, plot: Plot) -> Iterator[Finding]:
    place = edition.files[FIGURES_FILE].place
    if TOTAL in plot.values:
        message = f'the whole is called "{TOTAL}"; choose another key for this part'
        yield Finding(place((key, "values", TOTAL)), message)
    if plot.total is None:
        yield Finding(place((key,)), f'key "{TOTAL}" is missing: the sum of the parts')
        return
    added = sum(edition.amount(value) for value in plot.values.values())
    if abs(added - plot.total) > _ROUNDING * plot.total:
        message = f"the parts add up to {added:g}, not {plot.total:g}; correct one of them"
        yield Finding(place((key, TOTAL)), message)


def _value_problems(edition: Edition, key: str, plot: Plot, name: str) -> Iterator[Finding]:
    place = edition.files[FIGURES_FILE].place
    value = plot.values[name]
    path: Key = (key, "values", name)
    unit = plot.unit_of(name)
    if plot.drawn_as.one_unit and value.unit:
        message = f'{plot.kind} compares numbers of one unit; write it once, as "unit" of "{key}"'
        yield Finding(place((*path, "unit")), message)
    elif not unit:
        where = f'of "{key}"' if plot.drawn_as.one_unit else "of this value"
        yield Finding(place(path), f'the "unit" {where} is missing', Kind.MISSING_KEY)
    if not value.since:
        return
    if edition.day(value.since) is None:
        known = ", ".join(("agreement", "questionnaire"))
        message = f'no day is called "{value.since}"; write {known} or a source that has a day'
        yield Finding(place((*path, "since")), message, Kind.UNKNOWN_REFERENCE)
    if unit and unit != DAYS:
        message = f'what is counted from a day is in {DAYS}; write "unit: {DAYS}"'
        yield Finding(place(path), message)


def _language_problems(edition: Edition, language: Language) -> Iterator[Finding]:
    file = f"{language.tag}/{FIGURES_FILE}"
    if not edition.figures and file not in edition.files:
        return
    if file not in edition.files:
        message = "this file is missing; write in it the words of the figures"
        yield Finding(Place(file, 0), message, Kind.UNREADABLE)
        return
    place, texts = edition.files[file].place, language.figures
    for key in texts.figures:
        yield from unknown(edition, file, ("figures", key), "figure", key, edition.figures)
    units = {unit for plot in edition.figures.values() for unit in plot.units()}
    yield from (lacks(place(("units",)), "units", u) for u in sorted(units - texts.units.keys()))
    for unit in texts.units:
        yield from unknown(edition, file, ("units", unit), "unit", unit, units)
    for key, plot in edition.figures.items():
        if key not in texts.figures:
            yield lacks(place(("figures",)), "figures", key)
        else:
            yield from _words_problems(edition, language, key, plot)


def _words_problems(
    edition: Edition, language: Language, key: str, plot: Plot
) -> Iterator[Finding]:
    file, words = f"{language.tag}/{FIGURES_FILE}", language.figures.figures[key]
    named = [*plot.values, *([TOTAL] if plot.drawn_as.whole else [])]
    for name in named:
        if name not in words.labels:
            path: Key = ("figures", key, "labels")
            yield lacks(edition.files[file].place(path), "labels", name)
    for group in ("labels", "details"):
        for name in getattr(words, group):
            path = ("figures", key, group, name)
            yield from unknown(edition, file, path, "value", name, named)
