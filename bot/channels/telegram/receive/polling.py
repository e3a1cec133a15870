"""Fetches updates and hands them on. An update is confirmed to Telegram only when it has been handled.

Fetching with an offset confirms all updates below it, and Telegram never sends those again. So the offset
stays at the oldest update still in work: a process that is killed gets its unanswered questions anew when it
is back. What comes a second time while it is in work is told apart by its id. One fetch brings a window of 100
from the offset on; if all of them are known, the fetching waits for the work.

Behind the oldest update others get through, and a chat that Telegram lets wait must not dam up the rest: the memory
keeps what the offset cannot say, as answers come in any order. Handled, but not confirmed: Telegram sends it again
after a restart, and it must not be answered twice. Parked: it has waited for so long that it was confirmed, so Telegram
will not send it again, and it must not be lost.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram.receive.parse_update import RawUpdate
from bot.channels.telegram.send.api import retry_after_seconds
from bot.errors import StorageError

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
RELOAD = 10.0  # seconds between two tries to read what was stored before the start
DELETE_EVERY = 1000  # updates that were handled; to delete a few at a time would be one write more for each fetch
MAX_PAUSE = 30.0  # seconds between two tries when fetching fails

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    """An update that was fetched and is not yet confirmed; without a task it was handled before."""

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
    handled twice without harm; ``sleep`` waits between tries; ``hold``, ``grace`` and
    ``reload`` are HOLD, GRACE and RELOAD.
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
        reload: float = RELOAD,
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._memory = memory
        self._on_webhook = on_webhook
        self._repeatable = repeatable
        self._sleep = sleep
        self._hold = hold
        self._grace = grace
        self._reload = reload
        self._reload_due = 0.0  # in the event loop's time
        self._work: dict[int, _Work] = {}
        self._late: set[asyncio.Task[None]] = set()  # confirmed before they are through
        self._next = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop``, whatever goes wrong; then finish what is in hand and confirm it."""
        stopping = asyncio.create_task(stop.wait())
        pause = 0.0
        try:
            while not stop.is_set():
                await self._load()
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

    async def _load(self) -> None:
        """Start what was parked before the start, as soon as the memory can read it."""
        now = asyncio.get_running_loop().time()
        if self._memory.loaded or now < self._reload_due:
            return
        self._reload_due = now + self._reload
        for update in await self._memory.load():
            if update["update_id"] not in self._work:  # Telegram may have sent it again meanwhile
                self._keep_late(asyncio.create_task(self._see_through(update["update_id"], update)))

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
        await self._memory.delete_confirmed(offset)

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


class HandledUpdateStore(Protocol):
    """The store of one bot's handled and parked updates; durable when a method returns. Every method raises
    StorageError.
    """

    async def mark_handled(self, update_ids: Collection[int]) -> None:
        """Save that updates were handled; their bodies, if they were parked, are deleted. All of them or none."""

    async def park(self, update_id: int, body: str) -> None:
        """Save an update that is still to be handled."""

    async def delete_handled(self, below: int) -> None:
        """Delete the updates with a smaller id that were handled; those still to be handled stay."""

    async def handled_ids(self) -> frozenset[int]:
        """The ids of those that were handled."""

    async def parked(self) -> Sequence[str]:
        """The bodies of those that are still to be handled, oldest first."""


class UpdateTracker:
    """What is known of updates beyond the offset: when the storage is in trouble, polling goes on without it."""

    def __init__(self, store: HandledUpdateStore) -> None:
        self._store = store
        self._handled: set[int] = set()
        self._parked: set[int] = set()
        self._with_body: set[int] = set()
        """Those whose text may be kept, wherever the offset is."""
        self._unwritten: list[int] = []
        """Handled, and saved with the next that has to be."""
        self._newest = 0
        """The newest that was to be saved as handled: what is older may not come again without it."""
        self._kept = 0
        self.loaded = False
        """Whether what was stored before the start is known."""

    async def load(self) -> list[RawUpdate]:
        """Read what was stored before the start; returns the updates that were parked, to be handled now.

        If the storage is in trouble nothing is returned, ``loaded`` stays false, and another try may follow.
        """
        try:
            handled = await self._store.handled_ids()
            self._handled |= handled
            self._newest = max(self._handled, default=0)
            bodies = await self._store.parked()
        except StorageError as error:
            _log.warning("cannot tell which updates were handled before the start: %s", error)
            return []
        self.loaded = True
        self._kept += len(handled)
        stored = [update for update in map(_read, bodies) if update is not None]
        self._with_body |= {update["update_id"] for update in stored}
        self._unwritten += sorted((self._with_body & self._handled).difference(self._unwritten))
        parked = [update for update in stored if not self.is_handled_or_parked(update["update_id"])]
        self._parked |= {update["update_id"] for update in parked}
        return parked

    def is_handled_or_parked(self, update_id: int) -> bool:
        """Whether an update that Telegram sends needs no work, as it was handled or is parked."""
        return update_id in self._handled or update_id in self._parked

    async def mark_handled(self, update_id: int, *, repeatable: bool = False) -> None:
        """Save that an update was handled.

        One that is ``repeatable`` is kept with the next that is not: should it come again before that, dealing with it
        twice does no harm, as long as what came after it comes again too, such as the wish to be forgotten.
        """
        self._handled.add(update_id)
        first = update_id > self._newest
        if repeatable and first and update_id not in self._with_body:
            self._unwritten.append(update_id)
            return
        written = (*self._unwritten, update_id)
        self._newest = max(self._newest, *written)
        try:
            await self._store.mark_handled(written)
        except StorageError as error:
            self._unwritten.append(update_id)
            _log.warning("update %d may be answered twice after a restart: %s", update_id, error)
        else:
            self._kept += len(written)
            self._with_body.difference_update(written)
            self._unwritten = [other for other in self._unwritten if other not in written]

    async def park(self, update_id: int, update: RawUpdate) -> bool:
        """Keep an update that is still in work; False if it is not kept, or need not be."""
        if update_id in self._handled:  # just now: parking would bring it back after a restart
            return False
        self._with_body.add(update_id)  # before it is, and should that fail: the text may be there all the same
        try:
            await self._store.park(update_id, json.dumps(update))
        except StorageError as error:
            _log.warning("update %d cannot be parked: %s", update_id, error)
            return False
        self._parked.add(update_id)
        return True

    async def delete_confirmed(self, offset: int) -> None:
        """Telegram will send nothing below ``offset`` again: what was handled there can be forgotten."""
        if self.loaded:  # else an earlier process may have parked what was handled here, and it is still to be read
            self._handled = {update_id for update_id in self._handled if update_id >= offset}
        self._parked = {update_id for update_id in self._parked if update_id >= offset}
        self._unwritten = [one for one in self._unwritten if one >= offset or one in self._with_body]
        if self._kept < DELETE_EVERY:
            return
        self._kept = len(self._handled)
        try:
            await self._store.delete_handled(offset)
        except StorageError as error:
            _log.warning("old updates cannot be forgotten: %s", error)


def _read(body: str) -> RawUpdate | None:
    """The update of a stored body; None if that is no update, which is nobody's doing here."""
    try:
        update: RawUpdate = json.loads(body)
        return update if isinstance(update["update_id"], int) else None
    except (ValueError, TypeError, LookupError):
        _log.warning("an update that was parked before the start cannot be read")
        return None
