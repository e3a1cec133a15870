"""Leave-one-out: every curated phrasing is asked as if nobody had written it. Tells a curator where to add more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.retrieval.retriever import LeftOut


@dataclass(slots=True)
class PointScore:
    """How many of a point's phrasings find it without themselves, and which do not."""

    asked: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The share that found it, 0-1."""
        return self.right / self.asked if self.asked else 0.0


def scores_of(outcomes: Iterable[LeftOut]) -> dict[str, PointScore]:
    """The scores by point id, the weakest first."""
    scores: dict[str, PointScore] = {}
    for outcome in outcomes:
        score = scores.setdefault(outcome.point.id, PointScore())
        score.asked += 1
        if outcome.right:
            score.right += 1
        else:
            score.missed.append(outcome.phrasing)
    return dict(sorted(scores.items(), key=lambda item: item[1].rate))


def overall(scores: dict[str, PointScore]) -> float:
    """The share of all phrasings that found their point, 0-1."""
    asked = sum(score.asked for score in scores.values())
    return sum(score.right for score in scores.values()) / asked if asked else 0.0
