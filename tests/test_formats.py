"""Findings as every command prints them."""

from __future__ import annotations

import json
import pickle

from report.formats import format_github, format_json, format_text, summary
from report.problems import ContentError, Finding, Level, Place, ReportError, joined

SLIP = Finding(
    Place("de/a.yaml", 3, 5), "a slip", "slip", Level.WARNING, "teh", "write the",
    (Place("fr/a.yaml", 2, 1),),
)  # fmt: skip


def on(page: int | None, message: str = "too dark") -> Finding:
    return Finding(Place.on_page("a.pdf", page), message, "ink")


def test_a_finding_says_where_what_and_what_to_do():
    """Place, level, message, words and code stand on one line, the remedy below."""
    assert format_text([SLIP]) == "de/a.yaml:3:5: warning: a slip: “teh” [slip]\n    write the"


def test_a_finding_in_a_pdf_names_its_page():
    """A page stands where a line would; a file as a whole has neither."""
    assert format_text([on(2), on(None)]) == (
        "a.pdf: page 2: error: too dark [ink]\na.pdf: error: too dark [ink]"
    )


def test_what_is_wrong_on_many_pages_is_said_once():
    """Four pages or more are one line with their ranges, fewer are a line each."""
    pages = [on(1), on(2), on(3), on(7, "too wide")]
    assert format_text(pages) == "a.pdf: pages 1-3, 7: error: too dark [ink]"
    assert len(format_text(pages[:3]).splitlines()) == 3


def slip_on(line: int, file: str = "de/a.yaml", message: str = "not received") -> Finding:
    return Finding(Place(file, line, 2), message, "prose", suggestion="ask again")


def test_what_has_one_cause_is_said_once_with_all_its_lines():
    """Only what is said in the same words is; other findings keep their own paragraphs."""
    findings = [slip_on(1), slip_on(4, message="another"), slip_on(9), slip_on(2, "fr/a.yaml")]
    assert format_text(findings) == (
        "de/a.yaml:1:2: error: not received [prose]\n    ask again\n"
        "    also: de/a.yaml:9:2 and fr/a.yaml:2:2\n"
        "de/a.yaml:4:2: error: another [prose]\n    ask again"
    )
    assert summary(findings) == "4 errors, 0 warnings, 0 notes"


def test_thousands_with_one_cause_are_named_to_the_tenth():
    """The first, ten more, and how many there are besides."""
    text = format_text(slip_on(line) for line in range(1, 20_001))
    assert text.endswith("de/a.yaml:10:2, de/a.yaml:11:2 and 19989 more")
    assert len(text.splitlines()) == 3


def test_json_holds_every_field():
    """What a finding does not have is null, and the command may add members."""
    document = json.loads(format_json([SLIP, on(2)], passed=False))
    assert document["passed"] is False
    assert document["findings"] == [
        {
            "file": "de/a.yaml", "line": 3, "column": 5, "page": None, "level": "warning",
            "code": "slip", "message": "a slip", "words": "teh", "suggestion": "write the",
            "related": ["fr/a.yaml:2:1"],
        },
        {
            "file": "a.pdf", "line": None, "column": None, "page": 2, "level": "error",
            "code": "ink", "message": "too dark", "words": "", "suggestion": "", "related": [],
        },
    ]  # fmt: skip


def test_github_is_told_file_and_line_or_the_page():
    """A page is said in words, for GitHub knows lines alone."""
    assert format_github([SLIP, on(2)], "content") == (
        "::warning file=content/de/a.yaml,line=3,col=5,title=slip::a slip: “teh”. write the\n"
        "::error file=content/a.pdf,line=1,col=1,title=ink::page 2: too dark"
    )


def test_what_would_act_on_a_terminal_is_shown_as_an_escape():
    """Escape sequences, turning characters and undecodable bytes are harmless in every form."""
    finding = Finding(Place("\udce9\x1b[2J.yaml", 1, 1), "a\x1b]0;x\x07", words="\u202eniet")
    for text in (format_text([finding]), format_github([finding]), str(ContentError([finding]))):
        assert text.isprintable()
        assert r"\xe9\x1b[2J.yaml" in text
        assert r"\u202e" in text
        text.encode()
    format_json([finding]).encode()
    assert str(ReportError("\x1b[2J")) == r"\x1b[2J"


def test_findings_are_counted_by_level():
    """Each level is named with its number."""
    assert summary([SLIP, on(1), on(2)]) == "2 errors, 1 warning, 0 notes"


def test_errors_keep_their_findings_between_processes():
    """A worker's error arrives with its kind, its findings and its message."""
    content = pickle.loads(pickle.dumps(ContentError([SLIP])))
    assert isinstance(content, ContentError)
    assert content.findings == (SLIP,)
    other = pickle.loads(pickle.dumps(ReportError("no disk", [SLIP])))
    assert (other.message, other.findings) == ("no disk", (SLIP,))


def test_errors_are_told_together():
    """Findings of all are sorted and told once; messages follow."""
    both = joined([ContentError([on(1)]), ContentError([SLIP, on(1)]), ReportError("no disk")])
    assert both.findings == (on(1), SLIP)
    assert str(both).splitlines()[-1] == "no disk"
    assert isinstance(joined([ContentError([SLIP])]), ContentError)
