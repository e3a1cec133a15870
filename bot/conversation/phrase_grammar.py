"""Pieces of the grammars that read what people type: spelling, marks, words any of which may stand somewhere. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.text import clean

MARK: Final = r"[\s,、;:/+&|.。()\[\]!?~…'\"“”‘’<>《》【】「」*_#=-]"
"""A mark or a space, in the spelling of ``spelled``; for patterns with re.VERBOSE or without."""
_KEPT: Final = frozenset("√✓✔✅☑⭕○👍×✗✘✖❌👎")
"""Signs that say yes or no."""
_SIGNS: Final = str.maketrans(
    {"🅰": "A", "🅱": "B", "\ufe0f": None, "\u20e3": None}  # the last two make keycaps of digits
    | {chr(first + number): "ABCDEFGHIJKL"[number] for first in (0x1F130, 0x1F150, 0x1F1E6) for number in range(12)}
    | {chr(first + number): str(number + 1) for first in (0x2160, 0x2170) for number in range(12)}  # Ⅰ ⅰ
)


def spelled(text: str) -> str:
    """``text`` in one spelling: as ``clean`` has it, letters and numbers for signs that show them, without emoji."""
    cleaned = clean(text.translate(_SIGNS))
    return "".join(char for char in cleaned if char in _KEPT or unicodedata.category(char) not in _UNSAID).strip()


_UNSAID: Final = frozenset({"So", "Sk", "Mn"})


def any_of(words: str) -> str:
    """A pattern of any of ``words``, which stand with spaces between; the longest are tried first."""
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))
