"""Prose: what an editor may write, what it becomes, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markdown_it.token import Token

from report.edition.edition import Text
from report.edition.model import Outcome, Source, Typography
from report.pages.markdown import Citation
from report.pages.prose import Parsed, Parser, Values, note_citations
from report.pages.typography import Typesetter
from report.problems import Place
from tests import real_edition

REPLY = Source(type="personal_communication", author=["x"], outcome=Outcome.NONE)
SOURCES = {
    "ic285": Source(type="bill"),
    "ic202": Source(type="bill"),
    "no_reply": REPLY,
    "unknown_reply": REPLY.model_copy(update={"outcome": Outcome.UNRECORDED}),
}


def rules(language: str) -> Typography:
    return real_edition.edition().languages[language].labels.typography


def parser(language: str = "nl") -> Parser:
    typesetter = Typesetter(rules(language), ["Van Bossuyt", "N-VA"])
    values = Values(
        {"counts": {"total": 9, "belgium": {"total": 2}}, "dates": {"ic285": "13 januari 2026"}},
        {"words": typesetter.words},
    )
    return Parser(typesetter, values, SOURCES, ["import-ban", "arms-ban"])


def parse(text: str, language: str = "nl", line: int = 1) -> Parsed:
    return parser(language).parse(Text(text, Place("a.yaml", line, 3)))


def shown(parsed: Parsed) -> str:
    """Text as it reads, spaces that do not break as ~ and _, a call as ¹, markup in braces."""
    parts = []
    for block in parsed.tokens:
        if block.type == "inline":
            parts += [_shown(token) for token in block.children or []]
        elif block.nesting > 0 and block.tag not in ("p", "ul"):
            parts.append(f"{{{block.tag}}}")
    text = "".join(parts)
    return text.replace("\u00a0", "~").replace("\u202f", "_").replace("\u2060", "")


def _shown(token: Token) -> str:
    if token.type in ("text", "between_calls"):
        return token.content
    if token.type == "note":
        return "¹"
    if token.type == "cross_reference":
        return f"{{{token.meta['target']}}}"
    return f"{{{'/' * (token.nesting < 0)}{token.tag}}}"


def notes(parsed: Parsed) -> Iterator[Token]:
    return (token for token in parsed.walk() if token.type == "note")


def messages(parsed: Parsed) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.message}" for p in parsed.problems]


# ---------------------------------------------------------------- citations and notes


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("[@ic285]", [Citation("ic285")]),
        ("[@ic285; @ic202]", [Citation("ic285"), Citation("ic202")]),
        ("[zie ook @ic285]", [Citation("ic285", prefix="zie ook")]),
        ("[@ic285, p. 12]", [Citation("ic285", locator="p. 12")]),
        ("[@ic285, p. 12, noot 3; zie ook @ic202, p. 4]",
         [Citation("ic285", locator="p. 12, noot 3"), Citation("ic202", "zie ook", "p. 4")]),
        ("[zie '1' en \"2\" @ic285, z'n \"3\"]",
         [Citation("ic285", prefix="zie ‘1’ en “2”", locator="z’n “3”")]),
        ("^[Zo: [@ic285, \"3\"].]", [Citation("ic285", locator="“3”")]),
        ("[@ic285;\n@ic202]", [Citation("ic285"), Citation("ic202")]),
        ("^[Volgens @ic285 wel, volgens [@ic202, p. 2] niet.]",
         [Citation("ic285"), Citation("ic202", locator="p. 2")]),
        ("^[Zonder bron, mail info@ic285.be.]", []),
    ],
)  # fmt: skip
def test_notes_and_their_sources(text: str, citations: list[Citation]) -> None:
    """A citation or an inline note is one note, with its sources in order."""
    parsed = parse(f"Zin.{text}")
    assert messages(parsed) == []
    assert [note_citations(note) for note in notes(parsed)] == [citations]


@pytest.mark.parametrize(
    "text",
    ["info@ic285.be", "[mail info@ic285.be]", "[info@ic285.be](mailto:info@ic285.be)", "@elders"],
)
def test_what_is_no_citation(text: str) -> None:
    """A mail address or a handle is text."""
    parsed = parse(text)
    assert messages(parsed) == []
    assert list(notes(parsed)) == []


def test_inline_note_may_hold_markup() -> None:
    """Emphasis, links, references, values and quotation marks work in a note too."""
    text = 'Zin.^[Een *"rode lijn"* van [](#arms-ban), 12 ton op {{ dates.ic285 }}, z\'n \\*eis.]'
    (note,) = notes(parse(text))
    content = "".join(_shown(token) for token in note.children or [])
    expected = "Een {em}“rode lijn”{/em} van {arms-ban}, 12~ton op 13~januari~2026, z’n *eis."
    assert content.replace("\u00a0", "~") == expected


@pytest.mark.parametrize(
    ("text", "dutch", "french"),
    [
        ("a.[@ic285] b", "a.¹ b", "a¹. b"),
        ("a[@ic285]. b", "a.¹ b", "a¹. b"),
        ("a [@ic285]. b", "a.¹ b", "a¹. b"),
        ("a\n[@ic285]. b", "a.¹ b", "a¹. b"),
        ("a,[@ic285] b", "a,¹ b", "a¹, b"),
        ("a[@ic285]: b", "a:¹ b", "a¹: b"),
        ("a[@ic285] b", "a¹ b", "a¹ b"),
        ("(a[@ic285]) b", "(a)¹ b", "(a¹) b"),
        ("a.[@ic285][@ic202] b", "a.¹,~¹ b", "a¹,~¹. b"),
        ("a[@ic285] [@ic202]. b", "a.¹,~¹ b", "a¹,~¹. b"),
        ("a[@ic285].[@ic202] b", "a.¹,~¹ b", "a¹,~¹. b"),
        ("*a[@ic285]*^[b].", "{em}a¹{/em}.¹", "{em}a¹{/em},~¹."),
        ('"a".[@ic285] b', "“a”.¹ b", "«~a~»¹. b"),
        ('"a."[@ic285] b', "“a.”¹ b", "«~a.~»¹ b"),
        ("**a**[@ic285]. b", "{strong}a{/strong}.¹ b", "{strong}a{/strong}¹. b"),
        ("**a.**[@ic285] b", "{strong}a.{/strong}¹ b", "{strong}a{/strong}¹. b"),
        ("[](#arms-ban)[@ic285], b", "{arms-ban},¹ b", "{arms-ban}¹, b"),
        ("a.^[Noot.] b", "a.¹ b", "a¹. b"),
        ("a[@ic285]'s", "a¹’s", "a¹’s"),
        ("[@ic285] a", "¹ a", "¹ a"),
    ],
)
def test_note_call_beside_punctuation(text: str, dutch: str, french: str) -> None:
    """Wherever the editor puts the call, it stands where the language wants it."""
    assert shown(parse(text)) == dutch
    assert shown(parse(text, "fr")) == french


@pytest.mark.parametrize("text", ["a[@ic285] ?", "a ?[@ic285]", "a ? [@ic285]"])
def test_french_call_before_high_punctuation(text: str) -> None:
    """The space before French punctuation goes along with it."""
    assert shown(parse(text, "fr")) == "a¹_?"


@pytest.mark.parametrize("text", ["a.[@ic285]", "**a**[@ic285]", "[](#arms-ban)[@ic285] b"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_call_is_glued_to_what_it_follows(text: str, language: str) -> None:
    """A call never starts a line."""
    (inline,) = (token for token in parse(text, language).tokens if token.type == "inline")
    children = inline.children or []
    call = next(index for index, token in enumerate(children) if token.type == "note")
    assert children[call - 1].content.endswith("\u2060")


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "\"Hij zei 'ja' en 'nee'.\"", "“Hij zei ‘ja’ en ‘nee’.”"),
        ("fr", "\"Il dit 'oui'.\"", "«~Il dit “oui”.~»"),
        ("nl", '"rode lijn"-acties', "“rode lijn”-acties"),
        ("nl", "'s avonds is 't Israëli's", "’s avonds is ’t Israëli’s"),
        ("fr", "d'un \"l'autre\"", "d’un «~l’autre~»"),
        ("fr", '"a" ; "b" : c', "«~a~»_; «~b~»~: c"),
        ("nl", 'Een "[hebben] (...) lijn"', "Een “[hebben] (...) lijn”"),
        ("nl", "minister Van\nBossuyt, 12\nton", "minister Van~Bossuyt, 12~ton"),
        ("fr", "Oui\n; « non\n»", "Oui_; «~non~»"),
        ("nl", "{{ counts.total }} en {{counts.total|words}}", "9~en negen"),
        ("fr", "{{ counts.belgium.total | words }}", "deux"),
        ("nl", "**a** *b* ***c***", "{strong}a{/strong} {em}b{/em} {em}{strong}c{/strong}{/em}"),
        ("nl", "[Board of Peace]{lang=en}", "{span}Board of Peace{/span}"),
        ("nl", "zie [](#import-ban)", "zie {import-ban}"),
        ("nl", "a  \nb", "a{br}b"),
        ("nl", "a\n\nb", "ab"),
        ("nl", "Lijst:\n\n- a\n- b", "Lijst:{li}a{li}b"),
        ("nl", "> a\n>\n> b.[@ic285]", "{blockquote}ab.¹"),
        # not Markdown here: printed as it stands
        ("nl", "<b>a</b> <script>b</script> &amp;", "<b>a</b> <script>b</script> &amp;"),
        ("nl", "<div>\na\n</div>", "<div> a </div>"),
        ("nl", "# a", "# a"),
        ("nl", "`a`", "`a`"),
        ("nl", "{% include x %} {# y #}", "{% include x %} {# y #}"),
    ],
)
def test_text(language: str, text: str, expected: str) -> None:
    """Prose becomes text in the language's typography, and nothing else."""
    parsed = parse(text, language)
    assert messages(parsed) == []
    assert shown(parsed) == expected


