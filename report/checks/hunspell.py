"""Looks words up in Hunspell dictionaries with spylls, and spares it what no word asks for.

The library parses all entries of a dictionary, which takes seconds; a report asks for few.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from spylls.hunspell.algo.lookup import Lookup
from spylls.hunspell.data.aff import Aff
from spylls.hunspell.data.dic import Dic, Word
from spylls.hunspell.readers import read_aff, read_dic
from spylls.hunspell.readers.aff import Context
from spylls.hunspell.readers.file_reader import BaseReader

_STEM = re.compile(r"(?:[^/\\\t]|\\.)*")
"""What stands before the flags of an entry; a slash of its own is written with a backslash."""


def read_dictionary(path: Path) -> Lookup:
    """Whether a word is known, as a function, from the ``.aff`` and ``.dic`` files of ``path``.

    Both are in UTF-8.
    """
    aff, context = read_aff(_Lines(path.with_suffix(".aff").read_text(encoding="utf-8")))
    entries = path.with_suffix(".dic").read_text(encoding="utf-8")
    return _Lookup(aff, _Entries(entries, aff, context))


class _Lines(BaseReader):  # type: ignore[misc]
    """Reads what is in memory: the library's own reader leaves its files open."""

    def __init__(self, text: str) -> None:
        super().__init__(io.StringIO(text))

    def reset_encoding(self, encoding: str) -> None:
        """The text is decoded already."""


class _Entries(Dic):  # type: ignore[misc]
    """Entries that are parsed when a word asks for them."""

    def __init__(self, text: str, aff: Aff, context: Context) -> None:
        super().__init__([])
        self._aff, self._context = aff, context
        self._parsed: dict[str, list[Word]] = {}
        self._lines: dict[str, str] = {}
        # The first line says how many entries there are.
        for line in text.split("\n")[1:]:
            stem = _STEM.match(line)[0].replace("\\/", "/")  # type: ignore[index]
            known = self._lines.get(stem)
            self._lines[stem] = f"{known}\n{line}" if known else line

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Word]:
        """The entries of ``stem``, or else of what is ``stem`` when its capitals are small."""
        if ignorecase:
            return [word for name in self._names.get(stem, ()) for word in self.homonyms(name)]
        if stem not in self._parsed:
            self._parsed[stem] = self._parse(self._lines[stem]) if stem in self._lines else []
        return self._parsed[stem]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Stems with capitals, by what they are in small letters."""
        names: dict[str, list[str]] = {}
        for stem in self._lines:
            if stem.lower() != stem:
                names.setdefault(stem.lower(), []).append(stem)
        return names

    def _parse(self, lines: str) -> list[Word]:
        dic = read_dic(_Lines(f"0\n{lines}"), aff=self._aff, context=self._context)
        return list(dic.words)


class _Lookup(Lookup):  # type: ignore[misc]
    """Looks for no second suffix where no suffix can follow the first."""

    @cached_property
    def _flags_of_suffixes(self) -> set[str]:
        suffixes = (suffix for group in self.aff.SFX.values() for suffix in group)
        return {flag for suffix in suffixes for flag in suffix.flags}

    def desuffix(
        self, word: str, required_flags: list[str], *arguments: Any, **options: Any
    ) -> Iterator[Any]:
        """As the library does, but nothing when no suffix has ``required_flags``."""
        if self._flags_of_suffixes.issuperset(required_flags):
            yield from super().desuffix(word, required_flags, *arguments, **options)
