"""The page of a language: a small edition in a third language, and the real one in full."""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from lxml import html as lxml_html  # type: ignore[import-untyped]
from pypdf import PdfReader

from report.build import Made, Options, build
from report.edition.counts import counts
from report.edition.edition import Edition, Text
from report.edition.model import Outcome
from report.pages.markdown import descend
from report.pages.prose import Parser, Values, note_citations
from report.pages.render import Page, document_identifier, protected_names
from report.pages.typography import Typesetter
from report.problems import Place, ReportError
from tests import real_edition
from tests.conftest import TINY, TinyEdition
from tests.editions import edit, make_edition
from tests.real_edition import ROOT, plain
from tests.typeset.test_tagging import Tagged

STREET = "de/measures/fahrradstrasse.yaml"


def text_of(page: Page, selector: str = "body") -> str:
    """The text of the elements with this id, class or name, without that of notes."""
    document = lxml_html.fromstring(page.html)
    for note in document.find_class("note"):
        note.drop_tree()
    if selector.startswith("#"):
        found = [document.get_element_by_id(selector[1:])]
    elif selector.startswith("."):
        found = document.find_class(selector[1:])
    else:
        found = list(document.iter(selector))
    return plain(" ".join(str(element.text_content()) for element in found))


# ---------------------------------------------------------------- a third language, in print


@pytest.fixture(scope="module")
def tiny_files() -> Iterator[list[Made]]:
    """Every file of the tiny edition."""
    folder = Path(tempfile.mkdtemp())
    yield build(Options(TINY, folder)).made
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def tiny_text(tiny_files: list[Made]) -> str:
    """What a reader of its screen copy reads."""
    (path,) = (made.path for made in tiny_files if made.kind == "screen")
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


def test_edition_in_a_third_language_is_built_in_full(tiny_files: list[Made]) -> None:
    """Two measures in German give the same kinds of file as any edition."""
    assert sorted(made.path.name for made in tiny_files) == [
        "radwege-bericht-2030-05-03-de-print-coated-3mm.pdf",
        "radwege-bericht-2030-05-03-de.csv",
        "radwege-bericht-2030-05-03-de.json",
        "radwege-bericht-2030-05-03-de.pdf",
    ]
    assert {made.notes for made in tiny_files if made.pages} == {12}


@pytest.mark.parametrize(
    "words",
    [
        "Bericht „Radwege“",
        "3. Mai 2030",
        "Eine Fahrradstraße durch die ganze Stadt, vom Nordbahnhof bis zum Hafen",
        "Vorläufig umgesetzt",
        "Müller (Mitte & Land)",
        "Am 1. November 2029 schloss die Stadt einen Vertrag über Radwege.",
        "vergingen sechs Monate",
        "die andere (Maßnahme 2) nicht",
        "(i) eine Fahrradstraße, (ii) zwei Brücken und (iii) sichere",
        "320.000 Euro;",
        "ein Zähler „am Hafen“",
        "Was vereinbart ist, im Wortlaut",
        "Was vereinbart ist, zusammengefasst",
        "„der Satz ‚alles [ist] gut‘ stimmt (…)“",
        "Wir zahlen auch.",
        "An Anna-Lena Groß-Wellmann, am 15. März 2030",
        "Wann werden die Ampeln seit dem 1. November 2029 umgestellt?",
        "Absage des Amts Groß-Wellmann an Radverein 1.2.3 und Fuß e.V., 10. April 2030",
        "Antwort des Amts von Thal an Radverein 1.2.3 und Fuß e.V., ohne Datum",
        "GL: Grüne Liste",
        "Ida Sommer",
        "Herausgegeben von Radverein 1.2.3 und Fuß e.V.",
    ],
)
def test_words_a_reader_finds(tiny_text: str, words: str) -> None:
    """Each element of the content is printed, in the words of the language."""
    assert words in tiny_text


