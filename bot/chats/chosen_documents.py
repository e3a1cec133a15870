"""Which document of a shelf each chat reads, saved and looked up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

from bot.chats.scheduler import Due
from bot.library import Library
from bot.records.chats import ScheduleRecord, group_of, is_topic
from bot.records.contests import SettingRecord

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

MAX_REMEMBERED: Final = 20_000
"""Chats whose choice is held; the others are looked up again."""
_NAME: Final = "document"


class ChosenDocuments:
    """The keys of documents by chat, empty where nobody chose. A topic of a group may choose for itself."""

    def __init__(self, store: ContestRepository) -> None:
        self._store = store
        self._known: LRUCache[str, str] = LRUCache(MAX_REMEMBERED)

    async def of(self, chat: str) -> str:
        """The key that was chosen in ``chat``, else in the group that it is a topic of. Raises StorageError."""
        own = await self._chosen(chat)
        return own or (await self._chosen(group_of(chat)) if is_topic(chat) else "")

    async def choose(self, chat: str, key: str) -> None:
        """``chat`` reads the document ``key`` from now on. Raises StorageError, and then it does not."""
        await self._store.save(SettingRecord(chat, _NAME, key))
        self._known[chat] = key

    async def forget(self, chat: str) -> None:
        """Remember nothing of a chat that the store forgets by itself."""
        self._known.pop(chat, None)

    async def _chosen(self, chat: str) -> str:
        found = self._known.get(chat)
        if found is None:
            found = self._known[chat] = await self._store.setting(chat, _NAME)
        return found


@asynccontextmanager
async def reading_chosen(library: Library, choices: ChosenDocuments, chat: str) -> AsyncIterator[None]:
    """Within, ``library.current`` is the document that ``chat`` reads. Raises StorageError."""
    key = await choices.of(chat) if library.is_shelf else ""
    with library.reading(key):
        yield


def in_chosen_document(library: Library, choices: ChosenDocuments, due: Due) -> Due:
    """``due``, of the document that its chat reads."""

    async def do(schedule: ScheduleRecord, moment: datetime) -> None:
        async with reading_chosen(library, choices, schedule.chat):
            await due(schedule, moment)

    return do
