"""Which chats want quiet hours, and waiting until they are over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.chats.quiet_hours import QuietHours
from bot.errors import StorageError
from bot.records.chats import QuietHoursRecord, group_of
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.chats import ChatSettingsRepository


LONGEST_NAP: Final = 60.0  # seconds: hours that are changed, and a clock that is set, are noticed after that
_log = logging.getLogger(__name__)


class QuietHoursRepository:
    """The quiet hours of all chats, by the clocks of ``zone``. Those of a group are those of its topics too."""

    def __init__(
        self,
        store: ChatSettingsRepository,
        clock: Clock,
        zone: str,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.zone = zone
        self._store = store
        self._clock = clock
        self._sleep = sleep

    async def load(self, chat: str) -> QuietHours | None:
        """The quiet hours of ``chat``, if it has any. Raises StorageError."""
        stored = await self._store.find_quiet_hours(group_of(chat))
        return None if stored is None else self._read(stored)

    async def load_all(self) -> Mapping[str, QuietHours]:
        """The quiet hours of all chats that have some, by the key of the whole chat. Raises StorageError."""
        return {stored.chat: self._read(stored) for stored in await self._store.list_quiet_hours()}

    async def ends_at(self, chat: str) -> datetime | None:
        """When the quiet hours of ``chat`` are over, if it is in them now. Raises StorageError."""
        hours = await self.load(chat)
        return hours.until(self._clock()) if hours is not None else None

    async def save(self, chat: str, hours: QuietHours | None) -> None:
        """Let ``chat`` have these quiet hours, or none. Raises StorageError."""
        if hours is None:
            await self._store.delete_quiet_hours(group_of(chat))
        else:
            await self._store.save_quiet_hours(QuietHoursRecord(group_of(chat), hours.begin, hours.end))

    async def wait_until_over(self, chat: str) -> None:
        """Return when ``chat`` has no quiet hours."""
        while True:
            try:
                until = await self.ends_at(chat)
            except StorageError as error:
                _log.warning("quiet hours cannot be read: %s", error)
                await self._sleep(LONGEST_NAP)
                continue
            if until is None:
                return
            await self._sleep(min((until - self._clock()).total_seconds(), LONGEST_NAP))

    def _read(self, stored: QuietHoursRecord) -> QuietHours:
        return QuietHours(stored.starts, stored.ends, ZoneInfo(self.zone))
