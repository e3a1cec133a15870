"""A quiz question → its letters, its options to tap, and whether an answer was right. Pure; words from ``wording``."""

from __future__ import annotations

from contextlib import suppress

from bot.conversation.messages import AnswerForm, Choice, Code, Part, Reply
from bot.errors import UnknownPointError
from bot.knowledge.model import Knowledge
from bot.quiz.question import Question
from bot.quiz.seeded_random import digest
from bot.text import squash
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
    """All right options with their letters; what may be typed, if there are none."""
    if of.is_typed:
        return Wording.OR.join(of.accepted)
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


def place_of_question(knowledge: Knowledge, of: Question) -> str:
    """Where the answer to a question stands, as citations have it; nothing if its point is gone."""
    with suppress(UnknownPointError):
        return knowledge.citation(knowledge.point(of.point))
    return ""


def hint(of: Question, place: str, given: int) -> Reply:
    """A hint: how many are right, where it stands, and what is wrong, one option more each time that one is wanted.

    ``given``: so many hints were given before. ``place``: where the answer stands, or nothing.
    """
    words = [squash(option) for option in of.options]
    parts = [Wording.HINT_SEVERAL.format(count=len(of.correct))] if len(of.correct) > 1 else []
    said = squash(place)
    if place and not any(word in said or said in word for word in words):  # which part says it may be what is asked
        parts.append(Wording.HINT_PLACE.format(place=place))
    wrong = [index for index in range(len(of.options)) if index not in of.correct]
    out = sorted(wrong, key=lambda index: digest(of.id, of.options[index]))[: min(given + 1, len(wrong) - 1)]
    if out:
        parts.append(Wording.HINT_WRONG.format(letters="、".join(LETTERS[index] for index in sorted(out))))
    return Reply((Part("text", "".join(parts) or Wording.NO_HINT),), expects_answer=True)


def unread(of: Question) -> Reply:
    """That an answer could not be read, and how to give one."""
    if of.is_typed:
        return Reply((Part("text", Wording.HOW_TYPED),), expects_answer=True)
    letters = Wording.LETTERS.format(first=LETTERS[0], last=LETTERS[len(of.options) - 1])
    sentence = Wording.UNREAD_SEVERAL if len(of.correct) > 1 else Wording.UNREAD_ANSWER
    return Reply((Part("text", sentence.format(letters=letters)),), expects_answer=True)


def passed(of: Question, answer: str = "") -> Reply:
    """What was right, to whoever does not know, with the passage that says so."""
    return judged(Wording.PASSED.format(answer=answer or right_answer(of)), of)
