"""Asks the live web whether the addresses of the sources still answer.

Politely: addresses of one host one after the other with a pause, HEAD before GET, few retries,
and answers that were good are kept for a day.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ..edition.edition import Edition

AGENT = "report-link-check/1.0 (editorial check of cited sources)"
_RETRIED = {408, 425, 429, 500, 502, 503, 504}
_NO_HEAD = {400, 403, 404, 405, 406, 501}
_MOVED = {301, 308}
_DAY = 86_400.0


def cache_folder() -> Path:
    """Where answers are kept between runs, as the XDG base directories say."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "report-checks"


class Answer(StrEnum):
    """What came of asking for an address."""

    GOOD = "good"
    MOVED = "moved"
    REFUSED = "refused"
    GONE = "gone"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class LinkState:
    """The state of one address."""

    source: str
    """Key of the source."""
    address: str
    answer: Answer
    detail: str = ""
    """Status or fault, and where a moved address leads."""
    archive: str | None = None
    """Address of an archived copy, if the source has one."""

    @property
    def rots(self) -> bool:
        """Whether readers will not find the source there."""
        return self.answer in (Answer.GONE, Answer.BROKEN, Answer.UNREACHABLE)


@dataclass(frozen=True)
class Politeness:
    """How the web is asked; times in seconds."""

    timeout: float = 15.0
    retries: int = 2
    pause: float = 0.5
    """Between two requests to one host, and before a first retry; doubled for each next."""
    hosts_at_once: int = 8
    longest_wait: float = 30.0
    """Most that a server's Retry-After is heeded."""


@dataclass
class _Cache:
    path: Path
    answers: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> _Cache:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, {k: (str(a), str(d), float(t)) for k, (a, d, t) in data.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(path)

    def get(self, address: str) -> tuple[Answer, str] | None:
        answer, detail, asked = self.answers.get(address, ("", "", 0.0))
        fresh = time.time() - asked < _DAY
        return (Answer(answer), detail) if fresh and answer in set(Answer) else None

    def put(self, address: str, answer: Answer, detail: str) -> None:
        if answer in (Answer.GOOD, Answer.MOVED):
            self.answers[address] = (answer.value, detail, time.time())

    def write(self) -> None:
        # A folder that cannot be written costs time, nothing else.
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.answers), encoding="utf-8")
        except OSError:
            return


Progress = Callable[[int, int], None]
"""Called with the number of addresses asked and of all."""


def check_links(
    edition: Edition,
    *,
    politeness: Politeness = Politeness(),
    cache: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> list[LinkState]:
    """Ask for every address of the sources of ``edition``, in their order.

    Answers are kept in ``cache`` (by default in the user's cache folder). Whatever the web does
    is a state, never an exception.
    """
    kept = _Cache.read(cache or cache_folder() / "links.json")
    states = asyncio.run(_check(edition, politeness, kept, progress))
    kept.write()
    return states


async def _check(
    edition: Edition, politeness: Politeness, cache: _Cache, progress: Progress
) -> list[LinkState]:
    addresses = {key: source.url for key, source in edition.sources.items() if source.url}
    by_host: dict[str, list[str]] = {}
    for key, address in addresses.items():
        by_host.setdefault(urlsplit(address).netloc, []).append(key)
    answers: dict[str, tuple[Answer, str]] = {}
    slots = asyncio.Semaphore(politeness.hosts_at_once)
    async with httpx.AsyncClient(
        follow_redirects=True, timeout=politeness.timeout, headers={"User-Agent": AGENT}
    ) as client:

        async def ask_host(keys: list[str]) -> None:
            async with slots:
                for position, key in enumerate(keys):
                    address = addresses[key]
                    known = cache.get(address)
                    if known is None:
                        await asyncio.sleep(politeness.pause if position else 0)
                        known = await _ask(client, address, politeness)
                        cache.put(address, *known)
                    answers[key] = known
                    progress(len(answers), len(addresses))

        await asyncio.gather(*(ask_host(keys) for keys in by_host.values()))
    return [
        LinkState(key, address, *answers[key], edition.sources[key].archive)
        for key, address in addresses.items()
    ]


async def _ask(
    client: httpx.AsyncClient, address: str, politeness: Politeness
) -> tuple[Answer, str]:
    result = (Answer.UNREACHABLE, "")
    for attempt in range(politeness.retries + 1):
        wait = politeness.pause * 2**attempt
        try:
            response = await asyncio.wait_for(
                _head_then_get(client, address), politeness.timeout * 2
            )
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError) as error:
            result = (_fault(error), type(error).__name__)
            if result[0] is Answer.BROKEN:
                return result
        else:
            result = _judge(response, address)
            if response.status_code not in _RETRIED:
                return result
            asked = response.headers.get("Retry-After", "")
            wait = min(float(asked), politeness.longest_wait) if asked.isdecimal() else wait
        if attempt < politeness.retries:
            await asyncio.sleep(wait)
    return result


def _fault(error: Exception) -> Answer:
    broken = (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects)
    return Answer.BROKEN if isinstance(error, broken) else Answer.UNREACHABLE


async def _head_then_get(client: httpx.AsyncClient, address: str) -> httpx.Response:
    """The answer to HEAD, or to GET from a server that answers HEAD with an error."""
    try:
        response = await client.head(address)
        if response.status_code not in _NO_HEAD:
            return response
    except httpx.RemoteProtocolError:
        pass
    # The body is not read: the status is all that is asked for, and a body can be endless.
    async with client.stream("GET", address) as response:
        return response


def _judge(response: httpx.Response, address: str) -> tuple[Answer, str]:
    status = response.status_code
    if status in (404, 410):
        return Answer.GONE, str(status)
    if status in (401, 403, 429, 451):
        return Answer.REFUSED, str(status)
    if status >= 400:
        return Answer.BROKEN, str(status)
    moved = any(step.status_code in _MOVED for step in response.history)
    arrived = str(response.url)
    if moved and _is_front_page(arrived) and not _is_front_page(address):
        return Answer.GONE, f"leads to the front page {arrived}"
    return (Answer.MOVED, f"now at {arrived}") if moved else (Answer.GOOD, str(status))


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def format_links(states: Sequence[LinkState], notes: Mapping[str, Sequence[str]]) -> str:
    """The addresses that need a look, worst first, and a count.

    ``notes`` holds, per language, the sources of each note, as ``Page.notes`` does.
    """
    order = list(reversed(Answer))
    shown = sorted(
        (s for s in states if s.answer is not Answer.GOOD), key=lambda s: order.index(s.answer)
    )
    lines = []
    for state in shown:
        lines.append(f"{state.answer.value}: {state.source}: {state.address} ({state.detail})")
        for language, sources in notes.items():
            numbers = [str(n) for n, keys in enumerate(sources, 1) if state.source in keys.split()]
            if numbers:
                lines.append(f"    cited in {language}: {', '.join(numbers)}")
        if state.archive:
            lines.append(f"    archived: {state.archive}")
    good, rotten = len(states) - len(shown), sum(state.rots for state in states)
    count = f"{len(states)} addresses, {good} good, {rotten} that readers will not find"
    return "\n".join([*lines, count])
