"""Loading an edition: every problem at once, at its line, with a suggestion."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from report.checks.run import check_edition
from report.edition.counts import counts
from report.edition.load import load_edition, load_partly
from report.edition.model import Outcome
from report.edition.note_forms import FIELDS
from report.edition.source_kinds import types
from report.problems import ContentError
from tests.conftest import TinyEdition, brief

STREET = "de/measures/fahrradstrasse.yaml"
LIGHTS = "de/measures/ampeln.yaml"

USE = " and ".join(", ".join(f"{{{name}}}" for name in FIELDS).rsplit(", ", 1))
"""What a form of note may hold, as messages list it."""


def test_sound_edition_has_no_problem(tiny: TinyEdition) -> None:
    """The tiny edition loads and renders."""
    assert tiny.problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        # keys
        ("edition.yaml", "slogan:", "slogen:", '4: unknown key "slogen"; did you mean "slogan"?'),
        ("edition.yaml", "slogan: Safe", "x: Safe", '4: unknown key "x"; delete it'),
        (LIGHTS, "conclusions: |", "conclusion: |",
         '17: unknown key "conclusion"; did you mean "conclusions"?'),
        ("people.yaml", "given: Rosa", "givn: Rosa",
         '5: unknown key "givn"; did you mean "given"?'),
        ("sources.yaml", "accessed:", "acessed:",
         '5: unknown key "acessed"; did you mean "accessed"?'),
        ("edition.yaml", "file_title: radwege-bericht\n", "", '1: key "file_title" is missing'),
        (LIGHTS, "short_title: Ampeln\n", "", '1: key "short_title" is missing'),
        # kinds of value
        ("edition.yaml", "levels: [stadt, land]", "levels: stadt", '10: "levels" must be a list'),
        ("edition.yaml", "levels: [stadt, land]", "levels: []", '10: "levels" is empty'),
        ("edition.yaml", "{sent: 2030-03-15}", "2030-03-15",
         '9: "fruehjahr" must be a group of keys'),
        (LIGHTS, "  - Wer zahlt?", "  - Wer zahlt: die Stadt?",
         'LINE: "fruehjahr" must be text; where words hold a colon and a space, put them all in'
         " quotation marks"),
        ("sources.yaml", "mitteilung_5:", "Mitteilung 5:",
         'LINE: key "Mitteilung 5" does not have the right form: write small letters and digits,'
         " with - or _"),
        (LIGHTS, "title: Grüne Welle", "title: [Grüne Welle]  #", '1: "title" must be text'),
        (LIGHTS, "title: Grüne Welle an allen Ampeln", "title:", '1: "title" is empty'),
        (LIGHTS, "short_title: Ampeln", f"short_title: Ampeln\nin_brief: {'a' * 101}",
         '3: "in_brief" is 101 characters long; write at most 100'),
        ("measures.yaml", "status: not_executed\n  questions", "status: done\n  questions",
         '8: unknown status "done"; there are: executed, provisionally_executed,'
         " partly_executed, not_executed, not_assessable"),
        ("sources.yaml", "genre: committee", "genre: comittee",
         '10: "genre": "comittee" is not one of: committee, plenary, written-question;'
         ' did you mean "committee"?'),
        ("sources.yaml", "type: legislation", "type: legislature",
         f'LINE: "type": "legislature" is not one of: {", ".join(types())}; did you mean'
         ' "legislation"?'),
        ("sources.yaml", "type: legislation", "type: legislation\n  genre: law",
         '36: "genre": a source of type "legislation" has none; delete it'),
        ("edition.yaml", "file_title: radwege-bericht", "file_title: ../Bericht",
         '2: "file_title": "../Bericht" does not have the right form: write small letters and'
         ' digits, with - or _'),
        ("edition.yaml", "ida.sommer@radverein.example", "ida.sommer",
         '15: "email": "ida.sommer" does not have the right form: write an e-mail address'),
        # dates
        ("edition.yaml", "date: 2030-05-03", "date: 3.5.2030",
         '1: "date": "3.5.2030" is not a date; write it like 2026-02-28'),
        ("edition.yaml", "date: 2030-05-03", "date: 20300503",
         '1: "date": "20300503" is not a date; write it like 2026-02-28'),
        ("edition.yaml", "date: 2030-05-03", "date: 2030-02-30",
         '1: "date": "2030-02-30" is not a date; write it like 2026-02-28'),
        ("sources.yaml", "issued: 2030-02-20", "issued: 2030-2",
         '27: "issued": "2030-2" is not a date; write it like 2026-02-28, 2026-02 or 2026'),
        # addresses
        ("sources.yaml", "https://stadt.example/frage/7", "file:///etc/passwd",
         '28: "URL": "file:///etc/passwd" does not have the right form: write an address'
         ' with https://'),
        ("sources.yaml", "https://stadt.example/frage/7", "javascript:alert(1)",
         '28: "URL": "javascript:alert(1)" does not have the right form: write an address'
         ' with https://'),
        ("sources.yaml", "https://stadt.example/frage/7", "https://localhost/frage/7",
         'LINE: "https://localhost/frage/7" names a host that is not public; write the public'
         ' address'),
        ("de/labels.yaml", "https://stadt.example/plenum/:", "https://stadt/plenum/:",
         '10: "https://stadt/plenum/" names no web site; copy it again'),
        # what does not exist
        ("edition.yaml", "source: vertrag", "source: vertag",
         '7: unknown source "vertag"; did you mean "vertrag"?'),
        ("measures.yaml", "[verkehr, bau, ordnung]", "[verker, ordnung]",
         '3: unknown office "verker"; did you mean "verkehr"?'),
        ("measures.yaml", "to: [gross_wellmann]", "to: [zzz]",
         '11: unknown person "zzz"; there are: mueller, gross_wellmann, von_thal, abgeordnete'),
        ("measures.yaml", "level: land", "level: lant",
         '6: unknown level "lant"; did you mean "land"?'),
        ("edition.yaml", "{sent: 2030-03-15}", "{sent: 2030-03-15, to: [muller, gross_wellmann]}",
         'LINE: unknown person "muller"; did you mean "mueller"?'),
        ("edition.yaml", "{sent: 2030-03-15}", "{sent: 2030-03-15, to: [mueller]}",
         'measures.yaml:11: "gross_wellmann" is not among those whom edition.yaml says the'
         " questionnaire fruehjahr was sent to; add the key there, or correct it here"),
        ("sources.yaml", "author: von_thal\n  round: fruehjahr", "author: von_thal\n  round: mai",
         '66: unknown questionnaire "mai"; there are: fruehjahr'),
        ("sources.yaml", "author: von_thal\n  round: fruehjahr\n  outcome: answered",
         "author: von_thal\n  round: fruehjahr\n  outcome: not_asked",
         '67: "antwort_von_thal" is not needed: whoever is not asked has no reply; delete it, and'
         ' say under "to" of the questionnaire in edition.yaml who was asked'),
        # offices and their days
        ("people.yaml", "roles: [verkehr]", "roles: [{role: verkehr, until: 2030-05-02}]",
         'measures.yaml:3: nobody held the office "verkehr" on 2030-05-03; say under "roles" in'
         " people.yaml since and until when: {role: verkehr, since: …, until: …}"),
        ("people.yaml", "roles: [ordnung]", "roles: [ordnung, verkehr]",
         'measures.yaml:3: mueller and von_thal held the office "verkehr" on 2030-05-03; say under'
         ' "roles" in people.yaml since and until when: {role: verkehr, since: …, until: …}'),
        ("people.yaml", "roles: [verkehr]",
         "roles: [verkehr, {role: bau, since: 2030-01-02, until: 2030-01-01}]",
         'LINE: "bau" ends before it begins; correct a date'),
        # the lives of measures
        ("measures.yaml", "- id: ampeln", "- id: ampeln\n  since: 2030-05-03",
         f'{LIGHTS}:1: say under "new" why, for measures.yaml says so of the measure'),
        (STREET, "analysis: |", "ended: Vorbei.\nanalysis: |",
         'LINE: measures.yaml says nothing of this: "ended" is missing there'),
        ("editions/2029-12-01/edition.yaml", "edition: 2029-12-01", "edition: 2029-12-02",
         "LINE: this is the record of 2029-12-02; call its folder so"),
        ("editions/2029-12-01/edition.yaml", "land\n    status: not_executed",
         "land\n    status: done",
         '13: unknown status "done"; there are: executed, provisionally_executed,'
         " partly_executed, not_executed, not_assessable"),
        ("editions/2029-12-01/edition.yaml", "id: ampeln", "id: lampen",
         'measures.yaml:1: the edition of 2029-12-01 has the measure "lampen", which is missing'
         " here: put it back, with ended: 2030-05-03 if it is gone"),
        ("edition.yaml", "date: 2030-05-03", "date: 2029-11-30",
         "LINE: the edition of 2029-12-01 is closed already; write a later date"),
        ("people.yaml", "family: Groß-Wellmann, party: gruen",
         "family: Groß-Wellmann, party: grun",
         '3: unknown party "grun"; did you mean "gruen"?'),
        ("sources.yaml", "author: mueller", "author: mueler",
         '59: unknown person "mueler"; did you mean "mueller"?'),
        ("de/names.yaml", "  zeitung:", "  zeitungen:",
         '18: unknown source "zeitungen"; did you mean "zeitung"?'),
        # what is incomplete
        ("sources.yaml", "  number: 12\n", "",
         '9: "ausschuss_12" lacks "number", which type hearing (committee) needs'),
        ("sources.yaml", "  outcome: refused\n", "",
         '69: "absage_gross_wellmann" lacks "outcome", which type personal_communication needs'),
        ("sources.yaml", "  number: S-2030-4\n", "  outcome: answered\n",
         'LINE: "outcome" is of a reply, which "satzung" is not; delete it'),
        ("sources.yaml", "  number: S-2030-4\n", "  container-title: Gesetze\n",
         "LINE: a note about a source of type legislation does not print this; delete it, or give"
         ' it a place in "legislation" under "forms" in de/labels.yaml'),
        ("de/names.yaml", "  vertrag:", "  absage_gross_wellmann: grob\n  vertrag:",
         "LINE: a note about a source of type personal_communication does not print this; delete"
         ' it, or give it a place in "reply" under "forms" in de/labels.yaml'),
        ("sources.yaml", "  type: legislation\n", "  type: report\n",
         '35: "satzung" lacks "title", which type report needs: write it here, or under "titles"'
         " in de/names.yaml"),
        ("sources.yaml", "URL: https://stadt.example/frage/7", "url: https://stadt.example/frage/7",
         'LINE: unknown key "url"; did you mean "URL"?'),
        ("sources.yaml", "  number: S-2030-4\n", "  title: Satzung\n",
         "LINE: say the language of this title, for example language: en"),
        ("de/names.yaml", "sources:\n", "titles: {vertag: Vertrag}\nsources:\n",
         'LINE: unknown source "vertag"; did you mean "vertrag"?'),
        ("sources.yaml", "author: mueller", "author: {literal: Amt Müller}",
         'LINE: "antwort_mueller" is a reply, whose author is a key of people.yaml'),
        ("sources.yaml", "  number: S-2030-4\n", "  author: {given: Ida}\n",
         'LINE: key "family" is missing'),
        ("sources.yaml", "  number: S-2030-4\n", "  author: [{familie: Lind, family: Lind}]\n",
         'LINE: unknown key "familie"; did you mean "family"?'),
        ("sources.yaml", "  number: S-2030-4\n", "  author: [{literal: Rat, given: Ida}]\n",
         'LINE: unknown key "given"; delete it'),
        ("sources.yaml", "  number: S-2030-4\n", "  author: [[mueller]]\n",
         'LINE: "author" must be text'),
        ("sources.yaml", "  number: S-2030-4\n", "  author: Ida Lind\n",
         'LINE: "author": "Ida Lind" does not have the right form: write small letters and digits,'
         " with - or _"),
        ("de/labels.yaml",
         '    committee: ["{author}", "{publisher}", "Ausschussprotokoll Nr. {number}", "{words}",'
         ' "{locator}", "{date}"]\n', "", 'LINE: "forms" lacks the key "committee"'),
        ("de/labels.yaml", "    bill: ", '    bil: ["{locator}"]\n    bill: ',
         'LINE: unknown form of note "bil"; did you mean "bill"?'),
        ("de/labels.yaml", '"in *{container}*"', '"in {container}*"',
         'LINE: "chapter": * stands alone; write one on either side of a title'),
        ("de/labels.yaml", '"{date}|ohne Datum"', '"{datum}|ohne Datum"',
         f'LINE: "reply": {{datum}} is not filled in here; use {USE}'),
        ("de/labels.yaml", '"Antrag Nr. {number}", "{title}", "{words}", "{locator}"',
         '"Antrag Nr. {number}", "{title}", "{words}"',
         'LINE: "bill": needs {locator}, in whose place a citation says its page'),
        ("de/names.yaml", "  land: Land\n", "", '2: "levels" lacks the key "land"'),
        ("de/names.yaml", "  bau: Stadträtin für Bau\n", "", '5: "roles" lacks the key "bau"'),
        ("de/names.yaml", "  stadtrat: Rat der Stadt\n", "",
         '12: "bodies" lacks the key "stadtrat"'),
        ("de/labels.yaml", "  refused: lehnte ab\n", "", '32: "outcomes" lacks the key "refused"'),
        ("measures.yaml", "  questions:\n    fruehjahr:\n      to: [gross_wellmann]\n", "",
         f'{LIGHTS}:11: "questions" stands here, but measures.yaml does not say who was asked'),
        ("sources.yaml", "  genre: plenary\n", "",
         '16: "genre": a source of type "hearing" needs one: committee, plenary,'
         " written-question"),
        ("sources.yaml", "number: S-2030-4", "language: xx",
         'LINE: no language has the code "xx"; write one like nl or fr'),
        (LIGHTS, "reason: |\n  Keine Ampel ist umgestellt.\n", 'reason: "  "\n',
         'LINE: "reason" is empty'),
        # what is there twice, or clashes
        ("measures.yaml", "[verkehr, bau, ordnung]", "[verkehr, ordnung, verkehr]",
         'LINE: "verkehr" is listed twice; keep one'),
        ("measures.yaml", "to: [gross_wellmann]", "to: [von_thal, von_thal]",
         'LINE: "von_thal" is listed twice; keep one'),
        ("edition.yaml", "levels: [stadt, land]", "levels: [stadt, land, stadt]",
         'LINE: "stadt" is listed twice; keep one'),
        ("sources.yaml", "author: von_thal", "author: mueller",
         '64: "mueller" has a reply already, "antwort_mueller"; keep one'),
        # labels that are filled in
        ("de/labels.yaml", "{level}: {total} Maßnahmen", "{ebene}: {total} Maßnahmen",
         'LINE: "cover_scope": {ebene} is not filled in here; use {level} and {total}'),
        ("de/labels.yaml", "Antrag Nr. {number}", "Antrag Nr. {number.__class__}",
         f'LINE: "bill": {{number.__class__}} is not filled in here; use {USE}'),
        ("de/labels.yaml", "Antrag Nr. {number}", "Antrag Nr. {number",
         "LINE: \"bill\": expected '}' before end of string"),
        # typography
        ("de/labels.yaml", "locale: de_DE", "locale: xx_YY",
         '4: "locale": no locale is called "xx_YY"; write it like nl_BE'),
        ("de/labels.yaml", "hyphenation: de", "hyphenation: xx",
         '5: "hyphenation": there is no hyphenation dictionary for "xx"'),
        ("de/labels.yaml", "note_call: after-", 'superscripts: ["(e|e)+"]\n  note_call: after-',
         '8: "superscripts": "(e|e)+" does not have the right form: write letters, like er'),
        ("de/labels.yaml", "language: de-DE", "language: Deutsch",
         '1: "language": "Deutsch" does not have the right form: write a language tag'),
    ],
)  # fmt: skip
def test_problem_is_told_at_its_line(
    tiny: TinyEdition, file: str, old: str, new: str, problem: str
) -> None:
    """One mistake gives one message, with file and line and, where it can, the remedy."""
    line = (tiny.folder / file).read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    problem = problem.replace("LINE:", f"{line}:")
    expected = problem if ".yaml:" in problem else f"{file}:{problem}"
    assert tiny.change(file, old, new).problems() == [expected]


def test_problems_of_all_files_are_told_at_once(tiny: TinyEdition) -> None:
    """One run tells what is wrong in every file, sorted by file and line."""
    tiny.change("edition.yaml", "date: 2030-05-03", "date: soon")
    tiny.change("people.yaml", "family: Lind", "family: ''")
    tiny.change("measures.yaml", "status: not_executed\n  questions", "status: no\n  questions")
    tiny.change("de/names.yaml", "  land: Land", "  land: Land\n  land: Land")
    tiny.change("de/labels.yaml", "  contents: Inhalt\n", "")
    tiny.change(LIGHTS, "  kind: summary", "  kind: sumary")
    tiny.change(STREET, "analysis: |", "analisys: |")
    assert tiny.problems() == [
        'de/labels.yaml:44: key "contents" is missing',
        f'{LIGHTS}:4: "sumary" is not one of: summary or verbatim',
        f'{STREET}:1: key "analysis" is missing',
        f'{STREET}:14: unknown key "analisys"; did you mean "analysis"?',
        'de/names.yaml:4: key "land" stands twice; keep one',
        'edition.yaml:1: "date": "soon" is not a date; write it like 2026-02-28',
        'measures.yaml:8: unknown status "no"; there are: executed, provisionally_executed,'
        " partly_executed, not_executed, not_assessable",
        'people.yaml:5: "family" is empty',
    ]


def test_every_reference_problem_is_told_at_once(tiny: TinyEdition) -> None:
    """References that lead nowhere are collected from all files."""
    offices = "bau, finanzen, ordnung, verkehr"
    tiny.change("measures.yaml", "[verkehr, bau, ordnung]", "[a_a, b_b]")
    tiny.change("people.yaml", "Müller, party: mitte", "Müller, party: mite")
    tiny.change("edition.yaml", "source: vertrag", "source: vertrg")
    assert tiny.problems() == [
        'edition.yaml:7: unknown source "vertrg"; did you mean "vertrag"?',
        f'measures.yaml:3: unknown office "a_a"; there are: {offices}',
        f'measures.yaml:3: unknown office "b_b"; there are: {offices}',
        'people.yaml:2: unknown party "mite"; did you mean "mitte"?',
    ]


def test_questionnaire_that_does_not_exist(tiny: TinyEdition) -> None:
    """Questions of an unknown questionnaire are told where they are recorded."""
    found = tiny.change("measures.yaml", "fruehjahr:", "fruhjahr:").problems()
    assert (
        'measures.yaml:10: unknown questionnaire "fruhjahr"; did you mean "fruehjahr"?'
    ) in found


def test_measure_cannot_begin_or_end_between_editions(tiny: TinyEdition) -> None:
    """The editions after the first are named to whoever gives another day."""
    tiny.change("measures.yaml", "- id: ampeln", "- id: ampeln\n  ended: 2030-05-01")
    message = "no edition after the first is of 2030-05-01; there are: 2030-05-03"
    assert f"measures.yaml:6: {message}" in tiny.problems()


def test_note_that_would_say_nothing_of_its_source(tiny: TinyEdition) -> None:
    """A source without publisher needs words in every language, which then are enough."""
    tiny.change("sources.yaml", "  publisher: [stadtrat, radverein]\n", "")
    assert tiny.problems() == [
        'sources.yaml:35: a note would not say what "satzung" is; give it a publisher, or words'
        ' under "sources" in de/names.yaml'
    ]
    tiny.change("de/names.yaml", "sources:\n", "sources:\n  satzung: Satzung der Stadt\n")
    assert tiny.problems() == []


def test_edition_without_measure(tiny: TinyEdition) -> None:
    """An empty list of measures is told as such."""
    assert "measures.yaml:1: needs at least one entry" in (
        tiny.write("measures.yaml", "[]\n").problems()
    )


def test_level_may_not_be_called_like_a_count(tiny: TinyEdition) -> None:
    """The count of that name would give the level's, or the other way round."""
    taken = counts(load_edition(tiny.folder)).keys() - {"stadt", "land"}
    assert {"total", "months", "cabinets", "executed"} <= taken
    for name in taken:
        tiny.change("edition.yaml", "levels: [stadt, land]", f"levels: [stadt, land, {name}]")
        message = f'a count is called "{name}"; choose another key for the level'
        assert f"edition.yaml:10: {message}" in tiny.problems()
        tiny.change("edition.yaml", f"levels: [stadt, land, {name}]", "levels: [stadt, land]")


