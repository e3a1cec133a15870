"""Group commit, on a fake that stands for the database."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.errors import StorageError
from bot.storage.engine import OutageError
from bot.storage.repository import Writer
from bot.wording import Storage
from tests.unit.event_loop import settle, until

LIMIT = 5.0  # seconds: who waits longer for an answer would wait for ever


class Ledger:
    """Notes what is committed together. Refuses ``bad``; is all ``down`` from the batch of that number on."""

    def __init__(self, *, bad: str = "", down_from: int | None = None) -> None:
        self.batches: list[list[str]] = []
        self.tries = 0
        self.bad = bad
        self.down_from = down_from
        self.open = asyncio.Event()
        self.open.set()

    async def commit(self, entries: Sequence[str]) -> None:
        self.tries += 1
        await self.open.wait()
        if self.down_from is not None and self.tries >= self.down_from:
            raise OutageError("down")
        if self.bad in entries and self.bad:
            raise StorageError(f"refused {self.bad}")
        self.batches.append(list(entries))


async def results(writer: Writer[str], entries: str) -> list[BaseException | None]:
    """What ``write`` gives or raises for each letter of ``entries``, all written at once.

    Raises TimeoutError if the writer leaves a caller without an answer.
    """
    async with asyncio.timeout(LIMIT):
        return await asyncio.gather(*(writer.write(entry) for entry in entries), return_exceptions=True)


async def outcomes(writer: Writer[str], entries: str) -> list[str]:
    """The ``results``, as words."""
    return ["saved" if result is None else str(result) for result in await results(writer, entries)]


async def test_what_comes_while_a_commit_runs_shares_the_next_one() -> None:
    ledger = Ledger()
    writer = Writer(ledger.commit)
    ledger.open.clear()
    first = asyncio.create_task(outcomes(writer, "a"))
    await until(lambda: ledger.tries)
    rest = asyncio.create_task(outcomes(writer, "bcd"))
    await settle()
    ledger.open.set()

    assert await first == ["saved"]
    assert await rest == ["saved"] * 3
    assert ledger.batches == [["a"], ["b", "c", "d"]]


async def test_a_batch_has_at_most_the_limit_and_keeps_the_order() -> None:
    ledger = Ledger()
    await outcomes(Writer(ledger.commit, limit=3), "abcdefg")
    assert ledger.batches == [["a", "b", "c"], ["d", "e", "f"], ["g"]]


async def test_a_bad_entry_fails_only_its_own_caller() -> None:
    ledger = Ledger(bad="c")
    writer = Writer(ledger.commit)
    assert await outcomes(writer, "abcd") == ["saved", "saved", "refused c", "saved"]
    assert ledger.batches == [["a"], ["b"], ["d"]]
    assert await outcomes(writer, "e") == ["saved"]


async def test_an_outage_fails_the_batch_at_once_and_the_next_one_is_tried_again() -> None:
    ledger = Ledger(down_from=1)
    writer = Writer(ledger.commit)
    assert await outcomes(writer, "abcd") == ["down"] * 4
    assert ledger.tries == 1
    ledger.down_from = None
    assert await outcomes(writer, "e") == ["saved"]


async def test_an_outage_in_the_middle_of_single_tries_ends_them() -> None:
    ledger = Ledger(bad="d", down_from=3)
    assert await outcomes(Writer(ledger.commit), "abcd") == ["saved", "down", "down", "down"]
    assert ledger.tries == 3


async def test_a_cancelled_caller_neither_stops_the_others_nor_loses_the_entry() -> None:
    ledger = Ledger()
    writer = Writer(ledger.commit)
    ledger.open.clear()
    being_written = asyncio.create_task(writer.write("a"))
    await until(lambda: ledger.tries)
    waiting = asyncio.create_task(writer.write("b"))
    rest = asyncio.create_task(outcomes(writer, "cd"))
    await settle()
    being_written.cancel()
    waiting.cancel()
    ledger.open.set()

    assert await rest == ["saved", "saved"]
    assert ledger.batches == [["a"], ["b", "c", "d"]]
    for gone in (being_written, waiting):
        with pytest.raises(asyncio.CancelledError):
            await gone


async def test_closing_writes_what_was_taken_and_takes_nothing_new() -> None:
    ledger = Ledger()
    writer = Writer(ledger.commit, limit=2)
    taken = asyncio.create_task(outcomes(writer, "abc"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    await writer.close()
    assert ledger.batches == [["a", "b"], ["c"]]
    assert await taken == ["saved"] * 3
    assert await outcomes(writer, "d") == [Storage.CLOSED]
    await writer.close()


async def test_a_writer_torn_down_in_the_middle_leaves_nobody_waiting() -> None:
    ledger = Ledger()
    writer = Writer(ledger.commit, limit=1)
    ledger.open.clear()
    waiting = asyncio.create_task(outcomes(writer, "ab"))
    await until(lambda: ledger.tries)
    [task] = [task for task in asyncio.all_tasks() if task.get_name() == "storage-writer"]
    task.cancel()

    assert await waiting == [Storage.CLOSED] * 2


async def test_every_caller_gets_an_error_of_its_own() -> None:
    one, other = await results(Writer(Ledger(down_from=1).commit), "ab")
    assert isinstance(one, OutageError)
    assert isinstance(other, OutageError)
    assert one is not other
