"""Each editorial rule: an edition that breaks it once, and one that nearly does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from report.checks import (
    GROUPS,
    RULES,
    CheckReport,
    check_edition,
    explain,
    format_github,
    format_json,
    format_text,
)
from report.findings import Level
from report.problems import ReportError
from report.translations import confirm

from .editions import ROOT, edit, make_edition, place_of

NL, FR = "nl/measures/bridge.yaml", "fr/measures/bridge.yaml"
NL_PATHS, FR_PATHS = "nl/measures/paths.yaml", "fr/measures/paths.yaml"
OUR_QUOTE = 'De krant noemde de brug "een groot succes".[@news]'
THEIR_QUOTE = 'Le journal a jugé que le pont était "un grand succès".[@news]'
ENDS = ("De brug helpt iedereen.", "Le pont aide tout le monde.")
REFUSED = ("Het kabinet weigerde te antwoorden.", "Le cabinet a refusé de répondre.")

Edit = tuple[str, str, str]
Found = tuple[str, str, str]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the verdicts of the spelling checker out of the user's folder."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp().parent / "cache"))


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A tiny edition that breaks no rule."""
    return make_edition(tmp_path)


def ends(code: str, nl: str, fr: str, words_nl: str = "", words_fr: str = "") -> tuple:
    """A case that replaces the conclusions of both languages."""
    edits = [(NL, ENDS[0], nl), (FR, ENDS[1], fr)]
    found = [(code, FR, words_fr)] if words_fr else []
    return edits, found + ([(code, NL, words_nl)] if words_nl else [])