def test_measure_may_not_be_called_like_a_part_of_the_report(tiny: TinyEdition) -> None:
    """A link to the measure would lead to that part."""
    anchors = set(re.findall(r'<[^>]* id="([\w-]+)"', tiny.page().html))
    taken = anchors - {"fahrradstrasse", "ampeln"} | {"edition"}
    assert {"overview", "contents", "note-3"} <= taken
    for name in taken:
        tiny.change("measures.yaml", "id: ampeln", f"id: {name}")
        message = f'a part of the report is called "{name}"; rename the measure'
        assert f"measures.yaml:5: {message}" in tiny.problems()
        tiny.change("measures.yaml", f"id: {name}", "id: ampeln")


def test_measure_called_twice(tiny: TinyEdition) -> None:
    """Two measures with one id are told apart from the file that has lost its measure."""
    found = tiny.change("measures.yaml", "id: ampeln", "id: fahrradstrasse").problems()
    assert 'measures.yaml:5: two measures are called "fahrradstrasse"; rename one' in found
    assert f'{LIGHTS}:1: no measure in measures.yaml is called "ampeln"' in found


def test_missing_text_is_never_replaced_by_another_language(tiny: TinyEdition) -> None:
    """A second language without one of its texts is a problem at that text."""
    folder = tiny.folder
    (folder / "de").rename(folder / "nds")
    (folder / "de" / "measures").mkdir(parents=True)
    for path in (folder / "nds").rglob("*.yaml"):
        target = folder / "de" / path.relative_to(folder / "nds")
        target.write_bytes(path.read_bytes())
    tiny.change("nds/labels.yaml", "language: de-DE", "language: nds-DE")
    tiny.change("nds/labels.yaml", "language_name: Deutsch", "language_name: Plattdüütsch")
    assert tiny.problems() == []
    (folder / LIGHTS).unlink()
    assert tiny.problems() == [f"{LIGHTS}: this file is missing; write it, or put it back"]