@pytest.mark.real_edition
def test_no_word_of_the_real_edition_is_printed(tiny_text: str) -> None:
    """Labels come from the language's folder alone."""
    for language in real_edition.edition().languages.values():
        for label in (
            language.labels.headings.overview,
            language.labels.statuses["executed"],
        ):
            assert label.lower() not in tiny_text.lower()


def test_what_is_said_of_the_file_holds_no_invisible_characters(tmp_path: Path) -> None:
    """Metadata, bookmarks and link descriptions are plain words, whatever lines need."""
    folder = make_edition(tmp_path / "content")
    edit(
        folder,
        "nl/edition.yaml",
        "description: Wat de stad",
        "description: Wat Oost-Stad in 12 km",
    )
    edit(
        folder,
        "nl/measures/bridge.yaml",
        "title: Een brug over",
        "title: Een brug naar Oost-Stad over",
    )
    made = build(Options(folder, tmp_path / "out", ("nl",), draft=True)).made
    (path,) = (item.path for item in made if item.kind == "screen")
    with pikepdf.open(path) as pdf:
        said = [str(value) for value in pdf.trailer.Info.values()]
        said.append(pdf.Root.Metadata.read_bytes().decode())
        said += [str(item.title) for item in _bookmarks(pdf)]
        annotations = (link for page in pdf.pages for link in page.obj.get("/Annots", ()))
        said += [str(link.get("/Contents", "")) for link in annotations]
    assert "Wat Oost-Stad in 12 km heeft gedaan." in said
    assert "Een brug naar Oost-Stad over het water" in said
    assert "https://www.raad.example/doc/7.pdf" in said
    assert not [text for text in said if set(text) & set("\u2060\u00ad\u00a0\u202f")]


def _bookmarks(pdf: pikepdf.Pdf) -> list[pikepdf.OutlineItem]:
    with pdf.open_outline() as outline:
        return [item for top in outline.root for item in (top, *top.children)]


# ---------------------------------------------------------------- the generator knows no content


