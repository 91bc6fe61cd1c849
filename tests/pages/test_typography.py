"""Typography by language: spaces, names, dates, numbers, hyphenation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyphen import Pyphen

from report.edition.dates import PartialDate
from report.edition.model import Typography
from report.pages.typography import Typesetter, hyphenation_dictionary
from tests import real_edition

NAMES = ["11.11.11", "Van Bossuyt", "Ben-Gvir", "Jean-Luc", "N-VA", "Prévot"]


def rules(language: str) -> Typography:
    if language == "de":
        return Typography.model_validate(
            {
                "locale": "de_DE",
                "hyphenation": "de",
                "hyphenate_capitals": True,
                "quotes": ["„", "“", "‚", "‘"],
                "note_call": "after-punctuation",
            }
        )
    return real_edition.edition().languages[language].labels.typography


def visible(text: str) -> str:
    """``text`` with the spaces that do not break and the joiners made visible."""
    return text.replace("\u00a0", "~").replace("\u202f", "_").replace("\u2060", "^")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # a number and what it counts
        ("nl", "12 ton en 3 mensen", "12~ton en 3~mensen"),
        ("nl", "12,5 miljoen euro", "12,5~miljoen euro"),
        ("nl", "110.000 mensen", "110.000~mensen"),
        ("fr", "110 000 personnes", "110_000~personnes"),
        ("fr", "12 000 000 euros", "12_000_000~euros"),
        ("nl", "artikel 24 2025", "artikel 24 2025"),
        ("nl", "11.11.11 en 12.500 ton", "11.11.11 en 12.500~ton"),
        # a day, its month and its year; a year and the next word
        ("nl", "op 2 september 2025 zei hij", "op 2~september~2025 zei hij"),
        ("nl", "in september 2500 mensen", "in september 2500~mensen"),
        ("nl", "in 1999 waren er 2500 mensen", "in 1999 waren er 2500~mensen"),
        ("fr", "le 1er octobre 2025", "le 1er~octobre~2025"),
        ("fr", "le 15 août 2025 il", "le 15~août~2025 il"),
        ("de", "am 1. Mai 2030 kam", "am 1.~Mai~2030 kam"),
        ("de", "im Jahr 2030. Danach", "im Jahr 2030. Danach"),
        # a number and its symbol, a symbol or an abbreviation and its number
        ("nl", "20 °C, 5 % en 5 €; 3 ‰", "20~°C, 5~% en 5~€; 3~‰"),
        ("fr", "12 000 € et 5 % ; 20 °C", "12_000~€ et 5~%_; 20~°C"),
        ("nl", "€ 5, $ 5, £ 5, § 2", "€~5, $~5, £~5, §~2"),
        ("nl", "p. 12, pp. 3-4, blz. 5, art. 5, Art. 6", "p.~12, pp.~3-4, blz.~5, art.~5, Art.~6"),
        ("nl", "nr. 5, Nr. 6, fig. 2, vol. 3", "nr.~5, Nr.~6, fig.~2, vol.~3"),
        ("fr", "n° 5, N° 6, nos 5-6, art. 7", "n°~5, N°~6, nos~5-6, art.~7"),
        ("de", "S. 4, § 5", "S.~4, §~5"),
        ("nl", "een kaart. 5 mensen, een stop. 2 keer", "een kaart. 5~mensen, een stop. 2~keer"),
        ("nl", "zie p. x, 50 – 60", "zie p. x, 50~– 60"),
        # an abbreviation in parts, an initial or a title and the name
        ("de", "z. B. und d. h. so", "z.~B. und d.~h. so"),
        ("nl", "o. l. v. prof. Peeters en J. Maes", "o.~l.~v. prof.~Peeters en J.~Maes"),
        ("fr", "p. ex. que M. Prévot et Mme Dupont", "p.~ex. que M.~Prévot et Mme~Dupont"),
        ("fr", "Mme la ministre, la Mme", "Mme la ministre, la Mme"),
        # French punctuation
        ("fr", "Quoi ? Oui ! Non ; si : bien.", "Quoi_? Oui_! Non_; si~: bien."),
        ("fr", "« mot »", "«~mot~»"),
        ("fr", "«\u00a0mot\u00a0» ;", "«~mot~»_;"),
        ("fr", "à 12:30, https://a.be?b=c;d", "à 12:30, https://a.be?b=c;d"),
        ("nl", "Wat ? Ja : ; «x »", "Wat ? Ja : ; «x »"),
        # dashes
        ("nl", "een – twee – drie", "een~– twee~– drie"),
        # names
        ("nl", "minister Van Bossuyt van N-VA", "minister Van~Bossuyt van N-^VA"),
        ("nl", "Jean-Luc, Ben-Gvir en Ben-Gvirs", "Jean-^Luc, Ben-^Gvir en Ben-^Gvirs"),
        ("nl", "Stefan-Va en Prévot-huis", "Stefan-^Va en Prévot-huis"),
        ("nl", "Oost-Jeruzalem, zuid-Libanon", "Oost-^Jeruzalem, zuid-Libanon"),
        ("fr", "la Croix-Rouge-Vie", "la Croix-^Rouge-^Vie"),
        # what is joined to capitals or to a quotation
        (
            "nl",
            "EU-lidstaten, X-as, “rode lijn”-acties",
            "EU-^lidstaten, X-as, “rode lijn”-^acties",
        ),
    ],
)
def test_spaces_and_names(language: str, text: str, expected: str) -> None:
    """What belongs together stays on one line, in each language's own way."""
    assert visible(Typesetter(rules(language), NAMES).text(text)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "op 2 september 2025, art. 3", "op 2~september 2025, art.~3"),
        ("fr", "le 1er octobre 2025 ; 12 000", "le 1er~octobre 2025_; 12_000"),
    ],
)
def test_a_date_may_break_before_its_year(language: str, text: str, expected: str) -> None:
    """Nothing else that belongs together is loosened with it."""
    typesetter = Typesetter(rules(language), NAMES)
    assert visible(typesetter.with_loose_years(typesetter.text(text))) == expected


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_setting_a_text_twice_changes_nothing_more(language: str) -> None:
    """Text that is set already stays as it is."""
    typesetter = Typesetter(rules(language), NAMES)
    once = typesetter.text(
        "Van Bossuyt : 12 000 euros – « oui » ; 1er mai ? Ben-Gvir, 20 °C, 5 % ; § 2, art. 5, n° 5"
    )
    assert typesetter.text(once) == once


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [
        ("nl", date(2025, 10, 1), "1 oktober 2025"),
        ("nl", date(2026, 2, 28), "28 februari 2026"),
        ("fr", date(2025, 10, 1), "1er octobre 2025"),
        ("fr", date(2025, 10, 11), "11 octobre 2025"),
        ("fr", date(2025, 8, 21), "21 août 2025"),
        ("de", date(2030, 3, 1), "1. März 2030"),
        ("nl", PartialDate(2025, 10, 1), "1 oktober 2025"),
        ("fr", PartialDate(2025, 10, 1), "1er octobre 2025"),
        ("nl", PartialDate(2024, 5), "mei 2024"),
        ("fr", PartialDate(2024, 8), "août 2024"),
        ("de", PartialDate(2030, 3), "März 2030"),
        ("nl", PartialDate(2024), "2024"),
        ("fr", PartialDate(2001), "2001"),
    ],
)
def test_dates(language: str, day: date | PartialDate, expected: str) -> None:
    """A date is written as far as it is known, the first of a month as the language says it."""
    assert Typesetter(rules(language)).date(day) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", ["één", "negen", "vijftien", "eenenzeventig"]),
        ("fr", ["un", "neuf", "quinze", "septante et un"]),
        ("de", ["eins", "neun", "fünfzehn", "einundsiebzig"]),
    ],
)
def test_numbers_in_words(language: str, expected: list[str]) -> None:
    """Numbers are said as people in the locale say them: septante in Belgium."""
    assert [Typesetter(rules(language)).words(n) for n in (1, 9, 15, 71)] == expected


