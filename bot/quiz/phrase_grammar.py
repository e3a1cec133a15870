"""Pieces of the grammars that read what people type: marks, and words any of which may stand somewhere. Pure."""

from __future__ import annotations

import re
from typing import Final

MARK: Final = r"[\s,、;:/+&|.。()\[\]!?~…'\"“”‘’<>《》【】「」*_#=-]"
"""A mark or a space, in the spelling of ``bot.text.clean``; for patterns with re.VERBOSE or without."""


def any_of(words: str) -> str:
    """A pattern of any of ``words``, which stand with spaces between; the longest are tried first."""
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))