def without_documentation(path: Path) -> str:
    """What a file does; documentation may give examples that editors know."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(...)
    return ast.unparse(tree)


@pytest.mark.real_edition
def test_generator_names_no_measure_status_person_source_language_or_country() -> None:
    """No word of an edition stands in the generator, so any other edition works as well."""
    edition = real_edition.edition()
    names = {measure.id for measure in edition.measures} | set(edition.sources)
    names |= set(edition.statuses)
    names |= {person.family for person in edition.people.values()}
    names |= {party.name for party in edition.parties.values() if len(party.name) > 2}
    names |= {label.labels.language for label in edition.languages.values()}
    for language in edition.languages.values():
        names |= {language.labels.language_name, *language.names.levels.values()} - {"EU", "UE"}
        names |= {name for name in language.names.bodies.values() if len(name) > 4}
        names |= {text.title for text in language.measures.values()}
    names |= {"Dutch", "French", "German", "Belgium", "Belgian", "Flemish", "Palestin", "Israel"}
    names -= {"agreement"}  # the agreement scored, in every edition
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})", re.IGNORECASE)
    files = [*(ROOT / "report").rglob("*.py"), *(ROOT / "report").rglob("*.html")]
    assert len(files) > 20
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        for match in words.finditer(without_documentation(path))
    ]
    assert found == []


# ---------------------------------------------------------------- counts


def test_every_total_is_computed(tiny_edition: Edition) -> None:
    """Totals over all, per level and of the cabinets follow from the facts."""
    totals = counts(tiny_edition)
    assert (totals["total"], totals["carried_out"], totals["not_executed"]) == (2, 1, 1)
    assert totals["stadt"]["provisionally_executed"] == 1
    assert totals["land"]["carried_out"] == 0
    assert totals["cabinets"] == {
        "total": 3, "answered": 2, "refused": 1, "none": 0, "unrecorded": 0, "not_asked": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2030, 5, 16), 6),
        (date(2030, 5, 15), 6),
        (date(2030, 5, 14), 5),
        (date(2029, 12, 14), 0),
        (date(2031, 1, 15), 14),
    ],
)
def test_months_since_the_agreement(tiny_edition: Edition, day: date, months: int) -> None:
    """Only full months since the agreement of 15 November 2029 count."""
    agreement = tiny_edition.facts.agreement.model_copy(update={"date": date(2029, 11, 15)})
    facts = tiny_edition.facts.model_copy(update={"date": day, "agreement": agreement})
    assert counts(replace(tiny_edition, facts=facts))["months"] == months


def test_totals_of_the_page_follow_a_status(tiny: TinyEdition) -> None:
    """A changed status changes the counts in prose and on the cover."""
    old, new = "status: not_executed\n  questions", "status: executed\n  questions"
    tiny.change("measures.yaml", old, new)
    page = tiny.page()
    assert "Von zwei Maßnahmen ist 2 umgesetzt" in text_of(page, "#introduction")
    assert "Nicht umgesetzt" not in text_of(page, "#overview")


def test_words_within_a_sentence_keep_the_capitals_of_names(tiny: TinyEdition) -> None:
    """Statuses and replies begin small there; a month, or a noun in German, stays as it is."""
    tiny.change("de/labels.yaml", "refused: lehnte ab", "refused: keine Antwort")
    text = text_of(tiny.page())
    assert "Groß-Wellmann: keine Antwort (10. April 2030)" in text
    assert "Keine Antwort" in text_of(tiny.page(), "#replies")


def test_a_count_in_words_can_begin_a_sentence(tiny: TinyEdition) -> None:
    """``Words`` gives the count a capital."""
    tiny.change("de/edition.yaml", "**Von {{ counts.total | words }} Maßnahmen ist",
                "**{{ counts.total | Words }} Maßnahmen, davon ist")  # fmt: skip
    assert "Monate. Zwei Maßnahmen, davon ist" in text_of(tiny.page(), "#introduction")


def test_totals_in_words_agree_in_number(tiny: TinyEdition) -> None:
    """One measure has the name of its status, several the caption of the cover."""
    one = "Stadt (1): 1 vorläufig umgesetzt Land (1): 1 nicht umgesetzt"
    assert one in _totals(tiny)
    captions = "status_captions:\n  executed: "
    tiny.change("de/labels.yaml", f"{captions}umgesetzt", f"{captions}erledigt")
    assert one in _totals(tiny)
    tiny.change("measures.yaml", "level: land", "level: stadt")
    tiny.change(
        "measures.yaml", "status: not_executed\n  questions", "status: executed\n  questions"
    )
    assert "Stadt (2): 2 erledigt, davon 1 vorläufig" in _totals(tiny)


def _totals(tiny: TinyEdition) -> str:
    return text_of(tiny.page(), ".totals")


def test_a_character_that_no_font_has_is_told_at_its_line(
    tiny: TinyEdition, tmp_path: Path
) -> None:
    """One finding tells every such character and where each stands first, and what to do."""
    tiny.change(STREET, "Nordbahnhof bis zum Hafen", "Nordbahnhof bis zum \u6f22")
    tiny.change("de/measures/ampeln.yaml", "Das Amt lehnte", "Das \u6f22\u5b57amt lehnte")
    with pytest.raises(ReportError) as caught:
        build(Options(tiny.folder, tmp_path / "out", draft=True))
    (finding,) = caught.value.findings
    assert finding.place.file == STREET
    assert finding.message == 'no font has "\u6f22" (U+6F22), "\u5b57" (U+5B57)'
    assert "SHA256SUMS" in finding.suggestion
    assert [place.file for place in finding.related] == ["de/measures/ampeln.yaml"]


def test_words_in_arabic_and_hebrew_read_and_copy_in_order(
    tiny: TinyEdition, tmp_path: Path
) -> None:
    """A quotation in another script has its font, and is told in its own order."""
    arabic = "\u0648\u0643\u0627\u0644\u0629 \u063a\u0648\u062b"
    hebrew = "\u05d1\u05d9\u05ea \u05de\u05e9\u05e4\u05d8"
    words = f"Keine Ampel f\u00fcr 50 \u20aa ist, so [{arabic}]{{lang=ar}} und {hebrew} heute,"
    tiny.change("de/measures/ampeln.yaml", "Keine Ampel ist", words)
    made = build(Options(tiny.folder, tmp_path / "out", draft=True)).made
    (path,) = (item.path for item in made if item.kind == "screen")
    copied = plain(" ".join(page.extract_text() for page in PdfReader(path).pages))
    assert "50 \u20aa ist" in copied
    assert arabic in copied
    assert hebrew in copied
    nodes = Tagged(path.read_bytes()).tree.all("Span")
    spoken = [str(node.entries.get("/ActualText", "")) for node in nodes]
    assert arabic in spoken
    assert any(f"und {hebrew} heute," in text for text in spoken)


# ---------------------------------------------------------------- the page


def test_every_note_ends_in_a_full_stop_or_an_address(tiny: TinyEdition) -> None:
    """A stop right after an address would seem to belong to it."""
    document = lxml_html.fromstring(tiny.page().html)
    notes = document.find_class("note")
    assert len(notes) == 12
    for note in notes:
        words = str(note.text_content())
        addresses = note.find_class("url")
        in_address = bool(addresses) and words.endswith(str(addresses[-1].text_content()))
        assert words.endswith(".") != in_address, words


def _ministers(page: Page) -> list[str]:
    """What the first measure says of its ministers, as it stands: with spaces that hold."""
    (facts, *_) = lxml_html.fromstring(page.html).find_class("facts")
    return [str(name.text_content()) for name in facts.find_class("minister")]


def test_a_name_breaks_only_where_it_has_no_room(tiny: TinyEdition) -> None:
    """A short party holds together; a long one, and a long name, break at spaces and hyphens."""
    assert _ministers(tiny.page())[0] == "Jörg Müller Mitte\u00a0&\u00a0Land"
    tiny.change("people.yaml", "name: Mitte & Land", "name: Mitte & Land & Fluss & Meer")
    assert _ministers(tiny.page())[0] == "Jörg Müller Mitte & Land & Fluss & Meer"
    long = "Müller-Hohenfels-Sommerfeld"
    tiny.change("people.yaml", "family: Müller", f"family: {long}")
    assert _ministers(tiny.page())[0].startswith(f"Jörg {long} ")


def _official_texts(page: Page) -> list[tuple[str, list[str]]]:
    """What stands in the margin of each measure of the agreement's text, and where it leads."""
    labels = lxml_html.fromstring(page.html).find_class("official")
    for note in (note for label in labels for note in label.find_class("note")):
        note.drop_tree()
    return [
        (plain(str(label.text_content())), [a.get("href") for a in label.findall("a")])
        for label in labels
    ]


