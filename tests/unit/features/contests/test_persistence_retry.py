"""A contest is kept, if need be as a whole and again and again."""

from __future__ import annotations

import asyncio

import pytest

from bot.contests.persistence import RETRY, ContestWriter, all_rows_of
from bot.contests.session import ContestSession
from bot.errors import StorageError
from bot.records.contests import BoardRecord, ContestRow, MemberRecord, PollRecord, ProgressRecord, SettingRecord
from tests.unit.channels.telegram_fakes import Naps
from tests.unit.event_loop import until
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.quiz.builders import NOON, Game, setup

PROGRESS = ProgressRecord("c1", "{}")
BOARD = BoardRecord("c1", "m1")
OTHERS = (BOARD, MemberRecord("test:ann", "安安"), PollRecord("p1", "c1", 0, "m2"), SettingRecord("chat", "quiz", "5"))


class FailingStore(FakeQuizStore):
    """Fails so many times, then keeps; ``tried`` are the rows of each try, ``moves`` the chats of each."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures
        self.tried: list[tuple[ContestRow, ...]] = []
        self.moves: list[tuple[str, str]] = []

    async def save(self, *rows: ContestRow) -> None:
        self.tried.append(rows)
        await asyncio.sleep(0)
        if len(self.tried) <= self.failures:
            raise StorageError("坏了")
        await super().save(*rows)

    async def move_chat(self, old: str, new: str) -> None:
        self.moves.append((old, new))
        if len(self.moves) <= self.failures:
            raise StorageError("坏了")


def running() -> ContestSession:
    """A contest of three questions, the first of which is open."""
    return ContestSession(Game(setup(3)).opens().state)


def whole(contest: ContestSession, *, end_announced: bool = False) -> tuple[ContestRow, ...]:
    return tuple(all_rows_of(contest.contest, NOON, end_announced=end_announced))


async def test_a_step_is_kept_as_its_own_rows_alone() -> None:
    store, naps, contest = FailingStore(0), Naps(), running()
    await ContestWriter(store, lambda: NOON, naps).save(contest, [PROGRESS, BOARD])
    assert store.tried == [(PROGRESS, BOARD)]
    assert naps.seconds == []
    assert not contest.unsaved


async def test_after_a_failure_the_whole_contest_is_kept_with_the_rows_that_do_not_follow_from_it() -> None:
    store, naps, contest = FailingStore(1), Naps(), running()
    await ContestWriter(store, lambda: NOON, naps).save(contest, [PROGRESS, *OTHERS])
    assert store.tried[1:] == [(*whole(contest), *OTHERS)]
    assert naps.seconds == []
    assert not contest.unsaved


async def test_the_next_try_comes_after_a_pause_until_the_database_takes_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    store, naps, contest = FailingStore(4), Naps(), running()
    await ContestWriter(store, lambda: NOON, naps).save(contest, [PROGRESS, BOARD])
    assert store.tried[1:] == [(*whole(contest), BOARD)] * 4
    assert naps.seconds == [RETRY] * 3
    assert [record.levelname for record in caplog.records] == ["WARNING", "DEBUG", "DEBUG", "DEBUG"]


async def test_while_a_step_is_not_kept_the_next_one_is_tried_as_a_whole_behind_it() -> None:
    store, contest = FailingStore(2), running()
    let_go = asyncio.Event()

    async def pause(_: float) -> None:
        await let_go.wait()

    keeper = ContestWriter(store, lambda: NOON, pause)
    first = asyncio.create_task(keeper.save(contest, [PROGRESS]))
    await until(lambda: len(store.tried) == 2)
    assert contest.unsaved
    contest.contest = Game(setup(3)).opens().after(1).play({"ann": (1,)}).state
    contest.end_announced = True
    second = asyncio.create_task(keeper.save(contest, [PROGRESS, BOARD]))
    await until(contest.saving.locked)
    let_go.set()
    await asyncio.gather(first, second)
    assert store.tried[2:] == [whole(contest, end_announced=True), (*whole(contest, end_announced=True), BOARD)]
    assert not contest.unsaved


async def test_a_contest_that_was_dropped_is_given_up() -> None:
    store, contest = FailingStore(1000), running()

    async def pause(_: float) -> None:
        contest.dropped = len(store.tried) == 3

    await ContestWriter(store, lambda: NOON, pause).save(contest, [PROGRESS])
    assert len(store.tried) == 3
    assert contest.unsaved
    await ContestWriter(store, lambda: NOON, pause).save(contest, [PROGRESS])
    assert len(store.tried) == 3


async def test_a_chat_is_moved_as_soon_as_the_database_takes_it_and_its_trouble_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    store, naps = FailingStore(3), Naps()
    await ContestWriter(store, lambda: NOON, naps).move_chat("test:-7", "test:-1007")
    assert store.moves == [("test:-7", "test:-1007")] * 4
    assert naps.seconds == [RETRY] * 3
    assert [record.levelname for record in caplog.records] == ["WARNING", "DEBUG", "DEBUG"]
