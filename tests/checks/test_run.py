"""Each editorial rule: an edition that breaks it once, and one that nearly does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from report.checks.acceptances import CheckReport
from report.checks.formats import format_json, format_text
from report.checks.registry import GROUPS, RULES, explain
from report.checks.rules import Level
from report.checks.run import check_edition
from report.checks.translations import confirm, format_states, translation_states
from report.formats import format_github
from report.problems import ReportError
from tests.editions import closed, edit, make_edition, place_of
from tests.real_edition import CONTENT

NL, FR = "nl/measures/bridge.yaml", "fr/measures/bridge.yaml"
NL_PATHS, FR_PATHS = "nl/measures/paths.yaml", "fr/measures/paths.yaml"
OUR_QUOTE = 'De krant noemde de brug "een groot succes".[@news]'
THEIR_QUOTE = 'Le journal a jugé que le pont était "un grand succès".[@news]'
ENDS = ("De brug helpt iedereen.", "Le pont aide tout le monde.")
REFUSED = ("Het kabinet weigerde te antwoorden.", "Le cabinet a refusé de répondre.")

DEEP_LIST = "\n\n".join(
    "  " * (depth + bool(depth)) + f"- a{depth}.[@pact]" for depth in range(10)
)

Edit = tuple[str, str, str]
Found = tuple[str, str, str]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A tiny edition that breaks no rule."""
    return make_edition(tmp_path)


def ends(code: str, nl: str, fr: str, words_nl: str = "", words_fr: str = "") -> tuple:
    """A case that replaces the conclusions of both languages."""
    edits = [(NL, ENDS[0], nl), (FR, ENDS[1], fr)]
    found = [(code, FR, words_fr)] if words_fr else []
    return edits, found + ([(code, NL, words_nl)] if words_nl else [])


def quoted(source: str, nl: str, fr: str) -> list[Edit]:
    """The edits that set words of both languages in the margin of the first measure."""
    return [
        ("measures.yaml", "[mobility]\n", f"[mobility]\n  quote: {{source: {source}}}\n"),
        *((file, "\nconclusions:", f"\nquote: '{words}'\nconclusions:")
          for file, words in ((NL, nl), (FR, fr))),
    ]  # fmt: skip


