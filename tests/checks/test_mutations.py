"""Whatever is done to the edition, the checks end with findings, soon and in little memory.

``MUTATIONS`` in the environment sets how many mutations run; the default keeps the suite quick.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.checks.acceptances import CheckReport
from report.checks.formats import format_json, format_text
from report.checks.run import check_edition
from report.formats import format_github
from tests.editions import ROOT, edit, make_edition

COUNT = int(os.environ.get("MUTATIONS", "24"))
MOST_MEMORY = 500_000_000
CONTENT = ROOT / "content"
FILES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.yaml"))
ODD = ["\u200b", "\u202e", "\x00", "\x07", "\ufeff", "\u2028", "e\u0301", "а", "\U000e0041", "😀",
       "\ud800", "\x85", "\u00ad", "ﬁ", "\t", "\r"]  # fmt: skip
HOSTILE = [
    "{{ counts.__class__.__mro__ }}", "{{ dates }}", "{{ counts", "{% include '/etc/passwd' %}",
    "[x](file:///etc/passwd)", "[x](javascript:alert(1))", "[x](../../secret)",
    "<script>x</script>",
    "![x](http://example.org/x.png)", "[" * 400, "^[" * 300, "*" * 999, "> " * 300, "_" * 999,
    "\"" * 99, "[@" + "a" * 5000 + "]", "- " * 200, "[a](b)" * 300, "{x.__class__}", "{0}", "{",
    "1.000 " * 400, "](" * 400, "[x]{lang=" * 100, "(" * 900, "https://[::1", "[x](http://[)",
]  # fmt: skip
NESTED = ["[" * 2000, "{a: " * 500, "- " * 3000, "a: &a [x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n"]

Mutation = Callable[[Path], None]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _save(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, Mutation]:
    """One file of the edition, and what to do to it."""
    file = draw(st.sampled_from(FILES))
    at = draw(st.floats(0, 1))
    other = draw(st.floats(0, 1))
    kind = draw(st.sampled_from([
        "delete", "duplicate", "swap", "misspell", "truncate", "odd", "hostile", "nested", "huge",
        "junk", "remove", "empty", "folder", "indent", "value", "language",
    ]))  # fmt: skip
    odd, hostile = draw(st.sampled_from(ODD)), draw(st.sampled_from(HOSTILE))
    nested, junk = draw(st.sampled_from(NESTED)), draw(st.binary(max_size=200))

    def mutate(path: Path) -> None:
        text = _text(path)
        lines = text.splitlines(keepends=True)
        i, j = sorted((int(at * (len(lines) - 1)), int(other * (len(lines) - 1))))
        offset = int(at * (len(text) - 1))
        line, letter = lines[i], text[offset]
        match kind:
            case "delete":
                _save(path, "".join(lines[:i] + lines[min(j, i + 3) + 1 :]))
            case "duplicate":
                _save(path, "".join(lines[: j + 1] + lines[i:]))
            case "swap":
                lines[i], lines[j] = lines[j], line
                _save(path, "".join(lines))
            case "misspell":
                _save(path, text[:offset] + letter.swapcase() * 2 + text[offset + 1 :])
            case "truncate":
                _save(path, text[:offset])
            case "odd":
                _save(path, text[:offset] + odd + text[offset:])
            case "hostile":
                _save(path, text[:offset] + hostile + text[offset:])
            case "nested":
                _save(path, text + nested)
            case "huge":
                _save(path, text * (2_000_000 // len(text)))
            case "junk":
                path.write_bytes(text[:offset].encode() + junk)
            case "remove":
                path.unlink()
            case "empty":
                _save(path, "")
            case "folder":
                path.unlink()
                path.mkdir()
            case "indent":
                lines[i] = "  " + line
                _save(path, "".join(lines))
            case "value":
                lines[i] = line.partition(":")[0] + ": " + hostile + "\n"
                _save(path, "".join(lines))
            case "language":
                shutil.rmtree(path.parent) if "/" in file else path.unlink()

    return f"{kind} {file}", mutate


def _snapshot(folder: Path) -> dict[str, int]:
    return {p.as_posix(): p.stat().st_mtime_ns for p in folder.rglob("*")}


@contextmanager
def limited_memory() -> Iterator[None]:
    """Let a MemoryError stop what takes ``MOST_MEMORY`` bytes more than there are now.

    Only on Linux, which says how much there is and heeds the limit.
    """
    if sys.platform != "linux":
        yield
        return
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is that of Linux")
def test_memory_is_limited() -> None:
    """What takes too much is stopped, and only inside the limit."""
    with limited_memory(), pytest.raises(MemoryError):
        bytearray(2 * MOST_MEMORY)
    assert bytearray(2 * MOST_MEMORY)


def check(folder: Path) -> CheckReport:
    """Check ``folder``: in little memory, without changing it, and with every format."""
    before = _snapshot(folder)
    with limited_memory():
        report = check_edition(folder)
    assert _snapshot(folder) == before
    assert format_text(report)
    assert format_json(report)
    format_github(report.findings, "content")
    return report


@settings(
    max_examples=COUNT, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(mutations(), mutations())
def test_mutated_edition_is_checked(
    first: tuple[str, Mutation], second: tuple[str, Mutation]
) -> None:
    """Two mutations at once end in findings, not in an exception, a hang or a change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "content"
        shutil.copytree(CONTENT, folder)
        for label, mutate in (first, second):
            path = folder / label.partition(" ")[2]
            if path.is_file() and path.stat().st_size > 1:
                try:
                    mutate(path)
                except UnicodeDecodeError:
                    continue  # The first mutation left nothing that is text.
        check(folder)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_prose_is_refused_or_harmless(words: str, tmp_path: Path) -> None:
    """Prose that tries to reach beyond the edition, or to exhaust the machine, ends quickly."""
    make_edition(tmp_path)
    edit(tmp_path, "nl/measures/bridge.yaml", "De brug helpt iedereen.", f"De brug. {words}")
    assert check(tmp_path).findings


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("{{ counts.__class__ }}", "prose"),
        ("{% include 'x' %}", "foreign-markup"),
        ("<script>x</script>", "foreign-markup"),
        ("![x](https://www.club.example/x.png)", "prose"),
        ("[x](file:///etc/passwd)", "link-form"),
        ("[x](javascript:alert)", "link-form"),
        ("[x](../../secret.yaml)", "link-form"),
        ("[x](http://169.254.169.254/)", "link-form"),
    ],
)
def test_each_attack_is_refused(words: str, code: str, tmp_path: Path) -> None:
    """References to files and machines, scripts, HTML and template code are errors."""
    make_edition(tmp_path)
    edit(tmp_path, "nl/measures/bridge.yaml", "De brug helpt iedereen.", f"De brug. {words}")
    report = check(tmp_path)
    assert code in {finding.code for finding in report.findings}
    assert not report.passes()
