"""A quiz question → its letters, its options to tap, and whether an answer was right. Pure; words from ``wording``."""

from __future__ import annotations

from bot.conversation.messages import AnswerForm, Choice, Code, Part, Reply
from bot.quiz.question import Question
from bot.wording import Contests as Wording
from bot.wording import Reports

LETTERS = "ABCDEFGHIJKL"


def several_of(of: Question) -> str:
    """That several options are right, where it is so and the question does not say it itself."""
    return Wording.SEVERAL if len(of.correct) > 1 and Wording.SEVERAL not in of.question else ""


def lettered(of: Question, index: int) -> str:
    """An option with its letter."""
    return Wording.OPTION.format(letter=LETTERS[index], option=of.options[index])


def right_answer(of: Question) -> str:
    """All right options with their letters."""
    return "；".join(lettered(of, index) for index in of.correct)


def verdict(of: Question, right: bool, answer: str = "") -> Reply:
    """Whether an answer was right, and the passage that says so; ``answer`` spells the right one, if not by letters."""
    text = Wording.RIGHT if right else Wording.WRONG.format(answer=answer or right_answer(of))
    return judged(text, of)


def judged(text: str, of: Question) -> Reply:
    """``text``, which says what was right, with the passage that says so and a button to report the question."""
    report = Choice(Reports.BUTTON, Code.QUIZ.to(f"e-{of.id}"))
    return Reply((Part("text", text), Part("note", of.explanation)), tools=(report,))


def form_of(of: Question, action: str) -> AnswerForm:
    """The options to choose from; ``action`` stands before the index."""
    return AnswerForm(action, tuple(lettered(of, n) for n in range(len(of.options))), several=len(of.correct) > 1)
