"""What is typed while a question waits, and is no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.answer_parser import options_by_words
from bot.conversation.wish_parser import Wish, parse_wish


@pytest.mark.parametrize(
    ("wish", "texts"),
    [
        (
            "pass",
            "不知道 我不会啊 这题不清楚 忘了 PASS 过 答不上来 太难了 没印象 跳过这题 没看到，不答了 不会，看答案",
        ),
        ("hint", "提示 给点提示 能不能提示一下 有提示吗 来个提示呗 排除一个错误答案 不会，给个提示吧"),
        ("next", "下一题 下一个 换一题吧 来下一题 继续 next"),
        ("answer", "看答案 答案 答案是什么 公布答案吧 告诉我正确答案 为什么 看解析"),
        ("repeat", "再说一遍 题目是什么 没看清题目 重复一遍"),
        (
            "stop",
            "不玩了 停 不答了 结束吧 算了 今天就到这里吧 我不想玩了 累了 停停停，要开会了，回头再做 算了，不玩了 退出",
        ),
    ],
)
def test_a_wish_is_read_however_it_is_said(wish: Wish, texts: str) -> None:
    assert {text: parse_wish(text) for text in texts.split()} == dict.fromkeys(texts.split(), wish)


@pytest.mark.parametrize(
    "text",
    [
        "B",
        "不知道三级联创是什么",
        "会",
        "过程是什么",
        "",
        "结束时间是什么时候",
        "停电怎么办",
        "继续教育",
        "下一步工作",
        "提示牌有几块",
    ],
)
def test_an_answer_and_a_question_wish_for_nothing(text: str) -> None:
    assert parse_wish(text) is None


def test_an_option_that_reads_like_a_wish_is_an_option() -> None:
    assert options_by_words("放弃", ("坚持", "放弃", "等待", "上报")) == (1,)


@given(st.text("一下再来的了是点个题不知道提示停!， ", max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    assert parse_wish(text) in {None, "pass", "hint", "next", "answer", "repeat", "stop"}
