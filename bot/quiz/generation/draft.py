"""A ``QuestionDraft``: what a generator of questions returns. Its options are still apart, right from wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.knowledge.model import Knowledge, Point
from bot.quiz.generation.clauses import elide_around
from bot.quiz.question import MAX_EXPLANATION, Question, QuestionKind
from bot.quiz.seeded_random import digest, seeded_shuffle
from bot.wording import Quiz

_ASKS = re.compile("什么|谁|哪|几|怎样|怎么|多少|如何")


def is_question(text: str) -> bool:
    """Whether ``text`` asks by itself, and needs no “是什么” behind it."""
    return _ASKS.search(text) is not None


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question before its options are put in order.

    ``asked`` are the words of the source that the question is about: its id hangs on them and on its kind, so that it
    keeps its id when other wrong options are drawn. ``quote`` is verbatim, ``focus`` the part of it that must not
    be cut off in the explanation. ``fixed``: the options stay as they are, right ones first or not.
    """

    kind: QuestionKind
    point: Point
    asked: tuple[str, ...]
    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    quote: str
    focus: str = ""
    fixed: tuple[str, ...] = ()
    id: str = ""

    def to_question(self, knowledge: Knowledge, seed: int) -> Question:
        """The question, its options in the order that ``seed`` draws."""
        id = self.id or f"{self.kind}-{digest(self.kind, *self.asked)[:10]}"
        options = self.fixed or tuple(seeded_shuffle((*self.right, *self.wrong), seed, id))
        return Question(
            id=id,
            kind=self.kind,
            point=self.point.id,
            question=self.question,
            options=options,
            correct=tuple(number for number, option in enumerate(options) if option in self.right),
            explanation=make_explanation(self.quote, self.focus, knowledge.citation(self.point)),
            quote=self.quote,
        )


def make_explanation(quote: str, focus: str, citation: str) -> str:
    """``quote`` and where it stands, in what a poll can carry; cut at a clause's end around ``focus``."""
    room = MAX_EXPLANATION - len(Quiz.EXPLANATION.format(quote="", citation=citation))
    return Quiz.EXPLANATION.format(quote=elide_around(quote, focus or quote[:1], max(room, 3)), citation=citation)
