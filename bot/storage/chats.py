"""What is stored of chats: groups that the bot is in, quiet hours, quiz settings, daily questions and reminders."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.chats import GroupRecord, QuietHoursRecord, QuizSettingsRecord, ScheduleKind, ScheduleRecord
from bot.storage.repository import Repository
from bot.storage.schema import chats, quiet_hours, quiz_settings, schedules


class GroupRepository(Repository):
    """Groups by their keys."""

    async def list_groups(self) -> Sequence[GroupRecord]:
        """All groups, by title."""
        return [GroupRecord(*row) for row in await self._fetch(select(chats).order_by(chats.c.title, chats.c.chat))]

    async def save_group(self, group: GroupRecord) -> None:
        """Save ``group``, instead of an earlier one of the same key."""
        await self._save(group)

    async def delete_group(self, chat: str) -> None:
        """Delete the group of that key, if there is one."""
        await self._execute(delete(chats).where(chats.c.chat == chat))


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


class ScheduleRepository(Repository):
    """At most one schedule of each kind for a chat."""

    async def find_schedule(self, chat: str, kind: ScheduleKind) -> ScheduleRecord | None:
        """The schedule of that kind of ``chat``, if it has one."""
        query = select(schedules).where(schedules.c.chat == chat, schedules.c.kind == kind)
        return next((ScheduleRecord(*row) for row in await self._fetch(query)), None)

    async def list_schedules(self, kind: ScheduleKind) -> Sequence[ScheduleRecord]:
        """The schedules of that kind of all chats, by chat."""
        query = select(schedules).where(schedules.c.kind == kind).order_by(schedules.c.chat)
        return [ScheduleRecord(*row) for row in await self._fetch(query)]

    async def save_schedule(self, schedule: ScheduleRecord) -> None:
        """Save ``schedule``, instead of an earlier one of the same chat and kind."""
        await self._save(schedule)

    async def delete_schedule(self, chat: str, kind: ScheduleKind) -> None:
        """Delete the schedule of that kind of ``chat``, if it has one."""
        await self._execute(delete(schedules).where(schedules.c.chat == chat, schedules.c.kind == kind))
