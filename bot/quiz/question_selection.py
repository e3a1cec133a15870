"""Which questions of a bank: the same for the same seed, on every machine and with every version of Python. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.quiz.question import Question
from bot.quiz.seeded_random import digest
from bot.text import squash


def select_questions(
    bank: Sequence[Question],
    count: int,
    seed: str,
    *,
    points: Collection[str] | None = None,
    recent: Sequence[str] = (),
) -> tuple[Question, ...]:
    """Up to ``count`` different questions, in the order to ask them; fewer if the bank has no more.

    ``points``: only questions on these. No question gives another away as long as there are others: of each point
    one is asked before any has its second, and a question whose answer an earlier explanation gave away comes last.
    ``recent``: ids of what this chat was asked lately, the latest last; they come after others of the same rank, the
    longest ago first.
    """
    ages = {question_id: age for age, question_id in enumerate(recent, start=1)}
    fitting = {question.id: question for question in bank if points is None or question.point in points}
    order = sorted(fitting.values(), key=lambda question: (ages.get(question.id, 0), digest(seed, question.id)))
    return tuple(_apart(order, count))


def shuffle_options(question: Question, seed: str) -> Question:
    """``question`` with its options in another order, the same for the same seed; two (对 and 错) keep theirs."""
    if len(question.options) == 2:
        return question
    order = sorted(range(len(question.options)), key=lambda index: digest(seed, question.id, index))
    return replace(
        question,
        options=tuple(question.options[index] for index in order),
        correct=tuple(place for place, index in enumerate(order) if index in question.correct),
    )


def _apart(questions: Sequence[Question], count: int) -> list[Question]:
    """``count`` of ``questions``, in order, but those last whose point was asked, or whose answer was given away."""
    left = list(questions)
    found: list[Question] = []
    asked: Counter[str] = Counter()
    told: set[str] = set()
    while left and len(found) < count:
        place = min(range(len(left)), key=lambda place: (asked[left[place].point], left[place].id in told, place))
        question = left.pop(place)
        found.append(question)
        asked[question.point] += 1
        shown = squash(question.explanation)
        told |= {other.id for other in left if _tells(shown, other)}
    return found


def _tells(shown: str, question: Question) -> bool:
    """Whether who has read ``shown`` (squashed) can answer: all right options stand there, or the passage itself."""
    if squash(question.quote) in shown:
        return True
    right = [squash(question.options[index]) for index in question.correct]
    return all(len(option) > 1 and option in shown for option in right)
