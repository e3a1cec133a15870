"""The whole calibration of one knowledge: ask, fit, and say what to expect, as lines of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from bot.retrieval.calibration.expected_rates import (
    JudgedQuestion,
    balanced_rate,
    cross_validate,
    expected_rates,
    judge_all,
)
from bot.retrieval.calibration.fit import NO_PRIOR, fit
from bot.retrieval.calibration.held_out import HeldOutResult, make_folds, search_held_out
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import compute_coverage
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.ranking.weights import Weights
from bot.wording import Calibrate

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


TRUSTS = (0.3, 0.4, 0.5, 0.6, 0.7)


def report_lines(found: Calibration, answer_at: float) -> Iterator[str]:
    """A table of what to expect by the likelihood from which a passage is shown, and what that means as it is set."""
    yield "\t".join(Calibrate.COLUMNS)
    for at in sorted({*TRUSTS, answer_at}):
        expected = expected_rates(found.judged, at)
        yield "\t".join((f"{at:.2f}", _rate(expected.right), _rate(expected.near), _rate(expected.foreign)))
    expected = expected_rates(found.judged, answer_at)
    yield Calibrate.EXPECTED.format(at=answer_at, right=_rate(expected.right), foreign=_rate(expected.foreign))
    if expected.near is None:
        yield Calibrate.NO_GAPS
    else:
        yield Calibrate.EXPECTED_NEAR.format(near=_rate(expected.near))
    default = expected_rates(found.by_default, answer_at)
    yield Calibrate.BY_DEFAULT.format(
        right=_rate(default.right), near=_rate(default.near), foreign=_rate(default.foreign)
    )


def is_better(found: Calibration, answer_at: float) -> bool:
    """Whether the fitted weights are to be preferred to those that the bot comes with."""
    return balanced_rate(expected_rates(found.judged, answer_at)) > balanced_rate(
        expected_rates(found.by_default, answer_at)
    )


def _rate(share: float | None) -> str:
    return "—" if share is None else f"{share:.3f}"
