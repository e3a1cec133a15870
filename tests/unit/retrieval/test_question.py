"""Politeness is taken off, what is asked stays."""

import pytest

from bot.retrieval.normalize.question import MAX_LENGTH, normalize_question


@pytest.mark.parametrize(
    "typed",
    [
        "修路花了多少钱",
        "请问修路花了多少钱?",
        "您好,请问一下,修路花了多少钱,谢谢!",
        "麻烦问一下修路花了多少钱",
        "打扰了,我想了解一下修路花了多少钱,麻烦您了,谢谢您",
        "能不能告诉我修路花了多少钱",
        "各位好,修路花了多少钱?先谢过,不着急的",
        "修路花了多少钱,您方便的时候回一下就行",
        "答错了吧,我是想问的是修路花了多少钱",
        "不是这个呀,人家问的是修路花了多少钱",
        "  修路 花了 多少錢  ",
        "修路花了多少钱",
    ],
)
def test_politeness_width_and_script_do_not_change_the_core(typed: str) -> None:
    assert normalize_question(typed).core == "修路花了多少钱"


@pytest.mark.parametrize("typed", ["谢谢", "请问", "您好", "我想了解一下"])
def test_nothing_but_politeness_stays_as_it_is(typed: str) -> None:
    assert normalize_question(typed).core == typed


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("请,问一下,修路", "修路"),
        ("修到到底底路", "修路"),
        ("就业 三 万六千 人", "就业3.6万人"),
        ("投资4,047元", "投资4047元"),
        ("3200、460万和15,哪个是水稻的亩数", "3200和460万和15哪个是水稻的亩数"),  # two figures, not one
    ],
)
def test_what_the_stripping_lays_bare_is_stripped_too(typed: str, core: str) -> None:
    assert normalize_question(typed).core == core
    assert normalize_question(core).core == core


@pytest.mark.parametrize("typed", ["", "   ", "👍", "\u200b\u202e", "???", "……"])
def test_nothing_to_read_has_an_empty_core(typed: str) -> None:
    assert normalize_question(typed).core == ""


def test_a_text_longer_than_a_question_is_not_read() -> None:
    question = normalize_question("长" * 10_000)
    assert question.too_long
    assert question.core == ""
    assert not normalize_question("长" * MAX_LENGTH).too_long


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        # what looks like politeness and is asked about
        ("请问领导点评怎么搞", "领导点评怎么搞"),
        ("请问同志们怎么做", "同志们怎么做"),
        ("请问下半年要做什么", "下半年要做什么"),
        ("想问下岗职工怎么再就业", "下岗职工怎么再就业"),
        ("请问管理员是谁", "管理员是谁"),
        ("请问一句话概括主题", "一句话概括主题"),
        ("要问责哪些人", "要问责哪些人"),
        ("还要查处哪些问题", "还要查处哪些问题"),
        ("怎么做好群众诉求答复", "怎么做好群众诉求答复"),
        ("镇长向谁表示感谢", "镇长向谁表示感谢"),
        ("不建教学楼行吗", "不建教学楼行吗"),
        ("领导好不好", "领导好不好"),
        # what is politeness all the same
        ("请问下修路花了多少钱", "修路花了多少钱"),
        ("请问老师,修路花了多少钱", "修路花了多少钱"),
        ("要问一下修路花了多少钱", "修路花了多少钱"),
        ("讲讲修路,好吗", "讲讲修路"),
        ("修路花了多少钱求解", "修路花了多少钱"),
    ],
)
def test_words_of_politeness_that_belong_to_the_question_stay(typed: str, core: str) -> None:
    assert normalize_question(typed).core == core
