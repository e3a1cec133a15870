"""A contest at a set time: it begins once, whatever happens to the bot meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chats.quiet_hours import QuietHours
from bot.conversation.capabilities import EVERYTHING
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness

HOUR = 3600.0
QUIET = QuietHours(time(22), time(7), ZoneInfo("Asia/Shanghai"))


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()  # it is noon
    yield opened
    await opened.dies()


async def test_a_contest_begins_at_its_time_as_it_was_wanted(harness: ContestsHarness) -> None:
    told = (await harness.say("/quiz 今天15点 3 30 挑战", by="ann")).text
    assert told == Wording.TIME_SET.format(when="11月2日 15:00", what="挑战，3 题，每题 30 秒")
    await harness.time.advance(3 * HOUR - 1)
    assert harness.channel.asked == []
    await harness.time.advance(2)
    [(chat, asked)] = harness.channel.asked
    assert (chat, asked.total, asked.seconds, asked.mode) == ("test:group", 3, 30, "challenge")
    assert await harness.store.appointments() == []


async def test_after_a_restart_it_begins_all_the_same_and_long_after_it_is_asked_for(harness: ContestsHarness) -> None:
    await harness.say("/quiz 半小时后 2", by="ann")
    await harness.say("/quiz 12:10 2", by="bob", chat="test:other")
    await harness.dies()
    harness.time.now += timedelta(minutes=35)
    later = await harness.again()
    await later.time.advance(2)
    assert [chat for chat, _ in later.channel.asked] == ["test:group"]
    [offer] = [reply for chat, reply in later.channel.said if chat == "test:other"]
    assert [choice.label for choice in offer.choices] == [Wording.START_NOW]
    await later.dies()


async def test_a_contest_that_runs_then_keeps_the_other_one_from_beginning(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1分钟后 2", by="ann")
    await harness.say("/quiz 9 60", by="ann")
    await harness.time.advance(70)
    assert Wording.RUNNING_STOP in [reply.text for _, reply in harness.channel.said]
    assert await harness.store.appointments() == []


async def test_who_set_it_and_organisers_cancel_it(harness: ContestsHarness) -> None:
    made = await harness.say("/quiz 明天8点", by="ann")
    assert (await harness.press(made.choices[0].action, by="bob")).toast == Wording.NOT_YOURS
    listed = await harness.say("/quiz 预约", by="bob")
    assert "11月3日 8:00" in listed.text
    harness.channel.admins.add(("test:group", "test:bob"))
    assert (await harness.press(listed.choices[0].action, by="bob")).text == Wording.TIME_CANCELLED.format(
        when="11月3日 8:00"
    )
    assert (await harness.press(made.choices[0].action, by="ann")).toast == Wording.TIME_GONE
    assert (await harness.say("/quiz 预约", by="bob")).text == Wording.TIME_NONE


async def test_a_topic_may_stand_beside_the_time_and_a_bad_time_is_told(harness: ContestsHarness) -> None:
    assert "（就业）" in (await harness.say("/quiz 明天晚上8点 5 就业", by="ann")).text
    assert (await harness.say("/quiz 明天25点", by="ann")).text in {
        Wording.TIME_BAD,
        Wording.NO_TOPIC.format(topic="明天25点"),
    }
    assert (await harness.say("/quiz 明天8点 99", by="ann")).text.startswith("题数要在")


async def test_what_would_begin_in_quiet_hours_is_not_set(harness: ContestsHarness) -> None:
    await harness.quizzing.quiet.save("test:group", QUIET)
    assert (await harness.say("/quiz 明天23点", by="ann")).text == Wording.TIME_QUIET.format(hours=QUIET)
    assert await harness.store.appointments() == []


async def test_quiet_hours_that_were_set_afterwards_hold_it_up(harness: ContestsHarness) -> None:
    await harness.say("/quiz 今晚23点 2", by="ann")
    await harness.quizzing.quiet.save("test:group", QUIET)
    await harness.time.advance(18 * HOUR)
    assert (harness.channel.asked, harness.channel.said) == ([], [])
    await harness.time.advance(1 * HOUR + 2)
    [(_, offer)] = harness.channel.said
    assert [choice.label for choice in offer.choices] == [Wording.START_NOW]


async def test_a_contest_that_fails_is_told_and_keeps_no_other_from_its_time(
    harness: ContestsHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await harness.say("/quiz 1分钟后 2", by="ann", chat="test:first")
    await harness.say("/quiz 2分钟后 2", by="ann")
    broken = harness.bank[:]
    harness.bank[:] = [None]  # type: ignore[list-item]  # no question at all: whatever reads it fails
    await harness.time.advance(70)
    harness.bank[:] = broken
    await harness.time.advance(60)
    assert [chat for chat, _ in harness.channel.asked] == ["test:group"]
    [told] = [reply.text for chat, reply in harness.channel.said if chat == "test:first"]
    assert told.startswith(Wording.TIME_FAILED.partition("{")[0])
    assert await harness.store.appointments() == []
    assert "a set contest failed" in caplog.text


async def test_alone_where_nobody_is_hurried_it_waits_for_its_answers(harness: ContestsHarness) -> None:
    harness.quizzing.channels.add("test", harness.channel, replace(EVERYTHING, self_paced=True))
    await harness.say("/quiz 1分钟后 2", by="ann", chat="test:ann", is_private=True)
    await harness.time.advance(70)
    [(_, asked)] = harness.channel.asked
    assert asked.seconds == 0


async def test_it_is_asked_about_the_document_that_its_chat_reads() -> None:
    read: list[str] = []

    @asynccontextmanager
    async def reading(chat: str) -> AsyncIterator[None]:
        read.append(f"opened {chat}")
        yield
        read.append("closed")

    harness = await ContestsHarness(reading=reading).opens()
    await harness.say("/quiz 1分钟后 2", by="ann")
    await harness.time.advance(70)
    assert read == ["opened test:group", "closed"]
    assert len(harness.channel.asked) == 1
    await harness.dies()


async def test_a_time_is_meant_from_when_it_was_said(harness: ContestsHarness) -> None:
    told = await harness.hears_late("/quiz 一小时后 2", timedelta(minutes=20))
    assert "11月2日 12:40 开始" in told.text
    told = await harness.hears_late("/quiz 明天8点 2", timedelta(hours=13))  # said on Sunday
    assert [choice.label for choice in told.choices] == [Wording.START_NOW]
    told = await harness.hears_late("/quiz 半小时后 2", timedelta(minutes=34))
    assert told.text == Wording.START_LATE.format(ago=Wording.MINUTES.format(count=34))
    assert [one.starts_at.hour for one in await harness.store.appointments()] == [12]