def test_text_with_the_other_ending_is_to_be_renamed(tiny: TinyEdition) -> None:
    """YAML files also end in .yml elsewhere; its measure is not said to be missing."""
    (tiny.folder / LIGHTS).rename(tiny.folder / "de/measures/ampeln.yml")
    assert tiny.problems() == [
        f"{LIGHTS}: this file is missing; write it, or put it back",
        "de/measures/ampeln.yml:1: only ampeln.yaml is read; rename this file or delete it",
    ]


def test_orphan_file_is_named_with_the_measure_it_may_mean(tiny: TinyEdition) -> None:
    """A text of a measure that does not exist is a problem; so is the one then missing."""
    (tiny.folder / LIGHTS).rename(tiny.folder / "de/measures/ampel.yaml")
    assert tiny.problems() == [
        'de/measures/ampel.yaml:1: no measure in measures.yaml is called "ampel";'
        ' did you mean "ampeln"?',
        f"{LIGHTS}: this file is missing; write it, or put it back",
    ]


QUOTE = "  quote: {source: antwort_mueller}\n"


def test_quote_of_one_file_without_the_other(tiny: TinyEdition) -> None:
    """Words in the margin need their speaker, and the other way round."""
    tiny.change(
        "measures.yaml", "  questions:", "  quote: {source: antwort_mueller}\n  questions:"
    )
    tiny.change(LIGHTS, "\nconclusions:", "\nquote: '\"rot\"'\nconclusions:")
    assert tiny.problems() == []
    tiny.change("measures.yaml", QUOTE, "")
    assert tiny.problems() == [
        f'{LIGHTS}:17: "quote" stands here, but measures.yaml does not say who is quoted'
    ]
    tiny.change(
        "measures.yaml", "  questions:", "  quote: {source: antwort_mueller}\n  questions:"
    )
    tiny.change(LIGHTS, "\nquote: '\"rot\"'", "")
    assert tiny.problems() == [
        f'{LIGHTS}:1: measures.yaml says who is quoted, but "quote" is missing here'
    ]


