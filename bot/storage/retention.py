"""The loop that forgets what is too old.

A machine's clock may be wrong: one that is months ahead would have everything deleted at once. So a moment is believed
only where it is near the last round's, or has been seen for a day.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import StorageError
from bot.records.feedback import Clock

KEEP = timedelta(days=90)
NEAR = timedelta(days=3)
"""How far a round may be from the last one; a bot that was away for longer deletes a day later."""
DOUBTED = timedelta(days=1)
"""After how long the clock has to say so a second time, over restarts, before a moment that is further away counts."""
FORGOTTEN = timedelta(days=30)
"""After how long the first time does not count any more."""
_log = logging.getLogger(__name__)


class Kept(Protocol):
    """What is tidied. Every method raises StorageError."""

    async def forget_before(self, moment: datetime) -> int:
        """Delete what is older than ``moment`` and not counted from any more; gives how many rows went."""

    async def last_round(self) -> tuple[datetime | None, datetime | None]:
        """When it was tidied last, or else the latest row; and since when that is in doubt, if it is."""

    async def note_round(self, tidied: datetime | None, doubted: datetime | None) -> None:
        """Keep both."""


async def keep_tidy(
    store: Kept,
    clock: Clock,
    every: timedelta,
    keep: timedelta = KEEP,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Forget what is older than ``keep``, now and again after each ``every``; runs until it is cancelled.

    A round that fails with StorageError is logged, and the next one tries again. Raises ValueError when
    ``every`` is not positive.
    """
    if every <= timedelta():
        raise ValueError("every must be positive")
    while True:
        try:
            now = clock()
            gone = await store.forget_before(now - keep) if await _believed(store, now) else 0
        except StorageError as error:
            _log.warning("old rows could not be deleted: %s", error)
        else:
            if gone:
                _log.info("%d old rows deleted", gone)
        await sleep(every.total_seconds())


async def _believed(store: Kept, now: datetime) -> bool:
    """Whether it can be ``now``."""
    tidied, doubted = await store.last_round()
    if tidied is None or now <= tidied + NEAR:  # backwards, nothing is deleted too early
        await store.note_round(now, None)
        return True
    if doubted is not None and doubted + DOUBTED <= now <= doubted + FORGOTTEN:
        _log.info("the clock is believed: it said so a day ago, too")
        await store.note_round(now, None)
        return True
    if doubted is None or not doubted <= now <= doubted + FORGOTTEN:
        await store.note_round(tidied, now)
        _log.warning(
            "nothing is deleted until tomorrow: the clock says %s, and the last time was %s. Is the clock right?",
            now.date(),
            tidied.date(),
        )
    return False
