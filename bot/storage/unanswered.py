"""Reads questions without an answer. Implements ``bot.features.unanswered.ports.MissedQuestions``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.admin import KeptSettled
from bot.records.unanswered import Unanswered
from bot.storage.dialect import for_reading
from bot.storage.errors import storage_errors
from bot.storage.schema import feedback, misses, settled

MOST = 10_000
"""Questions that are read at once: grouping them takes more than a second, and older ones weigh least."""
_PART = 500  # rows


class SqlMissed:
    """Misses, answers judged with 👎, and what was dealt with."""

    def __init__(self, engine: AsyncEngine, most: int = MOST) -> None:
        self._reading = for_reading(engine)
        self._most = most

    async def unanswered(self, since: datetime) -> Sequence[Unanswered]:
        """Misses and answers judged with 👎 at or after a moment, members' first, the latest of each first; at most
        ``most``."""
        both = union_all(
            select(
                misses.c.at,
                misses.c.question,
                misses.c.verdict.label("kind"),
                misses.c.nearest,
                misses.c.visitor,
            ).where(misses.c.at >= since),
            select(
                feedback.c.at,
                feedback.c.question,
                literal("unhelpful").label("kind"),
                feedback.c.point.label("nearest"),
                feedback.c.visitor,
            ).where(feedback.c.at >= since, feedback.c.helpful.is_(False)),
        ).subquery()
        newest = both.c.visitor, both.c.at.desc(), both.c.question, both.c.kind
        rows = await self._rows(select(both).order_by(*newest).limit(self._most))
        return [Unanswered(row.at, row.question, row.kind, near=row.nearest != "", visitor=row.visitor) for row in rows]

    async def settled(self) -> Sequence[KeptSettled]:
        """The questions that were dealt with, by their cores."""
        return [KeptSettled(*row) for row in await self._rows(select(settled).order_by(settled.c.core))]

    async def _rows(self, query: Select[Any]) -> list[Any]:
        with storage_errors():
            async with self._reading.connect() as connection:
                result = await connection.stream(query)
                # in parts: others are served while thousands of rows are made
                return [row async for part in result.partitions(_PART) for row in part]
