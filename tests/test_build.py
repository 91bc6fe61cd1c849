"""The files of an edition, as readers get them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from babel import Locale
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from report.build import Options, build
from report.edition.load import load_edition
from report.pages.typography import capital
from report.problems import ContentError, ReportError
from tests.editions import closed, edit, make_edition
from tests.real_edition import CONTENT, LANGUAGES, TAG, built, edition, plain, reader, stem, text


def _text(path: Path) -> str:
    """What a reader of the file reads."""
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


@pytest.fixture
def paths(tmp_path: Path) -> Path:
    """An edition in two languages that a test may spoil."""
    return make_edition(tmp_path / "content")


@pytest.mark.real_edition
def test_each_language_gets_screen_copy_print_file_and_data():
    """Names carry title, date and language."""
    names = sorted(made.path.name for made in built().values())
    assert names == sorted(
        f"{stem(language)}{ending}"
        for language in LANGUAGES
        for ending in (".pdf", ".csv", ".json", "-print-coated-3mm.pdf")
    )


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_measures_are_printed_with_title_and_status(language):
    """Overview, sections and outline carry the one title of each measure."""
    words = edition().languages[language]
    typeset = text(language).replace("’", "'")
    for measure in edition().measures:
        title = plain(words.measures[measure.id].title).replace("’", "'")
        assert typeset.count(title) >= 2, title
        assert capital(plain(words.labels.statuses[measure.status])) in typeset
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


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_web_address_of_the_sources_is_a_link_and_printed_in_full(language):
    """Each address is live on screen and legible on paper, there without https://."""
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader(language).pages
        for annotation in page.get("/Annots", ())
        if "/URI" in annotation.get_object().get("/A", {})
    }
    printed = text(language, "print").replace(" ", "")
    replaced = edition().languages[language].labels.addresses
    addresses = [source.url for source in edition().sources.values() if source.url]
    assert addresses
    for address in addresses:
        for start, other in replaced.items():
            address = address.replace(start, other)
        assert address in links
        assert address.removeprefix("https://") in printed


@pytest.mark.real_edition
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


@pytest.mark.real_edition
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_beside_the_report_says_what_the_overview_says(language):
    """CSV and JSON hold a row per measure, with the statuses of the content."""
    document = json.loads(built()[language, "json"].path.read_text("utf-8"))
    with built()[language, "csv"].path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [(measure.id, measure.status) for measure in edition().measures]
    assert [(row["id"], row["status"]) for row in document["measures"]] == expected
    assert [(row["id"], row["status"]) for row in rows] == expected


@pytest.mark.real_edition
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
    assert len(openings) == len(edition().measures)
    for number, opening in enumerate(openings[1:], 1):
        page = pdf.pages[pdf.get_destination_page_number(opening)]
        at_top = opening.top > 740
        printed = plain(page.extract_text())
        assert heads[number - (not at_top)] in printed
        assert heads[number - at_top] not in printed


def _titles(language):
    texts = edition().languages[language].measures.values()
    return [plain(text.title).replace("'", "’") for text in texts]


@pytest.mark.real_edition
def test_the_same_content_gives_the_same_bytes(tmp_path):
    """A second run makes identical files, print included."""
    for made in build(Options(CONTENT, tmp_path)).made:
        first = built()[made.language, made.kind].path
        assert made.path.read_bytes() == first.read_bytes(), made.path.name


@pytest.mark.real_edition
def test_a_language_built_alone_is_the_same_file(tmp_path):
    """Choosing a language changes nothing in its file, which still names the others."""
    for made in build(Options(CONTENT, tmp_path, (TAG,), only=("screen",))).made:
        assert made.path.read_bytes() == built()[TAG, made.kind].path.read_bytes()
    names = Locale.parse(edition().languages[TAG].labels.typography.locale).languages
    for tag in LANGUAGES:
        assert (names[tag] in text(TAG)) == (tag != TAG)


