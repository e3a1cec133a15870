"""Versions of the knowledge on a real database."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.admin_ports import Audited, KeptVersion
from bot.chat.administering.version import Content, Version
from bot.knowledge.amendment import AddQuestion
from bot.knowledge.files import Files
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, address

FILES = Files({"points.yaml": "points: 一\n", "source.txt": "一二三\n"})
LATER = Content(FILES.with_("points.yaml", "points: 二\n"), (AddQuestion("a", "怎么问"),))


async def keep(store: SqlStore, number: int, content: Content) -> None:
    names, amendments, blobs = content.rows()
    at = NOON + timedelta(hours=number)
    row = KeptVersion(number, at, "telegram:1", "upload", f"第{number}次", names, amendments, "f", "{}")
    await store.versions.keep(*blobs, row)


async def test_a_version_comes_back_with_its_files_and_what_was_added_to_them(path: Path) -> None:
    store = await SqlStore.open(address(path))
    await keep(store, 1, Content(FILES))
    await keep(store, 2, LATER)
    await store.close()
    store = await SqlStore.open(address(path))
    stored = await store.versions.content(2)
    assert stored is not None
    assert stored.content() == LATER
    first = await store.versions.content(1)
    assert first is not None
    assert first.content() == Content(FILES)
    assert await store.versions.content(3) is None
    await store.close()


async def test_versions_are_listed_the_newest_first_and_in_pages(path: Path) -> None:
    store = await SqlStore.open(address(path))
    for number in range(1, 6):
        await keep(store, number, LATER)
    assert [one.number for one in await store.versions.versions(2)] == [5, 4]
    assert [one.number for one in await store.versions.versions(9, before=4)] == [3, 2, 1]
    assert await store.versions.version(2) == Version(
        2, NOON + timedelta(hours=2), "telegram:1", "upload", "第2次", "f", "{}"
    )
    await store.close()


async def test_a_file_that_many_versions_have_is_kept_once(path: Path) -> None:
    store = await SqlStore.open(address(path))
    for number in range(1, 6):
        await keep(store, number, LATER)
    await keep(store, 6, Content(FILES))
    await store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM blobs").fetchone() == (3,)
    connection.close()


async def test_the_database_itself_refuses_to_change_or_delete_what_was_audited(path: Path) -> None:
    store = await SqlStore.open(address(path))
    await store.keep(Audited(NOON, "telegram:1", "reload", "", True, "tg-1"))
    await store.close()
    with sqlite3.connect(path) as connection:
        for change in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
            with pytest.raises(sqlite3.IntegrityError, match="only appended"):
                connection.execute(change)
        assert connection.execute("SELECT actor FROM audit").fetchall() == [("telegram:1",)]
    connection.close()
