"""Hunspell dictionaries, of which only what is asked for is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from report.checks.hunspell import read_dictionary
from report.checks.spelling import DICTIONARIES

AFF = """\
SET UTF-8
FLAG long
FORBIDDENWORD Fw
COMPOUNDBEGIN Cb
COMPOUNDEND Ce
BREAK 1
BREAK -
SFX Aa Y 1
SFX Aa 0 s/Bb .
SFX Bb Y 1
SFX Bb 0 en .
SFX Zz Y 1
SFX Zz 0 t .
PFX Pp Y 1
PFX Pp 0 her .
"""
DIC = """\
8
brug/AaCbPp
brug/Zz
hoofd/Ce
km\\/u
OpenOffice
woord/Fw
Anna
7\tas in a remark
"""
KNOWN = ["brug", "Brug", "BRUG", "brugs", "brugsen", "brugt", "herbrug", "brughoofd",
         "km/u", "OpenOffice", "OPENOFFICE", "Anna", "brug-Anna", "7"]  # fmt: skip
UNKNOWN = ["bruge", "brugst", "brugen", "hoofd-", "hoofdbrug", "woord", "anna", "kmu",
           "openoffice", "herhoofd", "Bruhg", "remark"]  # fmt: skip


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    """A dictionary with suffixes on suffixes, prefixes, compounds and homonyms."""
    (tmp_path / "xx.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "xx.dic").write_text(DIC, encoding="utf-8")
    return tmp_path / "xx"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_verdicts_are_those_of_the_library(dictionary: Path) -> None:
    """Each word is known or not, as to the library when it reads all of the dictionary."""
    lookup, library = read_dictionary(dictionary), Dictionary.from_files(str(dictionary))
    assert {word for word in KNOWN + UNKNOWN if lookup(word)} == set(KNOWN)
    assert {word for word in KNOWN + UNKNOWN if library.lookup(word)} == set(KNOWN)


@pytest.mark.parametrize(
    ("name", "known", "unknown"),
    [
        ("nl", ["dreigingsanalyseorgaan", "EU-lidstaten", "km/u", "wapens", "'s"],
         ["dreigingsanalyseorgan", "bruhg", "wapenen-s"]),
        ("fr", ["l'étranger", "visas", "a-t-elle", "qu'exécutées"], ["exportassion", "visass"]),
    ],
)  # fmt: skip
def test_dictionaries_of_the_project(name: str, known: list[str], unknown: list[str]) -> None:
    """Compounds, elisions and plurals are known, slips are not."""
    lookup = read_dictionary(DICTIONARIES / name)
    assert {word for word in known + unknown if lookup(word)} == set(known)
