"""Which questions of a bank: the same for the same seed, on every machine and with every version of Python. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from hashlib import sha256

from bot.quiz.question import Question


def pick(
    bank: Sequence[Question],
    count: int,
    seed: str,
    *,
    points: Collection[str] | None = None,
    recent: Sequence[str] = (),
) -> tuple[Question, ...]:
    """Up to ``count`` different questions, in the order to ask them; fewer where the bank has no more.

    ``points``: only questions on these. ``recent``: ids of what this chat was asked lately, the latest last; those come
    only when the others are used up, the longest ago first. Questions on a point that is there already come after
    others of the same age: who has just seen its passage knows the answer.
    """
    ages = {question_id: age for age, question_id in enumerate(recent, start=1)}
    fitting = {question.id: question for question in bank if points is None or question.point in points}
    order = sorted(fitting.values(), key=lambda question: (ages.get(question.id, 0), _lot(seed, question.id)))
    fresh = [question for question in order if question.id not in ages]
    asked = [question for question in order if question.id in ages]
    return tuple([*_spread(fresh), *_spread(asked)][: max(count, 0)])


def shuffled(question: Question, seed: str) -> Question:
    """``question`` with its options in another order, the same for the same seed; two (对 and 错) keep theirs."""
    if len(question.options) == 2:
        return question
    order = sorted(range(len(question.options)), key=lambda index: _lot(seed, f"{question.id}\0{index}"))
    return replace(
        question,
        options=tuple(question.options[index] for index in order),
        correct=tuple(place for place, index in enumerate(order) if index in question.correct),
    )


def _spread(questions: Sequence[Question]) -> list[Question]:
    """The first question of each point, then the second of each, and so on, otherwise in order."""
    seen: dict[str, int] = {}
    turns = []
    for question in questions:
        seen[question.point] = seen.get(question.point, -1) + 1
        turns.append((seen[question.point], question))
    return [question for _, question in sorted(turns, key=lambda turn: turn[0])]


def _lot(seed: str, question_id: str) -> bytes:
    return sha256(f"{seed}\0{question_id}".encode()).digest()
