"""Answers beside what is said of them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.quiz.progress import Tally, group_tallies, streak, weakest

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "length"),
    [
        ([], 0),
        (["2026-03-02"], 1),
        (["2026-03-01"], 1),  # today is not over
        (["2026-02-28"], 0),
        (["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"], 4),
        (["2026-02-27", "2026-03-01", "2026-03-02"], 2),
        (["2026-03-03"], 0),
    ],
)
def test_days_in_a_row(days: list[str], length: int) -> None:
    assert streak({date.fromisoformat(day) for day in days}, TODAY) == length


def test_points_add_up_to_sections_and_those_that_are_gone_are_left_out() -> None:
    sections = {"a": "1", "b": "1", "c": "2"}
    found = group_tallies([Tally("a", 1, 2), Tally("b", 3, 3), Tally("c", 0, 1), Tally("gone", 5, 5)], sections.get)
    assert found == (Tally("1", 4, 5), Tally("2", 0, 1))
    assert [tally.accuracy for tally in found] == [0.8, 0.0]


def test_the_weakest_are_those_missed_surely() -> None:
    tallies = [Tally("once", 0, 1), Tally("thrice", 0, 3), Tally("half", 2, 4), Tally("never", 3, 3)]
    assert [tally.of for tally in weakest(tallies, 5)] == ["thrice", "once", "half"]
    assert [tally.of for tally in weakest(tallies, 1)] == ["thrice"]
