"""Hands questions without an answer to the store, and takes them back, in the background: no member waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.errors import StorageError
from bot.records.feedback import Miss, Store

_log = logging.getLogger(__name__)
MAX_WAITING = 1000
"""Misses and orders about them that may wait for a database that hangs; more are let go."""
TIMEOUT = 5.0  # seconds for what still waits when the bot stops


class Misses:
    """The misses on their way to the store. A failure is logged and costs nothing else."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._saving: dict[asyncio.Task[None], str] = {}  # with the miss's key; the loop itself keeps no task alive

    def hand_over(self, miss: Miss, request_id: str) -> None:
        """Have ``miss`` kept, soon."""
        self._start(miss.key, lambda: self._store.save_miss(miss), request_id)

    def take_back(self, key: str, request_id: str) -> None:
        """Have the miss of that ``key`` forgotten, soon; never before it was kept."""
        self._start(key, lambda: self._store.delete_miss(key), request_id)

    async def drain(self, timeout_seconds: float = TIMEOUT) -> None:
        """Return when all that was handed over is kept or has failed, or after ``timeout_seconds``."""
        if self._saving:
            _, late = await asyncio.wait(self._saving, timeout=timeout_seconds)
            for task in late:
                task.cancel()
            if late:
                _log.warning("misses not kept: the database is too slow", extra={"count": len(late)})

    def _start(self, key: str, act: Callable[[], Awaitable[None]], request_id: str) -> None:
        if len(self._saving) >= MAX_WAITING:
            _log.warning("miss not kept: too many are waiting", extra={"request_id": request_id})
            return
        before = [task for task, of in self._saving.items() if of == key] if key else []
        task = asyncio.create_task(_done(act, before, request_id), name="miss")
        self._saving[task] = key
        task.add_done_callback(self._saving.pop)


async def _done(act: Callable[[], Awaitable[None]], before: Sequence[asyncio.Task[None]], request_id: str) -> None:
    try:
        if before:
            await asyncio.wait(before)
        await act()
    except StorageError as error:
        _log.warning("miss not kept: %s", error, extra={"request_id": request_id})
    except Exception:
        _log.exception("miss not kept", extra={"request_id": request_id})
