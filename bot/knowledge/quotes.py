"""A few words of the source, as somebody types them on a phone → where they stand in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from bot.knowledge.model import Span
from bot.text import squash

SpanProblem = Literal["nowhere", "several", "far"]
"""Why no place can be told: the words stand nowhere, stand in several places, or end a span that is too long."""


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
