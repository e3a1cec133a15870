"""The question banks that organisers brought, as they are kept in the database."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

from bot.errors import BotError
from bot.knowledge.model import Knowledge
from bot.quiz.banks.formats import question_of
from bot.quiz.banks.model import BankQuestion
from bot.quiz.banks.play import playable_questions
from bot.quiz.question import Question
from bot.records.banks import BankRecord, BankSummary
from bot.text import readable, shorten
from bot.threads import run_in_thread
from bot.wording import Banks

if TYPE_CHECKING:
    from bot.storage.banks import BankRepository

MAX_NAME = 40
MAX_PLAYABLE: Final = 8
"""Banks that are held as quizzes ask them: linking thousands of questions to their passages takes seconds."""


async def _nothing() -> Collection[str]:
    return ()


class SavedBanks:
    """Banks by their names. Every method raises StorageError if the database is in trouble.

    A bank may have thousands of questions: whatever goes through all of them is done in a thread.
    """

    def __init__(self, repository: BankRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock
        self.withheld: Callable[[], Awaitable[Collection[str]]] = _nothing
        """Gives the names of banks that no quiz may ask of now, as papers are written on them or will be."""
        self._playable: LRUCache[tuple[str, datetime, str], Sequence[Question]] = LRUCache(MAX_PLAYABLE)

    async def save(self, name: str, questions: Sequence[BankQuestion]) -> bool:
        """Save ``questions`` as the bank ``name``; True if it takes the place of an earlier one."""
        name = bank_name(name)
        before = await self._repository.find(name)
        content = await run_in_thread(
            lambda: json.dumps([asdict(question) for question in questions], ensure_ascii=False)
        )
        await self._repository.save(BankRecord(name, self._clock(), len(questions), content))
        return before is not None

    async def find(self, name: str) -> tuple[BankQuestion, ...]:
        """The questions of the bank ``name``. Raises BotError with the names that there are if there is none."""
        content = (await self._record(name)).questions
        return await run_in_thread(lambda: tuple(question_of(fields) for fields in json.loads(content)))

    async def playable(self, bank: BankSummary, knowledge: Knowledge) -> Sequence[Question]:
        """The questions of ``bank`` as quizzes on ``knowledge`` ask them. Raises BotError if it is gone."""
        key = (bank.name, bank.saved_at, knowledge.version)
        known = self._playable.get(key)
        if known is None:
            saved = await self.find(bank.name)
            known = self._playable[key] = await run_in_thread(lambda: playable_questions(saved, knowledge))
        return known

    async def list(self) -> Sequence[BankSummary]:
        """What there is, the bank saved last first."""
        return await self._repository.list()

    async def delete(self, name: str) -> None:
        """Delete the bank ``name``. Raises BotError if there is none."""
        await self._record(name)
        await self._repository.delete(bank_name(name))

    async def _record(self, name: str) -> BankRecord:
        found = await self._repository.find(bank_name(name))
        if found is None:
            names = "、".join(bank.name for bank in await self._repository.list())
            raise BotError(Banks.NO_BANK.format(name=bank_name(name), names=names) if names else Banks.NO_BANKS)
        return found


def bank_name(name: str) -> str:
    """``name`` as banks are called: a line of at most ``MAX_NAME`` characters."""
    return shorten(" ".join(readable(name).split()), MAX_NAME) or Banks.SHEET
