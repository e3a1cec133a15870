"""Quiz questions that members find bad, and those that are not asked any more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from bot.records.admin import ReportCount
from bot.records.contests import RemovedQuestionRecord
from bot.storage.repository import Repository
from bot.storage.schema import removed_questions, reports


class QuestionReportRepository(Repository):
    """Reports by question, and the questions that a quiz host has removed."""

    async def list_reported(self) -> Sequence[ReportCount]:
        """All questions that were reported, those reported most first."""
        count = func.count()
        query = select(reports.c.question, count).group_by(reports.c.question)
        return [ReportCount(*row) for row in await self._fetch(query.order_by(count.desc(), reports.c.question))]

    async def delete_reports(self, question: str) -> None:
        """Delete all reports of ``question``."""
        await self._execute(delete(reports).where(reports.c.question == question))

    async def list_removed_questions(self) -> frozenset[str]:
        """The ids of the quiz questions that are not asked any more."""
        return frozenset(row[0] for row in await self._fetch(select(removed_questions)))

    async def remove_question(self, question: str) -> None:
        """Ask that question no more."""
        await self._save(RemovedQuestionRecord(question))

    async def restore_question(self, question: str) -> None:
        """Ask that question again."""
        await self._execute(delete(removed_questions).where(removed_questions.c.question == question))
