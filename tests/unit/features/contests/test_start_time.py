"""When a contest is to start, beside the moment that is meant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.contests.start_time import parse_start, split_time

NOW = datetime(2026, 11, 30, 17, 40, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("明天8点", "12-01 08:00"),
        ("明天上午十点半", "12-01 10:30"),
        ("后天下午三点一刻", "12-02 15:15"),
        ("今晚8点", "11-30 20:00"),
        ("晚上八点半开始", "11-30 20:30"),
        ("20:00", "11-30 20:00"),
        ("8点", "12-01 08:00"),
        ("明早7:30", "12-01 07:30"),
        ("周五下午3点", "12-04 15:00"),
        ("周一9点", "12-07 09:00"),
        ("下周二中午12点", "12-08 12:00"),
        ("12月5日14点", "12-05 14:00"),
        ("半小时后", "11-30 18:10"),
        ("10分钟后", "11-30 17:50"),
        ("一个半小时后", "11-30 19:10"),
        ("今晚12点", "12-01 00:00"),
        ("明天凌晨12点", "12-01 00:00"),
        ("凌晨十二点半", "12-01 00:30"),
        ("明天凌晨3点", "12-01 03:00"),
    ],
)
def test_a_time_may_be_said_as_people_say_it(said: str, moment: str) -> None:
    found = parse_start(said, NOW)
    assert found is not None
    assert f"{found:%m-%d %H:%M}" == moment


@pytest.mark.parametrize("said", ["明天", "今天8点", "25点", "2月31日8点", "就业", "8点80分", "1月15日8点", ""])
def test_what_names_no_moment_to_come_is_none(said: str) -> None:
    assert parse_start(said, NOW) is None


@pytest.mark.parametrize(
    ("topic", "said", "others"),
    [("明天 8点 就业", "明天8点", "就业"), ("就业 明天晚上8点", "明天晚上8点", "就业"), ("值班 时间", "", "值班 时间")],
)
def test_the_words_that_say_when_are_told_from_the_topic(topic: str, said: str, others: str) -> None:
    assert split_time(topic) == (said, others)
