"""What a document has names for: they are cut whole, and may be asked the meaning of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.model import Knowledge
from bot.retrieval.normalize.question import normalize_question

MAX_USER_WORD = 8  # characters; longer aliases are sentences, and jieba would never cut them otherwise
_QUOTED = re.compile("[“「『《]([^“”「」『』《》]{2,12})[”」』》]")


def names(knowledge: Knowledge) -> Iterator[str]:
    """The aliases of its points, and what it puts in quotation marks."""
    for point in knowledge.points:
        yield from point.aliases
    yield from _QUOTED.findall(knowledge.source)


def user_words(knowledge: Knowledge) -> tuple[str, ...]:
    """The aliases that are words, as they are read in a question: for a dictionary."""
    aliases = (normalize_question(alias).core for point in knowledge.points for alias in point.aliases)
    return tuple(word for word in aliases if 2 < len(word) <= MAX_USER_WORD)
