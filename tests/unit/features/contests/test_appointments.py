"""A contest at a set time: it begins once, whatever happens to the bot meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import Hall

HOUR = 3600.0


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    opened = await Hall().opens()  # it is noon
    yield opened
    await opened.dies()


async def test_a_contest_begins_at_its_time_as_it_was_wanted(hall: Hall) -> None:
    told = (await hall.say("/quiz 今天15点 3 30 挑战", by="ann")).text
    assert told == Wording.TIME_SET.format(when="11月2日 15:00", what="挑战，3 题，每题 30 秒")
    await hall.time.advance(3 * HOUR - 1)
    assert hall.channel.asked == []
    await hall.time.advance(2)
    [(chat, asked)] = hall.channel.asked
    assert (chat, asked.total, asked.seconds, asked.mode) == ("test:group", 3, 30, "challenge")
    assert await hall.store.appointments() == []


async def test_after_a_restart_it_begins_all_the_same_and_long_after_it_is_asked_for(hall: Hall) -> None:
    await hall.say("/quiz 半小时后 2", by="ann")
    await hall.say("/quiz 12:10 2", by="bob", chat="test:other")
    await hall.dies()
    hall.time.now += timedelta(minutes=35)
    later = await hall.again()
    await later.time.advance(2)
    assert [chat for chat, _ in later.channel.asked] == ["test:group"]
    [offer] = [reply for chat, reply in later.channel.said if chat == "test:other"]
    assert [choice.label for choice in offer.choices] == [Wording.START_NOW]
    await later.dies()


async def test_a_contest_that_runs_then_keeps_the_other_one_from_beginning(hall: Hall) -> None:
    await hall.say("/quiz 1分钟后 2", by="ann")
    await hall.say("/quiz 9 60", by="ann")
    await hall.time.advance(70)
    assert Wording.RUNNING_STOP in [reply.text for _, reply in hall.channel.said]
    assert await hall.store.appointments() == []


async def test_who_set_it_and_organisers_cancel_it(hall: Hall) -> None:
    made = await hall.say("/quiz 明天8点", by="ann")
    assert (await hall.press(made.choices[0].action, by="bob")).toast == Wording.NOT_YOURS
    listed = await hall.say("/quiz 预约", by="bob")
    assert "11月3日 8:00" in listed.text
    hall.channel.admins.add(("test:group", "test:bob"))
    assert (await hall.press(listed.choices[0].action, by="bob")).text == Wording.TIME_CANCELLED.format(
        when="11月3日 8:00"
    )
    assert (await hall.press(made.choices[0].action, by="ann")).toast == Wording.TIME_GONE
    assert (await hall.say("/quiz 预约", by="bob")).text == Wording.TIME_NONE


async def test_a_topic_may_stand_beside_the_time_and_a_bad_time_is_told(hall: Hall) -> None:
    assert "（就业）" in (await hall.say("/quiz 明天晚上8点 5 就业", by="ann")).text
    assert (await hall.say("/quiz 明天25点", by="ann")).text in {
        Wording.TIME_BAD,
        Wording.NO_TOPIC.format(topic="明天25点"),
    }
    assert (await hall.say("/quiz 明天8点 99", by="ann")).text.startswith("题数要在")