def test_official_text_is_that_of_the_first_note_that_cites_it(tiny: TinyEdition) -> None:
    """Every measure names that note, and leads to the address in it."""
    address = "https://stadt.example/vertrag"
    page = tiny.page()
    assert page.notes[0] == "vertrag"
    assert _official_texts(page) == [("Amtlicher Text: Anmerkung 1", [address])] * 2


def test_official_text_that_nothing_cites_gets_a_note(tiny: TinyEdition) -> None:
    """The first measure has the note, later ones name it: no reader is sent to note 0."""
    tiny.change("de/edition.yaml", "[@vertrag]", "")
    address = "https://stadt.example/vertrag"
    page = tiny.page()
    assert page.notes[1] == "vertrag"
    assert _official_texts(page) == [
        ("Amtlicher Text", [address]),
        ("Amtlicher Text: Anmerkung 2", [address]),
    ]


def test_official_text_without_address_leads_to_its_note(tiny: TinyEdition) -> None:
    """An agreement on paper alone has no link of its own."""
    tiny.change("edition.yaml", "source: vertrag", "source: satzung")
    assert _official_texts(tiny.page()) == [
        ("Amtlicher Text", []),
        ("Amtlicher Text: Anmerkung 3", ["#note-3"]),
    ]


def test_a_source_cannot_take_the_place_of_a_date_of_the_edition(tiny: TinyEdition) -> None:
    """``dates.agreement`` is the agreement's own date, whatever a source is called."""
    source = "{type: webpage, publisher: stadtrat, issued: 1999-12-31}"
    tiny.change("sources.yaml", "ausschuss_12:", f"agreement: {source}\nausschuss_12:")
    assert "Am 1. November 2029 schloss die Stadt" in text_of(tiny.page())


