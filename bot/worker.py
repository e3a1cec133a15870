"""Slow work beside the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


NICE = 5  # beside members' questions such a thread gets a quarter of a core, and all of one that is idle


async def in_background(work: Callable[[], Result]) -> Result:
    """The same as ``in_thread``, for what may take minutes and is never to hold up what somebody waits for."""

    def yielding() -> Result:
        # on Linux every thread has a priority of its own; elsewhere this would slow down the whole process
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        return work()

    return await in_thread(yielding)


async def in_thread(work: Callable[[], Result]) -> Result:
    """What ``work`` gives, done in a thread of its own; raises what it raises.

    A daemon thread, unlike those of ``asyncio.to_thread``: making the index of a new document may take a minute, and a
    bot that is told to stop does not wait for it.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if done.done():  # cancelled meanwhile
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # where there is no error there is a result

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is waiting
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="worker", daemon=True).start()
    return await done
