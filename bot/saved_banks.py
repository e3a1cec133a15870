"""The question banks that organisers brought, as they are kept in the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.quiz.banks.formats import question_of
from bot.quiz.banks.model import BankQuestion
from bot.records.banks import BankRecord, BankSummary
from bot.text import readable, shorten
from bot.wording import Banks

if TYPE_CHECKING:
    from bot.storage.banks import BankRepository

MAX_NAME = 40


class SavedBanks:
    """Banks by their names. Every method raises StorageError if the database is in trouble."""

    def __init__(self, repository: BankRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock

    async def save(self, name: str, questions: Sequence[BankQuestion]) -> bool:
        """Save ``questions`` as the bank ``name``; True if it takes the place of an earlier one."""
        name = bank_name(name)
        before = await self._repository.find(name)
        content = json.dumps([asdict(question) for question in questions], ensure_ascii=False)
        await self._repository.save(BankRecord(name, self._clock(), len(questions), content))
        return before is not None

    async def find(self, name: str) -> tuple[BankQuestion, ...]:
        """The questions of the bank ``name``. Raises BotError with the names that there are if there is none."""
        found = await self._repository.find(bank_name(name))
        if found is None:
            names = "、".join(bank.name for bank in await self._repository.list())
            raise BotError(Banks.NO_BANK.format(name=bank_name(name), names=names) if names else Banks.NO_BANKS)
        return tuple(question_of(fields) for fields in json.loads(found.questions))

    async def list(self) -> Sequence[BankSummary]:
        """What there is, the bank saved last first."""
        return await self._repository.list()

    async def delete(self, name: str) -> None:
        """Delete the bank ``name``. Raises BotError if there is none."""
        await self.find(name)
        await self._repository.delete(bank_name(name))


def bank_name(name: str) -> str:
    """``name`` as banks are called: a line of at most ``MAX_NAME`` characters."""
    return shorten(" ".join(readable(name).split()), MAX_NAME) or Banks.SHEET
