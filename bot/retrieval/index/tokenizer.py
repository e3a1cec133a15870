"""Text → terms. jieba's words beside single characters and pairs of them: words carry terms of the trade whole,
pairs survive a wrong cut, single characters survive a paraphrase."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from bot.retrieval.index.dictionary import Frequencies, load_frequencies, make_jieba
from bot.retrieval.normalize.tokens import whole_words

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_HAN}]+|[^{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
WORD_FREQUENCY = 20_000  # so that a term of the knowledge is cut whole wherever it stands


class Tokenizer:
    """Cuts cleaned text into terms, by jieba's dictionary and ``words`` beside it."""

    def __init__(self, dictionary: Frequencies, words: Iterable[str] = ()) -> None:
        self._dictionary = dictionary
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
        """A tokenizer that also knows ``words``; this one stays as it is, and no dictionary is read again."""
        return Tokenizer(self._dictionary, words)

    @property
    def frequencies(self) -> Mapping[str, int]:
        """How often each word occurs in common texts; prefixes of words with 0."""
        return self._dictionary[0]

    def words(self, text: str) -> list[str]:
        """The words of ``text``, in order."""
        return [word for word in self._jieba.cut(text) if word.strip()]

    def terms(self, text: str) -> list[str]:
        """Every term of ``text`` once, in the order of first sight: words of three and more, pairs, characters."""
        found: dict[str, None] = {}
        for run in _RUN.findall(text):
            if _IS_HAN.match(run):
                found.update(dict.fromkeys(run))
                found.update(dict.fromkeys(map(str.__add__, run, run[1:])))
                if len(run) > 2:
                    found.update((word, None) for word in self._jieba.cut(run) if len(word) > 2)
            else:
                found.update(dict.fromkeys(whole_words(run)))
        return list(found)


@lru_cache(maxsize=1)
def shared_tokenizer() -> Tokenizer:
    """The tokenizer of this process, without a cache; the first call takes up to a second."""
    return Tokenizer(load_frequencies())