@pytest.mark.parametrize(("issued", "expected"), [("2030-02", "Februar 2030"), ("2030", "2030")])
def test_a_month_or_a_year_is_printed_as_such(
    tiny: TinyEdition, issued: str, expected: str
) -> None:
    """In notes, texts and the table of replies a date says no more than is known."""
    tiny.change("sources.yaml", "issued: 2030-02-14", f"issued: {issued}")
    tiny.change("sources.yaml", "issued: 2030-04-10", f"issued: {issued}")
    tiny.change("de/edition.yaml", "{{ dates.agreement }}", "{{ dates.plenum_3 }}")
    html = tiny.page().html.replace("\u00a0", " ")
    text = " ".join(lxml_html.fromstring(html).text_content().split())
    assert f"Am {expected} schloss die Stadt" in text
    assert f"Plenarprotokoll Nr. 003, {expected}" in text
    assert f"Fuß e.V., {expected}." in text
    assert f"Lehnte ab {expected}" in text


def test_a_short_last_word_is_not_left_alone(tiny: TinyEdition) -> None:
    """In a text of several lines it stays with the one before it."""
    tiny.change(STREET, "und andere schwiegen.", "und andere nicht.")
    assert "und andere\u00a0nicht." in tiny.page().html
    assert "Die Brücken fehlen." in tiny.page().html


def test_changes_have_a_heading_only_when_there_are_some(tiny: TinyEdition) -> None:
    """A history in which no status changed prints nothing."""
    tiny.change("measures.yaml", "status: provisionally_executed", "status: not_executed")
    assert "Geändert seit" not in text_of(tiny.page())
    tiny.change("measures.yaml", "not_executed\n- id: ampeln", "executed\n- id: ampeln")
    assert "Geändert seit 1. Dezember 2029" in text_of(tiny.page())


def test_a_responsible_publisher_is_named(tiny: TinyEdition) -> None:
    """The colophon names who answers for printed matter, once the content does."""
    assert "Verantwortlich" not in text_of(tiny.page(), "#colophon")
    name = "responsible_publisher: Eva Beck, Ring 1, 1000 Stadt"
    tiny.change("edition.yaml", "levels:", f"{name}\nlevels:")
    assert "Verantwortlich: Eva Beck, Ring 1, 1000 Stadt." in text_of(tiny.page(), "#colophon")


@pytest.mark.parametrize(
    ("title", "joined"),
    [("Wege nach Ulm", True), ("Wege nach Weil", True), ("Wege nach Donaueschingen", False)],
)
def test_a_short_word_does_not_end_a_heading_alone(
    tiny: TinyEdition, title: str, joined: bool
) -> None:
    """The last word of a measure's heading stays with the one before it, if it is short."""
    tiny.change(STREET, "title: Eine Fahrradstraße durch die ganze Stadt, vom Nordbahnhof bis zum"
                " Hafen", f"title: {title}")  # fmt: skip
    before, _, last = title.rpartition(" ")
    assert f"{before}{chr(0xA0) if joined else ' '}{last}</h2>" in tiny.page().html


def test_notes_are_numbered_through_and_carry_their_sources(tiny: TinyEdition) -> None:
    """Notes run from 1 in the order of the page; each tells which sources it cites."""
    page = tiny.page()
    assert page.notes == [
        "vertrag",
        "",
        "ausschuss_12",
        "plenum_3 frage_7 antrag_9",
        "mitteilung",
        "mitteilung_5",
        "satzung",
        "antwort_mueller",
        "plenum_3 frage_7 zeitung",
        "antwort_von_thal",
        "absage_gross_wellmann",
        "zeitung",
    ]
    ids = re.findall(r'id="note-(\d+)"', page.html)
    assert ids == [str(number) for number in range(1, 13)]


