"""Golden questions: what must go on being answered as it is, whatever changes. Plain data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and the ids of the ``points`` of which any one answers it; none: the document does not say.

    ``line`` is where it begins in golden.yaml, for the person who corrects it; 0 if it was not read from a file.
    """

    ask: str
    points: tuple[str, ...] = ()
    line: int = 0

    def accepts(self, points: Collection[str]) -> bool:
        """Whether an answer that shows ``points`` is right; no points: the question was not answered."""
        if not self.points:
            return not points
        return any(point in points for point in self.points)