def test_numbers_without_words() -> None:
    """A language whose words are not known gets figures."""
    typesetter = Typesetter(rules("de").model_copy(update={"locale": "mt_MT"}))
    assert typesetter.words(9) == "9"


@pytest.mark.parametrize(
    ("language", "expected"), [("nl", "a, b en c"), ("fr", "a, b et c"), ("de", "a, b und c")]
)
def test_enumerations(language: str, expected: str) -> None:
    """A list is joined with the language's word, without a serial comma."""
    assert Typesetter(rules(language)).enumeration(["a", "b", "c"]) == expected
    assert Typesetter(rules(language)).enumeration(["a"]) == "a"


@pytest.mark.parametrize(
    ("language", "html", "expected"),
    [
        ("fr", "le 1er mai, la 1re et la 56e", "le 1<sup>er</sup> mai, la 1<sup>re</sup>"
         " et la 56<sup>e</sup>"),
        ("fr", "au XXIe, au XIXe et la Ve", "au XXI<sup>e</sup>, au XIX<sup>e</sup> et la"
         " V<sup>e</sup>"),
        ("fr", "Le, De, Ce, Me, Vie, hier", "Le, De, Ce, Me, Vie, hier"),
        ("fr", "5 euros, 3eme", "5 euros, 3eme"),
        ("nl", "de 56e", "de 56e"),
    ],
)  # fmt: skip
def test_raised_endings(language: str, html: str, expected: str) -> None:
    """Endings of ordinals are raised where the language does so."""
    assert Typesetter(rules(language)).superscripts(html) == expected


