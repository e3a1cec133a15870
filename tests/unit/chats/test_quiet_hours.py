"""Quiet hours: as they are written, over midnight, and whatever clocks are put to."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.quiet_hours import QuietHours, parse_quiet_hours

BERLIN = "Europe/Berlin"  # forward on 2026-03-29 at 2:00, back on 2026-10-25 at 3:00
SANTIAGO = "America/Santiago"  # forward on 2026-09-06 at 0:00
ZONES = ("Asia/Shanghai", BERLIN, "America/New_York", "Australia/Lord_Howe", "UTC")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
MINUTES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


def hours(text: str, zone: str = "Asia/Shanghai") -> QuietHours:
    found = parse_quiet_hours(text, zone)
    assert found is not None
    return found


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@st.composite
def any_hours(draw: st.DrawFn, zones: tuple[str, ...] = ZONES) -> QuietHours:
    begin, end = draw(st.tuples(MINUTES, MINUTES).filter(lambda ends: ends[0] != ends[1]))
    return QuietHours(begin, end, ZoneInfo(draw(st.sampled_from(zones))))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("22:00-7:00", "22:00-7:00"),
        ("22:00 - 7:00", "22:00-7:00"),
        ("22点到7点", "22:00-7:00"),
        ("22点半至6点15分", "22:30-6:15"),
        ("22：00～7：00", "22:00-7:00"),
        ("12:00—14:00", "12:00-14:00"),
        ("22 7", "22:00-7:00"),
    ],
)
def test_hours_may_be_written_as_they_are_said(text: str, read: str) -> None:
    assert str(hours(text)) == read
    assert hours(str(hours(text))) == hours(text)


@pytest.mark.parametrize(
    "text", ["", "22:00", "22:00-22:00", "22点-22:00", "25:00-7:00", "22:00-7:00-8:00", "晚上", "-", "22:00-", "-7:00"]
)
def test_hours_that_there_are_not_are_none(text: str) -> None:
    assert parse_quiet_hours(text, "Asia/Shanghai") is None


@pytest.mark.parametrize(
    ("text", "zone", "now", "until"),
    [
        ("22:00-7:00", "Asia/Shanghai", "2026-11-02T13:59", None),
        ("22:00-7:00", "Asia/Shanghai", "2026-11-02T14:00", "2026-11-02T23:00"),  # 22:00
        ("22:00-7:00", "Asia/Shanghai", "2026-11-02T20:00", "2026-11-02T23:00"),  # 4:00 of the next day
        ("22:00-7:00", "Asia/Shanghai", "2026-11-02T23:00", None),
        ("12:00-14:00", "Asia/Shanghai", "2026-11-02T05:00", "2026-11-02T06:00"),
        ("22:00-7:00", BERLIN, "2026-03-28T22:00", "2026-03-29T05:00"),  # a short night
        ("22:00-7:00", BERLIN, "2026-10-24T21:00", "2026-10-25T06:00"),  # a long night
        ("22:00-2:30", BERLIN, "2026-10-25T00:45", "2026-10-25T01:30"),  # 2:30 comes twice: the second
        ("2:30-9:00", BERLIN, "2026-10-25T00:30", "2026-10-25T08:00"),  # and begins the first time
        ("2:50-3:10", BERLIN, "2026-03-29T01:05", "2026-03-29T01:10"),  # 2:50 is left out
        ("2:10-2:40", BERLIN, "2026-03-29T12:00", None),
        ("0:30-7:00", SANTIAGO, "2026-09-06T03:20", None),  # 23:20
        ("0:30-7:00", SANTIAGO, "2026-09-06T03:40", "2026-09-06T10:00"),  # 23:40: 0:30 of the next day is left out
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(text: str, zone: str, now: str, until: str | None) -> None:
    assert hours(text, zone).until(utc(now)) == (utc(until) if until else None)


def test_equal_hours_are_one_key_of_a_mapping() -> None:
    assert {hours("22:00-7:00"): "said"}[hours("22点到7点")] == "said"


def test_what_begins_when_it_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="begin when they end"):
        QuietHours(time(7), time(7), ZoneInfo("UTC"))


@given(any_hours(), MOMENTS)
def test_when_they_are_over_they_are_over_within_a_day_and_an_hour(quiet: QuietHours, now: datetime) -> None:
    until = quiet.until(now)
    if until is not None:
        assert timedelta() < until - now < timedelta(hours=48)
        assert quiet.until(until) is None
        assert quiet.until(until - timedelta(microseconds=1)) == until


@given(any_hours(), MOMENTS)
def test_a_wall_clock_between_begin_and_end_is_quiet(quiet: QuietHours, now: datetime) -> None:
    if _by_the_wall(quiet, now):
        assert quiet.until(now) is not None


@given(any_hours(("Asia/Shanghai", "UTC")), MOMENTS)
def test_where_clocks_never_change_nothing_else_is_quiet(quiet: QuietHours, now: datetime) -> None:
    assert (quiet.until(now) is not None) == _by_the_wall(quiet, now)


@pytest.mark.slow
@given(any_hours(), MOMENTS, st.integers(0, 60 * 40))
def test_the_quiet_part_of_a_time_is_the_sum_of_its_quiet_minutes(
    quiet: QuietHours, moment: datetime, minutes: int
) -> None:
    start = moment.replace(second=0, microsecond=0)
    silent = sum(quiet.until(start + timedelta(minutes=minute)) is not None for minute in range(minutes))
    assert quiet.within(start, start + timedelta(minutes=minutes)) == timedelta(minutes=silent)


def _by_the_wall(quiet: QuietHours, now: datetime) -> bool:
    wall = now.astimezone(quiet.zone).time()
    if quiet.begin < quiet.end:
        return quiet.begin <= wall < quiet.end
    return wall >= quiet.begin or wall < quiet.end
