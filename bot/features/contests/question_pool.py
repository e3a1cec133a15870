"""What is asked: the bank that is served now, without the questions that a quiz host has taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.quiz.question import Question
from bot.records.contests import KeptSetting, QuizStore

_SETTING: Final = "out"
_OWNER: Final = "question:"  # no chat and no member has such a key


class Questions:
    """The questions. What was taken out is looked up whenever it matters, so it holds at once and in every process."""

    def __init__(self, store: QuizStore, bank: Callable[[], Sequence[Question]]) -> None:
        self._store = store
        self._bank = bank

    def find(self, question: str) -> Question | None:
        """A question of the bank, taken out or not; None where the bank does not have it (any more)."""
        return next((found for found in self.all() if found.id == question), None)

    def all(self) -> Sequence[Question]:
        """The whole bank."""
        return self._bank()

    async def askable(self) -> tuple[Question, ...]:
        """All that may be asked. Raises StorageError."""
        out = await self.out()
        return tuple(question for question in self.all() if question.id not in out)

    async def out(self) -> frozenset[str]:
        """The ids of those taken out. Raises StorageError."""
        return frozenset(row.owner.removeprefix(_OWNER) for row in await self._store.settings(_SETTING))


def taken_out(question: str, out: bool) -> KeptSetting:
    """The row that takes a question out, or back in."""
    return KeptSetting(f"{_OWNER}{question}", _SETTING, "1" if out else "")
