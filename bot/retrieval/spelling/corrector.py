"""Corrects writing errors by the document's own words: other characters of the same sound or shape, pinyin and its
first letters, a character missing, typed twice, or changed with its neighbour.

A noisy channel (Kernighan, Church & Gale 1990) on a lattice: edges read what was typed, or what may have been meant at
a cost, and the cheapest way through is found (Viterbi 1967), where pairs of characters that the document or its
phrasings use are cheap and all others dear. A question that is well written stays as it is, since a change costs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from bot.retrieval.spelling.lookalikes import look_alikes
from bot.retrieval.spelling.pinyin import MAX_SYLLABLE, Syllables, fold_syllable, readings, usual_reading

SAME_SOUND = 0.7  # the cost of reading another character of the same sound
NEAR_SOUND = 0.9  # … of a sound that is often mixed up with it
LOOKS_ALIKE = 0.8
FOLDED = 0.2  # a syllable with what is often mixed up
RARELY = 0.4  # a syllable that the character seldom stands for
MISTYPED = 0.9  # a syllable with a wrong letter …
MISTAKEN = 1.2  # … that makes another syllable of it
TERM_LENGTHS = range(3, 9)  # of terms that are asked for by their first letters
REMEMBERED = 4096  # characters and syllables of which is kept what they may mean

Column = Mapping[str, tuple[float, int]]
"""Characters that may be meant in one place: what each costs, and 1 if it is a change, 0 if not."""


class CorrectionCandidates:
    """The corrections that are possible within ``chars`` and ``terms``."""

    def __init__(self, chars: Iterable[str], terms: Iterable[str]) -> None:
        self._sounding: dict[str, set[str]] = {}
        chars = frozenset(chars)
        for char in chars:
            for reading in readings(char):
                self._sounding.setdefault(fold_syllable(reading), set()).add(char)
        self._syllables = Syllables(chars)
        self._terms = _by_initials(terms)
        self.by_char = lru_cache(REMEMBERED)(self._by_char)
        self.by_letters = lru_cache(REMEMBERED)(self._by_letters)

    def term(self, letters: str) -> str:
        """The one term whose first letters these are, or nothing."""
        return self._terms.get(letters, "")

    def _by_char(self, char: str) -> Column:
        """The characters that may be meant if ``char`` was typed."""
        meant: dict[str, tuple[float, int]] = {other: (LOOKS_ALIKE, 1) for other in look_alikes(char)}
        own = readings(char)
        for reading in own:
            for other in self._sounding.get(fold_syllable(reading), ()):
                meant[other] = (SAME_SOUND if own & readings(other) else NEAR_SOUND, 1)
        meant[char] = (0.0, 0)
        return meant

    def _by_letters(self, syllable: str) -> Column:
        """The characters that ``syllable`` may spell: as it should be, with a mix-up or with a wrong letter."""
        meant: dict[str, tuple[float, int]] = {}
        if len(syllable) > 2:
            cost = MISTAKEN if syllable in self._syllables else MISTYPED
            for near in self._syllables.mistyped(syllable):
                found = self._sounding.get(fold_syllable(near), ())
                meant.update((char, (cost, 1)) for char in found if usual_reading(char) == near)
        for char in self._sounding.get(fold_syllable(syllable), ()):
            cost = 0.0 if syllable in readings(char) else FOLDED
            seldom = fold_syllable(usual_reading(char)) != fold_syllable(syllable)
            meant[char] = (cost + RARELY * seldom, 0)
        return meant


def _by_initials(terms: Iterable[str]) -> dict[str, str]:
    """The terms by their first letters, where those stand for one only."""
    found: dict[str, set[str]] = {}
    for term in terms:
        if len(term) in TERM_LENGTHS:
            firsts = [sorted({reading[0] for reading in readings(char)}) for char in term]
            for letters in product(*firsts):
                found.setdefault("".join(letters), set()).add(term)
    return {letters: min(meant) for letters, meant in found.items() if len(meant) == 1}


UNUSUAL = 1.0  # the cost of two characters that never stand together here
USUAL = 0.3  # of two that do once; less if they do often
WORD = 0.4  # of two that do in a common word
NEW = 0.2  # of three that do in pairs only
OFTEN = 3  # times that a character stands between two others here, from which it may be missing there
COMMON = 20  # times that a word occurs in common texts, from which its characters may be meant


class _Dictionary:
    """A dictionary that is told from others by being itself: to compare half a million words takes too long."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.words = words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Dictionary) and self.words is other.words

    def __hash__(self) -> int:
        return id(self.words)


@lru_cache(maxsize=1)  # every knowledge of a process is read with the same dictionary
def _common_pairs(dictionary: _Dictionary) -> tuple[str, ...]:
    """The common words of two characters."""
    return tuple(word for word, count in dictionary.words.items() if len(word) == 2 and count >= COMMON)


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
        for word in _common_pairs(_Dictionary(words)):
            if word[0] in self.chars and word[1] in self.chars:
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