BROKEN: dict[str, tuple[list[Edit], list[Found]]] = {
    # -- form
    "yaml": ([(NL, "reason: |", "reason: 'x")], [("yaml", NL, "")]),
    "unreadable-file": ([("people.yaml", "", "")], [("unreadable-file", "people.yaml", "")]),
    "yaml-alias": (
        [("edition.yaml", "paden", "&x paden")],
        [("yaml-alias", "edition.yaml", "&x")],
    ),
    "duplicate-key": (
        [(NL, "short_title: De brug", "short_title: De brug\nshort_title: Brug")],
        [("duplicate-key", NL, "short_title: Brug")],
    ),
    "unknown-key": (
        [(NL, "short_title: De brug", "short_title: De brug\nshort_titel: Brug")],
        [("unknown-key", NL, "short_titel")],
    ),
    "missing-key": ([(NL, "reason: |\n  De brug is open.\n", "")], [("missing-key", NL, "title")]),
    "unknown-reference": (
        [("measures.yaml", "ministers: [peeters]", "ministers: [peters]")],
        [("unknown-reference", "measures.yaml", "peters")],
    ),
    "duplicate-measure": (
        [("measures.yaml", "- id: paths", "- id: bridge")],
        [("duplicate-measure", "measures.yaml", "bridge\n")],
    ),
    "control-character": (
        [(NL, ENDS[0], "De brug\x07 helpt.")],
        [("control-character", NL, "\x07")],
    ),
    "wrong-date": (
        [("edition.yaml", "sent: 2025-03-03", "sent: 3 maart")],
        [("wrong-date", "edition.yaml", "3 maart")],
    ),
    "content": ([(NL, "kind: summary", "kind: gist")], [("content", NL, "gist")]),
    "prose": (
        [(NL, "[@debate]", "[@debat]")],
        [("prose", NL, "[@debat]"), ("sources-differ", FR, "debate]")],
    ),
    "foreign-markup": ends(
        "foreign-markup", "De <b>brug helpt.", "Le <b>pont aide.", "<b>", "<b>"
    ),
    "invisible-character": (
        [(NL, ENDS[0], "De brug\u200b helpt iedereen.")],
        [("invisible-character", NL, "\u200b")],
    ),
    "lookalike": (
        [(NL, "# x" if False else "title: Een brug over het water",
          "title: Een brug over het water # wаter")],
        [("lookalike", NL, "wаter")],
    ),
    "unpaired": ends("unpaired", "De brug (is open.", "Le pont (est ouvert.", "(is", "(est"),
    "unused-source": (
        [("sources.yaml", "reply_peeters:", "extra: {type: webpage}\nreply_peeters:")],
        [("unused-source", "sources.yaml", "{type: webpage}")],
    ),
    # -- names
    "name-misspelt": ends(
        "name-misspelt", "Zo zei Clarembau.", "Ainsi parla Clarembeau.", "Clarembau"
    ),
    "name-misspelt, capital": ends(
        "name-misspelt", "Zo zei van Peeters.", "Ainsi parla Van Peeters.", "van Peeters"
    ),
    "first-name": ends(
        "first-name", "Zo zei Anna Clarembeau.", "Ainsi parla Luc Clarembeau.", "Anna"
    ),
    "name-of-other-language": ends(
        "name-of-other-language", "Zo zei OCAM.", "Ainsi parla OCAM.", "OCAM"
    ),
    "minister-not-listed": ends(
        "minister-not-listed", "Bevoegd is Clarembeau.", "Celui-ci est compétent : Clarembeau.",
        "Clarembeau", "Clarembeau",
    ),
    "party-differs": ends(
        "party-differs", "Zo zei Clarembeau (Groep-A).", "Ainsi parla Clarembeau (B&B).", "Groep-A"
    ),
    "role-differs": ends(
        "role-differs", "Zo zei minister van Mobiliteit Clarembeau.", "Ainsi parla Clarembeau.",
        "minister van Mobiliteit Clarembeau",
    ),
    # -- numbers and dates
    "count-differs": ends(
        "count-differs", "Van negen maatregelen is er weinig te zien.",
        "De neuf mesures, on ne voit guère.", "negen maatregelen", "neuf mesures",
    ),
    "count-typed": ends(
        "count-typed", "Dit zijn twee maatregelen.", "Ce sont deux mesures.",
        "twee maatregelen", "deux mesures",
    ),
    "date-impossible": ends(
        "date-impossible", "Zo was het op 31 september 2024.[@pact]",
        "Ainsi le 31 septembre 2024.[@pact]", "31 sep", "31 sep",
    ),
    "weekday-differs": ends(
        "weekday-differs", "Zo was het op maandag 8 april 2025.[@debate]",
        "Ainsi le mardi 8 avril 2025.[@debate]", "maandag 8",
    ),
    "date-differs": (
        [(NL, "Op 8 april", "Op 9 april"), (FR, "Le 8 avril", "Le 9 avril")],
        [("date-differs", FR, "9 avril"), ("date-differs", NL, "9 april")],
    ),
    "date-of-other-source": ends(
        "date-of-other-source", "Zo was het op {{ dates.news }}.[@debate]",
        "Ainsi le {{ dates.news }}.[@debate]", "{{ dates.news", "{{ dates.news",
    ),
    "date-before-agreement": ends(
        "date-before-agreement", "Zo was het op 3 maart 2024.[@debate]",
        "Ainsi le 3 mars 2024.[@debate]", "3 maart", "3 mars",
    ),
    "date-after-edition": (
        [("sources.yaml", "issued: 2025-04-08", "issued: 2025-06-08"),
         (NL, "8 april 2025", "{{ dates.debate }}"), (FR, "8 avril 2025", "{{ dates.debate }}")],
        [("date-after-edition", "sources.yaml", "2025-06-08")],
    ),
    "reply-before-question": (
        [("sources.yaml", "2025-03-21", "2025-03-01")],
        [("reply-before-question", "sources.yaml", "2025-03-01")],
    ),
    "sum-differs": (
        [(NL, "2 miljoen voor", "3 miljoen voor"), (FR, "2 millions pour", "3 millions pour")],
        [("sum-differs", FR, "12,5"), ("sum-differs", NL, "12,5")],
    ),
    # -- two languages
    "text-missing": (
        [(NL, f"conclusions: |\n  {ENDS[0]}\n", "")],
        [("text-missing", FR, "Le pont aide")],
    ),
    "sources-differ": (
        [(FR, "[@news]", "[@news; @pact]")],
        [("sources-differ", FR, "pact")],
    ),
    "references-differ": (
        [("fr/edition.yaml", "([](#bridge))", "([](#paths))")],
        [("references-differ", "fr/edition.yaml", "paths")],
    ),
    "values-differ": ends(
        "values-differ", "Zo was het op {{ dates.agreement }}.",
        "Ainsi le {{ dates.questionnaire }}.", "", "dates.questionnaire",
    ),
    "dates-differ": ends(
        "dates-differ", "Zo was het op 8 april 2025.[@debate]", "Ainsi le 8 mai 2025.[@debate]",
        "", "Ainsi",
    ),
    "numbers-differ": (
        [(FR, "4,5 millions", "4,7 millions"), (FR, "2 millions", "1,8 millions")],
        [("numbers-differ", FR, "Le 8 avril 2025")],
    ),
    "people-differ": ends(
        "people-differ", "Zo zei Clarembeau.", "Ainsi parla Van Peeters.", "", "Van Peeters"
    ),
    "structure-differs": (
        [(FR, "**Deuxième** point", "Deuxième point")],
        [("structure-differs", FR, "Le 8 avril 2025")],
    ),
    "quotations-differ": (
        [(FR, '"un grand succès"', "un grand succès")],
        [("quotations-differ", FR, "Le 8 avril 2025")],
    ),
    # -- evidence
    "quotation-unsourced": ends(
        "quotation-unsourced", 'Het is "af en klaar".', "C'est \"fini et prêt\".",
        '"af', '"fini',
    ),
    "date-unsourced": ends(
        "date-unsourced", "Zo was het op 8 april 2025.", "Ainsi le 8 avril 2025.",
        "8 april 2025.\n", "8 avril 2025.\n",
    ),
    "provisional-unexplained": (
        [("measures.yaml", "status: executed", "status: provisionally_executed")],
        [("provisional-unexplained", FR, "Le pont est ouvert.\n"),
         ("provisional-unexplained", NL, "De brug is open.\n")],
    ),
    "reply-missing": (
        [("sources.yaml", "author: peeters", "author: clarembeau")],
        [("reply-missing", "measures.yaml", "peeters"),
         ("silent-minister", "measures.yaml", "executed")],
    ),
    "reply-unrecorded": (
        [("sources.yaml", "outcome: refused", "outcome: unrecorded")],
        [("reply-unrecorded", "sources.yaml", "type: personal_communication\n  author: cl")],
    ),
    "reply-undated": (
        [("sources.yaml", "  issued: 2025-03-21\n", "")],
        [("reply-undated", "sources.yaml", "type: personal_communication\n  author: cl")],
    ),
    "status-unsourced": (
        [("measures.yaml", "status: not_executed",
          "status: not_executed\n  history: [{edition: 2025-05-01, status: executed}]")],
        [("status-unsourced", "measures.yaml", "not_executed")],
    ),
    "silent-minister": (
        [("sources.yaml", "outcome: answered", "outcome: none")],
        [("silent-minister", "measures.yaml", "executed")],
    ),
    # -- links
    "link-form": (
        [("sources.yaml", "https://www.club.example/pact", "https://127.0.0.1/pact")],
        [("link-form", "sources.yaml", "https://127")],
    ),
    "link-fragment": (
        [("sources.yaml", "club.example/pact", "club.example/pact#:~:text=x")],
        [("link-fragment", "sources.yaml", "https://www.club")],
    ),
    "link-tracking": (
        [("sources.yaml", "club.example/pact", "club.example/pact?utm_source=x")],
        [("link-tracking", "sources.yaml", "https://www.club")],
    ),
    "link-bare": ends(
        "link-bare", "Zie www.club.example nu.", "Voir www.club.example ici.", "www.", "www."
    ),
    "link-insecure": (
        [("sources.yaml", "https://www.club", "http://www.club")],
        [("link-insecure", "sources.yaml", "http://www.club")],
    ),
    "link-twice": (
        [("sources.yaml", "https://www.raad.example/doc/7.pdf", "https://club.example/pact/")],
        [("link-twice", "sources.yaml", "https://club.example/pact/")],
    ),
    "link-language": (
        [("nl/labels.yaml", "https://www.conseil.example/doc/: https://www.raad.example/doc/",
          "https://www.ander.example/: https://www.ander.example/"),
         ("sources.yaml", "www.raad.example", "www.conseil.example")],
        [("link-language", "sources.yaml", "https://www.conseil")],
    ),
    "link-path": (
        [("sources.yaml", "https://www.club.example/pact", "https://www.krant.example/artikkel/1")],
        [("link-path", "sources.yaml", "https://www.krant.example/artikel")],
    ),
    "link-date": (
        [("sources.yaml", "2025/05/02/brug", "2025/05/03/brug")],
        [("link-date", "sources.yaml", "https://www.krant")],
    ),
    # -- language
    "spelling": ends("spelling", "De bruhg helpt.", "Le pont aide.", "bruhg"),
    "doubled-word": ends("doubled-word", "De brug brug helpt.", "Le pont aide.", "brug helpt"),
    "wording": ends("wording", "Het importverbod geldt.", "Le pont aide.", "importverbod"),
    "positional-word": ends("positional-word", "Zie onderaan.", "Le pont aide.", "onderaan"),
    "day-form": ends(
        "day-form", "Zo was het op 1 oktober 2024.[@pact]", "Ainsi le 1 octobre 2024.[@pact]",
        "", "1 octobre",
    ),
    "space-missing": ends("space-missing", "De brug helpt!", "Le pont aide!", "", "!"),
    "space-stray": ends("space-stray", "De brug , die helpt.", "Le pont aide.", " ,"),
    "dash-space": ends("dash-space", "De brug –ja – helpt.", "Le pont aide.", "–ja"),
    "straight-quotes": (
        [("nl/names.yaml", "news: bericht over de brug", "news: 'bericht \"de brug\"'")],
        [("straight-quotes", "nl/names.yaml", '"de brug"')],
    ),
    "full-stop": ends("full-stop", "De brug helpt", "Le pont aide.", "t\n"),
}  # fmt: skip

