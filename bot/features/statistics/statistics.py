"""What is counted for admins: questions by day, the points that were asked for most, how quizzes went."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.quiz.daily import DailyTime
from bot.records.statistics import Day

LONGEST = 90  # days: older rows are forgotten
TOP = 5
_MOMENT = timedelta(microseconds=1)


def days_until(now: datetime, count: int, zone: str) -> tuple[Day, ...]:
    """The last ``count`` days up to and with that of ``now``, oldest first, by the clocks of ``zone``."""
    midnight = DailyTime(0, 0, zone)
    days: list[Day] = []
    end = midnight.next_after(now)
    for _ in range(count):
        start = midnight.last_until(end - _MOMENT)
        days.append(Day(start.astimezone(ZoneInfo(zone)).date(), start, end))
        end = start
    return tuple(reversed(days))
