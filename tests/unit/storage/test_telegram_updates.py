"""What a bot on Telegram keeps across restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.store import SqlStore
from tests.unit.storage.rows import open_store

BOT = 4_711_000_000


async def test_what_was_dealt_with_is_known_after_a_restart(store: SqlStore, path: Path) -> None:
    await asyncio.gather(*(store.update_log(BOT).mark_handled([number]) for number in (12, 10, 12)))
    await store.close()
    again = await open_store(path)
    assert await again.update_log(BOT).handled_ids() == {10, 12}
    assert await again.update_log(BOT).parked() == []
    await again.close()


async def test_what_is_still_to_be_dealt_with_is_given_back_oldest_first_until_it_is(store: SqlStore) -> None:
    ledger = store.update_log(BOT)
    await ledger.park(12, '{"update_id": 12}')
    await ledger.park(10, '{"update_id": 10}')
    assert await ledger.parked() == ['{"update_id": 10}', '{"update_id": 12}']
    await ledger.mark_handled([10])
    assert await ledger.parked() == ['{"update_id": 12}']
    assert await ledger.handled_ids() == {10}


async def test_entries_that_are_written_together_count_in_the_order_they_came(store: SqlStore) -> None:
    ledger = store.update_log(BOT)
    await asyncio.gather(
        ledger.mark_handled([1]), ledger.park(10, "{}"), ledger.mark_handled([10]), ledger.mark_handled([11])
    )
    assert await ledger.parked() == []
    assert await ledger.handled_ids() == {1, 10, 11}


async def test_only_what_was_dealt_with_is_forgotten_and_only_below_the_given_id(store: SqlStore) -> None:
    ledger = store.update_log(BOT)
    await ledger.park(9, "{}")
    for number in (8, 10, 11):
        await ledger.mark_handled([number])
    await ledger.delete_handled(11)
    assert await ledger.handled_ids() == {11}
    assert await ledger.parked() == ["{}"]


async def test_two_bots_do_not_know_each_others_updates(store: SqlStore) -> None:
    await store.update_log(BOT).mark_handled([10])
    await store.update_log(BOT + 1).park(10, "{}")
    await store.update_log(BOT + 1).delete_handled(99)
    assert await store.update_log(BOT).handled_ids() == {10}
    assert await store.update_log(BOT).parked() == []
    assert await store.update_log(BOT + 1).handled_ids() == set()


async def test_a_closed_store_says_so(store: SqlStore) -> None:
    await store.close()
    with pytest.raises(StorageError):
        await store.update_log(BOT).mark_handled([10])
