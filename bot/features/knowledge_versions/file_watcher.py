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

QUIET = 250  # milliseconds without a change: an editor writes a file in several steps
LOOK_EVERY = 3.0  # seconds; a folder that another one takes the place of says nothing of it
_log = logging.getLogger(__name__)

Changed = Callable[[], Awaitable[None]]


async def watch(folder: Path, changed: Changed, *, look_every: float = LOOK_EVERY) -> None:
    """Call ``changed`` after files in ``folder`` changed; runs until it is cancelled. A folder may not be watchable.

    It may go and come back, and another one may take its place: looked for every ``look_every`` seconds. ``changed`` is
    called once more when each watch has begun: what was written before that, the system tells nobody.
    """
    try:
        while True:
            inode = _inode(folder)
            if inode is None:
                await asyncio.sleep(look_every)
            else:
                await _watch_one(folder, inode, changed, look_every)
            if _inode(folder) not in {None, inode}:
                await changed()
    except OSError as error:  # the system has no watches left
        _log.warning("the knowledge folder is not watched: %s", error.strerror or type(error).__name__)


async def _watch_one(folder: Path, inode: int, changed: Changed, look_every: float) -> None:
    """The same until ``folder`` is another one or none."""
    has_begun = False
    with contextlib.suppress(FileNotFoundError):  # gone just now
        async for changes in awatch(folder, step=QUIET, rust_timeout=int(look_every * 1000), yield_on_timeout=True):
            if changes or not has_begun:
                await changed()
            has_begun = True
            if _inode(folder) != inode:
                return


def _inode(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except OSError:
        return None


@contextlib.contextmanager
def on_hangup(act: Callable[[], Awaitable[None]], leave: Callable[[], None]) -> Iterator[None]:
    """Within, SIGHUP calls ``act``, or ``leave`` if it says that the bot's terminal was closed; afterwards nothing."""
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
            if (
                number is not None
            ):  # a terminal that is closed may send two: the second must not end what is being saved
                loop.add_signal_handler(number, lambda: None)
        for task in tasks:
            task.cancel()


def _is_gone(terminal: int) -> bool:
    try:
        os.tcgetpgrp(terminal)
    except OSError:
        return True
    return False
