"""The book of wrong answers: what was got wrong comes back by FSRS (https://github.com/open-spaced-repetition). Pure.

The first wrong answer to a question makes a card. From then on every answer to it, in a contest or alone, is a review:
wrong brings it back soon, right later and later. What is repeated alone before it is due is practice: right, it moves
nothing (twice in a minute proves no memory, and would carry a new card over both its steps at once), wrong, it counts.
Cards are counted from the answers, as scores are, and kept nowhere:
no answer can be missing from one or be in it twice. The library's random spread of due dates is off: the same answers
give the same dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from fsrs import Card, Rating, Scheduler

LEARNING_STEPS = (timedelta(minutes=10), timedelta(days=1))
"""After a wrong answer: once more soon, and once more on the next day, before the intervals grow."""
MASTERED_INTERVAL = timedelta(days=21)
"""An interval from which a question counts as known and leaves the book."""
MAX_INTERVAL = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer that a member gave at some time; ``alone`` if it was given to repeat what was wrong."""

    question: str
    right: bool
    at: datetime
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A question that was missed at least once: when it comes back, and whether it is known by now.

    ``answered``: when it was answered last, whether that moved anything or not.
    """

    question: str
    due: datetime
    mastered: bool
    answered: datetime


def review_cards(given: Iterable[PastAnswer]) -> list[ReviewCard]:
    """The cards that a member's answers make, the longest due first."""
    memories: dict[str, Card] = {}
    latest: dict[str, datetime] = {}
    for answer in sorted(given, key=lambda answer: (answer.at, answer.question, answer.right)):
        memory = memories.get(answer.question)
        if memory is None and answer.right:
            continue
        latest[answer.question] = at = answer.at.astimezone(UTC)
        if memory is not None and answer.alone and answer.right and at < memory.due:
            continue
        rating = Rating.Good if answer.right else Rating.Again
        memory = memory or Card(card_id=0, due=at)
        memories[answer.question], _ = _scheduler().review_card(memory, rating, at)
    cards = [
        ReviewCard(
            question, memory.due, memory.due - (memory.last_review or memory.due) >= MASTERED_INTERVAL, latest[question]
        )
        for question, memory in memories.items()
    ]
    return sorted(cards, key=lambda card: (card.due, card.question))


@cache
def _scheduler() -> Scheduler:
    return Scheduler(
        learning_steps=LEARNING_STEPS,
        relearning_steps=LEARNING_STEPS[:1],
        maximum_interval=MAX_INTERVAL.days,
        enable_fuzzing=False,
    )