def test_link_and_span_keep_their_attributes_alone() -> None:
    """A link leads where it says; a span carries its language and nothing else."""
    parsed = parse('[a](https://b.example/?c="d") [e]{lang=en onclick=f}')
    attributes = [token.attrs for token in parsed.walk() if token.attrs]
    assert attributes == [{"href": "https://b.example/?c=%22d%22"}, {"lang": "en"}]


# ---------------------------------------------------------------- refused

NOT_A_VALUE = "between {{ and }} stands the name of a value, like {{ counts.total | words }}"
PLAIN = "is not read in the words beside a citation; write a note of your own, like ^[see *there*"
LANGUAGE = "braces after words hold their language alone, like {lang=en}"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a [@ic258]", ['1:5 unknown source "ic258"; did you mean "ic285"?']),
        ("a [@ic-285]", ['1:5 unknown source "ic-285"; did you mean "ic285"?']),
        ("[@xx; @ic285; @yy]", ['1:3 unknown source "xx"', '1:3 unknown source "yy"']),
        ("a\n\n- b\n  c [@xx]", ['4:7 unknown source "xx"']),
        ("a ^[b\nc @xx.] d", ['2:5 unknown source "xx"']),
        ("[@ic285 p. 3]",
         ['1:3 "[@ic285 p. 3]" is not a citation; write it like [see @key, p. 3; @key]']),
        ("a @ic285 b", ["1:5 a citation stands in brackets: [@ic285]"]),
        ("[@no_reply]", ['1:3 "no_reply" is a reply that was not received; it cannot be cited']),
        ("[@unknown_reply]",
         ['1:3 "unknown_reply" is a reply that was not received; it cannot be cited']),
        ("a ^[b", ["1:5 ^[ is not closed with ]"]),
        ("a ^[b ^[c] d]", ["1:9 a note cannot stand in a note"]),
        ("[](#import-bam)", ['1:3 unknown measure "import-bam"; did you mean "import-ban"?']),
        ("[](#)", ['1:3 unknown measure ""']),
        ("{{ counts.totl }}", ['1:3 unknown value "counts.totl"; did you mean "total"?']),
        ("{{ count.total }}", ['1:3 unknown value "count.total"; did you mean "counts"?']),
        ("{{ counts.total.real }}", ['1:3 unknown value "counts.total.real"']),
        ("{{ counts.__class__ }}", ['1:3 unknown value "counts.__class__"']),
        ("{{ __builtins__ }}", ['1:3 unknown value "__builtins__"']),
        ("{{ counts }}", ['1:3 "counts" is a group; name one of: total, belgium']),
        ("{{ counts.total | wrds }}", ['1:3 unknown filter "wrds"; did you mean "words"?']),
        ("{{ dates.ic285 | words }}",
         ['1:3 "dates.ic285" is not a number, so "words" cannot be applied']),
        ("{{ 7 * 7 }}", [f"1:3 {NOT_A_VALUE}"]),
        ("{{ ''.join([]) }}", [f"1:3 {NOT_A_VALUE}"]),
        ("a\n{{ counts.total", [f"2:3 {NOT_A_VALUE}"]),
        ("[a](javascript:b)",
         ['1:3 "javascript:b" is not a web or mail address; start it with https://']),
        ("[a](file:///etc/passwd)",
         ['1:3 "file:///etc/passwd" is not a web or mail address; start it with https://']),
        ("[a](../b)", ['1:3 "../b" is not a web or mail address; start it with https://']),
        ("[a](data:text/html,b)",
         ['1:3 "data:text/html,b" is not a web or mail address; start it with https://']),
        ("[a](#import-ban)",
         ['1:3 "#import-ban" is not a web or mail address; start it with https://']),
        ("[a]{.b}", [f"1:3 {LANGUAGE}"]),
        ("[a]{lang=English}", [f"1:3 {LANGUAGE}"]),
        ("[a]{lang=xx-BE}",
         ['1:3 unknown language "xx-BE"; braces hold a code of ISO 639, like {lang=en}']),
        # links and languages have a place of their own
        ("a\nb [c](d)\ne [*f*]{lang=G}",
         ['2:5 "d" is not a web or mail address; start it with https://', f"3:5 {LANGUAGE}"]),
        ("a ^[b\nc [d](e).] f",
         ['2:5 "e" is not a web or mail address; start it with https://']),
        # notes without words, words beside a citation
        ("a^[]", ["1:4 the note is empty; delete it"]),
        ("a\nb^[ ]", ["2:4 the note is empty; delete it"]),
        ("[zie {{ dates.ic285 }} @ic285]", [f'1:3 "{{{{" {PLAIN} @ic285.]']),
        ("a\n[*zie ook* @ic285]", [f'2:3 "*" {PLAIN} @ic285.]']),
        ("[@ic202; _zie_ @ic285]", [f'1:3 "_zie_" {PLAIN} @ic285.]']),
        ("[@ic202, [bijlage]]", [f'1:3 "[" {PLAIN} @ic202.]']),
        ("a[@ic285]{lang=en}", ["1:4 braces cannot follow a note; delete them"]),
        ("a^[b]{.c}", ["1:4 braces cannot follow a note; delete them"]),
        # numbers that a list would change
        ("a\n\n2025. b", ["3:3 this begins a list at 2025; for a sentence, write 2025\\."]),
        ("2025) b", ["1:3 this begins a list at 2025; for a sentence, write 2025\\)"]),
        ("1. a\n3. b", ["2:3 this item would be numbered 2; write 2."]),
        ("- 1. a\n  1. b", ["2:5 this item would be numbered 2; write 2."]),
        ("[@xx] [](#yy)\n\n{{ z }}",
         ['1:3 unknown source "xx"', '1:9 unknown measure "yy"', '3:3 unknown value "z"']),
    ],
)  # fmt: skip
def test_refused(text: str, problems: list[str]) -> None:
    """What cannot be printed is told at its place, all of it, with the remedy if there is one."""
    assert messages(parse(text)) == problems


