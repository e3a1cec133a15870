"""What keeps a question from being asked: what a poll cannot carry, and what has more than one reading."""

from __future__ import annotations

from collections.abc import Iterator

from bot.quiz.generation.number_with_unit import parse_figure
from bot.quiz.question import (
    MAX_EXPLANATION,
    MAX_LINE_FEEDS,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_QUESTION,
    MIN_OPTIONS,
    Question,
)
from bot.text import squash
from bot.wording import Quiz


def lint_question(question: Question) -> Iterator[str]:
    """Each thing wrong with ``question``, as a sentence for the person who wrote it."""
    yield from _sizes(question)
    yield from _readings(question)


def _sizes(question: Question) -> Iterator[str]:
    if len(question.options) < MIN_OPTIONS or not 0 < len(question.correct) < len(question.options):
        yield Quiz.FEW_OPTIONS
    if len(question.options) > MAX_OPTIONS:
        yield Quiz.MANY_OPTIONS.format(limit=MAX_OPTIONS)
    if len(question.question) > MAX_QUESTION:
        yield Quiz.QUESTION_LONG.format(limit=MAX_QUESTION)
    for option in question.options:
        if len(option) > MAX_OPTION:
            yield Quiz.OPTION_LONG.format(text=option, limit=MAX_OPTION)
    if len(question.explanation) > MAX_EXPLANATION or question.explanation.count("\n") > MAX_LINE_FEEDS:
        yield Quiz.EXPLANATION_LONG.format(limit=MAX_EXPLANATION, lines=MAX_LINE_FEEDS)


def _readings(question: Question) -> Iterator[str]:
    seen: set[str] = set()
    for option in question.options:
        if squash(option) in seen:
            yield Quiz.SAME_OPTIONS.format(text=option)
        seen.add(squash(option))
    right = [question.options[number] for number in question.correct]
    wrong = [option for option in question.options if option not in right]
    for one in right:
        for other in wrong:
            if squash(one) != squash(other) and _overlap(one, other):
                yield Quiz.TWO_TRUE.format(wrong=other, right=one)
        if len(squash(one)) > 1 and squash(one) in squash(question.question):
            yield Quiz.ANSWER_VISIBLE.format(text=one)


def _overlap(one: str, other: str) -> bool:
    """Whether one option is a part of the other; ``2个`` is no part of ``32个``."""
    if parse_figure(one) is not None and parse_figure(other) is not None:
        return False
    short, long = sorted((squash(one), squash(other)), key=len)
    return short in long
