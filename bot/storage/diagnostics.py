"""How a database is doing, found out without changing it: for ``bot doctor``."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Literal

from sqlalchemy import literal, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageError
from bot.storage.engine import SQLITE, file_of, for_reading, in_memory, make_engine, storage_errors
from bot.storage.migrate import HEAD, check_tables, stored_versions
from bot.wording import Storage

State = Literal["missing", "memory", "older", "current"]
"""``missing``: made at the first start. ``older``: brought to the present schema at the next start."""


async def examine(url: str, *, timeout_seconds: float) -> State:
    """The state of the database at ``url``. No schema is changed and no file made.

    ``timeout_seconds``: for the server or another process. Raises StorageError that says what is wrong, also
    where nothing could be written.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StorageError(Storage.BAD_URL) from None
    path = file_of(address)
    if path is not None and not await asyncio.to_thread(path.exists):
        if not await asyncio.to_thread(_can_be_made, path):
            raise StorageError(Storage.NOT_WRITABLE)
        return "missing"
    engine = await asyncio.to_thread(make_engine, url, timeout_seconds, unchanged=True)
    try:
        if in_memory(address):
            return "memory"
        with storage_errors():
            async with asyncio.timeout(timeout_seconds * 2):
                async with for_reading(engine).connect() as connection:
                    stored = await connection.run_sync(stored_versions)
                    if stored == {HEAD}:
                        await connection.run_sync(check_tables)
                async with engine.connect() as connection:  # on SQLite this takes the lock that a write takes
                    await connection.execute(select(literal(1)))
        if engine.dialect.name == SQLITE:
            await _check_pages(engine)
    finally:
        await engine.dispose()
    if stored and max(stored) > HEAD:
        raise StorageError(Storage.NEWER_SCHEMA.format(stored="、".join(sorted(stored)), known=HEAD))
    return "current" if stored == {HEAD} else "older"


async def _check_pages(engine: AsyncEngine) -> None:
    """Read every page of a file, whatever the bot reads of it. Raises StorageError where one is damaged."""
    with storage_errors():
        async with for_reading(engine).connect() as connection:
            if await connection.scalar(text("PRAGMA quick_check(1)")) != "ok":
                raise StorageError(Storage.NOT_A_DATABASE)


def nearest(path: Path) -> Path:
    """``path``, or what is there of it: in that the rest would be made."""
    path = path.absolute()
    return next(part for part in (path, *path.parents) if part.exists())


def _can_be_made(path: Path) -> bool:
    folder = nearest(path)
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