NEAR_MISSES: dict[str, list[Edit]] = {
    "a list marked a) and 1)": ends("", "Dit a) is b) goed.", "Ceci a) est b) bon.")[0],
    "nested quotation marks of the language": ends(
        "", "Het “is ‘zo’ goed”.[@news]", "C'est «\u00a0si “bon”\u00a0».[@news]")[0],
    "signs for less than": ends("", "De brug is 3 < 4 lang.", "Le pont mesure 3 < 4.")[0],
    "the genitive of a name": ends(
        "", "Zo wil het Clarembeaus plan.", "Ainsi le veut Clarembeau.")[0],
    "a name at the start of a sentence": ends(
        "", "Vlaamse Raad en stad zijn het eens.", "Les cyclistes aiment le pont.")[0],
    "a first name of two parts": ends(
        "", "Zo zei Luc Clarembeau.", "Ainsi parla Luc Clarembeau.")[0],
    "a minister of another measure who speaks": ends(
        "", "Zo zei Clarembeau.", "Ainsi parla Clarembeau.")[0],
    "the right party": ends(
        "", "Zo zei Clarembeau (B&B).", "Ainsi parla Clarembeau (B&B).")[0],
    "the right office": ends(
        "", "Zo zei minister van Financiën Luc Clarembeau.",
        "Ainsi parla le ministre des Finances, Luc Clarembeau.")[0],
    "a computed count": ends(
        "", "Dit zijn {{ counts.total | words }} maatregelen.",
        "Ce sont {{ counts.total | words }} mesures.")[0],
    "the right weekday": ends(
        "", "Zo was het op dinsdag 8 april 2025.[@debate]",
        "Ainsi le mardi 8 avril 2025.[@debate]")[0],
    "an old date that the source reports": ends(
        "", "De wet van 12 augustus 2003 geldt.[@debate]",
        "La loi du 12 août 2003 s'applique.[@debate]")[0],
    "amounts that are no sum": ends(
        "", "Er waren 3 mensen, 4 mensen en 500 mensen.",
        "Il y avait 3 personnes, 4 personnes et 500 personnes.")[0],
    "large numbers as each language writes them": ends(
        "", "Er waren 110.000 mensen.", "Il y avait 110 000 personnes.")[0],
    "one quoted word": ends("", 'Het is "af".', 'C\'est "fini".')[0],
    "words quoted before with their source": ends(
        "", 'Het is "een groot succes".', 'C\'est "un grand succès".')[0],
    "first of the month": ends(
        "", "Zo was het op 1 oktober 2024.[@pact]", "Ainsi le 1er octobre 2024.[@pact]")[0],
    "a pronoun that may be repeated": ends(
        "", "De brug die die stad bouwt.", "Nous nous taisons.")[0],
    "colons within a time": ends("", "Het is 10:30.", "Il est 10:30.")[0],
    "a link to a public address": ends(
        "", "Zie [de club](https://www.club.example/a).",
        "Voir [le club](https://www.club.example/a).")[0],
    "marked words of another language": ends(
        "", "De [bridge builder]{lang=en} helpt.", "Le [bridge builder]{lang=en} aide.")[0],
    "dashes with both spaces, and a range": ends(
        "", "De brug – ja – helpt van 2022-2027.", "Le pont – oui – aide de 2022-2027.")[0],
    "a full stop within quotation marks": ends(
        "", "Het is zo.[@news]", "C'est ainsi.[@news]")[0],
    "a status that changed with a new source": [
        ("measures.yaml", "status: executed",
         "status: executed\n  history: [{edition: 2025-05-01, status: not_executed}]")],
    "an address with the date of its source": [
        ("sources.yaml", "doc/7.pdf", "doc/20250408.pdf")],
    "a path that differs by more than a letter": [
        ("sources.yaml", "https://www.club.example/pact", "https://www.krant.example/nieuws")],
    "a reason that says what is provisional": [
        ("measures.yaml", "status: executed", "status: provisionally_executed"),
        (NL, "De brug is open.\n", "Dit is voorlopig.\n"),
        (FR, "Le pont est ouvert.\n", "C'est provisoirement ainsi.\n")],
}  # fmt: skip


