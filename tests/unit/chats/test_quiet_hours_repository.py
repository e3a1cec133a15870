"""In a chat's quiet hours nothing comes of the bot's own accord; what comes then comes when they are over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.chats.quiet_hours import parse_quiet_hours
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness, Time

HOUR = 3600.0


async def opened(
    start: str = "2026-11-02T04:00", quiet: str = "22:00-7:00", chat: str = "test:group"
) -> ContestsHarness:
    """A bot that starts at noon in Shanghai, where a chat has quiet hours."""
    harness = await ContestsHarness(
        time=Time(datetime.fromisoformat(start).replace(tzinfo=UTC)), hosts=["test:boss"]
    ).opens()
    await harness.quizzing.quiet.save(chat, parse_quiet_hours(quiet, "Asia/Shanghai"))
    return harness


def local(harness: ContestsHarness) -> str:
    return harness.time.now.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")


async def advanced_to_a_question(harness: ContestsHarness, hours: int) -> str:
    """When the next question came, to the minute."""
    before = len(harness.channel.asked)
    for _ in range(hours * 60):
        await harness.time.advance(60)
        if len(harness.channel.asked) > before:
            return local(harness)
    return ""


@pytest.mark.parametrize(
    ("daily", "quiet", "came"),
    [
        ("22:59", "22:00-7:00", "07:00"),  # eight hours later, which is no delay
        ("6:59", "22:00-7:00", "07:00"),
        ("7:00", "22:00-7:00", "07:00"),
        ("21:59", "22:00-7:00", "21:59"),
        ("8:00", "7:30-19:00", "19:00"),  # eleven hours later
        ("13:00", "12:00-14:00", "14:00"),
    ],
)
async def test_a_daily_question_comes_when_the_quiet_hours_are_over(daily: str, quiet: str, came: str) -> None:
    harness = await opened(quiet=quiet)
    await harness.say(f"/daily {daily}", by="boss")
    assert await advanced_to_a_question(harness, 32) == came
    await harness.dies()


async def test_a_daily_question_in_quiet_hours_comes_after_them_each_day() -> None:
    harness = await opened(quiet="22:00-7:00")
    await harness.say("/daily 23:00", by="boss")
    assert [await advanced_to_a_question(harness, 32) for _ in range(2)] == ["07:00", "07:00"]
    await harness.dies()


async def test_what_waits_for_the_end_of_quiet_hours_survives_a_restart() -> None:
    harness = await opened()
    await harness.say("/daily 23:00", by="boss")
    await harness.time.advance(14 * HOUR)  # two in the night
    harness = await harness.again()
    assert harness.channel.asked == []
    assert await advanced_to_a_question(harness, 8) == "07:00"
    harness = await harness.again()
    await harness.time.advance(HOUR)
    assert len(harness.channel.asked) == 1
    await harness.dies()


async def test_a_bot_that_was_away_in_the_morning_asks_no_question_of_the_night() -> None:
    harness = await opened()
    await harness.say("/daily 23:00", by="boss")
    await harness.dies()
    await harness.time.advance(26 * HOUR)  # two in the afternoon: seven hours after the quiet ones
    harness = await harness.again()
    await harness.time.advance(600)
    assert harness.channel.asked == []
    assert await advanced_to_a_question(harness, 24) == "07:00"  # that of the next night
    await harness.dies()


async def test_quiet_hours_of_a_group_are_those_of_its_topics_and_of_no_other_chat() -> None:
    harness = await opened(quiet="12:00-14:00")
    for chat in ("test:group:7", "test:other"):
        await harness.say("/daily 12:30", by="boss", chat=chat)
    await harness.time.advance(HOUR)
    assert [chat for chat, _ in harness.channel.asked] == ["test:other"]
    await harness.time.advance(1.1 * HOUR)
    assert [chat for chat, _ in harness.channel.asked] == ["test:other", "test:group:7"]
    await harness.dies()


async def test_a_reminder_waits_too() -> None:
    harness = await opened(quiet="18:00-21:00", chat="test:ann")
    alone = {"by": "ann", "chat": "test:ann"}
    await harness.say("/quiz 1 20", **alone, is_private=True)
    await harness.vote("ann", chat="test:ann", right=False)
    await harness.press("q:n-on", **alone, is_private=True)
    said = len(harness.channel.said)
    await harness.time.advance(8.9 * HOUR)
    assert len(harness.channel.said) == said
    await harness.time.advance(0.2 * HOUR)
    assert [reply.text for _, reply in harness.channel.said[said:]] == [Wording.REMINDER.format(due=1)]
    await harness.dies()


async def test_what_a_member_starts_runs_in_quiet_hours() -> None:
    harness = await opened(quiet="11:00-14:00")
    await harness.say("/quiz 1 20")
    await harness.vote("ann")
    await harness.time.advance(60)
    assert Wording.FINAL.format(title="竞赛") in harness.last
    await harness.dies()


async def test_how_a_daily_question_ended_is_told_when_the_quiet_hours_are_over_also_after_a_restart() -> None:
    harness = await opened()
    await harness.say("/daily 12:30", by="boss")
    await harness.time.advance(0.6 * HOUR)
    await harness.vote("ann")
    await harness.time.advance(14 * HOUR)  # it ended at half past midnight
    assert harness.channel.said == []
    harness = await harness.again()
    await harness.time.advance(4.3 * HOUR)
    assert (harness.channel.said, local(harness)) == ([], "06:54")
    await harness.time.advance(0.2 * HOUR)
    [(chat, reply)] = harness.channel.said
    assert (chat, reply.text.splitlines()[0]) == ("test:group", Wording.FINAL.format(title="每日一题"))
    await harness.dies()


async def test_a_group_that_moves_while_its_end_is_waited_for_is_told_in_its_new_place() -> None:
    harness = await opened()
    await harness.say("/daily 12:30", by="boss")
    await harness.time.advance(0.6 * HOUR)
    await harness.vote("ann")
    await harness.time.advance(14 * HOUR)
    await harness.quizzing.polls.moved("test:group", "test:super")
    await harness.time.advance(5 * HOUR)
    assert [chat for chat, _ in harness.channel.said] == ["test:super"]
    await harness.dies()


async def test_while_the_store_cannot_tell_it_counts_as_quiet() -> None:
    harness = await opened(quiet="22:00-7:00")
    harness.store.mute = 2
    waiting = asyncio.create_task(harness.quizzing.quiet.wait_until_over("test:group"))
    await harness.time.advance(100)
    assert not waiting.done()
    await harness.time.advance(100)
    assert waiting.done()
    await harness.dies()