@pytest.mark.parametrize(
    ("quote", "problem"),
    [
        ("{source: zeitun, speaker: tagblatt}",
         'unknown source "zeitun"; did you mean "zeitung"?'),
        ("{source: zeitung, speaker: tagblat}",
         'unknown speaker "tagblat"; did you mean "tagblatt"?'),
        ("{source: zeitung}",
         "say who said this with speaker: and a key of people.yaml, or of bodies"),
    ],
)  # fmt: skip
def test_quote_of_nobody(tiny: TinyEdition, quote: str, problem: str) -> None:
    """Source and speaker are keys, and only a reply tells by itself whose words it holds."""
    tiny.change("measures.yaml", "  questions:", f"  quote: {quote}\n  questions:")
    tiny.change(LIGHTS, "\nconclusions:", "\nquote: '\"rot\"'\nconclusions:")
    assert tiny.problems() == [f"measures.yaml:9: {problem}"]


def test_reply_that_never_came_is_not_quoted(tiny: TinyEdition) -> None:
    """A cabinet that kept silent said nothing."""
    tiny.change(
        "measures.yaml", "  questions:", "  quote: {source: antwort_mueller}\n  questions:"
    )
    tiny.change(LIGHTS, "\nconclusions:", "\nquote: '\"rot\"'\nconclusions:")
    tiny.change(
        "sources.yaml",
        "issued: 2030-04-01\n  round: fruehjahr\n  outcome: answered",
        "round: fruehjahr\n  outcome: none",
    )
    told = (
        'measures.yaml:9: "antwort_mueller" is a reply that was not received; it cannot be quoted'
    )
    assert told in tiny.problems()


