"""What all repositories share: reading rows, and handing units of work to the one writer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Executable, Select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.engine import for_reading, storage_errors
from bot.storage.writer import Row, UnitOfWork


class Repository:
    """Reads on connections of ``engine``; ``write`` returns when a unit of work is durable.

    Every method of a repository raises StorageError if it could not do what it says.
    """

    def __init__(self, engine: AsyncEngine, write: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        self._reading = for_reading(engine)
        self._write = write

    async def _fetch(self, query: Select[Any]) -> list[Any]:
        """All rows that ``query`` finds."""
        return await fetch_all(self._reading, query)

    async def _save(self, *records: Row) -> None:
        """Insert or replace all of ``records`` or none."""
        if records:
            await self._write(UnitOfWork(records))

    async def _execute(self, *statements: Executable) -> None:
        """Run all of ``statements`` in their order, or none, after what was saved before."""
        await self._write(UnitOfWork(statements=statements))


async def fetch_all(reading: AsyncEngine, query: Select[Any]) -> list[Any]:
    """All rows that ``query`` finds; ``reading`` is an engine of ``engine.for_reading``. Raises StorageError."""
    with storage_errors():
        async with reading.connect() as connection:
            return list((await connection.execute(query)).all())
