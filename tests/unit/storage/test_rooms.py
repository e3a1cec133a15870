"""Live rooms on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.records.contests import AnswerRecord, ContestRecord, MemberRecord, PlayerRecord, SettingRecord
from bot.records.rooms import RoomRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON

ROOM = RoomRecord("r1", "123456", "竞赛", "一份文件", '["第一部分"]', NOON)
PLAYER = "room:r1:p1"


async def play(store: SqlStore) -> None:
    """A room with an answer of its one player."""
    await store.contests.save(
        ROOM,
        ContestRecord("r1", "room:r1", "web:1", NOON, "{}", "{}", NOON),
        PlayerRecord("r1", PLAYER, "红队", 2),
        MemberRecord(PLAYER, "李雷"),
        SettingRecord("room:r1", "showing", "r1"),
        AnswerRecord("r1", 0, PLAYER, "room:r1", "q", "p", (0,), True, 10, 1, NOON),
        MemberRecord("web:1", "王芳"),
    )


async def test_a_room_is_read_as_it_was_saved_last(store: SqlStore) -> None:
    await play(store)
    await store.rooms.save(replace(ROOM, locked=True))
    assert await store.rooms.list() == [replace(ROOM, locked=True)]
    (contest,) = await store.contests.contests(NOON)
    assert contest.players == [PlayerRecord("r1", PLAYER, "红队", 2)]


async def test_an_old_room_is_deleted_with_the_names_in_it_and_nobody_elses(store: SqlStore) -> None:
    await play(store)
    await store.delete_before(NOON)
    assert len(await store.rooms.list()) == 1
    await store.delete_before(NOON + timedelta(seconds=1))
    assert await store.rooms.list() == [] and await store.contests.contest("r1") is None
    assert await store.contests.names({PLAYER, "web:1"}) == {"web:1": "王芳"}
    assert await store.contests.setting("room:r1", "showing") == ""
    assert len(await store.contests.answers_of(PLAYER)) == 1  # which names nobody, and tells how hard its question is


async def test_players_of_rooms_are_in_no_ranking_of_all_chats(store: SqlStore) -> None:
    await play(store)
    assert await store.contests.rank(None, None, 10) == []
    assert [one.name for one in await store.contests.rank("room:r1", None, 10)] == ["李雷"]