def test_bad_content_leaves_earlier_files_untouched(tmp_path, paths):
    """Every problem is told at once; no file changes, none is left over."""
    out = tmp_path / "out"
    out.mkdir()
    earlier = out / "paden-2025-06-01-nl.pdf"
    earlier.write_text("earlier")
    edit(paths, "measures.yaml", "offices: [mobility]", "offices: [mobilitty]")
    edit(paths, "nl/measures/bridge.yaml", "[@debate]", "[@debatte]")
    with pytest.raises(ContentError) as caught:
        build(Options(paths, out))
    message = 'measures.yaml:3:13: error: unknown office "mobilitty"; did you mean "mobility"?'
    assert message in str(caught.value)
    assert [item.name for item in out.iterdir()] == [earlier.name]
    assert earlier.read_text() == "earlier"


@pytest.mark.parametrize("words", ["\u202eopen", "\u200bopen"])
def test_invisible_characters_stop_a_build(tmp_path, paths, words):
    """A final build refuses what can hide or turn words round, and writes nothing."""
    edit(paths, "nl/measures/bridge.yaml", "De brug is open.", f"De brug is {words}.")
    with pytest.raises(ReportError, match=rf"U\+{ord(words[0]):04X} .*\[invisible-character\]"):
        build(Options(paths, tmp_path / "out", ("nl",), only=("screen",)))
    assert not (tmp_path / "out").exists()


def test_no_file_is_moved_when_one_cannot_be(tmp_path, paths):
    """A folder with the name of one of the files stops all of them."""
    out = tmp_path / "out"
    blocked = out / "paden-2025-06-01-nl.json"
    blocked.mkdir(parents=True)
    with pytest.raises(ReportError, match=f"{blocked.name}: it is a folder"):
        build(Options(paths, out, ("nl",), only=("json",)))
    assert list(out.iterdir()) == [blocked]


def test_problems_of_both_languages_are_told_at_once(tmp_path, paths):
    """An unknown source is told with file, line and suggestion, in each language."""
    for language in ("nl", "fr"):
        edit(paths, f"{language}/measures/bridge.yaml", "[@debate]", "[@debatte]")
    with pytest.raises(ContentError) as caught:
        build(Options(paths, tmp_path / "out"))
    messages = str(caught.value).splitlines()
    assert len(messages) == 2
    assert all('unknown source "debatte"; did you mean "debate"?' in line for line in messages)
    assert not (tmp_path / "out").exists()


def test_what_changed_since_the_last_edition_is_printed(tmp_path, paths):
    """Changes come from the history: a measure whose status stayed is not among them."""
    edit(paths, *closed("2024-12-01", bridge="not_executed", paths="not_executed"))
    made = build(Options(paths, tmp_path / "out", ("nl",), draft=True)).made
    (file,) = (item.path for item in made if item.kind == "screen")
    printed = _text(file)
    assert "Veranderd sinds 1 december 2024" in printed
    assert "van “niet uitgevoerd” naar “uitgevoerd”" in printed
    assert printed.count("naar “") == 1


def test_a_draft_prints_the_editors_questions_and_a_final_does_not(tmp_path):
    """Questions to the editors stay in drafts, which have no print file."""
    edition = make_edition(tmp_path / "content")
    with (edition / "nl/edition.yaml").open("a", encoding="utf-8") as file:
        file.write("queries: [Klopt dit?, En dat?]\n")
    result = build(Options(edition, tmp_path / "out", ("nl",), draft=True))
    final = build(Options(edition, tmp_path / "out", ("nl",), only=("screen",)))
    labels = load_edition(edition).languages["nl"].labels.headings
    (draft,) = (made.path for made in result.made if made.kind == "screen")
    assert draft.name == "paden-2025-06-01-nl-draft.pdf"
    printed = _text(draft)
    assert printed.count(labels.query) == len(result.queries) == 2
    assert plain(labels.draft) in printed
    (copy,) = (made.path for made in final.made if made.kind == "screen")
    assert labels.query not in _text(copy)
    assert not [made for made in result.made if made.kind == "print"]


def test_a_correction_is_a_print_file_alone(tmp_path, paths):
    """Its name ends in corr and the number, as printers ask."""
    result = build(Options(paths, tmp_path / "out", ("fr",), correction=2))
    name = "paden-2025-06-01-fr-print-coated-3mm-corr2.pdf"
    assert [made.path.name for made in result.made] == [name]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]
