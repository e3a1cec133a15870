"""What a setter of quizzes would strike in a question that can be asked all the same: told to who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.quiz.generation.number_with_unit import differs_by_one_digit
from bot.quiz.question import Question
from bot.text import squash
from bot.wording import Lint

_LONGER, _LONGER_BY = 1.5, 5
"""How many times as long as every wrong option, and by how many characters, a right one stands out."""
_FEW_WORDS = 8  # characters of a question for a figure that does not say of what it is one
_DIGITS = 3  # from so many on, one digit more or less is a test of eyesight
_ALIKE = 0.75  # of the pairs of characters, from which two questions ask for the same


def style_faults(question: Question) -> Iterator[str]:
    """Each thing that gives the answer away or asks for nothing worth knowing, as a sentence."""
    right = [question.options[index] for index in question.correct]
    wrong = [option for option in question.options if option not in right]
    longest = max(map(len, wrong))
    for option in right:
        if len(right) == 1 and len(option) >= max(_LONGER * longest, longest + _LONGER_BY):
            yield Lint.RIGHT_LONGEST.format(id=question.id, text=option)
        if any(differs_by_one_digit(option, other) and _digits(option) >= _DIGITS for other in wrong):
            yield Lint.DIGIT_SLIP.format(id=question.id, text=option)
    if len({_is_quoted(option) for option in right}) == 1 and {*map(_is_quoted, wrong)} == {not _is_quoted(right[0])}:
        yield Lint.QUOTED_ALONE.format(id=question.id)
    if right[0][0].isdecimal() and len(squash(question.question)) < _FEW_WORDS:
        yield Lint.NO_SUBJECT.format(id=question.id)


def doubles(questions: Sequence[Question]) -> Iterator[tuple[Question, Question]]:
    """Each question that asks for the same as an earlier one, in nearly the same words, with that one."""
    seen: list[tuple[frozenset[str], Question]] = []
    for question in questions:
        words = squash(question.question + "".join(sorted(question.options[index] for index in question.correct)))
        pairs = frozenset(words[at : at + 2] for at in range(len(words) - 1))
        twin = next(
            (other for found, other in seen if pairs and len(pairs & found) > _ALIKE * len(pairs | found)), None
        )
        if twin is not None:
            yield question, twin
        seen.append((pairs, question))


def _digits(text: str) -> int:
    return len(re.findall(r"\d", text))


def _is_quoted(option: str) -> bool:
    return "“" in option
