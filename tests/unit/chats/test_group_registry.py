"""Groups make themselves known by what happens in them, and the store is told only what is new."""

from __future__ import annotations

import asyncio

from bot.chats.group_registry import GroupRegistry
from bot.records.chats import GroupRecord
from tests.unit.features.contests.fixtures import START
from tests.unit.features.fakes import FakeGroups


async def test_a_group_is_noted_once_and_anew_under_another_title() -> None:
    kept = FakeGroups()
    groups = GroupRegistry(kept, lambda: START)
    for title in ("一支部", "一支部", "学习小组", "学习小组"):
        await groups.record_seen("test:1", title)
    assert await groups.all_groups() == [GroupRecord("test:1", "学习小组", START)]
    assert kept.written == 2


async def test_who_comes_back_is_noted_again() -> None:
    groups = GroupRegistry(FakeGroups(), lambda: START)
    await groups.record_seen("test:1", "一支部")
    await groups.record_left("test:1")
    assert await groups.all_groups() == []
    await groups.record_seen("test:1", "一支部")
    assert [group.title for group in await groups.all_groups()] == ["一支部"]


async def test_who_leaves_while_a_message_is_being_noted_is_noted_when_back() -> None:
    kept = FakeGroups()
    kept.writable.clear()
    groups = GroupRegistry(kept, lambda: START)
    noting = asyncio.create_task(groups.record_seen("test:1", "一支部"))
    await asyncio.sleep(0)
    leaving = asyncio.create_task(groups.record_left("test:1"))  # written behind it
    await asyncio.sleep(0)
    kept.writable.set()
    await asyncio.gather(noting, leaving)
    assert await groups.all_groups() == []
    await groups.record_seen("test:1", "一支部")
    assert [group.title for group in await groups.all_groups()] == ["一支部"]


async def test_what_could_not_be_noted_is_noted_with_the_next_message() -> None:
    kept = FakeGroups()
    kept.broken = True
    groups = GroupRegistry(kept, lambda: START)
    await groups.record_seen("test:1", "一支部")
    await groups.record_left("test:2")
    kept.broken = False
    await groups.record_seen("test:1", "一支部")
    assert [group.title for group in await groups.all_groups()] == ["一支部"]
