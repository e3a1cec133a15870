"""What comes by itself: looked for once a minute or when it is due, and done once, whatever else fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.chats.scheduler import daily_id, keep_appointments
from bot.records.chats import ScheduleRecord
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.features.contests.fixtures import Time

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # in Shanghai
START = NOON + timedelta(seconds=30)  # so that no look falls on a full minute by itself
SHANGHAI = "Asia/Shanghai"
MINUTE = 60.0  # seconds


class Appointments:
    """A scheduler on a store in memory and a clock that is moved by hand. What is due is written down.

    ``sleeps``: for how many seconds it waited each time. ``faulty``: chats whose appointment fails.
    """

    def __init__(self) -> None:
        self.store = FakeQuizStore()
        self.time = Time(START)
        self.quiet = QuietHoursRepository(self.store, self.time, SHANGHAI)
        self.sleeps: list[float] = []
        self.faulty: set[str] = set()
        self.due: list[tuple[str, datetime]] = []

    async def run(self) -> None:
        await keep_appointments(self.store, self.time, {"daily": self._do}, self.quiet, sleep=self._sleep)

    async def add(self, chat: str, hour: int, minute: int, zone: str = SHANGHAI) -> None:
        """Let ``chat`` have an appointment every day from now on."""
        await self.store.save_schedule(ScheduleRecord(chat, "daily", hour, minute, zone, self.time()))

    async def _do(self, handled: ScheduleRecord, moment: datetime) -> None:
        self.due.append((handled.chat, moment))
        if handled.chat in self.faulty:
            raise ZeroDivisionError("a fault in the program")
        await self.store.save_schedule(handled)

    async def _sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await self.time.sleep(seconds)


@pytest.fixture
async def appointments() -> AsyncIterator[Appointments]:
    running = Appointments()
    task = asyncio.create_task(running.run())
    yield running
    task.cancel()


async def test_while_nothing_is_due_the_store_is_read_once_a_minute(appointments: Appointments) -> None:
    await appointments.add("group", 20, 0)
    await appointments.time.advance(10 * MINUTE)
    assert appointments.sleeps == [MINUTE] * 11


async def test_what_is_due_between_two_looks_is_not_late(appointments: Appointments) -> None:
    await appointments.add("group", 12, 3)
    await appointments.time.advance(149)
    assert appointments.due == []
    await appointments.time.advance(1)
    assert appointments.due == [("group", NOON + timedelta(minutes=3))]


async def test_a_store_that_cannot_be_read_is_asked_again_a_minute_later(appointments: Appointments) -> None:
    await appointments.add("group", 12, 1)
    appointments.store.unset = True
    await appointments.time.advance(5 * MINUTE)
    assert appointments.due == []
    assert appointments.sleeps == [MINUTE] * 6
    appointments.store.unset = False
    await appointments.time.advance(MINUTE)
    assert appointments.due == [("group", NOON + timedelta(minutes=1))]


async def test_an_appointment_that_fails_keeps_no_other_from_its_own_and_is_not_tried_again(
    appointments: Appointments,
) -> None:
    appointments.faulty = {"a"}
    for chat in "abc":
        await appointments.add(chat, 12, 1)
    await appointments.time.advance(10 * MINUTE)
    assert [chat for chat, _ in appointments.due] == ["a", "b", "c"]


async def test_a_schedule_in_a_zone_that_is_gone_keeps_no_other_from_its_own(appointments: Appointments) -> None:
    await appointments.add("a", 12, 1, "Mars/Base")
    await appointments.add("b", 12, 1)
    await appointments.time.advance(2 * MINUTE)
    assert [chat for chat, _ in appointments.due] == ["b"]


def test_a_day_has_one_contest_in_a_chat_also_when_the_bot_was_updated_in_between() -> None:
    at_eight = datetime(2026, 11, 3, tzinfo=UTC)
    assert daily_id("telegram:-1001", at_eight) == "f063d028a201"  # as it stands in databases
    ids = {
        daily_id("telegram:-1001", at_eight),
        daily_id("telegram:-1002", at_eight),
        daily_id("telegram:-1001", at_eight + timedelta(days=1)),
    }
    assert len(ids) == 3
