"""The JSON Schemas that editors' tools use."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from report.checks.registry import RULES
from report.edition import source_kinds
from report.edition.source_kinds import KINDS, SourceKind
from report.schemas import SCHEMAS, schema_text
from tests.conftest import TINY, TinyEdition
from tests.real_edition import ROOT


class EditorLoader(yaml.SafeLoader):
    """Reads scalars by the core schema of YAML 1.2, as editors' tools do."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}


for tag, pattern, first in (
    ("null", r"|~|null|Null|NULL", ["", "~", "n", "N"]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first
    )


def underlined(name: str, text: str) -> list[str]:
    """Where a validator of its own sees a mistake in a file that holds ``name``."""
    validator = Draft202012Validator(json.loads(schema_text(name)))
    errors = validator.iter_errors(yaml.load(text, EditorLoader))
    return [f"{error.json_path}: {error.message}" for error in errors]


def schema_of(file: Path) -> str:
    """The schema of a file of an edition, by its place."""
    if file.parent.name == "measures":
        return "measure-text"
    facts = file.with_name("measures.yaml").exists()
    names = {
        "edition": "edition-facts" if facts else "edition-text",
        "measures": "measures-file", "people": "people-file", "sources": "sources-file",
        "statuses": "statuses-file", "figures": "figures-facts" if facts else "figures-text",
    }  # fmt: skip
    return names.get(file.stem, file.stem)


CONTENT = [
    file
    for folder in (ROOT / "content", TINY)
    for file in sorted(folder.rglob("*.yaml"))
    if file.name != "translations.lock.yaml" and "editions" not in file.parts
]
STYLES = sorted((ROOT / "styles").glob("*.yaml"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_file_is_in_step_with_the_model(name: str) -> None:
    """The file in schema/ is what the model gives today, and a schema."""
    path = ROOT / "schema" / f"{name}.json"
    assert path.read_text(encoding="utf-8") == schema_text(name)
    Draft202012Validator.check_schema(json.loads(schema_text(name)))


@pytest.mark.parametrize("file", CONTENT, ids=lambda file: str(file.relative_to(ROOT)))
def test_content_is_not_underlined(file: Path) -> None:
    """What the program accepts, editors' tools accept."""
    assert underlined(schema_of(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_style_files_are_not_underlined(file: Path) -> None:
    """The style files too have schemas, which accept them."""
    assert underlined(file.stem, file.read_text(encoding="utf-8")) == []


def test_every_content_file_names_its_schema() -> None:
    """The first line of each content and style file leads to the schema of what it holds."""
    for path in [*STYLES, *(file for file in CONTENT if TINY not in file.parents)]:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert (path.parent / match[1]).resolve() == ROOT / "schema" / f"{schema_of(path)}.json"


def test_keys_are_explained() -> None:
    """Every key of a measure's text has its help."""
    schema = json.loads(schema_text("measure-text"))
    assert all(item.get("description") for item in schema["properties"].values())
    assert "title" in schema["properties"]


@pytest.mark.parametrize(
    "source",
    [
        "{type: webpage, publisher: stadtrat}",
        "{type: webpage, publisher: [stadtrat, radverein]}",
        "{type: hearing, genre: plenary, number: 066, publisher: stadtrat}",
        "{type: bill, number: 7, publisher: stadtrat, issued: 2030}",
        "{type: bill, number: 7, publisher: stadtrat, issued: 2029-11}",
        "{type: bill, number: 7, publisher: stadtrat, issued: 2029-11-30}",
        "{type: bill, number: 7, author: {literal: Ida und Co}}",
        "{type: bill, number: 7, author: [mueller, {given: Ida, family: Lind}]}",
        "{type: book, title: Rot, language: de, issued: 2020, author: {family: Lind}}",
        "{type: chapter, title: 1984, language: de, container-title: Rot, issued: 2020}",
        "{type: legal_case, genre: judgment, publisher: stadtrat, issued: 2020-02}",
    ],
)
def test_source_that_program_and_tools_accept(tiny: TinyEdition, source: str) -> None:
    """Every way to write a source that the program reads is one that tools accept."""
    sources = (tiny.folder / "sources.yaml").read_text(encoding="utf-8")
    tiny.write("sources.yaml", f"{sources}new: {source}\n")
    assert tiny.problems() == []
    assert underlined("sources-file", f"new: {source}\n") == []


REFUSED_SOURCES = {
    "a type that no kind has": "{type: tweet, publisher: stadtrat}",
    "no type": "{publisher: stadtrat}",
    "a genre that its type has not": "{type: webpage, genre: committee, publisher: stadtrat}",
    "a genre of a type without": "{type: speech, genre: long, author: mueller, issued: 2020}",
    "no genre where one is needed": "{type: hearing, number: 1, publisher: stadtrat}",
    "a hearing without number": "{type: hearing, genre: plenary, publisher: stadtrat}",
    "a bill without number": "{type: bill, publisher: stadtrat}",
    "a judgment without court": "{type: legal_case, genre: order, issued: 2020, number: 1}",
    "a judgment of no court": "{type: legal_case, genre: order, issued: 2020, publisher: []}",
    "a speech without speaker": "{type: speech, publisher: stadtrat, issued: 2020}",
    "a reply without outcome": "{type: personal_communication, author: mueller}",
    "an outcome of what is no reply": "{type: webpage, publisher: stadtrat, outcome: none}",
    "a title without language": "{type: webpage, title: A, publisher: stadtrat}",
    "an author of two kinds": "{type: webpage, author: {literal: A, family: B}}",
    "an author without family name": "{type: webpage, author: {given: A}}",
    "an author by an unknown key": "{type: webpage, author: {name: A}}",
    "an author that is no key": "{type: webpage, author: Ida Lind}",
    "a day that is a word": "{type: webpage, publisher: stadtrat, issued: gestern}",
    "a month without its zero": "{type: webpage, publisher: stadtrat, issued: 2030-2}",
    "a day without dashes": "{type: webpage, publisher: stadtrat, issued: 20300220}",
    "a year as the day of a visit": "{type: webpage, publisher: stadtrat, accessed: 2030}",
    "an address that is a number": "{type: webpage, publisher: stadtrat, URL: 12}",
    "an address of a file": '{type: webpage, publisher: stadtrat, URL: "file:///a.b"}',
    "a key in capitals": "{type: webpage, publisher: stadtrat, Number: 1}",
    "an address in small letters": '{type: webpage, publisher: stadtrat, url: "https://a.de"}',
    "an empty value": "{type: webpage, publisher: stadtrat, number: }",
    "words over two lines": '{type: webpage, publisher: stadtrat, number: "a\\nb"}',
    "spaces alone": '{type: webpage, publisher: stadtrat, number: "  "}',
    "a language in words": "{type: webpage, publisher: stadtrat, language: Deutsch}",
}


@pytest.mark.parametrize("source", REFUSED_SOURCES.values(), ids=REFUSED_SOURCES)
def test_source_that_program_and_tools_refuse(tiny: TinyEdition, source: str) -> None:
    """What the program refuses in a source is underlined while it is written."""
    sources = (tiny.folder / "sources.yaml").read_text(encoding="utf-8")
    tiny.write("sources.yaml", f"{sources}new: {source}\n")
    assert tiny.problems() != []
    assert underlined("sources-file", f"new: {source}\n") != []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources.yaml", "vertrag:", "Vertrag 1:"),
        ("people.yaml", "  mueller:", "  Müller:"),
        ("people.yaml", "family: Müller", "familie: Müller"),
        ("people.yaml", "family: Müller", "family: "),
        ("edition.yaml", "levels: [stadt, land]", "levels: [stadt, land, stadt]"),
        ("edition.yaml", "date: 2030-05-03", "date: 3.5.2030"),
        ("edition.yaml", "date: 2030-05-03", "date: 2030-05"),
        ("edition.yaml", "ida.sommer@radverein.example", "ida.sommer"),
        ("edition.yaml", "publishers: [radverein, fussverein]", "publishers: []"),
        ("measures.yaml", "[verkehr, bau, ordnung]", "[verkehr, verkehr]"),
        ("measures.yaml", "- id: ampeln", "- id: Ampeln"),
        ("measures.yaml", "- id: ampeln\n", "- nr: 2\n"),
        ("de/names.yaml", "  stadt: Stadt", "  Stadt: Stadt"),
        ("de/names.yaml", "bodies:", "boddies:"),
        ("de/names.yaml", "  zeitung: Bericht über Ampeln", "  zeitung: [Bericht]"),
        ("de/labels.yaml", "    bill: ", '    bil: ["{locator}"]\n    bill: '),
        ("de/labels.yaml", '"Antrag Nr. {number}", "{title}", "{words}", "{locator}"', '"Antrag"'),
        ("de/labels.yaml", "note_call: after-punctuation", "note_call: after"),
        ("de/labels.yaml", "language: de-DE", "language: Deutsch"),
        ("de/labels.yaml", "  contents: Inhalt\n", ""),
        ("de/edition.yaml", "subtitle: ", "untertitel: "),
        ("de/measures/ampeln.yaml", "  kind: summary", "  kind: sumary"),
        ("de/measures/ampeln.yaml", "short_title: Ampeln", "short_title: |\n  A\n  B"),
        ("de/measures/ampeln.yaml", "reason: |\n", f"in_brief: {'a' * 101}\nreason: |\n"),
        ("de/measures/ampeln.yaml", "reason: |\n  Keine Ampel ist umgestellt.", 'reason: "  "'),
    ],
)
def test_slip_that_program_and_tools_refuse(
    tiny: TinyEdition, file: str, old: str, new: str
) -> None:
    """What the program refuses in any file is underlined while it is written."""
    assert tiny.change(file, old, new).problems() != []
    path = tiny.folder / file
    assert underlined(schema_of(path), path.read_text(encoding="utf-8")) != []


def test_accepted_finding_names_a_rule() -> None:
    """Codes of rules are completed, and another is underlined."""
    accepted = "- {{code: {}, file: sources.yaml, reason: Darum.}}"
    for code in RULES:
        assert underlined("accepted", accepted.format(code)) == []
    assert underlined("accepted", accepted.format("link-fromage")) != []


def test_new_kind_of_source_is_known_to_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of the table is all that tools need to know a kind and what it needs."""
    text = "new: {type: map, publisher: stadtrat}"
    assert underlined("sources-file", text) != []
    monkeypatch.setattr(source_kinds, "KINDS", (*KINDS, SourceKind("map", None, "map")))
    assert underlined("sources-file", text) == []
    row = SourceKind("map", None, "map", ("number",))
    monkeypatch.setattr(source_kinds, "KINDS", (*KINDS, row))
    assert underlined("sources-file", text) == ["$.new: 'number' is a required property"]
