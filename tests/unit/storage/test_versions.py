"""Versions of the knowledge on a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.features.knowledge_versions.candidate import Content
from bot.knowledge.edit.amendment import AddQuestion
from bot.knowledge.files import Files
from bot.records.knowledge_versions import BlobRecord, Version, VersionRecord
from bot.records.roles import AuditRecord
from bot.storage.engine import make_engine
from bot.storage.repository import UnitOfWork, write_units
from bot.storage.store import SqlStore
from bot.storage.versions import VersionRepository
from bot.wording import Storage
from tests.unit.storage.rows import NOON, address, missed, misses_in, open_store

FILES = Files({"points.yaml": "points: 一\n", "source.txt": "一二三\n"})
LATER = Content(FILES.with_file("points.yaml", "points: 二\n"), (AddQuestion("a", "怎么问"),))


async def keep(store: SqlStore, number: int, content: Content) -> None:
    names, amendments, blobs = content.rows()
    at = NOON + timedelta(hours=number)
    row = VersionRecord(number, at, "telegram:1", "upload", f"第{number}次", names, amendments, "f", "{}")
    await store.versions.save(*blobs, row)


async def test_a_version_comes_back_with_its_files_and_what_was_added_to_them(path: Path) -> None:
    store = await open_store(path)
    await keep(store, 1, Content(FILES))
    await keep(store, 2, LATER)
    await store.close()
    store = await open_store(path)
    stored = await store.versions.content(2)
    assert stored is not None
    assert Content.of(stored) == LATER
    first = await store.versions.content(1)
    assert first is not None
    assert Content.of(first) == Content(FILES)
    assert await store.versions.content(3) is None
    await store.close()


async def test_versions_are_listed_the_newest_first_and_in_pages(path: Path) -> None:
    store = await open_store(path)
    for number in range(1, 6):
        await keep(store, number, LATER)
    assert [one.number for one in await store.versions.versions(2)] == [5, 4]
    assert [one.number for one in await store.versions.versions(9, before=4)] == [3, 2, 1]
    assert await store.versions.version(2) == Version(
        2, NOON + timedelta(hours=2), "telegram:1", "upload", "第2次", "f", "{}"
    )
    await store.close()


async def test_a_file_that_many_versions_have_is_kept_once(path: Path) -> None:
    store = await open_store(path)
    for number in range(1, 6):
        await keep(store, number, LATER)
    await keep(store, 6, Content(FILES))
    await store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM blobs").fetchone() == (3,)
    connection.close()


async def test_the_database_itself_refuses_to_change_or_delete_what_was_audited(path: Path) -> None:
    store = await open_store(path)
    await store.audit.append(AuditRecord(NOON, "telegram:1", "reload", "", True, "tg-1"))
    await store.close()
    with sqlite3.connect(path) as connection:
        for change in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
            with pytest.raises(sqlite3.IntegrityError, match="only appended"):
                connection.execute(change)
        assert connection.execute("SELECT actor FROM audit").fetchall() == [("telegram:1",)]
    connection.close()


async def test_of_two_processes_the_second_does_not_write_over_the_firsts_version(path: Path) -> None:
    first, second = await open_store(path), await open_store(path)
    await keep(first, 1, Content(FILES))
    await keep(first, 2, Content(FILES))
    with pytest.raises(StorageError) as caught:
        await keep(second, 2, LATER)
    assert str(caught.value) == Storage.VERSION_TAKEN
    stored = await second.versions.content(2)
    assert stored is not None and Content.of(stored) == Content(FILES)
    await keep(second, 3, LATER)
    await first.close()
    await second.close()


async def test_a_version_that_is_taken_keeps_nothing_else_from_being_written(path: Path) -> None:
    store = await open_store(path)
    await keep(store, 1, Content(FILES))
    told = await asyncio.gather(
        store.save_miss(missed("什么时候开学")),
        keep(store, 1, LATER),
        store.audit.append(AuditRecord(NOON, "telegram:1", "reload", "", True, "tg-1")),
        keep(store, 2, LATER),
        return_exceptions=True,
    )
    assert [str(error) for error in told if error is not None] == [Storage.VERSION_TAKEN]
    assert [one.number for one in await store.versions.versions(9)] == [2, 1]
    assert [logged.row.action for logged in await store.audit.page(9)] == ["reload"]
    assert len(misses_in(path)) == 1
    await store.close()


async def test_only_files_that_are_new_are_packed_and_written(path: Path) -> None:
    store = await open_store(path)
    engine = make_engine(address(path), 1)
    written: list[UnitOfWork] = []

    async def write(rows: UnitOfWork) -> None:
        written.append(rows)
        async with engine.begin() as connection:
            await write_units(connection, [rows])

    versions = VersionRepository(engine, write)
    for number, content in ((1, Content(FILES)), (2, LATER)):
        names, amendments, blobs = content.rows()
        await versions.save(*blobs, VersionRecord(number, NOON, "a", "chat", "", names, amendments, "f", "{}"))
    assert [[type(row) for row in rows.rows] for rows in written] == [
        [BlobRecord, BlobRecord, VersionRecord],
        [BlobRecord, VersionRecord],
    ]
    stored = await store.versions.content(2)
    assert stored is not None and Content.of(stored) == LATER
    await engine.dispose()
    await store.close()
