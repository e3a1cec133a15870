"""Calls within Telegram's limits, contests first; seconds pass by hand."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.channels.telegram.send import rate_limit as pacing
from bot.channels.telegram.send.rate_limit import GROUP, GROUP_SHARE, GROUP_SPACING, SendWindow, TelegramRateLimiter
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import Time

GROUP_ID = -100200


@pytest.fixture(autouse=True)
def _new_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are timedeltas, as in the running bot."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


class Line:
    """A bot's calls, paced; ``went`` are those that went out, each with its second."""

    def __init__(self) -> None:
        self.time = Time()
        self.begun = self.time.now
        self.went: list[tuple[str, float]] = []
        self.refuses: list[Exception] = []
        self._pace = TelegramRateLimiter(clock=self.seconds, sleep=self.time.sleep)
        self._calls: list[asyncio.Task[Any]] = []

    def seconds(self) -> float:
        return (self.time.now - self.begun).total_seconds()

    def calls(self, name: str, *, ahead: bool = False, chat: int = GROUP_ID, method: str = "sendMessage") -> None:
        async def go() -> None:
            if self.refuses:
                raise self.refuses.pop()
            self.went.append((name, round(self.seconds(), 1)))

        async def paced() -> None:
            with suppress(RetryAfter):
                await self._pace.process_request(go, (), {}, method, {"chat_id": chat}, ahead or None)

        self._calls.append(asyncio.create_task(paced()))

    def count(self, name: str) -> int:
        return sum(went == name for went, _ in self.went)

    async def ends(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_answers_leave_a_share_of_a_groups_limit_to_contests() -> None:
    line = Line()
    for _ in range(60):
        line.calls("answer")
    await line.time.advance(40)
    assert line.count("answer") == GROUP - GROUP_SHARE
    for _ in range(GROUP_SHARE):
        line.calls("contest", ahead=True)
    await line.time.advance(GROUP_SHARE * GROUP_SPACING)
    assert line.count("contest") == GROUP_SHARE
    await line.ends()


async def test_what_goes_ahead_passes_all_that_waits() -> None:
    line = Line()
    for _ in range(60):
        line.calls("answer")
    await line.time.advance(10)
    before = line.count("answer")
    for _ in range(8):
        line.calls("contest", ahead=True)
    await line.time.advance(8 * GROUP_SPACING)
    assert line.count("contest") == 8
    assert line.count("answer") == before
    await line.ends()


async def test_a_contest_keeps_its_rhythm_beside_a_flood_of_questions() -> None:
    line = Line()
    for _ in range(100):
        line.calls("answer")
    for turn in range(30):  # a poll every eight seconds, as the quickest contest has them
        line.calls(f"poll {turn}", ahead=True)
        line.calls("board", ahead=True, method="editMessageText")
        await line.time.advance(8)
    late = [second - 8 * int(name.split()[1]) for name, second in line.went if name.startswith("poll")]
    assert len(late) == 30
    assert max(late) <= GROUP_SPACING  # behind an answer that went just before
    assert line.count("answer") > 30  # in four minutes: they get what is left
    await line.ends()


async def test_twenty_come_into_a_group_in_any_minute_and_other_chats_wait_for_none_of_them() -> None:
    line = Line()
    for _ in range(60):
        line.calls("answer")
        line.calls("contest", ahead=True)
    line.calls("other group", chat=-100300)
    line.calls("private", chat=7)
    await line.time.advance(300)
    moments = [second for name, second in line.went if name in {"answer", "contest"}]
    assert max(sum(start <= moment < start + 60 for moment in moments) for start in moments) == GROUP
    assert {second for name, second in line.went if name in {"other group", "private"}} == {0.0}
    await line.ends()


async def test_asking_for_rights_and_closing_polls_costs_nothing() -> None:
    line = Line()
    for method in ("getChatMember", "stopPoll") * 30:
        line.calls("free", method=method)
    await settle()
    assert line.count("free") == 60
    await line.ends()


@pytest.mark.parametrize("wait", [1, 17])
async def test_a_group_that_says_too_many_is_left_alone_for_as_long_as_it_says(
    wait: int,
) -> None:
    line = Line()
    line.refuses.append(RetryAfter(wait))
    line.calls("poll", ahead=True)
    await settle()
    line.calls("answer")
    line.calls("board", ahead=True)
    await line.time.advance(wait - 0.5)
    assert line.went == []
    await line.time.advance(4)
    assert [name for name, _ in line.went][:2] == ["poll", "board"]  # what was refused comes first
    assert line.went[0][1] == max(wait, GROUP_SPACING)
    await line.ends()


async def test_an_answer_that_is_refused_is_left_to_its_sender() -> None:
    line = Line()
    line.refuses.append(RetryAfter(1))
    line.calls("answer")
    await line.time.advance(5)
    assert line.went == []
    await line.ends()


async def test_a_call_that_is_given_up_takes_nobodys_turn() -> None:
    line = Line()
    line.calls("answer")
    await settle()
    line.calls("given up")
    await settle()
    line._calls[-1].cancel()
    line.calls("answer")
    await line.time.advance(2)
    assert line.went == [("answer", 0.0), ("answer", GROUP_SPACING)]
    await line.ends()


async def test_an_answer_whose_sender_gives_up_after_a_refusal_holds_up_nobody() -> None:
    line = Line()
    line.refuses.append(RetryAfter(20))
    line.calls("given up")
    await settle()
    line.calls("second")
    await line.time.advance(30)
    assert line.went == [("second", 20.0)]
    await line.ends()


async def test_a_refusal_that_comes_late_gives_back_its_own_room_and_not_that_of_another() -> None:
    line = Line()
    window = SendWindow(2, 10.0, 0, clock=line.seconds, sleep=line.time.sleep)
    first = await window.acquire(ahead=False)
    await line.time.advance(4)
    await window.acquire(ahead=False)
    window.close(1.0, first)
    third = asyncio.create_task(window.acquire(ahead=False))
    fourth = asyncio.create_task(window.acquire(ahead=False))
    await line.time.advance(7)
    assert third.done() and not fourth.done()  # at 10 the window still holds the second, of 4, and the third
    await line.time.advance(4)
    assert fourth.done()


async def test_a_group_that_says_too_many_is_not_forgotten_among_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "KEPT", 2)
    line = Line()
    line.refuses.append(RetryAfter(50))
    line.calls("refused")
    await settle()
    for chat in (1, 2, 3):
        line.calls("other", chat=-chat)
    await settle()
    line.calls("answer")
    await line.time.advance(49)
    assert line.count("other") == 3
    assert line.count("answer") == 0
    await line.time.advance(2)
    assert line.count("answer") == 1
    await line.ends()
