"""The bank: every question that a knowledge gives, those written by hand first, no two of them alike.

And the bank as a person reads it: by section, with the right options marked, and counted at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from string import ascii_uppercase

from bot.knowledge.model import Knowledge
from bot.quiz.generation.distractors import TermPool
from bot.quiz.generation.draft import QuestionDraft, lint_question
from bot.quiz.generation.generators import (
    blank_drafts,
    figure_drafts,
    list_drafts,
    name_drafts,
    section_drafts,
    true_false_drafts,
)
from bot.quiz.generation.handwritten import handwritten_questions
from bot.quiz.question import Question
from bot.text import squash
from bot.wording import Quiz

_FOR_A_TERM = {"name", "blank"}


def make_bank(knowledge: Knowledge, seed: int = 0) -> tuple[Question, ...]:
    """The questions on ``knowledge``, in the order of its sections. The same seed makes the same bank."""
    bank = QuestionBank()
    for question in handwritten_questions(knowledge, seed):
        bank.add(question)
    bank.add_drafts(_made(knowledge, seed), knowledge, seed)
    bank.add_drafts(section_drafts(knowledge, bank.options(), seed), knowledge, seed)
    order = {section.id: number for number, section in enumerate(knowledge.sections)}
    return tuple(sorted(bank.questions, key=lambda question: order[knowledge.point(question.point).section]))


def _made(knowledge: Knowledge, seed: int) -> Iterator[QuestionDraft]:
    """Drafts made from points and facts; of two that are alike, the first made stays."""
    terms = TermPool(knowledge)
    yield from figure_drafts(knowledge, seed)
    yield from list_drafts(knowledge, terms, seed)
    yield from name_drafts(knowledge, terms, seed)
    yield from blank_drafts(knowledge, terms, seed)
    yield from true_false_drafts(knowledge, seed)


class QuestionBank:
    """Questions, no two of which are alike.

    Alike are: two with the same id or the same words; two of one point with the same answer; two judged true or false
    in one passage; two that ask for a term of one passage; two for the same term, wherever it stands; two with two
    options in common; one for a term that stands in an option of one by hand.
    """

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self._keys: set[tuple[str, ...]] = set()

    def add_drafts(self, drafts: Iterable[QuestionDraft], knowledge: Knowledge, seed: int) -> None:
        """Add what ``drafts`` make, apart from questions with a problem."""
        for draft in drafts:
            question = draft.to_question(knowledge, seed)
            if not any(lint_question(question)):
                self.add(question)

    def options(self) -> frozenset[str]:
        """All options of the questions so far, apart from “right” and “wrong” themselves."""
        every = {option for question in self.questions for option in question.options}
        return frozenset(every - {Quiz.TRUE, Quiz.FALSE})

    def add(self, question: Question) -> None:
        """Take ``question`` in, if none is like it. Of those written by hand all are kept: lint has judged them."""
        keys = set(_keys(question))
        if question.kind == "written" or (self._keys.isdisjoint(keys) and not self._says(question)):
            self._keys |= keys
            self.questions.append(question)

    def _says(self, question: Question) -> bool:
        """Whether the options of another question on the same passage say what ``question`` leaves out."""
        if question.kind not in _FOR_A_TERM:
            return False
        answer = squash(question.options[question.correct[0]])
        others = (other for other in self.questions if other.point == question.point and other.kind == "written")
        return any(answer in squash(option) for other in others for option in other.options)


def _keys(question: Question) -> Iterator[tuple[str, ...]]:
    right = tuple(squash(question.options[number]) for number in question.correct)
    options = sorted(map(squash, question.options))
    yield "id", question.id
    yield "words", squash(question.question)
    if options == sorted((Quiz.TRUE, Quiz.FALSE)):
        yield "judged", question.point
        return
    yield "answer", question.point, *right
    if question.kind in _FOR_A_TERM:
        yield "word", question.point
    if question.kind not in {"figure", "place"}:
        yield "term", *right
        yield from (("options", one, other) for one in options for other in options if one < other)


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
