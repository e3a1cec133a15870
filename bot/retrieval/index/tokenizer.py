"""Text → terms. jieba's words beside single characters and pairs of them: words carry terms of the trade whole,
pairs survive a wrong cut, single characters survive a paraphrase.

jieba's word frequencies are cached so that they load three times as fast. jieba has a cache of its own, but in the
common temporary folder, where another user's file would be trusted; and it reads it piece by piece, which takes as long
as building it anew.
"""

from __future__ import annotations

import marshal
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple, Protocol
from weakref import WeakValueDictionary

from bot.retrieval.normalize.numerals import whole_words

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


_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_HAN}]+|[^{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
REMEMBERED = 1024  # texts of which the cut is remembered
WORD_FREQUENCY = 20_000  # so that a term of the knowledge is cut whole wherever it stands


class Tokenizer:
    """Cuts cleaned text into terms, by jieba's dictionary and ``words`` beside it."""

    def __init__(self, dictionary: Frequencies, words: Iterable[str] = ()) -> None:
        self._dictionary = dictionary
        self._family: WeakValueDictionary[tuple[str, ...], Tokenizer] = WeakValueDictionary()
        self.user_words = tuple(words)
        """What it knows beside the dictionary."""

    @cached_property
    def _jieba(self) -> Any:
        known, total = self._dictionary
        made = make_jieba((dict(known), total))  # a copy, which takes 30 MB: only if something is cut
        for word in self.user_words:
            made.add_word(word, WORD_FREQUENCY)
        made.total = total  # so that a text is cut the same way whatever words it does not have are known
        return made

    def cuts_like(self, other: Tokenizer) -> Callable[[str], bool]:
        """Tells of a text whether ``other`` cuts it the same way for sure."""
        alike = self._dictionary is other._dictionary
        differing = set(self.user_words) ^ set(other.user_words)
        return lambda text: alike and not any(word in text for word in differing)

    def with_words(self, words: Iterable[str]) -> Tokenizer:
        """A tokenizer that also knows ``words``; this one stays as it is, and no dictionary is read again.

        The same one for the same words as long as it is in use: the next version of a knowledge mostly has the terms of
        this one, and a dictionary of its own takes 30 MB.
        """
        known = tuple(words)
        found = self._family.get(known)
        if found is None:
            found = Tokenizer(self._dictionary, known)
            found._family = self._family
            self._family[known] = found
        return found

    @property
    def frequencies(self) -> Mapping[str, int]:
        """How often each word occurs in common texts; prefixes of words with 0."""
        return self._dictionary[0]

    @cached_property
    def _cut(self) -> Callable[[str], tuple[str, ...]]:
        """Cuts a text by the dictionary; the latest are remembered, as a question is cut from several sides."""
        return lru_cache(maxsize=REMEMBERED)(lambda text: tuple(self._jieba.cut(text)))

    def words(self, text: str) -> list[str]:
        """The words of ``text``, in order."""
        return [word for word in self._cut(text) if word.strip()]

    def terms(self, text: str) -> list[str]:
        """Every term of ``text`` once, in the order of first sight: words of three and more, pairs, characters."""
        found: dict[str, None] = {}
        for run in _RUN.findall(text):
            if _IS_HAN.match(run):
                found.update(dict.fromkeys(run))
                found.update(dict.fromkeys(map(str.__add__, run, run[1:])))
                if len(run) > 2:
                    found.update((word, None) for word in self._cut(run) if len(word) > 2)
            else:
                found.update(dict.fromkeys(whole_words(run)))
        return list(found)


@lru_cache(maxsize=1)
def shared_tokenizer() -> Tokenizer:
    """The tokenizer of this process, without a cache; the first call takes up to a second."""
    return Tokenizer(load_frequencies())
