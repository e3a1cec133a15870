"""How questions have done in play: share right, how well they tell good players from weak ones, skips. Pure.

Classical item analysis: the difficulty of a question is the share of answers that were right, its discrimination the
correlation of being right on it with the share right on all other questions (corrected item-total correlation, see
Ebel & Frisbie, Essentials of Educational Measurement, ch. 13). Few answers prove nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

Verdict = Literal["", "easy", "hard", "misleading"]
"""``easy``: nearly everybody is right. ``hard``: fewer are than by guessing. ``misleading``: good players get it wrong
more often than weak ones."""
ENOUGH_ANSWERS = 20
TOO_EASY, TOO_HARD, MISLEADING = 0.95, 0.2, -0.15
LEAST_OTHERS = 3  # answers to other questions from which a member is known to be good or weak
LEAST_MEMBERS = 10  # known members from which a correlation says something


@dataclass(frozen=True, slots=True)
class PlayedAnswer:
    """An answer that was given in a contest and not taken back."""

    contest: str
    question: str
    member: str
    right: bool


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """How a question has done. ``skipped``: so many times somebody who played that contest gave no answer to it.

    ``discrimination`` is from -1 to 1; None if too few members are known.
    """

    question: str
    answered: int
    right: int
    skipped: int
    discrimination: float | None

    @property
    def share(self) -> float:
        """The share of right answers, from 0 to 1."""
        return self.right / self.answered if self.answered else 0.0

    @property
    def verdict(self) -> Verdict:
        """Why the question should rest; nothing if it need not, or if too few have answered it."""
        if self.answered < ENOUGH_ANSWERS:
            return ""
        if self.discrimination is not None and self.discrimination <= MISLEADING:
            return "misleading"
        if self.share >= TOO_EASY:
            return "easy"
        return "hard" if self.share <= TOO_HARD else ""


def analyse(answers: Iterable[PlayedAnswer]) -> Mapping[str, QuestionStatistics]:
    """The statistics of each question that was answered, by its id."""
    given = list(answers)
    by_question: dict[str, list[PlayedAnswer]] = defaultdict(list)
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # right, answered
    players: dict[str, set[str]] = defaultdict(set)
    for answer in given:
        by_question[answer.question].append(answer)
        totals[answer.member][0] += answer.right
        totals[answer.member][1] += 1
        players[answer.contest].add(answer.member)
    return {
        question: QuestionStatistics(
            question,
            len(own),
            sum(answer.right for answer in own),
            _skipped(own, players),
            _discrimination(own, totals),
        )
        for question, own in by_question.items()
    }


def measured_difficulty(counts: Mapping[str, tuple[int, int]]) -> dict[str, float]:
    """How hard questions were found, from 0 to 1, for those that enough have answered.

    ``counts``: for each question how often it was answered, and how often rightly.
    """
    return {id: 1 - right / answered for id, (answered, right) in counts.items() if answered >= ENOUGH_ANSWERS}


def _skipped(own: Collection[PlayedAnswer], players: Mapping[str, set[str]]) -> int:
    answered: dict[str, set[str]] = defaultdict(set)
    for answer in own:
        answered[answer.contest].add(answer.member)
    return sum(len(players[contest] - members) for contest, members in answered.items())


def _discrimination(own: Collection[PlayedAnswer], totals: Mapping[str, list[int]]) -> float | None:
    mine: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for answer in own:
        mine[answer.member][0] += answer.right
        mine[answer.member][1] += 1
    pairs = []
    for member, (right, answered) in mine.items():
        others = totals[member][1] - answered
        if others >= LEAST_OTHERS:
            pairs.append((right / answered, (totals[member][0] - right) / others))
    return _correlation(pairs) if len(pairs) >= LEAST_MEMBERS else None


def _correlation(pairs: list[tuple[float, float]]) -> float | None:
    """Pearson's correlation; None if one side does not vary."""
    count = len(pairs)
    mean_x, mean_y = sum(x for x, _ in pairs) / count, sum(y for _, y in pairs) / count
    spread_x = sum((x - mean_x) ** 2 for x, _ in pairs)
    spread_y = sum((y - mean_y) ** 2 for _, y in pairs)
    if not spread_x or not spread_y:
        return None
    return sum((x - mean_x) * (y - mean_y) for x, y in pairs) / sqrt(spread_x * spread_y)
