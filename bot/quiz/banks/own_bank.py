"""The questions made of a document as those of a bank, so that they are written in the same formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import BotError
from bot.knowledge.model import Knowledge
from bot.quiz.banks.model import BankKind, BankQuestion, Difficulty
from bot.quiz.question import Form, Question
from bot.wording import Quiz

_KINDS: dict[Form, BankKind] = {"single": "single", "multiple": "several", "judged": "true_false"}
_SPACES = re.compile(r"[^\S\u3000]+")  # the blanks of questions are two wide spaces
_EASY, _HARD = 0.35, 0.65


def as_bank(questions: Sequence[Question], knowledge: Knowledge) -> tuple[BankQuestion, ...]:
    """``questions`` of ``knowledge`` as those of a bank: the passage explains them, its place is their source."""
    return tuple(_converted(question, knowledge) for question in questions)


def _converted(question: Question, knowledge: Knowledge) -> BankQuestion:
    kind = _KINDS[question.form]
    options, correct = question.options, question.correct
    if kind == "true_false":  # 对 stands first in a bank
        correct = (0,) if options[correct[0]] == Quiz.TRUE else (1,)
        options = (Quiz.TRUE, Quiz.FALSE)
    chapter = citation = ""
    try:
        point = knowledge.point(question.point)
        citation = knowledge.citation(point)
        chapter = knowledge.section(point.section).title
    except BotError:  # a point that is gone: the question still stands
        pass
    explanation = question.explanation
    place = Quiz.PLACE.format(citation=citation)
    if citation and explanation.endswith(place):
        explanation = explanation[: -len(place)].rstrip("\n")
    stem = _plain(question.question).removesuffix(Quiz.SEVERAL_MARK)  # the kind says so
    options = tuple(map(_plain, options))
    difficulty = _difficulty(question.difficulty)
    return BankQuestion(
        kind, stem, options, correct, (), _plain(explanation), _plain(chapter), difficulty, _plain(citation)
    )  # fmt: skip


def _plain(text: str) -> str:
    """``text`` with single spaces, a line a line."""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _difficulty(estimated: float) -> Difficulty:
    return "易" if estimated < _EASY else "难" if estimated > _HARD else "中"
