"""The whole calibration of one knowledge: ask, fit, and say what to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from bot.retrieval.calibration.expected_rates import JudgedQuestion, cross_validate, judge_all
from bot.retrieval.calibration.fit import NO_PRIOR, fit
from bot.retrieval.calibration.folds import make_folds
from bot.retrieval.calibration.held_out import HeldOutResult, search_held_out
from bot.retrieval.index.coverage import compute_coverage
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.ranking.weights import Weights

FOLDS = 5
BARE_FOLDS = 2  # the same knowledge as if its curator had written half as much, and no gaps


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights, and every question as it is judged by weights that were fitted without it."""

    weights: Weights
    judged: tuple[JudgedQuestion, ...]
    by_default: tuple[JudgedQuestion, ...]
    """The same questions, judged by the weights that the bot comes with."""


def calibrate(
    knowledge: Knowledge,
    foreign: Sequence[str],
    tokenizer: Tokenizer,
    embedder: Embedder | None,
    *,
    prior: Weights = NO_PRIOR,
    default: Weights = NO_PRIOR,
) -> Calibration:
    """Fit the judge to ``knowledge``, around ``prior``, and compare it with ``default``, the weights it has otherwise.

    Raises BotError if there are too few phrasings or scipy is missing.
    """
    covered = compute_coverage(knowledge)
    full = list(search_held_out(make_folds(knowledge, foreign, FOLDS), covered, tokenizer, embedder))
    bare: list[HeldOutResult] = list(
        search_held_out(make_folds(knowledge, foreign, BARE_FOLDS, gaps=False), covered, tokenizer, embedder)
    )
    return Calibration(
        fit([*full, *bare], covered, prior),
        tuple(cross_validate(full, covered, prior)),
        tuple(judge_all(default, full, covered)),
    )
