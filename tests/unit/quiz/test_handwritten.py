"""Questions by hand that cannot be asked: each case has its YAML beside what is said of it."""

from dataclasses import replace
from textwrap import dedent

import pytest

from bot.knowledge.model import Knowledge, Section
from bot.knowledge.parse.points_file import parse_points
from bot.knowledge.parse.quiz_file import parse_quiz
from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.handwritten import inactive_ids, lint_handwritten
from bot.wording import Lint, Quiz
from tests.unit.library import POINTS, SOURCE

HEAD = "questions:\n"
YIELD = """\
  - {id: yield, title: 水稻, section: "1", quote: 全镇今年种植水稻3200亩}
"""
MANY = ", ".join("甲乙丙丁戊己庚辛壬癸子丑")


def _knowledge(question: str, *, points: str = POINTS, source: str = SOURCE) -> Knowledge:
    addition, issues = parse_quiz(HEAD + dedent(question), "quiz.yaml")
    assert issues == ()
    return replace(parse_points(points, source, "points.yaml").knowledge, quiz_additions=addition)


def _faults(knowledge: Knowledge) -> list[tuple[int, str]]:
    issues = lint_handwritten(knowledge, "quiz.yaml")
    assert {(issue.file, issue.fatal) for issue in issues} <= {("quiz.yaml", False)}
    return [(issue.line, issue.message) for issue in issues]


def _asked(knowledge: Knowledge) -> list[str]:
    return [question.id for question in make_bank(knowledge) if question.kind == "written"]


@pytest.mark.parametrize(
    "question",
    [
        "- {id: a, point: school, question: 招聘了多少名教师？, right: 15名, wrong: [12名, 18名]}",
        "- {id: a, point: road, question: 原文没有说到哪一项？, right: 市级补助, wrong: [总投资, 县级补助]}",
        "- {id: a, point: road, question: 判断对错：总投资46万元。, right: 错, wrong: 对, quote: 总投资460万元}",
        "- {id: a, point: road, question: 说到哪些？（多选）, right: [总投资, 县级补助], wrong: [市级补助]}",
    ],
)
def test_the_forms_that_can_be_asked(question: str) -> None:
    knowledge = _knowledge(question)
    assert _faults(knowledge) == []
    assert _asked(knowledge) == ["a"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            "- {id: a, point: bridge, question: 修了几座桥？, right: 一座, wrong: 两座}",
            Lint.POINT_GONE.format(id="a", point="bridge"),
        ),
        (
            "- {id: a, point: road, question: 总投资多少？, right: 480万元, wrong: 490万元, quote: 总投资480万元}",
            Lint.QUOTE_GONE.format(id="a", point="road"),
        ),
        (
            "- {id: a, point: road, question: 总投资多少？, right: 480万元, wrong: 490万元}",
            Lint.ANSWER_GONE.format(id="a", text="480万元"),
        ),
        (
            "- {id: a, point: road, question: 总投资多少？, right: 460万元, wrong: [180万元, 12万元]}",
            Lint.WRONG_IS_TRUE.format(id="a", text="180万元"),
        ),
        (
            "- {id: a, point: road, question: 说到哪一项？, right: 市级补助, wrong: [总投资, 县级补助]}",
            Lint.NOT_NEGATIVE.format(id="a"),
        ),
        (
            "- {id: a, point: road, question: 判断对错：修了路。, right: 对, wrong: 错}",
            Lint.JUDGE_QUOTE.format(id="a"),
        ),
        (
            "- {id: a, point: school, question: 招聘了谁？, right: 教师, wrong: [“教-师”, 医生]}",
            Lint.QUESTION_BAD.format(id="a", problem=Quiz.SAME_OPTIONS.format(text="“教-师”")),
        ),
        (
            "- {id: a, point: school, question: 建了什么？, right: 教学楼, wrong: [新教学楼群, 食堂]}",
            Lint.QUESTION_BAD.format(id="a", problem=Quiz.TWO_TRUE.format(wrong="新教学楼群", right="教学楼")),
        ),
        (
            "- {id: a, point: school, question: 招聘教师，招聘的是谁？, right: 教师, wrong: [医生, 厨师]}",
            Lint.QUESTION_BAD.format(id="a", problem=Quiz.ANSWER_VISIBLE.format(text="教师")),
        ),
        (
            f"- {{id: a, point: school, question: 招聘了谁？, right: 教师, wrong: {'长' * 101}}}",
            Lint.QUESTION_BAD.format(id="a", problem=Quiz.OPTION_LONG.format(text="长" * 101, limit=100)),
        ),
        (
            f"- {{id: a, point: school, question: {'问' * 301}, right: 教师, wrong: 医生}}",
            Lint.QUESTION_BAD.format(id="a", problem=Quiz.QUESTION_LONG.format(limit=300)),
        ),
        (
            f"- {{id: a, point: school, question: 招聘了谁？, right: 教师, wrong: [{MANY}]}}",
            Lint.QUESTION_BAD.format(id="a", problem=Quiz.MANY_OPTIONS.format(limit=12)),
        ),
    ],
)
def test_what_has_no_single_reading_or_fits_no_poll_is_told_and_not_asked(question: str, message: str) -> None:
    knowledge = _knowledge(question)
    assert (2, message) in _faults(knowledge)
    assert _asked(knowledge) == []


