"""Which Telegram updates were handled, and which are still to be, although Telegram will not send them again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.telegram_updates import UpdateRecord
from bot.storage.repository import Repository, UnitOfWork
from bot.storage.schema import telegram_updates as updates


class UpdateLogRepository(Repository):
    """The updates of ``bot``, kept across restarts."""

    def __init__(self, engine: AsyncEngine, write: Callable[[UnitOfWork], Awaitable[None]], bot: int) -> None:
        super().__init__(engine, write)
        self._bot = bot

    async def mark_handled(self, update_ids: Collection[int]) -> None:
        """Save that updates were handled; their bodies, if they were parked, are deleted. All of them or none."""
        await self._save(*(UpdateRecord(self._bot, update_id, None) for update_id in update_ids))

    async def park(self, update_id: int, body: str) -> None:
        """Save an update that is still to be handled."""
        await self._save(UpdateRecord(self._bot, update_id, body))

    async def delete_handled(self, below: int) -> None:
        """Delete the updates with a smaller id that were handled; those still to be handled stay."""
        await self._execute(
            delete(updates).where(updates.c.bot == self._bot, updates.c.id < below, updates.c.body.is_(None))
        )

    async def handled_ids(self) -> frozenset[int]:
        """The ids of those that were handled."""
        return frozenset(await self._values(updates.c.id, updates.c.body.is_(None)))

    async def parked(self) -> list[str]:
        """The bodies of those that are still to be handled, oldest first."""
        return await self._values(updates.c.body, updates.c.body.is_not(None))

    async def _values(self, column: Column[Any], which: ColumnElement[bool]) -> list[Any]:
        query = select(column).where(updates.c.bot == self._bot, which).order_by(updates.c.id)
        return [row[0] for row in await self._fetch(query)]
