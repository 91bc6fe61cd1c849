"""What notes say about sources, in each language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markupsafe import Markup
from pydantic import TypeAdapter

from report.edition.edition import Edition
from report.edition.load import load_edition
from report.edition.model import Outcome, Source
from report.pages.markdown import Citation
from report.pages.notes import NoteWriter
from report.pages.render import protected_names
from report.pages.typography import Typesetter
from tests import real_edition
from tests.conftest import TinyEdition


def writer(edition: Edition, tag: str) -> NoteWriter:
    language = edition.languages[tag]
    names = protected_names(edition, language)
    return NoteWriter(edition, language, Typesetter(language.labels.typography, names))


def plain(html: Markup) -> str:
    """``html`` as it reads, spaces that do not break as ~ and _."""
    text = Markup(re.sub("<(?!/?sup)[^>]*>", "", html)).unescape().replace("\u2060", "")
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("key", "dutch", "french"),
    [
        ("reply_prevot",
         "Antwoord van het kabinet-Prévot op de vragenlijst, 27~januari~2026",
         "Réponse du cabinet Prévot au questionnaire, 27~janvier~2026"),
        ("reply_jambon",
         "Weigering van het kabinet-Jambon om de vragenlijst te beantwoorden, 23~januari~2026",
         "Refus du cabinet Jambon de répondre au questionnaire, 23~janvier~2026"),
        ("reply_van_bossuyt",
         "Weigering van het kabinet-Van~Bossuyt om de vragenlijst te beantwoorden,"
         " 21~januari~2026",
         "Refus du cabinet Van~Bossuyt de répondre au questionnaire, 21~janvier~2026"),
        ("reply_verlinden",
         "Antwoord van het kabinet-Verlinden op de vragenlijst, niet gedateerd",
         "Réponse du cabinet Verlinden au questionnaire, sans date"),
        ("ic202",
         "Kamer, commissieverslag nr.~202, 1~oktober~2025:"
         " www.dekamer.be/doc/CCRI/pdf/56/ic202.pdf",
         "Chambre, compte rendu de commission n°~202, 1<sup>er</sup>~octobre~2025~:"
         " www.lachambre.be/doc/CCRI/pdf/56/ic202.pdf"),
        ("vrt_recognition",
         "VRT NWS, aankondiging van de erkenning door Bart De~Wever, 22~september~2025:"
         " www.vrt.be/vrtnws/nl/2025/09/22/bart-de-wever-kondigt-belgische-erkenning"
         "-palestijnse-staat-aan/",
         "VRT NWS, annonce, par Bart De~Wever, de la reconnaissance, 22~septembre~2025,"
         " en néerlandais~:"
         " www.vrt.be/vrtnws/nl/2025/09/22/bart-de-wever-kondigt-belgische-erkenning"
         "-palestijnse-staat-aan/"),
    ],
)  # fmt: skip
def test_reference_in_each_language(key: str, dutch: str, french: str) -> None:
    """A source is told in the words and the typography of the language, with its address."""
    edition = real_edition.edition()
    assert plain(writer(edition, "nl").note([Citation(key)])) == dutch
    assert plain(writer(edition, "fr").note([Citation(key)])) == french


def test_a_source_in_the_readers_own_language_is_not_said_to_be() -> None:
    """Only readers of another language are told which one a source is in."""
    edition = real_edition.edition()
    note = plain(writer(edition, "nl").note([Citation("agreement")]))
    assert edition.sources["agreement"].language == "nl"
    assert "in het Nederlands" not in note


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        ([Citation("vertrag")],
         "Rat der Stadt, Vertrag über Radwege: Volltext, 1.~November~2029,"
         " abgerufen am 1.~April~2030: stadt.example/vertrag"
         " (archiviert unter archiv.example/2029/vertrag)"),
        ([Citation("ausschuss_12", locator="S. 4")],
         "Rat der Stadt, Ausschussprotokoll Nr.~12, S.~4, 1.~Januar~2030:"
         " stadt.example/de/ausschuss/12.pdf"),
        ([Citation("plenum_3")],
         "Rat der Stadt, Plenarprotokoll Nr.~003, 14.~Februar~2030:"
         " stadt.example/de/plenum/3.pdf"),
        ([Citation("frage_7", prefix="siehe auch")],
         "Siehe auch Rat der Stadt, schriftliche Anfrage Nr.~7K, 20.~Februar~2030:"
         " stadt.example/frage/7"),
        ([Citation("antrag_9")],
         "Rat der Stadt, Antrag Nr.~9: stadt.example/antrag?id=9&cfm=a?b=c"),
        ([Citation("satzung")],
         "Rat der Stadt und Radverein~1.2.3, S-2030-4, 2.~April~2030"),
        ([Citation("mitteilung_5")],
         "Rat der Stadt, Mitteilung Nr.~5/2030, 5.~März~2030: stadt.example/presse/5"),
        ([Citation("absage_gross_wellmann")],
         "Absage des Amts Groß-Wellmann an Radverein~1.2.3 und Fuß~e.V., 10.~April~2030"),
        ([Citation("satzung"), Citation("antwort_von_thal", prefix="vgl."), Citation("zeitung")],
         "Rat der Stadt und Radverein~1.2.3, S-2030-4, 2.~April~2030; vgl. Antwort des Amts"
         " von~Thal an Radverein~1.2.3 und Fuß~e.V., ohne Datum; Tagblatt, Bericht über Ampeln,"
         " 20.~April~2030: tagblatt.example/ampeln"),
    ],
)  # fmt: skip
def test_reference_by_kind_of_source(
    tiny_edition: Edition, citations: list[Citation], expected: str
) -> None:
    """Every kind of source has its form; several stand in one note in the order cited."""
    assert plain(writer(tiny_edition, "de").note(citations)) == expected


LIBRARY = TypeAdapter(dict[str, Source]).validate_python(
    {
        "report": {
            "type": "report", "author": {"given": "Ida", "family": "Lind-Berg"},
            "publisher": "court", "title": "Anatomy of a 'Case'", "language": "en",
            "number": "A/HRC/55/73", "issued": "2024-07-01",
        },
        "judgment": {
            "type": "legal_case", "genre": "judgment", "publisher": "court", "number": "C-363/18",
            "issued": "2019-11-12",
        },
        "order": {
            "type": "legal_case", "genre": "order", "publisher": "court", "language": "en",
            "title": "South Africa v. Israel", "issued": "2024-01",
        },
        "opinion": {
            "type": "legal_case", "genre": "advisory-opinion", "publisher": "court",
            "title": "Legal Consequences", "language": "en", "issued": "2024-07-19",
        },
        "treaty": {"type": "treaty", "issued": "1948-12-09"},
        "book": {
            "type": "book", "title": "Justice for Some", "language": "en", "issued": "2019",
            "author": [{"literal": "Werkgroep & Co"}, "prevot"],
            "URL": "https://book.example/a",
        },
        "chapter": {
            "type": "chapter", "title": "After *Oslo*", "language": "en", "issued": "2020",
            "author": {"family": "Erakat"}, "container-title": "Essays",
        },
        "dataset": {
            "type": "dataset", "publisher": "court", "title": "Casualties", "language": "en",
            "issued": "2024-05", "accessed": "2026-01-02",
        },
        "speech": {"type": "speech", "author": "prevot", "issued": "2025-09-22"},
        "post": {
            "type": "post", "author": "prevot", "container-title": "X", "issued": "2025-09-22",
        },
        "blog": {
            "type": "post-weblog", "author": {"literal": "EJIL: Talk!"}, "title": "Beleid",
            "language": "nl", "issued": "2025-09",
        },
        "news": {
            "type": "article-newspaper", "author": {"given": "Ida", "family": "Lind"},
            "title": "Wapens", "language": "nl", "publisher": "court", "issued": "2025-02-05",
        },
    }
)  # fmt: skip
LIBRARY_NAMES = {
    "nl": {"titles": {"treaty": "Genocideverdrag", "opinion": "Juridische gevolgen"},
           "sources": {"speech": "tot de Kamer"}},
    "fr": {"titles": {"treaty": "Convention génocide", "opinion": "Conséquences juridiques"},
           "sources": {"speech": "à la Chambre"}},
}  # fmt: skip
COURTS = {"nl": "Hof", "fr": "Cour"}


def library(tag: str) -> NoteWriter:
    """A writer of notes about sources of every kind that the real edition does not have."""
    edition = real_edition.edition()
    language = edition.languages[tag]
    bodies = {**language.names.bodies, "court": COURTS[tag]}
    names = language.names.model_copy(update={**LIBRARY_NAMES[tag], "bodies": bodies})
    language = replace(language, names=names)
    return writer(replace(edition, sources=LIBRARY, languages={tag: language}), tag)


@pytest.mark.parametrize(
    ("citation", "dutch", "french"),
    [
        (Citation("report", locator="p. 7"),
         "Ida Lind-Berg, Hof, <cite><en>Anatomy of a ’Case’</en></cite>, rapport A/HRC/55/73,"
         " 1~juli~2024, p.~7",
         "Ida Lind-Berg, Cour, <cite><en>Anatomy of a ’Case’</en></cite>, rapport A/HRC/55/73,"
         " 1<sup>er</sup>~juillet~2024, p.~7"),
        (Citation("judgment", locator="24"),
         "Hof, nr. C-363/18, arrest van 12~november~2019, 24",
         "Cour, n° C-363/18, arrêt du 12~novembre~2019, 24"),
        (Citation("order"),
         "Hof, <cite><en>South Africa v. Israel</en></cite>, beschikking, januari~2024",
         "Cour, <cite><en>South Africa v. Israel</en></cite>, ordonnance, janvier~2024"),
        (Citation("opinion"),
         "Hof, <cite>Juridische gevolgen</cite>, advies van 19~juli~2024, in het Engels",
         "Cour, <cite>Conséquences juridiques</cite>, avis consultatif du 19~juillet~2024,"
         " en anglais"),
        (Citation("treaty", locator="art. 1"),
         "<cite>Genocideverdrag</cite>, 9~december~1948, art.~1",
         "<cite>Convention génocide</cite>, 9~décembre~1948, art.~1"),
        (Citation("book"),
         "Werkgroep & Co en Maxime Prévot, <cite><en>Justice for Some</en></cite>, 2019:"
         " book.example/a",
         "Werkgroep & Co et Maxime Prévot, <cite><en>Justice for Some</en></cite>, 2019~:"
         " book.example/a"),
        (Citation("chapter"),
         "Erakat, “<en>After *Oslo*</en>”, in <cite><en>Essays</en></cite>, 2020",
         "Erakat, «~<en>After *Oslo*</en>~», dans <cite><en>Essays</en></cite>, 2020"),
        (Citation("dataset"),
         "Hof, <cite><en>Casualties</en></cite>, dataset, mei~2024,"
         " geraadpleegd op 2~januari~2026",
         "Cour, <cite><en>Casualties</en></cite>, jeu de données, mai~2024,"
         " consulté le 2~janvier~2026"),
        (Citation("speech"),
         "Maxime Prévot, toespraak tot de Kamer, 22~september~2025",
         "Maxime Prévot, discours à la Chambre, 22~septembre~2025"),
        (Citation("post"),
         "Maxime Prévot, bericht op X, 22~september~2025",
         "Maxime Prévot, message publié sur X, 22~septembre~2025"),
        (Citation("blog"),
         "EJIL: Talk!, “Beleid”, blogbericht, september~2025",
         "EJIL: Talk!, «~<nl>Beleid</nl>~», billet de blog, septembre~2025"),
        (Citation("news", prefix="zie"),
         "Zie Ida Lind, “Wapens”, Hof, 5~februari~2025",
         "Zie Ida Lind, «~<nl>Wapens</nl>~», Cour, 5~février~2025"),
    ],
)  # fmt: skip
def test_kinds_that_reports_cite(citation: Citation, dutch: str, french: str) -> None:
    """A work is told with its author, its title in its language, and as much date as is known."""
    for tag, expected in (("nl", dutch), ("fr", french)):
        html = re.sub(
            r'<span lang="(\w+)">([^<]*)</span>', r"[\1]\2[/\1]", library(tag).note([citation])
        )
        html = re.sub(r"<(/?cite)>", r"[\1]", html)
        text = re.sub(r"\[(/?(?:cite|en|nl|fr))\]", r"<\1>", plain(Markup(html)))
        assert text == expected


def test_a_title_at_the_start_of_a_note_has_a_capital() -> None:
    """A note begins with a capital, whatever tags stand before it."""
    source = LIBRARY["book"].model_copy(update={"author": [], "title": "justice"})
    edition = replace(real_edition.edition(), sources={"book": source})
    note = writer(edition, "nl").note([Citation("book")])
    assert note.startswith('<cite><span lang="en">Justice</span></cite>, 2019')


def test_press_release_without_number(tiny_edition: Edition) -> None:
    """A press release without number is said to be one."""
    note = plain(writer(tiny_edition, "de").note([Citation("mitteilung")]))
    assert note.startswith("Radverein~1.2.3, Mitteilung, 2.~März~2030: radverein.example/")


def test_several_references_in_french() -> None:
    """The semicolon between two references has the space French puts before it."""
    citations = [Citation("ic202"), Citation("reply_prevot", prefix="voir aussi")]
    note = plain(writer(real_edition.edition(), "fr").note(citations))
    assert "ic202.pdf_; voir aussi " in note


def test_addresses_are_links_in_full(tiny_edition: Edition) -> None:
    """The whole address, which needs no https://, can be read and followed, however strange."""
    for key, source in tiny_edition.sources.items():
        if source.url:
            html = writer(tiny_edition, "de").note([Citation(key)])
            found = re.search(
                '<a class="url" href="([^"]*)" aria-label="([^"]*)">([^<]*)</a>', html
            )
            assert found
            address = writer(tiny_edition, "de").address(source)
            assert Markup(found[1]).unescape() == address
            assert Markup(found[2]).unescape() == address
            assert Markup(found[3]).unescape().replace("\u2060", "") == address.removeprefix(
                "https://"
            )


