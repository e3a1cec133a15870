"""Asking words in one spelling."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.retrieval.normalize.question import normalize_colloquial, normalize_question


@pytest.mark.parametrize(
    ("typed", "common"),
    [
        ("修路花了多少个亿", "修路花了多少钱"),
        ("修路花了几百万", "修路花了多少钱"),
        ("修路花了好多钱", "修路花了多少钱"),
        ("种了几多亩水稻", "种了多少亩水稻"),
        ("来了好多人", "来了多少人"),
        ("有几万人", "有几万人"),
        ("涨了百分之几", "涨了百分之多少"),
        ("涨了几个百分点", "涨了百分之多少"),
        ("啥子是田间课堂", "什么是田间课堂"),
        ("为啥修路", "为什么修路"),
        ("啥叫田间课堂", "什么是田间课堂"),
        ("何谓田间课堂", "什么是田间课堂"),
        ("路修得咋样了", "路修得怎么样了"),
        ("有哪几项好处", "有哪些好处"),
        ("孩子上学要好多年", "孩子上学要好多年"),
        ("有几万党员", "有几万党员"),
        ("一共多少万平方米", "一共多少万平方米"),
        ("这种行为何时查处", "这种行为何时查处"),
        ("那么子女入学呢", "那么子女入学呢"),
        ("有什么子女政策", "有什么子女政策"),
        ("投了几个亿资金", "投了多少钱资金"),
    ],
)
def test_dialect_and_chat_are_spelled_like_everybody_else(typed: str, common: str) -> None:
    assert normalize_colloquial(typed) == common
    assert normalize_question(typed).core == common


@given(st.text(alphabet="百分之几多少个好亿万元钱块为啥何咋样么子什甚哪些条人", max_size=30))
@example("几几多啥")
@example("为为何么子子")
def test_reading_twice_is_reading_once(text: str) -> None:
    assert normalize_question(normalize_question(text).core).core == normalize_question(text).core
