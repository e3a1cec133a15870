"""What each kind of question asks, and what it leaves alone because nobody would learn from it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.knowledge.load import sections_of
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.source_text import parse_structure
from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.exchange import all_changes
from bot.quiz.generation.figures import figure_drafts
from bot.quiz.generation.inline_list import list_in
from bot.quiz.generation.lists import inline_list_drafts, item_list_drafts
from bot.quiz.generation.material import Material
from bot.quiz.generation.outline import outline_drafts
from bot.quiz.generation.relations import relation_drafts
from bot.quiz.generation.statements import choice_drafts, true_false_drafts
from bot.quiz.generation.tables import case_of, table_choice_drafts, table_drafts, table_row_drafts

RULE = """\
游泳馆管理办法
第一章 总则
第一条 体育主管部门负责全市游泳馆的监督管理。
第二章 开放
第二条 开放游泳馆，应当向体育主管部门提出申请。
第三条 深水池，是指水深超过一米八的泳池。
第四条 儿童池，是指水深不到六十厘米的泳池。
第五条 经营者有下列情形之一的，责令停止开放：
（一）池水浑浊不见底的；
（二）没有救生人员值守的；
（三）电路没有接地保护的。
第六条 游泳者有下列情形之一的，不得入池：
（一）患有皮肤病的；
（二）酒后的；
（三）未戴泳帽的。
第七条 有下列情形之一的，提前闭馆：
（一）雷电预警的；
（二）停水停电的；
（三）经营者要求更换池水的。
第三章 保障
第八条 救生人员可以要求游泳者离开深水区。
第九条 经营者不得克扣救生人员的报酬。
第十条 换水周期最长不得超过十五日。
第十一条 经营者应当事先将闭馆时间书面通知会员。
第十二条 押金的数额不得超过年费的三成，会员退会的，经营者应当在七日内退还。
第十三条 经营者应当每周公示一次水质情况。
第十四条 教练员应当持证上岗，不得在酒后授课。
第十五条 本办法由体育主管部门负责解释，自2020年5月1日起施行。
"""

REPORT = """\
海湾市年度计划
一、去年的工作
传统渔场有序休养，远洋捕捞稳步扩大。全年制定修订管理规定25部。居民收入增长6.5%，比上年增加300元。
二、今年的任务
（一）发展海洋产业，建设海洋强市。以港口建设带动临港工业，加快建设新泊位。实施深海养殖提升行动，新建网箱和饲料基地。培育海洋装备企业。\
打造远洋船队。组织海洋科技攻关。办好海洋博览会。
（二）改善城市交通，方便市民出行。实施公交线网提升行动，开通跨海夜班线路。建设交通枢纽。完善交通信号。拓宽老城道路。优化交通组织。
（三）做强文化旅游，丰富群众生活。实施海岛民宿提升行动，带动渔民转产就业和渔村增收。发展海洋旅游。推动交通旅游融合。举办渔歌节。修缮古渔村。
（四）保护生态环境，守住碧海蓝天。实施海岸修复提升行动，清理岸边垃圾。整治入海河口。加强海洋监测。恢复沙滩湿地。
"""

TABLE = """\
会议室借用规定
第一章 借用
第一条 借用会议室按下列规定办理：
人数	批准人	借用方式	提前时间
20人以下	前台	口头登记	半天
20人至80人	行政主管	网上填表	一天
80人以上	总经理	书面申请	三天
"""


def _material(source: str) -> Material:
    structure = parse_structure(source)
    return Material(Knowledge(structure.title, "", source, sections_of(structure, structure.title), (), "test"))


def _said(source: str) -> dict[str, str]:
    """The false statements made of ``source``, each with what was changed in it."""
    return {change.said: change.real for _, changes in all_changes(_material(source), 0) for change in changes}


def _options(drafts: Iterable[QuestionDraft]) -> list[tuple[set[str], set[str]]]:
    return [(set(draft.right), set(draft.wrong)) for draft in drafts]


def test_what_is_said_of_one_thing_is_said_of_another() -> None:
    said = _said(RULE)
    assert "深水池，是指水深不到六十厘米的泳池" in said
    assert "儿童池，是指水深超过一米八的泳池" in said


def test_what_drives_and_what_is_driven_change_places() -> None:
    assert any("以临港工业带动港口建设" in text for text in _said(REPORT))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("换水周期最长不得少于十五日", "最长 and 少于 exclude each other"),
        ("经营者可以克扣救生人员的报酬", "nobody takes it for allowed"),
        ("居民收入下降6.5%，比上年增加300元", "one course of a figure tells the other"),
        ("换水周期最长不得超过三十日", "another figure tests eyesight"),
        ("换水周期最长可以超过十五日", "a bound is no matter of what may be done"),
    ],
)
def test_nothing_is_changed_into_what_nobody_would_believe(text: str, why: str) -> None:
    assert text not in _said(RULE + REPORT), why


def test_a_manner_a_time_and_what_is_left_open_are_changed() -> None:
    said = _said(RULE)
    assert said["经营者应当事后将闭馆时间书面通知会员"] == "事先"
    assert said["救生人员应当要求游泳者离开深水区"] == "可以"


def test_when_a_document_came_into_force_is_no_statement_to_judge() -> None:
    material = _material(RULE)
    assert [one.text for one in material.statements if one.is_formal] == [
        "本办法由体育主管部门负责解释，自2020年5月1日起施行"
    ]
    asked = [*figure_drafts(material, 0, each=4), *choice_drafts(material, 0)]
    assert [draft.question for draft in asked if "施行" in draft.question] == []


def test_several_changes_are_told_by_the_words_around_them_and_by_their_places() -> None:
    notes = [draft.note for draft in choice_drafts(_material(RULE), 0, is_short=True) if draft.note.count("有误") > 1]
    assert notes
    for note in notes:
        assert note.count("（第") == note.count("有误") == note.count("原文是")


def test_an_item_of_another_subject_or_of_the_same_course_is_no_wrong_option() -> None:
    asked = {draft.question: (set(draft.right), set(draft.wrong)) for draft in item_list_drafts(_material(RULE), 0)}
    [(right, wrong)] = [found for question, found in asked.items() if "不得入池" in question]
    assert right == {"患有皮肤病的", "酒后的", "未戴泳帽的"}
    assert wrong <= {"雷电预警的", "停水停电的"}
    assert len(asked) == len({question.partition("（")[2] for question in asked})


def test_each_list_of_items_is_asked_for_once() -> None:
    leads = [draft.asked[0] for draft in item_list_drafts(_material(RULE), 0)]
    assert len(leads) == len(set(leads))


def test_a_list_in_a_sentence_is_asked_as_a_whole_with_two_options_of_its_sort() -> None:
    source = """\