def test_a_draft_prints_queries_and_a_final_does_not(tiny: TinyEdition) -> None:
    """Editors' questions are for drafts alone."""
    final, draft = tiny.page(), tiny.page(draft=True)
    for query in ("Wer antwortete zuerst?", "Stimmt die Zahl 1500?", "Fehlt hier die dritte"):
        assert query not in text_of(final)
        assert query in text_of(draft)
    assert final.notes == draft.notes


def test_a_query_is_printed_as_it_stands(tiny: TinyEdition) -> None:
    """A question about a source or a value may name it; what it names is not looked up."""
    query = 'Ist "[@vertrag]" & {{ counts.gone }} <b>gut</b>, *oder*?'
    tiny.change(STREET, "Fehlt hier die dritte Brücke?", f">-\n    {query}")
    printed = "Ist „[@vertrag]“ & {{ counts.gone }} <b>gut</b>, *oder*?"
    assert printed in text_of(tiny.page(draft=True), ".queries")


def test_numbered_items_keep_the_numbers_typed(tiny: TinyEdition, tmp_path: Path) -> None:
    """A list goes on where the editor makes it go on."""
    tiny.change("de/measures/ampeln.yaml", "    Das Land stellt die Ampeln um.",
                "    1. Eins\n    2. Zwei\n\n    Halt\n\n    3. Drei\n    4. Vier")  # fmt: skip
    made = build(Options(tiny.folder, tmp_path / "out", draft=True, only=("screen",))).made
    (path,) = (item.path for item in made if item.kind == "screen")
    text = plain(Tagged(path.read_bytes()).tree.text)
    assert "1. Eins2. ZweiHalt3. Drei4. Vier" in text


def test_links_in_prose_are_links(tiny: TinyEdition) -> None:
    """A web or mail address that prose links to can be followed."""
    assert '<a href="https://stadt.example/netz">Netz</a>' in tiny.page().html
    tiny.change(STREET, "https://stadt.example/netz).", "mailto:a@b.example?c=d&e).")
    assert '<a href="mailto:a@b.example?c=d&amp;e">Netz</a>' in tiny.page().html


def test_cross_references_follow_the_order_of_measures(tiny: TinyEdition) -> None:
    """A reference is told by key and printed as the number the measure has."""
    assert "mehr unter Maßnahme 2 und" in text_of(tiny.page())
    path = tiny.folder / "measures.yaml"
    first, second = re.split(r"(?m)^(?=- id: ampeln)", path.read_text(encoding="utf-8"))
    tiny.write("measures.yaml", second + first)
    page = tiny.page()
    assert "mehr unter Maßnahme 1 und" in text_of(page)
    assert "Die Fahrradstraße (Maßnahme 2) hilft" in text_of(page)


def test_raw_html_of_content_is_text(tiny: TinyEdition) -> None:
    """Markup in prose, titles, labels and names is printed, never obeyed."""
    evil = '<img src="file:///etc/passwd"><script>x</script>'
    tiny.change(STREET, "Der Bau begann", f"{evil} Der Bau begann")
    tiny.change(STREET, "short_title: Fahrradstraße", f"short_title: a{evil}")
    tiny.change("de/names.yaml", "stadtrat: Rat der Stadt", f"stadtrat: a{evil}")
    tiny.change("de/labels.yaml", "overview: Überblick", f"overview: a{evil}")
    tiny.change("de/edition.yaml", "title: Bericht", f"title: a{evil} #")
    page = tiny.page()
    document = lxml_html.fromstring(page.html)
    assert list(document.iter("script")) == []
    assert all(str(image.get("src")).startswith("icon:") for image in document.iter("img"))
    assert str(document.text_content()).count("<script>x</script>") > 5


