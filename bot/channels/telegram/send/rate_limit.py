"""Within Telegram's limits before Telegram has to say so, and contests first.

A group takes twenty messages in any minute, a bot sends about thirty in any second. What goes ahead (contests) is let
through before all that waits, and a share of each limit is kept for it: answers stop while there is still room for the
next questions of a contest. A chat that says «too many requests» is left alone for as long as it says. Then what waits
for it goes on in its order: of what goes ahead the refused call first, while the sender of a refused answer tries again
by itself, behind the answers that wait.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

GROUP = 20  # messages in a group in any minute
GROUP_SHARE = 6  # of those, for what goes ahead: the quickest contest brings a question every eight seconds
GROUP_SECONDS = 61.0  # a minute, and what clocks and lines differ by
GROUP_SPACING = 1.1  # seconds between two messages in a group: Telegram wants one
OVERALL = 30  # messages in any second
OVERALL_SHARE = 5
AGAIN = 60.0  # seconds that what goes ahead waits for here, at the head of its line, when Telegram says so
KEPT = 512  # groups; those where nothing was sent lately are forgotten when there are more
_MOMENT = 1e-6  # seconds that are no wait
_COUNTED = ("send", "copy", "forward")  # what comes into a chat; changing, reading and closing is no message


class SendWindow:
    """Lets ``size`` through in any ``period`` seconds, ``spacing`` seconds apart; the last ``share`` only ahead.

    ``clock`` gives seconds that only grow, ``sleep`` waits for them.
    """

    def __init__(
        self,
        size: int,
        period: float,
        share: int,
        *,
        spacing: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._size = size
        self._period = period
        self._share = share
        self._spacing = spacing
        self._clock = clock
        self._sleep = sleep
        self._went: deque[float] = deque()
        """When what is still in the window went through."""
        self._closed = clock()
        """Until when nothing goes through."""
        self._lines: tuple[deque[asyncio.Future[float]], deque[asyncio.Future[float]]] = (deque(), deque())
        self._timer: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be lost with it."""
        self._forget_old()
        return not self._went and not any(self._lines) and self._closed <= self._clock()

    async def acquire(self, *, ahead: bool, first: bool = False) -> float:
        """Return when one more may be sent, and what ``close`` needs to know of it.

        ``first``: before all others of its line.
        """
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        line = self._lines[0 if ahead else 1]
        if first:
            line.appendleft(turn)
        else:
            line.append(turn)
        self._let_through()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # let through in the same moment
                self._take_back(turn.result())
                self._let_through()
            raise

    def close(self, seconds: float, went: float) -> None:
        """What ``acquire`` gave ``went`` for was refused, with so long to wait: let nothing through before that."""
        self._take_back(went)
        self._closed = max(self._closed, self._clock() + seconds)

    def _take_back(self, went: float) -> None:
        if went in self._went:  # else its time is over anyway; turns of the same moment are alike
            self._went.remove(went)

    def _forget_old(self) -> None:
        while self._went and self._went[0] <= self._clock() - self._period:
            self._went.popleft()

    def _let_through(self) -> None:
        """Give turns to all there is room for; for the next one there will be later."""
        for line, size in zip(self._lines, (self._size, self._size - self._share), strict=True):
            while line:
                if line[0].done():  # cancelled while it waited
                    line.popleft()
                    continue
                wait = self._wait(size)
                if wait > _MOMENT:
                    self._wake_in(wait)
                    return
                now = self._clock()
                self._went.append(now)
                self._closed = max(self._closed, now + self._spacing)
                line.popleft().set_result(now)

    def _wait(self, size: int) -> float:
        """Seconds until one more goes through a window of ``size``."""
        self._forget_old()
        now = self._clock()
        full = self._went[-size] + self._period - now if len(self._went) >= size else 0.0
        return max(full, self._closed - now)

    def _wake_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.create_task(self._wake(seconds), name="telegram-pace")

    async def _wake(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._timer = None
        self._let_through()


class TelegramRateLimiter(BaseRateLimiter[bool]):
    """Paces all calls of a bot. What it is told with a call is whether that goes ahead."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._overall = self._window(OVERALL, 1.0, OVERALL_SHARE)
        self._groups: dict[int, SendWindow] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: bool | None,
    ) -> Any:
        """Make the call when there is room for it."""
        chat = data.get("chat_id")
        if chat is None or not endpoint.lower().startswith(_COUNTED):
            return await callback(*args, **kwargs)
        ahead = bool(rate_limit_args)
        group = self._group(int(chat)) if int(chat) < 0 else None
        again = False
        while True:
            went = await group.acquire(ahead=ahead, first=again) if group is not None else 0.0
            await self._overall.acquire(ahead=ahead)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = error.retry_after
                seconds = float(wait) if isinstance(wait, int | float) else wait.total_seconds()
                if group is None:
                    raise
                group.close(seconds, went)
                again = ahead and seconds <= AGAIN
                if not again:
                    raise

    def _group(self, chat: int) -> SendWindow:
        found = self._groups.get(chat)
        if found is None:
            if len(self._groups) >= KEPT:
                self._groups = {other: window for other, window in self._groups.items() if not window.is_idle}
            found = self._groups[chat] = self._window(GROUP, GROUP_SECONDS, GROUP_SHARE, GROUP_SPACING)
        return found

    def _window(self, size: int, period: float, share: int, spacing: float = 0.0) -> SendWindow:
        return SendWindow(size, period, share, spacing=spacing, clock=self._clock, sleep=self._sleep)
