"""When a chat's daily question is due: once on each of its own days, whatever its clocks are put to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_TIME = re.compile(r"(\d{1,2})(?::(\d{2})|点(?:(半)|(\d{1,2})分?)?)?(?:\s+([A-Za-z_+\-/0-9]+))?")
MAX_DELAY = timedelta(hours=6)
"""How late a question is still asked when its hour was slept through; after that, the next one is waited for."""


@dataclass(frozen=True, slots=True)
class DailyTime:
    """An hour of the day in a time zone, such as 8:00 in Asia/Shanghai.

    Raises ValueError for an hour or zone that there is not.
    """

    hour: int
    minute: int
    zone: str

    def __post_init__(self) -> None:
        time(self.hour, self.minute)
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError) as error:  # KeyError: no such zone. OSError: a folder of zones
            raise ValueError(f"no time zone {self.zone!r}") from error

    def next_after(self, moment: datetime) -> datetime:
        """The first due moment after ``moment``, in UTC.

        An hour that is left out when clocks go forward is due as long after midnight as on any other day, one that
        comes twice is due the first time (PEP 495, fold=0): each day has exactly one.
        """
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        for ahead in range(-1, 3):
            due = self._on(day.toordinal() + ahead)
            if due > moment:
                return due
        raise AssertionError("three days without a due moment")  # pragma: no cover

    def last_until(self, moment: datetime) -> datetime:
        """The last due moment up to and with ``moment``, in UTC."""
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        return max(due for ahead in range(-2, 2) if (due := self._on(day.toordinal() + ahead)) <= moment)

    def _on(self, ordinal: int) -> datetime:
        local = datetime.combine(
            datetime.fromordinal(ordinal).date(), time(self.hour, self.minute), ZoneInfo(self.zone)
        )
        return local.astimezone(UTC)


def due_now(at: DailyTime, handled: datetime, now: datetime, latest: timedelta = MAX_DELAY) -> datetime | None:
    """The due moment whose question is to be asked now; None if there is none.

    ``handled`` is the moment dealt with last, or when the chat asked for a daily question. Of several moments slept
    through only the last is looked at, and that one only when it is not more than ``latest`` ago.
    """
    due = at.last_until(now)
    return due if due > handled and now - due <= latest else None


def daily_time_of(text: str, zone: str) -> DailyTime | None:
    """What ``8:00``, ``8点半`` or ``20:15 Europe/Berlin`` means, else None; ``zone`` if none is named."""
    found = _TIME.fullmatch(text.strip().replace("：", ":"))
    if found is None:
        return None
    hour, minute, half, minutes, named = found.groups()
    try:
        return DailyTime(int(hour), int(minute or minutes or (30 if half else 0)), named or zone)
    except ValueError:
        return None
