"""The daily question and reminders: at a chat's own hour, once, also after sleep and across summer time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation.messages import Reply
from bot.wording import Contests as Wording
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import Hall, Time

HOUR = 3600.0


async def opened(start: str) -> Hall:
    return await Hall(time=Time(datetime.fromisoformat(start).replace(tzinfo=UTC))).opens()


async def test_every_day_at_its_hour_one_question_comes() -> None:
    hall = await opened("2026-11-02T04:00")  # noon in Shanghai
    assert (await hall.say("/daily 8:00", is_private=True)).text == Wording.DAILY_SET.format(
        time="8:00", zone="北京时间"
    )
    await hall.time.advance(19.9 * HOUR)
    assert hall.channel.asked == []
    await hall.time.advance(0.2 * HOUR)
    await hall.time.advance(48 * HOUR)
    ids = [asked.question.id for _, asked in hall.channel.asked]
    assert len(ids) == len(set(ids)) == 3
    assert {asked.mode for _, asked in hall.channel.asked} == {"daily"}
    await hall.dies()


async def test_one_that_is_set_while_the_bot_waits_comes_at_its_minute() -> None:
    hall = await opened("2026-11-02T04:00")
    await hall.say("/daily 12:01", is_private=True)
    await hall.time.advance(59)
    assert hall.channel.asked == []
    await hall.time.advance(1)
    assert len(hall.channel.asked) == 1
    await hall.dies()


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
    hall = await opened(start)
    await hall.say(f"/daily {time} Europe/Berlin", is_private=True)
    moments = []
    for _ in range(4 * 24 * 4):
        before = len(hall.channel.asked)
        await hall.time.advance(HOUR / 4)
        if len(hall.channel.asked) > before:
            moments.append(hall.time.now)
    assert [moment.strftime("%d %H:%M") for moment in moments] == due
    await hall.dies()


@pytest.mark.parametrize(("asleep", "asked"), [(2.0, 1), (5.0, 1), (7.0, 0), (26.0, 1), (31.0, 0), (24 * 5 + 1.0, 1)])
async def test_an_hour_that_was_slept_through_is_made_up_for_once_or_not_at_all(asleep: float, asked: int) -> None:
    hall = await opened("2026-11-02T04:00")
    await hall.say("/daily 13:00", is_private=True)  # an hour later
    await hall.dies()
    await hall.time.advance((1 + asleep) * HOUR)
    hall = await hall.again()
    await hall.time.advance(600)
    assert len(hall.channel.asked) == asked
    hall = await hall.again()
    await hall.time.advance(600)
    assert len(hall.channel.asked) == asked
    await hall.dies()


async def test_the_night_in_which_the_clocks_change_may_be_slept_through() -> None:
    hall = await opened("2026-10-24T12:00")
    await hall.say("/daily 2:30 Europe/Berlin", is_private=True)  # which comes twice that night
    await hall.dies()
    await hall.time.advance(13 * HOUR)  # half past two for the second time is half an hour away
    hall = await hall.again()
    await hall.time.advance(HOUR)
    assert len(hall.channel.asked) == 1
    await hall.time.advance(24 * HOUR)
    assert len(hall.channel.asked) == 2
    await hall.dies()


async def test_a_daily_question_runs_beside_a_contest_and_is_answered() -> None:
    hall = await opened("2026-11-02T04:00")
    await hall.say("/daily 12:30", is_private=True)
    await hall.time.advance(0.51 * HOUR)
    await hall.vote("ann")
    assert (await hall.say("/quiz 1 20", by="bob")).text == ""
    await hall.vote("bob", number=1)
    await hall.time.advance(13 * HOUR)
    finals = [reply.text.splitlines()[0] for _, reply in hall.channel.said if "结束" in reply.text]
    assert sorted(finals) == sorted([Wording.FINAL.format(title="竞赛"), Wording.FINAL.format(title="每日一题")])
    await hall.dies()


async def test_in_a_group_only_admins_set_it_and_everybody_sees_it() -> None:
    hall = await opened("2026-11-02T04:00")
    assert (await hall.say("/daily 8:00")).text == Wording.DAILY_ADMINS
    hall.channel.admins.add(("test:group", "test:boss"))
    shown = await hall.say("每日一题", by="boss")
    assert shown.text == Wording.DAILY_OFF
    assert await hall.press(shown.choices[0].action, by="ann") == Reply(toast=Wording.DAILY_ADMINS)
    await hall.press(shown.choices[0].action, by="boss")
    assert (await hall.say("/daily")).text == Wording.DAILY.format(time="8:00", zone="北京时间")
    assert (await hall.say("/daily 关", by="ann")).text == Wording.DAILY_ADMINS
    assert (await hall.say("/daily 关", by="boss")).text == Wording.DAILY_STOPPED
    await hall.time.advance(48 * HOUR)
    assert hall.channel.asked == []
    assert [(row.actor, row.action, row.detail, row.allowed) for row in hall.audit.rows] == [
        ("test:ann", "daily", "test:group", False),
        ("test:ann", "daily", "test:group", False),
        ("test:boss", "daily", "test:group 8:00", True),
        ("test:ann", "daily", "test:group", False),
        ("test:boss", "daily", "test:group 关", True),
    ]
    await hall.dies()


@pytest.mark.parametrize("text", ["25:00", "8:61", "明天", "8:00 Mars/Base", "-1", "8:00 8:00 8:00"])
async def test_a_time_that_there_is_not_is_told(text: str) -> None:
    hall = await opened("2026-11-02T04:00")
    assert (await hall.say(f"/daily {text}", is_private=True)).text == Wording.DAILY_BAD
    await hall.dies()


@pytest.mark.parametrize(
    ("text", "time"), [("8点", "8:00"), ("8点半", "8:30"), ("20点15分", "20:15"), ("8", "8:00"), ("８：０５", "8:05")]
)
async def test_a_time_may_be_written_as_it_is_said(text: str, time: str) -> None:
    hall = await opened("2026-11-02T04:00")
    assert (await hall.say(f"/daily {text}", is_private=True)).text == Wording.DAILY_SET.format(
        time=time, zone="北京时间"
    )
    await hall.dies()


async def test_who_wants_it_is_reminded_when_something_is_due() -> None:
    hall = await opened("2026-11-02T04:00")
    alone = {"by": "ann", "chat": "test:ann"}
    await hall.say("/quiz 1 20", **alone, is_private=True)
    await hall.vote("ann", chat="test:ann", right=False)
    book = await hall.say("/wrong", **alone, is_private=True)
    remind = next(choice for choice in book.choices if choice.label == Wording.REMIND_ON)
    await hall.press(remind.action, **alone, is_private=True)
    said = len(hall.channel.said)
    await hall.time.advance(24 * HOUR)
    reminders = [(chat, reply.text) for chat, reply in hall.channel.said[said:] if "该复习" in reply.text]
    assert reminders == [("test:ann", Wording.REMINDER.format(due=1))]
    await hall.press("q:n-off", **alone, is_private=True)
    await hall.time.advance(48 * HOUR)
    assert len(hall.channel.said) == said + len(reminders)
    await settle()
    await hall.dies()