@pytest.mark.parametrize(
    ("tag", "key", "address"),
    [
        ("nl", "ic285", "https://www.dekamer.be/doc/CCRI/pdf/56/ic285.pdf"),
        ("fr", "ic285", "https://www.lachambre.be/doc/CCRI/pdf/56/ic285.pdf"),
        ("fr", "qrva_0027", "https://www.lachambre.be/QRVA/pdf/56/56K0027.pdf"),
        ("fr", "ynet", "https://www.ynetnews.com/article/bkq5uvpnwe"),
        ("fr", "reply_prevot", None),
    ],
)
def test_address_for_readers_of_a_language(tag: str, key: str, address: str | None) -> None:
    """A document that exists at an address per language is linked at the reader's."""
    edition = real_edition.edition()
    assert writer(edition, tag).address(edition.sources[key]) == address


def test_every_reply_says_whose_it_is_and_to_what() -> None:
    """Answers and refusals, in every language, name the cabinet and the questionnaire."""
    edition = real_edition.edition()
    replies = [
        key
        for key, source in edition.sources.items()
        if source.outcome in (Outcome.ANSWERED, Outcome.REFUSED)
    ]
    assert len(replies) == 8
    for tag in edition.languages:
        for key in replies:
            (minister,) = edition.sources[key].people
            note = plain(writer(edition, tag).note([Citation(key)])).replace("~", " ")
            assert edition.people[minister].family in note
            assert re.search(r"vragenlijst|questionnaire", note), note