总结
一、工作
深化渔业管理、港口管理、船舶管理等方面改革。进一步解决用海审批、渔港维护、船员培训等方面问题。
提倡勤俭节约、守时守信、互帮互助。
"""
    found = _options(inline_list_drafts(_material(source), 0))
    assert found[0] == ({"渔业管理", "港口管理", "船舶管理"}, found[0][1])
    assert len(found[0][1]) == 2
    assert found[0][1] <= {"用海审批", "渔港维护", "船员培训"}


def test_a_word_is_told_from_words_of_its_sort_and_never_by_the_explanation_itself() -> None:
    source = RULE.replace("儿童池，是指水深不到六十厘米", "训练池，是指供比赛前使用")
    more = source.replace("第五条", "第四条 比赛池，是指供比赛使用的泳池。\n第五条")
    found = {next(iter(draft.right)): draft.wrong for draft in relation_drafts(_material(more), 0)}
    assert set(found["深水池"]) == {"训练池", "比赛池"}
    assert "比赛池" not in found


def test_a_duty_is_asked_for_by_whose_it_is() -> None:
    drafts = list(relation_drafts(_material(RULE), 0))
    [draft] = [draft for draft in drafts if draft.question.startswith("（　　）可以要求")]
    assert draft.right == ("救生人员",)
    assert set(draft.wrong) == {"教练员", "经营者"}


def test_what_belongs_to_a_heading_has_none_of_its_words_and_what_does_not_has() -> None:
    found = {draft.asked[0]: draft for draft in outline_drafts(_material(REPORT), 0)}
    for name, draft in found.items():
        pairs = {name[at : at + 2] for at in range(len(name) - 1)}
        assert not any(pair in option for pair in pairs for option in draft.right)
        assert all(any(pair in option for pair in pairs) for option in draft.wrong)
        assert draft.note.count("出自") == len(draft.wrong)


def test_where_something_stands_and_in_what_order_is_not_asked() -> None:
    for source in (RULE, REPORT, TABLE):
        material = _material(source)
        bank = make_bank(material.knowledge)
        assert {question.kind for question in bank}.isdisjoint({"order", "place"})


def test_a_count_beside_others_and_an_increase_are_not_asked_for() -> None:
    asked = [next(iter(draft.right)) for draft in figure_drafts(_material(REPORT), 0, each=9)]
    assert asked == ["6.5%"]


@pytest.mark.parametrize(
    ("cell", "turn", "case"),
    [
        ("5000元以下", 0, "3200元"),
        ("5000元至5万元", 0, "1.8万元"),
        ("5万元以上", 0, "8万元"),
        ("20人至80人", 1, "57人"),
        ("1至3万元", 0, "1.6万元"),
        ("一般项目", 0, ""),
        ("30个工作日", 0, ""),
    ],
)
def test_a_range_is_asked_for_by_a_case_in_it(cell: str, turn: int, case: str) -> None:
    assert case_of(cell, turn) == case


def test_a_table_is_asked_for_cases_rows_and_columns() -> None:
    material = _material(TABLE)
    cells = [draft.question for draft in table_drafts(material, 0)]
    assert len(cells) == 9
    assert all(question.startswith("借用会议室，人数为") for question in cells)
    [first, *_] = table_row_drafts(material, 0)
    assert {"前台", "口头登记", "半天"} >= {option.partition("是")[2] for option in first.right}
    [column, *_] = table_choice_drafts(material, 0)
    assert len(column.right) == 1
    assert len({option.partition("：")[2] for option in (*column.right, *column.wrong)}) == 3


@pytest.mark.parametrize(
    ("clause", "members"),
    [
        ("推动传统渔业规模化、品牌化、智能化转型", ("规模化", "品牌化", "智能化")),
        ("压实船东主体责任、港口监管责任、街道属地责任", ("船东主体责任", "港口监管责任", "街道属地责任")),
        ("推动养殖、捕捞、加工等行业升级", ("养殖", "捕捞", "加工")),
    ],
)
def test_a_list_whose_members_end_alike_is_found_whatever_follows(clause: str, members: tuple[str, ...]) -> None:
    found = list_in(clause)
    assert found is not None
    assert found[2] == members


def test_phrases_of_four_characters_are_told_from_others_and_not_from_things() -> None:
    source = """\
