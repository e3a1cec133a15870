"""The questions of the quiz on the knowledge that is served, without those that a quiz host has taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.knowledge.model import Knowledge
from bot.quiz.generation.bank import make_bank
from bot.quiz.item_analysis import QuestionStatistics, analyse, measured_difficulty
from bot.quiz.question import Question
from bot.threads import run_in_thread

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


KEPT = 4  # knowledges beside the one that is served: what may be next


class QuestionBankCache:
    """The questions on each knowledge, made once: beforehand if ``prepare`` is called, else when first wanted.

    ``kept``: of so many knowledges beside the one wanted last, those wanted least are let go.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._made: dict[str, tuple[Question, ...]] = {}
        self._served = ""

    def prepare(self, knowledge: Knowledge) -> tuple[Question, ...]:
        """The questions on ``knowledge``; may be called from any thread."""
        made = self._made.get(knowledge.version)
        if made is None:
            made = make_bank(knowledge)
            others = [(version, kept) for version, kept in self._made.items() if version != self._served]
            pinned = {self._served: self._made[self._served]} if self._served in self._made else {}
            self._made = {**pinned, **dict(others[1 - self._kept :]), knowledge.version: made}
        return made

    def questions_of(self, current: Callable[[], Knowledge]) -> Callable[[], tuple[Question, ...]]:
        """Gives the questions on what is ``current`` at the time of asking, which are never let go."""

        def questions() -> tuple[Question, ...]:
            knowledge = current()
            made = self.prepare(knowledge)
            if self._served != knowledge.version:
                self._served = knowledge.version
                others = {version: one for version, one in self._made.items() if version != self._served}
                self._made = {**others, self._served: made}
            return made

        return questions


class QuestionPool:
    """The questions. What was taken out is looked up whenever it matters: here at once, elsewhere in a second."""

    def __init__(self, store: ContestRepository, bank: Callable[[], Sequence[Question]]) -> None:
        self._store = store
        self._bank = bank

    def find(self, question: str) -> Question | None:
        """A question of the bank, taken out or not; None if the bank does not have it (any more)."""
        return next((found for found in self.all() if found.id == question), None)

    def all(self) -> Sequence[Question]:
        """The whole bank."""
        return self._bank()

    async def askable(self) -> tuple[Question, ...]:
        """All that may be asked. Raises StorageError."""
        out = await self.removed()
        return tuple(question for question in self.all() if question.id not in out)

    async def statistics(self) -> Mapping[str, QuestionStatistics]:
        """How the questions have done in contests, by id. Raises StorageError."""
        played = await self._store.list_played_answers()
        return await run_in_thread(lambda: analyse(played))

    async def measured_difficulty(self) -> Mapping[str, float]:
        """How hard the questions were found that enough have answered, from 0 to 1. Raises StorageError."""
        return measured_difficulty(await self._store.count_played_answers())

    async def removed(self) -> frozenset[str]:
        """The ids of those taken out. Raises StorageError."""
        return await self._store.list_removed_questions()
