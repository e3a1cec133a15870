"""The loop that forgets what is too old, on a fake store and a fake sleep."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.admin_ports import AdminRow
from bot.chat.ports import Feedback, Miss
from bot.errors import StorageError
from bot.storage.retention import keep_tidy
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, missed, misses_in

DAY = timedelta(days=1)


class Nights:
    """A clock and a sleep: sleeping moves the clock; in the last night the loop is cancelled."""

    def __init__(self, nights: int) -> None:
        self.now = NOON
        self.left = nights

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.now += timedelta(seconds=seconds)
        self.left -= 1
        if not self.left:
            raise asyncio.CancelledError


class Shelf:
    """A store that only remembers what it was asked to forget, and fails the first ``failures`` times."""

    def __init__(self, failures: int = 0) -> None:
        self.asked: list[datetime] = []
        self.failures = failures

    async def save_feedback(self, feedback: Feedback) -> None:
        raise AssertionError

    async def drop_feedback(self, key: str) -> None:
        raise AssertionError

    async def keep(self, *rows: AdminRow) -> None:
        raise AssertionError

    async def save_miss(self, miss: Miss) -> None:
        raise AssertionError

    async def forget_before(self, moment: datetime) -> int:
        self.asked.append(moment)
        if len(self.asked) <= self.failures:
            raise StorageError("磁盘满了")
        return 2

    async def ping(self) -> None:
        raise AssertionError


async def run(shelf: Shelf | SqlStore, nights: Nights) -> None:
    with pytest.raises(asyncio.CancelledError):
        await keep_tidy(shelf, nights.clock, DAY, sleep=nights.sleep)


async def test_it_forgets_what_is_ninety_days_old_at_start_and_every_day() -> None:
    shelf = Shelf()
    await run(shelf, Nights(3))
    assert shelf.asked == [NOON - 90 * DAY, NOON - 89 * DAY, NOON - 88 * DAY]


async def test_a_round_that_fails_is_logged_and_the_next_one_tries_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shelf = Shelf(failures=2)
    with caplog.at_level(logging.INFO, logger="bot.storage.retention"):
        await run(shelf, Nights(3))
    assert len(shelf.asked) == 3
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "old rows could not be deleted: 磁盘满了"),
        ("WARNING", "old rows could not be deleted: 磁盘满了"),
        ("INFO", "2 old rows deleted"),
    ]


async def test_a_real_store_loses_only_what_is_too_old(store: SqlStore, path: Path) -> None:
    await store.save_miss(missed("九十天前", at=NOON - 90 * DAY))
    await store.save_miss(missed("九十一天前", at=NOON - 91 * DAY))
    await run(store, Nights(1))
    assert [miss.question for miss in misses_in(path)] == ["九十天前"]


async def test_it_is_cancelled_cleanly_and_the_store_goes_on(store: SqlStore, path: Path) -> None:
    for turns in range(12):  # somewhere else in its way each time
        task = asyncio.create_task(keep_tidy(store, lambda: datetime.now(UTC), DAY))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.save_miss(missed(f"{turns}", at=datetime.now(UTC)))
    assert len(misses_in(path)) == 12


async def test_a_pause_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        await keep_tidy(Shelf(), lambda: NOON, timedelta())
