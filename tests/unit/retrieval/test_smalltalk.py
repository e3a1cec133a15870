"""Smalltalk is recognised when it is the whole of what was said, and never inside a question."""

import pytest

from bot.retrieval.message.smalltalk import partial_smalltalk_intent, smalltalk_intent
from bot.text import clean
from tests.unit.library import retriever


@pytest.mark.parametrize(
    "text",
    ["我们从头学一遍", "这篇稿子我打算从头到尾看一遍", "有完整的文件吗", "通篇文章发一下", "这个手册从头到尾发我看看"],
)
def test_who_wants_to_read_all_of_it_is_led_to_the_whole_text(text: str) -> None:
    assert smalltalk_intent(clean(text)) == "whole_text"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("你好", "greeting"),
        ("您好呀!", "greeting"),
        ("早上好", "greeting"),
        ("Hello", "greeting"),
        ("在不在", "presence"),
        ("有人吗?", "presence"),
        ("多谢多谢", "thanks"),
        ("好的,谢谢你", "thanks"),
        ("辛苦了", "thanks"),
        ("谢谢啊辛苦了", "thanks"),
        ("收到谢谢啦", "thanks"),
        ("知道了再见", "farewell"),
        ("没听懂", "trouble"),
        ("你说的不对", "trouble"),
        ("说人话", "trouble"),
        ("太长了", "trouble"),
        ("换一个", "trouble"),
        ("什么意思", "trouble"),
        ("哈哈哈", "chatter"),
        ("嗯那个您好呀", "greeting"),
        ("在没有", "presence"),
        ("你能做些么子", "help"),
        ("你多大了", "chatter"),
        ("你是ChatGPT吗", "chatter"),
        ("随便聊聊", "chatter"),
        ("继续", "chatter"),
        ("真棒", "thanks"),
        ("你叫什么名字", "identity"),
        ("你是机器人吗?", "identity"),
        ("你好,你是谁", "identity"),
        ("怎么用", "help"),
        ("你会什么呀", "help"),
        ("再见", "farewell"),
        ("謝謝您", "thanks"),
    ],
)
def test_smalltalk_is_recognised(text: str, intent: str) -> None:
    assert smalltalk_intent(clean(text)) == intent


@pytest.mark.parametrize(
    "text",
    ["", "你好,修路花了多少钱", "镇长是谁", "谢谢镇长的话在哪一段", "水稻好吗", "怎么用好补助资金", "你"],
)
def test_a_question_is_no_smalltalk(text: str) -> None:
    assert smalltalk_intent(clean(text)) == ""


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("找得又快又好,真棒", "thanks"),
        ("明天再来,拜拜", "farewell"),
        ("怎么用,我没用过", "help"),
        ("你好,修路花了多少钱", ""),
        ("好的收到,再问下修路花了多少钱", ""),
        ("修路花了多少钱,辛苦了,我明天再来看", ""),
        ("修路花了多少钱,先这样,拜拜,回头再聊", ""),
        ("你怎么什么都晓得,真棒", "thanks"),
    ],
)
def test_smalltalk_beside_something_else_may_tell_what_the_whole_is_for(text: str, intent: str) -> None:
    assert partial_smalltalk_intent(clean(text)) == intent


def test_thanks_behind_a_question_do_not_make_it_smalltalk() -> None:
    asked = ("明天下雨吗", "修路的施工队是哪家", "红楼梦的作者是谁")
    plain = [retriever().ask(text).kind for text in asked]
    thanked = [retriever().ask(f"{text},谢谢您的解答").kind for text in asked]
    assert plain == thanked == ["decline", "decline", "decline"]