def found(report: CheckReport) -> list[tuple[str, str, int, int]]:
    """Code and place of every finding but that nobody has confirmed the translations."""
    return sorted(
        (f.code, f.place.file, f.place.line, f.place.column)
        for f in report.findings
        if f.code != "translation-unconfirmed"
    )


def apply(folder: Path, edits: list[Edit]) -> None:
    """Make the edits of a case."""
    for file, old, new in edits:
        if old:
            edit(folder, file, old, new)
        else:
            (folder / file).write_bytes(b"\xff\xfe")


def test_tiny_edition_breaks_no_rule(edition: Path) -> None:
    """The edition that the cases break has nothing but unconfirmed translations."""
    assert found(check_edition(edition)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_rule_is_broken_once(name: str, edition: Path) -> None:
    """A break gives exactly its finding, at its line and column."""
    edits, wanted = BROKEN[name]
    apply(edition, edits)
    places = {
        (code, file, *(place_of(edition, file, words) if words else LATER.get(code, (1, 1))))
        for code, file, words in wanted
    }
    assert found(check_edition(edition)) == sorted(places)


LATER = {"yaml": (13, 1), "unreadable-file": (1, 1)}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_miss_is_none(name: str, edition: Path) -> None:
    """What only resembles a mistake gives no finding."""
    apply(edition, NEAR_MISSES[name])
    assert found(check_edition(edition)) == []
