"""The questions of the quiz on the knowledge that is served."""

from __future__ import annotations

from collections.abc import Callable

from bot.knowledge.model import Knowledge
from bot.quiz.generation.bank import make
from bot.quiz.question import Question

KEPT = 4  # knowledges beside the one that is served: what may be next


class Bank:
    """The questions on each knowledge, made once: beforehand where somebody thinks of it, else when first wanted."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Question, ...]] = {}
        self._served = ""

    def prepare(self, knowledge: Knowledge) -> tuple[Question, ...]:
        """The questions on ``knowledge``; may be called from any thread."""
        made = self._made.get(knowledge.version)
        if made is None:
            made = make(knowledge)
            others = [(version, kept) for version, kept in self._made.items() if version != self._served]
            pinned = {self._served: self._made[self._served]} if self._served in self._made else {}
            self._made = {**pinned, **dict(others[1 - KEPT :]), knowledge.version: made}
        return made

    def on(self, current: Callable[[], Knowledge]) -> Callable[[], tuple[Question, ...]]:
        """Gives the questions on what is ``current`` at the time of asking, which are never let go."""

        def questions() -> tuple[Question, ...]:
            knowledge = current()
            made = self.prepare(knowledge)
            self._served = knowledge.version
            return made

        return questions