def test_questions_without_wording(tiny: TinyEdition) -> None:
    """Who was asked is recorded, so what was asked must be told."""
    text = (tiny.folder / LIGHTS).read_text(encoding="utf-8")
    start, end = text.index("questions:"), text.index("analysis:")
    tiny.write(LIGHTS, text[:start] + text[end:])
    message = 'measures.yaml says who was asked, but "fruehjahr" of "questions" is missing here'
    assert tiny.problems() == [f"{LIGHTS}:1: {message}"]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """A content folder that does not exist is a problem, not a crash."""
    with pytest.raises(ContentError, match="nowhere: error: is not a folder"):
        load_edition(tmp_path / "nowhere")


def test_edition_without_language(tiny: TinyEdition) -> None:
    """An edition needs a language folder."""
    (tiny.folder / "de").rename(tiny.folder / ".de")
    message = "there is no language folder; make one, for example with labels.yaml"
    assert tiny.problems() == [f".: {message}"]


def test_language_that_is_not_there(tiny: TinyEdition) -> None:
    """A language asked for by a wrong tag is told with the nearest one."""
    with pytest.raises(ContentError, match='there is no language folder "dee"; did you mean "de"'):
        load_edition(tiny.folder, ["dee"])


@pytest.mark.parametrize("name", ["de Kopie", "oud", "deutsch", "de.alt", "DE", "de\udce9"])
def test_a_folder_that_is_no_language_is_told_and_not_read(tiny: TinyEdition, name: str) -> None:
    """A copy that someone kept gives one finding and is in no list of languages."""
    shutil.copytree(tiny.folder / "de", tiny.folder / name)
    _, (finding,) = load_partly(tiny.folder)
    assert (finding.place.file, finding.code) == (name, "language-folder")
    assert "not called after a language" in str(finding)
    edition = load_edition(tiny.folder, ["de"])
    assert edition.language_tags() == ["de"]


