"""The questions of the quiz on the knowledge that is served."""

from __future__ import annotations

from collections.abc import Callable

from bot.knowledge.model import Knowledge
from bot.quiz.make import make
from bot.quiz.question import Question


class Bank:
    """The questions on the knowledge that is served now, made when they are first wanted."""

    def __init__(self, knowledge: Callable[[], Knowledge]) -> None:
        self._knowledge = knowledge
        self._made: tuple[Knowledge, tuple[Question, ...]] | None = None

    def questions(self) -> tuple[Question, ...]:
        """The bank."""
        knowledge = self._knowledge()
        if self._made is None or self._made[0] is not knowledge:
            self._made = (knowledge, make(knowledge))
        return self._made[1]
