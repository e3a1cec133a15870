"""Questions without an answer, and what was done about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, delete, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.unanswered import SettledRecord, Unanswered
from bot.storage.engine import storage_errors
from bot.storage.repository import Repository, UnitOfWork
from bot.storage.schema import feedback, misses, settled

MOST = 10_000
"""Questions that are read at once: grouping them takes more than a second, and older ones weigh least."""
_PART = 500  # rows


class UnansweredRepository(Repository):
    """Misses, answers judged with 👎, and what was dealt with."""

    def __init__(self, engine: AsyncEngine, write: Callable[[UnitOfWork], Awaitable[None]], most: int = MOST) -> None:
        super().__init__(engine, write)
        self._most = most

    async def list_unanswered(self, since: datetime) -> Sequence[Unanswered]:
        """Misses and answers judged with 👎 at or after a moment, members' first, the latest of each first; at most
        ``most``."""
        both = union_all(
            select(
                misses.c.at,
                misses.c.question,
                misses.c.verdict.label("kind"),
                misses.c.nearest,
                misses.c.visitor,
                misses.c.document,
            ).where(misses.c.at >= since),
            select(
                feedback.c.at,
                feedback.c.question,
                case((feedback.c.reason != "", feedback.c.reason), else_="unhelpful").label("kind"),
                feedback.c.point.label("nearest"),
                feedback.c.visitor,
                feedback.c.document,
            ).where(feedback.c.at >= since, feedback.c.helpful.is_(False)),
        ).subquery()
        newest = both.c.visitor, both.c.at.desc(), both.c.question, both.c.kind
        rows = await self._rows(select(both).order_by(*newest).limit(self._most))
        return [
            Unanswered(row.at, row.question, row.kind, row.nearest != "", row.visitor, row.document) for row in rows
        ]

    async def delete_miss(self, key: str) -> None:
        """Delete the misses of that key, also those that are on their way to the database."""
        await self._execute(delete(misses).where(misses.c.key == key))

    async def list_settled(self) -> Sequence[SettledRecord]:
        """The questions that were dealt with, by their cores."""
        return [SettledRecord(*row) for row in await self._rows(select(settled).order_by(settled.c.core))]

    async def save_settled(self, *rows: SettledRecord) -> None:
        """Save all of ``rows`` or none, each instead of an earlier one of the same core."""
        await self._save(*rows)

    async def delete_settled(self, cores: Collection[str]) -> None:
        """Questions of these ``cores`` are not dealt with after all."""
        await self._execute(delete(settled).where(settled.c.core.in_(cores)))

    async def _rows(self, query: Select[Any]) -> list[Any]:
        with storage_errors():
            async with self._reading.connect() as connection:
                result = await connection.stream(query)
                # in parts: others are served while thousands of rows are made
                return [row async for part in result.partitions(_PART) for row in part]
