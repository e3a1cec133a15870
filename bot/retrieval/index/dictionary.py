"""jieba's dictionary: word frequencies, and a cache of them that loads three times as fast.

jieba keeps a cache of its own, but in the common temporary folder, where another user's file would be trusted; and it
reads it piece by piece, which takes as long as building it anew.
"""

from __future__ import annotations

import marshal
import re
import sys
import warnings
from functools import cache
from typing import Any, NamedTuple, Protocol

with warnings.catch_warnings():  # the release has unescaped regular expressions; nothing we could correct here
    warnings.simplefilter("ignore")
    import jieba

NAME = f"jieba-{jieba.__version__}-{sys.implementation.cache_tag}.cache"
Frequencies = tuple[dict[str, int], int]
"""How often each word occurs, prefixes of words with 0; and the sum of all."""


class ProperNames(NamedTuple):
    """What the dictionary has names for: persons, of two to four characters, those of other tongues, and places."""

    persons: frozenset[str]
    transcribed: frozenset[str]
    places: frozenset[str]


class Cache(Protocol):
    """Keeps pieces of data between starts. What it gives back is trusted."""

    def read(self, name: str) -> bytes | None:
        """What was kept under ``name``; None if nothing was."""

    def write(self, name: str, data: bytes) -> None:
        """Keep ``data`` under ``name``, if possible."""


def load_frequencies(cache: Cache | None = None) -> Frequencies:
    """The dictionary, from ``cache`` if it is there."""
    kept = cache.read(NAME) if cache else None
    if kept is not None:
        try:
            return _checked(marshal.loads(kept))  # noqa: S302 - our own data: what the cache gives back is trusted
        except (ValueError, EOFError, TypeError):
            pass
    tokenizer = jieba.Tokenizer()
    built = _checked(tokenizer.gen_pfdict(tokenizer.get_dict_file()))
    if cache:
        cache.write(NAME, marshal.dumps(built))
    return built


@cache
def proper_names() -> ProperNames:
    """The names in jieba's dictionary; reading it takes half a second, once in a process."""
    with jieba.Tokenizer().get_dict_file() as file:
        found = re.findall(r"^(\S{2,4}) \d+ (nr|nrfg|nrt|ns)$", file.read().decode(), re.MULTILINE)
    kinds: dict[str, set[str]] = {kind: set() for kind in ("nr", "nrfg", "nrt", "ns")}
    for word, kind in found:
        kinds[kind].add(word)
    return ProperNames(frozenset(kinds["nr"] | kinds["nrfg"]), frozenset(kinds["nrt"]), frozenset(kinds["ns"]))


def make_jieba(words: Frequencies) -> Any:
    """A jieba tokenizer on ``words``; it may add to them."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = words
    tokenizer.initialized = True
    return tokenizer


def _checked(data: Any) -> Frequencies:
    words, total = data
    if not isinstance(words, dict) or not isinstance(total, int):
        raise TypeError("not a dictionary of frequencies")
    return words, total
