"""What members type beside what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.answer_parser import parse_options

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
        ("没规定", (3,)),
        ("规定", (3,)),
        ("应该没有规定吧", (3,)),
    ],
)
def test_an_answer_of_four_options(text: str, picked: tuple[int, ...]) -> None:
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


@pytest.mark.parametrize(
    ("text", "picked"), [("四万二", 1), ("42000人", 1), ("百分之五十", 2), ("六个吧，我记得有六个", 3)]
)
def test_a_number_is_the_same_however_it_is_spelled(text: str, picked: int) -> None:
    assert parse_options(text, ("2.4万人", "4.2万人", "50%", "六个")) == (picked,)


WORDS = ("组织集中培训", "建立工作台账", "定期上门走访", "向群众公开承诺")


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("最后一个", (3,)),
        ("倒数第二个吧", (2,)),
        ("头一个", (0,)),
        ("前两个", (0, 1)),
        ("第一个和最后一个", (0, 3)),
        ("全选", (0, 1, 2, 3)),
        ("都对", (0, 1, 2, 3)),
        ("Ⅲ", (2,)),
        ("No.2", (1,)),
        ("随便选个A", (0,)),
        ("A不对，选B", (1,)),
        ("还是改成C吧", (2,)),
        ("B，因为材料里写了", (1,)),
        ("我记得要走访，所以选C", (2,)),
        ("B吧 不太确定", (1,)),
        ("I think it's B", (1,)),
        ("台账", (1,)),
        ("A 哦不是 点错了 是B", (1,)),
        ("不太确定，蒙一个C吧", (2,)),
        ("这题简单啊 D", (3,)),
        ("D，后面专门讲过群众", (3,)),
        ("AC 等一下 还有D", (0, 2, 3)),
        ("除了C都对", (0, 1, 3)),
        ("ABC吧，D明显是凑数的", (0, 1, 2)),
        ("台账和走访", (1, 2)),
        ("建立台账", (1,)),
        ("建立工做台账", (1,)),
        ("B 建立台账", (1,)),
        ("选走访的那个", (2,)),
        ("A和C都对", (0, 2)),
    ],
)
def test_an_answer_is_read_however_it_is_said(text: str, picked: tuple[int, ...]) -> None:
    assert parse_options(text, WORDS) == picked


@pytest.mark.parametrize(
    "text", ["不是A", "B还是C", "A或者B", "B 走访", "为什么选B", "两个都不对", "建立什么", "工作", "2026个台账", "账"]
)
def test_what_may_mean_several_or_none_is_not_read(text: str) -> None:
    assert parse_options(text, ("建立工作台账", "组织工作培训", *WORDS[2:])) is None


@pytest.mark.parametrize("text", ["这句话是对的", "这个说法没问题", "说得对"])
def test_a_statement_is_judged_in_a_sentence(text: str) -> None:
    assert parse_options(text, JUDGE) == (0,)


@given(st.text(max_size=30), st.sampled_from([FOUR, TWELVE, JUDGE]))
def test_anything_may_be_typed(text: str, options: tuple[str, ...]) -> None:
    found = parse_options(text, options)
    assert found is None or (found == tuple(sorted(set(found))) and found and min(found) >= 0)


@given(st.sets(st.integers(0, 3), min_size=1), st.sampled_from(["", " ", ",", "、", " 和 "]), st.booleans())
def test_whatever_is_picked_is_read_as_it_was_meant(picked: set[int], between: str, letters: bool) -> None:
    names = "ABCD" if letters else "1234"
    text = between.join(names[index] for index in sorted(picked, reverse=True))
    assert parse_options(text, FOUR) == tuple(sorted(picked))
