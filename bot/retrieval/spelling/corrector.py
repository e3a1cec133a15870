"""Corrects writing errors by the document's own words: other characters of the same sound or shape, pinyin and its
first letters, a character missing, typed twice, or changed with its neighbour.

A noisy channel (Kernighan, Church & Gale 1990) on a lattice: edges read what was typed, or what may have been meant at
a cost, and the cheapest way through is found (Viterbi 1967), where pairs of characters that the document or its
phrasings use are cheap and all others dear. A question that is well written stays as it is, since a change costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.retrieval.spelling.bigram_model import COMMON, NEW, UNUSUAL, WORD, BigramModel
from bot.retrieval.spelling.correction_candidates import Column, CorrectionCandidates
from bot.retrieval.spelling.pinyin import MAX_SYLLABLE

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
