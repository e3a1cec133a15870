"""How many questions will be answered rightly, and how many falsely: each is judged as ``judge`` does, by weights that
were fitted without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.retrieval.calibration.fit import NO_PRIOR, fit
from bot.retrieval.calibration.held_out import HeldOutResult
from bot.retrieval.ranking.decision import plan_display
from bot.retrieval.ranking.ranking_model import Coverage, rank_candidates, rank_scores, trust_row, trust_score
from bot.retrieval.ranking.weights import Weights


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, how likely what would be shown answers it, and whether it does."""

    kind: str
    likely: float
    right: bool


class Rates(NamedTuple):
    """The rates if questions are answered from a likelihood of ``at`` on, each a share (0-1) of its own kind.

    ``right``: of the questions that the document answers. ``near``: of the gaps, falsely answered. ``foreign``: of the
    foreign questions, falsely answered. None if nothing of the kind was asked.
    """

    at: float
    right: float | None
    near: float | None
    foreign: float | None


def cross_validate(
    asked: Sequence[HeldOutResult], covered: Coverage, prior: Weights = NO_PRIOR
) -> list[JudgedQuestion]:
    """Every question of ``asked``, judged by weights that were fitted on the other blocks."""
    found: list[JudgedQuestion] = []
    for block in sorted({one.block for one in asked}):
        weights = fit([one for one in asked if one.block != block], covered, prior)
        for one in asked:
            if one.block == block:
                found.append(_judge(one, covered, weights))
    return found


def judge_all(weights: Weights, asked: Sequence[HeldOutResult], covered: Coverage) -> list[JudgedQuestion]:
    """Every question of ``asked``, judged by ``weights``."""
    return [_judge(one, covered, weights) for one in asked]


def balanced_rate(found: Rates) -> float:
    """How good rates are, 0-1: what is answered rightly and what is rightly left counts alike."""
    silent = [1 - share for share in (found.near, found.foreign) if share is not None]
    kept = sum(silent) / len(silent) if silent else 1.0
    return ((found.right or 0.0) + kept) / 2


def _judge(one: HeldOutResult, covered: Coverage, weights: Weights) -> JudgedQuestion:
    if not one.found.candidates:
        return JudgedQuestion(one.kind, 0.0, right=False)
    ranking = rank_candidates(covered, one.found, rank_scores(weights, one.found.candidates))
    plan = plan_display(
        ranking, one.found.question_features, trust_score(weights, trust_row(ranking, one.found.question_features))
    )
    shown = [ranking.first, *(other.candidate for other in ranking.others[: plan.together])]
    right = any(candidate.owner in one.wanted for candidate in shown)
    return JudgedQuestion(one.kind, 0.0 if plan.gap else plan.likely, right)


def expected_rates(found: Sequence[JudgedQuestion], at: float) -> Rates:
    """What answering from a likelihood of ``at`` would have meant."""
    return Rates(
        at,
        right=_share([one.likely >= at and one.right for one in found if one.kind == "question"]),
        near=_share([one.likely >= at for one in found if one.kind == "gap"]),
        foreign=_share([one.likely >= at for one in found if one.kind == "foreign"]),
    )


def _share(yes: Sequence[bool]) -> float | None:
    return sum(yes) / len(yes) if yes else None
