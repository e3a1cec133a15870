"""What organisers write in one line is the competition that they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.papers.plan_parser import parse_plan
from bot.quiz.paper import PaperRules

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("冬训 12月1日到12月5日", at(12, 1), at(12, 6)),
        ("冬训 12月1日8点到12月5日20点", at(12, 1, 8), at(12, 5, 20)),
        ("冬训 12月1日 8:30 至 12月5日 20:00", at(12, 1, 8, 30), at(12, 5, 20)),
        ("冬训 从12月1日到5日", at(12, 1), at(12, 6)),
        ("冬训 今天到12月2日", NOW, at(12, 3)),
        ("冬训 11月30日到12月2日", NOW, at(12, 3)),
        ("冬训 现在到明天晚上8点", NOW, at(12, 1, 20)),
        ("冬训 明天8点到18点", at(12, 1, 8), at(12, 1, 18)),
        ("冬训 到12月3日", NOW, at(12, 4)),
        ("冬训 3天", NOW, at(12, 3, 10)),
        ("冬训 12月20日到1月10日", at(12, 20), at(1, 11, year=2027)),
    ],
)
def test_the_window_is_read(text: str, begin: datetime, end: datetime) -> None:
    read = parse_plan(text, NOW)
    assert read.has_window
    assert (read.plan.title, read.plan.starts_at, read.plan.ends_at) == ("冬训", begin, end)


@pytest.mark.parametrize(
    ("text", "day", "begin", "end"),
    [
        ("周一到周五", 30, None, at(12, 5)),  # said on that Monday
        ("周一8点到周五18点", 30, None, at(12, 4, 18)),
        ("周一到周五", 32, at(12, 7), at(12, 12)),  # said on a Wednesday
        ("本周一到周五", 32, None, at(12, 5)),
        ("下周一到周五", 30, at(12, 7), at(12, 12)),
        ("下周一到周五", 32, at(12, 7), at(12, 12)),
        ("下周一至下周五", 32, at(12, 7), at(12, 12)),
        ("周五到周一", 32, at(12, 4), at(12, 8)),
        ("周三到周五18点", 32, None, at(12, 4, 18)),
        ("到周五", 32, None, at(12, 5)),
        ("12月1日到12月5日", 32, None, at(12, 6)),
        ("12月1日8点到12月5日", 32, None, at(12, 6)),
        ("11月20日到12月5日", 32, None, at(12, 6)),
        ("12月20日到1月10日", 30 + 31 + 3, None, at(1, 11, year=2027)),
    ],
)
def test_a_window_that_has_begun_begins_now(text: str, day: int, begin: datetime | None, end: datetime) -> None:
    now = NOW + timedelta(days=day - 30)
    read = parse_plan(f"冬训 {text}", now)
    assert read.has_window
    assert (read.plan.title, read.plan.starts_at, read.plan.ends_at) == ("冬训", begin or now, end)


def test_everything_is_read_from_one_line_in_any_order() -> None:
    said = "冬季学习竞赛 12月1日到12月5日 20题 30分钟 每天2次 取最后一次 题库:安全生产 支部:一支部、二支部，机关支部"
    plan = parse_plan(said, NOW, "key").plan
    assert plan.title == "冬季学习竞赛" and plan.bank == "安全生产" and plan.document == "key"
    assert plan.rules == PaperRules(20, 30, 2, "last")
    assert plan.branches == ("一支部", "二支部", "机关支部")
    other = parse_plan("每天3次，15分钟，10道题，取最高分，到12月3日，冬季学习竞赛", NOW).plan
    assert other.title == "冬季学习竞赛" and other.rules == PaperRules(10, 15, 3, "best")


def test_a_title_in_quotation_marks_may_say_anything() -> None:
    plan = parse_plan("“3天学完 20题” 到12月3日 10题", NOW).plan
    assert plan.title == "3天学完 20题" and plan.rules.count == 10


@pytest.mark.parametrize("text", ["冬训", "冬训 2月31日到3月1日", "冬训 20题"])
def test_without_a_window_nothing_is_guessed(text: str) -> None:
    assert not parse_plan(text, NOW).has_window
