"""The bank of any knowledge: with little in it, with much, and when its passages change."""

from dataclasses import replace
from textwrap import dedent

from bot.knowledge.model import Knowledge
from bot.knowledge.parse.points_file import parse_points
from bot.knowledge.parse.quiz_file import parse_quiz
from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.draft import lint_question
from tests.unit.library import POINTS, SOURCE, knowledge

QUIZ = """\
questions:
  - {id: who, point: speaker, question: 讲话的人是谁？, right: 张远, wrong: [王近, 李遥]}
  - {id: crop, point: rice, question: 全镇种了什么？, right: 水稻, wrong: [小麦, 玉米], quote: 种植水稻3200亩}
alike:
  - [田间课堂, 夜间课堂, 田头讲堂, 科技大集]
"""


def _knowledge(points: str = POINTS, source: str = SOURCE, quiz: str = QUIZ) -> Knowledge:
    addition, issues = parse_quiz(dedent(quiz), "quiz.yaml")
    assert issues == ()
    return replace(parse_points(points, source, "points.yaml").knowledge, quiz_additions=addition)


def test_a_document_without_questions_by_hand_gives_what_can_be_made() -> None:
    bank = make_bank(knowledge())
    assert {question.kind for question in bank} >= {"figure", "true_false"}
    assert [problem for question in bank for problem in lint_question(question)] == []


def test_a_figure_is_left_out_of_its_sentence() -> None:
    [question] = [
        question for question in make_bank(knowledge()) if question.kind == "figure" and "12.5公里" in question.options
    ]
    assert question.question.endswith("硬化村道（　　），总投资460万元，其中县级补助180万元。")
    assert [question.options[number] for number in question.correct] == ["12.5公里"]


def test_a_document_without_points_or_sections_gives_no_question_and_no_error() -> None:
    assert make_bank(Knowledge("文", "", "", (), (), "v")) == ()


def test_what_a_curator_adds_is_asked_as_well() -> None:
    bank = {question.id: question for question in make_bank(_knowledge())}
    assert set(bank["who"].options) == {"张远", "王近", "李遥"}
    assert bank["who"].explanation == "原文：青山镇镇长 张远\n出处：开头"
    [blank] = [question for question in bank.values() if question.kind == "blank"]
    assert "组织“（　　）”培训农户" in blank.question
    assert set(blank.options) == {"田间课堂", "夜间课堂", "田头讲堂", "科技大集"}


def test_the_bank_follows_the_sections_of_the_document() -> None:
    order = [question.at for question in make_bank(_knowledge())]
    assert order == sorted(order)
    assert min(order) >= 0


def test_when_a_passage_changes_its_questions_change_and_all_others_keep_their_ids() -> None:
    before = {question.id: question for question in make_bank(_knowledge())}
    changed = _knowledge(POINTS.replace("860人次", "870人次"), SOURCE.replace("860人次", "870人次"))
    after = {question.id: question for question in make_bank(changed)}
    assert {id for id in before if before[id].point != "classes"} == {
        id for id in after if after[id].point != "classes"
    }
    assert [id for id in before if before[id].kind == "figure" and before[id].point == "classes" and id in after] == []


def test_an_option_more_leaves_the_order_of_the_others_as_it_was() -> None:
    more = QUIZ.replace("[王近, 李遥]", "[王近, 李遥, 赵迟]")
    [before] = [question for question in make_bank(_knowledge()) if question.id == "who"]
    [after] = [question for question in make_bank(_knowledge(quiz=more)) if question.id == "who"]
    assert [option for option in after.options if option != "赵迟"] == list(before.options)
