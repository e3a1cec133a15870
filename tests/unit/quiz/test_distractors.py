"""Which terms can be taken for which."""

from dataclasses import replace

import pytest

from bot.knowledge.model import Knowledge, QuizAdditions
from bot.knowledge.parse.points_file import parse_points
from bot.quiz.generation.distractors import TermPool, is_restatement, list_members

SOURCE = "开展“田间课堂”,推行“河长公示”,设立“夜间门诊”,组织“村民夜话”,健全用水管理机制、村务公开机制、巡河考评机制。"
POINTS = f"""\
title: 文
source: s.txt
sections: [{{id: "1", title: 一}}]
points:
  - {{id: a, title: t, section: "1", quote: "{SOURCE}", aliases: [用水管理机制, 村务公开机制, 巡河考评机制]}}
"""


def _knowledge(*alike: tuple[str, ...]) -> Knowledge:
    return replace(parse_points(POINTS, SOURCE, "p.yaml").knowledge, quiz_additions=QuizAdditions(term_families=alike))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("洞察力、预见力、判断力", ("洞察力", "预见力", "判断力")),
        ("安全生产、社会治安和民族宗教", ("安全生产", "社会治安", "民族宗教")),
        ("执行力和工作效率", ()),
        ("养老、医疗", ()),
        ("开动脑筋,想方设法", ()),
        ("甲、乙、丙", ()),  # single characters are no terms
    ],
)
def test_the_members_of_a_list(value: str, found: tuple[str, ...]) -> None:
    assert list_members(value) == found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("经济环境", "经济发展环境", True),  # says less of the same
        ("“三级联创”", "三级联创", True),
        ("项目建设", "园区建设", False),
    ],
)
def test_terms_of_which_both_could_be_held_right(one: str, other: str, expected: bool) -> None:
    assert is_restatement(one, other) is expected


def test_without_families_terms_are_alike_by_their_marks_or_their_ends() -> None:
    terms = TermPool(_knowledge())
    assert set(terms.distractors(["田间课堂"], 3, 0)) == {"河长公示", "夜间门诊", "村民夜话"}
    assert set(terms.distractors(["用水管理机制"], 2, 0)) == {"村务公开机制", "巡河考评机制"}
    assert terms.distractors(["用水管理机制"], 3, 0) == ()


def test_with_families_a_term_outside_of_them_is_taken_for_nothing() -> None:
    terms = TermPool(_knowledge(("田间课堂", "科技大集", "农技直播")))
    assert set(terms.distractors(["田间课堂"], 2, 0)) == {"科技大集", "农技直播"}
    assert terms.distractors(["用水管理机制"], 1, 0) == ()


def test_nothing_that_stands_beside_the_gap_is_a_wrong_option() -> None:
    terms = TermPool(_knowledge(("田间课堂", "科技大集", "农技直播")))
    assert terms.distractors(["田间课堂"], 1, 0, beside="还办了科技大集") == ("农技直播",)
