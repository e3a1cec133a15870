"""Which quiz questions members find bad. Implements ``bot.features.contests.report_review.ReportBox``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.admin import DropReports, Reported
from bot.records.contests import KeptSetting
from bot.storage.dialect import for_reading
from bot.storage.errors import storage_errors
from bot.storage.schema import reports
from bot.storage.write_rows import Rows


class SqlReports:
    """Reports by question. ``write`` returns when an entry is durable."""

    def __init__(self, engine: AsyncEngine, write: Callable[[Rows], Awaitable[None]]) -> None:
        self._reading = for_reading(engine)
        self._write = write

    async def reported(self) -> Sequence[Reported]:
        """All questions that were reported, those reported most first."""
        count = func.count()
        query = select(reports.c.question, count).group_by(reports.c.question).order_by(count.desc())
        with storage_errors():
            async with self._reading.connect() as connection:
                return [Reported(*row) for row in await connection.execute(query.order_by(reports.c.question))]

    async def keep(self, *rows: KeptSetting | DropReports) -> None:
        """Keep all of ``rows`` or none; durable when it returns."""
        if rows:
            await self._write(Rows(rows))
