"""Messages as people write them in a chat: several questions, what goes on with one, and what asks nothing.

The small document of ``tests.unit.library``: rice, a road, classes, a school, who speaks.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.features.answers import presenter as replies
from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.retrieval.core_judge import CoreJudge
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.message.followup import with_changed_number
from bot.retrieval.message.parts import without_told
from bot.retrieval.normalize.question import strip_mentions
from bot.retrieval.ranking.decision import Judgement
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from tests.unit.library import SOURCE, retriever, retriever_of

ALONE = {
    "今年种了多少亩水稻": "rice",
    "修路花了多少钱": "road",
    "田间课堂培训了多少人": "classes",
    "招了多少名老师": "school",
}
"""Questions that are each answered alone, and the point that answers."""


def _shown_nearest(verdict: Verdict) -> list[str]:
    return [match.point.id for match in verdict.matches]


def _shown(verdict: Verdict) -> list[str]:
    return [point.id for point in verdict.points]


@pytest.mark.parametrize("between", ["，", "？", "\n", " 另外", "，还有", "；"])
@pytest.mark.parametrize("pair", list(combinations(ALONE, 2)))
def test_two_questions_in_one_message_are_both_answered(pair: tuple[str, str], between: str) -> None:
    verdict = retriever().ask(between.join(pair))
    assert verdict.kind == "answer"
    assert _shown(verdict) == [ALONE[question] for question in pair]


def test_a_part_that_is_not_said_gets_a_line_and_the_other_its_card() -> None:
    verdict = retriever().ask("修路花了多少钱？养老院有多少张床？")
    assert [part.kind for part in verdict.parts] == ["answer", "decline"]
    text = replies.answered(retriever().knowledge, verdict, verdict.points[0]).text
    assert "总投资460万元" in text
    assert "“养老院有多少张床”" in text


def test_what_is_known_to_be_missing_hides_no_other_sentence() -> None:
    verdict = retriever().ask("招了多少名老师？修路的施工队是哪家？")  # the second has its entry in unanswerable
    assert [(part.kind, part.reason) for part in verdict.parts] == [("answer", "match"), ("decline", "gap")]
    assert _shown(verdict) == ["school"]


def test_thanks_between_two_questions_hide_none_of_them() -> None:
    verdict = retriever().ask("您好，我想问下修路花了多少钱，谢谢！那些老师招了多少名？")
    assert _shown(verdict) == ["road", "school"]
    assert [part.asked for part in verdict.parts][1] == "那些老师招了多少名"


@pytest.mark.parametrize(
    "text",
    [
        "小组轮到我发言，我翻了一下午也没翻着，就记得有“门口上学”四个字，哪位好心人帮帮我",
        "孩子抄的纸让水泡了，只认得“总投资”三个字，后头糊成一团，急死人了，晚上还要交给老师检查",
    ],
)
def test_a_story_without_a_question_is_shown_where_the_words_stand_that_it_remembers(text: str) -> None:
    verdict = retriever().ask(text)
    assert verdict.kind == "answer"
    shown = "".join(quote for point in verdict.points for quote in retriever().knowledge.excerpt_texts(point))
    assert any(words in shown for words in ("门口上学", "总投资"))


def test_where_a_term_stands_is_told_before_it_is_said_that_nothing_is() -> None:
    verdict = retriever_of(RULES).ask("关于办公室说了什么")
    assert verdict.kind != "answer"
    verdict = retriever_of(RULES).ask("关于清点说了什么")
    assert "清点" in RULES.excerpt_texts(verdict.matches[0].point)[0]


def test_a_no_beside_what_is_near_does_not_claim_that_it_is_not_said() -> None:
    verdict = Verdict("decline", "养老院有几张床", "weak", retriever().ask("修路花了多少钱").matches[:1])
    assert "没有说到" not in replies.unanswered(retriever().knowledge, verdict).text
    assert "我没有把握" in replies.unanswered(retriever().knowledge, verdict).text
    nothing = Verdict("decline", "养老院有几张床", "weak")
    assert "没有说到" in replies.unanswered(retriever().knowledge, nothing).text


def test_a_place_alone_is_no_story() -> None:
    assert without_told("台湾问题", "台湾") == ""
    assert without_told("昨天听了课,讲了什么", "昨天") == "听了课,讲了什么"


def test_two_halves_of_one_question_are_answered_once() -> None:
    verdict = retriever().ask("修路这件事，花了多少钱")
    assert _shown(verdict) == ["road"]
    assert verdict.parts == ()


@pytest.mark.parametrize("question", list(ALONE))
def test_a_story_around_a_question_does_not_change_what_is_answered(question: str) -> None:
    story = f"我2019年从广州回来的，上个月听老王提起这事，当时人多没听清，{question}"
    assert _shown(retriever().ask(story)) == [ALONE[question]]


@pytest.mark.parametrize(
    ("story", "point"),
    [
        ("昨天开会讲到修路，花了多少钱", "road"),
        ("我们村前年也修了路，县里给补助多少", "road"),
        ("上个月听老师说学校要变样，招了多少名老师", "school"),
        ("前年我在广州打工，今年种了多少亩水稻", "rice"),
        ("我爸昨天跟我讲镇里修路花了好多钱我没听清到底总投资多少", "road"),
        ("我昨天听人说学校招了老师到底招了多少名老师", "school"),
        ("昨天跟老李打赌 他说没修路 总投资到底多少钱", "road"),
        ("昨天去赶集的时候听说田间课堂办起来了培训了多少人", "classes"),
    ],
)
def test_when_and_where_a_short_story_was_is_no_premise_of_the_question(story: str, point: str) -> None:
    assert _shown(retriever().ask(story)) == [point]


@pytest.mark.parametrize(
    "text",
    [
        "昨天招了多少名老师",
        "我们镇昨天招了多少名老师",
        "昨天开会招了多少名老师",
        "修路前年花了多少钱",
        "我听说，广州招了多少名老师",
    ],
)
def test_a_time_that_is_asked_about_stays_a_premise(text: str) -> None:
    verdict = retriever().ask(text)
    assert verdict.missing or any(part.missing for part in verdict.parts)


def test_a_day_in_the_story_of_one_of_several_questions_is_not_said_to_be_missing() -> None:
    verdict = retriever().ask("昨天跟表弟扯起来，说那个养老院，有多少张床开不开饭？修路花了多少钱？")
    assert _shown(verdict) == ["road"]
    assert [part.missing for part in verdict.parts] == ["", ""]


@pytest.mark.parametrize(
    ("text", "point", "wrong"),
    [
        ("我跟老周打赌，他说修路总投资500万元，我说没那么多，哪个对？输了请客", "road", "500万元"),
        ("老刘说学校招聘教师20名，我说不止，到底谁说得对", "school", "20名"),
        ("同桌非说修路总投资460万元 我不信 我俩谁对", "road", ""),
    ],
)
def test_who_is_right_about_a_figure_is_told_by_what_the_document_says(text: str, point: str, wrong: str) -> None:
    verdict = retriever().ask(text)
    assert (verdict.kind, _shown(verdict), verdict.corrected) == ("answer", [point], wrong)


@pytest.mark.parametrize("text", ["不是500万吗", "不是800万元吗", "是500万元吧", "应该是500万元吧"])
def test_a_figure_to_be_confirmed_is_put_right_by_the_answer_before(text: str) -> None:
    verdict = retriever().ask(text, ("修路花了多少钱",))
    assert (verdict.kind, _shown(verdict)) == ("answer", ["road"])
    assert verdict.corrected in text
    assert verdict.corrected


def test_a_figure_that_the_answer_before_has_is_confirmed_by_it() -> None:
    verdict = retriever().ask("是460万元吧", ("修路花了多少钱", "谢谢"))
    assert (verdict.kind, _shown(verdict), verdict.corrected) == ("answer", ["road"], "")


def test_a_figure_of_another_kind_than_the_answer_before_has_is_not_given() -> None:
    verdict = retriever().ask("不是30%吗", ("修路花了多少钱",))
    assert (verdict.kind, verdict.lacking) == ("decline", "figure")
    assert _shown_nearest(verdict) == ["road"]


def test_a_figure_to_be_confirmed_behind_nothing_is_not_there() -> None:
    verdict = retriever().ask("不是9万亿吗")
    assert (verdict.kind, verdict.missing, verdict.matches) == ("decline", "9万亿", ())


@pytest.mark.parametrize("text", ["种的水稻不是5000亩吗", "水稻种了5000亩对吧", "是不是种了5000亩水稻"])
def test_a_figure_to_be_confirmed_is_put_right_by_what_is_asked_with_it(text: str) -> None:
    verdict = retriever().ask(text)
    assert (_shown(verdict), verdict.corrected) == (["rice"], "5000亩")


RULES = Knowledge(
    "值班室须知",
    "",
    "值班室须知\n第一条 值班室每年3月和9月各清点一次器材。\n第二条 夜间值班补助每晚60元。\n"
    "第三条 备用电池每6个月更换一次。\n第四条 来访登记簿保存两年。\n第五条 借用器材最多7天，到期可以续借一次。\n",
    (),
    (),
    "v",
)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("12月清点对吗", "12月", "3月和9月"),
        ("9月清点器材对吗", "", "3月和9月"),
        ("备用电池一年更换一次对吗", "一年", "6个月"),
        ("备用电池半年更换一次对吗", "", "6个月"),
        ("补助不是80元吗", "80元", "60元"),
    ],
)
def test_what_a_rule_says_otherwise_is_put_right(text: str, wrong: str, right: str) -> None:
    verdict = retriever_of(RULES).ask(text)
    assert (verdict.kind, verdict.corrected) == ("answer", wrong)
    assert right in RULES.excerpt_texts(verdict.points[0])[0]


@pytest.mark.parametrize("text", ["器材能续签吗", "到期能不能续订", "怎么续约"])
def test_what_stands_there_by_another_word_is_not_said_to_be_missing(text: str) -> None:
    assert retriever_of(RULES).ask(text).missing == ""


def test_a_service_that_stands_there_by_no_word_is_missing() -> None:
    assert retriever_of(RULES).ask("登记簿怎么挂失").missing == "挂失"


def test_two_questions_to_a_document_without_points_get_a_card_each() -> None:
    verdict = retriever_of(RULES).ask("补助每晚多少？电池多久更换一次？")
    assert [part.asked for part in verdict.parts] == ["补助每晚多少", "电池多久更换一次"]
    assert [part.kind for part in verdict.parts] == ["answer", "answer"]


def test_the_place_of_each_part_of_the_answer_before_is_told() -> None:
    verdict = retriever().ask("出处呢", ("修路花了多少钱？招了多少名老师？",))
    reply = replies.smalltalk(retriever().knowledge, verdict.intent, verdict)
    assert "出自“第二部分·修好进村道路”“第三部分·办好村里的学校”" in reply.text
    assert [choice.action for choice in reply.choices] == ["c:road", "c:school"]


@pytest.mark.parametrize("text", ["再说一遍", "没听清楚，再讲一遍", "原话是怎么说的", "能重复一遍吗", "刚才没听清"])
def test_what_was_answered_is_said_again(text: str) -> None:
    verdict = retriever().ask(text, ("修路花了多少钱",))
    assert (verdict.kind, _shown(verdict)) == ("answer", ["road"])


def test_without_an_answer_before_there_is_nothing_to_say_again() -> None:
    assert retriever().ask("再说一遍").kind == "chat"


@pytest.mark.parametrize("text", ["出自第几章", "这句话在第几段", "原文在哪一章"])
def test_the_place_of_the_answer_before_is_told(text: str) -> None:
    verdict = retriever().ask(text, ("修路花了多少钱",))
    assert (verdict.kind, verdict.intent) == ("chat", "doubt")
    reply = replies.smalltalk(retriever().knowledge, verdict.intent, verdict)
    assert retriever().knowledge.citation(verdict.matches[0].point) in reply.text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("转人工", "human"),
        ("有没有真人客服", "human"),
        ("我们重新开始吧", "restart"),
        ("把全文发给我", "whole_text"),
        ("有没有电子版", "whole_text"),
        ("who is the mayor", "english"),
        ("给大家唱首歌", "chatter"),
        ("替我起草一份检讨", "chatter"),
        ("你的主人是谁", "identity"),
        ("今晚就聊到这里，大家晚安", "farewell"),
        ("小助手辛苦啦", "thanks"),
    ],
)
def test_what_asks_nothing_of_the_document_is_answered_in_kind(text: str, intent: str) -> None:
    verdict = retriever().ask(text)
    assert (verdict.kind, verdict.intent, verdict.matches) == ("chat", intent, ())
    assert replies.smalltalk(retriever().knowledge, intent, verdict).parts


@pytest.mark.parametrize(
    "text",
    ["总结一下", "那你总结一下", "帮我们概括一下这篇讲话", "能不能归纳成三点", "来个摘要", "太长了不想看，简单说说"],
)
@pytest.mark.parametrize("history", [(), ("修路花了多少钱",)])
def test_who_wants_a_summary_is_told_that_there_is_none_and_shown_the_sections(
    text: str, history: tuple[str, ...]
) -> None:
    verdict = retriever().ask(text, history)
    assert (verdict.kind, verdict.intent, verdict.matches) == ("chat", "summary", ())
    reply = replies.smalltalk(retriever().knowledge, verdict.intent, verdict)
    assert "不替它做总结" in reply.text
    assert [choice.label for choice in reply.choices] == [one.title for one in retriever().knowledge.sections]


def test_of_a_document_in_one_piece_no_sections_are_shown_instead_of_a_summary() -> None:
    knowledge = Knowledge("食堂须知", "", "食堂每天七点开门。周末不供应早餐。", (), (), "v")
    reply = replies.smalltalk(knowledge, "summary")
    assert reply.choices == ()
    assert "食堂须知" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "说慢点",
        "你慢慢说",
        "别着急",
        "等一下",
        "记下了",
        "发错群了",
        "妙啊",
        "好长啊",
        "不是问你",
        "算了",
        "我就随便问问",
        "可能吧",
        "加油",
    ],
)
def test_a_remark_is_not_searched_for(text: str) -> None:
    verdict = retriever().ask(text, ("修路花了多少钱",))
    assert (verdict.kind, verdict.intent) == ("chat", "acknowledged")


@pytest.mark.parametrize("text", ["就这些吗", "说完了吗", "没有别的了吗"])
def test_whether_that_is_all_is_answered_with_what_comes_next(text: str) -> None:
    assert retriever().ask(text, ("修路花了多少钱",)).intent == "next"


@pytest.mark.parametrize("text", ["再仔细找找", "你再想想", "看清楚再回答"])
def test_who_wants_another_answer_is_told_how_to_get_one(text: str) -> None:
    assert retriever().ask(text, ("修路花了多少钱",)).intent == "trouble"


@pytest.mark.parametrize(
    "text",
    ["@study_bot 修路花了多少钱？@study_bot 招了多少名老师", "@学习助手 修路花了多少钱？@学习助手 招了多少名老师"],
)
def test_whoever_is_called_is_no_part_of_a_question(text: str) -> None:
    verdict = retriever().ask(text)
    assert [part.asked for part in verdict.parts] == ["修路花了多少钱", "招了多少名老师"]


def test_an_address_stays_in_a_question() -> None:
    assert strip_mentions("写信到a.li@qq.com行吗") == "写信到a.li@qq.com行吗"


@pytest.mark.parametrize("text", ["修路的电话是多少", "全文一共几部分", "书记写了什么", "road"])
def test_a_question_is_none_of_these(text: str) -> None:
    assert retriever().ask(text).kind != "chat"


@pytest.mark.parametrize("text", ["红烧肉放多少糖", "篮球比赛几点开始", "怎么给猫洗澡"])
def test_beside_what_the_document_has_nothing_of_nothing_is_offered(text: str) -> None:
    verdict = retriever().ask(text)
    assert (verdict.kind, verdict.matches) == ("decline", ())


def test_every_quote_of_every_part_stands_in_the_source() -> None:
    verdict = retriever().ask("修路花了多少钱，招了多少名老师")
    knowledge = retriever().knowledge
    quotes = [quote for part in verdict.parts for point in part.points for quote in knowledge.excerpt_texts(point)]
    assert len(quotes) == 2
    assert all(quote in SOURCE for quote in quotes)


@pytest.mark.parametrize(
    ("history", "text", "asked"),
    [
        (("第一章第二条讲什么",), "第三条呢", "第一章第三条讲什么"),
        (("第一章第二条讲什么", "谢谢"), "那第四条讲啥", "第一章第四条讲什么"),
        (("第二十条说的是什么",), "下一条呢", "第二十一条说的是什么"),
        (("第二十条说的是什么", "上一条"), "再上一条", "第十八条说的是什么"),
        (("第一章有哪几条", "第二条的标题是什么"), "第三条的标题呢", "第一章第三条的标题是什么"),
        (("修路花了多少钱",), "第三条呢", ""),
        (("第一章第二条讲什么",), "修路呢", ""),
    ],
)
def test_a_number_alone_takes_the_place_of_the_one_before(history: tuple[str, ...], text: str, asked: str) -> None:
    assert with_changed_number(text, history) == asked


def test_where_each_sentence_is_answered_the_whole_message_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    judge = CoreJudge.judge

    def spy(self: CoreJudge, core: str, before: str) -> tuple[Judgement, bool]:
        judged.append(core)
        return judge(self, core, before)

    monkeypatch.setattr(CoreJudge, "judge", spy)
    verdict = Retriever(retriever().knowledge, shared_tokenizer()).ask("修路花了多少钱呀？老师招了多少名呢？")
    assert _shown(verdict) == ["road", "school"]
    assert len(judged) == 2


def test_the_answer_before_the_last_one_is_said_again() -> None:
    history = ["修路花了多少钱", "招了多少名老师"]
    assert _shown(retriever().ask("前一个问题的答案再讲一遍", history)) == ["road"]
    assert _shown(retriever().ask("刚才那个答案再说一下", history)) == ["school"]


def test_the_title_of_a_document_answers_nothing_that_is_asked_of_it() -> None:
    """«图书室» in the title says nothing of its rooms."""
    lines = ["棋牌室使用规定", "第一条 晚上十点以后请保持安静。", "第二条 茶水自带。"]
    points = (Point("title", "标题", "", (lines[0],), (Span(0, len(lines[0])),), questions=("这是什么规定",)),)
    own = Knowledge(lines[0], "", "\n".join(lines), (), points, "v")
    assert Retriever(own, shared_tokenizer()).ask("棋牌室装没装空调").kind != "answer"


def test_of_what_is_not_said_nothing_more_is_said_either() -> None:
    verdict = retriever().ask("养老院在哪里，电话是多少")
    assert verdict.kind != "answer"


def test_what_the_one_who_speaks_is_said_to_be_is_put_right() -> None:
    verdict = retriever().ask("张远是青山镇书记对吧")

    assert verdict.kind == "answer"
    assert verdict.corrected == "青山镇书记"
    assert _shown(verdict) == ["speaker"]


def test_the_answer_before_is_given_again_if_its_figure_is_wanted() -> None:
    again = retriever().ask("刚才那个数再报一下", ["修路花了多少钱"])

    assert _shown(again) == ["road"]


def test_the_next_item_may_be_asked_for_by_going_on() -> None:
    asked = ["第一部分第一点讲什么", "第二点呢"]

    assert with_changed_number("好的 再往下一点呢", asked) == "第一部分第三点讲什么"
