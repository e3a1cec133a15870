"""A database of schema 0005, dumped by the program that wrote it, with all kinds of settings: the move to tables.

``databases/version_0005.*.sql`` hold the same rows for either kind of database.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.records.announcements import Notice
from bot.records.chats import QuietHoursRecord, QuizSettingsRecord, ScheduleKind, ScheduleRecord
from bot.storage.diagnostics import examine
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, address

DATABASES = Path(__file__).parent / "databases"
_MOMENT = NOON + timedelta(seconds=1, microseconds=234567)
_OPENING = "📢 明天八点开会\n“带上书”"
_SHANGHAI = "Asia/Shanghai"
SCHEDULES: dict[ScheduleKind, list[ScheduleRecord]] = {
    "daily": [
        ScheduleRecord("telegram:-1001", "daily", 8, 0, _SHANGHAI, _MOMENT),
        ScheduleRecord("telegram:-1002:7", "daily", 20, 15, "Europe/Berlin", _MOMENT),
        ScheduleRecord("telegram:12", "daily", 6, 30, "Asia/Kathmandu", NOON),
    ],
    "reminder": [
        ScheduleRecord("telegram:12", "reminder", 19, 0, _SHANGHAI, datetime(2026, 11, 2, 0, 0, tzinfo=UTC)),
        ScheduleRecord("telegram:13", "reminder", 19, 0, _SHANGHAI, datetime(2026, 11, 2, 1, 0, tzinfo=UTC)),
    ],
}
QUIET_HOURS = [
    QuietHoursRecord("telegram:-1001", time(22, 0), time(7, 0)),
    QuietHoursRecord("telegram:-1002", time(13, 5), time(14, 30)),
    QuietHoursRecord("telegram:13", time(0, 0), time(6, 0)),
]
QUIZ_SETTINGS = [
    QuizSettingsRecord("telegram:-1001", 5, 30, "buzzer", "speed"),
    QuizSettingsRecord("telegram:-1001:3", 10, 20, "contest", "right"),
    QuizSettingsRecord("telegram:-1005", 20, 20, "contest", "right"),
    QuizSettingsRecord("telegram:12", 15, 10, "challenge", "right"),
]
_FIRST = Notice("n1", _OPENING, _MOMENT, "明天八点开会", "telegram:12", "一支部", "waiting", posted_to="telegram:-1001")
OUTBOXES = {
    "telegram:-1001": [
        _FIRST,
        Notice(
            "n2",
            "第二条\ufffd \\ 'quoted' \"两遍\"",
            NOON,
            "第二条",
            "telegram:13",
            "一支部",
            "begun",
            author_told=True,
            repeated=True,
            posted_to="telegram:-1000",
        ),
        Notice(
            "n3",
            _OPENING,
            _MOMENT,
            "明天八点开会",
            "telegram:12",
            "一支部",
            "held",
            author_told=True,
            posted_to="telegram:-1001",
        ),
    ],
    "telegram:-1002": [
        Notice("n1", _OPENING, _MOMENT, "明天八点开会", "telegram:12", "二支部", "unsure", posted_to="telegram:-1002")
    ],
    "telegram:-1005": [Notice("n4", "旧版的", datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC))],
    "telegram:12": [Notice("n2-1-0", "已送到", NOON)],
}
_EIGHT = '"hour":8,"minute":0,"zone":"Asia/Shanghai"'
UNREADABLE = {
    ("telegram:-1004", "daily", '{"hour":99'),
    ("telegram:-1004", "notices", "nonsense"),
    ("telegram:-1004", "quiet", "nonsense"),
    ("telegram:-1006", "quiz", '{"count":"many"}'),
    ("telegram:-1006", "daily", f'{{{_EIGHT},"handled":"0001-01-01T00:00:00+08:00"}}'),  # before the first year, in UTC
    ("telegram:14", "reminder", "8"),
}
STAYING = {"secret", "secret of askers", "declined folder", "draft", "new point"}
STAYING |= {"preview", "showing", "tidied", "ping"}
MOVED = {"daily", "reminder", "quiz", "quiet", "out", "notices"}
_TABLES = [
    *("contests", "players", "answers", "polls", "members", "reports", "feedback", "misses", "telegram_updates"),
    *("blobs", "versions", "roles", "audit", "settled", "asked", "chats", "used_links"),
]


def restore(path: Path) -> None:
    """Make the database of schema 0005 at ``path``."""
    with sqlite3.connect(path) as connection:
        connection.executescript((DATABASES / "version_0005.sqlite.sql").read_text(encoding="utf-8"))
    connection.close()


async def columns_of(engine: AsyncEngine) -> dict[str, str]:
    """The columns of the tables that schema 0005 has, as a list in SQL."""
    found: dict[str, str] = {}
    async with engine.connect() as connection:
        for table in (*_TABLES, "settings"):
            names = list((await connection.execute(text(f"SELECT * FROM {table}"))).keys())
            found[table] = ", ".join(f'"{name}"' for name in names)
    return found


async def rows_of(engine: AsyncEngine, columns: dict[str, str]) -> dict[str, set[tuple[object, ...]]]:
    """All rows of these tables, with these columns."""
    async with engine.connect() as connection:
        return {
            table: {tuple(row) for row in await connection.execute(text(f"SELECT {names} FROM {table}"))}
            for table, names in columns.items()
        }


async def assert_moves(url: str) -> None:
    """Open the database of schema 0005 at ``url`` and see every row of it where it belongs."""
    engine = create_async_engine(url)
    try:
        columns = await columns_of(engine)
        before = await rows_of(engine, columns)
        store = await SqlStore.open(url)
        await assert_moved(store)
        await store.close()
        after = await rows_of(engine, columns)
    finally:
        await engine.dispose()
    settings = after.pop("settings")
    old = before.pop("settings")
    assert after == before
    assert all(before.values())
    assert settings == {row for row in old if row[1] not in MOVED} | UNREADABLE
    assert {row[1] for row in settings if row[2]} == STAYING | {name for _, name, _ in UNREADABLE}


async def assert_moved(store: SqlStore) -> None:
    of = store.contests
    assert {kind: await of.list_schedules(kind) for kind in SCHEDULES} == SCHEDULES
    assert await of.list_quiet_hours() == QUIET_HOURS
    assert [await of.find_quiz_settings(row.chat) for row in QUIZ_SETTINGS] == QUIZ_SETTINGS
    assert [await of.find_quiz_settings(f"telegram:-{chat}") for chat in (1002, 1003, 1006)] == [None] * 3
    assert await of.list_removed_questions() == {"c-sanji-1", "n-36000-2"}
    assert await of.list_outboxes() == OUTBOXES


async def test_every_setting_is_in_its_table_afterwards_and_nothing_else_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    restore(path)
    assert await examine(address(path), timeout_seconds=5) == "older"
    await assert_moves(address(path))
    assert await examine(address(path), timeout_seconds=5) == "current"


async def test_it_happens_once(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    restore(path)
    for _ in range(2):
        store = await SqlStore.open(address(path))
        await assert_moved(store)
        await store.close()


KILLED_AT = ["CREATE TABLE schedules", "INSERT INTO quiz_settings", "INSERT INTO outbox", "UPDATE alembic_version"]


def killed_while_migrating(url: str, statement: str) -> None:
    """Open the database at ``url`` in a process that dies where it runs a statement that begins so."""
    command = [sys.executable, "-m", "tests.unit.storage.test_migrate_settings", url, statement]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[3])
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")


@pytest.mark.slow
@pytest.mark.parametrize("statement", KILLED_AT)
async def test_a_kill_in_the_middle_of_it_leaves_all_as_it_was_and_the_next_start_does_it(
    tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "bot.sqlite3"
    restore(path)
    killed_while_migrating(address(path), statement)
    await assert_moves(address(path))


async def _open_and_die(url: str, statement: str) -> None:
    def die(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.strip().startswith(statement):
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", die)
    await SqlStore.open(url)


if __name__ == "__main__":
    import asyncio

    asyncio.run(_open_and_die(*sys.argv[1:]))