def test_a_page_in_the_readers_language_is_not_said_to_be_in_another(tiny: TinyEdition) -> None:
    """Where labels lead readers to a page of their own, its language needs no telling."""
    tiny.change(
        "sources.yaml", "  publisher: tagblatt\n", "  publisher: tagblatt\n  language: en\n"
    )
    note = plain(writer(load_edition(tiny.folder), "de").note([Citation("zeitung")]))
    assert note.endswith("auf Englisch: tagblatt.example/ampeln")
    mapped = "addresses:\n  https://tagblatt.example/: https://tagblatt.example/de/\n"
    tiny.change("de/labels.yaml", "addresses:\n", mapped)
    note = plain(writer(load_edition(tiny.folder), "de").note([Citation("zeitung")]))
    assert note.endswith("20.~April~2030: tagblatt.example/de/ampeln")


def test_a_refusal_never_reads_like_an_answer() -> None:
    """The same reply reads otherwise when it is a refusal."""
    edition = real_edition.edition()
    source = edition.sources["reply_prevot"]
    refusal = source.model_copy(update={"outcome": Outcome.REFUSED})
    refused = replace(edition, sources={"reply_prevot": refusal})
    for tag in edition.languages:
        answer = plain(writer(edition, tag).note([Citation("reply_prevot")]))
        assert answer != plain(writer(refused, tag).note([Citation("reply_prevot")]))