总结
一、作风
大家要有好作风，真抓真干、敢拼敢闯、善始善终。我们要坚持稳扎稳打、先易后难、久久为功。
向海内外新老朋友、国际友人、各界人士介绍海湾。
"""
    phrases = {"真抓真干", "敢拼敢闯", "善始善终"}, {"稳扎稳打", "先易后难", "久久为功"}
    found = _options(inline_list_drafts(_material(source), 0))
    assert found
    for right, wrong in found:
        assert right in phrases
        assert wrong <= phrases[0] | phrases[1]


def test_few_true_statements_turn_only_on_what_is_left_open() -> None:
    articles = (
        f"第{number}条 游客可以在开馆以后凭当日门票{what}。" for number, what in zip(_NUMBERS, _WAYS, strict=True)
    )
    material = _material("展览馆办法\n第一章 参观\n" + "\n".join(articles))
    drafts = list(true_false_drafts(material, 0, lambda _: False, lambda: True))
    assert len([draft for draft in drafts if draft.right == ("对",)]) == 2


_NUMBERS = "一二三四五六七八"
_WAYS = (
    "租用讲解设备",
    "寄存大件行李",
    "进入二层看台",
    "领取盖章手册",
    "参加动手活动",
    "借阅馆藏图册",
    "预约专场放映",
    "带走纪念徽章",
)
