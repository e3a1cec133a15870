"""The store on a real SQLite file."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.records.feedback import Feedback, Miss
from bot.storage.store import SqlStore
from bot.wording import Storage
from tests.unit.storage.rows import (
    NOON,
    address,
    feedback_in,
    liked,
    missed,
    misses_in,
    open_store,
    rights,
    set_rights,
)

TICK = timedelta(microseconds=1)


async def test_feedback_is_kept_as_it_was_given(store: SqlStore, path: Path) -> None:
    given_ = Feedback("k1", NOON, "sanji-lianchuang", "什么是三级联创", helpful=False)
    await store.save_feedback(given_)
    assert feedback_in(path) == {"k1": given_}


async def test_a_second_press_replaces_the_first(store: SqlStore, path: Path) -> None:
    await store.save_feedback(liked("k1"))
    second = liked("k1", helpful=False, at=NOON + timedelta(seconds=3))
    await store.save_feedback(second)
    assert feedback_in(path) == {"k1": second}


async def test_of_presses_at_the_same_time_the_last_counts(store: SqlStore, path: Path) -> None:
    presses = [liked("k1", helpful=number % 2 == 0) for number in range(10)]
    await asyncio.gather(*(store.save_feedback(press) for press in presses))
    assert feedback_in(path) == {"k1": presses[-1]}


async def test_a_press_that_is_taken_back_leaves_nothing(store: SqlStore, path: Path) -> None:
    await store.save_feedback(liked("k1"))
    await store.save_feedback(liked("k2"))
    await store.delete_feedback("k1")
    await store.delete_feedback("never given")
    assert feedback_in(path).keys() == {"k2"}


async def test_of_a_press_and_its_taking_back_at_the_same_time_the_last_counts(store: SqlStore, path: Path) -> None:
    first = store.save_feedback(liked("first"))  # written alone, so that the others share a transaction
    back = (store.save_feedback(liked("a")), store.delete_feedback("a"))
    again = (store.delete_feedback("b"), store.save_feedback(liked("b")))
    await asyncio.gather(first, *back, *again)
    assert feedback_in(path).keys() == {"first", "b"}


async def test_a_miss_is_kept_as_often_as_it_was_asked(store: SqlStore, path: Path) -> None:
    asked = [Miss(NOON, "食堂几点开门", "decline", ""), Miss(NOON, "怎么入党", "suggest", "fazhan-dangyuan")]
    for miss in [*asked, asked[0]]:
        await store.save_miss(miss)
    assert misses_in(path) == [*asked, asked[0]]


async def test_five_hundred_saves_at_once_are_all_kept_and_none_twice(store: SqlStore, path: Path) -> None:
    await asyncio.gather(
        *(store.save_feedback(liked(f"k{number}")) for number in range(250)),
        *(store.save_miss(missed(f"第{number}问")) for number in range(250)),
    )
    assert feedback_in(path).keys() == {f"k{number}" for number in range(250)}
    assert Counter(miss.question for miss in misses_in(path)) == Counter(f"第{n}问" for n in range(250))


async def test_a_moment_without_a_time_zone_fails_alone(store: SqlStore, path: Path) -> None:
    naive = replace(missed("没有时区"), at=NOON.replace(tzinfo=None))
    saves = [store.save_miss(miss) for miss in (missed("前"), naive, missed("后"))]
    found = await asyncio.gather(*saves, return_exceptions=True)
    assert [str(outcome) for outcome in found] == ["None", Storage.REFUSED, "None"]
    assert [miss.question for miss in misses_in(path)] == ["前", "后"]


async def test_half_an_emoji_costs_nobody_the_feedback(store: SqlStore, path: Path) -> None:
    await store.save_feedback(liked("k1", "三级联创\ud83d是什么"))
    assert feedback_in(path)["k1"].question == "三级联创\ufffd是什么"


@pytest.fixture(scope="module")
def shared_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts") / "bot.sqlite3"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
zones = st.timezones() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=zones)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(texts, moments, st.booleans()), min_size=1, max_size=20))
async def test_any_text_at_any_moment_comes_back_the_same(
    shared_path: Path, rows: list[tuple[str, datetime, bool]]
) -> None:
    store = await open_store(shared_path)
    wanted = [liked(f"k{n}", text, at=at, helpful=yes) for n, (text, at, yes) in enumerate(rows)]
    await asyncio.gather(*(store.save_feedback(feedback) for feedback in wanted))
    await store.close()
    found = feedback_in(shared_path)
    for feedback in wanted:  # instants are compared: two clocks of one zone may show the same at a change of time
        kept = found[feedback.key]
        assert kept.at.timestamp() == feedback.at.timestamp()
        assert replace(kept, at=NOON) == replace(feedback, at=NOON)


async def test_what_is_older_is_forgotten_and_the_very_moment_is_kept(store: SqlStore, path: Path) -> None:
    for name, at in (("old", NOON - TICK), ("edge", NOON), ("new", NOON + TICK)):
        await store.save_feedback(liked(name, at=at))
        await store.save_miss(missed(name, at=at))

    in_beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    assert await store.delete_before(in_beijing) == 2
    assert set(feedback_in(path)) == {"edge", "new"}
    assert [miss.question for miss in misses_in(path)] == ["edge", "new"]
    assert await store.delete_before(in_beijing) == 0


@pytest.mark.slow
async def test_more_than_is_deleted_at_once_is_forgotten_while_others_save(store: SqlStore, path: Path) -> None:
    old = NOON - timedelta(days=1)
    await asyncio.gather(*(store.save_miss(missed(f"{n}", at=old)) for n in range(4100)))
    gone, *_ = await asyncio.gather(store.delete_before(NOON), *(store.save_miss(missed("新")) for _ in range(20)))
    assert gone == 4100
    assert [miss.question for miss in misses_in(path)] == ["新"] * 20


async def test_forgetting_before_a_moment_without_a_time_zone_is_refused(store: SqlStore, path: Path) -> None:
    await store.save_miss(missed("留着"))
    with pytest.raises(StorageError):
        await store.delete_before(datetime(2999, 1, 1))
    assert len(misses_in(path)) == 1


async def test_closing_keeps_what_was_under_way(path: Path) -> None:
    store = await open_store(path)
    under_way = [asyncio.create_task(store.save_miss(missed(f"{n}"))) for n in range(30)]
    await asyncio.sleep(0)
    await store.close()
    assert len(misses_in(path)) == 30
    await asyncio.gather(*under_way)


async def test_a_closed_store_says_so_and_may_be_closed_again(path: Path) -> None:
    store = await open_store(path)
    await store.close()
    for use in (store.save_feedback(liked("k1")), store.ping(), store.delete_before(NOON)):
        with pytest.raises(StorageError, match=Storage.CLOSED):
            await use
    await store.close()


async def test_folder_and_files_are_for_their_owner_only(path: Path) -> None:
    store = await SqlStore.open(address(path))
    await store.save_miss(missed("谁能看见"))
    assert rights(path.parent) == 0o700
    names = ("bot.sqlite3", "bot.sqlite3-wal", "bot.sqlite3-shm")
    assert {rights(path.with_name(name)) for name in names} == {0o600}
    await store.close()


async def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    set_rights(tmp_path, 0o755)
    store = await SqlStore.open(address(tmp_path / "bot.sqlite3"))
    await store.close()
    assert rights(tmp_path) == 0o755


async def test_a_database_in_memory_works_for_a_try() -> None:
    store = await SqlStore.open("sqlite+aiosqlite://")
    await asyncio.gather(*(store.save_miss(missed(f"{n}")) for n in range(20)), store.ping())
    assert await store.delete_before(NOON + TICK) == 20
    await store.close()
