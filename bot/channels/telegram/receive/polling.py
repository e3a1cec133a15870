"""Fetches updates and hands them on. An update is confirmed to Telegram only when it has been dealt with.

Fetching with an offset confirms all updates below it, and Telegram never sends those again. So the offset
stays at the oldest update still in work: a process that is killed gets its unanswered questions anew when it
is back. What comes a second time while it is in work is told apart by its id. One fetch brings a window of 100
from the offset on; if all of them are known, the fetching waits for the work.

Behind the oldest update others get through, and a chat that Telegram lets wait must not dam up the rest: the memory
keeps what the offset cannot say, see ``ledger``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram.receive.parse_update import RawUpdate
from bot.channels.telegram.receive.update_log import UpdateTracker
from bot.channels.telegram.send.api import retry_after_seconds

T = TypeVar("T")

Fetch = Callable[[int, int], Awaitable[Sequence[Any]]]
"""Gives the updates from an id on, waiting up to so many seconds for one."""
Take = Callable[[RawUpdate], Awaitable[None] | None]
"""Gives the work on an update, to be awaited at once; nothing for one that cannot be worked on. It never fails."""

LONG_POLL = 30  # seconds that Telegram may hold a fetch when there is nothing
BATCH = 100  # the most that one fetch brings
GLANCE = 0.25  # seconds between two looks for new updates while others are in work
HOLD = 60.0  # seconds after which an update in work is parked and then confirmed: it must not dam up the others
GRACE = 10.0  # seconds for the work in hand when the bot stops
CONFIRM = 3.0  # seconds for the last confirmation
MAX_PAUSE = 30.0  # seconds between two tries when fetching fails

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    """An update that was fetched and is not yet confirmed; without a task it was dealt with before."""

    update: RawUpdate
    task: asyncio.Task[None] | None
    due: float
    """When to park it, in the event loop's time."""
    parked: bool = False
    refused: bool = False
    """The memory could not park it."""

    @property
    def is_open(self) -> bool:
        return self.task is not None and not self.task.done()


class Poller:
    """Fetches with ``fetch`` and starts ``take`` for each update that ``memory`` does not know, until told to stop.

    ``on_webhook`` is called when Telegram refuses because a webhook is set; ``repeatable`` tells what may be
    dealt with twice without harm; ``sleep`` waits between tries; ``hold`` and ``grace`` are HOLD and GRACE.
    """

    def __init__(
        self,
        fetch: Fetch,
        take: Take,
        memory: UpdateTracker,
        *,
        on_webhook: Callable[[], Awaitable[object]],
        repeatable: Callable[[RawUpdate], bool] = lambda _: False,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        hold: float = HOLD,
        grace: float = GRACE,
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._memory = memory
        self._on_webhook = on_webhook
        self._repeatable = repeatable
        self._sleep = sleep
        self._hold = hold
        self._grace = grace
        self._work: dict[int, _Work] = {}
        self._late: set[asyncio.Task[None]] = set()  # confirmed before they are through
        self._next = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop``, whatever goes wrong; then finish what is in hand and confirm it."""
        stopping = asyncio.create_task(stop.wait())
        pause = 0.0
        try:
            for update in await self._memory.load():
                self._keep_late(asyncio.create_task(self._see_through(update["update_id"], update)))
            while not stop.is_set():
                await self._park()
                offset = self._offset()
                if self._knows_all_from(offset):
                    await _unless(stopping, asyncio.wait(self._in_work(), timeout=GLANCE))
                    continue
                try:
                    updates = await _unless(stopping, self._fetch(offset, 0 if self._in_work() else LONG_POLL))
                except Exception as error:
                    pause = await self._recover(error, pause, stopping)
                    continue
                if updates is None:
                    break
                pause = 0.0
                await self._confirmed(offset)
                for update in updates:
                    self._start(update)
                in_work = self._in_work()
                if in_work:
                    await asyncio.wait(in_work, timeout=GLANCE)
        finally:
            stopping.cancel()
            await self._finish()

    def _in_work(self) -> list[asyncio.Task[None]]:
        return [work.task for work in self._work.values() if work.task is not None and not work.task.done()]

    def _offset(self) -> int:
        """The oldest update that must come again should the process die now; or the first never seen."""
        held = [update_id for update_id, work in self._work.items() if work.is_open and not work.parked]
        if not held:
            return self._next
        if len(held) == 1 and self._work[held[0]].refused and self._knows_all_from(held[0]):
            return self._next  # nobody keeps it, but it alone dams up all that comes
        return held[0]

    def _knows_all_from(self, offset: int) -> bool:
        """Whether a fetch from ``offset`` on could bring nothing new."""
        return sum(update_id >= offset for update_id in self._work) >= BATCH

    async def _park(self) -> None:
        """Let the memory keep what has been in work for too long."""
        now = asyncio.get_running_loop().time()
        open_ = [(update_id, work) for update_id, work in self._work.items() if work.is_open and not work.parked]
        waiting = [(update_id, work) for update_id, work in open_ if work.due <= now]
        kept = await asyncio.gather(*(self._memory.park(update_id, work.update) for update_id, work in waiting))
        for (_, work), parked in zip(waiting, kept, strict=True):
            work.parked, work.refused, work.due = parked, not parked, now + self._hold

    async def _confirmed(self, offset: int) -> None:
        for update_id in [update_id for update_id in self._work if update_id < offset]:
            task = self._work.pop(update_id).task
            if task is not None and not task.done():
                self._keep_late(task)
        await self._memory.forget_confirmed(offset)

    def _keep_late(self, task: asyncio.Task[None]) -> None:
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    def _start(self, update: Any) -> None:
        update_id = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(update_id, int):
            _log.warning("an update without an id was left out")
        elif update_id not in self._work:
            known = self._memory.is_handled_or_parked(update_id)
            task = None if known else asyncio.create_task(self._see_through(update_id, update))
            self._work[update_id] = _Work(update, task, asyncio.get_running_loop().time() + self._hold)
            self._next = update_id + 1

    async def _see_through(self, update_id: int, update: RawUpdate) -> None:
        work = self._take(update)
        if work is not None:
            await work
        await self._memory.mark_handled(update_id, repeatable=self._repeatable(update))

    async def _recover(self, error: Exception, pause: float, stopping: asyncio.Task[Any]) -> float:
        """Wait as long as ``error`` calls for; returns the pause that was made, in seconds."""
        pause = min(MAX_PAUSE, pause * 2 or 1.0)
        if isinstance(error, RetryAfter):
            pause = retry_after_seconds(error)
        if isinstance(error, TelegramError):
            _log.warning("fetching updates failed, next try in %g s: %s", pause, error)
        else:
            _log.error("fetching updates failed, next try in %g s", pause, exc_info=error)
        if isinstance(error, Conflict) and "webhook" in str(error).lower():
            with suppress(TelegramError):
                await self._on_webhook()
        await _unless(stopping, self._sleep(pause))
        return pause

    async def _finish(self) -> None:
        left = {*self._in_work(), *self._late}
        if left:
            _, left = await asyncio.wait(left, timeout=self._grace)
        offset = self._offset()
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
        if self._work:
            with suppress(Exception):  # they come again after the next start
                await asyncio.wait_for(self._fetch(offset, 0), CONFIRM)


async def _unless(stopping: asyncio.Task[Any], doing: Awaitable[T]) -> T | None:
    """What ``doing`` gives; None when ``stopping`` came first. Raises what ``doing`` raises."""
    task = asyncio.ensure_future(doing)
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()
