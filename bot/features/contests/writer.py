"""Saves what contests are and where they run, also while the database is in trouble."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

from bot.errors import StorageError
from bot.features.contests.serialization import all_rows_of
from bot.features.contests.session import ContestSession
from bot.records.contests import BoardRecord, ContestRow, MemberRecord, PollRecord, SettingRecord
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


RETRY: Final = 1.0  # seconds between two tries to keep what a database in trouble did not take
_OTHERS = (BoardRecord, MemberRecord, PollRecord, SettingRecord)
"""Rows that do not follow from a contest."""
_log = logging.getLogger(__name__)


class ContestWriter:
    """What all contests have kept. ``sleep`` waits before the next try."""

    def __init__(self, store: ContestRepository, clock: Clock, sleep: Callable[[float], Awaitable[object]]) -> None:
        self._store = store
        self._clock = clock
        self._sleep = sleep

    async def keep(self, running: ContestSession, rows: Sequence[ContestRow]) -> None:
        """Keep ``rows``. Where the database is in trouble: all of the contest, again and again until it is kept."""
        if not running.unsaved:
            try:
                await self._store.keep(*rows)
            except StorageError as error:
                _log.warning("a step of a contest is not kept yet: %s", error)
                running.unsaved = True
            else:
                return
        others = [row for row in rows if isinstance(row, _OTHERS)]
        async with running.saving:
            while not running.dropped:
                everything = [*all_rows_of(running.contest, self._clock(), told=running.told), *others]
                try:
                    await self._store.keep(*everything)
                except StorageError as error:
                    _log.debug("still not kept: %s", error)
                    await self._sleep(RETRY)
                else:
                    running.unsaved = False
                    return

    async def move_chat(self, old: str, new: str) -> None:
        """Move what is stored of the chat ``old`` to ``new``. If the database is in trouble: again and again."""
        failed = False
        while True:
            try:
                await self._store.move_chat(old, new)
            except StorageError as error:
                _log.log(logging.DEBUG if failed else logging.WARNING, "a chat is not moved yet: %s", error)
                failed = True
                await self._sleep(RETRY)
            else:
                return
