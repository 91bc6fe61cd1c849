"""The editors' guides, one per language: in step with each other and with the program."""

from __future__ import annotations

import re
from dataclasses import replace

import click
import pytest
import yaml

from report.commands.main import main
from report.edition.files import passed_over
from report.edition.model import (
    Contact,
    EditionFacts,
    MeasureFacts,
    MeasureText,
    Office,
    Outcome,
    Party,
    Person,
    Questionnaire,
    Questions,
    Quote,
    Source,
    Status,
)
from report.edition.selection import GROUPS
from report.edition.source_kinds import KINDS
from report.output.outputs import OUTPUTS
from report.pages.markdown import Citation
from report.pages.notes import NoteWriter
from report.pages.typography import Typesetter
from report.styles import load_presets
from tests.real_edition import ROOT, edition, plain

GUIDES = {
    path.stem.removeprefix("guide-"): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs").glob("guide-*.md"))
}
each_guide = pytest.mark.parametrize("tag", GUIDES)

_FILLED_IN = (
    Contact, EditionFacts, MeasureFacts, MeasureText, Office, Party, Person, Questionnaire,
    Questions, Quote, Source, Status,
)  # fmt: skip
"""What editors write by the keys of these."""

_WRITTEN_BY_COMMANDS = {
    "content/translations.lock.yaml",
    "content/review.yaml",
    "content/editions/*/*.yaml",
}


def _headings(guide: str) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    found = re.findall(r"^(#+) (.+)$", guide, re.MULTILINE)
    return [(len(signs), words) for signs, words in found]


def _tables(guide: str) -> list[list[list[str]]]:
    """The cells of every row of every table."""
    blocks = (block.splitlines() for block in guide.split("\n\n"))
    tables = ([line for line in block if line.startswith("| ")] for block in blocks)
    return [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
        for table in tables
        if table
    ]


def _rows(guide: str) -> list[list[str]]:
    return [row for table in _tables(guide) for row in table]


def _outline(guide: str) -> list[int]:
    return [level for level, _ in _headings(guide)]


def _commands(group: click.Group = main, before: str = "") -> dict[str, click.Command]:
    """Every command by its full name: those of a group are called after it."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= _commands(command, f"{before}{name} ")
        else:
            found[f"{before}{name}"] = command
    return found


def _options(command: click.Command) -> set[str]:
    parameters = command.get_params(click.Context(main))
    return {opt for parameter in parameters for opt in parameter.opts if opt.startswith("--")}


@pytest.mark.real_edition
def test_every_language_has_its_guide() -> None:
    """Whoever writes one of the languages of the edition has a guide in it."""
    assert set(edition().languages) <= set(GUIDES)


def test_guides_have_the_same_parts() -> None:
    """All guides have as many headings, of the same levels, and tables of the same size."""
    first, *others = GUIDES.values()
    for other in others:
        assert _outline(other) == _outline(first)
        assert [len(row) for row in _rows(other)] == [len(row) for row in _rows(first)]


@each_guide
def test_links_within_a_guide_lead_to_headings(tag: str) -> None:
    """A link to a part of the guide names a heading, as GitHub makes an anchor of it."""
    anchors = {
        re.sub(r"[^\w -]", "", words).lower().replace(" ", "-")
        for _, words in _headings(GUIDES[tag])
    }
    assert (
        set(re.findall(r"\]\(#([^)]+)\)", GUIDES[tag])) - {"aid", "eu-positions", "…"} <= anchors
    )


@each_guide
def test_guide_names_every_command_and_option(tag: str) -> None:
    """Each command has a table of its options, and no other option is named anywhere."""
    told = {table[0][0].strip("`"): table[1:] for table in _tables(GUIDES[tag])}
    known = _options(main)
    for name, command in _commands().items():
        options = _options(command)
        assert {row[0].strip("`").split()[0] for row in told[name]} == options - {"--help"}
        known |= options
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", GUIDES[tag])) == known


@each_guide
def test_guide_names_every_output_and_group(tag: str) -> None:
    """What can be made alone, and of which measures, is told by the names that options take."""
    for name in (*OUTPUTS, *GROUPS):
        assert f"`{name}`" in GUIDES[tag]


@each_guide
def test_guide_has_a_row_for_every_preset(tag: str) -> None:
    """The table of presets says what each printer's preset asks for."""
    rows = {row[0].split()[0].strip("`"): row[1:] for row in _rows(GUIDES[tag])}
    for preset in load_presets().values():
        standard, bleed, paper, pages = rows[preset.name]
        assert standard.removeprefix("PDF/").lower() == preset.standard.lower()
        assert bleed == f"{preset.bleed_mm:g} mm"
        assert paper.endswith(preset.condition)
        assert pages.endswith(f" {preset.page_multiple}")


