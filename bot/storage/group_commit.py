"""Group commit: entries that arrive while a transaction runs are written together in the next one."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from typing import Generic, TypeVar

from bot.errors import StorageError
from bot.storage.errors import OutageError
from bot.wording import Storage

Entry = TypeVar("Entry")
_Waiting = tuple[Entry, "asyncio.Future[None]"]


class Writer(Generic[Entry]):
    """A queue before ``commit``, which writes all entries it is given or none, durable when it returns.

    There is at most one commit at a time and no artificial delay: the first entry is written alone and at
    once; those that come meanwhile share the next transaction, in the order they came, at most ``limit``.
    """

    def __init__(self, commit: Callable[[Sequence[Entry]], Awaitable[None]], limit: int = 500) -> None:
        self._commit = commit
        self._limit = limit
        self._waiting: deque[_Waiting[Entry]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def write(self, entry: Entry) -> None:
        """Return when ``entry`` is durable; raises what ``commit`` raised for it, StorageError once closed.

        Who is cancelled while waiting leaves the entry behind: it is written all the same.
        """
        if self._closed:
            raise StorageError(Storage.CLOSED)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, done))
        if self._task is None:  # lives only while there is work: nothing to start, nothing left over at exit
            self._task = asyncio.create_task(self._drain(), name="storage-writer")
        await done

    async def close(self) -> None:
        """Take nothing new, return when everything taken is written or has failed. May be called twice."""
        self._closed = True
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _drain(self) -> None:
        taken: list[_Waiting[Entry]] = []
        try:
            while self._waiting:
                taken = [self._waiting.popleft() for _ in range(min(self._limit, len(self._waiting)))]
                await self._settle(taken)
        finally:  # with somebody still waiting only when the event loop is being torn down
            _tell([*taken, *self._waiting], StorageError(Storage.CLOSED))
            self._waiting.clear()
            self._task = None

    async def _settle(self, batch: list[_Waiting[Entry]]) -> None:
        failure = await self._attempt(batch)
        if failure is None or len(batch) == 1 or isinstance(failure, OutageError):
            _tell(batch, failure)
            return
        for place, one in enumerate(batch):  # somebody's entry spoiled it for all: let each stand for itself
            failure = await self._attempt([one])
            if isinstance(failure, OutageError):
                _tell(batch[place:], failure)
                return
            _tell([one], failure)

    async def _attempt(self, batch: list[_Waiting[Entry]]) -> Exception | None:
        try:
            await self._commit([entry for entry, _ in batch])
        except Exception as error:  # whatever it is belongs to the callers, who are waiting for it
            return error
        return None


def _tell(batch: Sequence[_Waiting[Entry]], failure: Exception | None) -> None:
    for _, done in batch:
        if done.done():  # told before, or its caller was cancelled
            continue
        if failure is None:
            done.set_result(None)
        else:
            done.set_exception(copy(failure))  # one each: a raised exception collects its raiser's traceback
