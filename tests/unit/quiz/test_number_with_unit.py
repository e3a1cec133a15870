"""Figures, and what can be taken for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Knowledge
from bot.quiz.generation.number_with_unit import (
    MAX_LIKE,
    Figure,
    differs_by_one_digit,
    figures_in,
    parse_figure,
    plausible_figure,
    wrong_figures,
)


def test_figures_are_read_with_their_units() -> None:
    text = "完成投资7.2亿元,新增32个,培训860人次,达到100%,跃升29个名次,建区12年来,3000多人,6,000名"
    assert [str(found) for found in figures_in(text)] == [
        "7.2亿元",
        "32个",
        "860人次",
        "100%",
        "29个名次",
        "12年",
        "3000多人",
    ]


@pytest.mark.parametrize("text", ["全市第一", "三年", "2009", "第2部分7条", ""])
def test_what_is_no_figure_as_a_whole(text: str) -> None:
    assert parse_figure(text) is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("1700.8万元", "928.6万元", True),
        ("4047人", "502人", False),  # of another size
        ("7.2亿元", "7.2万元", False),
        ("100%", "95%", True),
        ("100%", "120%", False),
        ("100%", "18.7%", False),
        ("2009年", "1995年", True),
        ("2009年", "1009年", False),
        ("12年", "2009年", False),
        ("11月", "13月", False),
    ],
)
def test_two_figures_are_alike_by_unit_and_size(one: str, other: str, alike: bool) -> None:
    first, second = parse_figure(one), parse_figure(other)
    assert first is not None
    assert second is not None
    assert first.is_similar(second) is alike


@given(st.decimals(min_value=1, max_value=99999, places=1).map(str), st.integers())
def test_a_made_up_figure_is_of_the_same_size_and_no_slip_of_a_digit(number: str, seed: int) -> None:
    real = Figure(number, "万元")
    made = plausible_figure(real, seed)
    assert made is None or (real.is_similar(made) and not differs_by_one_digit(str(real), str(made)))


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("4047人", "4046人", True),
        ("18.7%", "17.8%", True),  # two digits changed places
        ("32个", "23个", True),
        ("29个", "29.0个", True),  # the same number
        ("4047人", "2836人", False),
        ("7.2亿元", "7.2万元", False),
        ("5项", "4项", False),  # a single digit has no slip
    ],
)
def test_a_slip_differs_by_one_digit_or_by_two_that_changed_places(one: str, other: str, slip: bool) -> None:
    assert differs_by_one_digit(one, other) is slip


def test_wrong_figures_come_from_the_source_first_and_made_up_ones_stand_nowhere_in_it() -> None:
    source = "计划投资1700.8万元,资金928.6万元,培训860人次。"
    knowledge = Knowledge("文", "", source, (), (), "v")
    wrong = wrong_figures(Figure("1700.8", "万元"), knowledge, 3, 0)
    assert wrong[0] == "928.6万元"
    assert len(set(wrong)) == 3
    assert [option for option in wrong[1:] if option.removesuffix("万元") in source] == []


def test_a_figure_for_which_nothing_could_be_taken_has_no_wrong_ones() -> None:
    assert wrong_figures(Figure("1", "个"), Knowledge("文", "", "1个", (), (), "v"), 9, 0) == ()


def test_of_thousands_of_figures_some_of_the_same_size_are_tried_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "".join(f"{number}号水泵停用。" for number in range(1, 3001))
    knowledge = Knowledge("文", "", source, (), (), "v")
    tried: list[str] = []

    def counted(real: Figure, other: Figure) -> bool:
        tried.append(str(other))
        return real.is_similar(other)

    monkeypatch.setattr("bot.quiz.generation.number_with_unit._is_alike", counted)
    wrong = wrong_figures(Figure("1500", "号"), knowledge, 3, 0, beside="1500号水泵停用。")
    assert len({*wrong, "1500号"}) == 4
    assert all(figure in source for figure in wrong)
    assert len(tried) < MAX_LIKE


@pytest.mark.parametrize(
    ("text", "stands"),
    [("交30元", True), ("交130元", False), ("交130元，再交30元", True), ("交1.30元", False), ("", False)],
)
def test_a_figure_stands_in_a_text_if_it_is_no_end_of_a_longer_one(text: str, stands: bool) -> None:
    knowledge = Knowledge("文", "", "交30元。交60元。交90元。交120元。", (), (), "v")
    found = {
        option for seed in range(30) for option in wrong_figures(Figure("60", "元"), knowledge, 1, seed, beside=text)
    }
    assert ("30元" not in found) is stands
