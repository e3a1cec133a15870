"""The questions that a contest asks: on a topic or of a saved bank, those asked lately in its chat last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.contests.persistence import setup_from_json
from bot.contests.request_parser import passages_of, points_on
from bot.errors import BotError
from bot.knowledge.model import Knowledge
from bot.question_bank import QuestionPool
from bot.quiz.question import Question
from bot.quiz.question_selection import select_questions, shuffle_options
from bot.records.banks import BankSummary
from bot.saved_banks import SavedBanks
from bot.threads import run_in_thread
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

AT_ONCE: Final = 20_000
"""Questions wanted times questions there are: beyond that a draw takes so long that a thread does it."""
REMEMBERED: Final = 15
"""Contests of a chat whose questions come last."""


class QuestionSource:
    """``knowledge`` gives what is served now. Every method raises StorageError."""

    def __init__(
        self,
        store: ContestRepository,
        bank: QuestionPool,
        knowledge: Callable[[], Knowledge],
        saved_banks: SavedBanks | None = None,
    ) -> None:
        self._store = store
        self._bank = bank
        self._knowledge = knowledge
        self._saved_banks = saved_banks

    async def on_topic(self, topic: str) -> Sequence[Question]:
        """The questions on ``topic`` that may be asked, or all."""
        knowledge, askable = self._knowledge(), await self._bank.askable()
        points = points_on(knowledge, topic, passages_of(knowledge, askable)) if topic else None
        return [one for one in askable if points is None or one.point in points]

    async def bank_names(self) -> Sequence[str]:
        """The names of the saved banks that may be asked of, the one saved last first."""
        return list(await self._open_banks())

    async def saved(self, name: str, can_ask: Callable[[Question], bool]) -> Sequence[Question]:
        """The questions of the bank ``name`` that ``can_ask`` lets through.

        Raises BotError if there is no such bank or nothing of it can be asked.
        """
        banks = await self._open_banks()
        names = list(banks)
        if self._saved_banks is not None and name in await self._saved_banks.withheld():
            raise BotError(Wording.BANK_WITHHELD.format(name=name))
        if self._saved_banks is None or not names:
            raise BotError(Wording.NO_BANKS)
        if not name:
            raise BotError(Wording.BANKS.format(names="、".join(names), first=names[0]))
        if name not in names:
            raise BotError(Wording.NO_BANK.format(name=name, names="、".join(names)))
        questions, out = await self._saved_banks.playable(banks[name], self._knowledge()), await self._bank.removed()
        here = [one for one in questions if can_ask(one)]
        if not here:
            raise BotError(Wording.BANK_NOT_HERE.format(name=name))
        return [one for one in here if one.id not in out]

    async def _open_banks(self) -> dict[str, BankSummary]:
        if self._saved_banks is None:
            return {}
        withheld = await self._saved_banks.withheld()
        return {bank.name: bank for bank in await self._saved_banks.list() if bank.name not in withheld}

    async def pick(self, chat: str, seed: str, count: int, bank: Sequence[Question]) -> tuple[Question, ...]:
        """Up to ``count`` of ``bank`` in the order to ask them, with their options in an order of their own."""
        lately: list[str] = []
        for kept in reversed(await self._store.last_contests(chat, REMEMBERED)):
            with suppress(ValueError):
                lately += [question.id for question in setup_from_json(kept.setup, "").questions]
        measured = await self._bank.measured_difficulty()

        def select() -> tuple[Question, ...]:
            return select_questions(bank, count, seed, recent=lately, measured=measured)

        picked = await run_in_thread(select) if count * len(bank) > AT_ONCE else select()
        return tuple(shuffle_options(question, seed) for question in picked)
