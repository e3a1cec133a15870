"""Questions that were asked, counted without their words."""

from __future__ import annotations

from sqlalchemy import delete

from bot.records.admin import QuestionCount
from bot.storage.repository import Repository
from bot.storage.schema import asked


class QuestionCountRepository(Repository):
    """One row for each question; ``StatisticsRepository`` counts them."""

    async def append_counts(self, *counts: QuestionCount) -> None:
        """Append all of ``counts`` or none."""
        await self._save(*counts)

    async def delete_counts(self, who: str) -> None:
        """Delete the counts of an asker, also those that are on their way to the database."""
        await self._execute(delete(asked).where(asked.c.who == who))
