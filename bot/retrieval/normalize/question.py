"""What was typed → what is asked: cleaned, in simplified characters, politeness taken off, numbers in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.retrieval.message.politeness import strip_politeness
from bot.retrieval.normalize.colloquial import normalize_colloquial
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.text import clean, squash

MAX_ROUNDS = 12  # three settle all that was ever seen
MAX_LENGTH = 300
"""Characters after cleaning. A longer text is no question; reading it would only cost time."""

_LISTED = re.compile(r"(?<=[\d%万亿个人元项年])\s?[、;]\s?(?=\d)")  # 4047、502: two figures, not one
_EMPHASIS = re.compile("(?<=.)(?:到底|究竟|说到底)(?=.)")  # asks no other thing, only more pressingly


@dataclass(frozen=True, slots=True)
class NormalizedQuestion:
    """A question in three forms: as ``typed``, ``cleaned`` and readable, and its ``core`` for comparing."""

    typed: str
    cleaned: str
    core: str

    @property
    def too_long(self) -> bool:
        """Longer than a question is."""
        return len(self.cleaned) > MAX_LENGTH


@lru_cache(maxsize=1024)  # a question is read when it is asked, and again by what is asked after it
def normalize_question(typed: str) -> NormalizedQuestion:
    """``typed`` as a Question. Nothing is too strange to be read; the core of an emoji is empty."""
    cleaned = clean(typed[: MAX_LENGTH * 4])
    if len(cleaned) > MAX_LENGTH:
        return NormalizedQuestion(typed, cleaned, "")
    core, before = _LISTED.sub("和", cleaned), ""
    for _ in range(MAX_ROUNDS):  # what is taken off or respelled may lay bare more of it
        if core == before:
            break
        before = core
        core = _EMPHASIS.sub("", squash(strip_politeness(core)))
        spelled = normalize_colloquial(normalize_numerals(core))
        core = spelled if len(spelled) <= MAX_LENGTH else core
    return NormalizedQuestion(typed, cleaned, core)
