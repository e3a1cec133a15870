"""Groups on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.announcements import ChatOutbox, Notice
from bot.records.chats import GroupRecord, QuietHoursRecord, QuizSettingsRecord, ScheduleRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, open_store

ONE = GroupRecord("telegram:-1", "一支部", NOON)
TWO = GroupRecord("telegram:-2", "二支部", NOON + timedelta(days=1))


async def test_groups_come_back_by_title_after_a_restart(path: Path) -> None:
    first = await open_store(path)
    for group in (
        TWO,
        ONE,
    ):
        await first.groups.save_group(group)
    await first.close()
    second = await open_store(path)
    assert await second.groups.list_groups() == [ONE, TWO]
    await second.close()


async def test_a_group_has_the_title_that_was_kept_last_and_goes_when_it_is_dropped(store: SqlStore) -> None:
    renamed = GroupRecord(ONE.chat, "学习小组", NOON)
    for group in (
        ONE,
        TWO,
        renamed,
    ):
        await store.groups.save_group(group)
    assert {group.title for group in await store.groups.list_groups()} == {"二支部", "学习小组"}
    for chat in (TWO.chat, "telegram:-3"):
        await store.groups.delete_group(chat)
    assert await store.groups.list_groups() == [renamed]


async def test_a_group_with_another_key_stays_known(store: SqlStore) -> None:
    for group in (
        ONE,
        TWO,
    ):
        await store.groups.save_group(group)
    await store.contests.move_chat(ONE.chat, "telegram:-100")
    assert await store.groups.list_groups() == [GroupRecord("telegram:-100", ONE.title, ONE.at), TWO]


async def test_a_group_that_is_known_under_its_new_key_already_is_known_once(store: SqlStore) -> None:
    for group in (
        ONE,
        TWO,
    ):
        await store.groups.save_group(group)
    await store.contests.move_chat(ONE.chat, TWO.chat)
    assert await store.groups.list_groups() == [TWO]


async def test_a_closed_store_says_so(store: SqlStore) -> None:
    await store.close()
    with pytest.raises(StorageError):
        for group in (ONE,):
            await store.groups.save_group(group)


async def test_what_is_set_and_what_waits_goes_with_a_group_and_what_was_set_at_its_new_key_stands(
    store: SqlStore,
) -> None:
    old, new = "telegram:-1", "telegram:-100"
    daily = ScheduleRecord(old, "daily", 8, 0, "Asia/Shanghai", NOON)
    waiting = tuple(Notice(f"n{number}", "一", NOON, posted_to=old) for number in range(3))
    await store.contests.save(
        daily,
        QuietHoursRecord(old, time(22), time(7)),
        there := QuietHoursRecord(new, time(23), time(6)),
        QuizSettingsRecord(old, 5, 20, "contest", "right"),
        ChatOutbox(old, waiting),
        ChatOutbox(new, (late := Notice("n9", "二", NOON, posted_to=new),)),
    )
    await store.contests.move_chat(old, new)
    assert await store.contests.list_schedules("daily") == [replace(daily, chat=new)]
    assert await store.contests.list_quiet_hours() == [there]
    assert await store.contests.find_quiz_settings(old) is None
    assert await store.contests.find_quiz_settings(new) == QuizSettingsRecord(new, 5, 20, "contest", "right")
    assert await store.contests.list_outboxes() == {new: [*waiting, late]}