LEFT_OUT = 0.5  # the cost of a character missing between two that never stand together
TWICE = 0.3  # … of a character, or two of them, typed twice
CHANGED = 0.6  # … of two neighbours in each other's place
INITIALS = 0.3  # … of a term by its first letters
MAX_LENGTH = 40  # characters, three letters counting one; longer questions have enough that is written well
MAX_READINGS = 24  # of the same place that are followed further
MAX_SHARE = 0.4  # the share of changed characters above which it is another text, not a corrected one


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was probably meant, and how many characters were changed; pinyin counts nothing."""

    text: str
    changes: int


class _Way(NamedTuple):
    """A way through the lattice up to some place: what it costs, reads, and changes."""

    cost: float
    text: str
    changes: int


_Ways = dict[str, _Way]
"""The cheapest ways to one place, by the character that they end with."""


class SpellingCorrector:
    """Corrects by the pairs of characters in ``texts``; ``words`` are common words and how often they occur.

    ``terms`` may be asked for by the first letters of their pinyin. ``steps`` counts what was looked at in all, so that
    a test can bound the work.
    """

    def __init__(self, texts: Iterable[str], words: Mapping[str, int], terms: Iterable[str] = ()) -> None:
        self._pairs = BigramModel(texts, words)
        self._meant = CorrectionCandidates(self._pairs.chars, terms)
        self.steps = 0

    def correct(self, core: str) -> Correction | None:
        """``core`` as it was probably meant; None where it is as likely to be meant as it stands."""
        letters = sum(char.isascii() for char in core)
        if len(core) < 2 or len(core) - letters + letters / 3 > MAX_LENGTH:
            return None
        ways: list[_Ways] = [{} for _ in range(len(core) + 1)]
        ways[0] = {"": _Way(0.0, "", 0)}
        for at in range(len(core)):
            ways[at] = _likely(ways[at])
            for end, found in self._edges(core, at, ways[at]):
                _take(ways[end], found)
        _, text, changes = min(ways[-1].values())
        if text == core or changes > MAX_SHARE * len(text):
            return None
        return Correction(text, changes)

    def _edges(self, core: str, at: int, ways: _Ways) -> Iterator[tuple[int, _Ways]]:
        """What ``core`` may mean from ``at`` on: where each reading ends, and the ways there."""
        char, before, after = core[at], core[at - 1 : at], core[at + 1 : at + 2]
        yield at + 1, self._step(ways, self._meant.by_char(char), before + char)
        if _is_letter(char):
            yield from self._by_letters(core, at, ways)
            return
        if before in ways and (middle := self._pairs.missing(before, char)):
            first = self._step({before: ways[before]}, dict.fromkeys(middle, (LEFT_OUT, 1)))
            yield at + 1, self._step(first, {char: (0.0, 0)})
        if after and after != char and self._pairs.behind(after, char):
            second = self._step(ways, {after: (CHANGED, 1)})
            yield at + 2, self._step(second, {char: (0.0, 0)})
        for size in (1, 2):
            if at >= size and core[at - size : at] == core[at : at + size] and not self._in_words(core, at, size):
                kept = {last: way for last, way in ways.items() if way.text.endswith(core[at - size : at])}
                yield at + size, {c: _Way(w.cost + TWICE, w.text, w.changes + 1) for c, w in kept.items()}

    def _in_words(self, core: str, at: int, size: int) -> bool:
        """Whether a character stands twice because one word ends and another begins with it: 今天天气."""
        words = core[at - 2 : at], core[at : at + 2]
        return size == 1 and all(self._pairs.is_word(word, COMMON) for word in words)

    def _by_letters(self, core: str, at: int, ways: _Ways) -> Iterator[tuple[int, _Ways]]:
        """What letters may mean from ``at`` on: a syllable, or the first letters of a term."""
        end = next((end for end in range(at, len(core)) if not _is_letter(core[end])), len(core))
        for stop in range(at + 1, min(at + MAX_SYLLABLE, end) + 1):
            column = self._meant.by_letters(core[at:stop])
            if column:
                yield stop, self._step(ways, column)
        term = self._meant.term(core[at:end]) if at == 0 or not _is_letter(core[at - 1]) else ""
        if term:
            first = self._step(ways, {term[0]: (INITIALS, 1)})[term[0]]
            yield end, {term[-1]: first._replace(text=first.text + term[1:])}

    def _step(self, ways: _Ways, column: Column, typed: str = "") -> _Ways:
        """The ways one character on, each with the cheapest that leads there."""
        if not ways:
            return {}
        self.steps += len(column) + len(ways)
        least = min(ways.values())
        dear = 0.0 if "" in ways else UNUSUAL
        found = {
            char: _Way(least.cost + dear + cost, least.text + char, least.changes + changed)
            for char, (cost, changed) in column.items()
        }
        for last, way in ways.items():
            earlier = way.text[-2:-1]
            for char, usual in self._pairs.behind(last, column):
                cost, changed = column[char]
                total = way.cost + usual + NEW * self._pairs.new(earlier, last, char) + cost
                if total < found[char].cost:
                    found[char] = _Way(total, way.text + char, way.changes + changed)
        if len(typed) == 2 and typed[0] in ways and self._pairs.is_word(typed):
            way = ways[typed[0]]
            if typed[1] in column and way.cost + WORD < found[typed[1]].cost:
                found[typed[1]] = _Way(way.cost + WORD, way.text + typed[1], way.changes)
        return found


def _is_letter(char: str) -> bool:
    return "a" <= char <= "z"


def _likely(ways: _Ways) -> _Ways:
    """The ways that may still become the cheapest: from the cheapest one any character costs UNUSUAL at most."""
    if not ways:
        return ways
    bound = min(ways.values()).cost + UNUSUAL
    kept = sorted((way, last) for last, way in ways.items() if way.cost < bound)
    return {last: way for way, last in kept[:MAX_READINGS]}


def _take(ways: _Ways, found: _Ways) -> None:
    for last, way in found.items():
        if last not in ways or way < ways[last]:
            ways[last] = way
