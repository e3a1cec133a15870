"""How a database is doing, without changing it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.diagnostics import examine
from bot.storage.store import SqlStore
from bot.wording import Storage
from tests.unit.storage.rows import address, content, exists

TIMEOUT = 1.0
"""Seconds; on a busy machine a shorter one runs out before a file is opened."""


async def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert await examine(address(tmp_path / "data" / "bot.sqlite3"), timeout_seconds=TIMEOUT) == "missing"
    assert not exists(tmp_path / "data")


async def test_one_in_use_by_a_bot_is_current(store: SqlStore, path: Path) -> None:
    assert await examine(address(path), timeout_seconds=TIMEOUT) == "current"
    await store.ping()


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
@pytest.mark.parametrize("stored", ["0001", None])
async def test_an_older_one_stays_as_it_is(path: Path, stored: str | None, journal: str) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        if stored:
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (stored,))
    connection.close()
    before = content(path)
    assert await examine(address(path), timeout_seconds=TIMEOUT) == "older"
    assert content(path) == before


async def test_a_page_that_was_overwritten_is_found_wherever_it_is(path: Path) -> None:
    await (await SqlStore.open(address(path))).close()
    with sqlite3.connect(path) as connection:
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reports'").fetchall()
        [(size,)] = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    with pytest.raises(StorageError, match=Storage.NOT_A_DATABASE):
        await examine(address(path), timeout_seconds=5)


async def test_one_of_a_newer_program_is_told(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    with pytest.raises(StorageError, match="9999"):
        await examine(address(path), timeout_seconds=TIMEOUT)


async def test_one_that_somebody_else_writes_all_the_time_is_told(store: SqlStore, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError) as caught:
        await examine(address(path), timeout_seconds=TIMEOUT)
    other.close()
    assert str(caught.value) == Storage.LOCKED


async def test_one_in_memory_is_told_to_be_so() -> None:
    assert await examine("sqlite+aiosqlite://", timeout_seconds=TIMEOUT) == "memory"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("geheim", Storage.BAD_URL),
        ("nosuch+driver://me:geheim@host/bot", Storage.NO_DRIVER),
    ],
)
async def test_an_address_that_cannot_be_used_is_not_told(url: str, sentence: str) -> None:
    with pytest.raises(StorageError) as caught:
        await examine(url, timeout_seconds=TIMEOUT)
    assert str(caught.value) == sentence


async def test_what_is_no_database_or_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "diary").write_bytes(b"dear diary, " * 500)
    with pytest.raises(StorageError) as caught:
        await examine(address(tmp_path / "diary"), timeout_seconds=TIMEOUT)
    assert str(caught.value) == Storage.NOT_A_DATABASE
    with pytest.raises(StorageError) as caught:
        await examine(address(tmp_path / "diary" / "bot.sqlite3"), timeout_seconds=TIMEOUT)
    assert str(caught.value) == Storage.NOT_WRITABLE
