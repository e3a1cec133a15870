"""What is set for a chat: its quiet hours, and how it plays quizzes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.chats import QuietHoursRecord, QuizSettingsRecord
from bot.storage.repository import Repository
from bot.storage.schema import quiet_hours, quiz_settings


class ChatSettingsRepository(Repository):
    """Quiet hours and quiz settings, by chat."""

    async def find_quiet_hours(self, chat: str) -> QuietHoursRecord | None:
        """The quiet hours of ``chat``, if it has any."""
        query = select(quiet_hours).where(quiet_hours.c.chat == chat)
        return next((QuietHoursRecord(*row) for row in await self._fetch(query)), None)

    async def list_quiet_hours(self) -> Sequence[QuietHoursRecord]:
        """The quiet hours of all chats that have some, by chat."""
        return [QuietHoursRecord(*row) for row in await self._fetch(select(quiet_hours).order_by(quiet_hours.c.chat))]

    async def save_quiet_hours(self, hours: QuietHoursRecord) -> None:
        """Save ``hours``, instead of earlier ones of the same chat."""
        await self._save(hours)

    async def delete_quiet_hours(self, chat: str) -> None:
        """Delete the quiet hours of ``chat``, if it has any."""
        await self._execute(delete(quiet_hours).where(quiet_hours.c.chat == chat))

    async def find_quiz_settings(self, chat: str) -> QuizSettingsRecord | None:
        """The quiz settings of ``chat`` itself, if it has any; a topic may go by those of its group."""
        query = select(quiz_settings).where(quiz_settings.c.chat == chat)
        return next((QuizSettingsRecord(*row) for row in await self._fetch(query)), None)

    async def save_quiz_settings(self, settings: QuizSettingsRecord) -> None:
        """Save ``settings``, instead of earlier ones of the same chat."""
        await self._save(settings)

    async def delete_quiz_settings(self, chat: str) -> None:
        """Delete the quiz settings of ``chat``, if it has any."""
        await self._execute(delete(quiz_settings).where(quiz_settings.c.chat == chat))