def test_a_folder_without_texts_is_no_language(tiny: TinyEdition) -> None:
    """Pictures or notes beside the languages do not stop a build."""
    (tiny.folder / "Bilder").mkdir()
    (tiny.folder / "Bilder" / "a.png").touch()
    assert tiny.problems() == []


def test_two_folders_of_one_language_are_told(tiny: TinyEdition) -> None:
    """A copy under the tag of another language that still says to be the first."""
    shutil.copytree(tiny.folder / "de", tiny.folder / "nds")
    _, findings = load_partly(tiny.folder)
    assert [brief(finding) for finding in findings] == [
        f'nds/labels.yaml:{line}: "{key}" is that of the folder de too; each language has one'
        " folder"
        for line, key in ((1, "language"), (2, "language_name"))
    ]


@pytest.mark.parametrize(
    "name",
    ["._ampeln.yaml", ".#ampeln.yaml", "~$ampeln.yaml", "ampeln.yaml~", "#ampeln.yaml#",
     "ampeln.yaml.bak", ".ampeln.yaml.swp", "Thumbs.db", ".DS_Store", "desktop.ini"],
)  # fmt: skip
def test_what_systems_and_programs_leave_is_passed_over(tiny: TinyEdition, name: str) -> None:
    """Hidden, temporary and kept files beside the texts are neither read nor reported."""
    for folder in ("", "de", "de/measures"):
        (tiny.folder / folder / name).write_bytes(b"\x00\x05\x16\x07")
    shutil.copytree(tiny.folder / "de", tiny.folder / "__MACOSX")
    assert tiny.problems() == []
    codes = {finding.code for finding in check_edition(tiny.folder).findings}
    assert not codes & {"orphan-file", "orphan-text", "unreadable-file"}


