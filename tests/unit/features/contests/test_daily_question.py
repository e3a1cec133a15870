"""The daily question and reminders: at a chat's own hour, once, also after sleep and across summer time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation.messages import Reply
from bot.wording import Contests as Wording
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import ContestsHarness, Time

HOUR = 3600.0


async def opened(start: str) -> ContestsHarness:
    return await ContestsHarness(time=Time(datetime.fromisoformat(start).replace(tzinfo=UTC))).opens()


async def test_every_day_at_its_hour_one_question_comes() -> None:
    harness = await opened("2026-11-02T04:00")  # noon in Shanghai
    assert (await harness.say("/daily 8:00", is_private=True)).text == Wording.DAILY_SET.format(
        time="8:00", zone="北京时间"
    )
    await harness.time.advance(19.9 * HOUR)
    assert harness.channel.asked == []
    await harness.time.advance(0.2 * HOUR)
    await harness.time.advance(48 * HOUR)
    ids = [asked.question.id for _, asked in harness.channel.asked]
    assert len(ids) == len(set(ids)) == 3
    assert {asked.mode for _, asked in harness.channel.asked} == {"daily"}
    await harness.dies()


async def test_one_that_is_set_while_the_bot_waits_comes_at_its_minute() -> None:
    harness = await opened("2026-11-02T04:00")
    await harness.say("/daily 12:01", is_private=True)
    await harness.time.advance(59)
    assert harness.channel.asked == []
    await harness.time.advance(1)
    assert len(harness.channel.asked) == 1
    await harness.dies()


@pytest.mark.parametrize(
    ("start", "time", "due"),
    [
        ("2026-03-27T12:00", "8:00", ["28 07:00", "29 06:00", "30 06:00", "31 06:00"]),
        ("2026-10-23T12:00", "8:00", ["24 06:00", "25 07:00", "26 07:00", "27 07:00"]),
        ("2026-03-27T12:00", "2:30", ["28 01:30", "29 01:30", "30 00:30", "31 00:30"]),  # left out on the 29th
        ("2026-10-23T12:00", "2:30", ["24 00:30", "25 00:30", "26 01:30", "27 01:30"]),  # comes twice on the 25th
    ],
)
async def test_summer_time_moves_it_with_the_clocks_of_the_chat(start: str, time: str, due: list[str]) -> None:
    harness = await opened(start)
    await harness.say(f"/daily {time} Europe/Berlin", is_private=True)
    moments = []
    for _ in range(4 * 24 * 4):
        before = len(harness.channel.asked)
        await harness.time.advance(HOUR / 4)
        if len(harness.channel.asked) > before:
            moments.append(harness.time.now)
    assert [moment.strftime("%d %H:%M") for moment in moments] == due
    await harness.dies()


@pytest.mark.parametrize(("asleep", "asked"), [(2.0, 1), (5.0, 1), (7.0, 0), (26.0, 1), (31.0, 0), (24 * 5 + 1.0, 1)])
async def test_an_hour_that_was_slept_through_is_made_up_for_once_or_not_at_all(asleep: float, asked: int) -> None:
    harness = await opened("2026-11-02T04:00")
    await harness.say("/daily 13:00", is_private=True)  # an hour later
    await harness.dies()
    await harness.time.advance((1 + asleep) * HOUR)
    harness = await harness.again()
    await harness.time.advance(600)
    assert len(harness.channel.asked) == asked
    harness = await harness.again()
    await harness.time.advance(600)
    assert len(harness.channel.asked) == asked
    await harness.dies()


async def test_the_night_in_which_the_clocks_change_may_be_slept_through() -> None:
    harness = await opened("2026-10-24T12:00")
    await harness.say("/daily 2:30 Europe/Berlin", is_private=True)  # which comes twice that night
    await harness.dies()
    await harness.time.advance(13 * HOUR)  # half past two for the second time is half an hour away
    harness = await harness.again()
    await harness.time.advance(HOUR)
    assert len(harness.channel.asked) == 1
    await harness.time.advance(24 * HOUR)
    assert len(harness.channel.asked) == 2
    await harness.dies()


async def test_a_daily_question_runs_beside_a_contest_and_is_answered() -> None:
    harness = await opened("2026-11-02T04:00")
    await harness.say("/daily 12:30", is_private=True)
    await harness.time.advance(0.51 * HOUR)
    await harness.vote("ann")
    assert (await harness.say("/quiz 1 20", by="bob")).text == ""
    await harness.vote("bob", number=1)
    await harness.time.advance(13 * HOUR)
    finals = [reply.text.splitlines()[0] for _, reply in harness.channel.said if "结束" in reply.text]
    assert sorted(finals) == sorted([Wording.FINAL.format(title="竞赛"), Wording.FINAL.format(title="每日一题")])
    await harness.dies()


async def test_in_a_group_only_admins_set_it_and_everybody_sees_it() -> None:
    harness = await opened("2026-11-02T04:00")
    assert (await harness.say("/daily 8:00")).text == Wording.DAILY_ADMINS
    harness.channel.admins.add(("test:group", "test:boss"))
    shown = await harness.say("每日一题", by="boss")
    assert shown.text == Wording.DAILY_OFF
    assert await harness.press(shown.choices[0].action, by="ann") == Reply(toast=Wording.DAILY_ADMINS)
    await harness.press(shown.choices[0].action, by="boss")
    assert (await harness.say("/daily")).text == Wording.DAILY.format(time="8:00", zone="北京时间")
    assert (await harness.say("/daily 关", by="ann")).text == Wording.DAILY_ADMINS
    assert (await harness.say("/daily 关", by="boss")).text == Wording.DAILY_STOPPED
    await harness.time.advance(48 * HOUR)
    assert harness.channel.asked == []
    assert [(row.actor, row.action, row.detail, row.allowed) for row in harness.audit.rows] == [
        ("test:ann", "daily", "test:group", False),
        ("test:ann", "daily", "test:group", False),
        ("test:boss", "daily", "test:group 8:00", True),
        ("test:ann", "daily", "test:group", False),
        ("test:boss", "daily", "test:group 关", True),
    ]
    await harness.dies()


@pytest.mark.parametrize("text", ["25:00", "8:61", "明天", "8:00 Mars/Base", "-1", "8:00 8:00 8:00"])
async def test_a_time_that_there_is_not_is_told(text: str) -> None:
    harness = await opened("2026-11-02T04:00")
    assert (await harness.say(f"/daily {text}", is_private=True)).text == Wording.DAILY_BAD
    await harness.dies()


@pytest.mark.parametrize(
    ("text", "time"), [("8点", "8:00"), ("8点半", "8:30"), ("20点15分", "20:15"), ("8", "8:00"), ("８：０５", "8:05")]
)
async def test_a_time_may_be_written_as_it_is_said(text: str, time: str) -> None:
    harness = await opened("2026-11-02T04:00")
    assert (await harness.say(f"/daily {text}", is_private=True)).text == Wording.DAILY_SET.format(
        time=time, zone="北京时间"
    )
    await harness.dies()


async def test_who_wants_it_is_reminded_when_something_is_due() -> None:
    harness = await opened("2026-11-02T04:00")
    alone = {"by": "ann", "chat": "test:ann"}
    await harness.say("/quiz 1 20", **alone, is_private=True)
    await harness.vote("ann", chat="test:ann", right=False)
    book = await harness.say("/wrong", **alone, is_private=True)
    remind = next(choice for choice in book.choices if choice.label == Wording.REMIND_ON)
    await harness.press(remind.action, **alone, is_private=True)
    said = len(harness.channel.said)
    await harness.time.advance(24 * HOUR)
    reminders = [(chat, reply.text) for chat, reply in harness.channel.said[said:] if "该复习" in reply.text]
    assert reminders == [("test:ann", Wording.REMINDER.format(due=1))]
    await harness.press("q:n-off", **alone, is_private=True)
    await harness.time.advance(48 * HOUR)
    assert len(harness.channel.said) == said + len(reminders)
    await settle()
    await harness.dies()
