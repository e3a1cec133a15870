"""How many questions will be answered rightly, and how many falsely: each is judged as ``judge`` does, by weights that
were fitted without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.retrieval.calibration.asked import Asked
from bot.retrieval.calibration.fit import NOTHING, fit
from bot.retrieval.ranking.decision import look_out
from bot.retrieval.ranking.ranking_model import Covered, order, row_of, scores_of, trust_in
from bot.retrieval.ranking.weights import Weights


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, how likely what would be shown answers it, and whether it does."""

    kind: str
    likely: float
    right: bool


class Rates(NamedTuple):
    """What answering from a likelihood of ``at`` means, each a share (0-1) of its own kind.

    ``right``: of the questions that the document answers. ``near``: of the gaps, falsely answered. ``foreign``: of the
    foreign questions, falsely answered. None where nothing of the kind was asked.
    """

    at: float
    right: float | None
    near: float | None
    foreign: float | None


def judged(asked: Sequence[Asked], covered: Covered, prior: Weights = NOTHING) -> list[Judged]:
    """Every question of ``asked``, judged by weights that were fitted on the other blocks."""
    found: list[Judged] = []
    for block in sorted({one.block for one in asked}):
        weights = fit([one for one in asked if one.block != block], covered, prior)
        for one in asked:
            if one.block == block:
                found.append(_judge(one, covered, weights))
    return found


def judged_by(weights: Weights, asked: Sequence[Asked], covered: Covered) -> list[Judged]:
    """Every question of ``asked``, judged by ``weights``."""
    return [_judge(one, covered, weights) for one in asked]


def worth(found: Rates) -> float:
    """How good rates are, 0-1: what is answered rightly and what is rightly left counts alike."""
    silent = [1 - share for share in (found.near, found.foreign) if share is not None]
    kept = sum(silent) / len(silent) if silent else 1.0
    return ((found.right or 0.0) + kept) / 2


def _judge(one: Asked, covered: Covered, weights: Weights) -> Judged:
    if not one.found.candidates:
        return Judged(one.kind, 0.0, right=False)
    ordered = order(covered, one.found, scores_of(weights, one.found.candidates))
    outlook = look_out(ordered, one.found.signs, trust_in(weights, row_of(ordered, one.found.signs)))
    shown = [ordered.first, *(other.candidate for other in ordered.others[: outlook.together])]
    right = any(candidate.owner in one.wanted for candidate in shown)
    return Judged(one.kind, 0.0 if outlook.gap else outlook.likely, right)


def rates(found: Sequence[Judged], at: float) -> Rates:
    """What answering from a likelihood of ``at`` would have meant."""
    return Rates(
        at,
        right=_share([one.likely >= at and one.right for one in found if one.kind == "question"]),
        near=_share([one.likely >= at for one in found if one.kind == "gap"]),
        foreign=_share([one.likely >= at for one in found if one.kind == "foreign"]),
    )


def _share(yes: Sequence[bool]) -> float | None:
    return sum(yes) / len(yes) if yes else None
