"""Hands questions without an answer to the store, in the background: no member waits for the database."""

from __future__ import annotations

import asyncio
import logging

from bot.chat.ports import Miss, Store
from bot.errors import StorageError

_log = logging.getLogger(__name__)
MAX_WAITING = 1000
"""Misses that may wait for a database that hangs; more are let go."""
PATIENCE = 5.0  # seconds for what still waits when the bot stops


class Misses:
    """The misses on their way to the store. A failure is logged and costs nothing else."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._saving: set[asyncio.Task[None]] = set()  # the event loop itself keeps no task alive

    def hand_over(self, miss: Miss, request_id: str) -> None:
        """Have ``miss`` kept, soon."""
        if len(self._saving) >= MAX_WAITING:
            _log.warning("miss not kept: too many are waiting", extra={"request_id": request_id})
            return
        task = asyncio.create_task(self._save(miss, request_id), name="miss")
        self._saving.add(task)
        task.add_done_callback(self._saving.discard)

    async def drain(self, patience: float = PATIENCE) -> None:
        """Return when all that was handed over is kept or has failed, or when ``patience`` (seconds) is over."""
        if self._saving:
            _, late = await asyncio.wait(self._saving, timeout=patience)
            for task in late:
                task.cancel()
            if late:
                _log.warning("misses not kept: the database is too slow", extra={"count": len(late)})

    async def _save(self, miss: Miss, request_id: str) -> None:
        try:
            await self._store.save_miss(miss)
        except StorageError as error:
            _log.warning("miss not kept: %s", error, extra={"request_id": request_id})
        except Exception:
            _log.exception("miss not kept", extra={"request_id": request_id})
