"""Rows out of the database, for the classes that only read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.errors import storage_errors


async def rows_of(reading: AsyncEngine, query: Select[Any]) -> list[Any]:
    """All rows that ``query`` finds; ``reading`` is an engine of ``dialect.for_reading``. Raises StorageError."""
    with storage_errors():
        async with reading.connect() as connection:
            return list((await connection.execute(query)).all())
