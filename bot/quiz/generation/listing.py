"""The bank as a person reads it: by section, with the right options marked, and counted at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from string import ascii_uppercase

from bot.knowledge.model import Knowledge
from bot.quiz.question import Question
from bot.wording import Quiz


def bank_lines(knowledge: Knowledge, bank: Sequence[Question]) -> Iterator[str]:
    """The lines of the list of ``bank``, which was made from ``knowledge``."""
    if not bank:
        yield Quiz.EMPTY
        return

    def section(question: Question) -> str:
        return knowledge.point(question.point).section

    number = 0
    for id, questions in groupby(bank, key=section):
        yield knowledge.section(id).title
        for question in questions:
            number += 1
            yield from _lines(number, question)
        yield ""
    yield Quiz.BY_KIND.format(counts=_counts({Quiz.KINDS[kind]: count for kind, count in _kinds(bank).items()}))
    sections = Counter(knowledge.section(section(question)).title for question in bank)
    yield Quiz.BY_SECTION.format(counts=_counts(sections))
    yield Quiz.TOTAL.format(count=len(bank))
    written = sum(question.kind == "written" for question in bank)
    if inactive := len(knowledge.quiz_additions.questions) - written:
        yield Quiz.RESTING.format(count=inactive)


def _lines(number: int, question: Question) -> Iterator[str]:
    yield Quiz.LISTED.format(number=number, kind=Quiz.KINDS[question.kind], question=question.question)
    for place, option in enumerate(question.options):
        mark = Quiz.RIGHT_MARK if place in question.correct else Quiz.WRONG_MARK
        yield Quiz.OPTION.format(mark=mark, letter=ascii_uppercase[place], option=option)
    for line in question.explanation.splitlines():
        yield Quiz.EXPLAINED.format(explanation=line)


def _kinds(bank: Sequence[Question]) -> Counter[str]:
    return Counter(question.kind for question in bank)


def _counts(counts: Mapping[str, int]) -> str:
    return "、".join(f"{name} {count}" for name, count in counts.items())
