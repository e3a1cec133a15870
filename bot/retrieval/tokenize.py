"""Text → terms. jieba's words beside single characters and pairs of them: words carry terms of the trade whole,
pairs survive a wrong cut, single characters survive a paraphrase."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

with warnings.catch_warnings():  # the release has unescaped regular expressions; nothing we could mend here
    warnings.simplefilter("ignore")
    import jieba

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_HAN}]+|[a-z]+|\d+(?:\.\d+)?%?")
WORD_FREQUENCY = 20_000  # so that a term of the knowledge is cut whole wherever it stands


class Tokenizer:
    """Cuts cleaned text into terms. Costs about a second to make, as jieba reads its dictionary: make it once.

    ``cache_dir``: where jieba may keep its dictionary in a form that loads faster. It has to be a folder that only
    this program's user can write, since the cache is executed as trusted data; jieba's own choice, the common
    temporary folder, is not.
    """

    def __init__(self, cache_dir: str | None = None) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba: Any = jieba.Tokenizer()
        if cache_dir is not None:
            self._jieba.tmp_dir = cache_dir
        self._jieba.initialize()

    def with_words(self, words: Iterable[str]) -> Tokenizer:
        """A tokenizer that also knows ``words``; this one stays as it is, and no dictionary is read again."""
        other = object.__new__(Tokenizer)
        other._jieba = jieba.Tokenizer()
        other._jieba.FREQ = dict(self._jieba.FREQ)
        other._jieba.total = self._jieba.total
        other._jieba.initialized = True
        for word in words:
            other._jieba.add_word(word, WORD_FREQUENCY)
        return other

    def words(self, text: str) -> list[str]:
        """The words of ``text``, in order."""
        return [word for word in self._jieba.cut(text) if word.strip()]

    def terms(self, text: str) -> list[str]:
        """Every term of ``text`` once, in the order of first sight: words of three and more, pairs, characters."""
        found: dict[str, None] = {}
        for run in _RUN.findall(text):
            if not run[0].isascii():
                found.update(dict.fromkeys(run))
                found.update(dict.fromkeys(map(str.__add__, run, run[1:])))
                if len(run) > 2:
                    found.update((word, None) for word in self._jieba.cut(run) if len(word) > 2)
            else:
                found[run] = None
        return list(found)


@lru_cache(maxsize=4)
def shared_tokenizer(cache_dir: str | None = None) -> Tokenizer:
    """The tokenizer of this process for that folder; the dictionary is read at the first call."""
    return Tokenizer(cache_dir)
