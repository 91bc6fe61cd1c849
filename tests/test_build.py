"""The files of an edition, as readers get them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from report.build import Options, build
from report.edition.counts import counts
from report.edition.model import Status
from report.problems import ContentError, ReportError
from tests.real_edition import CONTENT, built, edition, plain, reader, text

LANGUAGES = ("nl", "fr")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the real content that a test may spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def _spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_each_language_gets_screen_copy_print_file_and_data():
    """Names carry title, date and language."""
    names = sorted(made.path.name for made in built().values())
    stem = "scorecard-palestina-2026-02-02"
    assert names == sorted(
        f"{stem}-{language}{ending}"
        for language in LANGUAGES
        for ending in (".pdf", ".csv", ".json", "-print-coated-3mm.pdf")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_measures_are_printed_with_title_and_status(language):
    """Overview, sections and outline carry the one title of each of the 15 measures."""
    words = edition().languages[language]
    typeset = text(language).replace("’", "'")
    assert len(edition().measures) == 15
    for measure in edition().measures:
        title = plain(words.measures[measure.id].title).replace("’", "'")
        assert typeset.count(title) >= 2, title
        assert plain(words.labels.statuses[measure.status]) in typeset
    outline = [item["/Title"] for item in _outline(reader(language).outline)]
    titles = [plain(item).replace("’", "'") for item in outline]
    for measure in edition().measures:
        assert plain(words.measures[measure.id].title) in titles


def _outline(items):
    for item in items:
        if isinstance(item, list):
            yield from _outline(item)
        else:
            yield item


def test_totals_are_those_of_the_data():
    """Nine of the fourteen Belgian measures are carried out, one of them provisionally."""
    total = counts(edition())
    assert total["belgium"]["total"] == 14
    assert total["belgium"]["carried_out"] == 9
    assert total["belgium"][Status.PROVISIONALLY_EXECUTED] == 1
    assert total["belgium"]["not_executed"] == 5
    assert total["eu"]["not_executed"] == 1
    assert total["cabinets"]["answered"] == 5
    assert total["cabinets"]["refused"] == 3
    assert total["cabinets"]["none"] == 1
    assert total["months"] == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_web_address_of_the_sources_is_a_link_and_printed_in_full(language):
    """Each of the 39 addresses is live on screen and legible on paper."""
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader(language).pages
        for annotation in page.get("/Annots", ())
        if "/URI" in annotation.get_object().get("/A", {})
    }
    printed = text(language, "print").replace(" ", "")
    replaced = edition().languages[language].labels.addresses
    addresses = [source.url for source in edition().sources.values() if source.url]
    assert len(addresses) == 39
    for address in addresses:
        for start, other in replaced.items():
            address = address.replace(start, other)
        assert address in links
        assert address in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_on_the_page_of_its_call_and_linked_both_ways(language):
    """In the structure tree Reference and Note pair up, their content on one page."""
    document = reader(language)
    notes: dict[str, set[int]] = {}
    references: list[set[int]] = []
    pages = {page.indirect_reference.idnum: page.page_number for page in document.pages}

    def visit(element, page):
        element = element.get_object()
        if "/Pg" in element:
            page = element.raw_get("/Pg").idnum
        found = _pages_of(element, page)
        if element.get("/S") == "/Note":
            notes[element["/ID"]] = {pages[number] for number in found}
        if element.get("/S") == "/Reference":
            references.append({pages[number] for number in found})
        for kid in _kids(element):
            # The entries of the table of contents are references too.
            if not isinstance(kid, int) and kid.get_object().get("/S", "/TOC") != "/TOC":
                visit(kid, page)

    visit(document.trailer["/Root"]["/StructTreeRoot"], None)
    assert len(notes) == len(references) == built()[language, "screen"].notes
    for note, reference in zip(notes.values(), references, strict=True):
        assert len(note) == 1
        assert note == reference


def _kids(element):
    kids = element.get("/K", [])
    return kids if isinstance(kids, list) else [kids]


def _pages_of(element, page) -> set[int]:
    found: set[int] = set()
    for kid in _kids(element):
        if isinstance(kid, int):
            found.add(page)
            continue
        item = kid.get_object() if isinstance(kid, IndirectObject) else kid
        own = item.raw_get("/Pg").idnum if "/Pg" in item else page
        if item.get("/Type") == "/MCR":
            found.add(own)
        elif "/S" in item and item["/S"] != "/Note":
            found |= _pages_of(item, own)
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "te vergemakkelijken. Antwoord van kabinet-Prévot"),
        ("nl", "26 januari 2026. Zie ook de antwoorden"),
        ("fr", ". Réponse du cabinet Prévot"),
    ],
)
def test_a_reference_that_opens_a_sentence_of_a_note_has_a_capital(language, words):
    """Inside a note's prose a reference is lower-case only within a sentence."""
    assert words in text(language)
    assert ". antwoord van" not in text(language)
    assert ". réponse du" not in text(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_beside_the_report_says_what_the_overview_says(language):
    """CSV and JSON hold 15 rows with the statuses of the content."""
    document = json.loads(built()[language, "data-json"].path.read_text("utf-8"))
    with built()[language, "data"].path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [(measure.id, measure.status.value) for measure in edition().measures]
    assert [(row["id"], row["status"]) for row in document["measures"]] == expected
    assert [(row["id"], row["status"]) for row in rows] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_running_head_names_the_measure_that_the_page_begins_with(language):
    """A page that goes on with a measure names it, even when the next one opens below."""
    pdf, texts = reader(language), edition().languages[language].measures
    heads = [
        f"{number} · {plain(texts[measure.id].short_title)}".replace("'", "’")
        for number, measure in enumerate(edition().measures, 1)
    ]
    openings = [
        item for item in _outline(pdf.outline) if plain(item["/Title"]) in _titles(language)
    ]
    assert len(openings) == 15
    for number, opening in enumerate(openings[1:], 1):
        page = pdf.pages[pdf.get_destination_page_number(opening)]
        at_top = opening.top > 740
        printed = plain(page.extract_text())
        assert heads[number - (not at_top)] in printed
        assert heads[number - at_top] not in printed


def _titles(language):
    texts = edition().languages[language].measures.values()
    return [plain(text.title).replace("'", "’") for text in texts]


def test_the_same_content_gives_the_same_bytes(tmp_path):
    """A second run makes identical files, print included."""
    for made in build(Options(CONTENT, tmp_path)).made:
        first = built()[made.language, made.kind].path
        assert made.path.read_bytes() == first.read_bytes(), made.path.name


def test_a_language_built_alone_is_the_same_file(tmp_path):
    """Choosing a language changes nothing in its file, which still names them all."""
    for made in build(Options(CONTENT, tmp_path, ("nl",), only="screen")).made:
        assert made.path.read_bytes() == built()["nl", made.kind].path.read_bytes()
    assert "français" in text("nl")


def test_bad_content_leaves_earlier_files_untouched(tmp_path, copied):
    """Every problem is told at once; no file changes, none is left over."""
    out = tmp_path / "out"
    out.mkdir()
    earlier = out / "scorecard-palestina-2026-02-02-nl.pdf"
    earlier.write_text("earlier")
    _spoil(copied, "measures.yaml", "ministers: [prevot]", "ministers: [prevott]")
    _spoil(copied, "nl/measures/import-ban.yaml", "[@ic285]", "[@ic2855]")
    with pytest.raises(ContentError) as caught:
        build(Options(copied, out))
    assert 'measures.yaml:4: unknown person "prevott"; did you mean "prevot"?' in str(caught.value)
    assert [item.name for item in out.iterdir()] == [earlier.name]
    assert earlier.read_text() == "earlier"


@pytest.mark.parametrize("words", ["\u202eniet", "\u200bniet"])
def test_invisible_characters_stop_a_build(tmp_path, copied, words):
    """A final build refuses what can hide or turn words round, and writes nothing."""
    _spoil(copied, "nl/measures/import-ban.yaml", "niet", words)
    with pytest.raises(ReportError, match=rf"U\+{ord(words[0]):04X} .*\[invisible-character\]"):
        build(Options(copied, tmp_path / "out", ("nl",), only="screen"))
    assert not (tmp_path / "out").exists()


def test_no_file_is_moved_when_one_cannot_be(tmp_path):
    """A folder with the name of one of the files stops all of them."""
    blocked = tmp_path / "scorecard-palestina-2026-02-02-nl.json"
    blocked.mkdir()
    with pytest.raises(ReportError, match=f"has the name of a file: .*{blocked.name}"):
        build(Options(CONTENT, tmp_path, ("nl",), only="screen"))
    assert list(tmp_path.iterdir()) == [blocked]


def test_problems_of_both_languages_are_told_at_once(tmp_path, copied):
    """An unknown source is told with file, line and suggestion, in each language."""
    for language in LANGUAGES:
        _spoil(copied, f"{language}/measures/import-ban.yaml", "[@ic285]", "[@ic2855]")
    with pytest.raises(ContentError) as caught:
        build(Options(copied, tmp_path / "out"))
    messages = str(caught.value).splitlines()
    assert len(messages) == 2
    assert all('unknown source "ic2855"; did you mean "ic285"?' in line for line in messages)
    assert not (tmp_path / "out").exists()


def test_what_changed_since_the_last_edition_is_printed(tmp_path, copied):
    """Changes come from the history: a measure whose status stayed is not among them."""
    old = "  - edition: 2025-12-01\n    status: {}\n"
    for measure, status in (("humanitarian-aid", "not_executed"), ("arms-ban", "executed")):
        entry = f"- id: {measure}\n"
        _spoil(copied, "measures.yaml", entry, f"{entry}  history:\n{old.format(status)}")
    build(Options(copied, tmp_path, ("nl",), only="screen"))
    file = tmp_path / "scorecard-palestina-2026-02-02-nl.pdf"
    printed = plain(" ".join(page.extract_text() for page in PdfReader(file).pages))
    assert "Veranderd sinds 1 december 2025" in printed
    assert "van “niet uitgevoerd” naar “uitgevoerd”" in printed
    assert printed.count("naar “") == 1


def test_a_draft_prints_the_editors_questions_and_a_final_does_not(tmp_path):
    """Questions to the editors stay in drafts, which have no print file."""
    result = build(Options(CONTENT, tmp_path, ("nl",), draft=True))
    labels = edition().languages["nl"].labels.headings
    (draft,) = (made.path for made in result.made if made.kind == "screen")
    assert draft.name == "scorecard-palestina-2026-02-02-nl-draft.pdf"
    printed = plain(" ".join(page.extract_text() for page in PdfReader(draft).pages))
    queries = len(result.queries)
    assert printed.count(labels.query) == queries > 0
    assert plain(labels.draft) in printed
    assert labels.query not in text("nl")
    assert not [made for made in result.made if made.kind == "print"]


def test_a_correction_is_a_print_file_alone(tmp_path):
    """Its name ends in corr and the number, as printers ask."""
    result = build(Options(CONTENT, tmp_path, ("fr",), correction=2))
    assert [made.path.name for made in result.made] == [
        "scorecard-palestina-2026-02-02-fr-print-coated-3mm-corr2.pdf"
    ]
    assert len(list(tmp_path.iterdir())) == 1
