"""Spelling with Hunspell and the dictionaries of the project."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from hunspell import Hunspell, HunspellFilePathError

from ..styles import ROOT

DICTIONARIES = ROOT / "dictionaries"


@cache
def _dictionary(name: str) -> Hunspell | None:
    if not (DICTIONARIES / f"{name}.dic").is_file():
        return None
    try:
        return Hunspell(name, hunspell_data_dir=str(DICTIONARIES))
    except HunspellFilePathError:
        return None


class Speller:
    """Spells one language: ``name`` is that of a dictionary, such as ``en``."""

    def __init__(self, dictionary: Hunspell) -> None:
        self._dictionary = dictionary

    @classmethod
    def of(cls, locale: str) -> Speller | None:
        """The speller for a locale such as ``en_GB``, if there is a dictionary."""
        for name in (locale, locale.partition("_")[0]):
            if name.isascii() and (dictionary := _dictionary(name)):
                return cls(dictionary)
        return None

    def misspelt(self, words: Iterable[str]) -> set[str]:
        """Those of ``words`` that the dictionary does not know."""
        return {word for word in set(words) if not self._dictionary.spell(word)}
