"""Which points are shown together: those whose words stand in the same sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span


def compute_coverage(knowledge: Knowledge) -> tuple[tuple[int, ...], ...]:
    """For each point, the numbers of the points whose words are shown along with it, itself among them."""
    firsts = sorted((point.spans[0].start, number) for number, point in enumerate(knowledge.points))
    found: list[tuple[int, ...]] = []
    for point in knowledge.points:
        excerpt = knowledge.excerpt(point)
        within = {
            number
            for shown in excerpt
            for _, number in firsts[bisect_left(firsts, (shown.start, 0)) : bisect_left(firsts, (shown.end, 0))]
        }
        found.append(tuple(sorted(number for number in within if _lies_in(knowledge.points[number], excerpt))))
    return tuple(found)


def _lies_in(point: Point, excerpt: Sequence[Span]) -> bool:
    return all(any(own.start >= s.start and own.end <= s.end for s in excerpt) for own in point.spans)
