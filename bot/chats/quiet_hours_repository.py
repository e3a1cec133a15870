"""Which chats want quiet hours, and waiting until they are over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from bot.chats.quiet_hours import QuietHours, quiet_hours_of
from bot.errors import StorageError
from bot.records.chat_key import group_of
from bot.records.contests import KeptSetting
from bot.records.feedback import Clock

NAME: Final = "quiet"
LONGEST_NAP: Final = 60.0  # seconds: hours that are changed, and a clock that is set, are noticed after that
_log = logging.getLogger(__name__)


class SettingStore(Protocol):
    """Where settings are kept; ``bot.records.contests.QuizStore`` is one. Every method raises StorageError."""

    async def keep(self, *rows: KeptSetting) -> None:
        """Keep all of ``rows`` or none; durable when it returns."""

    async def settings(self, name: str) -> Sequence[KeptSetting]:
        """A setting of everybody who has it."""

    async def setting(self, owner: str, name: str) -> str:
        """A setting of one chat or member; nothing where there is none."""


class QuietHoursRepository:
    """The quiet hours of all chats, by the clocks of ``zone``. Those of a group are those of its topics too."""

    def __init__(
        self,
        store: SettingStore,
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
        return self._read(await self._store.setting(group_of(chat), NAME))

    async def load_all(self) -> Mapping[str, QuietHours]:
        """The quiet hours of all chats that have some, by the key of the whole chat. Raises StorageError."""
        found = [(row.owner, self._read(row.value)) for row in await self._store.settings(NAME)]
        return {owner: hours for owner, hours in found if hours is not None}

    async def ends_at(self, chat: str) -> datetime | None:
        """When the quiet hours of ``chat`` are over, where it is in them now. Raises StorageError."""
        hours = await self.load(chat)
        return hours.until(self._clock()) if hours is not None else None

    async def save(self, chat: str, hours: QuietHours | None) -> None:
        """Let ``chat`` have these quiet hours, or none. Raises StorageError."""
        await self._store.keep(KeptSetting(group_of(chat), NAME, "" if hours is None else str(hours)))

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

    def _read(self, value: str) -> QuietHours | None:
        hours = quiet_hours_of(value, self.zone) if value else None
        if value and hours is None:
            _log.warning("quiet hours cannot be read and are left out")
        return hours