BROKEN: dict[str, tuple[list[Edit], list[Found]]] = {
    # -- form
    "yaml": ([(NL, "analysis: |", "analysis: [")], [("yaml", NL, "@debate")]),
    "yaml-alias": (
        [("edition.yaml", "paden", "&x paden")],
        [("yaml-alias", "edition.yaml", "&x")],
    ),
    # -- colophon
    "imprint-incomplete": (
        [("edition.yaml", "responsible_publisher: Els Brug, Kaai 1, 1000 Brussel\n", "")],
        [("imprint-incomplete", "edition.yaml", "date: 2025")],
    ),
    "imprint-incomplete, licence": (
        [("edition.yaml", "licence: {name: CC BY 4.0, url: https://licence.example/by}\n", "")],
        [("imprint-incomplete", "edition.yaml", "date: 2025")],
    ),
    "imprint-incomplete, contact": (
        [("edition.yaml", "body: club", "body: council")],
        [("imprint-incomplete", "edition.yaml", "club]")],
    ),
    "address-missing": (
        [("edition.yaml", "address: https://www.club.example/nl, ", "")],
        [("address-missing", "edition.yaml", "{data: https")],
    ),
    "address-missing, data": (
        [("edition.yaml", ", data: https://www.club.example/fr.csv", "")],
        [("address-missing", "edition.yaml", "{address: https://www.club.example/fr")],
    ),
    # -- form
    "comment-in-text": (
        [(NL, "title: Een brug over het water", "title: Een brug #2 over het water")],
        [("comment-in-text", NL, " #2")],
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
        [("measures.yaml", "offices: [mobility]", "offices: [mobilty]")],
        [("unknown-reference", "measures.yaml", "mobilty")],
    ),
    "duplicate-measure": (
        [("measures.yaml", "- id: paths", "- id: bridge\n  level: city\n  offices: [mobility]\n"
          "  status: executed\n- id: paths")],
        [("duplicate-measure", "measures.yaml", "bridge\n  level: city\n  offices: [mobility]\n"
          "  status: executed\n- id: paths")],
    ),
    "control-character": (
        [(NL, ENDS[0], "De brug\ue000 helpt.")],
        [("control-character", NL, "\ue000")],
    ),
    "wrong-date": (
        [("edition.yaml", "sent: 2025-03-03", "sent: 3 maart")],
        [("wrong-date", "edition.yaml", "3 maart")],
    ),
    "content": ([(NL, "kind: summary", "kind: gist")], [("content", NL, "gist")]),
    "content, with words of other messages": (
        [(NL, "kind: summary", "kind: stands twice"), (NL, "title: Een brug over het water",
          "title: ''")],
        [("content", NL, "''"), ("content", NL, "stands twice")],
    ),
    "prose": (
        [(NL, "[@debate]", "[@debat]")],
        [("prose", NL, "[@debat]"), ("sources-differ", NL, "@debat]")],
    ),
    "foreign-markup": ends(
        "foreign-markup", "De <b>brug helpt.", "Le <b>pont aide.", "<b>", "<b>"
    ),
    "foreign-markup, code": ends(
        "foreign-markup", "De `brug` helpt.", "Le `pont` aide.", "`brug", "`pont"
    ),
    "foreign-markup, struck out": ends(
        "foreign-markup", "De ~~brug~~ stad.", "La ~~ville~~ aide.", "~~brug", "~~ville"
    ),
    "foreign-markup, footnote": ends(
        "foreign-markup", "De brug[^1].", "Le pont[^1].", "[^1]", "[^1]"
    ),
    "foreign-markup, raised and lowered": ends(
        "foreign-markup", "De brug^a^ helpt.", "Le pont~a~ aide.", "^a^", "~a~"
    ),
    "foreign-markup, highlighted, and a formula": ends(
        "foreign-markup", "De ==mooie== brug.", "Le pont de $n+m$ villes.", "==mooie", "$n"
    ),
    "foreign-markup, an attribute, and a container": ends(
        "foreign-markup", "De {.brug} brug.", "::: Le pont.", "{.brug", ":::"
    ),
    "foreign-markup, an underscore that is not closed": ends(
        "foreign-markup", "De _brug helpt.", "Le __pont aide.", "_brug", "__pont"
    ),
    "foreign-markup, entity": ends(
        "foreign-markup", "De &#171;brug.", "Le &#171;pont.", "&#171;", "&#171;"
    ),
    "foreign-markup, single braces with spaces": ends(
        "foreign-markup", "De brug { dates.news }.", "Le {  dates.pact}.", "{ dates", "{  d"
    ),
    "foreign-markup, half a reference": ends(
        "foreign-markup", "Zie de brug (#bridge).", "Voir le pont [bridge].", "(#b", "[b"
    ),
    "foreign-markup, half a citation": ends(
        "foreign-markup", "De brug@pact helpt.", "Le pont [debate] ouvre.", "@pact h", "[debate]"
    ),
    "foreign-markup, a citation in braces": ends(
        "foreign-markup", "De [@{pact}] brug.", "Le pont.[@{news}] Il ouvre.", "[@{p", "[@{n"
    ),
    "foreign-markup, emphasis that is not closed": ends(
        "foreign-markup", "De **brug helpt.", "Le *pont aide.", "**brug", "*pont"
    ),
    "foreign-markup, a link with a space": ends(
        "foreign-markup", "De [brug](over het water).", "Le [pont](sur l'eau).",
        "](over", "](sur"
    ),
    "foreign-markup, braces that are not closed": ends(
        "foreign-markup", "De [bridge]{x.", "Le [bridge]{x.", "]{", "]{"
    ),
    "foreign-markup, beside a citation": ends(
        "foreign-markup", "De brug.[zie <b>@pact]", "Le pont.[voir ~~oui~~ @pact]", "<b>", "~~oui"
    ),
    "prose, a comma between sources": ends(
        "prose", "De brug.[@pact, @news]", "Le pont.[@pact, @news]", "[@pact,", "[@pact,"
    ),
    "prose, a sign at the start of a line": ends(
        "prose", "De brug\n  - zo - is.", "Le pont est\n  + bon.", "- zo", "+ bon"
    ),
    "prose, a list ten deep": ends(
        "prose", f"Zo:\n\n  {DEEP_LIST}", f"Voici :\n\n  {DEEP_LIST}", "- a5", "- a5"
    ),
    "foreign-markup, single braces": ends(
        "foreign-markup", "De brug.", "Le {dates.news}.", "", "{dates"
    ),
    "invisible-character": (
        [(NL, ENDS[0], "De brug\u200b helpt iedereen.")],
        [("invisible-character", NL, "\u200b")],
    ),
    "invisible-character, in a fact": (
        [("people.yaml", "given: Luc", "given: Luc\u202e")],
        [("invisible-character", "people.yaml", "\u202e")],
    ),
    "missing-character": (
        [(NL, ENDS[0], "De brug \u2b50 helpt.")],
        [("missing-character", NL, "\u2b50")],
    ),
    "invisible-character, as an escape": (
        [("nl/names.yaml", "bericht over de brug", '"bericht \\u2067over de brug"')],
        [("invisible-character", "nl/names.yaml", '"bericht')],
    ),
    "lookalike": (
        [(NL, "title: Een brug over het water", "title: Een brug over het water # wаter")],
        [("lookalike", NL, "wаter")],
    ),
    "lost-character": ends(
        "lost-character", "De br\ufffdg helpt.", "Le p\ufffdnt aide.", "\ufffdg", "\ufffdnt"),
    "mistyped-character": ends(
        "mistyped-character", "Het is zo´n brug.", "C´est le pont.", "´n", "´est"),
    "mistyped-character, a grave accent": ends(
        "mistyped-character", "Het is zo`n brug.", "C`est le pont.", "`n", "`est"),
    "mistyped-character, a prime": ends(
        "mistyped-character", "Het is zo′n brug.", "C′est le pont.", "′n", "′est"),
    "mistyped-character, an accent alone": ends(
        "mistyped-character", "De brug ´helpt.", "Le pont ´aide.", "´helpt", "´aide"),
    "mistyped-character, hyphens for a dash": ends(
        "mistyped-character", "De brug -- ja.", "Le pont -- oui.", "-- ja", "-- oui"),
    "mistyped-character, a hyphen that does not break": ends(
        "mistyped-character", "De e\u2011mail helpt.", "Le c\u2011est-à-dire.",
        "\u2011mail", "\u2011est"),
    "mistyped-character, a ligature": ends(
        "mistyped-character", "De b\u0133l helpt.", "La \ufb01n aide.", "\u0133l", "\ufb01n"),
    "mistyped-character, a wide letter": (
        [(NL, ENDS[0], "De \uff22 helpt.")],
        [("missing-character", NL, "\uff22"), ("mistyped-character", NL, "\uff22")],
    ),
    "mistyped-character, in a fact": (
        [("people.yaml", "family: Clarembeau", "family: Clar`embeau")],
        [("mistyped-character", "people.yaml", "Clar`embeau")],
    ),
    "unpaired": ends("unpaired", "De brug (is open.", "Le pont (est ouvert.", "(is", "(est"),
    "unused-source": (
        [("sources.yaml", "reply_peeters:",
          "extra: {type: webpage, publisher: club}\nreply_peeters:")],
        [("unused-source", "sources.yaml", "{type: webpage, publisher: club}\n")],
    ),
    "unused-figure": (
        [(NL, "  ![](#cost)\n\n", ""), (FR, "  ![](#cost)\n\n", "")],
        [("unused-figure", "figures.yaml", "kind: parts")],
    ),
    # -- names
    "name-misspelt": ends(
        "name-misspelt", "Zo zei Clarembau.", "Ainsi parla Clarembau.", "Clarembau", "Clarembau"
    ),
    "name-misspelt, capital": ends(
        "name-misspelt", "Zo zei van Peeters.", "Ainsi parla van Peeters.",
        "van Peeters", "van Peeters",
    ),
    "first-name": ends(
        "first-name", "Zo zei Anna Clarembeau.", "Ainsi parla Luc Clarembeau.", "Anna C"
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
    "date-differs, from a source of which the month is known": (
        [("sources.yaml", "issued: 2025-04-08", "issued: 2025-03")],
        [("date-differs", FR, "8 avril"), ("date-differs", NL, "8 april")],
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
    "date-after-edition, in a month": (
        [("sources.yaml", "issued: 2025-04-08", "issued: 2025-07"),
         (NL, "8 april 2025", "{{ dates.debate }}"), (FR, "8 avril 2025", "{{ dates.debate }}")],
        [("date-after-edition", "sources.yaml", "2025-07")],
    ),
    "reply-before-question, in a month": (
        [("sources.yaml", "2025-03-21", "2025-02")],
        [("reply-before-question", "sources.yaml", "2025-02")],
    ),
    # -- statuses
    "status-contradicted": (
        [(NL, "reason: |\n  De brug is open.", "reason: |\n  De bouw is niet\n  uitgevoerd.")],
        [("status-contradicted", NL, "niet\n")],
    ),
    "status-contradicted, in brief": (
        [(NL, "reason:", "in_brief: Nog niet uitgevoerd.\nreason:"),
         (FR, "reason:", "in_brief: Pas encore ouvert.\nreason:")],
        [("status-contradicted", NL, "niet uitgevoerd")],
    ),
    "status-undescribed": (
        [("nl/edition.yaml", "Wij lazen", "Uitgevoerd is wat af is. Wij lazen")],
        [("status-undescribed", "nl/edition.yaml", "Uitgevoerd is")],
    ),
    "status-count-differs": (
        [("nl/edition.yaml", "Wij lazen", "Er zijn twee maatregelen niet uitgevoerd. Wij lazen"),
         ("fr/edition.yaml", "Nous avons lu", "2 non exécutées. Nous avons lu")],
        [("count-typed", "nl/edition.yaml", "twee maatregelen"),
         ("numbers-differ", "nl/edition.yaml", "Er zijn twee"),
         ("status-count-differs", "fr/edition.yaml", "2 non"),
         ("status-count-differs", "nl/edition.yaml", "twee maatregelen")],
    ),
    "status-count-differs, in short": (
        [("nl/edition.yaml", "Wij lazen", "Er is één uitgevoerd, twee niet. Wij lazen")],
        [("status-count-differs", "nl/edition.yaml", "twee niet")],
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
        [("sources-differ", NL, "Op 8 april 2025")],
    ),
    "references-differ": (
        [("fr/edition.yaml", "([](#bridge))", "([](#paths))")],
        [("references-differ", "nl/edition.yaml", "[](#bridge)")],
    ),
    "figures-differ": (
        [(FR, "  ![](#cost)\n\n", "")],
        [("figures-differ", NL, "![](#cost)")],
    ),
    "values-differ": ends(
        "values-differ", "Zo was het op {{ dates.agreement }}.",
        "Ainsi le {{ dates.questionnaire }}.", "{{ dates.agreement }}.\n",
    ),
    "dates-differ": ends(
        "dates-differ", "Zo was het op 8 april 2025.[@debate]", "Ainsi le 8 avril 2020.[@debate]",
        "8 april 2025.[@debate]\n",
    ),
    "numbers-differ": (
        [(FR, "4,5 millions", "4,7 millions"), (FR, "2 millions", "1,8 millions")],
        [("numbers-differ", NL, "4,5")],
    ),
    "people-differ": ends(
        "people-differ", "Zo zei Clarembeau.", "Ainsi parla Van Peeters.", "Clarembeau"
    ),
    "agreement-kind-differs": (
        [(NL, "kind: summary", "kind: verbatim")],
        [("agreement-kind-differs", NL, "verbatim")],
    ),
    "structure-differs": (
        [(FR, "**Deuxième** point", "Deuxième point")],
        [("structure-differs", NL, "Op 8 april 2025")],
    ),
    "quotations-differ": (
        [(FR, '"un grand succès"', "un grand succès")],
        [("quotations-differ", NL, "Op 8 april 2025")],
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
        [("people.yaml", "parties:", "  jans: {family: Jans}\nparties:"),
         ("sources.yaml", "author: peeters", "author: jans")],
        [("reply-missing", "measures.yaml", "[mobility]"),
         ("silent-minister", "measures.yaml", "executed")],
    ),
    "reply-unrecorded": (
        [("sources.yaml", "outcome: refused", "outcome: unrecorded"),
         (NL_PATHS, f"{REFUSED[0]}[@reply_clarembeau]", REFUSED[0]),
         (FR_PATHS, f"{REFUSED[1]}[@reply_clarembeau]", REFUSED[1])],
        [("reply-unrecorded", "sources.yaml", "type: personal_communication\n  author: cl")],
    ),
    "reply-undated": (
        [("sources.yaml", "  issued: 2025-03-21\n", "")],
        [("reply-undated", "sources.yaml", "type: personal_communication\n  author: cl")],
    ),
    "status-unsourced": (
        [closed("2025-05-01", bridge="executed", paths="executed")],
        [("status-unsourced", "measures.yaml", "not_executed")],
    ),
    "quote-altered": (
        quoted("news, speaker: paper", 'de brug "een groot succes"', 'le pont était "un succès"'),
        [("quote-altered", FR, "'le pont était")],
    ),
    "quote-altered, without the marks": (
        quoted("news, speaker: paper", "noemde de brug", "le pont était"),
        [("quote-altered", FR, "'le pont était'"), ("quote-altered", NL, "'noemde de brug'")],
    ),
    "quote-unsourced": (
        quoted("debate, speaker: paper", '"een groot succes"', '"un grand succès"'),
        [("quote-unsourced", FR, "'\"un"), ("quote-unsourced", NL, "'\"een")],
    ),
    "quote-unnamed": (
        quoted("news, speaker: clarembeau", '"een groot succes"', '"un grand succès"'),
        [("quote-unnamed", FR, "'\"un"), ("quote-unnamed", NL, "'\"een")],
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
    "link-unprinted": ends(
        "link-unprinted", "Zie [de brug](https://club.example/brug).",
        "Voir [le pont](https://club.example/brug).", "https://club", "https://club",
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
        "day-form", "Zo was het op 1 juni 2024.[@pact]", "Ainsi le 1 juin 2024.[@pact]",
        "", "1 juin",
    ),
    "space-missing": ends("space-missing", "De brug helpt; ja.", "Le pont aide; oui.", "", ";"),
    "space-stray": ends("space-stray", "De brug , die helpt.", "Le pont aide.", " ,"),
    "dash-space": ends("dash-space", "De brug –ja – helpt.", "Le pont aide.", "–ja"),
    "straight-quotes": (
        [("nl/names.yaml", "news: bericht over de brug", "news: 'bericht \"de brug\"'")],
        [("straight-quotes", "nl/names.yaml", '"de brug"')],
    ),
    "full-stop": ends("full-stop", "De brug helpt", "Le pont aide.", "t\n"),
}  # fmt: skip

NEAR_MISSES: dict[str, list[Edit]] = {
    "brackets that are meant": ends(
        "", "De \\[pact], (#brug) en [sic] (...).", "Le \\[pact], (#pont) et [sic] (...).")[0],
    "signs that are meant": ends(
        "", "De brug: US$5 en US$6, \\_brug.", "Le pont : US$5 et US$6, \\_pont.")[0],
    "a year at the start of a line": ends(
        "", "De brug kwam er in\n  2021. Zo is het.", "Le pont date de\n  2021. Voilà.")[0],
    "a list after a colon": ends(
        "", "Het is zo:\n  - brug;\n  - stad.", "C'est ainsi :\n  - pont ;\n  - ville.")[0],
    "bold type written otherwise": ends("", "De __brug__ helpt.", "Le **pont** aide.")[0],
    "a mail address in brackets": ends(
        "", "De brug [mail pont@pont.be].", "Le pont [mail pont@pont.be].")[0],
    "brackets and a key that do not cite": ends(
        "", "De brug \\[@brug].", "Le pont \\[@pont].")[0],
    "a list marked a) and 1)": ends("", "Dit a) is b) goed.", "Ceci a) est b) bon.")[0],
    "nested quotation marks of the language": ends(
        "", "Het “is ‘zo’ goed”.[@news]", "C'est «\u00a0si 'bon'\u00a0».[@news]")[0],
    "an address with a semicolon": ends(
        "", "Het is AT&T of B&B; zo is het.", "AT&T ou B&B ; voilà.")[0],
    "signs for less than": ends("", "De brug is 3 < 4 lang.", "Le pont mesure 3 < 4.")[0],
    "the genitive of a name": ends(
        "", "Zo wil het Clarembeaus plan.", "Ainsi le veut Clarembeau.")[0],
    "a name at the start of a sentence": ends(
        "", "Vlaamse Raad en stad zijn het eens.", "Le pont plaît.")[0],
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
    "a name of digits, where a point marks decimals": [
        ("nl/labels.yaml", "locale: nl_BE", "locale: en_GB"),
        (NL, "12,5 miljoen", "12.5 miljoen"), (NL, "4,5 miljoen", "4.5 miljoen"),
        ("nl/names.yaml", "club: De Fietsersbond", "club: 11.11.11"),
        ("fr/names.yaml", "club: Les Cyclistes", "club: 11.11.11"),
        *ends("", "Zo zegt 11.11.11.", "Ainsi parla 11.11.11.")[0]],
    "marks of an alphabet's own, transcribed": ends(
        "", "De stad heet [Sha‘ar]{lang=ar}.", "La ville s'appelle [Sha‘ar]{lang=ar}.")[0],
    "a quotation mark that another language uses": ends(
        "", "De [‚Brücke‘]{lang=de} helpt.", "Le [‚Brücke‘]{lang=de} aide.")[0],
    "one quoted word": ends("", 'Het is "af".', 'C\'est "fini".')[0],
    "words quoted before with their source": ends(
        "", 'Het is "een groot succes".', 'C\'est "un grand succès".')[0],
    "first of the month": ends(
        "", "Zo was het op 1 juni 2024.[@pact]", "Ainsi le 1er juin 2024.[@pact]")[0],
    "a pronoun that may be repeated": ends(
        "", "De brug die die stad bouwt.", "Nous nous taisons.")[0],
    "colons within a time": ends("", "Het is 10:30.", "Il est 10:30.")[0],
    "a link to a mail address, which the text can name": ends(
        "", "Schrijf [de club](mailto:info@club.example).",
        "Écrivez [au club](mailto:info@club.example).")[0],
    "marked words of another language": ends(
        "", "De [bridge builder]{lang=en} helpt.", "Le [bridge builder]{lang=en} aide.")[0],
    "dashes with both spaces, and a range": ends(
        "", "De brug – ja – helpt van 2022-2027.", "Le pont – oui – aide de 2022-2027.")[0],
    "a full stop within quotation marks": ends(
        "", "Het is zo.[@news]", "C'est ainsi.[@news]")[0],
    "a status that changed with a new source": [
        closed("2025-05-01", bridge="not_executed", paths="not_executed")],
    "a day in the month of its source": [
        ("sources.yaml", "issued: 2025-04-08", "issued: 2025-04")],
    "a day some time before the month of its source": [
        ("sources.yaml", "issued: 2025-04-08", "issued: 2025-05")],
    "a source of the year of the edition": [
        ("sources.yaml", "issued: 2025-04-08", "issued: 2025")],
    "a reply of the month of the question": [
        ("sources.yaml", "2025-03-21", "2025-03")],
    "a status that changed with a source that may be new": [
        closed("2025-05-01", bridge="not_executed", paths="not_executed"),
        ("sources.yaml", "issued: 2025-05-02", "issued: 2025-05")],
    "an address with a day in the month of its source": [
        ("sources.yaml", "issued: 2025-05-02", "issued: 2025-05")],
    "an address with the date of its source": [
        ("sources.yaml", "doc/7.pdf", "doc/20250408.pdf")],
    "a path that differs by more than a letter": [
        ("sources.yaml", "https://www.club.example/pact", "https://www.krant.example/nieuws")],
    "a reason with a word of another status": [
        (NL_PATHS, "Er is niets aangelegd.", "Wat uitgevoerd is, is te weinig."),
        (FR_PATHS, "Rien n'a été aménagé.", "Ce qui a été exécuté ne suffit pas."),
    ],
    "a method that explains each status in use": [
        ("nl/edition.yaml", "Wij lazen verslagen en kranten.",
         "Wij lazen:\n\n  - **Uitgevoerd.** Het is af.\n  - **Niet uitgevoerd.** Het is open."),
        ("fr/edition.yaml", "Nous avons lu des comptes rendus et des journaux.",
         "Nous lisons :\n\n  - **Exécutée.** C'est fait.\n  - **Non exécutée.** C'est ouvert."),
    ],
    "typed numbers of statuses that are right, or of something else": [
        ("nl/edition.yaml", "Wij lazen",
         "Er is één uitgevoerd, één niet. Voor twee niet nader genoemde wegen klopt dat."
         " Wij lazen"),
    ],
    "words in the margin, over a line and over markup": [
        *quoted("news, speaker: paper", 'noemde de brug "een groot succes"',
                'jugé que le pont était "un grand succès"'),
        (NL, OUR_QUOTE, 'De krant noemde\n  de brug "een *groot* succes".[@news]')],
    "a reason that says what is provisional": [
        ("measures.yaml", "status: executed", "status: provisionally_executed"),
        (NL, "De brug is open.\n", "Dit is voorlopig.\n"),
        (FR, "Le pont est ouvert.\n", "C'est provisoirement ainsi.\n")],
}  # fmt: skip


def found(report: CheckReport) -> list[tuple[str, str, int, int]]:
    """Code and place of every finding but those of what nobody has confirmed or can spell."""
    return sorted(
        (f.code, f.place.file, f.place.line, f.place.column)
        for f in report.findings
        if f.code not in ("translation-unconfirmed", "no-dictionary")
    )


def apply(folder: Path, edits: list[Edit]) -> None:
    """Make the edits of a case."""
    for file, old, new in edits:
        edit(folder, file, old, new)


def test_tiny_edition_breaks_no_rule(edition: Path) -> None:
    """The edition that the cases break has nothing but unconfirmed translations."""
    assert found(check_edition(edition)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_rule_is_broken_once(name: str, edition: Path) -> None:
    """A break gives exactly its finding, at its line and column."""
    edits, wanted = BROKEN[name]
    apply(edition, edits)
    places = {(code, file, *place_of(edition, file, words)) for code, file, words in wanted}
    assert found(check_edition(edition)) == sorted(places)


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_miss_is_none(name: str, edition: Path) -> None:
    """What only resembles a mistake gives no finding."""
    apply(edition, NEAR_MISSES[name])
    assert found(check_edition(edition)) == []


def test_every_rule_is_broken_here() -> None:
    """No rule goes without a case that breaks it."""
    elsewhere = {
        "unreadable-file", "orphan-text", "link-outside", "orphan-file", "accepted-form",
        "accepted-stale", "reason-unrenewed", "translation-stale",
        "translation-unconfirmed", "no-dictionary",
        "lock-form",
        "untranslated",
        "language-folder",
    }  # fmt: skip
    cases = {name.partition(",")[0] for name in BROKEN}
    assert cases | elsewhere == set(RULES)


def test_reason_of_an_old_status(edition: Path) -> None:
    """A status that changed after its reason was confirmed asks for another reason."""
    confirm(edition, ["bridge"])
    edit(edition, "measures.yaml", "status: executed", "status: not_executed")
    expected = {
        tag: ("reason-unrenewed", file, *place_of(edition, file, words))
        for tag, file, words in (("nl", NL, "De brug is open."), ("fr", FR, "Le pont est ouvert."))
    }
    assert found(check_edition(edition)) == sorted(expected.values())
    edit(edition, NL, "reason: |\n  De brug is open.", "reason: |\n  De brug is weer dicht.")
    stale = ("translation-stale", *expected["nl"][1:])
    assert found(check_edition(edition)) == [expected["fr"], stale]
    edit(edition, FR, "reason: |\n  Le pont est ouvert.", "reason: |\n  Le pont a été fermé.")
    confirm(edition, ["bridge"])
    assert found(check_edition(edition)) == []


def test_file_that_is_not_text(edition: Path) -> None:
    """Binary junk is a finding."""
    (edition / "people.yaml").write_bytes(b"\xff\xfe\x00")
    assert found(check_edition(edition))[0] == ("unreadable-file", "people.yaml", 1, 1)


def test_files_that_nothing_reads(edition: Path) -> None:
    """A text of no measure is an error, another stray file a warning."""
    (edition / "nl/measures/bruge.yaml").write_text("title: x", encoding="utf-8")
    assert found(check_edition(edition)) == [("orphan-text", "nl/measures/bruge.yaml", 1, 1)]
    (edition / "nl/measures/bruge.yaml").rename(edition / "nl/notes.md")
    assert found(check_edition(edition)) == [("orphan-file", "nl/notes.md", 1, 1)]


def test_link_out_of_the_folder(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A symbolic link to another folder is refused."""
    secret = tmp_path_factory.mktemp("other") / "people.yaml"
    secret.write_text((edition / "people.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (edition / "people.yaml").unlink()
    (edition / "people.yaml").symlink_to(secret)
    assert found(check_edition(edition)) == [("link-outside", "people.yaml", 1, 1)]


def test_place_within_folded_text(edition: Path) -> None:
    """In text that YAML folds into one line, a finding stands at its own line and column."""
    lines = (">-", "Waar komen de", "fietspaden van de bruhg", "en {{ counts.gone }} zo?")
    folded = "- " + "\n      ".join(lines)
    edit(edition, NL_PATHS, "- Waar komen de fietspaden?", folded)
    assert {
        ("spelling", NL_PATHS, *place_of(edition, NL_PATHS, "bruhg")),
        ("prose", NL_PATHS, *place_of(edition, NL_PATHS, "{{ counts.gone")),
    } <= set(found(check_edition(edition)))


def test_all_problems_at_once_sorted_by_file(edition: Path) -> None:
    """Findings of several files come in one report, in order."""
    edit(edition, NL, ENDS[0], "De brug helpt")
    edit(edition, "sources.yaml", "2025-03-21", "2025-03-01")
    edit(edition, "nl/edition.yaml", "verslagen", "verslagen en bruhgen")
    codes = [f.code for f in check_edition(edition).findings]
    kept = [code for code in codes if not code.startswith("translation")]
    assert kept == ["spelling", "full-stop", "reply-before-question"]


# ---------------------------------------------------------------- editions that load in part

MISTAKES: list[tuple[str, Edit]] = [
    ("doubled-word", ("nl/edition.yaml", "en kranten", "en en kranten")),
    ("full-stop", (NL, ENDS[0], "De brug helpt")),
    ("prose", (NL_PATHS, "weigerde te", "weigerde {{ counts.gone }} te")),
    ("prose", (FR_PATHS, "a refusé de", "a refusé {{ counts.gone }} de")),
    ("doubled-word", (FR, "Le pont aide", "Le pont pont aide")),
    ("link-insecure", ("sources.yaml", "https://www.krant", "http://www.krant")),
]
TEXTS = ["nl/edition.yaml", "fr/edition.yaml", NL, FR, NL_PATHS, FR_PATHS]
FILES = ["edition.yaml", "people.yaml", "sources.yaml", "measures.yaml", "nl/names.yaml",
         "fr/names.yaml", "nl/labels.yaml", "fr/labels.yaml", *TEXTS]  # fmt: skip
INCONSISTENT: list[Edit] = [
    ("people.yaml", "party: groep-a", "party: groep-z"),
    ("measures.yaml", "offices: [mobility]", "offices: [mobilty]"),
    ("sources.yaml", "author: clarembeau", "author: clarembo"),
    ("edition.yaml", "source: pact", "source: pakt"),
    ("nl/names.yaml", "city: Stad, ", ""),
    (NL_PATHS, "questions:\n  spring:\n    - Waar komen de fietspaden?\n", ""),
    (NL, "short_title: De brug\n", ""),
]


def mistakes_beside(edition: Path, file: str) -> tuple[set[tuple[str, str]], list[str]]:
    """The mistakes found in other files than ``file``, and the codes found in that file."""
    codes = [(f.code, f.place.file) for f in check_edition(edition).findings]
    kept = [item for item in codes if not item[0].startswith("translation")]
    return {item for item in kept if item[1] != file}, [c for c, f in kept if f == file]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("broken", ["]", None], ids=["YAML", "gone"])
def test_rest_is_checked_when_a_file_does_not_load(
    broken: str | None, file: str, edition: Path
) -> None:
    """Beside the file's own fault stand the mistakes of other files, and none that is not one."""
    apply(edition, [change for _, change in MISTAKES])
    if broken:
        (edition / file).write_text((edition / file).read_text("utf-8") + broken, "utf-8")
    else:
        (edition / file).unlink()
    beside, own = mistakes_beside(edition, file)
    made = {(code, change[0]) for code, change in MISTAKES if change[0] != file}
    assert own == ["yaml" if broken else "unreadable-file"]
    if file.endswith("labels.yaml"):
        made = {item for item in made if item[1][:3] != file[:3]}
    elif file not in TEXTS:
        made = {item for item in made if item[0] != "prose"}
    assert beside == made


@pytest.mark.parametrize("change", INCONSISTENT)
def test_rest_is_checked_when_files_contradict_each_other(change: Edit, edition: Path) -> None:
    """What one file says of another gives its own finding, and no other follows from it."""
    edit(edition, *MISTAKES[1][1])
    edit(edition, *change)
    beside, own = mistakes_beside(edition, change[0])
    assert beside <= {("full-stop", NL)}
    assert beside or change[0] == NL
    assert len(own) == 1


@pytest.mark.parametrize("labels", ["- language_name\n", "language_name: [x]\n"])
def test_language_without_labels_does_not_stop_the_other(labels: str, edition: Path) -> None:
    """The other language is rendered, which names all languages."""
    apply(edition, [change for _, change in MISTAKES])
    (edition / "fr/labels.yaml").write_text(labels, encoding="utf-8")
    beside, own = mistakes_beside(edition, "fr/labels.yaml")
    assert ("prose", NL_PATHS) in beside
    assert set(own) <= {"content", "missing-key"}


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """Without a folder there is one finding."""
    assert [f.message for f in check_edition(tmp_path / "gone").findings] == ["is not a folder"]


def test_acceptances_wait_while_a_file_does_not_load(edition: Path) -> None:
    """What may be found once all is loaded is not called stale."""
    (edition / "accepted.yaml").write_text(ACCEPTED, encoding="utf-8")
    (edition / "people.yaml").unlink()
    assert check_edition(edition).stale == ()


# ---------------------------------------------------------------- acceptances

ACCEPTED = """\
- {code: full-stop, file: nl/measures/bridge.yaml, words: De brug helpt, reason: a motto}
"""


def test_accepted_finding_is_listed_with_its_reason(edition: Path) -> None:
    """An accepted finding does not stand, but is listed."""
    edit(edition, NL, ENDS[0], "De brug helpt")
    (edition / "accepted.yaml").write_text(ACCEPTED, encoding="utf-8")
    report = check_edition(edition)
    assert found(report) == []
    assert [(f.code, reason) for f, reason in report.accepted] == [("full-stop", "a motto")]
    assert "a motto" in format_text(report)
    assert report.passes(strict=True)


def test_acceptance_covers_one_finding(edition: Path) -> None:
    """The same words a second time are reported, unless a second entry accepts them."""
    edit(edition, NL, ENDS[0], "De brug helpt\n\n  De stad zwijgt.\n\n  De brug helpt")
    accepted = edition / "accepted.yaml"
    accepted.write_text(ACCEPTED, encoding="utf-8")
    report = check_edition(edition)
    assert [f.place.line for f, _ in report.accepted] == [20]
    assert found(report) == [("full-stop", NL, 24, 15), ("structure-differs", NL, 20, 3)]
    accepted.write_text(ACCEPTED * 2, encoding="utf-8")
    assert len(check_edition(edition).accepted) == 2
    accepted.write_text(ACCEPTED * 3, encoding="utf-8")
    report = check_edition(edition)
    assert len(report.accepted) == 2
    assert [(f.code, f.place.line) for f in report.findings if f.place.file == accepted.name] == [
        ("accepted-stale", 3)
    ]


def test_acceptance_follows_its_words(edition: Path) -> None:
    """Lines added before the finding do not matter."""
    edit(edition, NL, ENDS[0], "De stad zwijgt.\n  De brug helpt")
    (edition / "accepted.yaml").write_text(ACCEPTED, encoding="utf-8")
    assert found(check_edition(edition)) == []


def test_acceptance_without_finding_is_reported(edition: Path) -> None:
    """An acceptance that no finding needs is a warning at its place."""
    (edition / "accepted.yaml").write_text("\n" + ACCEPTED, encoding="utf-8")
    report = check_edition(edition)
    assert found(report) == [("accepted-stale", "accepted.yaml", 2, 3)]
    assert [a.code for a in report.stale] == ["full-stop"]


def test_acceptance_of_a_rule_that_is_not_applied_is_kept(edition: Path) -> None:
    """Only a rule that was applied can tell that its acceptance is no longer needed."""
    (edition / "accepted.yaml").write_text(ACCEPTED, encoding="utf-8")
    assert [a.code for a in check_edition(edition, without=["prose"]).stale] == ["full-stop"]
    assert check_edition(edition, without=["full-stop"]).stale == ()


def test_acceptance_of_an_unknown_rule(edition: Path) -> None:
    """A misspelt code is an error, with the right one."""
    (edition / "accepted.yaml").write_text(ACCEPTED.replace("stop", "stap"), encoding="utf-8")
    errors = check_edition(edition).of(Level.ERROR)
    assert [(e.code, e.place.column) for e in errors] == [("accepted-form", 10)]
    assert 'did you mean "full-stop"?' in errors[0].message


def test_a_broken_acceptance_leaves_the_others(edition: Path) -> None:
    """One entry that cannot be read is told at its place; the others still accept."""
    edit(edition, NL, ENDS[0], "De brug helpt")
    broken = "- code: spelling\n  file: nl/edition.yaml\n"
    (edition / "accepted.yaml").write_text(broken + ACCEPTED, encoding="utf-8")
    report = check_edition(edition)
    assert [(f.code, f.place.line, f.message) for f in report.of(Level.ERROR)] == [
        ("accepted-form", 1, 'key "reason" is missing')
    ]
    assert [finding.code for finding, _ in report.accepted] == ["full-stop"]
    assert report.of(Level.WARNING) == []


def test_labels_that_cannot_be_read_take_no_source_away(edition: Path) -> None:
    """With the labels of every language broken, nothing is said of what then is not read."""
    edit(edition, *closed("2025-05-01", bridge="not_executed", paths="not_executed"))
    for tag in ("nl", "fr"):
        (edition / tag / "labels.yaml").write_text("language: [", encoding="utf-8")
    codes = {finding.code for finding in check_edition(edition).findings}
    assert codes == {"yaml"}


def test_without_a_language_folder_no_source_is_missed(edition: Path) -> None:
    """What is wrong is that there are no texts; what they would cite is not known."""
    edit(edition, *closed("2025-05-01", bridge="not_executed", paths="not_executed"))
    for tag in ("nl", "fr"):
        (edition / tag).rename(edition / f".{tag}")
    assert "status-unsourced" not in {f.code for f in check_edition(edition).findings}


# ---------------------------------------------------------------- translations


def test_confirmed_translation_goes_stale(edition: Path) -> None:
    """A change in one language after the confirmation is a warning with both places."""
    assert confirm(edition, ["bridge"]) == {"bridge": 6}
    assert "bridge" not in [f.words for f in check_edition(edition).findings]
    edit(edition, NL, ENDS[0], "De brug helpt veel.")
    stale = check_edition(edition).of(Level.WARNING)
    assert [(f.code, f.place.file, f.words) for f in stale] == [
        ("translation-stale", NL, "conclusions")
    ]
    assert (stale[0].place.line, stale[0].place.column) == place_of(edition, NL, "De brug helpt v")
    assert stale[0].related[0].file == FR
    confirm(edition, ["bridge"])
    assert check_edition(edition).of(Level.WARNING) == []


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "bridge: {title: x}\n", "- a\n", "["])
def test_a_broken_lock_is_told_and_kept(edition: Path, text: str) -> None:
    """What was confirmed is not lost: the check names the line, confirm does not write."""
    confirm(edition, ["bridge"])
    lock = edition / "translations.lock.yaml"
    lock.write_text(text + lock.read_text(encoding="utf-8"), encoding="utf-8")
    before = lock.read_text(encoding="utf-8")
    (error,) = check_edition(edition).of(Level.ERROR)
    assert (error.code, error.place.file) == ("lock-form", "translations.lock.yaml")
    with pytest.raises(ReportError):
        confirm(edition, ["bridge"])
    assert lock.read_text(encoding="utf-8") == before


def test_table_of_translation_states(edition: Path) -> None:
    """The table counts each measure's texts by state."""
    confirm(edition, ["bridge"])
    edit(edition, NL, ENDS[0], "De brug helpt veel.")
    rows = [line.split() for line in format_states(translation_states(edition)).splitlines()]
    assert rows[0] == ["confirmed", "stale", "unconfirmed"]
    assert ["bridge", "5", "1", "0"] in rows
    assert ["paths", "0", "0", "6"] in rows


def test_confirmation_of_an_unknown_measure(edition: Path) -> None:
    """A misspelt measure is refused, with the right one."""
    with pytest.raises(ReportError, match='did you mean "bridge"'):
        confirm(edition, ["bridge", "brigde"])


# ---------------------------------------------------------------- formats and explanations


def test_formats(edition: Path) -> None:
    """Text, JSON and workflow commands tell the same finding."""
    edit(edition, NL, ENDS[0], "De brug helpt")
    report = check_edition(edition)
    place = f"{NL}:20:15"
    assert f"{place}: warning: this paragraph ends without a full stop" in format_text(report)
    data = json.loads(format_json(report))["findings"]
    kept = [f for f in data if f["code"] == "full-stop"]
    assert [(f["file"], f["line"], f["column"], f["level"]) for f in kept] == [
        (NL, 20, 15, "warning")
    ]
    command = f"::warning file=content/{NL},line=20,col=15,title=full-stop::this paragraph"
    assert command in format_github(report.findings, "content")


def test_only_one_language(edition: Path) -> None:
    """A check of one language leaves the other's mistakes out."""
    edit(edition, NL, ENDS[0], "De brug helpt")
    assert check_edition(edition, ["fr"]).of(Level.WARNING) == []


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained(code: str) -> None:
    """Each rule says what it is about and why, in sentences."""
    text = explain(code)
    assert text.startswith(f"{code} (")
    assert text.endswith(".")


def test_unknown_rule_is_not_explained() -> None:
    """A misspelt code is refused, with the right one."""
    with pytest.raises(ReportError, match='did you mean "spelling"'):
        explain("speling")


def test_codes_are_unique() -> None:
    """No two rules share a code."""
    codes = [rule.code for _, rules in GROUPS for rule in rules]
    assert len(codes) == len(set(codes))


@pytest.mark.real_edition
def test_real_edition_passes() -> None:
    """The edition in the project has no error, and no warning but of what is not yet known.

    A final build goes on asking for the imprint and the address that only the publishers have.
    """
    report = check_edition(CONTENT)
    assert report.of(Level.ERROR) == []
    asked_for = {"imprint-incomplete", "address-missing"}
    assert [f for f in report.of(Level.WARNING) if f.code not in asked_for] == []


def test_a_language_that_is_a_copy_is_told_once(edition: Path) -> None:
    """Its folder, copied and renamed, gives one error and stops a final build."""
    shutil.copytree(edition / "nl", edition / "af")
    edit(edition, "af/labels.yaml", "language: nl-BE", "language: af")
    edit(edition, "af/labels.yaml", "language_name: Nederlands", "language_name: Afrikaans")
    report = check_edition(edition)
    (finding,) = [f for f in report.findings if f.code == "untranslated"]
    assert (finding.place.file, finding.level) == ("nl/edition.yaml", Level.ERROR)
    assert "the same in af and nl" in finding.message
    assert not report.passes()


def test_names_that_are_not_utf8_are_told(edition: Path) -> None:
    """Files and folders of an old archive are findings in every format, not tracebacks."""
    for folder in ("nl/measures", "nl", ""):
        (edition / folder / "caf\udce9.yaml").write_text("a: b\n", encoding="utf-8")
    (edition / "fran\udce7ais").mkdir()
    (edition / "fran\udce7ais" / "labels.yaml").touch()
    report = check_edition(edition)
    for text in (format_text(report), format_json(report), format_github(report.findings)):
        assert "caf\\xe9.yaml" in text.replace("\\\\", "\\")
        assert "fran\\xe7ais" in text.replace("\\\\", "\\")
        text.encode()


def test_an_edition_in_a_folder_that_is_not_utf8_is_checked(edition: Path) -> None:
    """The name of the folder above is nobody's fault."""
    odd = edition.parent / "caf\udce9"
    edition.rename(odd)
    assert found(check_edition(odd)) == []