def test_problems_of_all_prose_are_told_at_once(tiny: TinyEdition) -> None:
    """Prose is checked in every file before anything is refused."""
    tiny.change(STREET, "@ausschuss_12, S. 4", "@ausschus_12, S. 4")
    tiny.change("de/measures/ampeln.yaml", "[](#fahrradstrasse)", "[](#fahradstrasse)")
    tiny.change("de/measures/ampeln.yaml", "{{ dates.agreement }}", "{{ dates.agrement }}")
    tiny.change("de/edition.yaml", "counts.carried_out", "counts.carriedout")
    labels = (tiny.folder / "de/labels.yaml").read_text(encoding="utf-8")
    line = labels.partition("{{ dates.questionnaire }}")[0].count("\n") + 1
    tiny.change("de/labels.yaml", "{{ dates.questionnaire }}", "{{ dates.questionaire }}")
    assert tiny.problems() == [
        'de/edition.yaml:15: unknown value "counts.carriedout"; did you mean "carried_out"?',
        f'de/labels.yaml:{line}: unknown value "dates.questionaire"; did you mean'
        ' "questionnaire"?',
        'de/measures/ampeln.yaml:13: unknown value "dates.agrement"; did you mean "agreement"?',
        'de/measures/ampeln.yaml:18: unknown measure "fahradstrasse";'
        ' did you mean "fahrradstrasse"?',
        f'{STREET}:15: unknown source "ausschus_12"; did you mean "ausschuss_12"?',
    ]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("de/edition.yaml", 'Bericht "Radwege"'),
        ("de/edition.yaml", "Zwei Vereine prüfen, was die Stadt von ihrem Vertrag umgesetzt hat."),
        ("de/measures/ampeln.yaml", "short_title: Ampeln"),
        ("de/labels.yaml", "Stand und Zuständige"),
        ("people.yaml", "Mitte & Land"),
    ],
)
def test_problem_of_a_title_or_label_is_told_at_its_line(
    tiny: TinyEdition, file: str, old: str
) -> None:
    """A line that is wrong is found in the file where it stands, whatever prints it."""
    line = (tiny.folder / file).read_text("utf-8").partition(old)[0].count("\n") + 1
    new = "Zu viel [@vertrag] und {{ counts.gone }}"
    key = old.partition("short_title: ")[1]
    assert tiny.change(file, old, f'{key}"{new}"').problems() == [
        f'{file}:{line}: a title or label takes no note: "{new}"',
        f'{file}:{line}: unknown value "counts.gone"',
    ]


def test_names_are_kept_whole(tiny_edition: Edition) -> None:
    """People, parties and publishers are protected, in every language."""
    names = protected_names(tiny_edition, tiny_edition.languages["de"])
    for name in ("Groß-Wellmann", "von Thal", "Anna-Lena", "Mitte & Land", "Radverein 1.2.3"):
        assert name in names


def test_same_content_gives_the_same_page(tiny: TinyEdition) -> None:
    """The page, and its identifier, follow from the content alone."""
    first, second = tiny.page(), tiny.page()
    assert first == second
    assert document_identifier(first.html) == document_identifier(second.html)
    other = tiny.change("edition.yaml", "Safe streets", "Safer streets").page()
    assert document_identifier(other.html) != document_identifier(first.html)


# ---------------------------------------------------------------- the real edition


@pytest.mark.real_edition
def test_both_languages_hold_every_text() -> None:
    """Each measure has the same parts, questions and paragraphs in all languages."""
    edition = real_edition.edition()
    for measure in edition.measures:
        texts = [language.measures[measure.id] for language in edition.languages.values()]
        assert len({len(text.questions) for text in texts}) == 1
        assert len({text.conclusions is None for text in texts}) == 1
        assert len({text.agreement.kind for text in texts}) == 1
        for field in ("analysis", "conclusions"):
            blocks = {len(str(getattr(text, field) or "").split("\n\n")) for text in texts}
            assert len(blocks) == 1, f"{measure.id}: {field}"