def test_a_question_whose_citation_leaves_no_room_for_an_explanation_is_not_asked() -> None:
    question = "- {id: a, point: school, question: 招聘了谁？, right: 教师, wrong: 医生}"
    long = tuple(Section(section.id, "题" * 200) for section in _knowledge(question).sections)
    knowledge = replace(_knowledge(question), sections=long)
    problem = Quiz.EXPLANATION_LONG.format(limit=200, lines=2)
    assert _faults(knowledge) == [(2, Lint.QUESTION_BAD.format(id="a", problem=problem))]
    assert _asked(knowledge) == []


def test_two_questions_with_the_same_answer_in_one_point_are_one_too_many() -> None:
    question = """\
        - {id: a, point: school, question: 招聘了谁？, right: 教师, wrong: 医生}
        - {id: b, point: school, question: 新来的是什么人？, right: 教师, wrong: 厨师}
        """
    knowledge = _knowledge(question)
    assert _faults(knowledge) == [(3, Lint.SAME_ANSWER.format(id="b", line=2))]
    assert _asked(knowledge) == ["a"]


def test_a_question_rests_while_its_passage_says_otherwise_and_is_asked_again_afterwards() -> None:
    question = "- {id: a, point: school, question: 招聘了多少名教师？, right: 15名, wrong: [12名, 18名]}"
    changed = {"points": POINTS.replace("15名", "16名"), "source": SOURCE.replace("15名", "16名")}
    resting = _knowledge(question, **changed)
    assert [written.id for written in resting.quiz_additions.questions] == ["a"]
    assert _asked(resting) == []
    assert _faults(resting) == [(2, Lint.ANSWER_GONE.format(id="a", text="15名"))]
    assert _asked(_knowledge(question)) == ["a"]


def test_those_that_cannot_be_asked_are_known_by_their_ids() -> None:
    knowledge = _knowledge("""\
        - {id: good, point: school, question: 招聘了多少名教师？, right: 15名, wrong: [12名, 18名]}
        - {id: gone, point: bridge, question: 修了几座桥？, right: 一座, wrong: 两座}
        """)
    assert inactive_ids(knowledge) == ("gone",)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            "- {id: a, point: school, question: 招聘教师是为了什么？, right: 让孩子在家门口上学, wrong: [省钱, 评优]}",
            Lint.RIGHT_LONGEST.format(id="a", text="让孩子在家门口上学"),
        ),
        (
            "- {id: a, point: rice, question: 全镇今年种植水稻多少亩？, right: 3200亩, wrong: [3300亩, 1800亩]}",
            Lint.DIGIT_SLIP.format(id="a", text="3200亩"),
        ),
        (
            "- {id: a, point: classes, question: 培训农户靠的是什么？, right: “田间课堂”, wrong: [夜间门诊, 科技大集]}",
            Lint.QUOTED_ALONE.format(id="a"),
        ),
        (
            "- {id: a, point: road, question: 投资多少？, right: 460万元, wrong: [920万元, 55万元]}",
            Lint.NO_SUBJECT.format(id="a"),
        ),
    ],
)
def test_what_gives_the_answer_away_is_told_and_asked_all_the_same(question: str, message: str) -> None:
    knowledge = _knowledge(question)
    assert (2, message) in _faults(knowledge)
    assert _asked(knowledge) == ["a"]


def test_two_questions_in_nearly_the_same_words_are_told() -> None:
    knowledge = _knowledge(
        """\
        - {id: a, point: rice, question: 全镇今年一共种植了多少亩水稻？, right: 3200亩, wrong: [5600亩, 900亩]}
        - {id: b, point: yield, question: 全镇今年总共种植了多少亩水稻？, right: 3200亩, wrong: [7700亩, 480亩]}
        """,
        points=POINTS + YIELD,
    )
    assert _faults(knowledge) == [(3, Lint.DOUBLE.format(id="b", line=2))]


def test_a_false_statement_is_explained_by_what_stands_there() -> None:
    knowledge = _knowledge(
        "- {id: a, point: road, question: 判断对错：总投资46万元。, right: 错, wrong: 对, quote: 总投资460万元}"
    )
    [question] = [question for question in make_bank(knowledge) if question.id == "a"]
    assert question.explanation.startswith("原文是“总投资460万元”。\n原文：")


def test_a_note_says_how_a_case_fits_before_the_quote() -> None:
    knowledge = _knowledge(
        "- {id: a, point: school, question: 新来的老师多了，这是哪件事？, right: 招聘, wrong: [修路, 办班], "
        "note: 老师是招来的。}"
    )
    [question] = [question for question in make_bank(knowledge) if question.id == "a"]
    assert question.explanation.startswith("老师是招来的。\n原文：")
