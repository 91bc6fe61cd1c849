"""The check of live addresses, against a local server that fails in the usual ways."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from report.checks.web import Answer, LinkState, Politeness, check_links, format_links
from report.commands.main import main
from report.edition.load import load_edition
from tests.editions import ROOT, make_edition

QUICK = Politeness(timeout=0.5, retries=1, pause=0.01)
SEEN: Counter[tuple[str, str]] = Counter()


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Answer, without a body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer, with a body that is never read to its end."""
        self._answer()

    def _answer(self) -> None:
        path = self.path
        SEEN[self.command, path] += 1
        if path == "/slow":
            threading.Event().wait(3)
        if path == "/hangup":
            self.close_connection = True
            return
        if path == "/garbage":
            self.wfile.write(b"nonsense\r\n\r\n")
            return
        status, location = _status(self.command, path, SEEN[self.command, path])
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _status(method: str, path: str, times: int) -> tuple[int, str]:
    if path == "/nohead":
        return (405 if method == "HEAD" else 200), ""
    if path == "/flaky":
        return (503 if times == 1 else 200), ""
    moved = {"/moved": (301, "/ok"), "/found": (302, "/ok"), "/loop": (302, "/loop"),
             "/lost": (301, "/")}  # fmt: skip
    if path in moved:
        return moved[path]
    code = path.rpartition("/")[2]
    return (int(code) if code.isdecimal() else 200), ""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that fails as its paths say."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _any_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of these tests has no public address, which content must not name."""
    monkeypatch.setattr("report.edition.references.address_fault", lambda address: "")


def ask(folder: Path, address: str, archive: str = "") -> LinkState:
    """The state of one address, as that of the source ``news``."""
    make_edition(folder)
    text = (folder / "sources.yaml").read_text(encoding="utf-8")
    text = text.replace("https://www.krant.example/artikel/2025/05/02/brug", address + archive)
    for name in ("www.club.example/pact", "www.raad.example/doc/7.pdf"):
        text = text.replace(f"https://{name}", address.rpartition("/")[0] + "/ok")
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    edition = load_edition(folder)
    states = check_links(edition, politeness=QUICK, cache=folder / "links.json")
    return next(state for state in states if state.source == "news")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/ok", Answer.GOOD),
        ("/nohead", Answer.GOOD),
        ("/flaky", Answer.GOOD),
        ("/found", Answer.GOOD),
        ("/moved", Answer.MOVED),
        ("/lost", Answer.GONE),
        ("/404", Answer.GONE),
        ("/410", Answer.GONE),
        ("/403", Answer.REFUSED),
        ("/500", Answer.BROKEN),
        ("/503", Answer.BROKEN),
        ("/loop", Answer.BROKEN),
        ("/slow", Answer.UNREACHABLE),
        ("/hangup", Answer.UNREACHABLE),
        ("/garbage", Answer.UNREACHABLE),
    ],
)
def test_answers_of_a_server(server: str, path: str, answer: Answer, tmp_path: Path) -> None:
    """Each way to answer or to fail has its state, and none raises."""
    assert ask(tmp_path, server + path).answer is answer


def test_port_that_nobody_listens_to(tmp_path: Path) -> None:
    """A refused connection is a state."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert ask(tmp_path, f"http://127.0.0.1:{port}/x").rots


def test_good_answers_are_kept(server: str, tmp_path: Path) -> None:
    """The second check asks nothing of an address that was good."""
    ask(tmp_path, server + "/kept")
    before = SEEN["HEAD", "/kept"]
    assert ask(tmp_path, server + "/kept").answer is Answer.GOOD
    assert SEEN["HEAD", "/kept"] == before == 1


def test_rotten_address_comes_with_its_archive(server: str, tmp_path: Path) -> None:
    """The list names source, address and archived copy, and the notes of each language."""
    archive = "\n  archive: https://archive.example/1"
    states = [ask(tmp_path, server + "/404", archive), ask(tmp_path, server + "/ok")]
    text = format_links(states, {"nl": ["pact", "news", "debate news"], "fr": ["pact"]})
    assert text.splitlines() == [
        f"gone: news: {server}/404 (404)",
        "    cited in nl: 2, 3",
        "    archived: https://archive.example/1",
        "2 addresses, 1 good, 1 that readers will not find",
    ]


def test_command_lists_what_needs_a_look(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command prints that list and fails when readers will not find a source."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ask(tmp_path, server + "/410")
    result = CliRunner().invoke(main, ["check", "--content", str(tmp_path), "--links"])
    assert f"gone: news: {server}/410 (410)\n    cited in fr: 3, 4\n" in result.output
    assert result.output.endswith("3 addresses, 2 good, 1 that readers will not find\n")
    assert result.exit_code == 1


def test_watching_ends_in_peace(tmp_path: Path) -> None:
    """Ctrl-C is told beside the report, and is no failure."""
    make_edition(tmp_path)
    command = [sys.executable, str(ROOT / "build_report.py"), "check", "--watch"]
    with subprocess.Popen(
        [*command, "--content", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert any(b"Ctrl-C ends this" in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""


def test_watch_checks_again_on_save(tmp_path: Path) -> None:
    """A saved file gives a new report."""
    from report.checks.watch import watch

    make_edition(tmp_path)
    reports: list[int] = []
    stop, first = threading.Event(), threading.Event()

    def note(report: object) -> None:
        reports.append(1)
        (stop if len(reports) > 1 else first).set()

    thread = threading.Thread(target=watch, args=(tmp_path, note), kwargs={"stop": stop})
    thread.start()
    assert first.wait(20)
    for _ in range(40):
        (tmp_path / "edition.yaml").touch()
        if stop.wait(0.25):
            break
    stop.set()
    thread.join(20)
    assert len(reports) > 1


def test_a_computer_without_the_web_blames_no_address(tmp_path: Path, monkeypatch) -> None:
    """Where nothing answers at all, no address is said to be lost."""
    dead = [LinkState(key, f"https://{key}.example/", Answer.UNREACHABLE) for key in "ab"]
    monkeypatch.setattr("report.checks.web.check_links", lambda *_, **__: dead)
    folder = make_edition(tmp_path)
    result = CliRunner().invoke(main, ["check", "--content", str(folder), "--links"])
    assert result.exit_code == 1
    assert "is this computer connected" in result.output
    assert "will not find" not in result.output
