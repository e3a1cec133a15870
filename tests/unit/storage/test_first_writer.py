"""What only the first gets, on a real file and between two stores on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.contests import SettingRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, address

LATER = NOON + timedelta(minutes=10)


@pytest.fixture
async def stores(path: Path) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    """Two on one file, as of two processes, that wait for each other on a busy machine too."""
    one, other = [await SqlStore.open(address(path), timeout_seconds=60) for _ in range(2)]
    yield one, other
    await one.close()
    await other.close()


async def test_of_many_who_name_a_secret_at_once_the_first_wins_for_all(stores: tuple[SqlStore, SqlStore]) -> None:
    given = await asyncio.gather(
        *(who.first_writer.first(SettingRecord("bot", "secret", f"s{n}")) for n in range(10) for who in stores)
    )
    assert len(set(given)) == 1
    assert await stores[0].contests.setting("bot", "secret") == given[0]


async def test_a_link_is_used_once_also_by_two_processes_and_after_a_restart(
    stores: tuple[SqlStore, SqlStore], path: Path
) -> None:
    one, other = stores
    uses = await asyncio.gather(*(who.first_writer.use("n1", LATER, NOON) for who in (one, other, one, other)))
    assert sorted(uses) == [False, False, False, True]
    assert (await one.first_writer.is_used("n1"), await other.first_writer.is_used("n2")) == (True, False)
    again = await SqlStore.open(address(path))
    try:
        assert not await again.first_writer.use("n1", LATER, NOON)
        assert await again.first_writer.use("n2", LATER, NOON)
    finally:
        await again.close()


async def test_a_used_link_is_remembered_only_while_it_would_be_valid(store: SqlStore) -> None:
    assert await store.first_writer.use("n1", LATER, NOON)
    assert not await store.first_writer.use("n1", LATER, LATER)
    assert await store.first_writer.use("n1", LATER, LATER + timedelta(seconds=1))


async def test_a_closed_store_lets_nobody_in(store: SqlStore) -> None:
    await store.close()
    with pytest.raises(StorageError):
        await store.first_writer.use("n1", LATER, NOON)
