"""A database in trouble: each says how to mend it, and once mended the same store goes on."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageError
from bot.storage.engine import make_engine
from bot.storage.store import SqlStore
from bot.wording import Storage
from tests.unit.storage.rows import NOON, address, liked, missed, misses_in, open_store, set_rights

ROOM = 16  # pages beside the empty tables


async def refusal(url: str) -> str:
    """What opening ``url`` says, after making sure that it tells no secret."""
    with pytest.raises(StorageError) as caught:
        await SqlStore.open(url, timeout_seconds=0.05)
    shown = "".join(traceback.format_exception(caught.value))
    assert "geheim" not in shown
    return str(caught.value)


async def test_a_folder_that_is_a_file_says_to_check_the_folder(tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text("a file")
    assert await refusal(address(tmp_path / "geheim" / "bot.sqlite3")) == Storage.NOT_WRITABLE


async def test_a_folder_in_the_place_of_the_file_says_to_check_it(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite3").mkdir()
    assert await refusal(address(tmp_path / "bot.sqlite3")) == Storage.NOT_WRITABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_without_the_right_to_write_says_so(tmp_path: Path) -> None:
    set_rights(tmp_path, 0o500)
    assert await refusal(address(tmp_path / "bot.sqlite3")) == Storage.NOT_WRITABLE


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    path.write_bytes(b"dear diary, " * 500)
    assert await refusal(address(path)) == Storage.NOT_A_DATABASE
    assert path.read_bytes() == b"dear diary, " * 500


@pytest.mark.parametrize(
    ("url", "sentences"),
    [
        ("geheim", {Storage.BAD_URL}),
        ("sqlite+aiosqlite//geheim", {Storage.BAD_URL}),
        ("postgresql+asyncpg://bot:geheim@localhost:port/db", {Storage.BAD_URL}),
        ("oracle+geheim://bot:geheim@localhost/db", {Storage.NO_DRIVER}),
        ("sqlite:///geheim.sqlite3", {Storage.NO_DRIVER}),
        # the first without asyncpg, the second with it: nothing listens on port 1
        ("postgresql+asyncpg://bot:geheim@127.0.0.1:1/db", {Storage.NO_DRIVER, Storage.UNREACHABLE}),
    ],
)
async def test_an_address_that_cannot_work_says_so_without_repeating_it(url: str, sentences: set[str]) -> None:
    assert await refusal(url) in sentences


async def test_a_locked_database_says_so_and_works_again_afterwards(store: SqlStore, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    saves = [store.save_miss(missed(f"{n}")) for n in range(20)]
    found = await asyncio.gather(*saves, return_exceptions=True)
    assert {str(outcome) for outcome in found} == {Storage.LOCKED}
    with pytest.raises(StorageError, match="占着"):
        await store.delete_before(NOON)
    with pytest.raises(StorageError, match="占着"):
        await store.ping()

    other.execute("ROLLBACK")
    other.close()
    await store.save_miss(missed("又好了"))
    assert [miss.question for miss in misses_in(path)] == ["又好了"]


async def test_a_full_disk_says_so_and_works_again_when_there_is_room(path: Path) -> None:
    await (await open_store(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        [(pages,)] = connection.execute("PRAGMA page_count")

    def keep_small(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {pages + ROOM}")
        cursor.close()

    engine = make_engine(address(path), timeout_seconds=1)
    event.listen(engine.sync_engine, "connect", keep_small)
    store = SqlStore(engine)
    saved = 0
    with pytest.raises(StorageError, match=Storage.DISK_FULL):
        while True:
            await store.save_miss(missed("长" * 500))
            saved += 1
    assert len(misses_in(path)) == saved > 0
    with pytest.raises(StorageError, match=Storage.DISK_FULL):
        while True:  # a page that is there already may still have room
            await store.ping()
            await store.save_feedback(liked("k" * 3000))

    await store.delete_before(NOON.replace(year=2100))
    await store.save_miss(missed("有地方了"))
    assert [miss.question for miss in misses_in(path)] == ["有地方了"]
    await store.close()


@pytest.mark.parametrize("table", ["feedback", "misses", "asked", "used_links"])
async def test_ping_fails_when_a_table_is_gone(store: SqlStore, path: Path, table: str) -> None:
    with sqlite3.connect(path) as other:
        other.execute(f"DROP TABLE {table}")
    other.close()
    with pytest.raises(StorageError):
        await store.ping()


async def test_a_feedback_without_its_table_is_refused(store: SqlStore, path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE feedback")
    other.close()
    with pytest.raises(StorageError, match=Storage.REFUSED):
        await store.save_feedback(liked("k1"))


@pytest.mark.parametrize("replaced", [False, True])
async def test_nothing_is_said_to_be_kept_in_a_file_that_was_deleted(path: Path, replaced: bool) -> None:
    store = await SqlStore.open(address(path))
    await store.save_miss(missed("还在"))
    kept = path.with_name("kept.sqlite3")
    _take_away(path, kept, replaced=replaced)
    use_once = store.first_writer.use("n", NOON, NOON)
    for use in (store.ping(), store.save_feedback(liked("k1")), store.delete_before(NOON), use_once):
        with pytest.raises(StorageError, match="删掉或换掉"):
            await use

    _take_away(kept, path, replaced=False)
    await store.ping()
    await store.save_miss(missed("又好了"))
    assert [miss.question for miss in misses_in(path)] == ["还在", "又好了"]
    await store.close()


def _take_away(path: Path, kept: Path, *, replaced: bool) -> None:
    path.replace(kept)
    if replaced:
        path.write_bytes(b"")
