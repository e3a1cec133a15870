"""The loop that forgets what is too old, on a fake store and a fake sleep."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.contests import AnswerRecord, ContestRecord
from bot.storage.retention import run_retention
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, missed, misses_in, open_store

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


class RecordingStore(SqlStore):
    """A store that only remembers what it was asked to forget, and fails the first ``failures`` times."""

    def __init__(self, failures: int = 0) -> None:
        self.asked: list[datetime] = []
        self.failures = failures

    async def delete_before(self, moment: datetime) -> int:
        self.asked.append(moment)
        if len(self.asked) <= self.failures:
            raise StorageError("磁盘满了")
        return 2

    async def last_cleanup(self) -> tuple[datetime | None, datetime | None]:
        return None, None

    async def save_cleanup(self, tidied: datetime | None, doubted: datetime | None) -> None:
        pass


async def run(store: RecordingStore | SqlStore, nights: Nights) -> None:
    with pytest.raises(asyncio.CancelledError):
        await run_retention(store, nights.clock, DAY, sleep=nights.sleep)


async def test_it_forgets_what_is_ninety_days_old_at_start_and_every_day() -> None:
    store = RecordingStore()
    await run(store, Nights(3))
    assert store.asked == [NOON - 90 * DAY, NOON - 89 * DAY, NOON - 88 * DAY]


async def test_a_round_that_fails_is_logged_and_the_next_one_tries_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = RecordingStore(failures=2)
    with caplog.at_level(logging.INFO, logger="bot.storage.retention"):
        await run(store, Nights(3))
    assert len(store.asked) == 3
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "old rows could not be deleted: 磁盘满了"),
        ("WARNING", "old rows could not be deleted: 磁盘满了"),
        ("INFO", "2 old rows deleted"),
    ]


async def test_a_real_store_loses_only_what_is_too_old(store: SqlStore, path: Path) -> None:
    await store.save_miss(missed("九十天前", at=NOON - 90 * DAY))
    await store.save_miss(missed("九十一天前", at=NOON - 91 * DAY))
    await store.save_miss(missed("昨天", at=NOON - DAY))
    await run(store, Nights(1))
    assert [miss.question for miss in misses_in(path)] == ["九十天前", "昨天"]


async def test_contests_that_a_member_played_alone_go_and_their_answers_stay(store: SqlStore) -> None:
    old, ann, group = NOON - 91 * DAY, "web:ann", "telegram:-1"
    await store.contests.save(
        ContestRecord("alone", ann, ann, old, "{}", "{}", finished=old),
        ContestRecord("lately", ann, ann, old, "{}", "{}", finished=NOON - DAY),
        ContestRecord("open", ann, ann, old, "{}", "{}"),
        ContestRecord("together", group, ann, old, "{}", "{}", finished=old),
        AnswerRecord("alone", 0, ann, ann, "q", "p", (0,), True, 1, 1, old),
    )
    await run(store, Nights(1))
    found = {name for name in ("alone", "lately", "open", "together") if await store.contests.contest(name)}
    assert found == {"lately", "open", "together"}
    assert len(await store.contests.answers_of(ann)) == 1
    assert [row.points for row in await store.contests.rank(ann, None, 9)] == [1]


async def one_round(path: Path, now: datetime) -> list[str]:
    """A bot that is started at ``now`` by its clock, and ended; what is left."""
    store = await open_store(path)
    nights = Nights(1)
    nights.now = now
    await run(store, nights)
    await store.close()
    return [miss.question for miss in misses_in(path)]


async def keep_at(path: Path, now: datetime) -> None:
    """Somebody asks at ``now``."""
    store = await open_store(path)
    await store.save_miss(missed(f"{now.date()}", at=now))
    await store.close()


async def test_a_start_far_ahead_deletes_nothing_and_says_so(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await keep_at(path, NOON - DAY)
    ahead = NOON + 200 * DAY
    assert len(await one_round(path, ahead)) == 1
    assert len(await one_round(path, ahead + DAY / 4)) == 1
    assert caplog.text.count("Is the clock right?") == 1
    await keep_at(path, ahead + DAY / 4)
    assert len(await one_round(path, ahead + DAY / 2)) == 2  # what was made meanwhile proves nothing
    assert len(await one_round(path, NOON)) == 2
    assert len(await one_round(path, ahead + 2 * DAY)) == 2  # and the doubt begins anew


@pytest.mark.parametrize("away", [4, 100, 200])
async def test_a_bot_that_was_away_for_long_deletes_a_day_later(path: Path, away: int) -> None:
    await keep_at(path, NOON)
    assert len(await one_round(path, NOON)) == 1
    back = NOON + away * DAY
    assert len(await one_round(path, back)) == 1
    assert len(await one_round(path, back + DAY)) == (away < 90)


async def test_a_bot_that_runs_once_a_week_deletes_in_the_end(path: Path) -> None:
    await keep_at(path, NOON)
    left = [len(await one_round(path, NOON + 7 * week * DAY)) for week in range(18)]
    assert left[12] == 1 and left[-1] == 0


async def test_a_jump_while_it_runs_deletes_nothing_before_it_has_stood_for_a_day(store: SqlStore, path: Path) -> None:
    await store.save_miss(missed("昨天", at=NOON - DAY))
    moments = [NOON, NOON + 200 * DAY, NOON + 200 * DAY + DAY / 4, NOON + DAY / 2, NOON + 200 * DAY + DAY, NOON + DAY]

    async def sleep(_: float) -> None:
        await asyncio.sleep(0)
        if not moments:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await run_retention(store, lambda: moments.pop(0), DAY, sleep=sleep)
    assert [miss.question for miss in misses_in(path)] == ["昨天"]


async def test_it_is_cancelled_cleanly_and_the_store_goes_on(store: SqlStore, path: Path) -> None:
    for turns in range(12):  # somewhere else in its way each time
        task = asyncio.create_task(run_retention(store, lambda: datetime.now(UTC), DAY))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.save_miss(missed(f"{turns}", at=datetime.now(UTC)))
    assert len(misses_in(path)) == 12


async def test_a_pause_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        await run_retention(RecordingStore(), lambda: NOON, timedelta())
