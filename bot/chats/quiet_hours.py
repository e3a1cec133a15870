"""Hours in which the bot says nothing of its own accord, such as 22:00-7:00, whatever clocks are put to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.quiz.daily import DailyTime, daily_time_of

_BETWEEN = re.compile(r"\s*[-–—~～至到]\s*|\s+")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``begin`` to ``end`` on the clocks of ``zone``, over midnight if the end is not after the begin.

    An hour that comes twice when clocks go back is quiet both times, and one that is left out when they go forward is
    counted on either side of the gap: in doubt it is quiet. Raises ValueError if both are the same.
    """

    begin: time
    end: time
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.begin == self.end:
            raise ValueError("quiet hours that begin when they end")

    def __str__(self) -> str:
        return f"{clock_time(self.begin)}-{clock_time(self.end)}"

    def until(self, moment: datetime) -> datetime | None:
        """When the quiet hours that ``moment`` lies in are over, in UTC; None if it lies in none."""
        over = moment
        while (end := next((end for start, end in self._spans(over, over) if start <= over < end), None)) is not None:
            over = end
        return None if over == moment else over

    def within(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from ``start`` to ``end`` is quiet."""
        quiet = timedelta()
        for begins, ends in self._spans(start, end):
            shared = min(ends, end) - max(begins, start)
            if shared > timedelta():
                quiet += shared
                start = ends  # two nights may touch when clocks change
        return quiet

    def _spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The quiet hours of each day around ``start`` to ``end``, in UTC and in order."""
        day = start.astimezone(self.zone).date() - _DAY
        last = end.astimezone(self.zone).date() + _DAY
        over_midnight = _DAY if self.end < self.begin else timedelta()
        while day <= last:
            yield min(self._moments(day, self.begin)), max(self._moments(day + over_midnight, self.end))
            day += _DAY

    def _moments(self, day: date, at: time) -> tuple[datetime, datetime]:
        """When it is ``at`` on ``day``, by the clocks before a change and by those after it (PEP 495)."""
        local = datetime.combine(day, at, self.zone)
        return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def clock_time(moment: time) -> str:
    """``moment`` as people write it: 7:00."""
    return f"{moment.hour}:{moment.minute:02d}"


def parse_quiet_hours(text: str, zone: str) -> QuietHours | None:
    """What ``22:00-7:00`` or ``22点到7点半`` means in ``zone``; None for anything else, and for no time at all."""
    match [daily_time_of(end, zone) for end in _BETWEEN.split(text.strip())]:
        case [DailyTime() as begin, DailyTime() as end]:
            try:
                return QuietHours(time(begin.hour, begin.minute), time(end.hour, end.minute), ZoneInfo(zone))
            except ValueError:
                return None
        case _:
            return None
