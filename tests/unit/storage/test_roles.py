"""Roles and the audit log on a real file."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.roles import AuditRecord, RoleRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, open_store

ANN = RoleRecord("telegram:1", "editor", "telegram:9", NOON)
BO = RoleRecord("telegram:2", "host", "telegram:9", NOON + timedelta(hours=1))
CY = RoleRecord("telegram:3", "editor", "telegram:9", NOON - timedelta(hours=1))
ENTRY = AuditRecord(NOON, "telegram:1", "reload", "全部", True, "r1")


async def test_a_role_is_the_one_given_last_until_it_is_taken_away(store: SqlStore) -> None:
    assert await store.roles.find_role(ANN.member) is None
    await store.roles.save_role(ANN)
    assert await store.roles.find_role(ANN.member) == "editor"
    await store.roles.save_role(replace(ANN, role="host"))
    assert await store.roles.find_role(ANN.member) == "host"
    await store.roles.delete_role(ANN.member)
    assert await store.roles.find_role(ANN.member) is None


async def test_of_several_writes_at_once_each_acts_on_what_came_before(store: SqlStore) -> None:
    roles = store.roles
    await asyncio.gather(
        roles.save_role(ANN), roles.delete_role(ANN.member), roles.delete_role(BO.member), roles.save_role(BO)
    )
    assert await roles.list_roles() == [BO]


async def test_all_roles_come_by_role_and_then_by_time(store: SqlStore) -> None:
    for role in (BO, ANN, CY):
        await store.roles.save_role(role)
    assert await store.roles.list_roles() == [CY, ANN, BO]


async def test_roles_and_the_log_survive_a_restart(path: Path) -> None:
    first = await open_store(path)
    await first.roles.save_role(ANN)
    await first.audit.append(ENTRY)
    await first.close()
    second = await open_store(path)
    assert await second.roles.list_roles() == [ANN]
    assert [logged.row for logged in await second.audit.page(10)] == [ENTRY]
    await second.close()


async def test_the_log_comes_newest_first_in_pages_either_way(store: SqlStore) -> None:
    for number in range(7):
        await store.audit.append(replace(ENTRY, detail=str(number)))
    newest = await store.audit.page(3)
    assert [logged.row.detail for logged in newest] == ["6", "5", "4"]
    older = await store.audit.page(3, before=newest[-1].number)
    assert [logged.row.detail for logged in older] == ["3", "2", "1"]
    newer = await store.audit.page(2, after=older[-1].number)
    assert [logged.row.detail for logged in newer] == ["3", "2"]


async def test_the_log_can_be_read_by_actor_and_by_actions(store: SqlStore) -> None:
    await store.audit.append(ENTRY, replace(ENTRY, actor="telegram:2", allowed=False), replace(ENTRY, action="grant"))
    assert [logged.row.action for logged in await store.audit.page(9, actor="telegram:1")] == ["grant", "reload"]
    found = await store.audit.page(9, actions=["reload", "nothing"])
    assert [(logged.row.actor, logged.row.allowed) for logged in found] == [("telegram:2", False), ("telegram:1", True)]
    assert await store.audit.page(9, actor="telegram:2", actions=["grant"]) == []


@pytest.mark.parametrize("order", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
async def test_the_database_lets_nobody_change_the_log(store: SqlStore, path: Path, order: str) -> None:
    await store.audit.append(ENTRY)
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="only appended"):
        connection.execute(order)
    connection.close()
    assert [logged.row for logged in await store.audit.page(9)] == [ENTRY]


async def test_what_cannot_be_read_is_a_storage_error(store: SqlStore, path: Path) -> None:
    await store.roles.save_role(ANN)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE roles")
        connection.execute("ALTER TABLE audit RENAME TO gone")
    connection.close()
    with pytest.raises(StorageError):
        await store.roles.find_role(ANN.member)
    with pytest.raises(StorageError):
        await store.audit.page(1)
