"""Whatever a file says: it is read, or refused with a sentence; nothing of it is half a question."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import DocumentError
from bot.quiz.banks.formats import read_here
from bot.quiz.banks.model import problem_of

PIECES = (
    *(
        "1.",
        "2、",
        "（3）",
        "第4题",
        "99999.",
        "A.",
        "B、",
        "（C）",
        "D ",
        "A",
        "Ｌ．",
        "（A）",
        "( ABC )",
        "（√）",
        "×",
        "（　）",
    ),
    *(
        "一、单选题",
        "二、判断题（每题2分）",
        "三、简答题",
        "参考答案",
        "答案：",
        "【答案】",
        "解析：",
        "章节：",
        "选项：",
        "题干",
    ),
    *("题号 1 2", "1-5 ABCDE", "5-1 A", "1.A 2.B", "第一章 茶", "茶", "龙井", "正确", "错误", "是什么？", "。", "____"),
    *("\n", "\n\n", " ", "\t", ",", "{", "}", "=", "~", "#", "->", "%50%", "::", "$CATEGORY: x", "//", "ANSWER: A"),
    *("<br/>", "<quiz>", '"', "[", "]", ":", "Q1: ", "A: ", "|", "；", "--", "\\", "难度：难"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@pytest.mark.parametrize("ending", [".txt", ".csv", ".json", ".gift", ".aiken"])
@given(text=TEXTS)
@example(text="1.茶（A）\nA.绿\n")
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(ending: str, text: str) -> None:
    try:
        bank = read_here(ending, text.encode())
    except DocumentError as error:
        assert str(error)
        return
    assert not any(problem_of(one.question) for one in bank.questions)
    assert all(one.place and one.question.answer for one in bank.questions)
    assert all(fault.place and fault.message for fault in bank.faults)
