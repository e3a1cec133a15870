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
SWITCH_SECONDS = 0.0005
"""After which a thread lets the event loop go on, if that wants to. Only while there is such a thread: each switch
costs, and the threads that write rows and log lines never hold the interpreter for long."""
NICE = 5  # beside members' questions such a thread gets a quarter of a core, and all of one that is idle


class _ShortSwitches:
    """Within, in any number of threads, the interpreter switches between threads after ``SWITCH_SECONDS``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads = 0
        self._usual = 0.0

    def __enter__(self) -> None:
        with self._lock:
            if self._threads == 0:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_SECONDS)
            self._threads += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._threads -= 1
            if self._threads == 0:
                sys.setswitchinterval(self._usual)


_switches = _ShortSwitches()  # as there is one interpreter


async def run_in_background(work: Callable[[], Result]) -> Result:
    """The same as ``run_in_thread``, for what may take minutes and is never to hold up what somebody waits for."""

    def yielding() -> Result:
        # on Linux every thread has a priority of its own; elsewhere this would slow down the whole process
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        return work()

    return await run_in_thread(yielding)


async def run_in_thread(work: Callable[[], Result]) -> Result:
    """What ``work`` gives, done in a thread of its own; raises what it raises.

    Unlike those of ``asyncio.to_thread`` it gives the event loop its turn soon, and is a daemon: making the index of a
    new document may take a minute, and a bot that is told to stop does not wait for it.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def resolve(result: Result | None, error: BaseException | None) -> None:
        if done.done():  # cancelled meanwhile
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # if there is no error there is a result

    def run() -> None:
        result, error = None, None
        try:
            with _switches:
                result = work()
        except BaseException as raised:
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is waiting
            loop.call_soon_threadsafe(resolve, result, error)

    threading.Thread(target=run, name="worker", daemon=True).start()
    return await done
