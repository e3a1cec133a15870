"""In a chat's quiet hours nothing comes of the bot's own accord; what comes then comes when they are over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.chats.quiet_hours import parse_quiet_hours
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import Hall, Time

HOUR = 3600.0


async def opened(start: str = "2026-11-02T04:00", quiet: str = "22:00-7:00", chat: str = "test:group") -> Hall:
    """A bot that starts at noon in Shanghai, where a chat has quiet hours."""
    hall = await Hall(time=Time(datetime.fromisoformat(start).replace(tzinfo=UTC)), hosts=["test:boss"]).opens()
    await hall.quizzing.quiet.save(chat, parse_quiet_hours(quiet, "Asia/Shanghai"))
    return hall


def local(hall: Hall) -> str:
    return hall.time.now.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")


async def advanced_to_a_question(hall: Hall, hours: int) -> str:
    """When the next question came, to the minute."""
    before = len(hall.channel.asked)
    for _ in range(hours * 60):
        await hall.time.advance(60)
        if len(hall.channel.asked) > before:
            return local(hall)
    return ""


@pytest.mark.parametrize(
    ("daily", "quiet", "came"),
    [
        ("23:00", "22:00-7:00", "07:00"),  # eight hours later, which is no delay
        ("6:59", "22:00-7:00", "07:00"),
        ("7:00", "22:00-7:00", "07:00"),
        ("21:59", "22:00-7:00", "21:59"),
        ("8:00", "7:30-19:00", "19:00"),  # eleven hours later
        ("13:00", "12:00-14:00", "14:00"),
    ],
)
async def test_a_daily_question_comes_when_the_quiet_hours_are_over(daily: str, quiet: str, came: str) -> None:
    hall = await opened(quiet=quiet)
    await hall.say(f"/daily {daily}", by="boss")
    assert [await advanced_to_a_question(hall, 32) for _ in range(2)] == [came, came]
    await hall.dies()


async def test_what_waits_for_the_end_of_quiet_hours_survives_a_restart() -> None:
    hall = await opened()
    await hall.say("/daily 23:00", by="boss")
    await hall.time.advance(14 * HOUR)  # two in the night
    hall = await hall.again()
    assert hall.channel.asked == []
    assert await advanced_to_a_question(hall, 8) == "07:00"
    hall = await hall.again()
    await hall.time.advance(HOUR)
    assert len(hall.channel.asked) == 1
    await hall.dies()


async def test_a_bot_that_was_away_in_the_morning_asks_no_question_of_the_night() -> None:
    hall = await opened()
    await hall.say("/daily 23:00", by="boss")
    await hall.dies()
    await hall.time.advance(26 * HOUR)  # two in the afternoon: seven hours after the quiet ones
    hall = await hall.again()
    await hall.time.advance(600)
    assert hall.channel.asked == []
    assert await advanced_to_a_question(hall, 24) == "07:00"  # that of the next night
    await hall.dies()


async def test_quiet_hours_of_a_group_are_those_of_its_topics_and_of_no_other_chat() -> None:
    hall = await opened(quiet="12:00-14:00")
    for chat in ("test:group:7", "test:other"):
        await hall.say("/daily 12:30", by="boss", chat=chat)
    await hall.time.advance(HOUR)
    assert [chat for chat, _ in hall.channel.asked] == ["test:other"]
    await hall.time.advance(1.1 * HOUR)
    assert [chat for chat, _ in hall.channel.asked] == ["test:other", "test:group:7"]
    await hall.dies()


async def test_a_reminder_waits_too() -> None:
    hall = await opened(quiet="18:00-21:00", chat="test:ann")
    alone = {"by": "ann", "chat": "test:ann"}
    await hall.say("/quiz 1 20", **alone, is_private=True)
    await hall.vote("ann", chat="test:ann", right=False)
    await hall.press("q:n-on", **alone, is_private=True)
    said = len(hall.channel.said)
    await hall.time.advance(8.9 * HOUR)
    assert len(hall.channel.said) == said
    await hall.time.advance(0.2 * HOUR)
    assert [reply.text for _, reply in hall.channel.said[said:]] == [Wording.REMINDER.format(due=1)]
    await hall.dies()


async def test_what_a_member_starts_runs_in_quiet_hours() -> None:
    hall = await opened(quiet="11:00-14:00")
    await hall.say("/quiz 1 20")
    await hall.vote("ann")
    await hall.time.advance(60)
    assert Wording.FINAL.format(title="竞赛") in hall.last
    await hall.dies()


async def test_how_a_daily_question_ended_is_told_when_the_quiet_hours_are_over_also_after_a_restart() -> None:
    hall = await opened()
    await hall.say("/daily 12:30", by="boss")
    await hall.time.advance(0.6 * HOUR)
    await hall.vote("ann")
    await hall.time.advance(14 * HOUR)  # it ended at half past midnight
    assert hall.channel.said == []
    hall = await hall.again()
    await hall.time.advance(4.3 * HOUR)
    assert (hall.channel.said, local(hall)) == ([], "06:54")
    await hall.time.advance(0.2 * HOUR)
    [(chat, reply)] = hall.channel.said
    assert (chat, reply.text.splitlines()[0]) == ("test:group", Wording.FINAL.format(title="每日一题"))
    await hall.dies()


async def test_a_group_that_moves_while_its_end_is_waited_for_is_told_in_its_new_place() -> None:
    hall = await opened()
    await hall.say("/daily 12:30", by="boss")
    await hall.time.advance(0.6 * HOUR)
    await hall.vote("ann")
    await hall.time.advance(14 * HOUR)
    await hall.quizzing.polls.moved("test:group", "test:super")
    await hall.time.advance(5 * HOUR)
    assert [chat for chat, _ in hall.channel.said] == ["test:super"]
    await hall.dies()


async def test_while_the_store_cannot_tell_it_counts_as_quiet() -> None:
    hall = await opened(quiet="22:00-7:00")
    hall.store.mute = 2
    waiting = asyncio.create_task(hall.quizzing.quiet.wait_until_over("test:group"))
    await hall.time.advance(100)
    assert not waiting.done()
    await hall.time.advance(100)
    assert waiting.done()
    await hall.dies()
