"""What is asked is counted in the background, and no row tells who asked."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.access.secret import Secret, load_or_create_secret
from bot.conversation.messages import Incoming
from bot.errors import StorageError
from bot.features.answers.question_counter import MAX_WAITING, QuestionCounter
from bot.library import Library
from bot.records.contests import SettingRecord
from bot.records.statistics import QuestionCount
from bot.retrieval.verdict import Verdict
from bot.storage.first_writer import FirstWriter
from bot.storage.statistics import QuestionCountRepository
from tests.unit.event_loop import settle
from tests.unit.library import NOON, conversation, retriever

SECRET = Secret("k")
DECLINED = Verdict("decline", "几点开课", "gap")


class FakeCountStore(QuestionCountRepository):
    """Counted questions in a list, and how many came together. Waits while ``held`` is not set."""

    def __init__(self, *, broken: bool = False, held: asyncio.Event | None = None) -> None:
        self.broken = broken
        self.held = held
        self.rows: list[QuestionCount] = []
        self.batches: list[int] = []
        self.kept = asyncio.Event()

    async def append_counts(self, *counts: QuestionCount) -> None:
        await self._begin_write()
        self.batches.append(len(counts))
        self.kept.set()
        self.rows += counts

    async def delete_counts(self, who: str) -> None:
        await self._begin_write()
        self.rows = [kept for kept in self.rows if kept.who != who]

    async def _begin_write(self) -> None:
        if self.held is not None:
            await self.held.wait()
        if self.broken:
            raise StorageError("数据库写不进去")


def by(person: str, *, ephemeral: bool = False) -> Incoming:
    return Incoming(person, "c", text="几点开课", ephemeral=ephemeral)


def counting(store: FakeCountStore) -> QuestionCounter:
    return QuestionCounter(store, SECRET, lambda: NOON)


async def counted(*texts: str, preview: bool = False) -> list[tuple[str, str]]:
    """What is counted of a conversation: verdicts, and the points that answered."""
    store = FakeCountStore()
    chat = conversation(Library(retriever()), counting=counting(store))
    for text in texts:
        await chat.handle(Incoming("p", "c", text=text, is_inline=preview))
    await chat.drain()
    return [(row.verdict, row.point) for row in store.rows]


async def test_each_question_counts_with_what_became_of_it() -> None:
    assert await counted("修路花了多少钱", "/ask 修路花了多少钱", "今天股市怎么样") == [
        ("answer", "road"),
        ("answer", "road"),
        ("decline", ""),
    ]


async def test_smalltalk_commands_buttons_and_nothing_do_not_count() -> None:
    assert await counted("你好", "/help", "目录", "1", "", "长" * 2000) == []


async def test_what_is_asked_while_still_typing_does_not_count() -> None:
    assert await counted("修路花了多少钱", preview=True) == []


async def test_members_are_told_apart_and_none_can_be_told() -> None:
    store = FakeCountStore()
    count = counting(store)
    for person in ("telegram:1", "telegram:2", "telegram:1"):
        count.count(by(person), DECLINED)
    await count.drain()
    one, two, again = (row.who for row in store.rows)
    assert one == again != two
    assert len(one) == 16 and "telegram" not in one
    assert one != Secret("another").pseudonym("telegram:1")


async def test_who_will_not_be_known_again_is_no_member() -> None:
    store = FakeCountStore()
    count = counting(store)
    count.count(by("api:x1", ephemeral=True), DECLINED)
    await count.drain()
    assert store.rows == [QuestionCount(NOON, "", "decline", "")]


async def test_what_comes_shortly_after_another_is_written_with_it() -> None:
    store = FakeCountStore()
    count = counting(store)
    count.count(by("a"), DECLINED)
    await settle()
    for _ in range(30):
        count.count(by("a"), DECLINED)
    await count.drain()
    assert store.batches == [31]


async def test_a_question_is_written_without_another_coming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.features.answers.question_counter.GATHER_SECONDS", 0.0)
    store = FakeCountStore()
    counting(store).count(by("a"), DECLINED)
    async with asyncio.timeout(30):
        await store.kept.wait()
    assert store.batches == [1]


async def test_what_was_counted_until_now_can_be_waited_for_and_no_more() -> None:
    store = FakeCountStore()
    count = counting(store)
    for _ in range(3):
        count.count(by("a"), DECLINED)
    await count.flush()
    assert store.batches == [3]
    await count.flush()  # nothing is left to wait for
    count.count(by("a"), DECLINED)
    count.count(by("b"), DECLINED)
    await count.forget("a")
    await count.flush()
    assert [row.who for row in store.rows] == [SECRET.pseudonym("b")]


async def test_a_database_that_hangs_is_waited_for_no_longer_than_asked() -> None:
    store = FakeCountStore(held=asyncio.Event())
    count = counting(store)
    count.count(by("a"), DECLINED)
    await count.flush(timeout_seconds=0.01)
    assert store.batches == []
    assert store.held is not None
    store.held.set()
    await count.drain()
    assert store.batches == [1]


async def test_forgetting_a_member_takes_what_is_kept_and_what_still_waits() -> None:
    store = FakeCountStore()
    count = counting(store)
    count.count(by("a"), DECLINED)
    count.count(by("b"), DECLINED)
    await count.drain()
    count.count(by("a"), DECLINED)
    await count.forget("a")
    await count.drain()
    assert [row.who for row in store.rows] == [SECRET.pseudonym("b")]


async def test_a_store_that_fails_costs_the_count_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    count = counting(FakeCountStore(broken=True))
    count.count(by("a"), DECLINED)
    await count.drain()
    assert [record.__dict__.get("count") for record in caplog.records] == [None, 1]


async def test_a_store_that_hangs_bounds_what_waits_and_does_not_hold_up_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = FakeCountStore(held=asyncio.Event())
    count = counting(store)
    for _ in range(MAX_WAITING + 5):
        count.count(by("a"), DECLINED)
    await count.drain(timeout_seconds=0.01)
    assert [record.message for record in caplog.records] == ["questions not counted: the database is too slow"]
    assert store.rows == []


async def test_a_signature_is_for_one_purpose_and_one_text() -> None:
    signature = SECRET.signature("link", "a|1")
    assert SECRET.verify("link", "a|1", signature)
    assert not SECRET.verify("cookie", "a|1", signature)
    assert not SECRET.verify("link", "a|2", signature)
    assert not Secret("other").verify("link", "a|1", signature)
    assert not SECRET.verify("link", "a|1", "统计")


class FirstWins(FirstWriter):
    """Keeps the first value only."""

    def __init__(self) -> None:
        self.kept = ""

    async def first(self, setting: SettingRecord) -> str:
        self.kept = self.kept or setting.value
        return self.kept


async def test_all_processes_have_the_secret_that_was_kept_first() -> None:
    store = FirstWins()
    one, other = await load_or_create_secret(store, lambda: "1"), await load_or_create_secret(store, lambda: "2")
    assert one.pseudonym("a") == other.pseudonym("a") == Secret("1").pseudonym("a")


async def test_a_question_counts_for_the_moment_at_which_it_was_asked() -> None:
    moments = iter((NOON, NOON + timedelta(seconds=1)))
    store = FakeCountStore()
    count = QuestionCounter(store, SECRET, lambda: next(moments))
    count.count(by("a"), DECLINED)
    count.count(by("a"), DECLINED)
    await count.drain()
    assert [row.at for row in store.rows] == [NOON, NOON + timedelta(seconds=1)]
