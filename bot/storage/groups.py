"""The groups that the bot is in. Implements ``bot.chats.group_registry.GroupStore``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.admin import DropChat, KeptChat
from bot.storage.dialect import for_reading
from bot.storage.errors import storage_errors
from bot.storage.schema import chats
from bot.storage.write_rows import Rows


class SqlGroups:
    """Groups. ``write`` returns when an entry is durable."""

    def __init__(self, engine: AsyncEngine, write: Callable[[Rows], Awaitable[None]]) -> None:
        self._reading = for_reading(engine)
        self._write = write

    async def keep(self, *rows: KeptChat | DropChat) -> None:
        """Keep all of ``rows`` or none; durable when it returns."""
        if rows:
            await self._write(Rows(rows))

    async def groups(self) -> Sequence[KeptChat]:
        """All groups, by title."""
        with storage_errors():
            async with self._reading.connect() as connection:
                found = await connection.execute(select(chats).order_by(chats.c.title, chats.c.chat))
                return [KeptChat(*row) for row in found.all()]
