"""The bank as a person reads it."""

from dataclasses import replace

from bot.knowledge.model import HandwrittenQuestion, QuizAdditions
from bot.quiz.generation.bank import bank_lines, make_bank
from bot.wording import Quiz
from tests.unit.library import knowledge


def test_the_list_marks_what_is_right_counts_and_tells_what_rests() -> None:
    resting = HandwrittenQuestion("a", "school", "招聘了谁？", ("医生",), ("厨师",))
    asked = HandwrittenQuestion("b", "school", "招聘了谁？", ("教师",), ("厨师",))
    document = replace(knowledge(), quiz_additions=QuizAdditions((resting, asked)))
    lines = list(bank_lines(document, make_bank(document)))
    assert lines[0] == "第一部分·抓好春耕生产"
    assert [line for line in lines if line.endswith("教师")] == [
        line for line in lines if "✓" in line and "教师" in line
    ]
    assert lines[-2:] == [Quiz.TOTAL.format(count=len(make_bank(document))), Quiz.RESTING.format(count=1)]
    assert any(line.startswith("按题型：") and "手写 1" in line for line in lines)


def test_an_empty_bank_says_what_to_write() -> None:
    assert list(bank_lines(knowledge(), ())) == [Quiz.EMPTY]
