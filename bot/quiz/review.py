"""Spaced repetition of what a member got wrong, by FSRS (https://github.com/open-spaced-repetition). Pure.

A wrong answer makes a card. From then on every answer to that question, in a contest or alone, is a review of it: wrong
brings it back soon, right later and later. The library's random spread of due dates is off: the same answers give the
same dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from fsrs import Card, Rating, Scheduler

STEPS = (timedelta(minutes=10), timedelta(days=1))
"""After a wrong answer: once more soon, and once more on the next day, before the intervals grow."""
MASTERED = timedelta(days=21)
"""An interval from which a question counts as known and leaves the book of wrong answers."""
LONGEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What is known of how well a member knows a question. ``memory`` is the library's record, as JSON."""

    member: str
    question: str
    due: datetime
    mastered: bool
    memory: str


def answered(card: ReviewCard | None, *, member: str, question: str, right: bool, now: datetime) -> ReviewCard | None:
    """The card after an answer; None where there was none and none is needed, as the answer was right."""
    if card is None and right:
        return None
    now = now.astimezone(UTC)
    memory = Card(card_id=0, due=now) if card is None else Card.from_json(card.memory)
    if memory.last_review is not None:
        now = max(now, memory.last_review)  # the clock may have been set back
    memory, _ = _scheduler().review_card(memory, Rating.Good if right else Rating.Again, now)
    return ReviewCard(member, question, memory.due, memory.due - now >= MASTERED, memory.to_json())


def due_until(cards: Iterable[ReviewCard], now: datetime) -> list[ReviewCard]:
    """The cards to be reviewed now, the longest due first."""
    return sorted((card for card in cards if card.due <= now), key=lambda card: (card.due, card.question))


@cache
def _scheduler() -> Scheduler:
    return Scheduler(
        learning_steps=STEPS,
        relearning_steps=STEPS[:1],
        maximum_interval=LONGEST.days,
        enable_fuzzing=False,
    )
