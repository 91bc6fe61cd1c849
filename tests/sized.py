"""Editions of any size: what the pages must hold whatever an edition brings."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.conftest import TINY

_STATUSES = (
    "executed", "not_executed", "provisionally_executed", "partly_executed", "not_assessable"
)  # fmt: skip
_WORDS = (
    "Verlässliche Wege für alle Menschen der Stadt und ihrer Umgebung auch im Winter bei Schnee "
    "und Regen sowie nach langen Nächten mit viel Verkehr an den großen Kreuzungen im Süden"
)


@dataclass(frozen=True)
class Size:
    """How much an edition brings; lengths in characters."""

    measures: int = 15
    levels: int = 2
    ministers: int = 2
    """Competent ministers of each measure."""
    people: int = 8
    title: int = 60
    short_title: int = 25
    name: int = 12
    """Length of a family name."""
    role: int = 30
    level: int = 8
    changed: int = 0
    """Measures whose status was another in the last edition."""
    report_title: int = 20
    slogan: int = 12
    headline: int = 90
    demands: int = 2
    paragraphs: int = 1
    """Of analysis in each measure."""


def sized_edition(folder: Path, size: Size) -> Path:
    """Write an edition of ``size`` in German into ``folder`` and return it."""
    shutil.copytree(TINY, folder)
    measures = [f"m{number}" for number in range(1, size.measures + 1)]
    people = [f"p{number}" for number in range(1, size.people + 1)]
    levels = [f"l{number}" for number in range(1, size.levels + 1)]
    _change(folder / "edition.yaml", levels=levels, slogan=_words(size.slogan, "Freie"))
    _write(folder / "people.yaml", {"people": _people(people, size), "parties": _PARTIES})
    _write(folder / "measures.yaml", [_measure(i, size) for i in range(size.measures)])
    shutil.rmtree(folder / "editions")
    if size.changed:
        (folder / "editions/2029-12-01").mkdir(parents=True)
        _write(folder / "editions/2029-12-01/edition.yaml", _closed(size))
    names = _read(folder / "de/names.yaml")
    roles = {f"r{i}": _words(size.role, f"Stadträtin {i} für") for i in range(size.people)}
    _change(
        folder / "de/names.yaml",
        levels={level: _words(size.level, f"Ebene {level}") for level in levels},
        roles={**names["roles"], **roles},
        bodies={**names["bodies"], "radverein": _words(size.name, "Radverein")},
    )
    _change(folder / "sources.yaml", antwort_mueller=None, antwort_von_thal=None,
            absage_gross_wellmann=None, **_replies(people))  # fmt: skip
    _change(
        folder / "de/edition.yaml",
        title=_words(size.report_title, "Bericht über"),
        headline=_words(size.headline, "Die Stadt baut"),
        demands=[_words(70, f"Forderung {number}:") for number in range(size.demands)],
        introduction="Die Stadt schloss einen Vertrag.[@vertrag]\n",
        method="Wir lasen Berichte.\n",
    )
    for file in (folder / "de/measures").iterdir():
        file.unlink()
    for number, measure in enumerate(measures, 1):
        _write(folder / f"de/measures/{measure}.yaml", _text(number, size))
    return folder


_PARTIES = {
    "mitte": {"name": "Mitte & Land"},
    "gruen": {"name": "Grüne Liste für Stadt und Land", "abbreviation": "GL"},
}


def _people(keys: list[str], size: Size) -> dict[str, object]:
    return {
        key: {
            "given": "Anna-Lena",
            "family": _name(size.name, number),
            "party": list(_PARTIES)[number % 2],
            "roles": [f"r{number}"],
        }
        for number, key in enumerate(keys)
    }


def _name(length: int, number: int) -> str:
    parts = ["Groß", "Wellmann", "Hohenfels", "Sommerfeld", "Winterstein"]
    name = f"{parts[number % 5]}{chr(97 + number % 26)}"
    while len(name) < length:
        number += 1
        name += f"-{parts[number % 5]}"
    return name


def _measure(index: int, size: Size) -> dict[str, object]:
    offices = [f"r{(index + i) % size.people}" for i in range(size.ministers)]
    status = _STATUSES[index % len(_STATUSES)]
    return {
        "id": f"m{index + 1}",
        "level": f"l{1 + index * size.levels // size.measures}",
        "offices": offices,
        "status": status,
    }


def _closed(size: Size) -> dict[str, object]:
    """The last edition, in which the status of some measures was another."""
    return {
        "edition": "2029-12-01",
        "measures": [
            {
                "id": f"m{index + 1}",
                "number": index + 1,
                "level": f"l{1 + index * size.levels // size.measures}",
                "status": _STATUSES[(index + (index < size.changed)) % len(_STATUSES)],
                "ministers": [],
                "titles": {},
                "reasons": {},
            }
            for index in range(size.measures)
        ],
    }


def _replies(people: list[str]) -> dict[str, object]:
    return {
        f"antwort_{key}": {
            "type": "personal_communication",
            "author": key,
            "issued": "2030-04-01",
            "round": "fruehjahr",
            "outcome": ("answered", "refused")[number % 2],
        }
        for number, key in enumerate(people)
    }


def _text(number: int, size: Size) -> dict[str, object]:
    return {
        "title": _words(size.title, f"Maßnahme {number}:"),
        "short_title": _words(size.short_title, f"Weg {number}"),
        "agreement": {"kind": "summary", "text": "Die Stadt baut einen Weg.\n"},
        "reason": "Der Weg ist noch nicht fertig.\n",
        "analysis": "\n\n".join([f"{_WORDS}.[@zeitung]"] * size.paragraphs) + "\n",
    }


def _words(length: int, start: str) -> str:
    """Words of about ``length`` characters, at most, that begin with ``start``."""
    text = f"{start} {_WORDS} {_WORDS}"[: max(length, len(start)) + 1]
    return text[: max(text.rfind(" "), len(start))]


def _read(path: Path) -> dict[str, object]:
    content: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _change(path: Path, **entries: object) -> None:
    """Set entries of a file, or take those out that are None."""
    content = {**_read(path), **entries}
    _write(path, {key: value for key, value in content.items() if value is not None})


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
