"""Token buckets: what is asked at once, evenly, in floods, and by very many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.rate_limit import RateLimited, RateLimits

GAPS = st.lists(st.floats(0, 30, allow_nan=False), max_size=120)


def answered(limits: RateLimits, moments: list[float], member: str = "ann", chat: str = "") -> list[bool]:
    return [limits.try_acquire(member, chat, moment) is None for moment in moments]


def test_thirty_at_once_are_answered_and_no_more() -> None:
    assert answered(RateLimits(30, 120), [0.0] * 32) == [True] * 30 + [False] * 2


def test_who_waits_as_long_as_told_may_ask_several_again() -> None:
    limits = RateLimits(30, 0)
    answered(limits, [0.0] * 30)
    refused = limits.try_acquire("ann", "", 0.0)
    assert refused == RateLimited("member", "ann", 10, "ann")
    assert answered(limits, [9.9, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]) == [False, *[True] * 5, False]


def test_a_chat_has_a_bucket_of_its_own_for_all_of_its_members() -> None:
    limits = RateLimits(30, 120)
    taken = [limits.try_acquire(f"m{number % 10}", "group", 0.0) for number in range(130)]
    assert taken[:120] == [None] * 120
    assert {refused.scope for refused in taken[120:] if refused} == {"chat"}
    assert limits.try_acquire("m1", "", 0.0) is None
    assert limits.try_acquire("m1", "other", 0.0) is None


def test_what_a_chat_refuses_does_not_count_for_the_member() -> None:
    limits = RateLimits(5, 2)
    assert answered(limits, [0.0] * 9, chat="group") == [True] * 2 + [False] * 7
    assert answered(limits, [0.0] * 4) == [True] * 3 + [False]


def test_time_that_passed_already_counts_towards_the_wait_that_is_told() -> None:
    limits = RateLimits(6, 0)
    assert [_refused(limits, 0.0) for _ in range(6)] == [None] * 6
    refused = _refused(limits, 4.0)  # a question every ten seconds
    assert refused is not None and refused.seconds == 6


def test_a_refusal_is_told_once_until_there_was_room() -> None:
    limits = RateLimits(6, 0)
    refusals = [refused for moment in (0.0, 1.0, 9.0, 20.0) for _ in range(8) if (refused := _refused(limits, moment))]
    assert [limits.should_notify(refused) for refused in refusals].count(True) == 1
    assert _refused(limits, 60.0) is None
    more = [refused for _ in range(9) if (refused := _refused(limits, 60.0))]
    assert [limits.should_notify(refused) for refused in more] == [True] + [False] * (len(more) - 1)


def _refused(limits: RateLimits, moment: float) -> RateLimited | None:
    return limits.try_acquire("ann", "", moment)


@pytest.mark.parametrize("limits", [RateLimits(0, 0), RateLimits(0, 0, kept=1)])
def test_no_limit_is_none(limits: RateLimits) -> None:
    assert all(answered(limits, [0.0] * 1000, chat="group"))
    assert len(limits) == 0


def test_a_backlog_counts_at_the_moments_when_it_was_said() -> None:
    assert all(answered(RateLimits(30, 120), [3.0 * number for number in range(500)], chat="group"))


def test_no_more_are_remembered_than_there_is_room_for() -> None:
    limits = RateLimits(30, 120, kept=50)
    for number in range(1000):
        limits.try_acquire(f"m{number}", f"c{number}", 0.0)
    assert len(limits) == 100


@given(st.integers(1, 60), GAPS)
def test_over_any_time_no_more_is_answered_than_at_once_and_by_the_minute(size: int, gaps: list[float]) -> None:
    limits, now = RateLimits(size, 0), 0.0
    taken: list[float] = []
    for gap in gaps:
        now += gap
        if limits.try_acquire("ann", "", now) is None:
            taken.append(now)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= size + (taken[last] - start) * size / 60 + 1e-6


@given(st.integers(1, 60), st.lists(st.floats(0, 5, allow_nan=False), max_size=200))
def test_who_asks_no_faster_than_the_bucket_fills_is_never_refused(size: int, pauses: list[float]) -> None:
    limits, now = RateLimits(size, 0), 0.0
    for pause in pauses:
        now += 60 / size + pause + 1e-6
        assert limits.try_acquire("ann", "", now) is None


@given(st.integers(1, 60), GAPS)
def test_whoever_waits_the_seconds_that_are_told_is_answered(size: int, gaps: list[float]) -> None:
    limits, now = RateLimits(size, 0), 0.0
    for gap in [*gaps, *[0.0] * size]:
        now += gap
        refused = limits.try_acquire("ann", "", now)
        if refused is not None:
            now += refused.seconds
            assert limits.try_acquire("ann", "", now) is None


@given(st.permutations([float(number) for number in range(40)]))
def test_what_comes_out_of_turn_fills_no_bucket_twice(moments: list[float]) -> None:
    assert sum(answered(RateLimits(6, 0), moments)) <= 6 + 40 * 6 / 60
