"""Fetching updates: nothing is lost, nothing is answered twice, and no trouble ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.telegram.receive.parse_update import RawUpdate
from bot.channels.telegram.receive.polling import BATCH, DELETE_EVERY, Poller, UpdateTracker
from bot.errors import StorageError
from tests.unit.channels.telegram_fakes import FakeLedger, Naps
from tests.unit.event_loop import until


class Server:
    """Keeps updates until they are confirmed, as Telegram does; ``troubles`` come first."""

    def __init__(self, *troubles: Exception) -> None:
        self.pending: list[RawUpdate] = []
        self.offsets: list[int] = []
        self.troubles = list(troubles)
        self._news = asyncio.Event()

    @property
    def following(self) -> int:
        """The offset that confirms all there was."""
        return self._last + 1

    def has(self, *numbers: int) -> None:
        self._last = numbers[-1]
        self.pending += [{"update_id": number} for number in numbers]
        self._news.set()

    async def fetch(self, offset: int, wait: int) -> Sequence[Any]:
        self.offsets.append(offset)
        if self.troubles:
            raise self.troubles.pop(0)
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        if wait and not self.pending:
            self._news.clear()
            await self._news.wait()
        await asyncio.sleep(0)
        return self.pending[:BATCH]


class Work:
    """Takes updates; those in ``slow`` wait until they are let go."""

    def __init__(self, *slow: int) -> None:
        self.taken: list[int] = []
        self.done: list[int] = []
        self._gates = {number: asyncio.Event() for number in slow}

    def take(self, raw: RawUpdate) -> asyncio.Task[None] | None:
        self.taken.append(raw["update_id"])
        return asyncio.create_task(self._do(raw["update_id"]))

    def let_go(self, number: int) -> None:
        self._gates[number].set()

    async def _do(self, number: int) -> None:
        if number in self._gates:
            await self._gates[number].wait()
        self.done.append(number)


class Polling:
    """A poller that runs while the block does."""

    def __init__(
        self,
        server: Server,
        take: Callable[[RawUpdate], asyncio.Task[None] | None],
        *,
        ledger: FakeLedger | None = None,
        repeatable: Callable[[RawUpdate], bool] = lambda _: False,
        hold: float = 60,
        grace: float = 10,
        reload: float = 10,
    ) -> None:
        self.ledger = ledger or FakeLedger()
        self.naps = Naps()
        self.webhooks_deleted = 0
        self.stop = asyncio.Event()
        self._poller = Poller(
            server.fetch,
            take,
            UpdateTracker(self.ledger),
            on_webhook=self._delete_webhook,
            repeatable=repeatable,
            sleep=self.naps,
            hold=hold,
            grace=grace,
            reload=reload,
        )

    async def _delete_webhook(self) -> None:
        self.webhooks_deleted += 1

    async def __aenter__(self) -> Polling:
        self._task = asyncio.create_task(self._poller.run(self.stop))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop.set()
        await self._task


async def test_updates_that_waited_while_the_bot_was_down_are_taken() -> None:
    server, work = Server(), Work()
    server.has(10, 11, 12)
    async with Polling(server, work.take):
        await until(lambda: work.done == [10, 11, 12])
    assert server.offsets[0] == 0
    assert server.offsets[-1] == 13


async def test_an_update_is_confirmed_only_when_it_was_dealt_with() -> None:
    server, work = Server(), Work(11)
    server.has(10, 11)
    async with Polling(server, work.take):
        await until(lambda: 11 in server.offsets)
        server.has(12)
        await until(lambda: 12 in work.done)
        assert max(server.offsets) == 11
        work.let_go(11)
        await until(lambda: 13 in server.offsets)
    assert work.taken == [10, 11, 12]
    assert work.done == [10, 12, 11]


async def test_nothing_of_a_full_window_in_work_is_confirmed_before_it_is_through() -> None:
    server, work = Server(), Work(*range(1, BATCH + 1))
    server.has(*range(1, BATCH + 31))
    ledger = FakeLedger()
    ledger.broken = True
    async with Polling(server, work.take, ledger=ledger, hold=0):
        await until(lambda: len(work.taken) == BATCH)
        tries = ledger.writes
        await until(lambda: ledger.writes >= tries + 3 * BATCH)  # it tried three times more to have all of them kept
        assert max(server.offsets) == 0
        assert len(server.pending) == BATCH + 30
        for number in range(1, BATCH + 1):
            work.let_go(number)
        await until(lambda: len(work.done) == BATCH + 30)
    assert work.taken == list(range(1, BATCH + 31))


async def test_one_slow_update_alone_does_not_dam_up_the_others_even_when_nobody_keeps_it() -> None:
    server, work, ledger = Server(), Work(1), FakeLedger()
    ledger.broken = True
    server.has(*range(1, BATCH + 1), 500)
    async with Polling(server, work.take, ledger=ledger, hold=0.1):
        await until(lambda: 500 in work.done)
        work.let_go(1)
    assert 1 in work.done
    assert len(work.taken) == BATCH + 1


async def test_no_trouble_ends_the_polling() -> None:
    troubles = [
        NetworkError("Bad Gateway"),
        TimedOut(),
        TelegramError("Invalid server response"),
        Conflict("terminated by other getUpdates request"),
        InvalidToken("Not Found"),
        ValueError("a bug"),
    ]
    server, work = Server(*troubles), Work()
    server.has(10)
    async with Polling(server, work.take) as polling:
        await until(lambda: work.done == [10])
        assert polling.naps.seconds == [1, 2, 4, 8, 16, 30]
        assert polling.webhooks_deleted == 0


async def test_a_bug_in_fetching_is_logged_with_its_traceback_and_trouble_on_the_line_without(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = Server(ValueError("a bug"), NetworkError("Bad Gateway"))
    server.has(10)
    async with Polling(server, Work().take):
        await until(lambda: 11 in server.offsets)
    assert [(record.levelname, record.exc_info is not None) for record in caplog.records] == [
        ("ERROR", True),
        ("WARNING", False),
    ]


async def test_a_webhook_in_the_way_is_taken_down() -> None:
    server, work = Server(Conflict("can't use getUpdates method while webhook is active")), Work()
    server.has(10)
    async with Polling(server, work.take) as polling:
        await until(lambda: work.done == [10])
        assert polling.webhooks_deleted == 1


async def test_an_update_that_cannot_be_worked_on_is_passed_over() -> None:
    server = Server()
    server.has(10, 11)
    work = Work()
    async with Polling(server, lambda raw: None if raw["update_id"] == 10 else work.take(raw)):
        await until(lambda: 12 in server.offsets)
    assert work.done == [11]


async def test_nonsense_in_place_of_an_update_is_passed_over() -> None:
    server = Server()
    taken: list[RawUpdate] = []

    async def fetch(offset: int, wait: int) -> Sequence[Any]:
        return ["?", {"update_id": "?"}, {"update_id": 9}] if offset < 10 else await server.fetch(offset, wait)

    poller = Poller(fetch, taken.append, UpdateTracker(FakeLedger()), on_webhook=asyncio.Event().wait)
    stop = asyncio.Event()
    task = asyncio.create_task(poller.run(stop))
    await until(lambda: taken)
    server.has(99)
    await until(lambda: len(taken) == 2)
    stop.set()
    await task
    assert taken == [{"update_id": 9}, {"update_id": 99}]


async def test_what_is_in_hand_when_the_bot_stops_is_finished_and_confirmed() -> None:
    server, work = Server(), Work(10)
    server.has(10)
    async with Polling(server, work.take) as polling:
        await until(lambda: work.taken == [10])
        polling.stop.set()
        asyncio.get_running_loop().call_later(0.02, work.let_go, 10)
    assert work.done == [10]
    assert server.offsets[-1] == 11


async def test_what_was_answered_behind_an_update_in_work_is_not_answered_again_after_a_restart() -> None:
    server, first, second, ledger = Server(), Work(10), Work(), FakeLedger()
    server.has(10, 11, 12)
    async with Polling(server, first.take, ledger=ledger, grace=0):
        await until(lambda: ledger.rows.keys() == {11, 12})
    assert max(server.offsets) <= 10
    async with Polling(server, second.take, ledger=ledger):
        await until(lambda: 13 in server.offsets)
    assert second.done == [10]


async def test_what_waits_for_too_long_is_parked_and_the_others_go_on() -> None:
    server, work, ledger = Server(), Work(10, 11), FakeLedger()
    server.has(10, 11, 12)
    async with Polling(server, work.take, ledger=ledger, hold=0.05):
        await until(lambda: 13 in server.offsets)
        assert ledger.rows == {10: '{"update_id": 10}', 11: '{"update_id": 11}', 12: None}
        work.let_go(10)
        work.let_go(11)
    assert work.taken == [10, 11, 12]
    assert set(ledger.rows.values()) == {None}


async def test_what_was_parked_when_the_bot_ended_is_dealt_with_after_the_next_start_and_once() -> None:
    server, work, ledger = Server(), Work(), FakeLedger()
    ledger.rows = {7: '{"update_id": 7}', 10: '{"update_id": 10}'}
    server.has(10, 11)  # it ended before 10 was confirmed
    async with Polling(server, work.take, ledger=ledger):
        await until(lambda: 12 in server.offsets)
    assert work.taken == [7, 10, 11]
    assert ledger.rows == {7: None, 10: None, 11: None}


async def test_what_was_parked_is_dealt_with_once_the_storage_can_be_read_again() -> None:
    server, work, ledger = Server(), Work(11), FakeLedger()
    ledger.rows = {10: '{"update_id": 10}', 11: '{"update_id": 11}'}
    ledger.broken = True
    server.has(11, 12)  # parked and not confirmed before the other process ended: it comes again
    async with Polling(server, work.take, ledger=ledger, reload=0.0):
        await until(lambda: work.done == [12])
        ledger.broken = False
        await until(lambda: work.done == [12, 10])
        work.let_go(11)
        await until(lambda: ledger.rows.get(11, "") is None)
    assert work.taken == [11, 12, 10]


async def test_an_update_that_is_through_while_it_is_being_parked_is_not_parked() -> None:
    ledger = FakeLedger()
    memory = UpdateTracker(ledger)
    await asyncio.gather(memory.mark_handled(10), memory.park(10, {"update_id": 10}))
    assert ledger.rows == {10: None}


async def test_what_may_be_dealt_with_twice_is_kept_with_the_next_that_may_not() -> None:
    server, work, ledger = Server(), Work(10), FakeLedger()
    server.has(10, 11, 12)
    async with Polling(server, work.take, ledger=ledger, repeatable=lambda raw: raw["update_id"] != 20):
        await until(lambda: {11, 12} <= set(work.done))
        fetches = len(server.offsets)
        await until(lambda: len(server.offsets) >= fetches + 2)
        assert ledger.rows == {}
        server.has(20)
        await until(lambda: 20 in ledger.rows)
        assert ledger.rows == {11: None, 12: None, 20: None}
        work.let_go(10)
        await until(lambda: 10 in ledger.rows)


async def test_what_telegram_will_not_send_again_is_not_kept() -> None:
    server, work, ledger = Server(), Work(), FakeLedger()
    server.has(10)
    async with Polling(server, work.take, ledger=ledger, repeatable=lambda raw: raw["update_id"] == 10):
        await until(lambda: 11 in server.offsets)
        server.has(11)
        await until(lambda: 11 in ledger.rows)
        assert ledger.rows == {11: None}


async def test_a_parked_update_is_settled_at_once_even_where_it_may_be_dealt_with_twice() -> None:
    server, work, ledger = Server(), Work(10), FakeLedger()
    server.has(10)
    async with Polling(server, work.take, ledger=ledger, hold=0.05, repeatable=lambda _: True):
        await until(lambda: 11 in server.offsets)
        assert ledger.rows == {10: '{"update_id": 10}'}
        work.let_go(10)
        await until(lambda: ledger.rows == {10: None})


async def test_no_update_is_kept_without_those_before_it_that_came_again_otherwise() -> None:
    ledger = FakeLedger()
    memory = UpdateTracker(ledger)
    await memory.mark_handled(10, repeatable=True)
    ledger.broken = True
    await memory.mark_handled(11)
    ledger.broken = False
    await memory.mark_handled(12)
    assert ledger.rows == {10: None, 11: None, 12: None}
    await memory.mark_handled(9, repeatable=True)
    assert 9 in ledger.rows, "it was through only after what came later: the wish to be forgotten, maybe"
    after_a_restart = UpdateTracker(ledger)
    await after_a_restart.load()
    await after_a_restart.mark_handled(8, repeatable=True)
    assert 8 in ledger.rows


async def test_a_text_that_may_have_been_kept_although_the_storage_says_no_is_forgotten() -> None:
    class Unsure(FakeLedger):
        """Keeps what it is given, and says that it could not, as when the line is lost in a commit."""

        async def park(self, update_id: int, body: str) -> None:
            await super().park(update_id, body)
            raise StorageError("坏了")

    ledger = Unsure()
    memory = UpdateTracker(ledger)
    assert not await memory.park(10, {"update_id": 10})
    await memory.mark_handled(10, repeatable=True)
    assert ledger.rows == {10: None}


async def test_a_parked_text_that_could_not_be_forgotten_is_forgotten_with_what_comes_next() -> None:
    ledger = FakeLedger()
    memory = UpdateTracker(ledger)
    await memory.park(10, {"update_id": 10})
    await memory.delete_confirmed(11)
    ledger.broken = True
    await memory.mark_handled(10)
    ledger.broken = False
    await memory.delete_confirmed(12)
    await memory.mark_handled(12)
    assert ledger.rows == {10: None, 12: None}


async def test_what_is_through_while_it_is_being_parked_leaves_no_text_behind() -> None:
    ledger = FakeLedger()
    memory = UpdateTracker(ledger)
    await asyncio.gather(memory.park(10, {"update_id": 10}), memory.mark_handled(10, repeatable=True))
    assert ledger.rows == {10: None}


async def test_what_was_dealt_with_and_confirmed_is_forgotten_from_time_to_time() -> None:
    server, work, ledger = Server(), Work(), FakeLedger()
    async with Polling(server, work.take, ledger=ledger):
        for start in range(1, 5 * DELETE_EVERY, 50):
            server.has(*range(start, start + 50))
            await until(lambda: server.following in server.offsets)
    assert len(work.done) == 5 * DELETE_EVERY
    assert len(ledger.rows) < 2 * DELETE_EVERY


async def test_a_storage_in_trouble_costs_no_answer() -> None:
    server, work, ledger = Server(), Work(), FakeLedger()
    ledger.broken = True
    server.has(10, 11)
    async with Polling(server, work.take, ledger=ledger):
        await until(lambda: 12 in server.offsets)
    assert work.done == [10, 11]


async def test_a_parked_update_that_cannot_be_read_ends_nothing() -> None:
    server, work, ledger = Server(), Work(), FakeLedger()
    ledger.rows = {7: "?"}
    server.has(10)
    async with Polling(server, work.take, ledger=ledger):
        await until(lambda: 11 in server.offsets)
    assert work.done == [10]
