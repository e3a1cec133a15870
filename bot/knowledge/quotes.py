"""Finds quotes in the source: words as people type them, and the passage that a wrong quote was meant to be. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from bot.knowledge.structure import Span
from bot.text import squash
from bot.wording import Lint

SpanProblem = Literal["nowhere", "several", "far"]
"""Why there is no span: the words stand nowhere, stand in several places, or end a span that is too long."""


def find_words(source: str, words: str) -> tuple[Span, ...]:
    """Where ``words`` stand in ``source``: letter by letter or, where they do so nowhere, without regard to marks,
    spaces, width, case and traditional characters."""
    words = words.strip()
    exact = tuple(Span(start, start + len(words)) for start in _all(source, words)) if words else ()
    return exact or _loosely(source, words)


def span_to(source: str, first: Span, last: str, limit: int) -> Span | SpanProblem:
    """The span that begins where ``first`` does and ends with the words ``last``, at most ``limit`` characters."""
    behind = [place for place in find_words(source, last) if place.end >= first.end and place.start >= first.start]
    near = [place for place in behind if place.end - first.start <= limit]
    if len(near) > 1:
        return "several"
    if near:
        return Span(first.start, near[0].end)
    return "far" if behind else "nowhere"


def _loosely(source: str, words: str) -> tuple[Span, ...]:
    wanted = "".join(map(_folded, words))
    if not wanted:
        return ()
    folded = [(char, place) for place, typed in enumerate(source) for char in _folded(typed)]
    text = "".join(char for char, _ in folded)
    return tuple(Span(folded[start][1], folded[start + len(wanted) - 1][1] + 1) for start in _all(text, wanted))


def _all(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


@lru_cache(maxsize=16_384)
def _folded(char: str) -> str:
    return squash(char)


_SURE = 4  # characters in a row that the source has: fewer stand anywhere


def misquote_hint(quote: str, source: str) -> str:
    """Where the curator should look: up to where ``quote`` is verbatim, and how it goes on."""
    good = _common(quote, source)
    if good < _SURE:
        return Lint.HINT_NOWHERE
    return Lint.HINT_UNTIL.format(good=quote[max(0, good - 8) : good], bad=quote[good : good + 8])


def _common(quote: str, source: str) -> int:
    """How many characters of the beginning of ``quote`` stand somewhere in ``source``."""
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        if quote[:middle] in source:
            low = middle
        else:
            high = middle - 1
    return low
