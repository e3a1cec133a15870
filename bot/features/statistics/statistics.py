"""What is counted for admins: questions by day, the points that were asked for most, how quizzes went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.quiz.daily import DailyTime
from bot.records.statistics import Day, Figures

LONGEST = 90  # days: older rows are forgotten
TOP = 5
_MOMENT = timedelta(microseconds=1)


class FigureStore(Protocol):
    """Where it is counted."""

    async def figures(self, days: Sequence[Day], top: int) -> Figures:
        """What is kept of ``days``, with at most ``top`` points of each kind. Raises StorageError."""


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
