"""What only the first gets, on a real file and between two stores on it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.contests import SettingRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, address

LATER = NOON + timedelta(minutes=10)


async def test_of_many_who_name_a_secret_at_once_the_first_wins_for_all(store: SqlStore, path: Path) -> None:
    other = await SqlStore.open(address(path), timeout_seconds=5)
    try:
        given = await asyncio.gather(
            *(
                who.first_writer.first(SettingRecord("bot", "secret", f"s{n}"))
                for n in range(10)
                for who in (store, other)
            )
        )
    finally:
        await other.close()
    assert len(set(given)) == 1
    assert await store.contests.setting("bot", "secret") == given[0]


async def test_a_link_is_used_once_also_by_two_processes_and_after_a_restart(store: SqlStore, path: Path) -> None:
    other = await SqlStore.open(address(path), timeout_seconds=5)
    try:
        uses = await asyncio.gather(*(who.first_writer.use("n1", LATER, NOON) for who in (store, other, store, other)))
        assert sorted(uses) == [False, False, False, True]
        assert (await store.first_writer.is_used("n1"), await other.first_writer.is_used("n2")) == (True, False)
    finally:
        await other.close()
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
