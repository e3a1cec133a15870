"""What may be meant by what was typed: characters of the same sound or shape, pinyin, the first letters of a term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from bot.retrieval.spelling.lookalikes import look_alikes
from bot.retrieval.spelling.pinyin import Syllables, fold_syllable, readings, usual_reading

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
