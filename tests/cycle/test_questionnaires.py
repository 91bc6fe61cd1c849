"""Questionnaires and replies, as the commands record them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from report.cycle.questionnaires import open_round, record_reply
from report.edition.load import load_edition
from report.edition.model import Outcome
from report.problems import ReportError, RequestError, UnknownNameError
from tests.editions import edit, make_edition

SENT = date(2025, 4, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny edition in two languages, of 1 June 2025, with a questionnaire of 3 March."""
    folder = make_edition(tmp_path / "content")
    edit(folder, "edition.yaml", "questionnaires: {spring: {sent: 2025-03-03}}",
         "questionnaires:\n  spring: {sent: 2025-03-03}  # by e-mail")  # fmt: skip
    return folder


@pytest.fixture
def asked_again(folder: Path) -> Path:
    """The same with a second questionnaire, to which nobody has replied."""
    open_round(folder, "summer", SENT)
    return folder


def _state(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def _refused(folder: Path, told: str) -> Iterator[None]:
    """It is said why, and nothing is written."""
    before = _state(folder)
    with pytest.raises(RequestError) as refusal:
        yield
    assert told in str(refusal.value)
    assert _state(folder) == before


def test_a_questionnaire_is_one_more_line(folder: Path) -> None:
    """The edition knows it as its questionnaire; no other byte of any file has changed."""
    before = _state(folder)
    open_round(folder, "summer", SENT, date(2025, 4, 20), ["peeters"])
    after = _state(folder)
    changed = folder / "edition.yaml"
    line = b"  summer: {sent: 2025-04-01, deadline: 2025-04-20, to: [peeters]}\n"
    assert after.pop(changed).replace(line, b"", 1) == before.pop(changed)
    assert after == before
    edition = load_edition(folder)
    assert edition.round == "summer"
    assert edition.addressees("summer") == ["peeters"]
    assert edition.outcome("clarembeau") is Outcome.NOT_ASKED
    assert edition.outcome("clarembeau", "spring") is Outcome.REFUSED


@pytest.mark.parametrize(
    ("key", "sent", "deadline", "to", "told"),
    [
        ("spring", SENT, None, [], 'called "spring" already; give another name'),
        ("Summer 25", SENT, None, [], '"Summer 25" cannot be a key; write small letters'),
        ("a: {b}", SENT, None, [], "cannot be a key"),
        ("summer", SENT, date(2025, 3, 31), [], "the deadline, 2025-03-31, is before the day"),
        ("summer", date(2025, 6, 2), None, [], "2025-06-02 is after the edition, of 2025-06-01"),
        ("summer", SENT, None, ["peters"], 'no person "peters"; did you mean "peeters"'),
    ],
)
def test_a_questionnaire_that_contradicts_what_is_known_is_refused(
    folder: Path, key: str, sent: date, deadline: date | None, to: list[str], told: str
) -> None:
    """It is said why, and nothing is written."""
    with _refused(folder, told):
        open_round(folder, key, sent, deadline, to)


def test_questionnaires_on_one_line_are_told_with_the_remedy(tmp_path: Path) -> None:
    """Nothing can be added there without moving what an editor wrote."""
    folder = make_edition(tmp_path)
    with pytest.raises(ReportError, match='"questionnaires" stands on one line'):
        open_round(folder, "summer", SENT)


@pytest.mark.parametrize(
    ("outcome", "day", "block"),
    [
        (Outcome.ANSWERED, date(2025, 4, 2),
         "issued: 2025-04-02\n  round: summer\n  outcome: answered"),
        (Outcome.ANSWERED, None, "round: summer\n  outcome: answered"),
        (Outcome.REFUSED, SENT, "issued: 2025-04-01\n  round: summer\n  outcome: refused"),
        (Outcome.NONE, None, "round: summer\n  outcome: none"),
        (Outcome.UNRECORDED, None, "round: summer\n  outcome: unrecorded"),
    ],
)  # fmt: skip
def test_a_reply_is_one_more_block(
    asked_again: Path, outcome: Outcome, day: date | None, block: str
) -> None:
    """It belongs to the last questionnaire; the reply to the one before stays what it was."""
    before = _state(asked_again)
    key = record_reply(asked_again, "clarembeau", outcome, day)
    after = _state(asked_again)
    sources = asked_again / "sources.yaml"
    added = f"{key}:\n  type: personal_communication\n  author: clarembeau\n  {block}\n"
    assert after.pop(sources) == before.pop(sources) + added.encode()
    assert after == before
    edition = load_edition(asked_again)
    assert edition.outcome("clarembeau") is outcome
    assert edition.outcome("clarembeau", "spring") is Outcome.REFUSED


def test_a_reply_to_an_earlier_questionnaire(asked_again: Path) -> None:
    """It is recorded where it is named, though a later one was sent."""
    edit(asked_again, "sources.yaml", "reply_peeters:\n  type: personal_communication\n"
         "  author: peeters\n  issued: 2025-03-20\n  round: spring\n  outcome: answered\n",
         "")  # fmt: skip
    record_reply(asked_again, "peeters", Outcome.ANSWERED, date(2025, 5, 1), "spring")
    edition = load_edition(asked_again)
    assert edition.outcome("peeters", "spring") is Outcome.ANSWERED
    assert edition.outcome("peeters") is Outcome.UNRECORDED


def test_a_reply_never_takes_the_key_of_another_source(asked_again: Path) -> None:
    """Keys that are taken are passed over."""
    sources = asked_again / "sources.yaml"
    taken = "{type: webpage, publisher: club, URL: https://www.club.example/x}\n"
    text = sources.read_text() + f"reply_clarembeau_summer: {taken}"
    sources.write_text(text)
    key = record_reply(asked_again, "clarembeau", Outcome.NONE)
    assert key not in ("reply_clarembeau", "reply_clarembeau_summer")
    assert load_edition(asked_again).sources[key].outcome is Outcome.NONE


@pytest.mark.parametrize(
    ("minister", "outcome", "day", "key", "told"),
    [
        ("clarembeau", Outcome.ANSWERED, None, "spring",
         'stands in sources.yaml already, as "reply_clarembeau", at line 21; change it there'),
        ("clarembeau", Outcome.ANSWERED, date(2025, 3, 31), "",
         "2025-03-31 is before the questionnaire was sent, on 2025-04-01"),
        ("clarembeau", Outcome.ANSWERED, date(2025, 6, 2), "",
         "2025-06-02 is after the edition, of 2025-06-01"),
        ("clarembeau", Outcome.NONE, date(2025, 4, 2), "", '"none" has no date; leave --date out'),
        ("clarembeau", Outcome.NONE, None, "sumer",
         'no questionnaire "sumer"; did you mean "summer"'),
        ("clarembau", Outcome.NONE, None, "", 'no person "clarembau"; did you mean "clarembeau"'),
        ("clarembeau", Outcome.NOT_ASKED, None, "", "was not asked in the questionnaire summer"),
    ],
)  # fmt: skip
def test_a_reply_that_contradicts_the_questionnaire_is_refused(
    asked_again: Path, minister: str, outcome: Outcome, day: date | None, key: str, told: str
) -> None:
    """It is said why, and nothing is written."""
    with _refused(asked_again, told):
        record_reply(asked_again, minister, outcome, day, key)


def test_a_second_reply_is_refused(asked_again: Path) -> None:
    """The first says where it stands, to be changed there."""
    key = record_reply(asked_again, "peeters", Outcome.NONE)
    with pytest.raises(RequestError, match=f'already, as "{key}"'):
        record_reply(asked_again, "peeters", Outcome.ANSWERED, SENT)


@pytest.mark.parametrize("way", ["to", "office"])
def test_whoever_was_not_asked_cannot_reply(folder: Path, way: str) -> None:
    """Because it was sent to others, or because the office was not held that day."""
    if way == "to":
        open_round(folder, "summer", SENT, to=["clarembeau"])
    else:
        edit(folder, "people.yaml", "roles: [mobility]",
             "roles: [{role: mobility, since: 2025-05-01}]")  # fmt: skip
        open_round(folder, "summer", SENT)
    with pytest.raises(RequestError, match="peeters was not asked in the questionnaire summer"):
        record_reply(folder, "peeters", Outcome.ANSWERED, date(2025, 5, 2))


def test_a_reply_without_questionnaire_is_refused(folder: Path) -> None:
    """The command that records one is named."""
    group = "questionnaires:\n  spring: {sent: 2025-03-03}  # by e-mail\n"
    edit(folder, "edition.yaml", group, "")
    edit(folder, "measures.yaml", "  questions: {spring: {to: [clarembeau]}}\n", "")
    text = (folder / "sources.yaml").read_text()
    (folder / "sources.yaml").write_text(text[: text.index("reply_peeters")])
    for tag, question in (("nl", "Waar komen de fietspaden?"),
                          ("fr", "Où seront les pistes cyclables ?")):  # fmt: skip
        file = f"{tag}/measures/paths.yaml"
        edit(folder, file, f"questions:\n  spring:\n    - {question}\n", "")
        edit(folder, file, "[@reply_clarembeau]", "[@debate]")
    with pytest.raises(RequestError, match="no questionnaire is recorded; edition round"):
        record_reply(folder, "peeters", Outcome.NONE)


def test_an_unknown_name_is_a_name_that_is_asked_for(folder: Path) -> None:
    """The command ends with the status of a request, and offers what is near."""
    with pytest.raises(UnknownNameError) as refusal:
        record_reply(folder, "peters", Outcome.NONE)
    assert refusal.value.status == 2
