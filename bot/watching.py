"""Files of the knowledge folder that change, and SIGHUP: both make the bot look at the folder again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from watchfiles import awatch

QUIET = 800  # milliseconds without a change: an editor writes a file in several steps
_log = logging.getLogger(__name__)


async def watch(folder: Path, changed: Callable[[], Awaitable[None]]) -> None:
    """Call ``changed`` after files in ``folder`` changed; runs until it is cancelled. A folder may not be watchable."""
    try:
        async for _ in awatch(folder, step=QUIET):
            await changed()
    except OSError as error:  # it is gone, or the system has no watches left
        _log.warning("the knowledge folder is not watched: %s", error.strerror or type(error).__name__)


@contextlib.contextmanager
def on_hangup(act: Callable[[], Awaitable[None]], leave: Callable[[], None]) -> Iterator[None]:
    """Within, SIGHUP calls ``act``; ``leave`` where it says that the terminal in front of the bot was closed."""
    tasks: set[asyncio.Task[None]] = set()
    loop = asyncio.get_running_loop()
    talking = sys.stdin is not None and sys.stdin.isatty()

    async def acting() -> None:
        await act()

    def on_signal() -> None:
        if talking and _is_gone(sys.stdin.fileno()):
            leave()
            return
        task = loop.create_task(acting(), name="hangup")
        tasks.add(task)  # the event loop itself keeps no task alive
        task.add_done_callback(tasks.discard)

    number = getattr(signal, "SIGHUP", None)
    with contextlib.suppress(NotImplementedError):  # Windows has neither the signal nor handlers in its event loop
        if number is not None:
            loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            if number is not None:
                loop.remove_signal_handler(number)
        for task in tasks:
            task.cancel()


def _is_gone(terminal: int) -> bool:
    try:
        os.tcgetpgrp(terminal)
    except OSError:
        return True
    return False
