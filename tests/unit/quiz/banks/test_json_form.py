"""JSON of question banks in the forms that programs write."""

from __future__ import annotations

import json

import pytest

from bot.errors import DocumentError
from bot.quiz.banks.interpret import read_bank
from bot.quiz.banks.json_form import read_json
from bot.quiz.banks.model import ReadBank


def read(content: object) -> ReadBank:
    return read_bank(read_json(json.dumps(content, ensure_ascii=False)))


LISTS = {
    "single": [
        {"question": "龙井是（ ）", "options": {"A": "绿茶", "B": "红茶"}, "answer": "A", "explanation": "不发酵"}
    ],
    "multi": [{"question": "哪些要发酵( )", "options": {"A": "红茶", "B": "绿茶", "C": "黑茶"}, "answer": "AC"}],
    "tf": [{"question": "茶能解渴", "answer": "正确"}],
    "fill": [{"question": "一年有（ ）个月", "answer": "十二", "aliases": ["12"]}],
}


@pytest.mark.parametrize("content", [LISTS, {"id": "1", "title": "茶", "questions": LISTS}])
def test_lists_by_kind_are_read(content: object) -> None:
    bank = read(content)
    assert not bank.faults
    assert [(one.question.kind, one.question.answer) for one in bank.questions] == [
        ("single", "A"), ("several", "AC"), ("true_false", "正确"), ("fill", "十二 或 12"),
    ]  # fmt: skip
    assert bank.questions[0].place == "single 第 1 题"
    assert bank.questions[0].question.explanation == "不发酵"


@pytest.mark.parametrize(
    "item",
    [
        {"content": "龙井是", "type": "choice", "options": '["A. 绿茶", "B. 红茶"]', "answer": "A"},
        {"content": "龙井是", "type": "choice", "options": ["A. 绿茶", "B. 红茶"], "answer": "绿茶"},
        {"stem": "龙井是", "options": ["绿茶", "红茶"], "answer": ["A"]},
        {"question": "龙井是", "options": ["绿茶", "红茶"], "correct": [0], "kind": "written"},
        {"题干": "龙井是", "选项": {"B": "红茶", "A": "绿茶"}, "答案": "A"},
        {"title": "龙井是", "choices": [{"key": "A", "value": "绿茶"}, {"key": "B", "value": "红茶"}], "answer": "A"},
    ],
)
def test_a_question_is_read_by_whatever_names_its_keys_go(item: dict[str, object]) -> None:
    for content in ([item], {"data": [item]}, {"data": {"list": [item]}}):
        bank = read(content)
        assert not bank.faults
        (one,) = bank.questions
        assert (one.question.stem, one.question.options, one.question.correct) == ("龙井是", ("绿茶", "红茶"), (0,))


def test_a_question_without_an_answer_is_a_fault_with_its_number() -> None:
    item = {"id": 1, "content": "龙井是", "type": "choice", "options": '["A. 绿茶", "B. 红茶"]', "category": "茶"}
    judged = {"id": 2, "content": "茶能解渴", "type": "truefalse", "options": "[]"}
    bank = read([item, judged])
    assert not bank.questions
    assert [fault.place for fault in bank.faults] == ["第 1 题", "第 2 题"]


def test_an_option_that_swallowed_the_next_one_is_told_apart_and_told() -> None:
    options = {"A": "绿茶", "B": "红茶 CC、黑茶", "D": "白茶"}
    (one,) = read([{"question": "哪些要发酵（ ）", "type": "multi", "options": options, "answer": "BC"}]).questions
    assert one.question.options == ("绿茶", "红茶", "黑茶", "白茶")
    assert one.question.answer == "BC"
    assert len(one.notes) == 1


def test_a_missing_letter_is_told_and_the_others_keep_their_answers() -> None:
    options = {"A": "绿茶", "B": "红茶", "D": "白茶"}
    (one,) = read([{"question": "不发酵的是（ ）", "options": options, "answer": "D"}]).questions
    assert one.question.correct == (2,)
    assert "C" in one.notes[0]


def test_an_answer_that_was_left_in_the_stem_is_cut_out_and_told() -> None:
    right, wrong = read(
        {
            "tf": [
                {"question": "茶能解渴。 三、正确", "answer": "正确"},
                {"question": "茶长在海里。 BB、正确", "answer": "错误"},
            ]
        }
    ).questions
    assert (right.question.stem, right.question.answer) == ("茶能解渴。", "正确")
    assert (wrong.question.stem, wrong.question.answer) == ("茶长在海里。", "错误")
    assert len(right.notes) == len(wrong.notes) == 1


def test_a_line_that_was_broken_in_mid_sentence_is_joined_and_short_words_are_not() -> None:
    options = {"A": "绿茶 红茶", "B": "白茶 黑茶", "C": "黄茶 青茶"}
    stem = "唐代以来人们喝茶的风气越来越盛，到了宋代已 经遍及天下( ) ，茶馆林立"
    (one,) = read([{"question": stem, "options": options, "answer": "A"}]).questions
    assert one.question.stem == "唐代以来人们喝茶的风气越来越盛，到了宋代已经遍及天下（　　），茶馆林立"
    assert one.question.options == ("绿茶 红茶", "白茶 黑茶", "黄茶 青茶")


def test_broken_blanks_are_read_as_blanks() -> None:
    for blank in ("【)", "〈 )", "\\ )", "〔( )", "( )", "（ ）"):
        (one,) = read([{"question": f"茶圣是{blank}。", "type": "fill", "answer": "陆羽"}]).questions
        assert one.question.stem == "茶圣是（　　）。"


def test_answers_to_several_blanks_are_one_answer_however_they_are_separated() -> None:
    stem = "茶分（ ）和（ ）两种"
    for answer in ("红茶、绿茶", "红茶；绿茶", "红茶 绿茶"):
        (one,) = read([{"question": stem, "type": "fill", "answer": answer}]).questions
        assert one.question.accepted == ("红茶；绿茶",)
        assert one.question.accepts("红茶，绿茶")
        assert one.question.accepts("红茶绿茶")
        assert not one.question.accepts("绿茶，红茶")
    (together,) = read([{"question": stem, "type": "fill", "answer": "红茶绿茶"}]).questions
    assert together.question.accepts("红茶、绿茶")


@pytest.mark.parametrize(
    "text", ["{", '[{"question": "龙井"},,]', '{"question": 1}\n{"question": 2', "[" * 5000 + "]" * 5000]
)
def test_what_is_no_json_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(DocumentError, match=r"第 \d 行"):
        read_json(text)


def test_an_object_a_line_is_read() -> None:
    line = json.dumps({"question": "茶能解渴", "type": "tf", "answer": True})
    assert len(read_bank(read_json(f"{line}\n{line.replace('true', 'false').replace('tf', 'judge')}\n")).faults) == 1