TEXT = "Vandenbroucke, Bossuyt en Prévot, Vreemdelingenzaken. Maatregelen, maatregelen. Maßnahmen."


def hyphenated(language: str, folder: Path, word: str) -> str:
    dictionary = folder / "words.dic"
    asked = rules(language)
    asked = asked.model_copy(update={"whole": [*asked.whole, "ministerie"]})
    dictionary.write_text(hyphenation_dictionary(asked, TEXT), encoding="utf-8")
    return str(Pyphen(filename=dictionary).inserted(word))


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("nl", "Israëlische", "Is-raë-li-sche"),
        ("nl", "financiële", "fi-nan-cië-le"),
        ("nl", "coördinatie", "coör-di-na-tie"),
        ("nl", "uitvoering", "uit-voe-ring"),
        ("nl", "overheidsselectiecriteria", "over-heids-se-lec-tie-cri-te-ria"),
        ("nl", "Vandenbroucke", "Vandenbroucke"),
        ("nl", "Bossuyt", "Bossuyt"),
        ("fr", "gouvernement", "gou-ver-ne-ment"),
        ("fr", "Vandenbroucke", "Vandenbroucke"),
        ("fr", "Prévot", "Prévot"),
        ("de", "Maßnahmen", "Maß-nah-men"),
        ("de", "Vandenbroucke", "Van-den-brou-cke"),
        # a capital only at the start of a sentence makes no name; what is asked whole, months
        ("nl", "maatregelen", "maat-re-ge-len"),
        ("nl", "ministerie", "ministerie"),
        ("nl", "ministeries", "mi-nis-te-ries"),
        ("nl", "september", "september"),
        ("nl", "koninkrijk", "koninkrijk"),
        ("fr", "septembre", "septembre"),
        # nor before the call of a note, which a word joiner glues to it
        ("nl", "koninkrijk\u2060", "koninkrijk\u2060"),
        ("nl", "\u2060Bossuyt\u2060", "\u2060Bossuyt\u2060"),
        ("fr", "septembre\u2060", "septembre\u2060"),
        # a long word with a capital is the compound name of an office
        ("nl", "Vreemdelingenzaken", "Vreem-de-lin-gen-za-ken"),
    ],
)
def test_hyphenation(tmp_path: Path, language: str, word: str, expected: str) -> None:
    """Words break as they should, never before a Dutch trema and never within a name.

    German gives every noun a capital, which marks no name there.
    """
    assert hyphenated(language, tmp_path, word) == expected


def test_trema_needs_the_extra_patterns(tmp_path: Path) -> None:
    """Without the language's own patterns the dictionary breaks before the trema."""
    bare = rules("nl").model_copy(update={"unbreakable": []})
    dictionary = tmp_path / "bare.dic"
    dictionary.write_text(hyphenation_dictionary(bare, ""), encoding="utf-8")
    assert "ra-ë" in Pyphen(filename=dictionary).inserted("Israëlische")
