"""The loop that deletes what is too old.

A machine's clock may be wrong: one that is months ahead would have everything deleted at once. So a moment is believed
only where it is near the last round's, or has been seen for a day.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import StorageError
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

KEEP = timedelta(days=90)
NEAR = timedelta(days=3)
"""How far a round may be from the last one; a bot that was away for longer deletes a day later."""
DOUBT = timedelta(days=1)
"""After how long the clock has to say so a second time, over restarts, before a moment that is further away counts."""
DOUBT_EXPIRES = timedelta(days=30)
"""After how long the first time does not count any more."""
_log = logging.getLogger(__name__)


async def run_retention(
    store: SqlStore,
    clock: Clock,
    every: timedelta,
    keep: timedelta = KEEP,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Delete what is older than ``keep``, now and again after each ``every``; runs until it is cancelled.

    A round that fails with StorageError is logged, and the next one tries again. Raises ValueError when
    ``every`` is not positive.
    """
    if every <= timedelta():
        raise ValueError("every must be positive")
    while True:
        try:
            now = clock()
            gone = await store.delete_before(now - keep) if await _is_plausible(store, now) else 0
        except StorageError as error:
            _log.warning("old rows could not be deleted: %s", error)
        else:
            if gone:
                _log.info("%d old rows deleted", gone)
        await sleep(every.total_seconds())


async def _is_plausible(store: SqlStore, now: datetime) -> bool:
    """Whether it can be ``now``."""
    cleaned_at, doubted_since = await store.last_cleanup()
    if cleaned_at is None or now <= cleaned_at + NEAR:  # backwards, nothing is deleted too early
        await store.save_cleanup(now, None)
        return True
    if doubted_since is not None and doubted_since + DOUBT <= now <= doubted_since + DOUBT_EXPIRES:
        _log.info("the clock is believed: it said so a day ago, too")
        await store.save_cleanup(now, None)
        return True
    if doubted_since is None or not doubted_since <= now <= doubted_since + DOUBT_EXPIRES:
        await store.save_cleanup(cleaned_at, now)
        _log.warning(
            "nothing is deleted until tomorrow: the clock says %s, and the last time was %s. Is the clock right?",
            now.date(),
            cleaned_at.date(),
        )
    return False
