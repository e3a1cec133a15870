"""What became of questions → shares of them, and what a threshold on the score would have made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.cli.evaluation import UNANSWERABLE, Case, is_right
from bot.features.answers.record import Record

LIMIT = 0.05
"""The share of questions without an answer that may be answered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. ``score``: how sure the system was of its passage, by its own measure."""

    answerable: bool
    answered: bool
    right: bool
    score: float


def outcome(case: Case, record: Record, score: float = 1.0) -> Outcome:
    """What ``record`` makes of ``case``. Without a ``score`` the verdict stands: no threshold tells answers apart."""
    return Outcome(case.kind not in UNANSWERABLE, record["verdict"] == "answer", is_right(case, record), score)


def right(outcomes: Iterable[Outcome]) -> float:
    """The share of answerable questions that were answered rightly, 0–1."""
    return _share(outcome.right for outcome in outcomes if outcome.answerable)


def falsely_answered(outcomes: Iterable[Outcome]) -> float:
    """The share of questions without an answer that were answered, 0–1."""
    return _share(outcome.answered for outcome in outcomes if not outcome.answerable)


def right_within(outcomes: Sequence[Outcome], limit: float = LIMIT) -> float:
    """The most that ``right`` can be where only scores from some threshold on are answered, and the threshold is such
    that ``falsely_answered`` is at most ``limit``. 0 where no threshold keeps the limit but the one above all scores.
    """
    allowed = limit * sum(not outcome.answerable for outcome in outcomes)
    best = good = false = 0
    answered = sorted((outcome for outcome in outcomes if outcome.answered), key=_score, reverse=True)
    for _, group in groupby(answered, key=_score):  # a threshold lets equal scores through together
        for outcome in group:
            false += not outcome.answerable
            good += outcome.answerable and outcome.right
        if false > allowed:
            break
        best = good
    answerable = sum(outcome.answerable for outcome in outcomes)
    return best / answerable if answerable else 0.0


def quantile(values: Iterable[float], share: float) -> float:
    """The value that ``share`` of ``values``, 0–1, lie below."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _score(outcome: Outcome) -> float:
    return outcome.score


def _share(hits: Iterable[bool]) -> float:
    taken = list(hits)
    return sum(taken) / len(taken) if taken else 0.0
