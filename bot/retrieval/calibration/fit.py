"""Asked questions → ``Weights``: a conditional logit for the rank, a logistic regression for the trust.

Both are maximum a posteriori estimates: a normal prior around ``prior`` (nothing, or the weights of another document)
keeps a small knowledge from believing in chance. The sums are convex and are minimised by L-BFGS (Liu & Nocedal 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.errors import BotError
from bot.retrieval.calibration.held_out import HeldOutResult
from bot.retrieval.ranking.candidates import Features
from bot.retrieval.ranking.ranking_model import TRUST_FEATURES, Coverage, rank_candidates, rank_scores, trust_row
from bot.retrieval.ranking.weights import Weights
from bot.wording import Calibrate

RANK_RIDGE = 1.0
TRUST_RIDGE = 20.0
MIN_QUESTIONS = 20  # questions that are answered, and that are not, below which nothing can be learned
Table = npt.NDArray[np.float64]

NO_PRIOR = Weights((0.0,) * len(Features._fields), (0.0,) * len(TRUST_FEATURES), 0.0)
"""The prior that knows nothing."""


def fit(asked: Sequence[HeldOutResult], covered: Coverage, prior: Weights = NO_PRIOR) -> Weights:
    """The weights that explain best what was ``asked``. Raises BotError if that is too little."""
    asked = [one for one in asked if one.found.candidates]
    answered = sum(one.kind == "question" for one in asked)
    others = len(asked) - answered
    if min(answered, others) < MIN_QUESTIONS:
        raise BotError(Calibrate.TOO_FEW.format(count=MIN_QUESTIONS, answered=answered, others=others))
    rank = _fit_rank(asked, np.array(prior.rank))
    ranked = Weights(tuple(rank.tolist()), prior.trust, prior.bias)
    trust, bias = _fit_trust(asked, covered, ranked, np.array(prior.trust))
    return Weights(ranked.rank, tuple(trust.tolist()), bias)


def _fit_rank(asked: Sequence[HeldOutResult], prior: Table) -> Table:
    """The rank's weights: the share of the points that answer is to be high."""
    tables: list[tuple[Table, npt.NDArray[np.bool_]]] = []
    for one in asked:
        right = np.array([candidate.owner in one.wanted for candidate in one.found.candidates])
        if right.any() and not right.all():
            tables.append((np.array([candidate.features for candidate in one.found.candidates]), right))
    if not tables:
        return prior
    width = max(len(right) for _, right in tables)
    rows = np.zeros((len(tables), width, len(prior)))
    rights = np.zeros((len(tables), width), dtype=bool)
    absent = np.full((len(tables), width), -np.inf)
    for number, (table, right) in enumerate(tables):
        rows[number, : len(right)] = table
        rights[number, : len(right)] = right
        absent[number, : len(right)] = 0.0

    def loss(weights: Table) -> tuple[float, Table]:
        scores = rows @ weights + absent
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        correct = (shares * rights).sum(axis=1)
        pull = shares * rights / correct[:, None] - shares
        off = weights - prior
        return (
            float(-np.log(correct).sum() + RANK_RIDGE * off @ off),
            -(pull[:, :, None] * rows).sum(axis=(0, 1)) + 2 * RANK_RIDGE * off,
        )

    return _minimise(loss, prior)


def _fit_trust(asked: Sequence[HeldOutResult], covered: Coverage, ranked: Weights, prior: Table) -> tuple[Table, float]:
    """The trust's weights and bias: how likely the first candidate is among those that answer."""
    ranking = [rank_candidates(covered, one.found, rank_scores(ranked, one.found.candidates)) for one in asked]
    rows = np.array([trust_row(each, one.found.question_features) for each, one in zip(ranking, asked, strict=True)])
    right = np.array([each.first.owner in one.wanted for each, one in zip(ranking, asked, strict=True)], dtype=float)
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    unit = np.where(spread > 0, spread, 1.0)
    table = np.hstack([(rows - middle) / unit, np.ones((len(rows), 1))])
    known = np.append(prior * unit, 0.0)
    ridge = np.append(np.full(len(prior), TRUST_RIDGE), 0.0)  # the bias is free

    def loss(weights: Table) -> tuple[float, Table]:
        logits = table @ weights
        off = weights - known
        likely = 0.5 * (1 + np.tanh(logits / 2))  # the logistic function, without overflow
        return (
            float(np.logaddexp(0, logits).sum() - right @ logits + (ridge * off) @ off),
            table.T @ (likely - right) + 2 * ridge * off,
        )

    found = _minimise(loss, known)
    trust = found[:-1] / unit
    trust[spread == 0] = prior[spread == 0]  # what is always the same tells nothing new
    return trust, float(found[-1] - trust @ middle)


def _minimise(loss: Any, start: Table) -> Table:
    try:
        from scipy.optimize import minimize  # noqa: PLC0415 - an extra, and only needed here
    except ImportError:
        raise BotError(Calibrate.NO_SCIPY) from None
    found: Table = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    return found