@pytest.mark.real_edition
def test_both_languages_cite_the_same_sources_in_order(real_pages: dict[str, Page]) -> None:
    """Note for note, all languages rest on the same sources."""
    first, *others = (page.notes for page in real_pages.values())
    assert first
    assert all(notes == first for notes in others)


@pytest.mark.real_edition
def test_both_languages_refer_to_the_same_measures(real_pages: dict[str, Page]) -> None:
    """Cross-references stand in the same order in both languages."""
    first, *others = (
        re.findall(r'class="reference" href="#([\w-]+)"', page.html)
        for page in real_pages.values()
    )
    assert first
    assert all(references == first for references in others)


@pytest.mark.real_edition
@pytest.mark.parametrize("tag", real_edition.LANGUAGES)
def test_every_source_is_cited_with_its_address(tag: str, real_pages: dict[str, Page]) -> None:
    """Every address stands in the notes of each language; no source is there for nothing."""
    edition = real_edition.edition()
    document = lxml_html.fromstring(real_pages[tag].html)
    printed = {link.get("href") for link in document.find_class("url")}
    addresses = edition.languages[tag].labels.addresses
    wanted = set()
    for source in edition.sources.values():
        if source.url:
            start = next((start for start in addresses if source.url.startswith(start)), "")
            wanted.add(addresses.get(start, "") + source.url.removeprefix(start))
    assert wanted
    assert wanted <= printed
    cited = {key for note in real_pages[tag].notes for key in note.split()}
    received = {
        key
        for key, source in edition.sources.items()
        if source.outcome not in (Outcome.NONE, Outcome.UNRECORDED)
    }
    assert received == cited


@pytest.mark.real_edition
@pytest.mark.parametrize("tag", real_edition.LANGUAGES)
def test_no_straight_quotation_mark_is_printed(tag: str, real_pages: dict[str, Page]) -> None:
    """Every quotation mark and apostrophe is the language's own, in notes too."""
    document = lxml_html.fromstring(real_pages[tag].html)
    straight = [text for text in document.body.itertext() if re.search("[\"']", text)]
    assert straight == []


@pytest.mark.real_edition
def test_french_punctuation_has_its_space(real_pages: dict[str, Page]) -> None:
    """Before ; : ! ? and inside guillemets stands a space that does not break."""
    document = lxml_html.fromstring(real_pages["fr"].html)
    for other in [*document.find_class("url"), *document.xpath("//span[@lang]")]:
        other.drop_tree()
    text = str(document.body.text_content())
    wrong = re.findall(r"\w* [;:!?»]|« \w*|\w+[»)]?[;!?»]|«\w+|\w+:(?!\d)", text)
    assert wrong == []


@pytest.mark.real_edition
@pytest.mark.parametrize("tag", real_edition.LANGUAGES)
def test_every_note_parses_to_the_sources_told(tag: str, real_pages: dict[str, Page]) -> None:
    """What a page says its notes cite is what its prose cites, in the order of the files."""
    edition = real_edition.edition()
    language = edition.languages[tag]
    typesetter = Typesetter(language.labels.typography)
    parser = Parser(typesetter, Values({}, {}), edition.sources, [], edition.figures)
    prose = [language.edition.introduction, language.edition.method]
    for measure in edition.measures:
        text = language.measures[measure.id]
        prose += [text.analysis, text.conclusions or ""]

    def told(raw: str) -> Iterator[str]:
        for block in parser.parse(Text(raw, Place(tag))).tokens:
            if block.type == "figure":
                caption = list(told(language.figures.figures[block.meta["key"]].caption))
                cited = {key for note in caption for key in note.split()}
                rest = [x for x in edition.figures[block.meta["key"]].sources if x not in cited]
                yield from (*caption, *([" ".join(rest)] if rest else []))
            for token in descend(block.children or []):
                if token.type == "note":
                    yield " ".join(citation.key for citation in note_citations(token))

    assert [note for raw in prose for note in told(raw)] == real_pages[tag].notes
