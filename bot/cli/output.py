"""What the command line prints of verdicts and scores, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.cli.leave_one_out import overall, scores_of
from bot.config import Settings
from bot.logs import set_up_logging
from bot.retrieval.verdict import Verdict
from bot.retrieval_factory import make_retriever
from bot.wording import Cli, Eval

WEAKEST = 15  # points that a curator is shown


def left_out(settings: Settings) -> Iterator[str]:
    """The weakest points, and how many phrasings are found without themselves. Raises KnowledgeError."""
    set_up_logging("ERROR")
    scores = scores_of(make_retriever(settings).leave_one_out())
    yield "\t".join(Eval.POINT_COLUMNS)
    for point, score in list(scores.items())[:WEAKEST]:
        yield f"{point}\t{score.right}/{score.asked}\t{score.rate:.2f}\t{'；'.join(score.missed[:3])}"
    asked = sum(score.asked for score in scores.values())
    yield Eval.LEFT_OUT.format(right=overall(scores), asked=asked)


def explained(verdict: Verdict) -> Iterator[str]:
    """How a verdict came about."""
    yield Cli.EXPLAIN.format(kind=verdict.kind, reason=verdict.reason, context=verdict.context or "-")
    for match in verdict.matches:
        numbers = " ".join(f"{name}={value:.2f}" for name, value in match.features if value)
        yield Cli.EXPLAIN_MATCH.format(
            score=match.score, point=match.point.id, phrasing=match.phrasing, numbers=numbers
        )


def table(summary: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The scores by kind of question, a row each."""
    yield Eval.COLUMNS
    for kind, score in summary["kinds"].items():
        numbers = (
            score["asked"],
            score["right"],
            f"{score['rate']:.3f}",
            score["suggested"],
            score["declined"],
        )
        yield (kind, *map(str, numbers), " ".join(score["wrong"]))
