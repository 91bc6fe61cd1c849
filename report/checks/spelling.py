"""Spelling with Hunspell dictionaries; verdicts are kept, for looking words up takes a while."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..styles import ROOT

if TYPE_CHECKING:
    from spylls.hunspell.algo.lookup import Lookup

DICTIONARIES = ROOT / "dictionaries"


def cache_folder() -> Path:
    """Where verdicts are kept between runs, as the XDG base directories say."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "report-checks"


@cache
def _lookup(name: str) -> Lookup:
    from .hunspell import read_dictionary

    return read_dictionary(DICTIONARIES / name)


class Speller:
    """Spells one language: ``name`` is that of a dictionary, such as ``en``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known = self._read()

    @classmethod
    def of(cls, locale: str) -> Speller | None:
        """The speller for a locale such as ``en_GB``, if there is a dictionary."""
        for name in (locale, locale.partition("_")[0]):
            if name.isascii() and (DICTIONARIES / f"{name}.dic").is_file():
                return cls(name)
        return None

    @cached_property
    def _cache(self) -> Path:
        digest = hashlib.sha256()
        for suffix in ("aff", "dic"):
            digest.update((DICTIONARIES / f"{self.name}.{suffix}").read_bytes())
        return cache_folder() / f"{self.name}-{digest.hexdigest()[:12]}.json"

    def _read(self) -> dict[str, bool]:
        try:
            data = json.loads(self._cache.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def misspelt(self, words: Iterable[str]) -> set[str]:
        """Those of ``words`` that the dictionary does not know."""
        wanted = set(words)
        new = wanted - self.known.keys()
        for word in new:
            self.known[word] = bool(_lookup(self.name)(word))
        if new:
            self._write()
        return {word for word in wanted if not self.known[word]}

    def _write(self) -> None:
        # A folder that cannot be written costs time, nothing else.
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._cache.with_suffix(f".{os.getpid()}")
            temporary.write_text(json.dumps(self.known, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._cache)
        except OSError:
            return