def test_names_and_titles_are_escaped(tiny_edition: Edition) -> None:
    """Text of content is never markup in a note."""
    odd = Source(type="hearing", genre="committee", number="<b>{x}</b> & 'y'")
    edition = replace(tiny_edition, sources={"odd": odd})
    html = writer(edition, "de").note([Citation("odd", locator="<i>")])
    assert html == "Ausschussprotokoll Nr. &lt;b&gt;{x}&lt;/b&gt; &amp; ’y’, &lt;i&gt;"


def test_a_later_note_is_short_and_leads_to_the_first(tiny_edition: Edition) -> None:
    """Only the first note of a source is full; a later one says where that one stands."""
    notes = writer(tiny_edition, "de")
    first = [Citation("ausschuss_12")]
    notes.called(notes.note(first), first)
    again = [Citation("ausschuss_12", locator="S. 4")]
    html = notes.note(again)
    assert plain(html) == "Rat der Stadt, Nr.~12, S.~4, 1.~Januar~2030 (Anm. 1)"
    assert 'href="#note-1"' in html
    assert "stadt.example" not in html


def test_a_source_twice_in_one_note_does_not_lead_to_that_note(tiny_edition: Edition) -> None:
    """A note never sends its reader to itself."""
    citations = [Citation("ausschuss_12"), Citation("ausschuss_12", locator="S. 4")]
    html = writer(tiny_edition, "de").note(citations)
    assert plain(html).endswith("; Rat der Stadt, Nr.~12, S.~4, 1.~Januar~2030")
    assert "#note-" not in html


