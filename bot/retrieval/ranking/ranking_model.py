"""Candidates in their order, and how the first one stands: what the judge's two linear models say.

*Rank* orders the points: a conditional logit (McFadden 1974), the share of a point is the softmax of its score among
all candidates; points that are shown in the same sentences count together. *Trust* says how likely the first one
answers: a logistic regression over its features, the question's question_features and its rank_features.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from bot.retrieval.ranking.candidates import Candidate, Features, QuestionFeatures, SearchResult
from bot.retrieval.ranking.weights import Weights

Coverage = Sequence[Sequence[int]]
"""For each point, the numbers of the points whose words are shown along with it, itself among them."""

MIN_SHARE = 1e-6  # shares below it count as this much: the logarithm of 0 is not finite


class RankFeatures(NamedTuple):
    """How the first candidate stands among all.

    ``share`` is the log of its share, with all that is shown along with it; ``second`` the share of the best other;
    ``gap_lead`` and ``gap_lead_meaning`` how much nearer the nearest gap is than the nearest phrasing of it.
    """

    share: float
    second: float
    gap_lead: float
    gap_lead_meaning: float


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate and its share of all that may be meant (0-1)."""

    candidate: Candidate
    share: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first. ``others`` are not shown along with ``first``, nor ``second_share`` with each other.

    ``first_share`` and ``second_share`` count what is shown along with the first, and with the best other.
    """

    first: Candidate
    first_share: float
    others: tuple[RankedCandidate, ...]
    second_share: float
    rank_features: RankFeatures


def rank_candidates(covered: Coverage, found: SearchResult, scores: Sequence[float]) -> Ranking:
    """The candidates of ``found``, of which there is one at least, by their ``scores`` of the rank."""
    pairs = zip(found.candidates, softmax(scores), strict=True)
    ranked = sorted((RankedCandidate(*pair) for pair in pairs), key=lambda one: (-one.share, one.candidate.owner))
    first = ranked[0].candidate
    others = tuple(one for one in ranked if one.candidate.owner not in covered[first.owner])
    first_share = _together(covered, ranked, first.owner)
    features, question_features = first.features, found.question_features
    rank_features = RankFeatures(
        share=math.log(max(first_share, MIN_SHARE)),
        second=others[0].share if others else 0.0,
        gap_lead=max(question_features.gap_cosine, question_features.gap_edit) - max(features.cosine, features.edit),
        gap_lead_meaning=question_features.gap_meaning - features.meaning,
    )
    second_share = _together(covered, others, others[0].candidate.owner) if others else 0.0
    return Ranking(first, first_share, others, second_share, rank_features)


def rank_scores(weights: Weights, candidates: Sequence[Candidate]) -> list[float]:
    """The rank's score of each candidate."""
    return [_dot(weights.rank, candidate.features) for candidate in candidates]


def trust_row(ordered: Ranking, question_features: QuestionFeatures) -> tuple[float, ...]:
    """What the trust is computed from: Features, Signs and Standing in a row."""
    return (*ordered.first.features, *question_features, *ordered.rank_features)


TRUST_FEATURES = (*Features._fields, *QuestionFeatures._fields, *RankFeatures._fields)
"""The names of ``trust_row``."""


def trust_score(weights: Weights, row: Sequence[float]) -> float:
    """How likely the first candidate answers (0-1)."""
    logit = weights.bias + _dot(weights.trust, row)
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def softmax(scores: Sequence[float]) -> list[float]:
    """``scores`` as shares that add up to 1."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _together(covered: Coverage, ranked: Sequence[RankedCandidate], owner: int) -> float:
    return sum(one.share for one in ranked if one.candidate.owner in covered[owner])


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(map(mul, weights, values)))
