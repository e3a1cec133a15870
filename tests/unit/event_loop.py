"""Waiting in tests: for something to come, or until nothing in the event loop can go on. Never for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

LIMIT = 100_000  # turns of the loop; a task that never rests would keep a test for ever
_settling: list[None] = []  # one for each task that waits in ``settle``: they keep each other ready


async def until(come: Callable[[], object]) -> None:
    """Let the event loop run until ``come()`` is true. Raises TimeoutError when it never is."""
    async with asyncio.timeout(5):
        while not come():  # noqa: ASYNC110 - it may be anything that comes
            await asyncio.sleep(0.001)


async def settle() -> None:
    """Let everything that can go on go on, until all tasks wait for a time, a thread or the outside.

    Raises TimeoutError where something never comes to rest.
    """
    loop = asyncio.get_running_loop()
    _settling.append(None)
    try:
        for _ in range(LIMIT):
            await asyncio.sleep(0)
            due = len(loop._ready)  # type: ignore[attr-defined]  # no public name tells how much can go on
            if due < len(_settling):
                return
    finally:
        _settling.pop()
    raise TimeoutError("something in the event loop never comes to rest")
