"""Asking words in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.colloquial import in_common_words
from bot.retrieval.question import read


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
        ("路修得咋样了", "路修得怎么样了"),
        ("有哪几项好处", "有哪些好处"),
        ("孩子上学要好多年", "孩子上学要好多年"),
    ],
)
def test_dialect_and_chat_are_spelled_like_everybody_else(typed: str, common: str) -> None:
    assert in_common_words(typed) == common
    assert read(typed).core == common


@given(st.text(alphabet="百分之几多少个好亿万元钱块为啥何咋样么子什甚哪些条人", max_size=30))
def test_spelling_twice_is_spelling_once(text: str) -> None:
    assert in_common_words(in_common_words(text)) == in_common_words(text)
