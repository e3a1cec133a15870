"""The loop that forgets what is too old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.chat.ports import Clock, Store
from bot.errors import StorageError

KEEP = timedelta(days=90)
_log = logging.getLogger(__name__)


async def keep_tidy(
    store: Store,
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
            gone = await store.forget_before(clock() - keep)
        except StorageError as error:
            _log.warning("old rows could not be deleted: %s", error)
        else:
            if gone:
                _log.info("%d old rows deleted", gone)
        await sleep(every.total_seconds())
