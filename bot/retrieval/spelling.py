"""Mends writing errors by the document's own words: homophones, look-alikes, questions typed in pinyin.

A noisy channel (Kernighan, Church & Gale 1990): each character is what was typed or one that sounds or looks like it,
and of all such readings the cheapest is found (Viterbi 1967), where pairs of characters that the document or its
phrasings use are cheap and all others dear. A question that is well written stays as it is, since a change costs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from bot.retrieval.sound import folded, look_alikes, readings, spelled_out

_PIECE = re.compile(r"[a-z]+|.", re.DOTALL)
UNUSUAL = 1.0  # the cost of two characters that never stand together here
WORD = 0.4  # the same where they stand together in a common word
SAME_SOUND = 0.7  # the cost of reading another character of the same sound
NEAR_SOUND = 0.9  # … of a sound that is often mixed up with it
LOOKS_ALIKE = 0.8
MAX_LENGTH = 40  # characters; longer questions have enough that is written well
MAX_TABLES = 12  # ways to cut the pinyin of one question that are tried
MAX_SHARE = 0.4  # the share of changed characters above which it is another text, not a mended one


_Columns = list[tuple[str, dict[str, float]]]
"""For each place what was typed there, nothing for pinyin, and the characters that may be meant with their costs."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A question as it was probably meant, and how many characters were changed; pinyin counts nothing."""

    text: str
    changes: int


class Speller:
    """Knows which characters stand together in ``texts``; ``words`` are common words and how often they occur."""

    def __init__(self, texts: Iterable[str], words: Mapping[str, int]) -> None:
        self._pairs: Counter[str] = Counter()
        for text in texts:
            self._pairs.update(map(str.__add__, text, text[1:]))
        self._words = words
        self._sounding: dict[str, set[str]] = {}
        for char in {char for pair in self._pairs for char in pair}:
            for reading in readings(char):
                self._sounding.setdefault(folded(reading), set()).add(char)

    def mend(self, core: str) -> Mended | None:
        """``core`` as it was probably meant; None where it is as likely to be meant as it stands."""
        if not 2 <= len(core) <= MAX_LENGTH * 3:
            return None
        found = [reading for columns in self._tables(core) for reading in self._cheapest(columns)]
        if not found:
            return None
        _, text, changes = min(found)
        if text == core or changes > MAX_SHARE * len(text):
            return None
        return Mended(text, changes)

    def _cheapest(self, columns: _Columns) -> Iterator[tuple[float, str, int]]:
        """The cheapest reading of ``columns``: its cost, the text, and how many characters were changed."""
        if not 2 <= len(columns) <= MAX_LENGTH:
            return
        best: dict[str, tuple[float, str, int]] = {"": (0.0, "", 0)}
        typed_before = ""
        for typed, column in columns:
            here: dict[str, tuple[float, str, int]] = {}
            for char, cost in column.items():
                changed = int(bool(typed) and char != typed)
                here[char] = min(
                    (total + cost + self._step(last, char, typed_before + typed), text + char, changes + changed)
                    for last, (total, text, changes) in best.items()
                )
            best, typed_before = here, typed
        yield min(best.values())

    def _tables(self, core: str) -> Iterator[_Columns]:
        """For each way to cut the pinyin in ``core``: for each place what was typed there, and what may be meant."""
        pieces: list[list[_Columns]] = []
        for piece in _PIECE.findall(core):
            spellings = spelled_out(piece) if len(piece) > 1 else ()
            typed: _Columns = [(char, self._meant_by(char)) for char in piece]
            pieces.append([[self._sounds(syllable) for syllable in spelling] for spelling in spellings] or [typed])
        for ways in islice(product(*pieces), MAX_TABLES):
            yield [column for way in ways for column in way]

    def _sounds(self, syllable: str) -> tuple[str, dict[str, float]]:
        found = self._sounding.get(folded(syllable), set())
        costs = {char: 0.0 if syllable in readings(char) else 0.2 for char in found}
        return "", costs or {syllable: 0.0}

    def _meant_by(self, char: str) -> dict[str, float]:
        meant: dict[str, float] = {}
        for other in look_alikes(char):
            meant[other] = LOOKS_ALIKE
        own = readings(char)
        for reading in own:
            for other in self._sounding.get(folded(reading), ()):
                meant[other] = SAME_SOUND if own & readings(other) else NEAR_SOUND
        meant[char] = 0.0
        return meant

    def _step(self, last: str, char: str, typed: str) -> float:
        if not last:
            return 0.0
        pair = last + char
        count = self._pairs.get(pair, 0)
        if count:
            return 0.3 / (1 + math.log1p(count))
        return WORD if pair == typed and self._words.get(pair, 0) else UNUSUAL
