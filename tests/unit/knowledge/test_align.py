"""Which lines stay between two texts."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.diff.align import align_lines

LINES = st.lists(st.sampled_from("甲乙丙丁戊己庚"), max_size=30)


def kept(before: list[str], after: list[str]) -> int:
    """How many lines stay."""
    return sum(end - start for tag, start, end, _, _ in align_lines(before, after) if tag == "equal")


@given(LINES, LINES)
def test_opcodes_cover_both_texts_in_order_and_equal_lines_are_equal(before: list[str], after: list[str]) -> None:
    at = there = 0
    last = ""
    for tag, start, end, new_start, new_end in align_lines(before, after):
        assert (start, new_start) == (at, there)
        assert (end > start, new_end > new_start) == (tag != "insert", tag != "delete")
        assert (tag == "equal") == (before[start:end] == after[new_start:new_end])
        assert (tag == "equal") != (last == "equal") or not last
        at, there, last = end, new_end, tag
    assert (at, there) == (len(before), len(after))


def test_changes_far_apart_in_a_long_text_with_blank_lines_are_told_line_by_line() -> None:
    before = [line for number in range(5_000) for line in (f"第{number}段", "")]
    after = before.copy()
    for place in range(100, 10_000, 500):
        after[place] += "改"
    assert kept(before, after) == 9_980


def test_of_what_was_moved_the_most_stays() -> None:
    assert kept([*"一二三四五"], [*"五一二三四"]) == 4


def test_lines_that_occur_often_are_compared_between_those_that_occur_once() -> None:
    assert kept(["头", "甲", "乙", "甲", "尾"], ["头", "乙", "甲", "甲", "尾"]) == 4


def test_many_lines_of_two_kinds_in_another_order_are_told_as_replaced_at_once() -> None:
    shuffle = random.Random(1)
    before = ["甲", *shuffle.choices("甲乙", k=20_000), "甲"]
    after = ["甲", "乙", *shuffle.choices("甲乙", k=20_000), "乙", "甲"]
    found = [code for code in align_lines(before, after) if code[0] != "equal"]
    assert len(found) == 1
