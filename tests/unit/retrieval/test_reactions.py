"""A short reaction is no question: it is met shortly, and never with a passage that nobody asked for."""

import pytest

from bot import wording
from bot.features.answers import presenter as replies
from bot.retrieval.message.smalltalk import detect_reaction
from bot.text import clean
from tests.unit.library import retriever

ASKED = ("修路花了多少钱",)


@pytest.mark.parametrize(
    "text",
    ["对", "的", "嗯嗯", "666", "哦", "好吧", "啊", "行", "收到", "1", "+1", "👍", "👍👍", "打卡", "学习了", "OK"],
)
def test_assent_is_met_with_one_short_sentence(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    assert (verdict.kind, verdict.intent, verdict.matches) == ("chat", "acknowledged", ())
    assert replies.smalltalk(retriever().knowledge, verdict.intent, verdict).text == wording.ACKNOWLEDGED


@pytest.mark.parametrize("text", ["B", "acd", "选D", "我猜是b吧", "答案应该是AB", "我投C项"])
def test_an_option_that_no_question_waits_for_is_told_so(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    assert (verdict.kind, verdict.intent, verdict.matches) == ("chat", "option", ())


@pytest.mark.parametrize("text", ["不知道", "我也不清楚", "这题不会", "忘了"])
def test_who_does_not_know_is_told_that_one_may_ask(text: str) -> None:
    assert retriever().ask(text, ASKED).intent == "unsure"


@pytest.mark.parametrize("text", ["终于读完了", "我去开个会", "稍等我做饭再看", "呃,不问了", "唉那就这样"])
def test_who_leaves_or_has_read_enough_asks_nothing(text: str) -> None:
    assert retriever().ask(text, ASKED).intent == "acknowledged"


@pytest.mark.parametrize(
    "text",
    [
        "算啦算啦，不看了",
        "噢原来是这么回事 学到了",
        "好的明白了",
        "嗯嗯，有道理，记下了",
        "喔原来咯样的呀，懂了",
        "那算了不学了",
    ],
)
def test_several_remarks_in_a_row_are_one(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    assert (verdict.kind, verdict.matches) == ("chat", ())
    assert verdict.intent in {"acknowledged", "thanks"}


@pytest.mark.parametrize(
    "text",
    [
        "群里刷屏了，没看见，麻烦重发一遍",
        "消息被刷上去了 再说一次",
        "刚刚被顶上去没看到，请再发一遍",
        "哦，没看清，再发一下",
        "没听明白，原话咋说的",
        "啊？看不懂 原文是怎么写的",
        "还是不明白，再讲一遍",
    ],
)
def test_who_missed_or_did_not_follow_the_answer_is_shown_it_again(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    assert (verdict.kind, [point.id for point in verdict.points]) == ("answer", ["road"])


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        ("等等我哈，打个电话", "acknowledged"),
        ("到了到了，刚开完会", "acknowledged"),
        ("我才忙完", "acknowledged"),
        ("B吧，乱猜的", "option"),
        ("选了D，全靠蒙的", "option"),
        ("刚下班有什么补贴", ""),
        ("开会", ""),
    ],
)
def test_what_somebody_is_about_to_do_or_has_guessed_asks_nothing(text: str, reaction: str) -> None:
    assert detect_reaction(clean(text)) == reaction


def test_two_reactions_that_want_different_things_are_none() -> None:
    assert detect_reaction(clean("真的吗，然后呢")) == ""


@pytest.mark.parametrize(
    ("text", "reaction"), [("原文怎么写的", "repeat"), ("原句咋说的", "repeat"), ("继续往下读下去", "next")]
)
def test_the_words_are_wanted_again_or_the_next_ones(text: str, reaction: str) -> None:
    assert detect_reaction(clean(text)) == reaction


@pytest.mark.parametrize("text", ["笑死我了", "哈哈哈太逗了"])
def test_laughter_is_no_question(text: str) -> None:
    assert retriever().ask(text, ASKED).intent == "acknowledged"


@pytest.mark.parametrize("text", ["不", "不对吧", "错了", "不是这样的"])
def test_dissent_is_met_with_what_one_can_do(text: str) -> None:
    assert retriever().ask(text, ASKED).intent == "trouble"


@pytest.mark.parametrize("text", ["真的吗", "是吗?", "真的假的", "？", "确定吗", "出处呢"])
def test_doubt_is_met_with_the_place_of_the_answer_before(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    reply = replies.smalltalk(retriever().knowledge, verdict.intent, verdict)
    assert verdict.kind == "chat"
    assert "出自“第二部分·修好进村道路”" in reply.text
    assert [tool.action for tool in reply.tools] == ["c:road"]


@pytest.mark.parametrize("text", ["为什么", "为啥呢", "凭什么"])
def test_why_is_met_with_the_words_around_the_answer_before(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    reply = replies.smalltalk(retriever().knowledge, verdict.intent, verdict)
    assert "理由我不替它讲" in reply.text
    assert [tool.action for tool in reply.tools] == ["c:road"]


@pytest.mark.parametrize("text", ["然后呢", "后面呢", "继续", "接下来呢", "还有呢"])
def test_and_then_is_met_with_what_comes_next_in_the_document(text: str) -> None:
    verdict = retriever().ask(text, ASKED)
    reply = replies.smalltalk(retriever().knowledge, verdict.intent, verdict)
    assert [match.point.id for match in verdict.matches] == ["school"]
    assert reply.parts[0].text == wording.NEXT
    assert reply.point is not None
    assert reply.point.id == "school"


def test_behind_the_last_passage_nothing_comes() -> None:
    verdict = retriever().ask("然后呢", ("招了多少名老师",))
    assert replies.smalltalk(retriever().knowledge, verdict.intent, verdict).text == wording.NO_NEXT


@pytest.mark.parametrize("text", ["真的吗", "为什么", "然后呢"])
def test_behind_a_question_without_an_answer_the_reply_says_so(text: str) -> None:
    verdict = retriever().ask(text, ("明天下雨吗",))
    assert verdict.matches == ()
    assert replies.smalltalk(retriever().knowledge, verdict.intent, verdict).text == wording.NOT_FOUND_BEFORE


@pytest.mark.parametrize("text", ["真的吗", "为什么", "然后呢"])
def test_behind_passages_that_were_only_offered_the_reply_does_not_say_that_nothing_was_found(text: str) -> None:
    question = "农户种植多少"
    assert retriever().ask(question).kind == "suggest"
    verdict = retriever().ask(text, (question,))
    assert (verdict.reason, verdict.matches) == ("close", ())
    assert replies.smalltalk(retriever().knowledge, verdict.intent, verdict).text == wording.OFFERED_BEFORE


def test_a_reaction_to_a_reaction_is_about_the_same_answer() -> None:
    verdict = retriever().ask("为什么", (*ASKED, "真的吗"))
    assert [match.point.id for match in verdict.matches] == ["road"]
    verdict = retriever().ask("真的吗", ("你好",))
    assert replies.smalltalk(retriever().knowledge, verdict.intent, verdict).text.startswith("您想接着问哪一句？")


@pytest.mark.parametrize("text", ["真的吗", "为什么", "然后呢"])
def test_behind_nothing_the_reply_asks_for_the_question(text: str) -> None:
    verdict = retriever().ask(text)
    assert replies.smalltalk(retriever().knowledge, verdict.intent, verdict).text.startswith("您想接着问哪一句？")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "水稻",
        "对水稻怎么说",
        "为什么修路",
        "然后修了什么路",
        "不修路行吗",
        "11岁",
        "真的修了吗",
        "不知道修了几条路",
        "选谁当的代表",
    ],
)
def test_what_asks_something_is_no_reaction(text: str) -> None:
    assert detect_reaction(clean(text)) == ""