def test_words_are_read_like_other_files(tiny: TinyEdition, tmp_path: Path) -> None:
    """A list of words that is no text, or stands elsewhere, is told and not passed over."""
    words = tiny.folder / "de/words.txt"
    words.write_text("# Wörter\nAmpelmast\n\n Radweg \n", encoding="utf-8")
    assert load_edition(tiny.folder).languages["de"].words == {"Ampelmast", "Radweg"}
    words.write_bytes("Straße".encode("latin-1"))
    message = "is not UTF-8 text here; save the file with the encoding UTF-8"
    assert tiny.problems() == [f"de/words.txt:1: {message}"]
    words.rename(tmp_path / "words.txt")
    words.symlink_to(tmp_path / "words.txt")
    assert tiny.problems() == ["de/words.txt:1: is a link that leads out of the folder"]


def test_links_that_lead_to_themselves_are_told(tiny: TinyEdition) -> None:
    """A loop of links is a file that cannot be read."""
    (tiny.folder / LIGHTS).unlink()
    (tiny.folder / LIGHTS).symlink_to(tiny.folder / LIGHTS)
    (problem,) = tiny.problems()
    assert problem.startswith(f"{LIGHTS}:1: cannot be read: ")


def test_only_the_languages_asked_for_are_loaded(tiny: TinyEdition) -> None:
    """Mistakes in another language do not stop a build of one."""
    (tiny.folder / "xx").mkdir()
    assert list(load_edition(tiny.folder, ["de"]).languages) == ["de"]


def test_content_cannot_reach_out_through_a_link(tiny: TinyEdition, tmp_path: Path) -> None:
    """A symbolic link out of the content folder is not followed."""
    secret = tmp_path / "secret.yaml"
    (tiny.folder / "de/names.yaml").rename(secret)
    (tiny.folder / "de/names.yaml").symlink_to(secret)
    assert tiny.problems() == ["de/names.yaml:1: is a link that leads out of the folder"]


def test_replies_and_outcomes(tiny: TinyEdition) -> None:
    """What came of the questionnaire is read from the reply, unrecorded without one."""
    tiny.change("people.yaml", "roles: [bau, finanzen]", "roles: [bau]")
    tiny.change("people.yaml", "family: Lind", "family: Lind, roles: [finanzen]")
    edition = load_edition(tiny.folder)
    outcomes = {key: edition.outcome(key) for key in edition.competent_ministers()}
    assert outcomes == {
        "mueller": Outcome.ANSWERED,
        "gross_wellmann": Outcome.REFUSED,
        "von_thal": Outcome.ANSWERED,
        "abgeordnete": Outcome.UNRECORDED,
    }
    assert edition.number("ampeln") == 2
