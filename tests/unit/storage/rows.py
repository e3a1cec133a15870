"""Makes records, and reads a database file without the store under test."""

from __future__ import annotations

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, select

from bot.records.feedback import Feedback, Miss
from bot.storage import schema
from bot.storage.store import SqlStore

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


_EMPTY: list[bytes] = []
"""A database without a row, once it was made."""


async def open_store(path: Path, *, timeout_seconds: float = 5.0) -> SqlStore:
    """A store on the file ``path``, which is made if it is not there.

    Its tables are those that the migrations made once in this process: they take ten times as long as to copy a file.
    """
    if not await asyncio.to_thread(path.exists):
        if not _EMPTY:
            await (await SqlStore.open(address(path))).close()
            _EMPTY.append(await asyncio.to_thread(path.read_bytes))
        await asyncio.to_thread(_put, path, _EMPTY[0])
    return await SqlStore.open(address(path), timeout_seconds=timeout_seconds)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(data)


def liked(key: str, question: str = "什么是三级联创", *, at: datetime = NOON, helpful: bool = True) -> Feedback:
    return Feedback(key, at, "sanji-lianchuang", question, helpful)


def missed(question: str, *, at: datetime = NOON) -> Miss:
    return Miss(at, question, "decline", "")


def feedback_in(path: Path) -> dict[str, Feedback]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            rows = [Feedback(*row) for row in connection.execute(select(schema.feedback))]
    finally:
        engine.dispose()
    assert len({row.key for row in rows}) == len(rows)
    return {row.key: row for row in rows}


def misses_in(path: Path) -> list[Miss]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            found = connection.execute(select(schema.misses).order_by(schema.misses.c.id))
            return [Miss(*row[1:]) for row in found]
    finally:
        engine.dispose()


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def set_rights(path: Path, mode: int) -> None:
    path.chmod(mode)


def exists(path: Path) -> bool:
    return path.exists()


def content(path: Path) -> bytes:
    return path.read_bytes()