@pytest.mark.real_edition
@each_guide
def test_guide_has_a_row_for_every_status_and_outcome(tag: str) -> None:
    """The tables name each status and each outcome of the questionnaire as the report does."""
    labels = edition().languages[tag].labels
    named = [row[:2] for row in _rows(GUIDES[tag])]
    words = {**labels.statuses, **labels.outcomes}
    assert set(edition().statuses) | set(Outcome) == set(words)
    for key, label in words.items():
        assert [f"`{key}`", label.replace("'", "’")] in named


@each_guide
def test_guide_has_a_row_for_every_kind_of_source(tag: str) -> None:
    """The table of sources gives type, genre and what must be there of each kind."""
    rows = {
        (row[1], row[2]): re.findall(r"`([\w-]+)`", row[3])
        for row in _rows(GUIDES[tag])
        if len(row) > 3
    }
    for kind in KINDS:
        genre = f"`{kind.genre}`" if kind.genre else ""
        assert rows[f"`{kind.type}`", genre] == list(kind.needs)


@each_guide
def test_guide_names_every_key_that_editors_fill_in(tag: str) -> None:
    """No key of facts or of a measure's text is left for editors to find out."""
    for model in _FILLED_IN:
        for name, field in model.model_fields.items():
            assert re.search(rf"`{field.alias or name}`|\b{field.alias or name}:", GUIDES[tag])


@pytest.mark.real_edition
@each_guide
def test_notes_of_examples_are_those_that_are_printed(tag: str) -> None:
    """Each source that is followed by its note in the guide has that note in the report."""
    pattern = r"^(    \w+:\n      type: .+\n(?:      .+\n)+)\n[^>]+\n\n((?:> .+\n)+)"
    notes = dict(re.findall(pattern, GUIDES[tag], re.MULTILINE))
    ((key, title),) = re.findall(r"`(\w+): ([^`]+)`\s\w+\s`titles`", GUIDES[tag])
    language = edition().languages[tag]
    names = language.names.model_copy(update={"titles": {key: title}})
    typesetter = Typesetter(language.labels.typography)
    assert len(notes) > 1
    for example, note in notes.items():
        ((key, facts),) = yaml.load(example, yaml.BaseLoader).items()
        citing = replace(edition(), sources={key: Source.model_validate(facts)})
        writer = NoteWriter(citing, replace(language, names=names), typesetter)
        printed = re.sub(r"<[^>]+>", "", writer.note([Citation(key)]))
        assert plain(printed) == plain(note.replace("> ", "").replace("*", ""))


@each_guide
def test_files_that_a_guide_names_are_there(tag: str) -> None:
    """Every file of content/ in the table of files exists, but for what a command writes."""
    named = re.findall(r"^\| `(content/[^`]+)`", GUIDES[tag], re.MULTILINE)
    missing = {name for name in named if not list(ROOT.glob(name))}
    assert missing <= _WRITTEN_BY_COMMANDS
    there = [path for kind in ("yaml", "txt") for path in (ROOT / "content").rglob(f"*.{kind}")]
    own = {path for path in there if path.parent == ROOT / "content" or tag in path.parts}
    told = {path for name in named for path in ROOT.glob(name)}
    assert not [path for path in own - told if not passed_over(path.name)]
