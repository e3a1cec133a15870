"""How many questions will be answered rightly, and how many falsely: each judged by weights fitted without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.calibration.asked import Asked
from bot.calibration.fit import NOTHING, fit
from bot.retrieval.standing import Covered, order, row_of, scores_of, trust_in
from bot.retrieval.weights import Weights


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the trust in its first candidate, and whether that answers."""

    kind: str
    trust: float
    right: bool


class Rates(NamedTuple):
    """What answering from a trust of ``at`` means, each a share (0-1) of its own kind.

    ``right``: of the questions that the document answers. ``near``: of the gaps, falsely answered. ``foreign``: of the
    foreign questions, falsely answered.
    """

    at: float
    right: float
    near: float
    foreign: float


def judged(asked: Sequence[Asked], covered: Covered, prior: Weights = NOTHING) -> list[Judged]:
    """Every question of ``asked``, judged by weights that were fitted on the other blocks."""
    found: list[Judged] = []
    for block in sorted({one.block for one in asked}):
        weights = fit([one for one in asked if one.block != block], covered, prior)
        for one in asked:
            if one.block == block:
                ordered = order(covered, one.found, scores_of(weights, one.found.candidates))
                trust = trust_in(weights, row_of(ordered, one.found.signs))
                found.append(Judged(one.kind, trust, ordered.first.owner in one.wanted))
    return found


def rates(found: Sequence[Judged], at: float) -> Rates:
    """What answering from a trust of ``at`` would have meant."""
    return Rates(
        at,
        right=_share([one.trust >= at and one.right for one in found if one.kind == "question"]),
        near=_share([one.trust >= at for one in found if one.kind == "gap"]),
        foreign=_share([one.trust >= at for one in found if one.kind == "foreign"]),
    )


def _share(yes: Sequence[bool]) -> float:
    return sum(yes) / len(yes) if yes else 0.0
