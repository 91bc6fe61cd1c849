"""Rules about addresses: their form, what they carry along, and the dates and paths in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from ..addresses import text_fragment, tracking
from ..edition.edition import Edition
from ..problems import Level, Place
from .passages import MARKUP, Checked, printed
from .rules import Hit, Rule
from .similar import edits

ADDRESS = re.compile(rf"(?<![\w/])(?:https?://|www\.)[^\s\])>{MARKUP}]+")
_SHORTEST_SEGMENT = 4
_DAYS = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)[/_-](?P<m>\d\d)[/_-](?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>20\d\d)(?!\d)"),
)


def _addresses(checked: Checked) -> Iterator[tuple[Place, str]]:
    """Every address of the sources and of links in prose."""
    for key, source in checked.edition.sources.items():
        for field, address in (("URL", source.url), ("archive", source.archive)):
            if address:
                yield checked.place("sources.yaml", key, field), address
    for passage in checked.passages:
        for link in passage.links:
            if link.value and not link.value.startswith("#"):
                yield passage.place(link.start), link.value


def _text_fragment(checked: Checked) -> Iterator[Hit]:
    for place, address in _addresses(checked):
        if words := text_fragment(address):
            yield Hit(
                place, "the address carries a text fragment of a browser", words, "delete it"
            )


def _tracking(checked: Checked) -> Iterator[Hit]:
    for place, address in _addresses(checked):
        if found := tracking(address):
            message = "the address carries parameters that follow readers about"
            yield Hit(place, message, ", ".join(found), "delete them")


def _bare(checked: Checked) -> Iterator[Hit]:
    for passage in checked.passages:
        for match in ADDRESS.finditer(passage.literal):
            yield Hit(
                passage.place(match.start()),
                "an address typed in prose is neither a link nor a source",
                match[0],
                "make it a source and cite it",
            )


def _unprinted(checked: Checked) -> Iterator[Hit]:
    for passage in printed(checked.passages):
        for link in passage.links:
            if link.value.startswith(("http:", "https:")):
                yield Hit(
                    passage.place(link.start),
                    "on paper nobody sees where this link leads",
                    link.value,
                    "make it a source and cite it",
                )


def _insecure(checked: Checked) -> Iterator[Hit]:
    for place, address in _addresses(checked):
        if address.startswith("http://"):
            yield Hit(place, "the address is not encrypted", address, "try it with https://")


def _normal(address: str, edition: Edition) -> str:
    """What addresses of one document have in common."""
    for language in edition.languages.values():
        for start, other in language.labels.addresses.items():
            if address.startswith(start):
                address = min(start, other) + address.removeprefix(start)
    bare = re.sub(r"^https?://(www\.)?", "", address.partition("#")[0])
    return bare.rstrip("/").casefold()


def _twice(checked: Checked) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for key, source in checked.edition.sources.items():
        if not source.url:
            continue
        first = seen.setdefault(_normal(source.url, checked.edition), key)
        if first != key:
            yield Hit(
                checked.place("sources.yaml", key, "URL"),
                f'the source "{first}" has the same address',
                key,
                "keep one of the two",
                (checked.place("sources.yaml", first, "URL"),),
            )


def _host_of_language(checked: Checked) -> Iterator[Hit]:
    """Addresses for readers of one language that nothing turns into those of another."""
    languages = checked.edition.languages.values()
    for key, source in checked.edition.sources.items():
        url = source.url or ""
        for language in languages:
            addresses = language.labels.addresses
            others = [item.labels.addresses for item in languages if item is not language]
            served = url.startswith((*addresses, *addresses.values()))
            foreign = any(url.startswith(s) for other in others for s in other.values())
            if foreign and not served:
                yield Hit(
                    checked.place("sources.yaml", key, "URL"),
                    f"readers of {language.labels.language_name} get the address of another"
                    " language",
                    url,
                    "write the address that labels.yaml turns into the others",
                )


def _odd_path(checked: Checked) -> Iterator[Hit]:
    """Parts of a path that occur once and almost equal one that occurs more often."""
    segments: dict[str, dict[str, list[str]]] = {}
    for key, source in checked.edition.sources.items():
        parts = urlsplit(source.url or "")
        first = parts.path.split("/")[1:2]
        if parts.hostname and first and first[0].isalpha():
            segments.setdefault(parts.hostname, {}).setdefault(first[0], []).append(key)
    for host, found in segments.items():
        for segment, keys in found.items():
            likely = [other for other in found if _slip(found, segment, other)]
            if likely and len(keys) == 1:
                yield Hit(
                    checked.place("sources.yaml", keys[0], "URL"),
                    f'"/{segment}/" is almost "/{likely[0]}/", as other addresses of {host} have',
                    segment,
                    "open the address and correct it",
                )


def _slip(found: dict[str, list[str]], segment: str, other: str) -> bool:
    """Whether ``segment`` may be meant to be ``other``, which is used as often or stands first."""
    if len(other) < _SHORTEST_SEGMENT or edits(segment, other, 1) != 1:
        return False
    order = list(found)
    often, rarely = len(found[other]), len(found[segment])
    return often > rarely or (often == rarely and order.index(other) < order.index(segment))


def _dated(checked: Checked) -> Iterator[Hit]:
    for key, source in checked.edition.sources.items():
        day = _day_in(source.url or "")
        if day and not (source.issued and source.issued.may_be(day)):
            place = checked.place("sources.yaml", key, "URL")
            if source.issued:
                message = f"the address names {day}, the source says {source.issued}"
            else:
                message = f"the address names {day}, but the source has no date"
            yield Hit(place, message, key, "open the address and correct or add the date")


def _day_in(address: str) -> date | None:
    for pattern in _DAYS:
        for match in pattern.finditer(urlsplit(address).path):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None


RULES = [
    Rule(
        "link-form", Level.ERROR, "an address that cannot be used",
        "Only public web addresses and mail addresses are printed; a file on somebody's computer,"
        " a local machine or a script is not one.",
    ),
    Rule(
        "link-fragment", Level.WARNING, "a text fragment in an address",
        "Browsers add #:~:text= when a search result is copied; readers do not need it.",
        _text_fragment,
    ),
    Rule(
        "link-tracking", Level.WARNING, "tracking parameters in an address",
        "Such as utm_source or fbclid: they tell others where readers come from.", _tracking,
    ),
    Rule(
        "link-bare", Level.WARNING, "an address typed in prose",
        "Addresses belong in sources.yaml, so that each stands once and can be checked.", _bare,
    ),
    Rule(
        "link-unprinted", Level.WARNING, "a link in prose",
        "Notes print the addresses of their sources; the address of a link in the text is lost"
        " when the report is printed.", _unprinted,
    ),
    Rule(
        "link-insecure", Level.NOTE, "an address without encryption",
        "Nearly every site answers to https://.", _insecure,
    ),
    Rule(
        "link-twice", Level.WARNING, "two sources with one address",
        "One document is one source, also when it is served in several languages.", _twice,
    ),
    Rule(
        "link-language", Level.WARNING, "an address for readers of another language",
        "Where an institution has one address per language, labels.yaml says which is whose; this"
        " one is nobody's.", _host_of_language,
    ),
    Rule(
        "link-path", Level.WARNING, "a path with a slip of the pen",
        "The first part of the path differs by a letter from the one that other addresses of the"
        " same site have.", _odd_path,
    ),
    Rule(
        "link-date", Level.WARNING, "an address with another date than its source",
        "The day in the address is mostly the day of publication; a difference may mean that the"
        " wrong document is linked.", _dated,
    ),
]  # fmt: skip
