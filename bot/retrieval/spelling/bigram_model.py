"""Which characters stand together: in the document and its phrasings, and in common words: a model of pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

UNUSUAL = 1.0  # the cost of two characters that never stand together here
USUAL = 0.3  # of two that do once; less if they do often
WORD = 0.4  # of two that do in a common word
NEW = 0.2  # of three that do in pairs only
OFTEN = 3  # times that a character stands between two others here, from which it may be missing there
COMMON = 20  # times that a word occurs in common texts, from which its characters may be meant


class BigramModel:
    """The pairs of characters in ``texts``; ``words`` are common words and how often they occur."""

    def __init__(self, texts: Iterable[str], words: Mapping[str, int]) -> None:
        pairs: Counter[tuple[str, str]] = Counter()
        self._between: dict[str, Counter[str]] = {}
        for text in texts:
            pairs.update(pairwise(text))
            for first, middle, last in zip(text, text[1:], text[2:], strict=False):
                self._between.setdefault(first + last, Counter())[middle] += 1
        self._next: dict[str, dict[str, float]] = {}
        for (first, second), count in pairs.items():
            self._next.setdefault(first, {})[second] = USUAL / (1 + math.log1p(count))
        self.chars = frozenset(char for pair in pairs for char in pair)
        for word, count in words.items():
            if len(word) == 2 and count >= COMMON and self.chars.issuperset(word):
                self._next.setdefault(word[0], {}).setdefault(word[1], WORD)
        self._words = words

    def behind(self, last: str, chars: Collection[str]) -> list[tuple[str, float]]:
        """Those of ``chars`` that stand behind ``last``, with what the pair costs."""
        following = self._next.get(last)
        if not following:
            return []
        if len(following) < len(chars):
            return [(char, cost) for char, cost in following.items() if char in chars]
        return [(char, following[char]) for char in chars if char in following]

    def new(self, first: str, middle: str, last: str) -> bool:
        """Whether the three never stand together, nothing before the ``first`` counting as known."""
        return bool(first) and middle not in self._between.get(first + last, ())

    def missing(self, first: str, last: str) -> list[str]:
        """The characters that often stand between two that never stand together themselves."""
        if self.together(first, last):
            return []
        return sorted(found for found, count in self._between.get(first + last, {}).items() if count >= OFTEN)

    def together(self, first: str, second: str) -> bool:
        """Whether the two stand together here or in a word, however rare."""
        return second in self._next.get(first, ()) or self.is_word(first + second)

    def is_word(self, text: str, often: int = 1) -> bool:
        """Whether ``text`` is a word that occurs as ``often`` in common texts."""
        return self._words.get(text, 0) >= often
