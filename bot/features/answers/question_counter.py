"""Counts questions in the background: no member waits for the database, and many share a transaction."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from typing import TYPE_CHECKING

from bot.access.secret import Secret
from bot.conversation.messages import Incoming
from bot.errors import StorageError
from bot.records.feedback import Clock
from bot.records.statistics import QuestionCount
from bot.retrieval.verdict import Verdict

if TYPE_CHECKING:
    from bot.storage.statistics import QuestionCountRepository


_log = logging.getLogger(__name__)
MAX_WAITING = 20_000
"""Questions that may wait for a database that hangs, some 5 MB; more are not counted."""
AT_ONCE = 1000  # in one transaction
GATHER_SECONDS = 0.25  # before they are written: many a question a second takes four transactions, not forty
TIMEOUT = 5.0  # seconds for what still waits when the bot stops


class QuestionCounter:
    """The counted questions on their way to the store. What cannot be kept is logged and costs nothing else."""

    def __init__(self, store: QuestionCountRepository, secret: Secret, clock: Clock) -> None:
        self._store = store
        self._secret = secret
        self._clock = clock
        self._waiting: deque[QuestionCount] = deque()
        self._writing: asyncio.Task[None] | None = None  # lives only while there is something to write
        self._lost = 0
        self._hurry = asyncio.Event()
        self._counted = 0
        self._done = 0  # of those counted: saved, failed or erased
        self._batch_done = asyncio.Event()

    def count(self, incoming: Incoming, verdict: Verdict, document: str = "") -> None:
        """``incoming`` asked what ``verdict`` is about, of the ``document`` of that key; nothing for the main one."""
        if len(self._waiting) >= MAX_WAITING:
            self._lost += 1
            return
        who = "" if incoming.ephemeral else self._secret.pseudonym(incoming.person)
        point = verdict.point.id if verdict.point is not None else ""
        self._waiting.append(QuestionCount(self._clock(), who, verdict.kind, point, document))
        self._counted += 1
        if self._writing is None:
            self._writing = asyncio.create_task(self._write(), name="counting")

    async def forget(self, member: str) -> None:
        """Erase that ``member`` ever asked; how much was asked is told without it. Raises StorageError."""
        who = self._secret.pseudonym(member)
        left = deque(row for row in self._waiting if row.who != who)
        self._done += len(self._waiting) - len(left)
        self._waiting = left
        await self._store.delete_counts(who)  # behind what is being written now

    async def flush(self, timeout_seconds: float = TIMEOUT) -> None:
        """Return when all that was counted until now is saved or has failed, or after ``timeout_seconds``."""
        counted = self._counted
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_seconds):
                while self._done < counted:
                    self._batch_done.clear()
                    self._hurry.set()
                    await self._batch_done.wait()
        self._hurry.clear()

    async def drain(self, timeout_seconds: float = TIMEOUT) -> None:
        """Return when all that was counted is kept or has failed, or after ``timeout_seconds``."""
        if self._writing is not None:
            self._hurry.set()
            _, late = await asyncio.wait({self._writing}, timeout=timeout_seconds)
            for task in late:
                task.cancel()
                _log.warning("questions not counted: the database is too slow")
            self._hurry.clear()

    async def _gather(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GATHER_SECONDS):
                await self._hurry.wait()

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                rows = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
                try:
                    if rows:  # a member may have been forgotten meanwhile
                        await self._store.append_counts(*rows)
                except StorageError as error:
                    self._lost += len(rows)
                    _log.warning("questions not counted: %s", error)
                except Exception:
                    self._lost += len(rows)
                    _log.exception("questions not counted")
                self._done += len(rows)
                self._batch_done.set()
                if self._lost:
                    _log.warning("questions not counted", extra={"count": self._lost})
                    self._lost = 0
        finally:
            self._writing = None
