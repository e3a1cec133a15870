"""Due moments, across changes of the clocks and through sleep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.daily import DailyTime, due_now

BERLIN = "Europe/Berlin"  # forward on 2026-03-29 at 2:00, back on 2026-10-25 at 3:00
ZONES = ("Asia/Shanghai", BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "after", "due"),
    [
        (DailyTime(8, 0, "Asia/Shanghai"), "2026-11-01T00:00", "2026-11-02T00:00"),
        (DailyTime(8, 0, "Asia/Shanghai"), "2026-10-31T23:59", "2026-11-01T00:00"),
        (DailyTime(8, 0, BERLIN), "2026-03-28T12:00", "2026-03-29T06:00"),  # the first day of summer time
        (DailyTime(8, 0, BERLIN), "2026-03-27T12:00", "2026-03-28T07:00"),  # the last day before
        (DailyTime(2, 30, BERLIN), "2026-03-28T12:00", "2026-03-29T01:30"),  # 2:30 is left out: 3:30 summer time
        (DailyTime(2, 30, BERLIN), "2026-10-24T12:00", "2026-10-25T00:30"),  # 2:30 comes twice: the first
        (DailyTime(2, 30, BERLIN), "2026-10-25T00:30", "2026-10-26T01:30"),  # and not the second
    ],
)
def test_the_next_due_moment(at: DailyTime, after: str, due: str) -> None:
    assert at.next_after(utc(after)) == utc(due)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(ZONES),
)
def test_every_local_day_has_exactly_one(moment: datetime, hour: int, minute: int, zone: str) -> None:
    at = DailyTime(hour, minute, zone)
    first = at.next_after(moment)
    second = at.next_after(first)
    assert moment < first < second
    assert at.last_until(second - timedelta(seconds=1)) == first
    assert at.last_until(second) == second
    days = [due.astimezone(ZoneInfo(zone)).date() for due in (first, second)]
    assert (days[1] - days[0]).days == 1


AT = DailyTime(8, 0, "Asia/Shanghai")  # midnight UTC


@pytest.mark.parametrize(
    ("handled", "now", "due"),
    [
        ("2026-11-01T00:00", "2026-11-01T23:59", None),  # asked today
        ("2026-11-01T00:00", "2026-11-02T00:00", "2026-11-02T00:00"),  # on time
        ("2026-11-01T00:00", "2026-11-02T05:00", "2026-11-02T00:00"),  # slept through, and not too late
        ("2026-11-01T00:00", "2026-11-02T06:01", None),  # too late: tomorrow again
        ("2026-11-01T00:00", "2026-11-05T01:00", "2026-11-05T00:00"),  # four slept through: only the last
        ("2026-11-01T03:00", "2026-11-01T03:01", None),  # set up at 11 o'clock: not for 8 o'clock of the same day
    ],
)
def test_what_was_slept_through_is_asked_once_or_not_at_all(handled: str, now: str, due: str | None) -> None:
    found = due_now(AT, utc(handled), utc(now))
    assert found == (utc(due) if due else None)
    if found is not None:
        assert due_now(AT, found, utc(now)) is None


@pytest.mark.parametrize(
    ("hour", "minute", "zone"),
    [(24, 0, "UTC"), (8, 60, "UTC"), (-1, 0, "UTC"), (8, 0, "Mars/Base"), (8, 0, ""), (8, 0, "../etc/passwd")],
)
def test_an_hour_or_zone_that_there_is_not_is_refused(hour: int, minute: int, zone: str) -> None:
    with pytest.raises(ValueError):
        DailyTime(hour, minute, zone)