ONE_PARAGRAPH = (
    "this text is one paragraph; write it without blank lines, lists, quoted blocks or figures"
)


@pytest.mark.parametrize(
    ("text", "folded", "problems"),
    [
        ("one\ntwo\n", "", []),
        ("one two\n", "one\ntwo\n", []),
        ("one\n\ntwo\n\nthree", "", [f"9:5 {ONE_PARAGRAPH}"]),
        ("- one\n- two", "", [f"7:5 {ONE_PARAGRAPH}"]),
        ("one\n> two", "", [f"8:5 {ONE_PARAGRAPH}"]),
        ("one two\nthree\n", "one\ntwo\n\nthree\n", [f"10:5 {ONE_PARAGRAPH}"]),
    ],
)
def test_text_of_one_paragraph(text: str, folded: str, problems: list[str]) -> None:
    """Where one paragraph is printed, lists and blank lines are told at their line."""
    parsed = parser().parse_paragraph(Text(text, Place("a.yaml", 7, 5), folded))
    assert messages(parsed) == problems
    assert problems or shown(parsed).split() == text.split()


def test_place_in_folded_text() -> None:
    """A problem in folded text is told at the line of the file."""
    text = Text("one two [@xx] three", Place("a.yaml", 7, 5), "one\ntwo [@xx]\nthree\n")
    assert messages(parser().parse_paragraph(text)) == ['8:9 unknown source "xx"']
