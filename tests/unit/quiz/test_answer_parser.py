"""What members type beside what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.answer_parser import gives_up, parse_options

FOUR = ("50%", "80%", "100%", "没有规定")
TWELVE = tuple(f"第{number}项内容" for number in range(12))
JUDGE = ("正确", "错误")


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1", (0,)),
        ("4", (3,)),
        ("b", (1,)),
        ("B", (1,)),
        ("Ｂ", (1,)),
        ("２", (1,)),
        ("②", (1,)),
        ("选B", (1,)),
        ("我选 c", (2,)),
        ("答案是B", (1,)),
        ("答案:D", (3,)),
        ("应该是A吧", (0,)),
        ("B。", (1,)),
        ("(b)", (1,)),
        ("第2个", (1,)),
        ("第二个", (1,)),
        ("选第3项", (2,)),
        ("AC", (0, 2)),
        ("ca", (0, 2)),
        ("A,C", (0, 2)),
        ("Ａ、Ｃ", (0, 2)),
        ("A和C", (0, 2)),
        ("1 3", (0, 2)),
        ("13", (0, 2)),
        ("1,2,3", (0, 1, 2)),
        ("选ABD", (0, 1, 3)),
        ("AA", (0,)),
        ("100%", (2,)),
        ("没有规定", (3,)),
        ("E", (4,)),
        ("5", (4,)),
        ("选三", (2,)),
        ("第四", (3,)),
        ("一", (0,)),
        ("C项", (2,)),
        ("a选项", (0,)),
        ("我猜是D", (3,)),
        ("这题应该选A吧？", (0,)),
        ("还是b?", (1,)),
        ("🅱️", (1,)),
        ("3️⃣", (2,)),
        ("答案是A D吧", (0, 3)),
        ("选一和三", (0, 2)),
        ("第一、第二项", (0, 1)),
        ("B对", (1,)),
        ("我觉得是100%", (2,)),
        ("没规定", None),
        ("规定", (3,)),
        ("应该没有规定吧", (3,)),
    ],
)
def test_an_answer_of_four_options(text: str, picked: tuple[int, ...] | None) -> None:
    assert parse_options(text, FOUR) == picked


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "什么是三级联创",
        "a good one",
        "选",
        "答案",
        "0",
        "不知道",
        "1.5倍",
        "B股是什么",
        "2026年",
        "好的",
        "x",
        "规定是什么时候定的",
        "这题什么意思",
        "我觉得题目有问题",
        "定",
    ],
)
def test_talk_is_no_answer(text: str) -> None:
    assert parse_options(text, FOUR) is None


@pytest.mark.parametrize(
    ("text", "picked"), [("12", (11,)), ("10", (9,)), ("1 2", (0, 1)), ("l", (11,)), ("11", (10,))]
)
def test_with_many_options_a_number_is_one(text: str, picked: tuple[int, ...]) -> None:
    assert parse_options(text, TWELVE) == picked


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        *(
            ("对", 0),
            ("是", 0),
            ("√", 0),
            ("正确。", 0),
            ("错", 1),
            ("不对!", 1),
            ("×", 1),
            ("错误", 1),
            ("A", 0),
            ("2", 1),
        ),
        *(("我觉得对", 0), ("没错", 0), ("对的吧", 0), ("不正确", 1), ("应该是错的", 1), ("❌", 1), ("第二", 1)),
    ],
)
def test_yes_and_no_answer_a_judgement(text: str, picked: int) -> None:
    assert parse_options(text, JUDGE) == (picked,)
    assert parse_options("对", FOUR) is None


@pytest.mark.parametrize("text", ["不知道", "我不会啊", "这题不清楚", "忘了", "PASS", "过", "想不起来了。"])
def test_who_does_not_know_gives_up(text: str) -> None:
    assert gives_up(text)
    assert parse_options(text, FOUR) is None


@pytest.mark.parametrize("text", ["B", "不知道三级联创是什么", "会", "过程是什么", ""])
def test_an_answer_and_a_question_give_nothing_up(text: str) -> None:
    assert not gives_up(text)


@given(st.text(max_size=30), st.sampled_from([FOUR, TWELVE, JUDGE]))
def test_anything_may_be_typed(text: str, options: tuple[str, ...]) -> None:
    found = parse_options(text, options)
    assert found is None or (found == tuple(sorted(set(found))) and found and min(found) >= 0)


@given(st.sets(st.integers(0, 3), min_size=1), st.sampled_from(["", " ", ",", "、", " 和 "]), st.booleans())
def test_whatever_is_picked_is_read_as_it_was_meant(picked: set[int], between: str, letters: bool) -> None:
    names = "ABCD" if letters else "1234"
    text = between.join(names[index] for index in sorted(picked, reverse=True))
    assert parse_options(text, FOUR) == tuple(sorted(picked))