def test_a_kind_without_short_form_reads_as_before_without_address(tiny_edition: Edition) -> None:
    """A language need not give a short form for each kind of source."""
    notes = writer(tiny_edition, "de")
    assert "plenary" not in notes.forms.short
    first = [Citation("plenum_3")]
    notes.called(notes.note(first), first)
    expected = "Rat der Stadt, Plenarprotokoll Nr.~003, 14.~Februar~2030 (Anm. 1)"
    assert plain(notes.note(first)) == expected


@pytest.mark.parametrize("tag", ["nl", "fr"])
def test_every_kind_of_source_has_a_short_form(tag: str) -> None:
    """Each language of the edition tells every kind of source shortly when it comes back."""
    forms = real_edition.edition().languages[tag].labels.notes
    assert forms.short.keys() == forms.forms.keys()


@pytest.mark.parametrize("tag", ["nl", "fr"])
@pytest.mark.parametrize("key", LIBRARY)
def test_a_short_note_is_shorter_and_not_empty(tag: str, key: str) -> None:
    """Whatever a source is, a later note about it names it, in fewer characters."""
    notes = library(tag)
    citation = [Citation(key)]
    full = notes.note(citation)
    notes.called(full, citation)
    reference, _, pointer = plain(notes.note(citation)).rpartition(" (")
    assert pointer
    assert 0 < len(reference) <= len(plain(full))


def test_the_same_again_in_a_paragraph_calls_the_same_note(tiny: TinyEdition) -> None:
    """One citation after another to the same place in one paragraph is one note."""
    before = tiny.page()
    tiny.change("de/measures/ampeln.yaml", "berichtete.[@zeitung]",
                "berichtete.[@zeitung] Sie tat es gern.[@zeitung]")  # fmt: skip
    page = tiny.page()
    assert len(page.notes) == len(before.notes)
    again = re.findall('<a class="call-again" role="doc-noteref" href="#note-([0-9]+)"', page.html)
    assert [page.notes[int(number) - 1] for number in again] == ["zeitung"]


def test_the_same_again_in_the_next_paragraph_leads_to_the_note_before(tiny: TinyEdition) -> None:
    """A note that would repeat the one before it says so in three words."""
    before = tiny.page()
    tiny.change("de/measures/ampeln.yaml", "berichtete.[@zeitung]",
                "berichtete.[@zeitung]\n\n  Sie tat es gern.[@zeitung]")  # fmt: skip
    page = tiny.page()
    assert len(page.notes) == len(before.notes) + 1
    number = len(page.notes)
    (words,) = re.findall(f'<span class="note" id="note-{number}"[^>]*>(.*?)</span>', page.html)
    assert plain(Markup(words)) == f"Siehe Anm. {number - 1}."
