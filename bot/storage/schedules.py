"""Daily questions of chats and reminders of members."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.chats import ScheduleKind, ScheduleRecord
from bot.storage.repository import Repository
from bot.storage.schema import schedules


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
