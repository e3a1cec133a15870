"""Leave-one-out: every curated phrasing is asked as if nobody had written it. Tells a curator where to add more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.config import Settings
from bot.logs import set_up_logging
from bot.retrieval.core_judge import LeaveOneOutResult
from bot.retrieval_factory import make_retriever
from bot.wording import Eval

WEAKEST = 15  # points that a curator is shown


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


def scores_of(outcomes: Iterable[LeaveOneOutResult]) -> dict[str, PointScore]:
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


def leave_one_out_report(settings: Settings) -> Iterator[str]:
    """The weakest points, and how many phrasings are found without themselves. Raises KnowledgeError."""
    set_up_logging("ERROR")
    scores = scores_of(make_retriever(settings).leave_one_out())
    yield "\t".join(Eval.POINT_COLUMNS)
    for point, score in list(scores.items())[:WEAKEST]:
        yield f"{point}\t{score.right}/{score.asked}\t{score.rate:.2f}\t{'；'.join(score.missed[:3])}"
    asked = sum(score.asked for score in scores.values())
    yield Eval.LEFT_OUT.format(right=overall(scores), asked=asked)
