"""Which updates were dealt with, kept in as few writes as possible and never so that an answer comes twice."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from bot.channels.telegram.receive.polling import UpdateTracker
from bot.errors import StorageError
from tests.unit.channels.telegram_fakes import FakeLedger


class WritingLedger(FakeLedger):
    """Remembers what it was told, also while it is broken."""

    def __init__(self) -> None:
        super().__init__()
        self.settlings: list[tuple[int, ...]] = []
        self.forgettings: list[int] = []

    async def mark_handled(self, update_ids: Collection[int]) -> None:
        self.settlings.append(tuple(update_ids))
        await super().mark_handled(update_ids)

    async def delete_handled(self, below: int) -> None:
        self.forgettings.append(below)
        await super().delete_handled(below)


async def test_what_a_process_before_this_one_dealt_with_or_parked_is_known() -> None:
    ledger = FakeLedger()
    ledger.rows = {7: '{"update_id": 7}', 9: None}
    memory = UpdateTracker(ledger)
    assert not memory.is_handled_or_parked(9)
    assert await memory.load() == [{"update_id": 7}]
    assert [number for number in range(6, 11) if memory.is_handled_or_parked(number)] == [7, 9]


async def test_what_is_dealt_with_or_parked_is_known_until_it_cannot_come_again() -> None:
    memory = UpdateTracker(FakeLedger())
    await memory.load()
    await memory.mark_handled(9)
    await memory.mark_handled(10)
    await memory.mark_handled(11, repeatable=True)
    assert await memory.park(8, {"update_id": 8})
    assert await memory.park(12, {"update_id": 12})
    assert [number for number in range(7, 14) if memory.is_handled_or_parked(number)] == [8, 9, 10, 11, 12]
    await memory.delete_confirmed(10)
    assert [number for number in range(7, 14) if memory.is_handled_or_parked(number)] == [10, 11, 12]


async def test_what_may_be_repeated_waits_for_the_next_that_may_not() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await memory.mark_handled(1)
    await memory.mark_handled(2, repeatable=True)
    await memory.mark_handled(3, repeatable=True)
    assert ledger.settlings == [(1,)]
    await memory.mark_handled(4)
    await memory.mark_handled(5)
    assert ledger.settlings == [(1,), (2, 3, 4), (5,)]


async def test_what_may_be_repeated_does_not_wait_behind_what_came_later() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await memory.mark_handled(4)
    await memory.mark_handled(3, repeatable=True)
    assert ledger.settlings == [(4,), (3,)]
    await memory.mark_handled(4, repeatable=True)
    assert ledger.settlings == [(4,), (3,), (4,)]
    await memory.mark_handled(5, repeatable=True)
    assert len(ledger.settlings) == 3


async def test_the_newest_stays_the_newest_whatever_is_through_after_it() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await memory.mark_handled(9)
    await memory.mark_handled(3)
    await memory.mark_handled(8, repeatable=True)
    assert ledger.settlings == [(9,), (3,), (8,)]


async def test_after_a_start_what_is_older_than_the_newest_kept_does_not_wait() -> None:
    ledger = WritingLedger()
    ledger.rows = {5: None, 9: None}
    memory = UpdateTracker(ledger)
    await memory.load()
    await memory.mark_handled(8, repeatable=True)
    await memory.mark_handled(10, repeatable=True)
    assert ledger.settlings == [(8,)]


async def test_a_receipt_that_could_not_be_kept_is_kept_with_the_next(caplog: pytest.LogCaptureFixture) -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    ledger.broken = True
    await memory.mark_handled(1)
    assert memory.is_handled_or_parked(1)
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "update 1 may be answered twice after a restart"
    ]
    ledger.broken = False
    await memory.mark_handled(2)
    await memory.mark_handled(3)
    assert ledger.settlings == [(1,), (1, 2), (3,)]
    assert ledger.rows == dict.fromkeys([1, 2, 3])


async def test_a_receipt_that_waits_is_dropped_when_the_update_cannot_come_again() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    for number in (1, 2, 3):
        await memory.mark_handled(number, repeatable=True)
    await memory.delete_confirmed(3)
    await memory.mark_handled(4)
    assert ledger.settlings == [(3, 4)]


async def test_the_receipt_of_a_text_that_is_kept_is_never_dropped() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await memory.park(1, {"update_id": 1})
    ledger.broken = True
    await memory.mark_handled(1)
    ledger.broken = False
    await memory.delete_confirmed(2)
    await memory.mark_handled(2, repeatable=True)
    await memory.mark_handled(3)
    assert ledger.settlings == [(1,), (1, 2, 3)]
    await memory.mark_handled(5)
    await memory.mark_handled(1, repeatable=True)
    await memory.mark_handled(6, repeatable=True)
    assert ledger.settlings[2:] == [(5,), (1,)]


async def test_the_receipt_of_a_text_that_is_gone_is_dropped_when_the_update_cannot_come_again() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await memory.park(1, {"update_id": 1})
    await memory.mark_handled(1)
    ledger.broken = True
    await memory.mark_handled(1)
    ledger.broken = False
    await memory.delete_confirmed(2)
    await memory.mark_handled(2)
    assert ledger.settlings[2:] == [(2,)]


async def test_an_update_that_was_dealt_with_is_not_parked() -> None:
    ledger = FakeLedger()
    memory = UpdateTracker(ledger)
    await memory.mark_handled(1)
    assert not await memory.park(1, {"update_id": 1})
    assert ledger.rows == {1: None}


async def test_an_update_that_cannot_be_parked_is_not_taken_for_parked(caplog: pytest.LogCaptureFixture) -> None:
    ledger = FakeLedger()
    memory = UpdateTracker(ledger)
    ledger.broken = True
    assert not await memory.park(1, {"update_id": 1})
    assert not memory.is_handled_or_parked(1)
    assert [record.getMessage() for record in caplog.records] == ["update 1 cannot be parked: 坏了"]


async def test_receipts_are_forgotten_when_there_are_a_thousand_of_them() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await memory.load()
    for number in range(1, 1000):
        await memory.mark_handled(number)
    await memory.delete_confirmed(1000)
    assert ledger.forgettings == []
    await memory.mark_handled(1000)
    await memory.delete_confirmed(999)
    assert ledger.forgettings == [999]
    assert ledger.rows == dict.fromkeys([999, 1000])
    await memory.delete_confirmed(1001)
    assert len(ledger.forgettings) == 1


async def test_receipts_that_are_left_count_towards_the_next_forgetting() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    ledger.rows = dict.fromkeys(range(1, 1000))
    await memory.load()
    await memory.mark_handled(1000)
    await memory.delete_confirmed(2)
    assert ledger.forgettings == [2]
    await memory.mark_handled(1001)
    await memory.delete_confirmed(3)
    assert ledger.forgettings == [2, 3]


async def test_a_storage_that_cannot_forget_or_recall_costs_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    for number in range(1, 1001):
        await memory.mark_handled(number)
    ledger.broken = True
    await memory.delete_confirmed(1000)
    assert await memory.load() == []
    assert [record.getMessage() for record in caplog.records] == [
        "old updates cannot be forgotten: 坏了",
        "cannot tell which updates were handled before the start: 坏了",
    ]


async def test_what_could_be_read_before_the_storage_failed_is_known() -> None:
    class HalfBroken(FakeLedger):
        """Gives the receipts, and fails with the texts."""

        async def parked(self) -> list[str]:
            raise StorageError("坏了")

    ledger = HalfBroken()
    ledger.rows = {3: None}
    memory = UpdateTracker(ledger)
    assert await memory.load() == []
    assert memory.is_handled_or_parked(3)


async def test_one_text_that_cannot_be_read_hides_no_other() -> None:
    ledger = FakeLedger()
    ledger.rows = {3: "{", 4: "[]", 5: '{"update_id": 5}'}
    memory = UpdateTracker(ledger)
    assert await memory.load() == [{"update_id": 5}]
    assert memory.loaded


async def test_what_was_handled_before_the_storage_could_be_read_is_not_handled_again() -> None:
    ledger = FakeLedger()
    ledger.rows = {7: '{"update_id": 7}', 8: '{"update_id": 8}'}
    ledger.broken = True
    memory = UpdateTracker(ledger)
    assert await memory.load() == []
    await memory.mark_handled(7)  # Telegram sent it again
    await memory.delete_confirmed(8)
    ledger.broken = False
    assert await memory.load() == [{"update_id": 8}]
    await memory.mark_handled(8)
    assert ledger.rows == {7: None, 8: None}


async def test_a_text_that_is_on_its_way_to_the_storage_is_forgotten_at_once_by_its_receipt() -> None:
    ledger = WritingLedger()
    memory = UpdateTracker(ledger)
    await asyncio.gather(memory.park(1, {"update_id": 1}), memory.mark_handled(1, repeatable=True))
    assert ledger.settlings == [(1,)]
