"""Misses reach the store without anybody waiting for it."""

import asyncio
from dataclasses import replace

import pytest

from bot.features.answers.unanswered_queue import MAX_WAITING, Misses
from bot.records.feedback import Miss
from tests.unit.library import NOON, FakeStore

MISS = Miss(NOON, "几点开课", "decline", "classes")


class OddStore(FakeStore):
    """A Store that fails in a way no port foresees."""

    async def save_miss(self, miss: Miss) -> None:
        raise RuntimeError("out of the blue")


async def test_what_was_handed_over_is_kept_when_the_bot_stops() -> None:
    store = FakeStore()
    misses = Misses(store)
    misses.hand_over(MISS, "r1")
    assert store.misses == []
    await misses.drain()
    assert store.misses == [MISS]


@pytest.mark.parametrize("store", [FakeStore(broken=True), OddStore()])
async def test_a_failure_of_any_kind_is_logged_with_the_request(
    store: FakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    misses = Misses(store)
    misses.hand_over(MISS, "r1")
    await misses.drain()
    [record] = caplog.records
    assert record.message.startswith("miss not kept") and record.__dict__["request_id"] == "r1"


async def test_a_store_that_hangs_does_not_hold_up_the_end(caplog: pytest.LogCaptureFixture) -> None:
    misses = Misses(FakeStore(hanging=True))
    misses.hand_over(MISS, "r1")
    async with asyncio.timeout(5):
        await misses.drain(timeout_seconds=0.01)
    assert [record.__dict__["count"] for record in caplog.records] == [1]


async def test_no_more_wait_for_a_store_that_hangs_than_memory_can_bear(caplog: pytest.LogCaptureFixture) -> None:
    misses = Misses(FakeStore(hanging=True))
    for _ in range(MAX_WAITING + 3):
        misses.hand_over(MISS, "r1")
    assert len(caplog.records) == 3
    await misses.drain(timeout_seconds=0)


class SlowStore(FakeStore):
    """A Store that keeps a miss only after everything else had its turn."""

    async def save_miss(self, miss: Miss) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        await super().save_miss(miss)


async def test_what_is_taken_back_is_forgotten_however_slowly_it_was_kept() -> None:
    store = SlowStore()
    misses = Misses(store)
    misses.hand_over(replace(MISS, key="k1"), "r1")
    misses.hand_over(replace(MISS, key="k2"), "r2")
    misses.take_back("k1", "r3")
    await misses.drain()
    assert [miss.key for miss in store.misses] == ["k2"]


async def test_a_miss_that_cannot_be_taken_back_is_logged_with_the_request(caplog: pytest.LogCaptureFixture) -> None:
    misses = Misses(FakeStore(broken=True))
    misses.take_back("k1", "r3")
    await misses.drain()
    assert [record.__dict__["request_id"] for record in caplog.records] == ["r3"]


async def test_nothing_to_drain_is_no_matter(caplog: pytest.LogCaptureFixture) -> None:
    misses = Misses(FakeStore(hanging=True))
    async with asyncio.timeout(5):
        await misses.drain(timeout_seconds=1e9)
    assert caplog.records == []
