"""The whole calibration of one knowledge: ask, fit, and say what to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from bot.retrieval.calibration.asked import Asked, ask
from bot.retrieval.calibration.blocks import blocks
from bot.retrieval.calibration.expected import Judged, judged, judged_by
from bot.retrieval.calibration.fit import NOTHING, fit
from bot.retrieval.index.coverage import covered_by
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.ranking.weights import Weights

BLOCKS = 5
BARE_BLOCKS = 2  # the same knowledge as if its curator had written half as much, and no gaps


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The weights, and every question as it is judged by weights that were fitted without it."""

    weights: Weights
    judged: tuple[Judged, ...]
    by_default: tuple[Judged, ...]
    """The same questions, judged by the weights that the bot comes with."""


def calibrate(
    knowledge: Knowledge,
    foreign: Sequence[str],
    tokenizer: Tokenizer,
    embedder: Embedder | None,
    *,
    prior: Weights = NOTHING,
    default: Weights = NOTHING,
) -> Calibrated:
    """Fit the judge to ``knowledge``, around ``prior``, and compare it with ``default``, the weights it has otherwise.

    Raises BotError where there are too few phrasings or scipy is missing.
    """
    covered = covered_by(knowledge)
    full = list(ask(blocks(knowledge, foreign, BLOCKS), covered, tokenizer, embedder))
    bare: list[Asked] = list(ask(blocks(knowledge, foreign, BARE_BLOCKS, gaps=False), covered, tokenizer, embedder))
    return Calibrated(
        fit([*full, *bare], covered, prior),
        tuple(judged(full, covered, prior)),
        tuple(judged_by(default, full, covered)),
    )
