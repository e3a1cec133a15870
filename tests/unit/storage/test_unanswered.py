"""Questions without an answer, read from a real file."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.feedback import Miss
from bot.records.unanswered import SettledRecord, Unanswered
from bot.storage.engine import make_engine
from bot.storage.repository import UnitOfWork
from bot.storage.store import SqlStore
from bot.storage.unanswered import UnansweredRepository
from tests.unit.storage.rows import NOON, address, liked, missed

HOUR = timedelta(hours=1)


async def no_writer(_: UnitOfWork) -> None:
    raise AssertionError("only reads")


async def test_misses_and_thumbs_down_are_read_together_the_latest_first(store: SqlStore) -> None:
    await store.save_miss(Miss(NOON, "多少", "suggest", "road", "k1"))
    await store.save_feedback(liked("a", "谁说的", at=NOON + HOUR, helpful=False))
    await store.save_feedback(liked("b", "谁修的", at=NOON + HOUR))
    await store.save_miss(missed("哪家修的", at=NOON + 2 * HOUR))
    assert await store.unanswered.list_unanswered(NOON) == [
        Unanswered(NOON + 2 * HOUR, "哪家修的", "decline", near=False),
        Unanswered(NOON + HOUR, "谁说的", "unhelpful"),
        Unanswered(NOON, "多少", "suggest"),
    ]


async def test_why_an_answer_did_not_help_is_read_as_its_kind(store: SqlStore) -> None:
    await store.save_feedback(replace(liked("a", "谁说的", helpful=False), reason="incomplete"))
    assert await store.unanswered.list_unanswered(NOON) == [Unanswered(NOON, "谁说的", "incomplete")]


async def test_what_members_asked_is_read_before_what_visitors_did_however_much_that_is(
    store: SqlStore, path: Path
) -> None:
    await store.save_miss(missed("成员问的"))
    for hour in range(1, 5):
        await store.save_miss(Miss(NOON + hour * HOUR, f"第{hour}问", "decline", "", visitor=True))
    bad = liked("a", "访客说不好", at=NOON + 9 * HOUR, helpful=False)
    await store.save_feedback(replace(bad, visitor=True))
    engine = make_engine(address(path), 1)
    try:
        found = await UnansweredRepository(engine, no_writer, 3).list_unanswered(NOON)
    finally:
        await engine.dispose()
    assert [(row.question, row.visitor) for row in found] == [
        ("成员问的", False),
        ("访客说不好", True),
        ("第4问", True),
    ]


async def test_what_is_older_does_not_count(store: SqlStore) -> None:
    await store.save_miss(missed("旧的", at=NOON - HOUR))
    await store.save_feedback(liked("a", "也是旧的", at=NOON - HOUR, helpful=False))
    await store.save_miss(missed("正好", at=NOON))
    assert [row.question for row in await store.unanswered.list_unanswered(NOON)] == ["正好"]


async def test_a_judgement_that_was_changed_counts_as_it_stands_now(store: SqlStore) -> None:
    await store.save_feedback(liked("a", "判错的", helpful=False))
    assert [row.question for row in await store.unanswered.list_unanswered(NOON)] == ["判错的"]
    await store.save_feedback(liked("a", "判错的", helpful=True))
    assert await store.unanswered.list_unanswered(NOON) == []


async def test_a_miss_that_was_taken_back_is_gone(store: SqlStore) -> None:
    await store.save_miss(Miss(NOON, "多少", "suggest", "road", "k1"))
    await store.save_miss(Miss(NOON, "多少", "suggest", "road", "k2"))
    await store.delete_miss("k1")
    assert len(await store.unanswered.list_unanswered(NOON)) == 1


async def test_a_miss_that_is_saved_after_the_same_was_taken_back_stays(store: SqlStore) -> None:
    miss = Miss(NOON, "多少", "suggest", "road", "k1")
    before = missed("在写的")  # what comes while it is written shares the next transaction
    await asyncio.gather(store.save_miss(before), store.save_miss(miss), store.delete_miss("k1"), store.save_miss(miss))
    assert [row.question for row in await store.unanswered.list_unanswered(NOON - HOUR)] == ["在写的", "多少"]


async def test_only_so_many_of_the_latest_are_read(store: SqlStore, path: Path) -> None:
    for hour in range(5):
        await store.save_miss(missed(f"第{hour}问", at=NOON + hour * HOUR))
    engine = make_engine(address(path), 1)
    try:
        latest = await UnansweredRepository(engine, no_writer, 2).list_unanswered(NOON)
        assert [row.question for row in latest] == [
            "第4问",
            "第3问",
        ]
    finally:
        await engine.dispose()


async def test_what_was_dealt_with_is_read_until_it_is_undone(store: SqlStore) -> None:
    ignored = SettledRecord("哪家修的", "ignored", "", "t:1", NOON)
    linked = SettledRecord("多少", "linked", "road", "t:1", NOON)
    await store.unanswered.save_settled(ignored, linked)
    assert await store.unanswered.list_settled() == [ignored, linked]
    await store.unanswered.delete_settled(("哪家修的", "没有的"))
    assert await store.unanswered.list_settled() == [linked]


async def test_a_database_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    engine = make_engine(address(tmp_path / "empty.sqlite3"), 1)
    try:
        with pytest.raises(StorageError):
            await UnansweredRepository(engine, no_writer).list_unanswered(NOON)
    finally:
        await engine.dispose()
