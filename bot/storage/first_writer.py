"""What only the first gets, of all processes on a database: the name of a setting, the use of a link."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.records.contests import SettingRecord
from bot.storage.engine import for_reading, insert_new
from bot.storage.repository import fetch_all
from bot.storage.schema import settings, used_links


class FirstWriter:
    """Each call is a transaction of its own. Every method raises StorageError when it could not."""

    def __init__(
        self, transaction: Callable[[], AbstractAsyncContextManager[AsyncConnection]], engine: AsyncEngine
    ) -> None:
        self._transaction = transaction
        self._reading = for_reading(engine)

    async def first(self, setting: SettingRecord) -> str:
        """Keep ``setting`` unless there is one of its owner and name; gives the value that is kept."""
        row = {"owner": setting.owner, "name": setting.name, "value": setting.value}
        kept = select(settings.c.value).where(settings.c.owner == setting.owner, settings.c.name == setting.name)
        async with self._transaction() as connection:
            await connection.execute(insert_new(connection.dialect.name, settings), row)
            return str((await connection.execute(kept)).scalar_one())

    async def use(self, nonce: str, until: datetime, now: datetime) -> bool:
        """Note that the link ``nonce``, valid ``until`` then, is used; False where it was used before."""
        async with self._transaction() as connection:
            await connection.execute(delete(used_links).where(used_links.c.until < now))
            into = insert_new(connection.dialect.name, used_links)
            result = await connection.execute(into, {"nonce": nonce, "until": until})
            return result.rowcount == 1

    async def is_used(self, nonce: str) -> bool:
        """Whether the link ``nonce`` was used, and would still be valid otherwise."""
        return bool(await fetch_all(self._reading, select(used_links.c.nonce).where(used_links.c.nonce == nonce)))
